import RegistryFormats
import RegistryStorage

/// A file of figures, and what each of its columns means.
struct RestateInput {
  let table: TableFile
  let layout: RestateLayout
  /// By amount column.
  let forms: [AmountForm]
  /// Nil if all rows are of one day.
  let days: DayColumn?

  /// - Throws: what the beginning of the file leaves open, with the options that decide.
  init(_ table: TableFile, _ request: RestateRequest) throws(RowError) {
    self.table = table
    layout = try RestateLayout(ColumnNames(table.form), request)
    forms = try AmountColumns.forms(table, layout, request)
    if let date = layout.date {
      days = try DayColumn(layout.header[date], table.sample.values(of: date), form: request.dayForm)
    } else {
      days = nil
    }
  }

  /// What is wrong with the day of a row.
  struct DayMistake: Error { let kind: FaultBook.Kind }

  /// The day that a text in the column of days means.
  /// - Parameter first: the first day that the register knows.
  func day(_ text: String, notBefore first: Day) -> Result<Day, DayMistake> {
    func mistake(_ message: String) -> Result<Day, DayMistake> {
      .failure(DayMistake(kind: FaultBook.Kind(column: layout.date.map { layout.header[$0] }, message: message)))
    }
    switch days?.day(text) {
    case .success(let day):
      return day < first ? mistake("\(day) is before the first day that the register knows, \(first)") : .success(day)
    case .failure(let flaw): return mistake(flaw.message)
    case nil: return .success(.distantPast)
    }
  }

  /// What to do about mistakes.
  func advice(after sums: GroupedSums) -> [String] {
    let marks = sums.notes.reduce(into: Set<String>()) { $0.formUnion($1.unnamedMarks) }.sorted()
    var advice: [String] = []
    if !marks.isEmpty {
      let list = marks.joined(separator: ",").replacing("'", with: "'\\''")
      advice.append("to take these marks as no value, say --missing '\(list)'")
    }
    if sums.faults.count > 1 {
      advice.append("to leave out rows with mistakes, and list them as unmapped, say --on-error skip")
    }
    return advice
  }
}
