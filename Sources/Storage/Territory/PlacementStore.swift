/// The derived tables: written after a replay, and compared with one.
struct PlacementStore {
  let database: Database

  /// Throws away the stored placements and stores those of a fresh replay.
  func rebuild(in revision: Int64) throws(DatabaseError) {
    try database.execute(
      "DELETE FROM placement; DELETE FROM piece_division; DELETE FROM piece_amount; DELETE FROM piece;")
    let replay = Replay(try TerritoryFacts(reading: database, knownIn: revision))
    for (number, piece) in replay.pieces().enumerated() {
      let id = Value.integer(Int64(number + 1))
      try database.run("INSERT INTO piece (id, parcel_id) VALUES (?1, ?2)", [id, .integer(piece.parcel)])
      for (basis, amount) in replay.amounts(of: piece) {
        try database.run(
          "INSERT INTO piece_amount (piece_id, basis_id, amount) VALUES (?1, ?2, ?3)",
          [id, .integer(basis), .real(amount)])
      }
      for event in piece.divisions {
        try database.run(
          "INSERT OR IGNORE INTO piece_division (piece_id, event_id) VALUES (?1, ?2)", [id, .integer(event)])
      }
      for placement in piece.placements {
        try database.run(
          """
          INSERT INTO placement (piece_id, organisation_id, gap_event_id, valid_from, valid_to)
          VALUES (?1, ?2, ?3, ?4, ?5)
          """,
          [
            id, Value(placement.place.organisation), Value(placement.place.gapEvent), Value(placement.start),
            Value(placement.end),
          ])
      }
    }
  }

  /// Where the stored placements differ from a fresh replay; empty if nowhere.
  func differences(in revision: Int64) throws(DatabaseError) -> [Problem] {
    let replay = Replay(try TerritoryFacts(reading: database, knownIn: revision))
    var fresh: Set<[Value]> = []
    for (number, piece) in replay.pieces().enumerated() {
      let id = Value.integer(Int64(number + 1))
      fresh.insert(["piece", id, .integer(piece.parcel)])
      for (basis, amount) in replay.amounts(of: piece) {
        fresh.insert(["amount", id, .integer(piece.parcel), .integer(basis), .real(amount)])
      }
      for event in piece.divisions { fresh.insert(["division", id, .integer(event)]) }
      for placement in piece.placements {
        fresh.insert([
          "placement", id, Value(placement.place.organisation), Value(placement.place.gapEvent), Value(placement.start),
          Value(placement.end),
        ])
      }
    }
    let stored = Set(
      try database.query(
        """
        SELECT 'amount', piece_id, parcel_id, basis_id, amount, NULL FROM piece_amount JOIN piece ON piece.id = piece_id
        UNION ALL SELECT 'piece', id, parcel_id, NULL, NULL, NULL FROM piece
        UNION ALL SELECT 'division', piece_id, event_id, NULL, NULL, NULL FROM piece_division
        UNION ALL SELECT 'placement', piece_id, organisation_id, gap_event_id, valid_from, valid_to FROM placement
        """
      ) { row in
        let count = ["piece": 3, "amount": 5, "division": 3, "placement": 6][row.text(0)] ?? 0
        return (0..<count).map(row.value)
      })
    let wrong = stored.symmetricDifference(fresh)
    guard !wrong.isEmpty else { return [] }
    return [
      Problem(
        rule: "placements-equal-a-replay",
        message: "\(wrong.count) stored rows of pieces and placements differ from a fresh replay of the events")
    ]
  }
}
