/// Where every piece of territory lay, and what it amounts to: the input of crosswalks.
public struct Territory: Sendable {
  public struct Piece: Sendable {
    public let parcel: String
    public let partition: String
    /// By basis, in the order of `Territory.bases`; nil where the basis is of another partition.
    public var amounts: [Double?]
    /// The events that divided it by amounts alone.
    public var divisions: [Int64]
    /// In the order of time, half-open.
    public var placements: [(place: Place, period: Period)]

    /// Where the piece lay on `day`.
    public func place(on day: Day) -> Place {
      placements.first { $0.period.contains(day) }?.place ?? .unplaced
    }
  }

  public enum Place: Hashable, Sendable {
    case organisation(Int64)
    /// In no body: before the first, or after one that nobody succeeded.
    case unplaced
    /// Lost at an event that says nothing about the partition.
    case gap(event: Int64)
  }

  public let bases: [Basis]
  public let pieces: [Piece]
  /// The days of the events that divide pieces or lose them.
  public let eventDays: [Int64: Day]

  public init(bases: [Basis], pieces: [Piece], eventDays: [Int64: Day]) {
    self.bases = bases
    self.pieces = pieces
    self.eventDays = eventDays
  }
}

extension Registry {
  public func bases() throws(DatabaseError) -> [Basis] {
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

  /// The territory as known in a revision: the stored placements if it is the newest, else a replay.
  public func territory(knownIn revision: Int64 = latest) throws(DatabaseError) -> Territory {
    let bases = try bases()
    let basisIndex = Dictionary(
      uniqueKeysWithValues: try database.query("SELECT id FROM basis ORDER BY id") { $0.integer(0) }.enumerated()
        .map { ($1, $0) })
    let days = try database.query(
      "SELECT event_id, happened_on FROM event_detail WHERE \(Self.known("event_detail"))", [.integer(revision)]
    ) { ($0.integer(0), $0.day(1)) }
    let parcels = Dictionary(
      uniqueKeysWithValues: try database.query(
        "SELECT parcel.id, parcel.key, partition.key FROM parcel JOIN partition ON partition.id = partition_id"
      ) { ($0.integer(0), ($0.text(1), $0.text(2))) })
    let replayed: [(piece: Replay.Piece, amounts: [(basis: Int64, amount: Double)])]
    if revision >= (try latestRevision()) {
      replayed = try storedPieces()
    } else {
      let replay = Replay(try TerritoryFacts(reading: database, knownIn: revision))
      replayed = replay.pieces().map { ($0, replay.amounts(of: $0)) }
    }
    let pieces = replayed.map { piece, amounts in
      var byBasis = [Double?](repeating: nil, count: bases.count)
      for (basis, amount) in amounts { basisIndex[basis].map { byBasis[$0] = amount } }
      return Territory.Piece(
        parcel: parcels[piece.parcel]?.0 ?? "", partition: parcels[piece.parcel]?.1 ?? "", amounts: byBasis,
        divisions: piece.divisions,
        placements: piece.placements.map { placement in
          let place: Territory.Place =
            switch placement.place {
            case .organisation(let id): .organisation(id)
            case .gap(let event): .gap(event: event)
            }
          return (place, Period(placement.start, placement.end))
        })
    }
    return Territory(bases: bases, pieces: pieces, eventDays: Dictionary(days, uniquingKeysWith: { first, _ in first }))
  }

  private func storedPieces() throws(DatabaseError) -> [(
    piece: Replay.Piece, amounts: [(basis: Int64, amount: Double)]
  )] {
    var result = try database.query("SELECT parcel_id FROM piece ORDER BY id") {
      (piece: Replay.Piece(parcel: $0.integer(0), shares: [:]), amounts: [(basis: Int64, amount: Double)]())
    }
    for (piece, basis, amount) in try database.query(
      "SELECT piece_id, basis_id, amount FROM piece_amount ORDER BY piece_id, basis_id", [],
      { (Int($0.integer(0)), $0.integer(1), $0.real(2)) })
    {
      result[piece - 1].amounts.append((basis, amount))
    }
    for (piece, event) in try database.query(
      "SELECT piece_id, event_id FROM piece_division ORDER BY piece_id, event_id", [],
      { (Int($0.integer(0)), $0.integer(1)) })
    {
      result[piece - 1].piece.divisions.append(event)
    }
    for (piece, placement) in try database.query(
      "SELECT piece_id, organisation_id, gap_event_id, valid_from, valid_to FROM placement ORDER BY piece_id, valid_from",
      [],
      { row in
        let place: Replay.Place =
          if let id = row.optionalInteger(1) { .organisation(id) } else { .gap(event: row.integer(2)) }
        return (Int(row.integer(0)), Replay.Placement(place: place, start: row.day(3), end: row.optionalDay(4)))
      })
    {
      result[piece - 1].piece.placements.append(placement)
    }
    return result
  }
}
