/// Writes records as CSV (RFC 4180).
///
/// What it writes, `CSVReader` reads back field by field, except for NUL bytes, which are written as they are and
/// which the reader refuses. Nothing is flushed: that is left to the owner of the sink.
package struct CSVWriter {
  /// How records are written.
  package struct Options: Sendable {
    package enum LineEnd: String, Sendable {
      case lf = "\n"
      case crlf = "\r\n"
    }

    package enum Quoting: Sendable {
      /// Quotes only the fields that could not be read back otherwise.
      case minimal
      case all
    }

    package var lineEnd = LineEnd.lf
    package var quoting = Quoting.minimal

    package init() {}
  }

  private let sink: any ByteSink
  private let options: Options
  private let lineEnd: [UInt8]
  /// The bytes of the record being put together; empty between calls.
  private var record: [UInt8] = []

  package init(_ sink: any ByteSink, options: Options = Options()) {
    self.sink = sink
    self.options = options
    lineEnd = Array(options.lineEnd.rawValue.utf8)
  }

  /// Writes one record. A record of no fields becomes an empty line, which is read back as one empty field.
  package mutating func write(_ fields: some Sequence<String>) throws(WriteError) {
    var count = 0
    for field in fields {
      if count > 0 { record.append(.comma) }
      append(field)
      count += 1
    }
    // A lone empty field is quoted, as many programs skip empty lines.
    if count == 1, record.isEmpty { record += [.quote, .quote] }
    record += lineEnd
    defer { record.removeAll(keepingCapacity: true) }
    try sink.write(record)
  }

  private mutating func append(_ field: String) {
    guard options.quoting == .all else { return Self.append(field.utf8, to: &record) }
    Self.append(quoted: field.utf8, to: &record)
  }

  /// Appends a field, in quotes if it could not be read back otherwise.
  package static func append(_ field: some Collection<UInt8>, to record: inout [UInt8]) {
    if needsQuotes(field) { append(quoted: field, to: &record) } else { record.append(contentsOf: field) }
  }

  private static func append(quoted field: some Sequence<UInt8>, to record: inout [UInt8]) {
    record.append(.quote)
    for byte in field {
      if byte == .quote { record.append(.quote) }
      record.append(byte)
    }
    record.append(.quote)
  }

  /// Whether a field has a byte with a meaning of its own. A byte order mark at its start has one in the first field.
  private static func needsQuotes(_ field: some Collection<UInt8>) -> Bool {
    field.starts(with: [0xEF, 0xBB, 0xBF])
      || field.contains { $0 == .comma || $0 == .quote || $0 == .lineFeed || $0 == .carriageReturn }
  }
}
