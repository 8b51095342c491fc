import RegistryFormats
import RegistryStorage

/// Restates rows one by one. Each row comes out once for each body that its code went to.
///
/// 1. No row is kept once it is in the tally, so the memory does not grow with the number of rows.
struct RestateRows {
  private let restater: Restater
  private let layout: RestateLayout
  private var writer: CSVWriter
  private var tally: RestateTally
  private var rowsOut = 0
  private let input: RestateInput
  private var notes: [AmountNotes]
  private var faults = FaultBook()
  /// Narrow rows of which no full row follows yet.
  private var narrow: [(line: Int, fieldCount: Int)] = []

  init(_ restater: Restater, _ input: RestateInput, _ sink: any ByteSink) {
    self.input = input
    let layout = input.layout
    self.layout = layout
    notes = [AmountNotes](repeating: AmountNotes(), count: input.forms.count)
    self.restater = restater
    writer = CSVWriter(sink)
    // A rate is the same in every part, so only sums have totals.
    tally = RestateTally(
      (0..<layout.sumCount).map { layout.name(of: $0) }, columnCount: layout.amountColumns.count, restater.places)
  }

  mutating func restate(_ reader: inout CSVReader) throws -> Outcome {
    try writer.write(layout.outputHeader(restater.request))
    let date = layout.dateInKey
    // A file has few days, and many rows of each.
    var days: [String: Result<Day, RestateInput.DayMistake>] = [:]
    while try GroupedSums.next(&reader) {
      guard reader.fieldCount == layout.header.count else {
        try addMisfit(reader)
        continue
      }
      if let row = narrow.first { try refuse(row.line, nil, misfit(row.fieldCount)) }
      narrow = []
      let fields = reader.texts()
      var amounts: [ExactDecimal?] = []
      var mistake: (column: Int, message: String)?
      for (index, column) in layout.amountColumns.enumerated() {
        switch GroupedSums.amount(fields[column], input.forms[index], &notes[index]) {
        case .success(let amount): amounts.append(amount)
        case .failure(let found):
          amounts.append(nil)
          mistake = mistake ?? (column, found.message)
        }
      }
      let key = layout.keyColumns.map { fields[$0] }
      if let column = layout.keyColumns.first(where: { !reader.isValidUTF8($0) }) {
        mistake = (column, "this is not UTF-8: say --encoding windows-1252, or save the file as CSV in UTF-8")
      }
      var day = restater.asAt ?? .distantPast
      if let date, mistake == nil {
        let found = days[key[date]] ?? input.day(key[date], notBefore: restater.firstDay)
        days[key[date]] = found
        switch found {
        case .success(let read): day = read
        case .failure(let found): mistake = (layout.keyColumns[date], found.kind.message)
        }
      }
      if let mistake {
        let name = layout.header[mistake.column]
        try refuse(reader.line, name, mistake.message)
        let rows = GroupedSums.Skipped(code: fields[layout.code], reason: "column '\(name)': \(mistake.message)")
        try tally.addPassedOver(rows, 1, Array(amounts[..<layout.sumCount]))
        continue
      }
      do { try add(fields, key, day, amounts) } catch var error as RowError {
        error.line = reader.line
        throw error
      }
    }
    let names = layout.amountColumns.map { layout.header[$0] }
    var remarks = AmountColumns.remarks(notes, names)
    if !narrow.isEmpty { remarks.append("\(counted(narrow.count, "line")) below the table passed over") }
    if !faults.isEmpty { remarks += FileFaults.sentences(faults) }
    return Outcome(tally: tally, rowsOut: rowsOut, remarks: remarks)
  }

  struct Outcome {
    let tally: RestateTally
    let rowsOut: Int
    /// How the file was read.
    let remarks: [String]
  }

  /// A row that has not as many fields as the header. It may be a line below the table.
  private mutating func addMisfit(_ reader: borrowing CSVReader) throws {
    let count = reader.fieldCount
    if reader.isBlank { return }
    let isNumber = layout.amountColumns.contains { $0 < count && (try? ExactDecimal(reader.text($0))) != nil }
    let isCode = try layout.code < count && restater.places.isCode(reader.text(layout.code))
    if count > layout.header.count || isNumber || isCode || narrow.count > 1_000 {
      return try refuse(reader.line, nil, misfit(count))
    }
    narrow.append((reader.line, count))
  }

  private func misfit(_ count: Int) -> String {
    "\(count) fields, where the header has \(layout.header.count) columns"
  }

  /// Notes a mistake, which stops the run unless mistakes are passed over: rows that were written cannot be taken back.
  private mutating func refuse(
    _ line: Int, _ column: String?, _ message: String
  ) throws {
    faults.note(column, message, line: line)
    if !restater.request.skipsMistakes { throw RowError(line: line, column: column, message: message) }
  }

  private mutating func add(_ fields: [String], _ key: [String], _ day: Day, _ amounts: [ExactDecimal?]) throws {
    let code = fields[layout.code]
    let meaning = try tally.note(code, day, rowCount: 1)
    let reading = meaning.reading
    for column in amounts.indices where amounts[column] != nil { tally.noteValue(column, of: meaning) }
    var parts: [(digits: [Int128], scale: Int, decimals: Int)?] = []
    for sum in 0..<layout.sumCount {
      guard let amount = amounts[sum] else {
        tally.addBlanks(1, to: sum)
        parts.append(nil)
        continue
      }
      let whole = reading.isWhole || restater.request.rounding != .nearest ? amount : Self.widened(amount)
      let digits = reading.apportionment.parts(of: whole.digits, rounding: restater.request.rounding)
      try tally.add(whole, to: sum)
      for (number, part) in digits.enumerated() {
        try tally.add(ExactDecimal(digits: part, scale: whole.scale), to: sum, number, of: meaning)
      }
      tally.setDecimals(amount.scale, of: sum)
      parts.append((digits, whole.scale, amount.scale))
    }
    for (number, place) in reading.places.enumerated() {
      guard case .body(let body) = place else { continue }
      let shown = try restater.bodies.shown(body)
      var line: [String] = []
      for column in layout.kept {
        if column == layout.code {
          line.append(shown.code)
          line += shown.besideCode
        } else if let sum = layout.amountColumns.firstIndex(of: column), sum < layout.sumCount {
          line.append(
            parts[sum].map {
              ExactDecimal(digits: $0.digits[number], scale: $0.scale).text(decimals: $0.decimals)
            } ?? "")
        } else {
          line.append(fields[column])
        }
      }
      try writer.write(line + shown.parents)
      rowsOut += 1
    }
  }

  /// The amount with nine more decimals, or as many as there is room for.
  private static func widened(_ amount: ExactDecimal) -> ExactDecimal {
    for extra in stride(from: RestateCells.extraDecimals, to: 0, by: -1) {
      if let wide = amount.scaled(to: amount.scale + extra) { return wide }
    }
    return amount
  }
}
