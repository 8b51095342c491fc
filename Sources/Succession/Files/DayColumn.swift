package import RegistryFormats
package import RegistryStorage

/// The form of a column of days: a claim about the whole column, which each later row is held against.
///
/// 1. A column has one form. Forms that a value fits in two ways are never chosen between: the user is asked.
/// 2. The first year of a financial year is its year only if three or more distinct values say so, or one that is no
///    month. By chance, three months look so once in 1,728 files.
package struct DayColumn: Sendable {
  /// The form, or several that mean the same day in all that was looked at.
  package let forms: [DayForm]
  package let name: String
  /// A value of the form, and its line.
  private let example: (text: String, line: Int)?

  /// - Parameter form: the form that the user names. Nil if it is to be recognised.
  package init(
    _ name: String, _ values: [(text: String, line: Int, count: Int)], form: DayForm?
  ) throws(RowError) {
    self.name = name
    let filled = values.filter { !$0.text.trimmingBlanks.isEmpty }
    if let form {
      forms = [form]
      example = Self.example(of: form, filled)
      return
    }
    let readings = DayForm.recognised.map { form in (form: form, read: filled.map { form.read($0.text) }) }
    let best = readings.map { $0.read.count { $0 != nil } }.max() ?? 0
    guard best > 0 else {
      // A column without any day is refused row by row, or here if a year can be read.
      try Self.ask(name, filled)
      forms = [.iso]
      example = nil
      return
    }
    // A value with a form but without such a day is a mistake of its row. The form with fewer of these is meant.
    func wrong(_ readings: [DayForm.Reading?]) -> Int { readings.count { $0 == .noSuchDay } }
    let fitting = readings.filter { reading in reading.read.count { $0 != nil } == best }
    let least = fitting.map { wrong($0.read) }.min() ?? 0
    var fits = fitting.filter { wrong($0.read) == least }
    if best < filled.count {
      // No form holds for all, so the first value says the form, and the others are mistakes.
      let first = fits.compactMap { $0.read.firstIndex { $0 != nil } }.min() ?? 0
      fits = fits.filter { $0.read[first] != nil }
    }
    forms = try Self.chosen(fits, name, filled)
    example = Self.example(of: forms[0], filled)
  }

  private static func example(
    of form: DayForm, _ values: [(text: String, line: Int, count: Int)]
  ) -> (text: String, line: Int)? {
    values.first { if case .day = form.read($0.text) { true } else { false } }.map { ($0.text, $0.line) }
  }

  private static func chosen(
    _ fits: [(form: DayForm, read: [DayForm.Reading?])], _ name: String,
    _ values: [(text: String, line: Int, count: Int)]
  ) throws(RowError) -> [DayForm] {
    let forms = fits.map(\.form)
    if forms.count == 1 || fits.dropFirst().allSatisfy({ $0.read == fits[0].read }) { return forms }
    if forms.contains(.financialYear), forms.contains(.month) {
      let read = zip(values, fits.first { $0.form == .financialYear }?.read ?? [])
      let years = Set(read.filter { $0.1 != nil }.map(\.0.text))
      // A slash stands in financial years.
      if years.count >= 3 || years.contains(where: { $0.contains("/") }) { return [.financialYear] }
    }
    let example = values.first { value in fits.allSatisfy { $0.form.read(value.text) != nil } } ?? values[0]
    let words = forms.map { "\($0.words) (--date-format '\($0.option(like: example.text.trimmingBlanks))')" }
    throw RowError(
      line: example.line, column: name,
      message: "'\(example.text)' can be read in two ways: the column holds \(words.joined(separator: " or "))")
  }

  /// Asks about columns of which every reading is a guess.
  private static func ask(_ name: String, _ values: [(text: String, line: Int, count: Int)]) throws(RowError) {
    guard let first = values.first else { return }
    if values.allSatisfy({ DayForm.calendarYear.read($0.text) != nil }) {
      throw RowError(
        line: first.line, column: name,
        message: "'\(first.text)' is a year: say --date-format fy (from 1 April), '%Y' (from 1 January) or mid-year "
          + "(30 June)")
    }
    for order in ["%d-%m-%y", "%m-%d-%y", "%y-%m-%d"] {
      let mark = first.text.first { !$0.isNumber } ?? "-"
      let pattern = order.replacing("-", with: "\(mark)")
      guard let form = DayForm(option: pattern), values.allSatisfy({ form.read($0.text) != nil }) else { continue }
      let others = ["%d-%m-%y", "%m-%d-%y", "%y-%m-%d"].map { "'\($0.replacing("-", with: "\(mark)"))'" }
      throw RowError(
        line: first.line, column: name,
        message: "'\(first.text)' can be read in three ways: say --date-format \(others.joined(separator: ", "))")
    }
    let parts = DayPattern.runs(first.text)
    if parts.count == 2, Int(parts[0]) != nil, DayPattern.month(parts[1]) != nil {
      throw RowError(
        line: first.line, column: name,
        message: "'\(first.text)' may be a day or a year with a month: say --date-format '%y-%b', or add the year")
    }
  }

  /// The day that a text means, or what is wrong with it.
  package func day(_ text: String) -> Result<Day, Mistake> {
    var found: Day?
    for form in forms {
      guard case .day(let day) = form.read(text) else { continue }
      if let found, found != day {
        let words = forms.map { "--date-format '\($0.option(like: text))'" }
        return .failure(Mistake(message: "'\(text)' can be read in two ways: say \(words.joined(separator: " or "))"))
      }
      found = day
    }
    if let found { return .success(found) }
    let shown = text.count > 60 ? "\(text.prefix(60))..." : text
    let known = example.map { "; the column holds \(forms[0].words), such as '\($0.text)' in line \($0.line)" }
    return .failure(Mistake(message: "'\(shown)' is no day" + (known ?? " (YYYY-MM-DD, or see --date-format)")))
  }

  package struct Mistake: Error { package let message: String }

  /// What the column holds, if that is not plain from its look: `the column 'year' holds financial years: 2013/14 is read
  /// as 2013-04-01`.
  package var remark: String? {
    guard let example, let form = forms.first, form != .iso, case .success(let day) = day(example.text) else {
      return nil
    }
    return "the column '\(name)' holds \(form.words): \(example.text) is read as \(day)"
  }
}
