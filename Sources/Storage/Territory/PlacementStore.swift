/// The derived tables: written after a replay, and compared with one.
struct PlacementStore {
  let database: Database

  /// A derived table and its columns. In the order in which rows may refer to each other.
  private enum Table: String, CaseIterable {
    case parcelAmount = "parcel_amount"
    case piece
    case pieceShare = "piece_share"
    case pieceScale = "piece_scale"
    case pieceDivision = "piece_division"
    case placement

    var columns: [String] {
      switch self {
      case .parcelAmount: ["parcel_id", "basis_id", "amount"]
      case .piece: ["id", "parcel_id"]
      case .pieceShare: ["piece_id", "basis_id", "share"]
      case .pieceScale: ["piece_id", "event_id", "basis_id", "factor"]
      case .pieceDivision: ["piece_id", "event_id"]
      case .placement: ["piece_id", "organisation_id", "gap_event_id", "valid_from", "valid_to"]
      }
    }

    var insert: String {
      let marks = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
      return "INSERT INTO \(rawValue) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
    }
  }

  /// Throws away the stored placements and stores those of a fresh replay.
  func rebuild(in revision: Int64) throws(DatabaseError) {
    let rows = try replayedRows(in: revision)
    for table in Table.allCases.reversed() { try database.execute("DELETE FROM \(table.rawValue)") }
    for table in Table.allCases {
      let insert = table.insert
      for row in rows[table] ?? [] { try database.run(insert, row) }
    }
  }

  /// Where the stored placements differ from a fresh replay; empty if nowhere.
  func differences(in revision: Int64) throws(DatabaseError) -> [Problem] {
    let rows = try replayedRows(in: revision)
    var problems: [Problem] = []
    for table in Table.allCases {
      let stored = try database.query("SELECT \(table.columns.joined(separator: ", ")) FROM \(table.rawValue)") { row in
        table.columns.indices.map(row.value)
      }
      let wrong = Set(stored).symmetricDifference(Set(rows[table] ?? []))
      guard !wrong.isEmpty else { continue }
      problems.append(
        Problem(
          rule: "placements-equal-a-replay",
          message: "\(wrong.count) rows of \(table.rawValue) differ from a fresh replay of the events"))
    }
    return problems
  }

  private func replayedRows(in revision: Int64) throws(DatabaseError) -> [Table: [[Value]]] {
    let facts = try TerritoryFacts(reading: database, knownIn: revision)
    var rows: [Table: [[Value]]] = [:]
    for (parcel, amounts) in facts.amounts.sorted(by: { $0.key < $1.key }) {
      for (basis, amount) in amounts.sorted(by: { $0.key < $1.key }) {
        rows[.parcelAmount, default: []].append([.integer(parcel), .integer(basis), .real(amount)])
      }
    }
    for (number, piece) in Replay(facts).pieces().enumerated() {
      let id = Value.integer(Int64(number + 1))
      rows[.piece, default: []].append([id, .integer(piece.parcel)])
      if !piece.divisions.isEmpty {
        for (basis, share) in piece.shares.sorted(by: { $0.key < $1.key }) {
          rows[.pieceShare, default: []].append([id, .integer(basis), .real(share)])
        }
      }
      for scale in piece.scales {
        rows[.pieceScale, default: []].append([id, .integer(scale.event), .integer(scale.basis), .real(scale.factor)])
      }
      for event in Set(piece.divisions).sorted() { rows[.pieceDivision, default: []].append([id, .integer(event)]) }
      for placement in piece.placements {
        rows[.placement, default: []].append([
          id, Value(placement.place.organisation), Value(placement.place.gapEvent), Value(placement.start),
          Value(placement.end),
        ])
      }
    }
    return rows
  }
}
