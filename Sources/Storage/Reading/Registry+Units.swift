/// What is known of single units: the areas or practices of a partition.
extension Registry {
  /// The units that have a code, one for each partition that knows it.
  /// - Parameters:
  ///   - code: the code of the unit.
  ///   - day: keeps only where the unit lay on it, and how it moved on it. Without a day, everything.
  ///   - revision: the revision whose knowledge counts.
  package func units(
    named code: String, on day: Day? = nil, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [UnitDetail] {
    let values: [Value] = [.integer(revision), .text(code)]
    // The index of codes has the current units only, and most calls ask for them. With IN it is searched for each
    // partition; a join would read all units to filter them.
    let isNewest = revision >= (try latestRevision())
    let found = try database.query(
      """
      SELECT partition.key, partition.unit_name, parcel.key, unit.valid_from, unit.valid_to, citation.title, unit.note
      FROM unit CROSS JOIN partition ON partition.id = unit.partition_id
        CROSS JOIN parcel ON parcel.id = unit.parcel_id
        LEFT JOIN citation ON citation.source_id = unit.source_id AND \(Self.known("citation"))
      WHERE unit.partition_id IN (SELECT id FROM partition) AND unit.code = ?2
        AND \(isNewest ? "unit.superseded_in IS NULL" : Self.known("unit"))
      ORDER BY partition.id
      """, values
    ) {
      UnitDetail(
        code: code, partition: $0.text(0), unitName: $0.text(1), parcel: $0.text(2), firstDay: $0.optionalDay(3),
        lastDay: $0.optionalDay(4)?.previous, source: $0.optionalText(5), note: $0.optionalText(6))
    }
    guard !found.isEmpty else { return [] }
    let moves = try unitMoves("unit_move.unit_code = ?2", values)
    let amounts = try unitAmounts(values)
    let territory = try territory(knownIn: revision)
    var units: [UnitDetail] = []
    for var unit in found {
      unit.moves = moves.filter { $0.partition == unit.partition && day ?? $0.day == $0.day }
      unit.amounts = amounts[unit.partition] ?? []
      if let parcel = territory.parcels.first(where: { $0.key == unit.parcel }) {
        unit.places = try places(of: parcel).filter { place in day.map { place.period.contains($0) } ?? true }
      }
      units.append(unit)
    }
    return units
  }

  /// The moves of units from `firstDay` to `lastDay`, both inclusive, in the order of time.
  package func unitMoves(
    from firstDay: Day, to lastDay: Day, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [UnitMove] {
    try unitMoves(
      "unit_move.moved_on BETWEEN ?2 AND ?3", [.integer(revision), Value(firstDay), Value(lastDay)])
  }

  private func unitMoves(_ condition: String, _ values: [Value]) throws(DatabaseError) -> [UnitMove] {
    try database.query(
      """
      SELECT unit_move.key, moved_on, unit_code, partition.key, predecessor_id, predecessor.key, successor_id,
        successor.key, citation.title, unit_move.note
      FROM unit_move JOIN partition ON partition.id = unit_move.partition_id
        JOIN organisation AS predecessor ON predecessor.id = predecessor_id
        JOIN organisation AS successor ON successor.id = successor_id
        LEFT JOIN citation ON citation.source_id = unit_move.source_id AND \(Self.known("citation"))
      WHERE \(condition) AND \(Self.known("unit_move"))
      ORDER BY moved_on, partition.id, unit_code
      """, values
    ) {
      UnitMove(
        key: $0.text(0), day: $0.day(1), unit: $0.text(2), partition: $0.text(3),
        predecessor: ($0.organisation(4), $0.text(5)), successor: ($0.organisation(6), $0.text(7)),
        source: $0.optionalText(8),
        note: $0.optionalText(9))
    }
  }

  /// What the unit ?2 amounts to in the bases that do not count units, by partition.
  private func unitAmounts(_ values: [Value]) throws(DatabaseError) -> [String: [UnitDetail.Amount]] {
    let rows = try database.query(
      """
      SELECT partition.key, basis.key, \(DetailReader.plain("amount")), basis.unit_name, citation.title
      FROM unit_amount JOIN basis ON basis.id = basis_id JOIN partition ON partition.id = basis.partition_id
        LEFT JOIN citation ON citation.source_id = unit_amount.source_id AND \(Self.known("citation"))
      WHERE unit_code = ?2 AND \(Self.known("unit_amount"))
      ORDER BY basis.id
      """, values
    ) {
      (
        $0.text(0),
        UnitDetail.Amount(basis: $0.text(1), amount: $0.text(2), unit: $0.text(3), source: $0.optionalText(4))
      )
    }
    return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
  }

  /// Where a parcel lay, in the order of time. If events divided it by amounts alone, it lay in several bodies at once.
  private func places(of parcel: Territory.Parcel) throws(DatabaseError) -> [UnitDetail.Place] {
    var days: Set<Day> = []
    for placement in parcel.pieces.lazy.flatMap(\.placements) {
      days.insert(placement.period.start)
      if let end = placement.period.end { days.insert(end) }
    }
    var spans: [(places: [Territory.Place], period: Period)] = []
    let starts = days.sorted()
    for (index, start) in starts.enumerated() {
      var places: [Territory.Place] = []
      for place in parcel.pieces.map({ $0.place(on: start) }) where !places.contains(place) { places.append(place) }
      let end = index + 1 < starts.count ? starts[index + 1] : nil
      if let last = spans.last, last.places == places {
        spans[spans.count - 1].period.end = end
      } else {
        spans.append((places, Period(start, end)))
      }
    }
    var result: [UnitDetail.Place] = []
    for (places, period) in spans {
      for place in places where place != .unplaced {
        var told = UnitDetail.Place(period: period, isPart: places.count > 1)
        switch place {
        case .organisation(let id): told.organisation = try key("organisation", Value(id))
        case .gap(let event), .silent(let event): told.lostAt = try key("change_event", Value(event))
        case .unplaced: break
        }
        if let earlier = result.firstIndex(where: { $0.isContinued(by: told) }) {
          result[earlier].period.end = told.period.end
        } else {
          result.append(told)
        }
      }
    }
    return result
  }

  private func key(_ table: String, _ id: Value) throws(DatabaseError) -> String? {
    try database.first("SELECT key FROM \(table) WHERE id = ?1", [id]) { $0.text(0) }
  }
}

/// Everything about one unit of a partition.
package struct UnitDetail: Sendable {
  package let code: String
  /// The key of the partition.
  package let partition: String
  /// What units of the partition are.
  package let unitName: String
  /// The key of the parcel that holds it.
  package let parcel: String
  /// The first day of the unit itself, if it is known.
  package let firstDay: Day?
  /// The last day of the unit itself, inclusive. Nil if it has not ended, or if nobody says.
  package let lastDay: Day?
  /// The title of the source of the unit and its days.
  package let source: String?
  package let note: String?
  /// Where it lay, in the order of time. On other days it lay in no body.
  package internal(set) var places: [Place] = []
  /// How it changed its body by itself, in the order of time.
  package internal(set) var moves: [UnitMove] = []
  /// What it amounts to, in the order of the bases.
  package internal(set) var amounts: [Amount] = []

  /// A body in which it lay for a period.
  package struct Place: Sendable {
    var period: Period
    /// The first day. Nil if there was none.
    package var firstDay: Day? { period.start == .distantPast ? nil : period.start }
    /// The last day, inclusive. Nil if it still lies there.
    package var lastDay: Day? { period.end?.previous }
    /// Whether only a part of its parcel lay there, because its units are not known one by one.
    package let isPart: Bool
    /// The key of the body. Nil if no source says where it lay.
    package internal(set) var organisation: String?
    /// The key of the event that says nothing about it, if there is one.
    package internal(set) var lostAt: String?

    fileprivate func isContinued(by next: Place) -> Bool {
      period.end == next.period.start && organisation == next.organisation && lostAt == next.lostAt
        && isPart == next.isPart
    }
  }

  package struct Amount: Sendable {
    /// The key of the basis.
    package let basis: String
    /// A number.
    package let amount: String
    /// What the amount counts.
    package let unit: String
    /// The title of the source.
    package let source: String?
  }
}

/// A unit that went from one body to another by itself.
package struct UnitMove: Sendable {
  /// The permanent key of the fact.
  package let key: String
  /// The first day in the new body.
  package let day: Day
  /// The code of the unit.
  package let unit: String
  /// The key of its partition.
  package let partition: String
  /// The body that it left.
  package let predecessor: (id: OrganisationID, key: String)
  /// The body that it joined.
  package let successor: (id: OrganisationID, key: String)
  /// The title of the source.
  package let source: String?
  package let note: String?
}
