/// Finds the form of a table from its beginning.
///
/// 1. A part that the user gives is not looked for.
/// 2. Of two forms that fit equally well, none is taken: the user is asked.
struct TableRecogniser {
  private static let delimiters: [UInt8] = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
  /// At most this many lines may stand above the header.
  private static let titleLimit = 20

  var form: TableForm
  private let bytes: [UInt8]
  private let isWhole: Bool
  private let given: TableForm.Given

  /// - Parameter bytes: the beginning of the table, in UTF-8.
  init(_ bytes: [UInt8], isWhole: Bool, encoding: TextEncoding, given: TableForm.Given) {
    self.bytes = bytes
    self.isWhole = isWhole
    self.given = given
    form = TableForm(encoding: encoding, delimiter: given.delimiter ?? .comma)
    form.endsAtCarriageReturn = !bytes.contains(.lineFeed) && bytes.contains(.carriageReturn)
    form.hasHeader = given.hasHeader
  }

  // MARK: Encoding

  /// A mark decides, then UTF-8 if the bytes are that, else Windows-1252.
  static func encoding(
    of bytes: [UInt8], given: TextEncoding?
  ) throws(RowError) -> (encoding: TextEncoding, remark: String?) {
    if let given { return (given, nil) }
    if let marked = TextEncoding(mark: bytes) {
      return (marked, marked == .utf8 ? nil : "the file is in UTF-16")
    }
    // The last character of a sample may be cut off.
    let tail = bytes.count == TableFile.sampleSize ? 3 : 0
    for cut in 0...tail where String(validating: bytes.dropLast(cut), as: UTF8.self) != nil { return (.utf8, nil) }
    var line = 1
    var first: Int?
    for byte in bytes {
      if byte == .lineFeed { line += 1 }
      guard byte >= 0x80 else { continue }
      guard UTF8Source.scalar(byte) != nil else {
        throw RowError(
          line: line,
          message: "the byte \(String(byte, radix: 16, uppercase: true)) is neither UTF-8 nor Windows-1252: "
            + "name the encoding with --encoding, or save the file as CSV in UTF-8")
      }
      if first == nil { first = line }
    }
    return (.windows1252, "the file is not UTF-8 (line \(first ?? 1)) and is read as Windows-1252")
  }

  // MARK: Separator, titles and header

  mutating func recognise() throws(RowError) {
    if bytes.allSatisfy({ $0 == .lineFeed || $0 == .carriageReturn || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }) {
      throw RowError(line: 1, message: "the file is empty: it has no header")
    }
    let start = given.skippedLines ?? 0
    form.skippedLines = start
    if given.delimiter == nil { try chooseDelimiter(from: start) }
    if form.endsAtCarriageReturn { form.remarks.append("the lines end with a carriage return alone") }
    if form.delimiter != .comma, given.delimiter == nil {
      form.remarks.append("the columns are separated by \(TableForm.name(ofDelimiter: form.delimiter))s")
    }
    if given.skippedLines == nil, given.hasHeader { try findHeader() }
    var reader = CSVReader(bytes: bytes, options: form.options)
    guard try GroupedSums.next(&reader) else {
      throw RowError(line: start + 1, message: "no line is left below the first \(start): there is no header")
    }
    form.headerLine = reader.line
    form.header = given.hasHeader ? reader.texts() : (1...reader.fieldCount).map { "\($0)" }
  }

  /// The separator that splits most rows into the same number of fields.
  private mutating func chooseDelimiter(from start: Int) throws(RowError) {
    var best: (delimiters: [UInt8], rows: Int) = ([], 0)
    for delimiter in Self.delimiters where bytes.contains(delimiter) {
      var counts: [Int: Int] = [:]
      for row in rows(delimiter, from: start, limit: TableFile.sampleRows) where row.width > 1 {
        counts[row.width, default: 0] += 1
      }
      let rows = counts.values.max() ?? 0
      if rows > best.rows {
        best = ([delimiter], rows)
      } else if rows == best.rows, rows > 0 {
        best.0.append(delimiter)
      }
    }
    if best.delimiters.count > 1 {
      let header = best.delimiters.map { (delimiter: $0, cells: headerCells($0, from: start)) }
      // Where both split all rows, one that leaves numbers or blanks in the header splits inside a field.
      let whole = header.filter { $0.cells.allSatisfy { !$0.isEmpty && !$0.hasPrefix(" ") } }.map(\.delimiter)
      guard whole.count == 1 else {
        let names = best.delimiters.map(TableForm.name(ofDelimiter:)).joined(separator: " or ")
        let options = best.delimiters.map { "--delimiter \(TableForm.option(forDelimiter: $0))" }
        throw RowError(
          line: start + 1,
          message: "the columns may be separated by \(names): say \(options.joined(separator: " or "))")
      }
      best.delimiters = whole
    }
    form.delimiter = best.delimiters.first ?? .comma
  }

  private func headerCells(_ delimiter: UInt8, from start: Int) -> [String] {
    rows(delimiter, from: start, limit: 1).first?.cells ?? []
  }

  private struct Row {
    let line: Int
    let width: Int
    /// Only of the first rows.
    let cells: [String]
    let isBlank: Bool
  }

  /// The rows of the sample. A line that is no CSV is a row of one field, as a title with quotes in it may be.
  private func rows(_ delimiter: UInt8, from start: Int, limit: Int) -> [Row] {
    var options = form.options
    options.delimiter = delimiter
    options.skippedLines = start
    var rows: [Row] = []
    while rows.count < limit {
      var reader = CSVReader(bytes: bytes, options: options)
      do throws(CSVError) {
        while rows.count < limit, try reader.next() {
          rows.append(
            Row(
              line: reader.line, width: reader.fieldCount,
              cells: rows.count <= Self.titleLimit + 1 ? reader.texts() : [], isBlank: reader.isBlank))
        }
        return rows
      } catch {
        guard rows.count < Self.titleLimit else { return rows }
        let next = (rows.last?.line ?? start) + 1
        rows.append(Row(line: next, width: 1, cells: [""], isBlank: false))
        options.skippedLines = next
      }
    }
    return rows
  }

  /// Passes over narrower rows above the first row of full width, if that row looks like a header.
  private mutating func findHeader() throws(RowError) {
    let rows = rows(form.delimiter, from: 0, limit: TableFile.sampleRows)
    guard let first = rows.first else { return }
    var counts: [Int: Int] = [:]
    for row in rows where !row.isBlank { counts[row.width, default: 0] += 1 }
    guard let width = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key, width > 1,
      first.width < width,
      let index = rows.prefix(Self.titleLimit + 1).firstIndex(where: { $0.width >= width }),
      rows[index].width == width
    else { return }
    // A narrower row of several names may be a header that lacks a separator. Then nothing is clear.
    guard Self.isHeader(rows[index].cells), index + 1 < rows.count,
      !rows[..<index].contains(where: { $0.width > 1 && Self.isHeader($0.cells) })
    else { return }
    if index + 1 < rows.count, rows[index + 1].width == width, Self.isHeader(rows[index + 1].cells),
      rows.count > index + 2, !rows[(index + 2)...].prefix(Self.titleLimit).allSatisfy({ Self.isHeader($0.cells) })
    {
      throw RowError(
        line: rows[index].line,
        message: "the header may be line \(rows[index].line) or line \(rows[index + 1].line): "
          + "say --skip-rows \(rows[index].line - 1) or --skip-rows \(rows[index + 1].line - 1)")
    }
    form.skippedLines = rows[index].line - 1
    let above = form.skippedLines
    form.remarks.append("\(counted(above, "line")) above the header \(above == 1 ? "is" : "are") passed over")
  }

  /// Whether all cells are text, and distinct.
  private static func isHeader(_ cells: [String]) -> Bool {
    Set(cells).count == cells.count
      && cells.allSatisfy { cell in cell.contains { $0.isLetter } && (try? ExactDecimal(cell)) == nil }
  }
}
