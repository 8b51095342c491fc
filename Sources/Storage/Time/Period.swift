/// Where the date of a boundary comes from.
package enum Certainty: String, Sendable, CaseIterable {
  /// A source says so.
  case stated
  /// We computed or inferred it from evidence.
  case derived
  /// The true date is not known: the day given is only the first (or last) on which a source shows the fact.
  case unknown
}

/// A period of days, half-open: `start` is the first day, `end` the first day after. No end: it goes on.
package struct Period: Hashable, Sendable {
  package var start: Day
  package var end: Day?

  package init(_ start: Day, _ end: Day?) {
    self.start = start
    self.end = end
  }

  package func contains(_ day: Day) -> Bool { start <= day && (end.map { day < $0 } ?? true) }

  package func contains(_ other: Period) -> Bool {
    start <= other.start && (end.map { end in other.end.map { $0 <= end } ?? false } ?? true)
  }

  package func overlaps(_ other: Period) -> Bool {
    (other.end.map { start < $0 } ?? true) && (end.map { other.start < $0 } ?? true)
  }

  /// The last day, inclusive, as shown on screen.
  package var lastDay: Day? { end?.previous }
}
