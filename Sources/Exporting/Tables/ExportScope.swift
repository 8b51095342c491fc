package import RegistryStorage

/// Which part of a register is exported.
///
/// Kept here:
/// 1. Whatever an exported row names is exported too: `named` holds the bodies, `told` the events.
/// 2. All territory of a predecessor is exported if its successor was asked for, so that shares are those of the whole.
/// 3. Whatever lies in no body of the part is named too, if an answer about a body of the part leads there.
package struct ExportScope: Sendable {
  /// Only bodies that were ever of this kind, and what concerns them. Nil means all.
  let kind: String?
  /// Only what held on one of these days, both inclusive, and events after the first of them. Nil means all.
  let days: ClosedRange<Day>?
  /// The bodies and events that answers about the bodies of the part name.
  var reached: (bodies: Set<OrganisationID>, events: Set<EventID>) = ([], [])

  package static let whole = ExportScope(kind: nil, days: nil)

  /// - Parameters:
  ///   - kind: Only bodies that were ever of this kind, with those that events and relationships tie to them.
  ///   - day: Only what held on this day, without successions.
  package init(kind: String?, on day: Day) {
    self.init(kind: kind, days: day...day)
  }

  /// - Parameter day: Only what happened from this day on, and what held on the day before or later. Nil means all.
  package init(kind: String?, since day: Day?) {
    self.init(kind: kind, days: day.map { $0.previous...(.distantFuture) })
  }

  private init(kind: String?, days: ClosedRange<Day>?) {
    self.kind = kind
    self.days = days
  }

  /// The same scope with what answers name.
  func reaching(_ answers: AnswerTables) -> ExportScope {
    var scope = self
    scope.reached = (answers.bodies, answers.events)
    return scope
  }

  /// Which part it is, in a sentence.
  var words: String {
    let part = [
      kind.map { "bodies of the kind \($0) and what concerns them" },
      days.map { days in
        days.lowerBound == days.upperBound
          ? "what held on \(days.lowerBound)"
          : "what happened from \(days.lowerBound.next) on, and what held the day before"
      },
    ].compactMap { $0 }
    return part.isEmpty ? "All of it." : "Only " + part.joined(separator: "; ") + "."
  }

  var isWhole: Bool { kind == nil && days == nil }

  var withoutDays: ExportScope { ExportScope(kind: kind, days: nil) }

  /// Whether a row with a period holds on one of the days.
  func overlaps(_ table: String, from start: String = "valid_from", to end: String = "valid_to") -> String {
    guard let days else { return "1" }
    return
      "\(table).\(start) <= '\(days.upperBound)' AND (\(table).\(end) IS NULL OR \(table).\(end) > '\(days.lowerBound)')"
  }

  /// Whether an event happened on one of the days, but not on the first.
  func happens(_ event: String) -> String {
    guard let days else { return "1" }
    return """
      \(event) IN (SELECT event_id FROM event_detail WHERE superseded_in IS NULL
        AND happened_on > '\(days.lowerBound)' AND happened_on <= '\(days.upperBound)')
      """
  }

  func isOfKind(_ column: String) -> String {
    kind.map { "\(column) = \(SQLDialect.sqlite.literal($0))" } ?? "1"
  }

  /// The sets that conditions use: `chosen` (bodies that were asked for), `linked` (successions), `covered` (parcels),
  /// `moved` (moves of units), `named` (bodies), `told` (events).
  var clauses: String {
    let isChosen =
      days == nil
      ? "1"
      : """
      (EXISTS (SELECT 1 FROM life WHERE life.organisation_id = organisation.id AND life.superseded_in IS NULL
          AND \(overlaps("life")))
        OR NOT EXISTS (SELECT 1 FROM life WHERE life.organisation_id = organisation.id AND life.superseded_in IS NULL))
      """
    let hasKind =
      kind == nil
      ? "1"
      : """
      id IN (SELECT role.organisation_id FROM role JOIN kind ON kind.id = role.kind_id
        WHERE role.superseded_in IS NULL AND \(isOfKind("kind.key")))
      """
    return """
      chosen (id) AS (SELECT id FROM organisation WHERE \(hasKind) AND \(isChosen)),
      linked (id) AS (
        SELECT id FROM succession WHERE superseded_in IS NULL AND (predecessor_id IN chosen OR successor_id IN chosen)
          AND \(happens("event_id"))),
      covered (id) AS (
        SELECT piece.parcel_id FROM piece JOIN placement ON placement.piece_id = piece.id
        WHERE \(overlaps("placement")) AND (placement.organisation_id IN chosen OR placement.organisation_id IN (
          SELECT predecessor_id FROM succession WHERE id IN linked))),
      moved (id) AS (
        SELECT unit_move.id FROM unit_move JOIN unit
          ON unit.partition_id = unit_move.partition_id AND unit.code = unit_move.unit_code
            AND unit.superseded_in IS NULL
        WHERE unit_move.superseded_in IS NULL AND unit.parcel_id IN covered),
      named (id) AS (
        SELECT id FROM chosen
        UNION SELECT value FROM json_each('\(Self.list(reached.bodies.map(\.number)))')
        UNION SELECT predecessor_id FROM succession WHERE id IN linked
        UNION SELECT successor_id FROM succession WHERE id IN linked
        UNION SELECT superior_id FROM relationship WHERE superseded_in IS NULL AND organisation_id IN chosen
          AND \(overlaps("relationship"))
        UNION SELECT organisation_id FROM relationship WHERE superseded_in IS NULL AND superior_id IN chosen
          AND \(overlaps("relationship"))
        UNION SELECT placement.organisation_id FROM placement JOIN piece ON piece.id = placement.piece_id
          WHERE placement.organisation_id IS NOT NULL AND piece.parcel_id IN covered AND \(overlaps("placement"))
        UNION SELECT organisation_id FROM anchor WHERE superseded_in IS NULL AND parcel_id IN covered
        UNION SELECT successor_id FROM movement WHERE superseded_in IS NULL AND parcel_id IN covered
        UNION SELECT predecessor_id FROM unit_move WHERE id IN moved
        UNION SELECT successor_id FROM unit_move WHERE id IN moved
        UNION SELECT predecessor_id FROM observation WHERE superseded_in IS NULL AND successor_id IN chosen
        UNION SELECT successor_id FROM observation WHERE superseded_in IS NULL AND predecessor_id IN chosen),
      told (id) AS (
        SELECT event_id FROM succession WHERE id IN linked
        UNION SELECT value FROM json_each('\(Self.list(reached.events.map(\.number)))')
        UNION SELECT event_id FROM movement WHERE superseded_in IS NULL AND parcel_id IN covered
        UNION SELECT placement.gap_event_id FROM placement JOIN piece ON piece.id = placement.piece_id
          WHERE piece.parcel_id IN covered AND placement.gap_event_id IS NOT NULL
        \(Self.dating))
      """
  }

  private static func list(_ ids: [Int64]) -> String {
    "[" + ids.sorted().map { "\($0)" }.joined(separator: ",") + "]"
  }

  /// The ids of the bodies that were asked for, in order.
  func chosenBodies(of registry: Registry) throws(DatabaseError) -> [OrganisationID] {
    try registry.database.query(
      isWhole
        ? "SELECT id FROM organisation ORDER BY id" : "WITH RECURSIVE \(clauses) SELECT id FROM chosen ORDER BY id"
    ) { $0.organisation(0) }
  }

  /// The events that date facts of the bodies.
  private static let dating = FactKind.dated.map(\.schema.table).flatMap { table in
    ["from_event_id", "to_event_id"].map {
      """
      UNION SELECT \($0) FROM \(table) WHERE superseded_in IS NULL AND \($0) IS NOT NULL
        AND (organisation_id IS NULL OR organisation_id IN named)
      """
    }
  }.joined(separator: "\n  ")
}
