/// A difference, fact by fact, for those who show it.
///
/// Kept here:
/// 1. A difference of more rows than anybody reads has no facts, so that recording millions of rows costs no memory
///    for them.
/// 2. Facts name bodies, events and words by their keys. So they are read while the register still says them.

/// A fact before and after a change.
package struct FactDelta: Sendable {
  package let kind: FactKind
  package let key: String
  /// What the register said. Nil if the fact is new.
  package let before: Side?
  /// What it says now. Nil if the fact was taken back.
  package let after: Side?

  /// What is said of a fact, and the days that it holds.
  package struct Side: Sendable {
    package let change: Change
    /// Nil if facts of the kind have no days.
    package let period: Period?
  }

  /// The side that says more: the new one, or else the old one.
  package var said: Side? { after ?? before }
}

extension Difference {
  /// How many rows may change for a difference to be read fact by fact.
  package static let mostReadable = 20_000

  /// Whether the difference can be read fact by fact.
  package var isReadable: Bool { rows.count <= Self.mostReadable }
}

extension Registry {
  /// The facts of a difference (invariant 2).
  package func deltas(of difference: Difference) throws(DatabaseError) -> [FactDelta] {
    let facts = StatedFacts(self)
    func side(_ row: FactRow?) throws(DatabaseError) -> FactDelta.Side? {
      try row.map { row throws(DatabaseError) in
        FactDelta.Side(change: try facts.change(row), period: row.validity?.period)
      }
    }
    var deltas: [FactDelta] = []
    for row in difference.rows {
      guard let rows = row.rows, let either = rows.after ?? rows.before else { continue }
      deltas.append(
        FactDelta(kind: either.kind, key: row.key, before: try side(rows.before), after: try side(rows.after)))
    }
    return deltas
  }

  /// Bodies as they last were, by their permanent keys.
  package func organisations(withKeys keys: Set<String>) throws(DatabaseError) -> [String: Organisation] {
    let ids = try database.query(
      "SELECT id FROM organisation WHERE key IN (SELECT value FROM json_each(?1))", [Self.list(keys.sorted())]
    ) { $0.organisation(0) }
    return try organisations(withIDs: ids).reduce(into: [:]) { $0[$1.key] = $1 }
  }

  /// How the sources with these keys are cited.
  package func citations(_ keys: Set<String>) throws(DatabaseError) -> [String: Citation] {
    try database.query(
      """
      SELECT source.key, title, instrument, year, number FROM citation JOIN source ON source.id = citation.source_id
      WHERE superseded_in IS NULL AND source.key IN (SELECT value FROM json_each(?1))
      """, [Self.list(keys.sorted())]
    ) {
      (
        $0.text(0),
        Citation(
          title: $0.text(1), instrument: $0.optionalText(2).flatMap(Citation.Instrument.init),
          year: $0.optionalInteger(3).map(Int.init), number: $0.optionalText(4))
      )
    }.reduce(into: [:]) { $0[$1.0] = $1.1 }
  }
}
