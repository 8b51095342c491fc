import RegistryFormats

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
