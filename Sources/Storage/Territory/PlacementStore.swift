/// Writes the derived tables after a replay, and compares them with one.
struct PlacementStore {
  let database: Database

  /// The derived tables, in the order in which their rows may refer to each other.
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

    /// The order in which a replay returns the rows.
    var order: String {
      switch self {
      case .parcelAmount, .pieceShare: "1, 2"
      case .piece: "1"
      case .pieceScale: "1, 2, 3"
      case .pieceDivision: "1, 2"
      case .placement: "1, valid_from"
      }
    }

    var insert: String {
      let marks = columns.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
      return "INSERT INTO \(rawValue) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
    }
  }

  /// Stores the placements of a fresh replay. Rows that are already stored stay.
  /// - Parameter unitsChanged: whether the amounts of parcels may have changed.
  func rebuild(in revision: Int64, unitsChanged: Bool) throws(DatabaseError) {
    let tables = Table.allCases.filter { unitsChanged || $0 != .parcelAmount }
    let rows = try replayedRows(in: revision, amounts: unitsChanged ? .units : .stored)
    var stored: [Table: [[Value]]] = [:]
    for table in tables { stored[table] = try storedRows(of: table) }
    // All rows depend on the numbers of pieces. If one changed, everything is written anew.
    let isAnew = stored[.piece] != rows[.piece]
    var changed: [Table: [Group]] = [:]
    for table in tables {
      changed[table] = Group.changes(from: stored[table] ?? [], to: rows[table] ?? [], all: isAnew)
    }
    for table in Table.allCases.reversed() {
      for group in changed[table] ?? [] where group.isStored {
        try database.run("DELETE FROM \(table.rawValue) WHERE \(table.columns[0]) = ?1", [group.key])
      }
    }
    for table in Table.allCases {
      let insert = table.insert
      for row in (changed[table] ?? []).flatMap(\.rows) { try database.run(insert, row) }
    }
  }

  /// The rows of a table with the same first column.
  private struct Group {
    let key: Value
    let isStored: Bool
    /// The rows after the change.
    let rows: [[Value]]

    /// The groups that differ, or all groups. Both lists are in the order of their first column.
    static func changes(from stored: [[Value]], to rows: [[Value]], all: Bool) -> [Group] {
      var groups: [Group] = []
      var (old, new) = (stored[...], rows[...])
      while let key = [old.first?[0], new.first?[0]].compactMap({ $0 }).min(by: {
        ($0.integer ?? 0) < ($1.integer ?? 0)
      }) {
        let before = old.prefix { $0[0] == key }
        let after = new.prefix { $0[0] == key }
        old = old[before.endIndex...]
        new = new[after.endIndex...]
        if all || before != after { groups.append(Group(key: key, isStored: !before.isEmpty, rows: Array(after))) }
      }
      return groups
    }
  }

  private func storedRows(of table: Table) throws(DatabaseError) -> [[Value]] {
    let columns = table.columns.joined(separator: ", ")
    return try database.query("SELECT \(columns) FROM \(table.rawValue) ORDER BY \(table.order)") { row in
      table.columns.indices.map(row.value)
    }
  }

  /// The differences between the stored placements and a fresh replay.
  func differences(in revision: Int64) throws(DatabaseError) -> [Problem] {
    let rows = try replayedRows(in: revision, amounts: .units)
    var problems: [Problem] = []
    for table in Table.allCases {
      let wrong = Set(try storedRows(of: table)).symmetricDifference(Set(rows[table] ?? []))
      guard !wrong.isEmpty else { continue }
      problems.append(
        Problem(
          rule: "placements-equal-a-replay",
          message: "\(wrong.count) rows of \(table.rawValue) differ from a fresh replay of the events"))
    }
    return problems
  }

  private func replayedRows(
    in revision: Int64, amounts: TerritoryFacts.AmountSource
  ) throws(DatabaseError) -> [Table: [[Value]]] {
    let facts = try TerritoryFacts(reading: database, knownIn: revision, amounts: amounts)
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
      for scale in piece.scales.sorted(by: { ($0.event, $0.basis) < ($1.event, $1.basis) }) {
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
