import RegistryFormats
package import RegistryStorage

/// How the days of a column are written. A period stands for its first day.
package enum DayForm: Hashable, Sendable {
  /// `2013-04-01`, perhaps with a time.
  case iso
  /// `20130401`
  case compact
  /// `2013-04`, `2013_04`, `2013/04` or `201304`
  case month
  /// `01SEP2017`, `1 September 2017`, `01-Apr-17`
  case dayMonthName
  /// `Apr-2013`, `April 2013`, `Apr-13`
  case monthName
  /// `25/02/2026`
  case dayFirst
  /// `02/25/2026`
  case monthFirst
  /// `2013/14`, `2013-14`, `2013-2014` or `201314`
  case financialYear
  /// `2013/14 Q1` or `Q1 2013/14`
  case financialQuarter
  /// `2013 Q1` or `Q1 2013`, of calendar years
  case quarter
  /// `2013`, read as 1 January
  case calendarYear
  /// `2013`, read as 1 April
  case startOfFinancialYear
  /// `2013`, read as 30 June
  case midYear
  /// A pattern such as `%d/%m/%Y`.
  case pattern(String)

  /// The forms that are recognised. Years and days of two-figure numbers are not among them: they are asked for.
  static let recognised: [DayForm] = [
    .iso, .compact, .month, .financialYear, .dayMonthName, .monthName, .dayFirst, .monthFirst, .financialQuarter,
    .quarter,
  ]

  package enum Reading: Equatable, Sendable {
    case day(Day)
    /// It has the form, but there is no such day.
    case noSuchDay

    init(_ day: Day?) { self = day.map { .day($0) } ?? .noSuchDay }
  }

  /// What a text means. Nil if it is not of this form.
  package func read(_ text: String) -> Reading? {
    let text = text.trimmedDay
    switch self {
    case .iso: return Self.iso(text)
    case .compact:
      guard text.utf8.count == 8, text.isDigits else { return nil }
      return Reading(Day(compact: text))
    case .month: return Self.month(text)
    case .financialYear: return Self.financialYear(text).map { Reading(Day(year: $0, month: 4, day: 1)) }
    case .dayMonthName: return Self.dayMonthName(text)
    case .monthName: return Self.monthName(text)
    case .dayFirst: return Self.numbers(text).map { Reading(Day(year: $2, month: $1, day: $0)) }
    case .monthFirst: return Self.numbers(text).map { Reading(Day(year: $2, month: $0, day: $1)) }
    case .financialQuarter: return Self.quarter(text, of: Self.financialYear, firstMonth: 4)
    case .quarter: return Self.quarter(text, of: Self.year, firstMonth: 1)
    case .calendarYear: return Self.year(text).map { Reading(Day(year: $0, month: 1, day: 1)) }
    case .startOfFinancialYear:
      return (Self.year(text) ?? Self.financialYear(text)).map { Reading(Day(year: $0, month: 4, day: 1)) }
    case .midYear: return Self.year(text).map { Reading(Day(year: $0, month: 6, day: 30)) }
    case .pattern(let pattern): return DayPattern(pattern)?.read(text)
    }
  }

  /// What such a column holds, for a sentence.
  package var words: String {
    switch self {
    case .iso: "days (YYYY-MM-DD)"
    case .compact: "days (YYYYMMDD)"
    case .month: "months"
    case .dayMonthName: "days with names of months"
    case .monthName: "months by name"
    case .dayFirst: "days before months"
    case .monthFirst: "months before days"
    case .financialYear, .startOfFinancialYear: "financial years"
    case .financialQuarter: "quarters of financial years"
    case .quarter: "quarters of calendar years"
    case .calendarYear: "calendar years"
    case .midYear: "years, each as at its 30 June"
    case .pattern(let pattern): "days of the form \(pattern)"
    }
  }

  /// What to write after `--date-format` for this form.
  package func option(like text: String) -> String {
    switch self {
    case .month:
      let mark = text.first { !$0.isNumber }
      return "%Y\(mark.map { "\($0)" } ?? "")%m"
    case .financialYear, .startOfFinancialYear: return "fy"
    case .financialQuarter: return "fy-quarter"
    case .quarter: return "quarter"
    case .dayFirst, .monthFirst:
      let mark = text.first { !$0.isNumber } ?? "/"
      let names = self == .dayFirst ? ["%d", "%m", "%Y"] : ["%m", "%d", "%Y"]
      return names.joined(separator: "\(mark)")
    case .calendarYear: return "%Y"
    case .midYear: return "mid-year"
    default: return "%Y-%m-%d"
    }
  }

  /// The form that a word after `--date-format` says. Nil if it says none.
  package init?(option: String) {
    switch option {
    case "fy": self = .startOfFinancialYear
    case "fy-quarter": self = .financialQuarter
    case "quarter": self = .quarter
    case "mid-year": self = .midYear
    case "%Y": self = .calendarYear
    default:
      guard DayPattern(option) != nil else { return nil }
      self = .pattern(option)
    }
  }

  // MARK: Forms

  private static func iso(_ text: String) -> Reading? {
    let parts = text.utf8
    guard parts.count >= 10, text.prefix(10).utf8.count == 10 else { return nil }
    let day = String(text.prefix(10))
    let digits = day.split(separator: "-", omittingEmptySubsequences: false)
    guard digits.count == 3, digits[0].utf8.count == 4, digits[1].utf8.count == 2, digits[2].utf8.count == 2,
      digits.allSatisfy({ $0.isDigits })
    else { return nil }
    guard text.utf8.count == 10 || isTime(text.dropFirst(10)) else { return nil }
    return Reading(Day(day))
  }

  /// Whether a text is `T00:00:00`, ` 00:00`, perhaps with parts of a second and a zone.
  private static func isTime(_ text: Substring) -> Bool {
    guard let mark = text.first, mark == "T" || mark == " " else { return false }
    return text.utf8.count >= 6 && text.dropFirst().first?.isNumber == true
      && text.dropFirst().allSatisfy { $0.isASCII && ($0.isNumber || ":.Z+-".contains($0)) }
  }

  private static func month(_ text: String) -> Reading? {
    let digits: [Substring]
    if text.utf8.count == 6 {
      digits = [text.prefix(4), text.suffix(2)]
    } else {
      guard text.utf8.count == 7, let mark = text.dropFirst(4).first, "-_/".contains(mark) else { return nil }
      digits = [text.prefix(4), text.suffix(2)]
    }
    guard digits.allSatisfy({ $0.isDigits }), let year = Int(digits[0]), let month = Int(digits[1]),
      (1...12).contains(month), year > 0
    else { return nil }
    return Reading(Day(year: year, month: month, day: 1))
  }

  /// The first year of a text such as `2013/14`. Nil if the second year is not the next one.
  private static func financialYear(_ text: String) -> Int? {
    var digits = text
    if let mark = text.dropFirst(4).first, "-_/–".contains(mark) {
      digits = String(text.prefix(4)) + text.dropFirst(5)
    }
    guard digits.isDigits, let year = Int(digits.prefix(4)), let next = Int(digits.dropFirst(4)), year > 0 else {
      return nil
    }
    switch digits.utf8.count {
    case 6: return next == (year + 1) % 100 ? year : nil
    case 8: return text != digits && next == year + 1 ? year : nil
    default: return nil
    }
  }

  private static func year(_ text: String) -> Int? {
    text.utf8.count == 4 && text.isDigits ? Int(text).flatMap { $0 > 0 ? $0 : nil } : nil
  }

  private static func quarter(_ text: String, of year: (String) -> Int?, firstMonth: Int) -> Reading? {
    let upper = text.uppercased()
    guard let mark = upper.lastIndex(of: "Q"), let number = upper[upper.index(after: mark)...].first?.wholeNumberValue,
      (1...4).contains(number)
    else { return nil }
    let after = upper[upper.index(mark, offsetBy: 2)...]
    let rest = String(upper[..<mark] + after).trimmingMarks
    guard upper[..<mark].isEmpty || after.isEmpty, let first = year(rest) else { return nil }
    let month = firstMonth + 3 * (number - 1)
    return Reading(Day(year: month > 12 ? first + 1 : first, month: month > 12 ? month - 12 : month, day: 1))
  }

  private static func dayMonthName(_ text: String) -> Reading? {
    let parts = DayPattern.runs(text)
    guard parts.count == 3, let day = Int(parts[0]), parts[0].utf8.count <= 2, let month = DayPattern.month(parts[1]),
      let year = spokenYear(parts[2])
    else { return nil }
    return Reading(Day(year: year, month: month, day: day))
  }

  private static func monthName(_ text: String) -> Reading? {
    let parts = DayPattern.runs(text)
    guard parts.count == 2, let month = DayPattern.month(parts[0]), let year = spokenYear(parts[1]) else {
      return nil
    }
    return Reading(Day(year: year, month: month, day: 1))
  }

  /// Of two figures, a year is 19YY from 70 on, else 20YY.
  static func spokenYear(_ text: String) -> Int? {
    guard text.isDigits, let number = Int(text) else { return nil }
    switch text.utf8.count {
    case 2: return number >= 70 ? 1900 + number : 2000 + number
    case 4: return number
    default: return nil
    }
  }

  /// The three numbers of `25/02/2026`, `25.02.2026` or `25-02-2026`, perhaps with a time.
  private static func numbers(_ text: String) -> (Int, Int, Int)? {
    let day = text.prefix { $0 != " " && $0 != "T" }
    guard day.count == text.count || isTime(text[day.endIndex...]) else { return nil }
    let marks = day.filter { !$0.isNumber }
    guard marks.count == 2, marks.first == marks.last, let mark = marks.first, "/.-".contains(mark) else { return nil }
    let parts = day.split(separator: mark, omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.isDigits }), (1...2).contains(parts[0].utf8.count),
      (1...2).contains(parts[1].utf8.count), parts[2].utf8.count == 4,
      let first = Int(parts[0]), let second = Int(parts[1]), let third = Int(parts[2])
    else { return nil }
    return (first, second, third)
  }
}

/// A pattern such as `%d/%m/%Y`: `%Y` and `%y` are years of four and two figures, `%m` is a month, `%b` or `%B` its name,
/// `%d` a day, and `%H`, `%M` and `%S` a time, which is passed over.
struct DayPattern {
  private enum Part {
    case text(Character)
    case field(Character)
  }

  private let parts: [Part]

  /// Nil if the pattern does not say a year.
  init?(_ pattern: String) {
    var parts: [Part] = []
    var fields: [Character] = []
    var rest = pattern[...]
    while let next = rest.popFirst() {
      guard next == "%" else {
        parts.append(.text(next))
        continue
      }
      guard let field = rest.popFirst() else { return nil }
      if field == "%" {
        parts.append(.text("%"))
        continue
      }
      guard "YymbBdHMS".contains(field) else { return nil }
      fields.append(field)
      parts.append(.field(field))
    }
    guard fields.contains("Y") || fields.contains("y"), Set(fields).count == fields.count else { return nil }
    self.parts = parts
  }

  func read(_ text: String) -> DayForm.Reading? {
    var rest = text[...]
    var (year, month, day) = (0, 1, 1)
    for part in parts {
      switch part {
      case .text(let expected):
        guard rest.popFirst() == expected else { return nil }
      case .field(let field):
        if field == "b" || field == "B" {
          let name = rest.prefix { $0.isLetter }
          guard let found = Self.month(String(name)) else { return nil }
          month = found
          rest = rest.dropFirst(name.count)
          continue
        }
        let digits = rest.prefix(field == "Y" ? 4 : 2).prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), field != "Y" || digits.count == 4, field != "y" || digits.count == 2 else {
          return nil
        }
        rest = rest.dropFirst(digits.count)
        switch field {
        case "Y": year = number
        case "y": year = number >= 70 ? 1900 + number : 2000 + number
        case "m": month = number
        case "d": day = number
        default: break
        }
      }
    }
    return rest.isEmpty ? DayForm.Reading(Day(year: year, month: month, day: day)) : nil
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  /// The number of a month by its name or the first three letters of it.
  static func month(_ name: String) -> Int? {
    let lower = name.lowercased()
    guard lower.utf8.count >= 3 else { return nil }
    return months.firstIndex { $0 == lower || $0.prefix(3) == lower || lower == "sept" && $0 == "september" }
      .map { $0 + 1 }
  }

  /// The runs of digits and of letters. Empty if anything but blanks and marks stands between them.
  static func runs(_ text: String) -> [String] {
    var runs: [String] = []
    var last: Character?
    for character in text {
      let isDigit = character.isASCII && character.isNumber
      guard isDigit || character.isASCII && character.isLetter else {
        guard " -_/.,".contains(character) else { return [] }
        last = nil
        continue
      }
      if let last, (last.isASCII && last.isNumber) == isDigit {
        runs[runs.count - 1].append(character)
      } else {
        runs.append(String(character))
      }
      last = character
    }
    return runs
  }
}

extension StringProtocol {
  /// Whether there is something, and all of it is digits.
  fileprivate var isDigits: Bool {
    !isEmpty && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}

extension String {
  fileprivate var trimmedDay: String { first == " " || last == " " || last == "\u{A0}" ? trimmingBlanks : self }

  /// The text without blanks and marks at its ends.
  fileprivate var trimmingMarks: String {
    let isMark = { (character: Character) in
      character == " " || character == "-" || character == "_" || character == "/"
    }
    guard let first = firstIndex(where: { !isMark($0) }), let last = lastIndex(where: { !isMark($0) }) else {
      return ""
    }
    return String(self[first...last])
  }
}
