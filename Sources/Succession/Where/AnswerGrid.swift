package import RegistryStorage

/// All days on which a body may be asked about, and all days for which one may ask where it lies, divided into stretches
/// between which no answer changes.
///
/// Kept here:
/// 1. An answer is the same for all first days of a row and all other days of a column.
/// 2. Answers are of the level of the body itself: of the place tier, or of no tier. Hierarchies play no part.
package struct AnswerGrid: Sendable {
  package let body: OrganisationID
  /// Stretches of first days, in the order of time.
  package let rows: [Period]
  /// Stretches of other days, one after the other.
  package let columns: [Period]
  /// For each row, the columns in which its answer may differ from that of the column before. The first is 0.
  package let turns: [[Int]]
  /// For each row, the columns at which pieces of a partition go elsewhere.
  fileprivate let stirs: [[String: Set<Int>]]
  /// For each row, the columns at which something happens to the body as a whole.
  fileprivate let steps: [Set<Int>]
  /// For each row, the indices of the pieces that lie in the body.
  let pieces: [[Int]]

  /// Whether a column says of a partition what the column before says.
  package func isQuiet(row: Int, column: Int, in partition: String) -> Bool {
    column > 0 && !steps[row].contains(column) && !(stirs[row][partition]?.contains(column) ?? false)
  }
}

/// A rectangle of first days and other days with the same content.
package struct AnswerTile<Content: Equatable> {
  package var from: Period
  package var to: Period
  package let content: Content
}

extension AnswerGrid {
  /// The fewest tiles, joined along the other days before the first days, in the order of the first days.
  /// - Parameter contents: by row and column. Nil belongs to no tile.
  package func tiles<Content>(_ contents: [[Content?]]) -> [AnswerTile<Content>] {
    var tiles: [AnswerTile<Content>] = []
    /// The indices of the tiles that the next row may make longer.
    var open: [Int] = []
    for (row, contents) in zip(rows, contents) {
      var next: [Int] = []
      for run in runs(contents) {
        if let index = open.first(where: {
          tiles[$0].from.end == row.start && tiles[$0].to == run.to && tiles[$0].content == run.content
        }) {
          tiles[index].from.end = row.end
          next.append(index)
        } else {
          next.append(tiles.count)
          tiles.append(AnswerTile(from: row, to: run.to, content: run.content))
        }
      }
      open = next
    }
    return tiles
  }

  /// The fewest stretches of first days with the same content.
  /// - Parameter contents: by row.
  package func stretches<Content: Equatable>(_ contents: [Content]) -> [(period: Period, content: Content)] {
    var found: [(period: Period, content: Content)] = []
    for (row, content) in zip(rows, contents) {
      if let last = found.last, last.period.end == row.start, last.content == content {
        found[found.count - 1].period.end = row.end
      } else {
        found.append((row, content))
      }
    }
    return found
  }

  private func runs<Content: Equatable>(_ contents: [Content?]) -> [(to: Period, content: Content)] {
    var runs: [(to: Period, content: Content)] = []
    for (column, content) in zip(columns, contents) {
      guard let content else { continue }
      if let last = runs.last, last.to.end == column.start, last.content == content {
        runs[runs.count - 1].to.end = column.end
      } else {
        runs.append((column, content))
      }
    }
    return runs
  }
}

extension Whereabouts {
  /// - Parameters:
  ///   - periods: the days on which the body may be asked about, in the order of time.
  ///   - others: the other days.
  package func grid(of body: OrganisationID, during periods: [Period], within others: Period) -> AnswerGrid {
    let starts = daysOfBirth(of: body)
    let rows = periods.flatMap { period in
      let own = [period.start] + starts.filter { $0 > period.start && period.contains($0) }
      return zip(own, own.dropFirst().map(Optional.init) + [period.end]).map { Period($0, $1) }
    }
    let pieces = rows.map { self.pieces(in: body, on: $0.start) }
    let found = zip(rows, pieces).map { row, pieces in daysOfTurn(of: body, holding: pieces, from: row.start) }
    func within(_ days: Set<Day>) -> [Day] { days.filter { $0 > others.start && others.contains($0) }.sorted() }
    let turns = found.map { turn in [others.start] + within(turn.stirs.values.reduce(turn.steps) { $0.union($1) }) }
    let days = Set(turns.joined()).union([others.start]).sorted()
    let columns = zip(days, days.dropFirst().map(Optional.init) + [others.end]).map { Period($0, $1) }
    let number = Dictionary(uniqueKeysWithValues: zip(days, days.indices))
    func numbers(_ days: Set<Day>) -> Set<Int> { Set(within(days).compactMap { number[$0] }) }
    return AnswerGrid(
      body: body, rows: rows, columns: columns, turns: turns.map { $0.compactMap { number[$0] } },
      stirs: found.map { $0.stirs.mapValues(numbers) }, steps: found.map { numbers($0.steps) }, pieces: pieces)
  }

  /// The answer of a row and a column.
  package func answer(
    in grid: AnswerGrid, row: Int, column: Int, bases: [String]?
  ) throws(DatabaseError) -> Answer {
    let question = Question(from: grid.rows[row].start, to: grid.columns[column].start, bases: bases)
    guard isAlive(grid.body, on: question.from, .legal) else {
      return Answer(.gap(.notAlive(lives[grid.body]?.periods(.legal) ?? [])))
    }
    return try answer(
      forPlace: grid.body, question, Level(tier: Kind.placeTier, kinds: nil), holding: grid.pieces[row])
  }

  /// Whether every basis with units says the same: no event divided the body, and all of its pieces lie in one place.
  package func isUndisputed(in grid: AnswerGrid, row: Int, column: Int) -> Bool {
    let question = Question(from: grid.rows[row].start, to: grid.columns[column].start)
    guard isAlive(grid.body, on: question.from, .legal) else { return true }
    let own = grid.pieces[row]
    guard case .one(let place, _) = journey(of: grid.body, question, hasTerritory: !own.isEmpty).end else {
      return false
    }
    return own.allSatisfy { self.place(of: $0, on: question.to) == .organisation(place) }
  }

  /// Whether somebody observed shares of the body in a basis on a day of a row.
  package func isObserved(_ basis: String, in grid: AnswerGrid, row: Int) -> Bool {
    (observationsByBody[grid.body] ?? []).contains {
      $0.basis == basis && grid.rows[row].contains($0.predecessorDay)
    }
  }

  /// What the body amounts to on the first days of a row, in the order of the bases. Nil where nothing measures it.
  package func amounts(in grid: AnswerGrid, row: Int) -> [Amount?] {
    let own = grid.pieces[row]
    return territory.bases.indices.map { basis in
      let amount = own.reduce(Amount.zero) { $0 + (self.amount(of: $1, in: basis) ?? .zero) }
      return amount > .zero ? amount : nil
    }
  }

  /// The days on which what a body holds, or what happens to it, changes.
  private func daysOfBirth(of body: OrganisationID) -> [Day] {
    var days: Set<Day> = []
    for link in (linksOut[body] ?? []) + (linksIn[body] ?? []) { days.insert(link.day) }
    for period in lives[body].map({ $0.legal + $0.operational }) ?? [] { days.formUnion(period.boundaries) }
    for index in piecesByBody[body] ?? [] {
      for placement in pieces[index].piece.placements where placement.place == .organisation(body) {
        days.formUnion(placement.period.boundaries)
      }
      days.formUnion(pieces[index].piece.divisions.compactMap { territory.eventDays[$0] })
    }
    for own in observationsByBody[body] ?? [] { days.formUnion([own.predecessorDay, own.predecessorDay.next]) }
    return days.sorted()
  }

  /// The other days from which on the answer about a body of a first day may differ: because of its pieces, by
  /// partition, or because of the body as a whole.
  private func daysOfTurn(
    of body: OrganisationID, holding own: [Int], from first: Day
  ) -> (stirs: [String: Set<Day>], steps: Set<Day>) {
    var stirs: [String: Set<Day>] = [:]
    var days: Set<Day> = []
    for index in own {
      let partition = pieces[index].partition
      for placement in pieces[index].piece.placements {
        stirs[partition, default: []].formUnion(placement.period.boundaries)
      }
      stirs[partition, default: []].formUnion(pieces[index].piece.divisions.compactMap { territory.eventDays[$0] })
    }
    for own in observationsByBody[body] ?? [] { days.formUnion([own.successorDay, own.successorDay.next]) }
    for last in [Day.distantPast, .distantFuture] {
      var open = [(body, first)]
      while let (place, day) = open.popLast() {
        guard let stage = stage(of: place, from: day, to: last, dutiesCount: true) else { continue }
        days.insert(stage.day)
        // Divided bodies are followed by amounts alone, and only forward.
        let isForward = last > first
        let isStated = isForward && stage.links.contains { flows[$0.eventID] != nil }
        guard stage.gap == nil, stage.bodies.count == 1 || isStated else { continue }
        open += stage.bodies.map { ($0, isForward ? stage.day : stage.day.previous) }
      }
    }
    return (stirs, days)
  }
}

extension Period {
  /// The first day, and the first day after.
  fileprivate var boundaries: [Day] { [start] + (end.map { [$0] } ?? []) }
}
