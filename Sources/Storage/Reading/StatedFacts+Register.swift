/// The whole register as statements.
extension StatedFacts {
  /// The words of the register, in its own order. The order of code columns and bases depends on it.
  package func words() throws(DatabaseError) -> [Change] {
    var words: [Change] = []
    for kind in WordKind.allCases {
      let names = kind.columns.map(\.sql).joined(separator: ", ")
      try database.each("SELECT key, \(names) FROM \(kind.rawValue) ORDER BY id") { row throws(DatabaseError) in
        var values: [Value] = []
        for (index, column) in kind.columns.enumerated() {
          if let table = column.type.referredTable, let id = row.optionalInteger(index + 1) {
            values.append(.text(try key(table, id)))
          } else {
            values.append(row.value(index + 1))
          }
        }
        words.append(Change(.word(Word(kind, row.text(0), values))))
      }
    }
    return words
  }

  /// Bodies and parcels, by key.
  package func identities() throws(DatabaseError) -> [Change] {
    try database.query("SELECT key FROM organisation ORDER BY key") { Change(.organisation(key: $0.text(0))) }
      + database.query(
        """
        SELECT parcel.key, partition.key FROM parcel JOIN partition ON partition.id = partition_id ORDER BY parcel.key
        """
      ) { Change(.parcel(key: $0.text(0), partition: $0.text(1))) }
  }

  /// How sources are cited.
  package func citations() throws(DatabaseError) -> [Change] { try current(.citation) }

  /// The events, then the facts about bodies, the links, what was observed and published, where parcels lie, and what
  /// is proposed. Each kind is ordered by key.
  package func eventsAndFacts() throws(DatabaseError) -> [Change] {
    // The life and kind of a body come before its other facts.
    let first: [FactKind] = [.eventDetail, .life, .role]
    let dated = FactKind.dated.filter { !first.contains($0) }
    let last: [FactKind] = [
      .succession, .flow, .movement, .unitMove, .observation, .claim, .seatRule, .mayStandUnder, .anchor,
      .proposalDetail, .proposalBase, .proposalStatement,
    ]
    var changes: [Change] = []
    for kind in first + dated + last { changes += try current(kind) }
    return changes
  }

  /// The units of all partitions, each with its amounts.
  package func units() throws(DatabaseError) -> [Change] {
    var amounts: [String: [String: [UnitAmount]]] = [:]
    try database.each(
      """
      SELECT partition.key, unit_code, basis.key, amount
      FROM unit_amount JOIN basis ON basis.id = basis_id JOIN partition ON partition.id = basis.partition_id
      WHERE superseded_in IS NULL ORDER BY basis.id
      """
    ) {
      amounts[$0.text(0), default: [:]][$0.text(1), default: []].append(
        UnitAmount(basis: $0.text(2), amount: $0.real(3)))
    }
    return try units("1").map { unit in
      guard case .unit(let partition, let code, let parcel, _) = unit.content else { return unit }
      var unit = unit
      unit.content = .unit(
        partition: partition, code: code, parcel: parcel, amounts: amounts[partition]?[code] ?? [])
      return unit
    }
  }

  /// The units of a parcel, without their amounts.
  package func units(ofParcel key: String) throws(DatabaseError) -> [Change] {
    try units("parcel.key = ?1", [.text(key)])
  }

  private func units(_ condition: String, _ parameters: [Value] = []) throws(DatabaseError) -> [Change] {
    try database.query(
      """
      SELECT partition.key, unit.code, parcel.key, valid_from, valid_to, source.key, unit.note
      FROM unit JOIN partition ON partition.id = unit.partition_id JOIN parcel ON parcel.id = unit.parcel_id
        LEFT JOIN source ON source.id = unit.source_id
      WHERE superseded_in IS NULL AND \(condition) ORDER BY partition.id, unit.code
      """, parameters
    ) {
      Change(
        .unit(partition: $0.text(0), code: $0.text(1), parcel: $0.text(2), amounts: []),
        start: $0.optionalDay(3).map { .day($0) }, end: $0.optionalDay(4), source: $0.optionalText(5),
        note: $0.optionalText(6))
    }
  }

  /// The keys of the bodies that ever had a kind, according to anybody.
  package func organisationKeys(kind: String) throws(DatabaseError) -> [String] {
    try database.query(
      """
      SELECT DISTINCT organisation.key
      FROM role JOIN kind ON kind.id = kind_id JOIN organisation ON organisation.id = organisation_id
      WHERE kind.key = ?1 AND superseded_in IS NULL ORDER BY organisation.key
      """, [.text(kind)]
    ) { $0.text(0) }
  }

  /// The permanent keys of bodies.
  package func organisationKeys(_ ids: [OrganisationID]) throws(DatabaseError) -> [String] {
    try ids.map { id throws(DatabaseError) in try key("organisation", id.number) }
  }

  private func current(_ kind: FactKind) throws(DatabaseError) -> [Change] { try facts(kind).map(\.change) }

  /// The current facts of a kind, by key, as rows and as statements.
  func facts(_ kind: FactKind) throws(DatabaseError) -> [(row: FactRow, change: Change)] {
    let rows = try database.query("\(kind.schema.selectCurrent) ORDER BY \(kind.schema.order)") {
      FactRow(kind, reading: $0)
    }
    return try rows.map { row throws(DatabaseError) in (row, try change(row)) }
  }
}
