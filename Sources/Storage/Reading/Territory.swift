/// Where every piece of territory lay, and what it amounts to. Crosswalks are made from it.
package struct Territory: Sendable {
  package struct Parcel: Sendable {
    package let key: String
    package let partition: String
    /// By basis, in the order of `Territory.bases`. Nil if the basis belongs to another partition.
    package var amounts: [Double?]
    /// The whole parcel, or the parts into which events divided it by amounts alone. Their shares add up to 1.
    package var pieces: [Piece]
  }

  package struct Piece: Sendable {
    /// Its shares of the parcel, by basis, in the order of `Territory.bases`.
    package var shares: [Double]
    /// By what the amount is multiplied on the days before `day`, so that it equals what a source observed then.
    package var scales: [(day: Day, basis: Int, factor: Double)]
    /// The events that divided it by amounts alone.
    package var divisions: [Int64]
    /// In the order of time.
    package var placements: [(place: Place, period: Period)]

    /// Where the piece lay on `day`.
    package func place(on day: Day) -> Place {
      placements.first { $0.period.contains(day) }?.place ?? .unplaced
    }

    /// The share of the whole parcel that the piece has on `day`.
    package func share(in basis: Int, on day: Day) -> Double {
      scales.reduce(shares[basis]) { $1.basis == basis && day < $1.day ? $0 * $1.factor : $0 }
    }
  }

  package enum Place: Hashable, Sendable {
    case organisation(Int64)
    /// In no body, because it is before the first one or after one that nobody succeeded.
    case unplaced
    /// Lost at an event that says nothing about the partition.
    case gap(event: Int64)
  }

  package let bases: [Basis]
  package let parcels: [Parcel]
  /// The days of all events.
  package let eventDays: [Int64: Day]

  package init(bases: [Basis], parcels: [Parcel], eventDays: [Int64: Day]) {
    self.bases = bases
    self.parcels = parcels
    self.eventDays = eventDays
  }
}

extension Registry {
  package func bases() throws(DatabaseError) -> [Basis] {
    try database.query(
      """
      SELECT basis.key, basis.name, partition.key, basis.unit_name, as_at, counts_units
      FROM basis LEFT JOIN partition ON partition.id = partition_id ORDER BY basis.id
      """
    ) {
      Basis(
        key: $0.text(0), name: $0.text(1), partition: $0.optionalText(2), unitName: $0.text(3), asAt: $0.optionalDay(4),
        countsUnits: $0.integer(5) == 1)
    }
  }

  /// The territory as known in a revision. It comes from the stored placements for the newest revision, or else from a
  /// replay.
  /// - Parameter days: keeps only placements and events that matter on these days.
  package func territory(
    on days: ClosedRange<Day> = .distantPast...(.distantFuture), knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> Territory {
    let bases = try bases()
    let ids = try database.query("SELECT id FROM basis ORDER BY id") { $0.integer(0) }
    let indexOfBasis = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
    let eventDays = try database.query(
      "SELECT event_id, happened_on FROM event_detail WHERE \(Self.known("event_detail")) AND happened_on BETWEEN ?2 AND ?3",
      [.integer(revision), Value(days.lowerBound), Value(days.upperBound)]
    ) { ($0.integer(0), $0.day(1)) }
    let pieces: [Replay.Piece]
    let amounts: [(parcel: Int64, basis: Int64, amount: Double)]
    if revision >= (try latestRevision()) {
      pieces = try storedPieces(on: days)
      amounts = try database.query("SELECT parcel_id, basis_id, amount FROM parcel_amount") {
        ($0.integer(0), $0.integer(1), $0.real(2))
      }
    } else {
      let facts = try TerritoryFacts(reading: database, knownIn: revision)
      pieces = Replay(facts).pieces()
      amounts = facts.amounts.flatMap { parcel, byBasis in byBasis.map { (parcel, $0.key, $0.value) } }
    }
    var indexOfParcel: [Int64: Int] = [:]
    var result: [Territory.Parcel] = []
    try database.each(
      "SELECT parcel.id, parcel.key, partition.key FROM parcel JOIN partition ON partition.id = partition_id ORDER BY parcel.id"
    ) {
      indexOfParcel[$0.integer(0)] = result.count
      result.append(
        Territory.Parcel(
          key: $0.text(1), partition: $0.text(2), amounts: [Double?](repeating: nil, count: bases.count), pieces: []))
    }
    for (parcel, basis, amount) in amounts {
      if let parcel = indexOfParcel[parcel], let basis = indexOfBasis[basis] { result[parcel].amounts[basis] = amount }
    }
    for piece in pieces {
      guard let parcel = indexOfParcel[piece.parcel] else { continue }
      result[parcel].pieces.append(
        Territory.Piece(
          shares: ids.map { piece.shares[$0] ?? 1 },
          scales: piece.scales.compactMap { scale in
            indexOfBasis[scale.basis].map { (day: scale.day, basis: $0, factor: scale.factor) }
          }, divisions: piece.divisions,
          placements: piece.placements.map { (Self.place($0.place), Period($0.start, $0.end)) }))
    }
    return Territory(
      bases: bases, parcels: result, eventDays: Dictionary(eventDays, uniquingKeysWith: { first, _ in first }))
  }

  private static func place(_ place: Replay.Place) -> Territory.Place {
    switch place {
    case .organisation(let id): .organisation(id)
    case .gap(let event): .gap(event: event)
    }
  }

  private func storedPieces(on days: ClosedRange<Day>) throws(DatabaseError) -> [Replay.Piece] {
    var pieces = try database.query("SELECT parcel_id FROM piece ORDER BY id") {
      Replay.Piece(parcel: $0.integer(0), shares: [:])
    }
    try database.each("SELECT piece_id, basis_id, share FROM piece_share") {
      pieces[Int($0.integer(0)) - 1].shares[$0.integer(1)] = $0.real(2)
    }
    try database.each(
      """
      SELECT piece_id, piece_scale.event_id, happened_on, basis_id, factor
      FROM piece_scale JOIN event_detail ON event_detail.event_id = piece_scale.event_id AND superseded_in IS NULL
      WHERE happened_on > ?1
      ORDER BY piece_id, happened_on DESC, piece_scale.event_id DESC
      """, [Value(days.lowerBound)]
    ) {
      pieces[Int($0.integer(0)) - 1].scales.append(
        Replay.Scale(event: $0.integer(1), day: $0.day(2), basis: $0.integer(3), factor: $0.real(4)))
    }
    try database.each("SELECT piece_id, event_id FROM piece_division ORDER BY piece_id, event_id") {
      pieces[Int($0.integer(0)) - 1].divisions.append($0.integer(1))
    }
    try database.each(
      """
      SELECT piece_id, organisation_id, gap_event_id, valid_from, valid_to FROM placement
      WHERE valid_from <= ?2 AND (valid_to IS NULL OR valid_to > ?1)
      ORDER BY piece_id, valid_from
      """, [Value(days.lowerBound), Value(days.upperBound)]
    ) { row in
      let place: Replay.Place =
        if let id = row.optionalInteger(1) { .organisation(id) } else { .gap(event: row.integer(2)) }
      pieces[Int(row.integer(0)) - 1].placements.append(
        Replay.Placement(place: place, start: row.day(3), end: row.optionalDay(4)))
    }
    return pieces
  }
}
