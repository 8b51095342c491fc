/// What a revision changed of where parcels lie, and of what they amount to.
///
/// Kept here:
/// 1. A parcel that is not named here lies where it lay before. Each step of its way depends only on the bodies in which
///    it lay, on the events that name these bodies, and on the facts about the parcel itself. (A body that gives amounts
///    and goes on is another matter; see `PlacementStore`.)
struct TerritoryChange {
  /// The parcels that may lie elsewhere, or amount to something else.
  let parcels: Set<Int64>
  /// Those of them whose units changed.
  let measured: Set<Int64>

  /// - Parameter unitsChanged: whether the revision changed units or their amounts.
  init(of revision: Int64, unitsChanged: Bool, reading database: Database) throws(DatabaseError) {
    let measured =
      unitsChanged ? Set(try database.query(Self.measured, [.integer(revision)]) { $0.integer(0) }) : []
    self.measured = measured
    parcels = measured.union(try database.query(Self.moved, [.integer(revision)]) { $0.integer(0) })
  }

  private static func changed(_ table: String) -> String { "?1 IN (\(table).opened_in, \(table).superseded_in)" }

  /// Rows as they were before the revision or are after it.
  private static func known(_ table: String) -> String {
    "(\(table).superseded_in IS NULL OR \(table).superseded_in = ?1)"
  }

  // CROSS JOIN keeps SQLite from going through all units.

  private static let moved = """
    WITH event AS (
      SELECT event_id AS id FROM succession WHERE \(changed("succession"))
      UNION SELECT event_id FROM movement WHERE \(changed("movement"))
      UNION SELECT event_id FROM flow WHERE \(changed("flow"))
      UNION SELECT event_id FROM event_detail WHERE \(changed("event_detail"))
    ), link AS (
      SELECT predecessor_id, successor_id FROM succession
      WHERE event_id IN (SELECT id FROM event) AND \(known("succession"))
    ), body AS (
      SELECT predecessor_id AS id FROM link UNION SELECT successor_id FROM link
      UNION SELECT organisation_id FROM life WHERE \(changed("life"))
    )
    SELECT parcel_id FROM placement JOIN piece ON piece.id = piece_id WHERE organisation_id IN (SELECT id FROM body)
    UNION SELECT parcel_id FROM anchor WHERE \(changed("anchor"))
    UNION SELECT parcel_id FROM movement WHERE event_id IN (SELECT id FROM event) AND \(known("movement"))
    UNION SELECT parcel_id FROM unit_move CROSS JOIN unit
        ON unit.partition_id = unit_move.partition_id AND unit.code = unit_move.unit_code AND unit.superseded_in IS NULL
      WHERE \(changed("unit_move"))
    UNION SELECT id FROM parcel WHERE opened_in = ?1
    """

  private static let measured = """
    SELECT parcel_id FROM unit WHERE \(changed("unit"))
    UNION SELECT parcel_id FROM unit_amount CROSS JOIN basis ON basis.id = basis_id
      CROSS JOIN unit ON unit.partition_id = basis.partition_id AND unit.code = unit_code AND unit.superseded_in IS NULL
    WHERE \(changed("unit_amount"))
    """
}
