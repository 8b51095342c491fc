import MigrationFiles

/// The rules that concern more than one row.
///
/// Kept here:
/// 1. The parts of `Migrations/rules.sql` that cover all kinds of facts are made from the schemas.
enum Rules {
  /// The query for all breaches (rule, organisation_id, subject, message).
  static let sql: String = {
    let file = EmbeddedFiles.all.first { $0.name == "rules.sql" }.map { "\($0.contents)" } ?? ""
    return file.replacing("{facts}", with: facts).replacing("{boundaries}", with: boundaries)
      .replacing("{dating_events}", with: events)
  }()

  /// Facts that must lie inside the lives of their bodies (organisation_id, key, what, valid_from, valid_to).
  private static var facts: String {
    FactKind.dated.map(\.schema).filter { $0.endsWithBodies && $0.record != FactKind.relationship.schema.record }
      .flatMap { schema in
        schema.bodies.map { body in
          """
          SELECT \(schema.columns[body].sql) AS organisation_id, key, \(schema.told) AS what, valid_from, valid_to
            FROM \(schema.table) WHERE superseded_in IS NULL
          """
        }
      }.joined(separator: "\n  UNION ALL ")
  }

  private static let ends = [("valid_from", "from_event_id", 1), ("valid_to", "to_event_id", 0)]

  /// The boundaries of facts (organisation_id, key, day, event_id, is_start).
  private static var boundaries: String {
    FactKind.dated.map(\.schema).flatMap { schema in
      ends.map { day, event, isStart in
        """
        SELECT \(schema.columns[schema.owner].sql) AS organisation_id, key, \(day) AS day, \(event) AS event_id,
          \(isStart) AS is_start FROM \(schema.table) WHERE superseded_in IS NULL AND \(event) IS NOT NULL
        """
      }
    }.joined(separator: "\n  UNION ALL ")
  }

  /// The events to which facts belong, or which date them (event_id).
  private static var events: String {
    FactKind.allCases.map(\.schema).flatMap { schema -> [String] in
      let columns = schema.isDated ? ends.map(\.1) : schema.event.map { [schema.columns[$0].sql] } ?? []
      return columns.map { "SELECT \($0) FROM \(schema.table) WHERE superseded_in IS NULL" }
    }.joined(separator: "\n      UNION ")
  }

  /// Looks again for what the triggers forbid, because other programs may have written rows without them.
  static func overlaps(in database: Database) throws(DatabaseError) -> [Problem] {
    let timelines = FactKind.dated.map(\.schema).compactMap { schema -> String? in
      guard let exclusion = schema.exclusion else { return nil }
      let shared = exclusion.rivals.sharing.map { "ifnull(\(schema.columns[$0].sql), '')" }
      return """
        SELECT '\(exclusion.rule)' AS rule, key, id, \(schema.told) AS subject,
          \(exclusion.line ?? shared.joined(separator: " || '/' || ")) AS line, valid_from, valid_to
        FROM \(schema.table) WHERE superseded_in IS NULL AND \(exclusion.condition ?? "1")
        """
    }
    return try database.query(
      """
      WITH timeline AS (\(timelines.joined(separator: "\nUNION ALL "))),
      following AS (
        SELECT *, lead(valid_from) OVER (PARTITION BY rule, line ORDER BY valid_from, id) AS next_from FROM timeline
      )
      SELECT rule, key, subject || ' from ' || valid_from || ' overlaps the next, from ' || next_from FROM following
      WHERE next_from < ifnull(valid_to, '9999-12-31') ORDER BY rule, key
      """
    ) { Problem(rule: $0.text(0), message: "\($0.text(1)): \($0.text(2))") }
  }
}
