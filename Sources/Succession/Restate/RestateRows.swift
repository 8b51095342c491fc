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

  init(_ restater: Restater, _ layout: RestateLayout, _ sink: any ByteSink) {
    self.restater = restater
    self.layout = layout
    writer = CSVWriter(sink)
    // A rate is the same in every part, so only sums have totals.
    tally = RestateTally(
      (0..<layout.sumCount).map { layout.name(of: $0) }, columnCount: layout.amountColumns.count, restater.places)
  }

  mutating func restate(_ reader: inout CSVReader) throws -> (RestateTally, rowsOut: Int) {
    try writer.write(layout.outputHeader(restater.request))
    let check = restater.check(layout)
    while try GroupedSums.next(&reader) {
      if reader.isBlank, layout.header.count > 1 { continue }
      guard reader.fieldCount == layout.header.count else {
        throw RowError(
          line: reader.line,
          message: "\(reader.fieldCount) fields, where the header has \(layout.header.count) columns")
      }
      for column in layout.keyColumns where !reader.isValidUTF8(column) {
        throw RowError(
          line: reader.line, column: layout.header[column],
          message: "this is not UTF-8: save the file as CSV in UTF-8")
      }
      let fields = reader.texts()
      let key = layout.keyColumns.map { fields[$0] }
      if let finding = check(key) {
        throw RowError(
          line: reader.line, column: layout.header[layout.keyColumns[finding.element]], message: finding.message)
      }
      var amounts: [ExactDecimal?] = []
      for column in layout.amountColumns { amounts.append(try GroupedSums.amount(reader, column, layout.header)) }
      do { try add(fields, key, amounts) } catch var error as RowError {
        error.line = reader.line
        throw error
      }
    }
    return (tally, rowsOut)
  }

  private mutating func add(_ fields: [String], _ key: [String], _ amounts: [ExactDecimal?]) throws {
    let code = fields[layout.code]
    let day = restater.day(of: key, layout)
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
          line += shown.name
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
    for extra in stride(from: RestateGroups.extraDecimals, to: 0, by: -1) {
      if let wide = amount.scaled(to: amount.scale + extra) { return wide }
    }
    return amount
  }
}
