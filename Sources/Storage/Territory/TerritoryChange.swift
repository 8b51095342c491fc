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

  /// - Parameters:
  ///   - revision: the newest revision.
  ///   - footprint: what the changed facts of the revision name.
  ///   - parcels: the parcels that it added.
  ///   - unitsChanged: whether it changed units or their amounts.
  init(
    of revision: Int64, _ footprint: Footprint.Territory, adding parcels: [Int64], unitsChanged: Bool,
    reading database: Database
  ) throws(DatabaseError) {
    let measured =
      unitsChanged ? Set(try database.query(Self.measured, [.integer(revision)]) { $0.integer(0) }) : []
    self.measured = measured
    var moved = measured.union(parcels).union(footprint.parcels)
    if !footprint.bodies.isEmpty || !footprint.events.isEmpty {
      moved.formUnion(
        try database.query(
          Self.moved, [Registry.list(footprint.bodies.sorted()), Registry.list(footprint.events.sorted())]
        ) { $0.integer(0) })
    }
    for unit in footprint.units {
      moved.formUnion(try database.query(Self.holding, [unit.partition, unit.code]) { $0.integer(0) })
    }
    self.parcels = moved
  }

  private static func changed(_ table: String) -> String { "?1 IN (\(table).opened_in, \(table).superseded_in)" }

  // CROSS JOIN keeps SQLite from going through whole tables.

  /// The parcels that ever lay in these bodies (?1) or in bodies that these events (?2) link, and those that the events
  /// move. What a revision took back still counts: its bodies and parcels are in the footprint.
  private static let moved = """
    WITH event (id) AS MATERIALIZED (SELECT value FROM json_each(?2)),
    body (id) AS MATERIALIZED (
      SELECT value FROM json_each(?1)
      UNION SELECT predecessor_id FROM event CROSS JOIN succession ON event_id = event.id WHERE superseded_in IS NULL
      UNION SELECT successor_id FROM event CROSS JOIN succession ON event_id = event.id WHERE superseded_in IS NULL
    )
    SELECT parcel_id FROM body CROSS JOIN placement ON organisation_id = body.id JOIN piece ON piece.id = piece_id
    UNION SELECT parcel_id FROM event CROSS JOIN movement ON event_id = event.id WHERE superseded_in IS NULL
    """

  /// The parcel that holds a unit (?1, ?2).
  private static let holding = """
    SELECT parcel_id FROM unit WHERE partition_id = ?1 AND code = ?2 AND superseded_in IS NULL
    """

  private static let measured = """
    SELECT parcel_id FROM unit WHERE \(changed("unit"))
    UNION SELECT parcel_id FROM unit_amount CROSS JOIN basis ON basis.id = basis_id
      CROSS JOIN unit ON unit.partition_id = basis.partition_id AND unit.code = unit_code AND unit.superseded_in IS NULL
    WHERE \(changed("unit_amount"))
    """
}
