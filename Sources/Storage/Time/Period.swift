/// Where the date of a boundary comes from.
public enum Certainty: String, Sendable, CaseIterable {
  /// A source says so.
  case stated
  /// We computed or inferred it from evidence.
  case derived
  /// The true date is not known: the day given is only the first (or last) on which a source shows the fact.
  case unknown
}

/// A period of days, half-open: `start` is the first day, `end` the first day after. No end: it goes on.
public struct Period: Hashable, Sendable {
  /// The first day.
  public var start: Day
  /// The first day after; nil: it goes on.
  public var end: Day?

  /// A period from its first day to the day before `end`.
  public init(_ start: Day, _ end: Day?) {
    self.start = start
    self.end = end
  }

  /// - Parameter lastDay: inclusive, as files and people give it. Not given: the period goes on.
  package init(from start: Day, through lastDay: Day?) { self.init(start, lastDay?.next) }

  /// Whether the day lies in the period.
  public func contains(_ day: Day) -> Bool { start <= day && (end.map { day < $0 } ?? true) }

  /// Whether all of another period lies in this one.
  public func contains(_ other: Period) -> Bool {
    start <= other.start && (end.map { end in other.end.map { $0 <= end } ?? false } ?? true)
  }

  /// Whether some day lies in both periods.
  public func overlaps(_ other: Period) -> Bool {
    (other.end.map { start < $0 } ?? true) && (end.map { other.start < $0 } ?? true)
  }

  /// The last day, inclusive, as shown on screen.
  public var lastDay: Day? { end?.previous }

  /// What two periods have in common; nil: nothing.
  package func intersection(_ other: Period) -> Period? {
    let start = max(start, other.start)
    guard let end = [end, other.end].compactMap(\.self).min() else { return Period(start, nil) }
    return start < end ? Period(start, end) : nil
  }

  /// What others leave of a period.
  package func gaps(between others: [Period]) -> [Period] {
    var gaps: [Period] = []
    var start = start
    for other in others.sorted(by: { $0.start < $1.start }) where other.overlaps(self) {
      if start < other.start { gaps.append(Period(start, other.start)) }
      guard let next = other.end else { return gaps }
      start = max(start, next)
    }
    if end.map({ start < $0 }) ?? true { gaps.append(Period(start, end)) }
    return gaps
  }

  /// `from 2013-04-01 to 2015-03-31`.
  package var words: String { "from \(start)" + (lastDay.map { " to \($0)" } ?? "") }
}

/// What holds for a period. It is printed with its first and its last day.
public protocol Dated {
  /// The days, half-open.
  var period: Period { get }
}

extension Dated {
  /// The first day.
  public var firstDay: Day { period.start }
  /// Inclusive. Not given: it goes on.
  public var lastDay: Day? { period.lastDay }
}
