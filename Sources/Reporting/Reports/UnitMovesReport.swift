package import RegistryStorage

/// The units that went from one body to another by themselves, a row each, and in words.
package struct UnitMovesReport {
  package let table: DataTable
  /// One sentence for each move.
  package let sentences: [String]

  package init(_ moves: [UnitMove], of registry: Registry, knownIn revision: Int64) throws(DatabaseError) {
    let view = try RegisterView(registry, knownIn: revision)
    var rows: [[String?]] = []
    var sentences: [String] = []
    for (day, moves) in Dictionary(grouping: moves, by: \.day).sorted(by: { $0.key < $1.key }) {
      let before = try view.bodies(Set(moves.map(\.predecessor.id)), on: day.previous)
      let after = try view.bodies(Set(moves.map(\.successor.id)), on: day)
      for move in moves {
        let (from, to) = (before[move.predecessor.id], after[move.successor.id])
        rows.append([day.description, move.unit, move.partition, view.code(from), view.code(to), move.source])
        sentences.append(
          "\(day)  \(move.unit) went from \(view.code(from)) \(view.name(from)) to \(view.code(to)) \(view.name(to))")
      }
    }
    table = DataTable(columns: ["date", "unit", "partition", "from_code", "to_code", "source"], rows: rows)
    self.sentences = sentences
  }
}
