/// The whole register as the statements that say it.
extension StatedFacts {
  /// The words of the register, in its own order, which says how code columns stand and in which order bases are tried.
  public func words() throws(DatabaseError) -> [Change] {
    let schemes = try database.query("SELECT key, name, rank FROM scheme ORDER BY id") {
      Change(.scheme(Scheme(key: $0.text(0), name: $0.text(1), rank: Int($0.integer(2)))))
    }
    let kinds = try database.query("SELECT key, name, tier, exclusive_group FROM kind ORDER BY id") {
      Change(
        .kind(Kind(key: $0.text(0), name: $0.text(1), tier: $0.optionalText(2), exclusiveGroup: $0.optionalText(3))))
    }
    let relationships = try database.query("SELECT key, name, is_parent FROM relationship_kind ORDER BY id") {
      Change(.relationshipKind(RelationshipKind(key: $0.text(0), name: $0.text(1), isParent: $0.integer(2) != 0)))
    }
    let partitions = try database.query("SELECT key, name, unit_name FROM partition ORDER BY id") {
      Change(.partition(Partition(key: $0.text(0), name: $0.text(1), unitName: $0.text(2))))
    }
    let bases = try database.query(
      """
      SELECT basis.key, basis.name, partition.key, basis.unit_name, as_at, counts_units
      FROM basis LEFT JOIN partition ON partition.id = partition_id ORDER BY basis.id
      """
    ) {
      Change(
        .basis(
          Basis(
            key: $0.text(0), name: $0.text(1), partition: $0.optionalText(2), unitName: $0.text(3),
            asAt: $0.optionalDay(4), countsUnits: $0.integer(5) != 0)))
    }
    let measures = try database.query("SELECT key, name, unit_name FROM measure_kind ORDER BY id") {
      Change(.measureKind(MeasureKind(key: $0.text(0), name: $0.text(1), unitName: $0.text(2))))
    }
    let seats = try database.query("SELECT key, name, is_single FROM seat ORDER BY id") {
      Change(.seat(Seat(key: $0.text(0), name: $0.text(1), isSingle: $0.integer(2) != 0)))
    }
    let services = try database.query("SELECT key, name FROM service ORDER BY id") {
      Change(.service(Service(key: $0.text(0), name: $0.text(1))))
    }
    return schemes + kinds + relationships + partitions + bases + measures + services + seats
  }

  /// Bodies and parcels, by key.
  public func identities() throws(DatabaseError) -> [Change] {
    try database.query("SELECT key FROM organisation ORDER BY key") { Change(.organisation(key: $0.text(0))) }
      + database.query(
        """
        SELECT parcel.key, partition.key FROM parcel JOIN partition ON partition.id = partition_id ORDER BY parcel.key
        """
      ) { Change(.parcel(key: $0.text(0), partition: $0.text(1))) }
  }

  /// How sources are cited.
  public func citations() throws(DatabaseError) -> [Change] { try current(.citation) }

  /// The events, and then everything dated by them or by days, by key within each sort: facts about bodies, links,
  /// what was observed and published, what is planned, and where parcels lie.
  public func eventsAndFacts() throws(DatabaseError) -> [Change] {
    let tables: [FactTable] = [
      .eventDetail, .life, .role, .code, .name, .relationship, .measure, .responsibility, .appointment, .constitution,
      .succession, .flow, .movement, .observation, .claim, .seatRule, .plannedEvent, .anchor,
    ]
    var changes: [Change] = []
    for table in tables { changes += try current(table) }
    return changes
  }

  /// The units of all partitions, each with its amounts.
  public func units() throws(DatabaseError) -> [Change] {
    var amounts: [String: [String: [UnitAmount]]] = [:]
    for (partition, unit, basis, amount) in try database.query(
      """
      SELECT partition.key, unit_code, basis.key, amount
      FROM unit_amount JOIN basis ON basis.id = basis_id JOIN partition ON partition.id = basis.partition_id
      WHERE superseded_in IS NULL ORDER BY basis.id
      """, [], { ($0.text(0), $0.text(1), $0.text(2), $0.real(3)) })
    {
      amounts[partition, default: [:]][unit, default: []].append(UnitAmount(basis: basis, amount: amount))
    }
    return try database.query(
      """
      SELECT partition.key, unit.code, parcel.key, source.key, unit.note
      FROM unit JOIN partition ON partition.id = unit.partition_id JOIN parcel ON parcel.id = unit.parcel_id
        LEFT JOIN source ON source.id = unit.source_id
      WHERE superseded_in IS NULL ORDER BY partition.id, unit.code
      """
    ) { row in
      let (partition, code) = (row.text(0), row.text(1))
      return Change(
        .unit(
          partition: partition, code: code, parcel: row.text(2), amounts: amounts[partition]?[code] ?? []),
        source: row.optionalText(3), note: row.optionalText(4))
    }
  }

  /// The keys of the bodies that ever were of a kind, in anybody's words.
  public func organisationKeys(kind: String) throws(DatabaseError) -> [String] {
    try database.query(
      """
      SELECT DISTINCT organisation.key
      FROM role JOIN kind ON kind.id = kind_id JOIN organisation ON organisation.id = organisation_id
      WHERE kind.key = ?1 AND superseded_in IS NULL ORDER BY organisation.key
      """, [.text(kind)]
    ) { $0.text(0) }
  }

  /// The permanent keys of bodies.
  public func organisationKeys(_ ids: [Int64]) throws(DatabaseError) -> [String] {
    var found: [String] = []
    for id in ids { found.append(try key("organisation", id)) }
    return found
  }

  private func current(_ table: FactTable) throws(DatabaseError) -> [Change] { try facts(table).map(\.change) }

  /// The current facts of a table, by key, as rows and as the statements that say them.
  func facts(_ table: FactTable) throws(DatabaseError) -> [(row: FactRow, change: Change)] {
    let rows = try database.query("\(table.selectCurrent) ORDER BY key") { FactRow(table: table, reading: $0) }
    var facts: [(row: FactRow, change: Change)] = []
    for row in rows { facts.append((row, try change(row))) }
    return facts
  }
}
