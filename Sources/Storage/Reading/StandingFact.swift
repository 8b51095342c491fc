/// A current dated fact about a body, for comparing whole files with the register.
package struct StandingFact: Sendable {
  package let kind: FactKind
  package let key: String
  package let organisation: OrganisationID
  /// The timeline of a life, the scheme of a code or name, the kind of a role or relationship.
  package let word: String
  /// The code, the name, the scheme whose owner gives a role, or the grade of a relationship.
  package let value: String?
  /// The other body of a relationship.
  package let superior: OrganisationID?
  package let period: Period
  package let startStatus: Certainty
  package let endStatus: Certainty
  /// Whether an event dates the boundary, which then moves only with the event.
  package let startsWithEvent: Bool
  package let endsWithEvent: Bool
  /// The key of its source.
  package let source: String?
}

extension Registry {
  /// Calls `act` with each current fact of a kind, in the order in which they were recorded.
  /// - Parameter kind: a life, code, name, role or relationship.
  package func eachStandingFact(
    _ kind: FactKind, _ act: (StandingFact) -> Void
  ) throws(DatabaseError) {
    let columns = kind.schema.columns
    // The owner and the word come first. Then follow the value and the other body.
    let value = columns.indices.dropFirst(2).first { $0 != kind.schema.otherBody }
    let superior = kind.schema.otherBody
    func sql(_ column: Int?) -> String { column.map { columns[$0].sql } ?? "NULL" }
    // Words and sources are few and facts are many, so this looks them up instead of joining them to each fact.
    let words = try columns[1].type.referredTable.map { table throws(DatabaseError) in try keys(of: table) }
    let values = try value.flatMap { columns[$0].type.referredTable }.map { table throws(DatabaseError) in
      try keys(of: table)
    }
    let sources = try keys(of: "source")
    try database.each(
      """
      SELECT key, organisation_id, \(sql(1)), \(sql(value)), \(sql(superior)), valid_from, valid_to, from_status,
        to_status, from_event_id IS NOT NULL, to_event_id IS NOT NULL, source_id
      FROM \(kind.schema.table) WHERE superseded_in IS NULL ORDER BY id
      """
    ) { row in
      act(
        StandingFact(
          kind: kind, key: row.text(0), organisation: row.organisation(1),
          word: words.map { $0[row.integer(2)] ?? "" } ?? row.text(2),
          value: values.map { keys in row.optionalInteger(3).flatMap { keys[$0] } } ?? row.optionalText(3),
          superior: row.optionalOrganisation(4), period: row.period(5), startStatus: row.certainty(7),
          endStatus: row.certainty(8), startsWithEvent: row.integer(9) != 0, endsWithEvent: row.integer(10) != 0,
          source: row.optionalInteger(11).flatMap { sources[$0] }))
    }
  }

  private func keys(of table: String) throws(DatabaseError) -> [Int64: String] {
    Dictionary(
      uniqueKeysWithValues: try database.query("SELECT id, key FROM \(table)") { ($0.integer(0), $0.text(1)) })
  }

  /// The permanent keys of all bodies, by id.
  package func organisationKeys() throws(DatabaseError) -> [(id: OrganisationID, key: String)] {
    try database.query("SELECT id, key FROM organisation ORDER BY id") { ($0.organisation(0), $0.text(1)) }
  }
}
