/// What becomes of rows with mistakes.
extension GroupedSums {
  mutating func note(_ column: String?, _ message: String, _ line: Int) throws(RowError) {
    faults.note(column, message, line: line)
    if faults.count > FaultBook.rowLimit {
      throw RowError(
        line: line,
        message: "more than \(FaultBook.rowLimit) rows have mistakes, the first: "
          + (FileFaults.sentences(faults).first ?? ""))
    }
  }

  mutating func skip(_ reader: borrowing CSVReader, _ column: Int, _ message: String) throws(RowError) {
    try note(plan.header[column], message, reader.line)
    current = Skipped(
      code: reader.text(codeColumn), reason: "column '\(plan.header[column])': \(message)")
  }

  mutating func addToSkipped(_ reader: borrowing CSVReader) {
    let zero = ExactDecimal(digits: 0, scale: 0)
    var known = skipped[current] ?? SkippedRows(amounts: amounts.map { _ in zero })
    known.count += 1
    for (index, amount) in amounts.enumerated() {
      if let amount, let sum = known.amounts[index].adding(amount) { known.amounts[index] = sum }
    }
    skipped[current] = known
  }

  /// A row that has not as many fields as the header. It may be a line below the table.
  mutating func addMisfit(_ reader: borrowing CSVReader) throws(RowError) {
    let count = reader.fieldCount
    if reader.isBlank { return }
    guard count < plan.header.count else {
      return try note(nil, "\(count) fields, where the header has \(plan.header.count) columns", reader.line)
    }
    let hasNumber = plan.amountColumns.contains { $0 < count && Self.plainAmount(reader, $0) != nil }
    let code = codeColumn < count ? reader.text(codeColumn) : ""
    narrow.append(NarrowRow(line: reader.line, fieldCount: count, code: code, hasNumber: hasNumber))
    // Nobody writes so many lines below a table.
    if narrow.count > FaultBook.kindLimit { try refuseNarrow() }
  }

  /// Narrow rows above a full row are mistakes.
  mutating func refuseNarrow() throws(RowError) {
    let rows = narrow
    narrow = []
    for row in rows {
      try note(nil, "\(row.fieldCount) fields, where the header has \(plan.header.count) columns", row.line)
    }
  }

  /// What stands below the table: the narrow rows after the last full one. Those with a number or a code that `isCode`
  /// knows are mistakes, and are noted.
  /// - Returns: the number of the others.
  package mutating func judgeFooter<Failure>(isCode: (String) throws(Failure) -> Bool) throws(Failure) -> Int {
    var count = 0
    for row in narrow {
      if row.hasNumber {
        faults.note(
          nil, "\(row.fieldCount) fields, where the header has \(plan.header.count) columns", line: row.line)
      } else if try isCode(row.code) {
        faults.note(
          nil, "\(row.fieldCount) fields, where the header has \(plan.header.count) columns", line: row.line)
      } else {
        count += 1
      }
    }
    narrow = []
    return count
  }
}
