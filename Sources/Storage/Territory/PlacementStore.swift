/// Writes the derived tables after a replay, and compares them with one.
///
/// Kept here:
/// 1. The pieces of a parcel are written anew if one of them changed. Other parcels keep theirs, with their numbers.
struct PlacementStore {
  let database: Database

  /// A piece as the tables hold it, without its number.
  private struct StoredPiece: Equatable {
    /// By basis. Empty for a whole parcel.
    var amounts: [Int64: Value] = [:]
    var divisions: [Int64] = []
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
  }

  /// The pieces of a parcel, each with its number.
  private typealias NumberedPieces = [(id: Int64, piece: StoredPiece)]

  // MARK: Writing

  /// Stores the placements of a fresh replay. Rows that are already stored stay.
  /// - Parameter unitsChanged: whether the amounts of parcels may have changed.
  func rebuild(in revision: Int64, unitsChanged: Bool) throws(DatabaseError) {
    let facts = try TerritoryFacts(
      reading: database, knownIn: revision, amounts: unitsChanged ? .units : .stored)
    if unitsChanged { try store(facts.amounts) }
    var stored = try storedPieces()
    for (parcel, pieces) in Replay(facts).pieces() {
      try store(pieces.map(StoredPiece.init), of: parcel, replacing: stored.removeValue(forKey: parcel) ?? [])
    }
    for old in stored.values { try delete(old) }
  }

  private func store(_ amounts: [Int64: [Int64: Amount]]) throws(DatabaseError) {
    let stored = try storedAmounts()
    for (parcel, new) in amounts.sorted(by: { $0.key < $1.key }) {
      let new = new.mapValues(\.value)
      guard stored[parcel] != new else { continue }
      try database.run("DELETE FROM parcel_amount WHERE parcel_id = ?1", [.integer(parcel)])
      for (basis, amount) in new.sorted(by: { $0.key < $1.key }) {
        try database.run(
          "INSERT INTO parcel_amount (parcel_id, basis_id, amount) VALUES (?1, ?2, ?3)",
          [.integer(parcel), .integer(basis), amount])
      }
    }
    for parcel in stored.keys where amounts[parcel] == nil {
      try database.run("DELETE FROM parcel_amount WHERE parcel_id = ?1", [.integer(parcel)])
    }
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
        try database.run("INSERT INTO piece_division (piece_id, event_id) VALUES (?1, ?2)", [id, .integer(event)])
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

  private func storedAmounts() throws(DatabaseError) -> [Int64: [Int64: Value]] {
    var amounts: [Int64: [Int64: Value]] = [:]
    try database.each("SELECT parcel_id, basis_id, amount FROM parcel_amount") {
      amounts[$0.integer(0), default: [:]][$0.integer(1)] = $0.value(2)
    }
    return amounts
  }

  /// By parcel, in the order of their numbers.
  private func storedPieces() throws(DatabaseError) -> [Int64: NumberedPieces] {
    var pieces: [Int64: StoredPiece] = [:]
    try database.each("SELECT piece_id, basis_id, amount FROM piece_amount") {
      pieces[$0.integer(0), default: StoredPiece()].amounts[$0.integer(1)] = $0.value(2)
    }
    try database.each("SELECT piece_id, event_id FROM piece_division ORDER BY 1, 2") {
      pieces[$0.integer(0), default: StoredPiece()].divisions.append($0.integer(1))
    }
    try database.each(
      """
      SELECT piece_id, organisation_id, gap_event_id, is_silent, valid_from, valid_to FROM placement
      ORDER BY piece_id, valid_from
      """
    ) { row in
      pieces[row.integer(0), default: StoredPiece()].placements.append((1...5).map(row.value))
    }
    var result: [Int64: NumberedPieces] = [:]
    try database.each("SELECT parcel_id, id FROM piece ORDER BY id") {
      result[$0.integer(0), default: []].append(($0.integer(1), pieces[$0.integer(1)] ?? StoredPiece()))
    }
    return result
  }

  // MARK: Comparing

  /// The differences between the stored placements and a fresh replay.
  func differences(in revision: Int64) throws(DatabaseError) -> [Problem] {
    let facts: TerritoryFacts
    do {
      facts = try TerritoryFacts(reading: database, knownIn: revision, amounts: .units)
    } catch  where error.isMismatch {
      return [Problem(rule: "amounts-can-be-read", message: "\(error)")]
    }
    var stored = try storedPieces()
    let wrong = Replay(facts).pieces().count { parcel, pieces in
      stored.removeValue(forKey: parcel)?.map(\.piece) != pieces.map(StoredPiece.init)
    }
    let amounts = facts.amounts.mapValues { $0.mapValues(\.value) }
    let storedAmounts = try storedAmounts()
    let measured = Set(amounts.keys).union(storedAmounts.keys).count { amounts[$0] != storedAmounts[$0] }
    return [(wrong + stored.count, "placements"), (measured, "amounts")].filter { $0.0 > 0 }.map { count, what in
      Problem(
        rule: "placements-equal-a-replay",
        message: "the \(what) of \(count) parcels differ from a fresh replay of the events")
    }
  }
}

extension Territory.Place {
  var organisation: Int64? { if case .organisation(let id) = self { id } else { nil } }

  /// The event at which a piece was lost.
  var lostAt: Int64? {
    switch self {
    case .gap(let event), .silent(let event): event
    case .organisation, .unplaced: nil
    }
  }

  var isSilent: Bool { if case .silent = self { true } else { false } }
}
