import RegistryStorage

/// The days on which all codes of a column, or most of them, were valid.
struct Vintages {
  /// The days on which all were valid, each with the most frequent kind: the code of a CCG is later that of a location.
  let together: [(period: Period, kind: String?)]
  /// The first period in which most of them were valid. Nil if there are no codes.
  let best: Period?
  let bestCount: Int

  /// - Parameter codes: codes that the book knows, each once.
  init(_ codes: [String], _ book: CodeBook) {
    var changes: [Day: Int] = [:]
    for code in codes {
      for period in Self.union(book.uses(of: code).map(\.period)) {
        changes[period.start, default: 0] += 1
        // A new period begins also where one body hands its code on to another.
        for use in book.uses(of: code) { changes[use.period.start, default: 0] += 0 }
        if let end = period.end { changes[end, default: 0] -= 1 }
      }
    }
    let days = changes.keys.sorted()
    var count = 0
    var steps: [(period: Period, count: Int)] = []
    for (index, day) in days.enumerated() {
      count += changes[day] ?? 0
      steps.append((Period(day, index + 1 < days.count ? days[index + 1] : nil), count))
    }
    bestCount = steps.map(\.count).max() ?? 0
    let most = bestCount
    best = Self.union(steps.filter { $0.count == most && most > 0 }.map(\.period)).first
    together = steps.filter { $0.count == codes.count && !codes.isEmpty }.reduce(into: []) { found, step in
      let bodies = codes.compactMap { book.use(of: $0, on: step.period.start)?.organisation }
      let kind = book.mostFrequentKind(of: bodies, near: step.period.start)
      if let last = found.last, last.period.end == step.period.start, last.kind == kind {
        found[found.count - 1].period.end = step.period.end
      } else {
        found.append((step.period, kind))
      }
    }
  }

  /// The periods in the order of time. Those that meet or overlap are joined.
  private static func union(_ periods: [Period]) -> [Period] {
    periods.sorted { $0.start < $1.start }.reduce(into: []) { joined, period in
      guard let last = joined.last, last.end.map({ period.start <= $0 }) ?? true else { return joined.append(period) }
      if let end = last.end { joined[joined.count - 1].end = period.end.map { max($0, end) } }
    }
  }
}
