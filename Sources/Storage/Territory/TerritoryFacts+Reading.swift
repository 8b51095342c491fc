extension TerritoryFacts {
  /// What is read.
  enum Extent {
    /// Everything. The amounts of parcels are added up from their units.
    case all
    /// These parcels, and the bodies and events that they may meet, as known in the newest revision. Their amounts were
    /// stored, but those of `measured` are added up.
    case some(Set<Int64>, measured: Set<Int64>)
  }

  init(reading database: Database, knownIn revision: Int64, _ extent: Extent = .all) throws(DatabaseError) {
    var reader = Reader(database, revision, extent)
    moves = try reader.moves()
    anchors = try reader.anchors()
    partitionOfParcel = try reader.partitions()
    try reader.meetBodies(from: anchors.values.map(\.organisation) + moves.flatMap { [$0.predecessor, $0.successor] })
    links = try reader.links()
    lives = try reader.lives()
    reader.meetEvents(Set(links.map(\.event)))
    flows = try reader.flows()
    movements = try reader.movements()
    movedPartitions = try reader.movedPartitions()
    let stored = try database.query("SELECT id, partition_id, counts_units FROM basis ORDER BY id") {
      (basis: Basis(id: $0.integer(0), partition: $0.optionalInteger(1)), countsUnits: $0.integer(2) == 1)
    }
    bases = stored.map(\.basis)
    amounts = try reader.amounts(stored)
  }

  /// All flows, in the order of time.
  static func flows(in database: Database, knownIn revision: Int64) throws(DatabaseError) -> [Flow] {
    try Reader(database, revision, .all).flows()
  }

  /// Reads the facts of an extent.
  ///
  /// In its SQL ?1 is the revision, ?2 the parcels, ?3 the bodies and ?4 the events, as lists.
  private struct Reader {
    typealias Amounts = [Int64: [Int64: Amount]]

    private let database: Database
    private let extent: Extent
    /// The values of the parameters. If everything is read, the only one is the revision.
    private var values: [Value]

    init(_ database: Database, _ revision: Int64, _ extent: Extent) {
      self.database = database
      self.extent = extent
      values = [.integer(revision)]
      if case .some(let parcels, _) = extent { values.append(Registry.list(parcels.sorted())) }
    }

    private var isWhole: Bool { if case .all = extent { true } else { false } }

    /// Whether the register says a row in the revision.
    private func known(_ table: String) -> String {
      // The indexes of current rows are the only ones that find a unit by its code.
      isWhole ? Registry.known(table) : "\(table).superseded_in IS NULL AND \(table).opened_in <= ?1"
    }

    /// Whether a column names something in the list of a parameter.
    private func isNear(_ column: String, _ parameter: Int) -> String {
      isWhole ? "1" : "\(column) IN (SELECT value FROM json_each(?\(parameter)))"
    }

    private func values(to parameter: Int) -> [Value] { Array(values.prefix(parameter)) }

    // MARK: Parcels

    func moves() throws(DatabaseError) -> [Move] {
      // From the units of a few parcels, or else from all moves.
      let rows = isWhole ? "unit_move CROSS JOIN unit" : "unit CROSS JOIN unit_move"
      return try database.query(
        """
        SELECT DISTINCT parcel_id, moved_on, predecessor_id, successor_id
        FROM \(rows) ON unit.partition_id = unit_move.partition_id AND unit.code = unit_move.unit_code
        WHERE \(known("unit_move")) AND \(known("unit")) AND \(isNear("parcel_id", 2))
        ORDER BY moved_on, predecessor_id, successor_id
        """, values(to: 2)
      ) { Move(parcel: $0.integer(0), day: $0.day(1), predecessor: $0.organisation(2), successor: $0.organisation(3)) }
    }

    func anchors() throws(DatabaseError) -> [Int64: Anchor] {
      var anchors: [Int64: Anchor] = [:]
      try database.each(
        """
        SELECT parcel_id, organisation_id, anchored_on FROM anchor
        WHERE \(known("anchor")) AND \(isNear("parcel_id", 2))
        """, values(to: 2)
      ) { anchors[$0.integer(0)] = Anchor(organisation: $0.organisation(1), day: $0.day(2)) }
      return anchors
    }

    func partitions() throws(DatabaseError) -> [Int64: Int64] {
      var partitions: [Int64: Int64] = [:]
      try database.each(
        "SELECT id, partition_id FROM parcel WHERE opened_in <= ?1 AND \(isNear("id", 2))", values(to: 2)
      ) { partitions[$0.integer(0)] = $0.integer(1) }
      return partitions
    }

    func amounts(_ bases: [(basis: Basis, countsUnits: Bool)]) throws(DatabaseError) -> Amounts {
      var amounts: Amounts = [:]
      guard case .some(let parcels, let measured) = extent else {
        try addUp(bases, &amounts, values, isChosen: "1")
        return amounts
      }
      try database.each(
        "SELECT parcel_id, basis_id, amount FROM parcel_amount WHERE parcel_id IN (SELECT value FROM json_each(?1))",
        [Registry.list(parcels.subtracting(measured).sorted())]
      ) { row throws(DatabaseError) in
        amounts[row.integer(0), default: [:]][row.integer(1)] = try row.amount(2)
      }
      if !measured.isEmpty {
        try addUp(
          bases, &amounts, values(to: 1) + [Registry.list(measured.sorted())],
          isChosen: "unit.parcel_id IN (SELECT value FROM json_each(?2))")
      }
      return amounts
    }

    private func addUp(
      _ bases: [(basis: Basis, countsUnits: Bool)], _ amounts: inout Amounts, _ values: [Value], isChosen: String
    ) throws(DatabaseError) {
      try database.each(
        """
        SELECT partition_id, parcel_id, count(*) FROM unit WHERE \(known("unit")) AND \(isChosen)
        GROUP BY parcel_id
        """, values
      ) { row in
        for (basis, countsUnits) in bases where basis.partition == row.integer(0) {
          amounts[row.integer(1), default: [:]][basis.id] = countsUnits ? Amount(Int(row.integer(2))) : .zero
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

    // MARK: Bodies and events

    /// Finds the bodies in which a parcel may lie that lies in one of `bodies`: what they came from, and what became of
    /// them.
    mutating func meetBodies(from bodies: [OrganisationID]) throws(DatabaseError) {
      guard !isWhole else { return }
      let isCurrent = "superseded_in IS NULL AND nature <> 'duties'"
      let met = try database.query(
        """
        WITH RECURSIVE later (id) AS (
          SELECT value FROM json_each(?1)
          UNION SELECT successor_id FROM later CROSS JOIN succession ON predecessor_id = later.id WHERE \(isCurrent)
        ), earlier (id) AS (
          SELECT value FROM json_each(?1)
          UNION SELECT predecessor_id FROM earlier CROSS JOIN succession ON successor_id = earlier.id WHERE \(isCurrent)
        )
        SELECT id FROM later UNION SELECT id FROM earlier
        """, [Registry.list(Set(bodies).sorted())]
      ) { $0.integer(0) }
      values.append(Registry.list(met))
    }

    /// The links from or to the bodies that were met.
    func links() throws(DatabaseError) -> [Link] {
      try database.query(
        """
        SELECT succession.event_id, happened_on, predecessor_id, successor_id, nature
        FROM succession JOIN event_detail ON event_detail.event_id = succession.event_id
          JOIN change_event ON change_event.id = succession.event_id
          JOIN organisation ON organisation.id = successor_id
        WHERE \(known("succession")) AND \(known("event_detail")) AND nature <> 'duties'
          AND (\(isNear("predecessor_id", 3)) OR \(isNear("successor_id", 3)))
        ORDER BY happened_on, change_event.key, organisation.key, predecessor_id
        """, values(to: 3)
      ) {
        Link(
          event: $0.event(0), day: $0.day(1), predecessor: $0.organisation(2), successor: $0.organisation(3),
          nature: SuccessionNature(rawValue: $0.text(4)) ?? .territory)
      }
    }

    func lives() throws(DatabaseError) -> [OrganisationID: Period] {
      var lives: [OrganisationID: Period] = [:]
      // 'legal' sorts before 'operational', and the first one met stays.
      try database.each(
        """
        SELECT organisation_id, valid_from, valid_to FROM life
        WHERE \(known("life")) AND \(isNear("organisation_id", 3)) ORDER BY timeline
        """, values(to: 3)
      ) { if lives[$0.organisation(0)] == nil { lives[$0.organisation(0)] = $0.period(1) } }
      return lives
    }

    mutating func meetEvents(_ events: Set<EventID>) {
      if !isWhole { values.append(Registry.list(events.map(\.number).sorted())) }
    }

    func flows() throws(DatabaseError) -> [Flow] {
      try database.query(
        """
        SELECT flow.event_id, happened_on, predecessor_id, successor_id, basis_id, amount
        FROM flow JOIN event_detail ON event_detail.event_id = flow.event_id
        WHERE \(known("flow")) AND \(known("event_detail")) AND \(isNear("flow.event_id", 4))
        ORDER BY happened_on, flow.event_id, predecessor_id, successor_id, basis_id
        """, values
      ) { row throws(DatabaseError) in
        Flow(
          event: row.event(0), day: row.day(1), predecessor: row.optionalOrganisation(2),
          successor: row.organisation(3), basis: row.integer(4), amount: try row.amount(5))
      }
    }

    func movements() throws(DatabaseError) -> [Movement] {
      try database.query(
        """
        SELECT movement.event_id, happened_on, parcel_id, successor_id
        FROM movement JOIN event_detail ON event_detail.event_id = movement.event_id
        WHERE \(known("movement")) AND \(known("event_detail")) AND \(isNear("parcel_id", 2))
        ORDER BY happened_on, movement.event_id, parcel_id, successor_id
        """, values(to: 2)
      ) { Movement(event: $0.event(0), day: $0.day(1), parcel: $0.integer(2), successor: $0.organisation(3)) }
    }

    func movedPartitions() throws(DatabaseError) -> [EventID: [OrganisationID: Set<Int64>]] {
      var partitions: [EventID: [OrganisationID: Set<Int64>]] = [:]
      try database.each(
        """
        SELECT DISTINCT event_id, successor_id, partition_id FROM movement JOIN parcel ON parcel.id = parcel_id
        WHERE \(known("movement")) AND \(isNear("event_id", 4))
        """, values
      ) { partitions[$0.event(0), default: [:]][$0.organisation(1), default: []].insert($0.integer(2)) }
      return partitions
    }
  }
}
