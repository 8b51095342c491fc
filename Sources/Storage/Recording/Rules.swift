import MigrationFiles

/// The rules that concern more than one row.
///
/// Kept here:
/// 1. `Migrations/rules.sql` is one text. What stands before it says which rows it examines: all current rows, or those
///    near what a revision touched.
/// 2. A breach depends on rows of a body that one of its rows names, or of an event that one of them belongs to, or on
///    where a parcel lies that one of them moves. So the rows near what a revision touched hold every breach that it
///    can have made, unless it described units.
/// 3. The parts that cover all kinds of facts are made from the schemas.
enum Rules {
  /// The query for all breaches (rule, organisation_id, subject, message).
  static let all = text(everything, sources: .all)

  /// The query for the breaches near touched bodies, events and parcels (rule, organisation_id, subject, message).
  ///
  /// ?1, ?2 and ?3 are lists of the ids of bodies, of events and of parcels that now lie elsewhere, as JSON.
  static let nearby = text(neighbourhood, sources: .touched)

  private static func text(_ examined: String, sources: Sources) -> String {
    let file = EmbeddedFiles.all.first { $0.name == "rules.sql" }.map { "\($0.contents)" } ?? ""
    return examined
      + file.replacing("{facts}", with: facts(sources)).replacing("{boundaries}", with: boundaries(sources))
      .replacing("{dating_events}", with: events(sources))
  }

  /// Where the rows of a table come from.
  private enum Sources {
    case all, touched

    /// What follows FROM, for the current rows of a table whose column names something in a set of what was touched.
    func rows(of table: String, _ column: String, in set: String) -> String {
      let current = "\(table) WHERE superseded_in IS NULL"
      return switch self {
      case .all: current
      case .touched: "\(current) AND \(column) IN \(set)"
      }
    }
  }

  // MARK: What is examined

  private static let everything =
    "WITH RECURSIVE "
    + ["succession", "relationship", "claim", "movement", "flow", "unit", "life", "code"].map {
      "examined_\($0) AS NOT MATERIALIZED (SELECT * FROM \($0) WHERE superseded_in IS NULL),\n"
    }.joined() + """
      examined_event (event_id) AS NOT MATERIALIZED (SELECT id FROM change_event),
      examined_detail AS NOT MATERIALIZED (SELECT * FROM event_detail WHERE superseded_in IS NULL),
      examined_unit_move AS MATERIALIZED (SELECT *, \(parcelOfUnit) FROM unit_move WHERE superseded_in IS NULL),
      examined_placement AS NOT MATERIALIZED (SELECT * FROM placement),
      \(extent)span AS NOT MATERIALIZED (
        SELECT id AS organisation_id, (SELECT min(valid_from) FROM life WHERE \(livesOfSpan)) AS valid_from,
          (SELECT max(ifnull(valid_to, '9999-12-31')) FROM life WHERE \(livesOfSpan)) AS valid_to
        FROM organisation
      ),

      """

  private static let livesOfSpan = "life.organisation_id = organisation.id AND superseded_in IS NULL"

  /// As the view of the same name, worked out once for all rules.
  private static let extent = """
    extent AS MATERIALIZED (
      SELECT organisation_id, min(valid_from) AS valid_from, max(ifnull(valid_to, '9999-12-31')) AS valid_to
      FROM examined_life GROUP BY organisation_id
    ),

    """

  /// The tables whose rows are near if a column names something in a set of what was touched.
  private static let near: [(table: String, names: [(column: String, set: String)])] = [
    (
      "succession",
      [("event_id", "touched_event"), ("predecessor_id", "touched_body"), ("successor_id", "touched_body")]
    ),
    ("relationship", [("organisation_id", "touched_body"), ("superior_id", "touched_body")]),
    ("claim", [("organisation_id", "touched_body")]),
    ("code", [("organisation_id", "touched_body")]),
  ]

  private static let neighbourhood =
    touched + near.map(rows).joined() + further + extent + "span AS NOT MATERIALIZED (SELECT * FROM extent),\n"

  private static let touched = """
    WITH RECURSIVE touched_body (id) AS MATERIALIZED (SELECT value FROM json_each(?1)),
    touched_event (id) AS MATERIALIZED (SELECT value FROM json_each(?2)),
    touched_parcel (id) AS MATERIALIZED (SELECT value FROM json_each(?3)),

    """

  private static func rows(of table: String, near names: [(column: String, set: String)]) -> String {
    let rows = names.map { column, set in "SELECT * FROM \(Sources.touched.rows(of: table, column, in: set))" }
    return "examined_\(table) AS MATERIALIZED (\n  \(rows.joined(separator: "\n  UNION "))\n),\n"
  }

  /// The parcel of a unit that moves.
  private static let parcelOfUnit = """
    (SELECT parcel_id FROM unit
        WHERE unit.partition_id = unit_move.partition_id AND unit.code = unit_move.unit_code AND superseded_in IS NULL)
      AS parcel_id
    """

  /// Flows are near if their event has a succession that is: what a body gives depends on its life, and on where its
  /// parcels lay. Units are near if they share a parcel with one that moves. (If a unit was described, everything is
  /// examined.)
  private static let further = """
    examined_event (event_id) AS MATERIALIZED (SELECT id FROM touched_event UNION SELECT event_id FROM examined_succession),
    moved_parcel (id) AS MATERIALIZED (
      SELECT parcel_id FROM movement WHERE superseded_in IS NULL AND event_id IN touched_event
    ),
    examined_movement AS MATERIALIZED (
      SELECT * FROM movement WHERE superseded_in IS NULL AND parcel_id IN moved_parcel
      UNION SELECT * FROM movement WHERE superseded_in IS NULL AND parcel_id IN touched_parcel
    ),
    examined_detail AS MATERIALIZED (
      SELECT * FROM event_detail WHERE superseded_in IS NULL AND event_id IN (
        SELECT event_id FROM examined_event UNION SELECT event_id FROM examined_movement)
    ),
    examined_flow AS MATERIALIZED (SELECT * FROM flow WHERE superseded_in IS NULL AND event_id IN examined_event),
    moved_unit AS MATERIALIZED (
      SELECT partition_id, code FROM unit WHERE superseded_in IS NULL AND parcel_id IN moved_parcel
    ),
    examined_unit_move AS MATERIALIZED (
      SELECT *, \(parcelOfUnit) FROM unit_move WHERE id IN (
        SELECT id FROM unit_move WHERE superseded_in IS NULL AND predecessor_id IN touched_body
        UNION SELECT id FROM unit_move WHERE superseded_in IS NULL AND successor_id IN touched_body
        UNION SELECT id FROM unit_move WHERE superseded_in IS NULL AND (partition_id, unit_code) IN moved_unit)
    ),
    examined_unit AS MATERIALIZED (
      SELECT * FROM unit WHERE superseded_in IS NULL AND parcel_id IN (SELECT parcel_id FROM examined_unit_move)
    ),
    examined_placement AS MATERIALIZED (SELECT * FROM placement WHERE organisation_id IN touched_body),
    examined_life AS MATERIALIZED (
      SELECT * FROM life WHERE superseded_in IS NULL AND organisation_id IN (
        SELECT id FROM touched_body
        UNION SELECT organisation_id FROM examined_relationship UNION SELECT superior_id FROM examined_relationship
        UNION SELECT predecessor_id FROM examined_succession UNION SELECT successor_id FROM examined_succession
        UNION SELECT predecessor_id FROM examined_unit_move UNION SELECT successor_id FROM examined_unit_move
        UNION SELECT predecessor_id FROM examined_flow)
    ),

    """

  // MARK: Parts that cover all kinds of facts

  /// Facts that must lie inside the lives of their bodies (organisation_id, key, what, valid_from, valid_to).
  private static func facts(_ sources: Sources) -> String {
    FactKind.dated.map(\.schema).filter { $0.endsWithBodies && $0.record != FactKind.relationship.schema.record }
      .flatMap { schema in
        schema.bodies.map { schema.columns[$0].sql }.map { body in
          """
          SELECT \(body) AS organisation_id, key, \(schema.told) AS what, valid_from, valid_to
            FROM \(sources.rows(of: schema.table, body, in: "touched_body"))
          """
        }
      }.joined(separator: "\n  UNION ALL ")
  }

  private static let ends = [("valid_from", "from_event_id", 1), ("valid_to", "to_event_id", 0)]

  /// The boundaries of facts that an event dates (organisation_id, key, day, event_id, is_start). The comparison leads
  /// SQLite to the indexes that have only these.
  private static func boundaries(_ sources: Sources) -> String {
    FactKind.dated.map(\.schema).flatMap { schema in
      let owner = schema.columns[schema.owner].sql
      return ends.flatMap { day, event, isStart in
        let near = [(owner, "touched_body"), (event, "touched_event")]
        return near.prefix(sources == .all ? 1 : near.count).map { column, set in
          """
          SELECT \(owner) AS organisation_id, key, \(day) AS day, \(event) AS event_id, \(isStart) AS is_start
            FROM \(sources.rows(of: schema.table, column, in: set)) AND \(event) > 0
          """
        }
      }
    }.joined(separator: sources == .all ? "\n  UNION ALL " : "\n  UNION ")
  }

  /// The events to which facts belong, or which date them (event_id).
  private static func events(_ sources: Sources) -> String {
    FactKind.allCases.map(\.schema).flatMap { schema -> [String] in
      let columns = schema.isDated ? ends.map(\.1) : schema.event.map { [schema.columns[$0].sql] } ?? []
      return columns.map { "SELECT \($0) FROM \(sources.rows(of: schema.table, $0, in: "touched_event"))" }
    }.joined(separator: "\n      UNION ")
  }

  // MARK: What the triggers forbid

  /// Looks again for what the triggers forbid, because other programs may have written rows without them.
  static func overlaps(in database: Database) throws(DatabaseError) -> [Problem] {
    let overlaps = FactKind.dated.map(\.schema).compactMap { schema -> String? in
      guard let exclusion = schema.exclusion else { return nil }
      let columns = exclusion.rivals.sharing.map { schema.columns[$0].sql }
      let shared =
        exclusion.shared?.map { "\($0("other")) = \($0("one"))" } ?? columns.map { "other.\($0) IS one.\($0)" }
      let isCurrent = "superseded_in IS NULL AND \(exclusion.condition ?? "1")"
      return """
        SELECT '\(exclusion.rule)' AS rule, key,
          \(schema.told) || ' from ' || valid_from || ' overlaps the next, from ' || next_from
        FROM (
          SELECT *, (
            SELECT min(other.valid_from) FROM \(schema.table) AS other
            WHERE \(shared.joined(separator: " AND ")) AND other.id <> one.id AND (other.valid_from, other.id) > (one.valid_from, one.id)
              AND \(isCurrent)
          ) AS next_from
          FROM \(schema.table) AS one WHERE \(isCurrent)
        ) WHERE next_from < ifnull(valid_to, '9999-12-31')
        """
    }
    return try database.query(overlaps.joined(separator: "\nUNION ALL ") + " ORDER BY rule, key") {
      Problem(rule: $0.text(0), message: "\($0.text(1)): \($0.text(2))")
    }
  }
}
