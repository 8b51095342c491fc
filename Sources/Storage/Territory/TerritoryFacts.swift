/// The input of `Replay`: all facts that say where parcels lie, with ids.
struct TerritoryFacts {
  struct Link {
    let event: EventID
    let day: Day
    let predecessor: OrganisationID
    let successor: OrganisationID
    let nature: SuccessionNature
  }

  struct Flow {
    let event: EventID
    let day: Day
    /// Nil if the amount comes from no body of the register.
    let predecessor: OrganisationID?
    let successor: OrganisationID
    let basis: Int64
    let amount: Amount
  }

  struct Movement {
    let event: EventID
    let day: Day
    let parcel: Int64
    let successor: OrganisationID
  }

  /// A parcel whose units left a body by themselves.
  struct Move {
    let parcel: Int64
    /// The first day in the new body.
    let day: Day
    let predecessor: OrganisationID
    let successor: OrganisationID
  }

  struct Anchor {
    let organisation: OrganisationID
    let day: Day
  }

  struct Basis {
    let id: Int64
    let partition: Int64?
  }

  /// In the order of time and of keys, so that the order of entry does not matter.
  var links: [Link] = []
  var flows: [Flow] = []
  var movements: [Movement] = []
  /// The partitions whose parcels an event moves by name, by the body to which they go.
  var movedPartitions: [EventID: [OrganisationID: Set<Int64>]] = [:]
  /// In the order of time.
  var moves: [Move] = []
  /// The legal life of each body, or the operational one if the legal one is not known.
  var lives: [OrganisationID: Period] = [:]
  var partitionOfParcel: [Int64: Int64] = [:]
  var anchors: [Int64: Anchor] = [:]
  var bases: [Basis] = []
  /// By parcel, then basis.
  var amounts: [Int64: [Int64: Amount]] = [:]

  /// The parcels that are read. Bodies and events are always read.
  enum Extent {
    /// All parcels. Their amounts are added up from their units.
    case all
    /// These parcels, as known in the newest revision. Their amounts were stored, but those of `measured` are added up.
    case some(Set<Int64>, measured: Set<Int64>)
  }

  init(reading database: Database, knownIn revision: Int64, _ extent: Extent = .all) throws(DatabaseError) {
    let revisions: [Value] = [.integer(revision)]
    let chosen: [Value]
    let isChosen: (String) -> String
    let known: (String) -> String
    switch extent {
    case .all:
      chosen = revisions
      isChosen = { _ in "1" }
      known = Registry.known
    case .some(let parcels, _):
      chosen = revisions + [Registry.list(parcels.sorted())]
      isChosen = { "\($0) IN (SELECT value FROM json_each(?2))" }
      // The indexes of current rows are the only ones that find a unit by its code.
      known = { "\($0).superseded_in IS NULL AND \($0).opened_in <= ?1" }
    }
    links = try database.query(
      """
      SELECT succession.event_id, happened_on, predecessor_id, successor_id, nature
      FROM succession JOIN event_detail ON event_detail.event_id = succession.event_id
        JOIN change_event ON change_event.id = succession.event_id
        JOIN organisation ON organisation.id = successor_id
      WHERE \(known("succession")) AND \(known("event_detail")) AND nature <> 'duties'
      ORDER BY happened_on, change_event.key, organisation.key, predecessor_id
      """, revisions
    ) {
      Link(
        event: $0.event(0), day: $0.day(1), predecessor: $0.organisation(2), successor: $0.organisation(3),
        nature: SuccessionNature(rawValue: $0.text(4)) ?? .territory)
    }
    flows = try Self.flows(in: database, knownIn: revision)
    movements = try database.query(
      """
      SELECT movement.event_id, happened_on, parcel_id, successor_id
      FROM movement JOIN event_detail ON event_detail.event_id = movement.event_id
      WHERE \(known("movement")) AND \(known("event_detail")) AND \(isChosen("parcel_id"))
      ORDER BY happened_on, movement.event_id, parcel_id, successor_id
      """, chosen
    ) { Movement(event: $0.event(0), day: $0.day(1), parcel: $0.integer(2), successor: $0.organisation(3)) }
    try database.each(
      """
      SELECT DISTINCT event_id, successor_id, partition_id FROM movement JOIN parcel ON parcel.id = parcel_id
      WHERE \(known("movement"))
      """, revisions
    ) { movedPartitions[$0.event(0), default: [:]][$0.organisation(1), default: []].insert($0.integer(2)) }
    moves = try database.query(
      """
      SELECT DISTINCT parcel_id, moved_on, predecessor_id, successor_id
      FROM unit_move JOIN unit ON unit.partition_id = unit_move.partition_id AND unit.code = unit_move.unit_code
      WHERE \(known("unit_move")) AND \(known("unit")) AND \(isChosen("parcel_id"))
      ORDER BY moved_on, predecessor_id, successor_id
      """, chosen
    ) { Move(parcel: $0.integer(0), day: $0.day(1), predecessor: $0.organisation(2), successor: $0.organisation(3)) }
    // 'legal' sorts before 'operational', and the first one met stays.
    try database.each(
      "SELECT organisation_id, valid_from, valid_to FROM life WHERE \(known("life")) ORDER BY timeline", revisions
    ) { if lives[$0.organisation(0)] == nil { lives[$0.organisation(0)] = $0.period(1) } }
    try database.each("SELECT id, partition_id FROM parcel WHERE opened_in <= ?1 AND \(isChosen("id"))", chosen) {
      partitionOfParcel[$0.integer(0)] = $0.integer(1)
    }
    try database.each(
      """
      SELECT parcel_id, organisation_id, anchored_on FROM anchor
      WHERE \(known("anchor")) AND \(isChosen("parcel_id"))
      """, chosen
    ) { anchors[$0.integer(0)] = Anchor(organisation: $0.organisation(1), day: $0.day(2)) }
    let stored = try database.query("SELECT id, partition_id, counts_units FROM basis ORDER BY id") {
      (basis: Basis(id: $0.integer(0), partition: $0.optionalInteger(1)), counts: $0.integer(2) == 1)
    }
    bases = stored.map(\.basis)
    switch extent {
    case .all: try addUp(stored, database, revisions, known, isChosen: "1")
    case .some(let parcels, let measured):
      try database.each(
        """
        SELECT parcel_id, basis_id, amount FROM parcel_amount WHERE parcel_id IN (SELECT value FROM json_each(?1))
        """, [Registry.list(parcels.subtracting(measured).sorted())]
      ) { row throws(DatabaseError) in
        amounts[row.integer(0), default: [:]][row.integer(1)] = try row.amount(2)
      }
      guard !measured.isEmpty else { return }
      try addUp(
        stored, database, revisions + [Registry.list(measured.sorted())], known,
        isChosen: "unit.parcel_id IN (SELECT value FROM json_each(?2))")
    }
  }

  /// All flows, in the order of time.
  static func flows(in database: Database, knownIn revision: Int64) throws(DatabaseError) -> [Flow] {
    try database.query(
      """
      SELECT flow.event_id, happened_on, predecessor_id, successor_id, basis_id, amount
      FROM flow JOIN event_detail ON event_detail.event_id = flow.event_id
      WHERE \(Registry.known("flow")) AND \(Registry.known("event_detail"))
      ORDER BY happened_on, flow.event_id, predecessor_id, successor_id, basis_id
      """, [.integer(revision)]
    ) { row throws(DatabaseError) in
      Flow(
        event: row.event(0), day: row.day(1), predecessor: row.optionalOrganisation(2), successor: row.organisation(3),
        basis: row.integer(4), amount: try row.amount(5))
    }
  }

  private mutating func addUp(
    _ stored: [(basis: Basis, counts: Bool)], _ database: Database, _ values: [Value], _ known: (String) -> String,
    isChosen: String
  ) throws(DatabaseError) {
    try database.each(
      """
      SELECT partition_id, parcel_id, count(*) FROM unit WHERE \(known("unit")) AND \(isChosen)
      GROUP BY parcel_id
      """, values
    ) { row in
      for (basis, counts) in stored where basis.partition == row.integer(0) {
        amounts[row.integer(1), default: [:]][basis.id] = counts ? Amount(Int(row.integer(2))) : .zero
      }
    }
    // Units are joined by code, because a unit's amount is known independently of the parcel in which it lies.
    try database.each(
      """
      SELECT unit.parcel_id, unit_amount.basis_id, amount
      FROM unit_amount JOIN basis ON basis.id = unit_amount.basis_id
        JOIN unit ON unit.partition_id = basis.partition_id AND unit.code = unit_amount.unit_code
      WHERE \(known("unit")) AND \(known("unit_amount")) AND \(isChosen)
      """, values
    ) { row throws(DatabaseError) in
      amounts[row.integer(0), default: [:]][row.integer(1), default: .zero] += try row.amount(2)
    }
  }
}
