/// Where every piece of territory lay, and what it amounts to. Crosswalks are made from it.
package struct Territory: Sendable {
  package struct Parcel: Sendable {
    package let key: String
    package let partition: String
    /// The whole parcel, or the parts into which events divided it by amounts alone.
    package var pieces: [Piece]
  }

  package struct Piece: Sendable {
    /// By basis, in the order of `Territory.bases`. Nil if the basis belongs to another partition.
    package var amounts: [Amount?]
    /// The events that divided the parcel by amounts alone, so that this piece came about.
    package var divisions: [EventID]
    /// In the order of time.
    package var placements: [(place: Place, period: Period)]

    /// Where the piece lay on `day`.
    package func place(on day: Day) -> Place {
      placements.first { $0.period.contains(day) }?.place ?? .unplaced
    }
  }

  package enum Place: Hashable, Sendable {
    case organisation(OrganisationID)
    /// In no body, because it is before the first one or after one that nobody succeeded.
    case unplaced
    /// Lost at an event that says nothing about the partition.
    case gap(event: EventID)
    /// Lost at an event that says where other parcels of the body went. This one has no voice in the shares.
    case silent(event: EventID)
  }

  package let bases: [Basis]
  package let parcels: [Parcel]
  /// The days of all events.
  package let eventDays: [EventID: Day]

  package init(bases: [Basis], parcels: [Parcel], eventDays: [EventID: Day]) {
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
    let eventDays = try database.query(
      "SELECT event_id, happened_on FROM event_detail WHERE \(Self.known("event_detail")) AND happened_on BETWEEN ?2 AND ?3",
      [.integer(revision), Value(days.lowerBound), Value(days.upperBound)]
    ) { ($0.event(0), $0.day(1)) }
    var parcels = Parcels(bases: ids)
    try database.each(
      "SELECT parcel.id, parcel.key, partition.key FROM parcel JOIN partition ON partition.id = partition_id ORDER BY parcel.id"
    ) { parcels.add($0.integer(0), key: $0.text(1), partition: $0.text(2)) }
    if revision >= (try latestRevision()) {
      try readStoredPieces(of: &parcels, on: days)
    } else {
      let facts = try TerritoryFacts(reading: database, knownIn: revision)
      for piece in Replay(facts).pieces().flatMap(\.pieces) { parcels.add(piece) }
    }
    return Territory(
      bases: bases, parcels: parcels.all, eventDays: Dictionary(eventDays, uniquingKeysWith: { first, _ in first }))
  }

  private func readStoredPieces(of parcels: inout Parcels, on days: ClosedRange<Day>) throws(DatabaseError) {
    var amounts: [Int64: [Int64: Amount]] = [:]
    try database.each("SELECT parcel_id, basis_id, amount FROM parcel_amount") { row throws(DatabaseError) in
      amounts[row.integer(0), default: [:]][row.integer(1)] = try row.amount(2)
    }
    var pieces = try database.query("SELECT id, parcel_id FROM piece ORDER BY id") {
      (id: $0.integer(0), piece: Replay.Piece(parcel: $0.integer(1), amounts: amounts[$0.integer(1)] ?? [:]))
    }
    /// Calls `body` with the piece of each row. The rows come in the order of the numbers of their pieces.
    func each(
      _ sql: String, _ values: [Value] = [], _ body: (inout Replay.Piece, Statement) throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
      var index = 0
      try database.each(sql, values) { row throws(DatabaseError) in
        while index < pieces.count, pieces[index].id < row.integer(0) { index += 1 }
        if index < pieces.count, pieces[index].id == row.integer(0) { try body(&pieces[index].piece, row) }
      }
    }
    try each("SELECT piece_id, basis_id, amount FROM piece_amount ORDER BY piece_id") {
      piece, row throws(DatabaseError) in
      piece.amounts[row.integer(1)] = try row.amount(2)
    }
    try each("SELECT piece_id, event_id FROM piece_division ORDER BY piece_id, event_id") {
      $0.divisions.append($1.event(1))
    }
    try each(
      """
      SELECT piece_id, organisation_id, gap_event_id, is_silent, valid_from, valid_to FROM placement
      WHERE valid_from <= ?2 AND (valid_to IS NULL OR valid_to > ?1)
      ORDER BY piece_id, valid_from
      """, [Value(days.lowerBound), Value(days.upperBound)]
    ) { piece, row in
      let place: Territory.Place =
        if let id = row.optionalOrganisation(1) {
          .organisation(id)
        } else if row.integer(3) == 1 {
          .silent(event: row.event(2))
        } else {
          .gap(event: row.event(2))
        }
      piece.placements.append(Replay.Placement(place: place, start: row.day(4), end: row.optionalDay(5)))
    }
    for piece in pieces { parcels.add(piece.piece) }
  }

  /// The parcels that are being read.
  private struct Parcels {
    private(set) var all: [Territory.Parcel] = []
    /// The ids of the bases.
    let bases: [Int64]
    private var indices: [Int64: Int] = [:]

    init(bases: [Int64]) { self.bases = bases }

    mutating func add(_ id: Int64, key: String, partition: String) {
      indices[id] = all.count
      all.append(Territory.Parcel(key: key, partition: partition, pieces: []))
    }

    mutating func add(_ piece: Replay.Piece) {
      guard let parcel = indices[piece.parcel] else { return }
      all[parcel].pieces.append(
        Territory.Piece(
          amounts: bases.map { piece.amounts[$0] }, divisions: piece.divisions,
          placements: piece.placements.map { ($0.place, Period($0.start, $0.end)) }))
    }
  }
}
