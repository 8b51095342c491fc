/// Where the date of a boundary comes from.
public enum Certainty: String, Sendable, CaseIterable {
  /// A source says so.
  case stated
  /// We computed or inferred it from evidence.
  case derived
  /// The true date is not known. The day given is only the first (or last) on which a source shows the fact.
  case unknown
}

/// A half-open period of days.
public struct Period: Hashable, Sendable {
  /// The first day.
  public var start: Day
  /// The first day after the period. Nil if the period goes on.
  public var end: Day?

  /// Makes a period from its first day to the day before `end`.
  public init(_ start: Day, _ end: Day?) {
    self.start = start
    self.end = end
  }

  /// - Parameter lastDay: inclusive, as files and people give it. Nil if the period goes on.
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

  /// The last day, inclusive, for people to read. Nil if the period goes on.
  public var lastDay: Day? { end?.previous }

  /// The days that two periods have in common. Nil if there are none.
  package func intersection(_ other: Period) -> Period? {
    let start = max(start, other.start)
    guard let end = [end, other.end].compactMap(\.self).min() else { return Period(start, nil) }
    return start < end ? Period(start, end) : nil
  }

  /// The parts of this period that no other period covers.
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
  /// The days on which it holds.
  var period: Period { get }
}

extension Dated {
  /// The first day.
  public var firstDay: Day { period.start }
  /// The last day, inclusive. Nil if it goes on.
  public var lastDay: Day? { period.lastDay }
}
