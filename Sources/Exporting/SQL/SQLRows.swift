import RegistryStorage

/// Rows on their way into one table: gathered until a statement is large enough.
struct SQLRows {
  private static let size = 64 << 10
  private static let count = 1_000

  private let dialect: SQLDialect
  private let head: [UInt8]
  private var bytes: [UInt8] = []
  private var rowCount = 0
  private var isFirstValue = true

  init(_ table: ExportedTable, _ names: SQLNames) {
    dialect = names.dialect
    let columns = table.columns.map(\.name).joined(separator: ", ")
    head = Array("INSERT INTO \(names(table.name)) (\(columns)) VALUES".utf8)
    bytes.reserveCapacity(Self.size + 4_096)
  }

  mutating func begin() {
    if rowCount == 0 { bytes += head } else { bytes.append(UInt8(ascii: ",")) }
    bytes.append(0x0A)
    bytes.append(UInt8(ascii: "("))
    isFirstValue = true
  }

  /// Ends a row, and hands the rows over if they are enough.
  mutating func end(to output: any SQLOutput) throws(ExportError) {
    bytes.append(UInt8(ascii: ")"))
    rowCount += 1
    if bytes.count >= Self.size || rowCount >= Self.count { try flush(to: output) }
  }

  mutating func append(_ statement: Statement, _ column: Int, _ content: ExportedColumn.Content) {
    separate()
    guard !statement.isNull(column) else { return null() }
    switch content {
    case .key, .text, .day:
      statement.withText(column) { text in dialect.append(text, to: &bytes) }
    case .integer: bytes += Array(String(statement.integer(column)).utf8)
    case .number: dialect.append(statement.real(column), to: &bytes)
    case .decimal: append(ExportedColumn.decimal(statement.value(column)))
    }
  }

  mutating func append(_ value: Value, _ content: ExportedColumn.Content) {
    separate()
    switch value {
    case .text(let text) where content == .decimal: append(text)
    case .null: null()
    case .integer(let integer): bytes += Array(String(integer).utf8)
    case .real(let real): dialect.append(real, to: &bytes)
    case .text(let text): dialect.append(Array(text.utf8).span, to: &bytes)
    }
  }

  /// Appends a decimal. A database that has none keeps the text of what is no whole number.
  private mutating func append(_ decimal: String) {
    if dialect == .sqlite, decimal.utf8.contains(UInt8(ascii: ".")) {
      dialect.append(Array(decimal.utf8).span, to: &bytes)
    } else {
      bytes += Array(decimal.utf8)
    }
  }

  /// Hands the rows over, if there are any.
  mutating func flush(to output: any SQLOutput) throws(ExportError) {
    guard rowCount > 0 else { return }
    try output.put(bytes.span)
    bytes.removeAll(keepingCapacity: true)
    rowCount = 0
  }

  private mutating func separate() {
    if !isFirstValue { bytes += [UInt8(ascii: ","), UInt8(ascii: " ")] }
    isFirstValue = false
  }

  private mutating func null() {
    bytes += [UInt8(ascii: "N"), UInt8(ascii: "U"), UInt8(ascii: "L"), UInt8(ascii: "L")]
  }
}
