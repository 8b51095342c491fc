/// A day of the Gregorian calendar, from 0001-01-01 to 9999-12-31, without a time or a time zone.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01.
  private let number: Int32

  private init(number: Int32) { self.number = number }

  /// Nil if there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), (1...Self.length(of: month, in: year)).contains(day)
    else { return nil }
    // Years begin on 1 March here, so that the leap day is the last day of its year.
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Reads `YYYY-MM-DD`. Nil for anything else.
  public init?(_ text: String) {
    self.init(ascii: text.utf8.span)
  }

  /// Reads the bytes of `YYYY-MM-DD`. Nil for anything else.
  package init?(ascii bytes: Span<UInt8>) {
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    func digits(_ range: Range<Int>) -> Int? {
      var number = 0
      for position in range {
        let digit = bytes[position] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        number = number * 10 + Int(digit)
      }
      return number
    }
    guard let year = digits(0..<4), let month = digits(5..<7), let day = digits(8..<10) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Reads `YYYYMMDD`, as in ODS files. Nil for anything else.
  package init?(compact text: String) {
    guard text.utf8.count == 8, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let digits = Int(text)
    else { return nil }
    self.init(year: digits / 10_000, month: digits / 100 % 100, day: digits % 100)
  }

  /// From 1 to 9999.
  public var year: Int { civil.year }
  /// From 1 to 12.
  public var month: Int { civil.month }
  /// From 1 to 31.
  public var day: Int { civil.day }

  /// The day after. The last day of the calendar is its own next day.
  public var next: Day { advanced(by: 1) }
  /// The day before. The first day of the calendar is its own previous day.
  public var previous: Day { advanced(by: -1) }

  /// The day that is so many days later, clamped to the calendar's first and last day.
  public func advanced(by days: Int) -> Day {
    let sum = Int(number) + days
    return Day(number: Int32(Swift.min(Swift.max(sum, Int(Day.distantPast.number)), Int(Day.distantFuture.number))))
  }

  /// How many days this day comes after `other`. The number is negative if `other` is later.
  public func days(since other: Day) -> Int { Int(number) - Int(other.number) }

  package static let epoch = Day(number: 0)
  /// The first day of the calendar, 0001-01-01.
  public static let distantPast = Day(number: -719_162)
  /// The last day of the calendar, 9999-12-31.
  public static let distantFuture = Day(number: 2_932_896)

  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  public var description: String {
    let (year, month, day) = civil
    return String(unsafeUninitializedCapacity: 10) { buffer in
      func put(_ value: Int, at position: Int) { buffer[position] = UInt8(ascii: "0") + UInt8(value % 10) }
      put(year / 1_000, at: 0)
      put(year / 100, at: 1)
      put(year / 10, at: 2)
      put(year, at: 3)
      buffer[4] = UInt8(ascii: "-")
      put(month / 10, at: 5)
      put(month, at: 6)
      buffer[7] = UInt8(ascii: "-")
      put(day / 10, at: 8)
      put(day, at: 9)
      return 10
    }
  }

  private var civil: (year: Int, month: Int, day: Int) {
    let shifted = Int(number) + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let civilMonth = month < 10 ? month + 3 : month - 9
    return (yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0), civilMonth, dayOfYear - (153 * month + 2) / 5 + 1)
  }

  private static func length(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
