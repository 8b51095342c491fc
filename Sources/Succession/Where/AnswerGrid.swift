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
  /// For each row, by partition, the indices of the pieces that lie in the body.
  let pieces: [[[Int]]]
  /// For each row, whether nothing happened on its first day that answers depend on, so that all of them are those of the
  /// row before. Only shares that somebody observed on a day of one of the two rows may differ.
  package let repeats: [Bool]
  /// For each row, what happens to the body before and after.
  fileprivate let routes: [(backward: Route, forward: Route)]

  /// Whether a column says of a partition what the column before says.
  package func isQuiet(row: Int, column: Int, in partition: String) -> Bool {
    column > 0 && !steps[row].contains(column) && !(stirs[row][partition]?.contains(column) ?? false)
  }
}

/// What is known about one row and one column, whatever the basis is.
package struct AnswerCell {
  fileprivate let question: Question
  fileprivate let own: Landings
  fileprivate let journey: Journey
  /// Whether every basis with units says the same: no event divided the body, and all of its pieces lie in one place.
  package let isUndisputed: Bool

  /// Whether every answer is that of another cell of the row: the body went the same way, and so did all of its pieces.
  package func isAs(_ other: AnswerCell) -> Bool {
    isUndisputed && other.isUndisputed && journey.steps.count == other.journey.steps.count
      && (journey.steps.isEmpty || isForward == other.isForward)
  }

  private var isForward: Bool { question.from <= question.to }
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
    let repeats = rows.indices.map { row in
      row > 0 && rows[row - 1].end == rows[row].start && pieces[row] == pieces[row - 1]
        && isUneventful(rows[row].start, for: body, holding: pieces[row])
    }
    var found: [(stirs: [String: Set<Day>], steps: Set<Day>)] = []
    var routes: [(backward: Route, forward: Route)] = []
    for row in rows.indices {
      if repeats[row], let turn = found.last, let route = routes.last {
        found.append(turn)
        routes.append(route)
        continue
      }
      let first = rows[row].start
      found.append(daysOfTurn(of: body, holding: pieces[row], from: first))
      func route(to last: Day) -> Route {
        self.route(of: body, from: first, to: last, hasTerritory: !pieces[row].isEmpty)
      }
      routes.append((route(to: .distantPast), route(to: .distantFuture)))
    }
    func within(_ days: Set<Day>) -> [Day] { days.filter { $0 > others.start && others.contains($0) }.sorted() }
    let turns = found.map { turn in [others.start] + within(turn.stirs.values.reduce(turn.steps) { $0.union($1) }) }
    let days = Set(turns.joined()).union([others.start]).sorted()
    let columns = zip(days, days.dropFirst().map(Optional.init) + [others.end]).map { Period($0, $1) }
    let number = Dictionary(uniqueKeysWithValues: zip(days, days.indices))
    func numbers(_ days: Set<Day>) -> Set<Int> { Set(within(days).compactMap { number[$0] }) }
    return AnswerGrid(
      body: body, rows: rows, columns: columns, turns: turns.map { $0.compactMap { number[$0] } },
      stirs: found.map { $0.stirs.mapValues(numbers) }, steps: found.map { numbers($0.steps) },
      pieces: pieces.map(byPartition), repeats: repeats,
      routes: routes)
  }

  /// What is known about a row and a column.
  /// - Parameter previous: the cell of the column before of the same row. What did not move since then is not looked up
  ///   again.
  /// - Returns: nil if the body does not live in law on the first day.
  package func cell(in grid: AnswerGrid, row: Int, column: Int, after previous: AnswerCell?) -> AnswerCell? {
    let question = Question(from: grid.rows[row].start, to: grid.columns[column].start)
    guard isAlive(grid.body, on: question.from, .legal) else { return nil }
    var own = Landings(byPartition: [])
    own.byPartition.reserveCapacity(allPartitions.count)
    for (number, pieces) in grid.pieces[row].enumerated() {
      if pieces.isEmpty {
        own.byPartition.append(nil)
      } else if let previous, !(grid.stirs[row][allPartitions[number]]?.contains(column) ?? false) {
        own.byPartition.append(previous.own.byPartition[number])
      } else {
        own.byPartition.append(Landing(pieces, question, in: self))
      }
    }
    let routes = grid.routes[row]
    let journey = (question.from <= question.to ? routes.forward : routes.backward).journey(to: question.to)
    var isUndisputed = false
    if case .one(let place, _) = journey.end {
      isUndisputed = own.byPartition.allSatisfy { $0.map { $0.body == place } ?? true }
    }
    return AnswerCell(question: question, own: own, journey: journey, isUndisputed: isUndisputed)
  }

  /// The answer of a cell.
  package func answer(
    in grid: AnswerGrid, _ cell: AnswerCell?, bases: [String]?
  ) throws(DatabaseError) -> Answer {
    guard let cell else { return Answer(.gap(.notAlive(lives[grid.body]?.periods(.legal) ?? []))) }
    var question = cell.question
    question.bases = bases
    return try answer(
      forPlace: grid.body, question, Level(tier: Kind.placeTier, kinds: nil), holding: cell.own, cell.journey)
  }

  /// Whether somebody observed shares of the body in a basis on a day of a row.
  package func isObserved(_ basis: String, in grid: AnswerGrid, row: Int) -> Bool {
    (observationsByBody[grid.body] ?? []).contains {
      $0.basis == basis && grid.rows[row].contains($0.predecessorDay)
    }
  }

  /// What the body amounts to on the first days of a row, in the order of the bases. Nil where nothing measures it.
  package func amounts(in grid: AnswerGrid, row: Int) -> [Amount?] {
    territory.bases.indices.map { basis in
      guard let partition = partitionOfBasis[basis] else { return nil }
      var sum = Amount.zero
      for piece in grid.pieces[row][partition] {
        if let amount = amount(of: piece, in: basis) { sum = sum + amount }
      }
      return sum > .zero ? sum : nil
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

  /// Whether no event of a day touched a body or its pieces, and its life in law neither began nor ended.
  private func isUneventful(_ day: Day, for body: OrganisationID, holding own: [Int]) -> Bool {
    isAlive(body, on: day, .legal) == isAlive(body, on: day.previous, .legal)
      && !(linksOut[body] ?? []).contains { $0.day == day } && !(linksIn[body] ?? []).contains { $0.day == day }
      && !own.contains {
        pieces[$0].isDivided && pieces[$0].piece.divisions.contains { territory.eventDays[$0] == day }
      }
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
