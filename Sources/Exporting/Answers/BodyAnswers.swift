import RegistryStorage
import Succession

/// What the engine says about one body, for all rows and columns of its grid.
///
/// Kept here:
/// 1. What cannot differ is asked once: a row that repeats the one before takes its answers, and what an observed basis
///    says between days on which nobody observed it is the same everywhere.
/// 2. A named basis is kept for the columns in which it differs from the default in some row, and there for all rows.
struct BodyAnswers {
  /// Columns with one answer.
  private struct Run {
    let columns: Range<Int>
    let content: [AnswerPart]
  }

  /// What a basis says.
  private struct Named {
    let index: Int
    let key: String
    let partition: String?
    /// Whether shares in it were only observed, on single days.
    let isObserved: Bool
    var rows: [[Run]] = []
    /// By column, whether it says something else than the default in some row.
    var isDiffering: [Bool]
    /// What it says between days on which nobody observed it.
    var unobserved: [AnswerPart]?
  }

  private let whereabouts: Whereabouts
  private let parts: AnswerParts
  private let grid: AnswerGrid
  /// By row and basis, what the body amounts to.
  private let amounts: [[Amount?]]
  private var rows: [[Run]] = []
  private var named: [Named]

  /// - Parameter observed: the bases in which shares were only observed.
  init(
    _ grid: AnswerGrid, _ amounts: [[Amount?]], _ whereabouts: Whereabouts, _ parts: AnswerParts,
    observed: Set<String>
  ) throws(DatabaseError) {
    self.whereabouts = whereabouts
    self.parts = parts
    self.grid = grid
    self.amounts = amounts
    let columns = grid.columns.count
    named = whereabouts.territory.bases.enumerated().map { index, basis in
      Named(
        index: index, key: basis.key, partition: basis.partition, isObserved: observed.contains(basis.key),
        isDiffering: Array(repeating: false, count: columns))
    }
    for row in grid.rows.indices { try answer(row) }
  }

  /// The default answers, by row and column.
  var standard: [[[AnswerPart]?]] { rows.map { contents($0) { _ in true } } }

  /// The answers of the bases that say something else than the default. Nil in columns in which they do not.
  var differing: [(basis: String, contents: [[[AnswerPart]?]])] {
    named.filter { $0.isDiffering.contains(true) }.map { own in
      (own.key, own.rows.map { contents($0) { own.isDiffering[$0] } })
    }
  }

  private func contents(_ runs: [Run], where isKept: (Int) -> Bool) -> [[AnswerPart]?] {
    var contents: [[AnswerPart]?] = []
    contents.reserveCapacity(grid.columns.count)
    for run in runs { for column in run.columns { contents.append(isKept(column) ? run.content : nil) } }
    return contents
  }

  private mutating func answer(_ row: Int) throws(DatabaseError) {
    let isRepeated = grid.repeats[row]
    if isRepeated { rows.append(rows[row - 1]) } else { rows.append([]) }
    let isAlive = whereabouts.isAlive(grid.body, on: grid.rows[row].start, .legal)
    var asked: [Int] = []
    for index in named.indices {
      // What somebody observed on a day of this row, or of the one before, is asked anew.
      if isRepeated,
        !(isAlive && named[index].isObserved && [row - 1, row].contains { isObserved(named[index].key, $0) })
      {
        named[index].rows.append(named[index].rows[row - 1])
      } else {
        named[index].rows.append([])
        asked.append(index)
      }
    }
    guard !isRepeated || !asked.isEmpty else { return }
    let turns = grid.turns[row]
    var cell: AnswerCell?
    for (turn, column) in turns.enumerated() {
      let columns = column..<(turn + 1 < turns.count ? turns[turn + 1] : grid.columns.count)
      let previous = cell
      cell = whereabouts.cell(in: grid, row: row, column: column, after: previous)
      if !isRepeated {
        rows[row].append(Run(columns: columns, content: try standard(cell, after: previous, row, column)))
      }
      guard let content = rows[row].last(where: { $0.columns.contains(column) })?.content else { continue }
      for index in asked { try answer(cell, row, columns, by: index, besides: content, isAlive: isAlive) }
    }
  }

  private func isObserved(_ basis: String, _ row: Int) -> Bool { whereabouts.isObserved(basis, in: grid, row: row) }

  /// What is said unless a basis is named. It stands while nothing stirs that could change it.
  private func standard(
    _ cell: AnswerCell?, after previous: AnswerCell?, _ row: Int, _ column: Int
  ) throws(DatabaseError) -> [AnswerPart] {
    if let standing = rows[row].last?.content {
      if let cell, let previous, cell.isAs(previous) { return standing }
      if isSettled(standing), let first = whereabouts.partitions.first,
        grid.isQuiet(row: row, column: column, in: first)
      {
        return standing
      }
    }
    return try parts.parts(of: try whereabouts.answer(in: grid, cell, bases: nil), amounts[row])
  }

  /// Whether the first partition alone decided an answer, without a gap.
  private func isSettled(_ content: [AnswerPart]) -> Bool {
    guard let first = whereabouts.partitions.first else { return false }
    for part in content {
      guard part.target != nil, named.contains(where: { $0.partition == first && $0.key == part.basis }) else {
        return false
      }
    }
    return true
  }

  private mutating func answer(
    _ cell: AnswerCell?, _ row: Int, _ columns: Range<Int>, by index: Int, besides content: [AnswerPart], isAlive: Bool
  ) throws(DatabaseError) {
    let own = named[index]
    let expected = content.measured(by: own.key, amounts[row][own.index])
    let isObserved = own.isObserved && isAlive
    let isConstant = isObserved && !self.isObserved(own.key, row)
    let said: [AnswerPart]
    if isConstant, let known = own.unobserved {
      said = known
    } else if let known = own.rows[row].last?.content, let partition = own.partition,
      grid.isQuiet(row: row, column: columns.lowerBound, in: partition)
    {
      said = known
    } else if isObserved || cell.map({ !$0.isUndisputed }) ?? false {
      said = try parts.parts(of: try whereabouts.answer(in: grid, cell, bases: [own.key]), amounts[row])
      if isConstant { named[index].unobserved = said }
    } else {
      return named[index].rows[row].append(Run(columns: columns, content: expected))
    }
    if said != expected { for column in columns { named[index].isDiffering[column] = true } }
    named[index].rows[row].append(Run(columns: columns, content: said))
  }
}
