/// How one database writes SQL.
///
/// Kept here:
/// 1. A literal means the same text in every mode of the database, except in `portable`, whose header names the mode.
/// 2. Text survives shells that take a carriage return at the end of a line as their own.
package enum SQLDialect: String, CaseIterable, Sendable {
  case sqlite
  case postgres
  /// MySQL 8 and MariaDB.
  case mysql
  case duckdb
  /// Plain SQL for any of them and others, without functions and without comments in the database.
  case portable

  // MARK: Types

  /// A key in MySQL may have 3072 bytes in all: three columns of this length, with four bytes for each character.
  static let keyLength = 255

  /// Whether keys have a length, so that a longer one cannot be loaded.
  var limitsKeys: Bool { self == .mysql || self == .portable }

  func type(of content: ExportedColumn.Content) -> String {
    switch content {
    case .key: limitsKeys ? "VARCHAR(\(Self.keyLength))" : "TEXT"
    case .text: self == .mysql ? "MEDIUMTEXT" : "TEXT"
    case .day: self == .sqlite ? "TEXT" : "DATE"
    case .integer: self == .sqlite ? "INTEGER" : "BIGINT"
    case .number:
      switch self {
      case .sqlite: "REAL"
      case .duckdb, .mysql: "DOUBLE"
      case .postgres, .portable: "DOUBLE PRECISION"
      }
    case .decimal:
      switch self {
      // Whole numbers are integers there, and others are text that adds up.
      case .sqlite: "ANY"
      case .postgres: "NUMERIC"
      case .duckdb, .mysql, .portable: "DECIMAL(38, 18)"
      }
    }
  }

  // MARK: Names

  var hasSchemas: Bool { self != .sqlite && self != .portable }

  /// Whether names may begin with a word, for a database that somebody shares with other tables.
  var takesPrefix: Bool { !hasSchemas || self == .mysql }

  /// Whether a script can look at what is in the database before it changes it.
  var canLook: Bool { self != .portable }

  /// Whether the database keeps a description beside a table, a column or a view.
  var keepsComments: Bool { self == .postgres || self == .duckdb }

  var hasFunctions: Bool { self == .postgres || self == .duckdb }

  // MARK: Literals

  /// `text` as an expression.
  func literal(_ text: String) -> String {
    var bytes: [UInt8] = []
    append(Array(text.utf8).span, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends text, in UTF-8, as an expression.
  func append(_ text: Span<UInt8>, to bytes: inout [UInt8]) {
    var isPlain = true
    for index in text.indices {
      let byte = text[index]
      if byte < 0x20 || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") {
        isPlain = false
        break
      }
    }
    if isPlain {
      bytes.append(UInt8(ascii: "'"))
      for index in text.indices { bytes.append(text[index]) }
      bytes.append(UInt8(ascii: "'"))
    } else {
      appendSpecial(text, to: &bytes)
    }
  }

  private func appendSpecial(_ text: Span<UInt8>, to bytes: inout [UInt8]) {
    if self == .mysql, Self.has(UInt8(ascii: "\\"), text) || Self.has(0x0D, text) {
      // Whether a backslash escapes is a mode there; digits mean the same in all.
      bytes += Array("_utf8mb4 X'".utf8)
      for index in text.indices { bytes += [Self.digit(text[index] >> 4), Self.digit(text[index] & 0xF)] }
      return bytes.append(UInt8(ascii: "'"))
    }
    bytes.append(UInt8(ascii: "'"))
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "'"): bytes += [UInt8(ascii: "'"), UInt8(ascii: "'")]
      case 0x0D where self != .portable: bytes += Array("'||\(self == .sqlite ? "char" : "chr")(13)||'".utf8)
      case let byte: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "'"))
  }

  private static func has(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
    for index in text.indices where text[index] == byte { return true }
    return false
  }

  private static func digit(_ number: UInt8) -> UInt8 {
    number < 10 ? UInt8(ascii: "0") + number : UInt8(ascii: "A") + number - 10
  }

  /// Appends a number so that it reads back as the same. It has an exponent, because some databases take a number with
  /// only a point for a decimal fraction.
  func append(_ number: Double, to bytes: inout [UInt8]) {
    if number.rounded() == number, abs(number) < 1e15 {
      bytes += Array(String(Int64(number)).utf8)
    } else {
      let text = String(number)
      bytes += Array(text.utf8)
      if !text.utf8.contains(UInt8(ascii: "e")) { bytes += [UInt8(ascii: "e"), UInt8(ascii: "0")] }
    }
  }

  // MARK: Functions

  /// A day as a literal.
  func day(_ text: String) -> String { self == .sqlite ? "'\(text)'" : "DATE '\(text)'" }

  /// Makes a clause of WITH be computed once. A planner that misjudged its size would compute it for every row.
  var computedOnce: String { self == .postgres ? "AS MATERIALIZED" : "AS" }

  /// The texts of a group in an order, with | between. Nil in plain SQL, which cannot say that.
  func joined(_ text: String, order: String) -> String? {
    switch self {
    case .sqlite: "group_concat(\(text), '|')"
    case .postgres, .duckdb: "string_agg(\(text), '|' ORDER BY \(order))"
    case .mysql: "GROUP_CONCAT(\(text) ORDER BY \(order) SEPARATOR '|')"
    case .portable: nil
    }
  }

  func concatenated(_ texts: [String]) -> String {
    self == .mysql ? "concat(\(texts.joined(separator: ", ")))" : texts.joined(separator: " || ")
  }

  /// A day as text.
  func text(ofDay day: String) -> String {
    switch self {
    case .sqlite: day
    case .postgres: "to_char(\(day), 'YYYY-MM-DD')"
    case .duckdb: "CAST(\(day) AS VARCHAR)"
    case .mysql, .portable: "CAST(\(day) AS CHAR(10))"
    }
  }

  /// The day before. Nil in plain SQL, which cannot say that.
  func dayBefore(_ day: String) -> String? {
    switch self {
    case .sqlite: "date(\(day), '-1 day')"
    case .postgres, .duckdb: "\(day) - 1"
    case .mysql: "date_sub(\(day), INTERVAL 1 DAY)"
    case .portable: nil
    }
  }

  /// A part of a whole as a binary number.
  func ratio(_ part: String, of whole: String) -> String {
    // A number with an exponent is binary everywhere but in PostgreSQL.
    self == .postgres ? "CAST(\(part) / \(whole) AS DOUBLE PRECISION)" : "\(part) * 1e0 / \(whole)"
  }
}
