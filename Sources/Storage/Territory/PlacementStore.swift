/// Writes the derived tables after a replay, and compares them with one.
///
/// Kept here:
/// 1. The pieces of a parcel are written anew if one of them changed. Other parcels keep theirs, with their numbers.
/// 2. After a revision, only the parcels are replayed that it may have moved. What is stored then equals a replay of all.
/// 3. The pieces of a body that gives amounts and goes on are divided together. If one of them may have moved, all
///    parcels are replayed.
struct PlacementStore {
  let database: Database

  /// A piece as the tables hold it, without its number.
  private struct StoredPiece: Equatable {
    /// By basis. Empty for a whole parcel.
    var amounts: [Int64: Value] = [:]
    var divisions: [EventID] = []
    var placements: [[Value]] = []

    init() {}

    init(_ piece: Replay.Piece) {
      if !piece.divisions.isEmpty { amounts = piece.amounts.mapValues(\.value) }
      divisions = piece.divisions
      placements = piece.placements.map { placement in
        [
          Value(placement.place.organisation), Value(placement.place.lostAt), Value(placement.place.isSilent),
          Value(placement.start), Value(placement.end),
        ]
      }
    }

    func lies(inOneOf bodies: Set<Value>) -> Bool { placements.contains { bodies.contains($0[0]) } }
  }

  /// The pieces of a parcel, each with its number.
  private typealias NumberedPieces = [(id: Int64, piece: StoredPiece)]

  // MARK: Writing

  /// What lies elsewhere after an update.
  struct Moved {
    var parcels: Set<Int64> = []
    /// The bodies in which they lie or lay.
    var bodies: Set<Int64> = []
  }

  /// Stores what a revision changed.
  /// - Returns: nil if everything was replayed.
  func update(after revision: Int64, _ change: TerritoryChange) throws(DatabaseError) -> Moved? {
    guard !change.parcels.isEmpty else { return Moved() }
    let facts = try TerritoryFacts(
      reading: database, knownIn: revision, .some(change.parcels, measured: change.measured))
    let stored = try storedPieces(of: change.parcels)
    let replay = Replay(facts)
    let pieces = replayed(replay)
    let givers = Set(replay.giversThatGoOn.map { Value($0) })
    let touched = stored.values.joined().map(\.piece) + pieces.flatMap(\.pieces)
    guard givers.isEmpty || !touched.contains(where: { $0.lies(inOneOf: givers) }) else {
      try rebuild(in: revision)
      return nil
    }
    try store(facts.amounts, of: change.measured)
    try store(pieces, replacing: stored)
    return moved(pieces, from: stored)
  }

  private func moved(
    _ pieces: [(parcel: Int64, pieces: [StoredPiece])], from stored: [Int64: NumberedPieces]
  ) -> Moved {
    var moved = Moved()
    for (parcel, pieces) in pieces {
      let before = (stored[parcel] ?? []).map(\.piece)
      guard before != pieces else { continue }
      moved.parcels.insert(parcel)
      for placement in (before + pieces).flatMap(\.placements) {
        if let body = placement[0].integer { moved.bodies.insert(body) }
      }
    }
    return moved
  }

  /// Stores the placements of a replay of everything. Rows that are already stored stay.
  func rebuild(in revision: Int64) throws(DatabaseError) {
    let facts = try TerritoryFacts(reading: database, knownIn: revision)
    try store(facts.amounts, of: nil)
    try store(replayed(Replay(facts)), replacing: try storedPieces(of: nil))
  }

  private func replayed(_ replay: Replay) -> [(parcel: Int64, pieces: [StoredPiece])] {
    replay.pieces().map { ($0.parcel, $0.pieces.map(StoredPiece.init)) }
  }

  /// - Parameter parcels: nil for all.
  private func store(_ amounts: [Int64: [Int64: Amount]], of parcels: Set<Int64>?) throws(DatabaseError) {
    let stored = try storedAmounts(of: parcels)
    for parcel in Set(stored.keys).union(parcels ?? Set(amounts.keys)).sorted() {
      let new = (amounts[parcel] ?? [:]).mapValues(\.value)
      guard stored[parcel] ?? [:] != new else { continue }
      try database.run("DELETE FROM parcel_amount WHERE parcel_id = ?1", [.integer(parcel)])
      for (basis, amount) in new.sorted(by: { $0.key < $1.key }) {
        try database.run(
          "INSERT INTO parcel_amount (parcel_id, basis_id, amount) VALUES (?1, ?2, ?3)",
          [.integer(parcel), .integer(basis), amount])
      }
    }
  }

  private func store(
    _ pieces: [(parcel: Int64, pieces: [StoredPiece])], replacing stored: [Int64: NumberedPieces]
  ) throws(DatabaseError) {
    var stored = stored
    for (parcel, pieces) in pieces {
      try store(pieces, of: parcel, replacing: stored.removeValue(forKey: parcel) ?? [])
    }
    for old in stored.values { try delete(old) }
  }

  private func store(
    _ pieces: [StoredPiece], of parcel: Int64, replacing old: NumberedPieces
  ) throws(DatabaseError) {
    guard pieces != old.map(\.piece) else { return }
    try delete(old)
    for (index, piece) in pieces.enumerated() {
      let old: Int64? = index < old.count ? old[index].id : nil
      try database.run("INSERT INTO piece (id, parcel_id) VALUES (?1, ?2)", [Value(old), .integer(parcel)])
      let id = Value.integer(old ?? database.lastInsertedID)
      for (basis, amount) in piece.amounts.sorted(by: { $0.key < $1.key }) {
        try database.run(
          "INSERT INTO piece_amount (piece_id, basis_id, amount) VALUES (?1, ?2, ?3)", [id, .integer(basis), amount])
      }
      for event in piece.divisions {
        try database.run("INSERT INTO piece_division (piece_id, event_id) VALUES (?1, ?2)", [id, Value(event)])
      }
      for placement in piece.placements {
        try database.run(
          """
          INSERT INTO placement (piece_id, organisation_id, gap_event_id, is_silent, valid_from, valid_to)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6)
          """, [id] + placement)
      }
    }
  }

  private func delete(_ pieces: NumberedPieces) throws(DatabaseError) {
    for piece in pieces {
      for table in ["placement", "piece_division", "piece_amount"] {
        try database.run("DELETE FROM \(table) WHERE piece_id = ?1", [.integer(piece.id)])
      }
      try database.run("DELETE FROM piece WHERE id = ?1", [.integer(piece.id)])
    }
  }

  // MARK: Reading

  /// - Parameter parcels: nil for all.
  private func storedAmounts(of parcels: Set<Int64>?) throws(DatabaseError) -> [Int64: [Int64: Value]] {
    var amounts: [Int64: [Int64: Value]] = [:]
    try each("SELECT parcel_id, basis_id, amount FROM parcel_amount", where: "parcel_id", in: parcels) {
      amounts[$0.integer(0), default: [:]][$0.integer(1)] = $0.value(2)
    }
    return amounts
  }

  /// By parcel, in the order of their numbers.
  /// - Parameter parcels: nil for all.
  private func storedPieces(of parcels: Set<Int64>?) throws(DatabaseError) -> [Int64: NumberedPieces] {
    var result: [Int64: NumberedPieces] = [:]
    try each("SELECT parcel_id, id FROM piece", where: "parcel_id", in: parcels, order: "id") {
      result[$0.integer(0), default: []].append(($0.integer(1), StoredPiece()))
    }
    let ids = parcels.map { _ in Set(result.values.joined().map(\.id)) }
    var pieces: [Int64: StoredPiece] = [:]
    try each("SELECT piece_id, basis_id, amount FROM piece_amount", where: "piece_id", in: ids) {
      pieces[$0.integer(0), default: StoredPiece()].amounts[$0.integer(1)] = $0.value(2)
    }
    try each("SELECT piece_id, event_id FROM piece_division", where: "piece_id", in: ids, order: "piece_id, event_id") {
      pieces[$0.integer(0), default: StoredPiece()].divisions.append($0.event(1))
    }
    try each(
      "SELECT piece_id, organisation_id, gap_event_id, is_silent, valid_from, valid_to FROM placement",
      where: "piece_id", in: ids, order: "piece_id, valid_from"
    ) { row in pieces[row.integer(0), default: StoredPiece()].placements.append((1...5).map(row.value)) }
    return result.mapValues { $0.map { ($0.id, pieces[$0.id] ?? StoredPiece()) } }
  }

  /// - Parameter ids: what the column may hold. Nil for anything.
  private func each(
    _ sql: String, where column: String, in ids: Set<Int64>?, order: String = "1", _ body: (Statement) -> Void
  ) throws(DatabaseError) {
    let condition = ids == nil ? "" : " WHERE \(column) IN (SELECT value FROM json_each(?1))"
    try database.each(
      "\(sql)\(condition) ORDER BY \(order)", ids.map { [Registry.list($0.sorted())] } ?? [], body)
  }

  // MARK: Comparing

  /// The differences between the stored placements and a fresh replay.
  func differences(in revision: Int64) throws(DatabaseError) -> [Problem] {
    let facts: TerritoryFacts
    do {
      facts = try TerritoryFacts(reading: database, knownIn: revision)
    } catch  where error.isMismatch {
      return [Problem(rule: "amounts-can-be-read", message: "\(error)")]
    }
    var stored = try storedPieces(of: nil)
    let wrong = replayed(Replay(facts)).count { parcel, pieces in
      stored.removeValue(forKey: parcel)?.map(\.piece) != pieces
    }
    let amounts = facts.amounts.mapValues { $0.mapValues(\.value) }
    let storedAmounts = try storedAmounts(of: nil)
    let measured = Set(amounts.keys).union(storedAmounts.keys).count { amounts[$0] != storedAmounts[$0] }
    return [(wrong + stored.count, "placements"), (measured, "amounts")].filter { $0.0 > 0 }.map { count, what in
      Problem(
        rule: "placements-equal-a-replay",
        message: "the \(what) of \(count) parcels differ from a fresh replay of the events")
    }
  }
}

extension Territory.Place {
  var organisation: OrganisationID? { if case .organisation(let id) = self { id } else { nil } }

  /// The event at which a piece was lost.
  var lostAt: EventID? {
    switch self {
    case .gap(let event), .silent(let event): event
    case .organisation, .unplaced: nil
    }
  }

  var isSilent: Bool { if case .silent = self { true } else { false } }
}
