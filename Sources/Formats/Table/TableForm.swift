/// How a file of a table is written. Each part is given by the user, or recognised from the beginning of the file.
package struct TableForm: Sendable {
  /// What the user says. Nil for what is to be recognised.
  package struct Given: Sendable {
    package var delimiter: UInt8?
    package var encoding: TextEncoding?
    /// How many lines stand above the header.
    package var skippedLines: Int?
    package var hasHeader = true
    /// The columns that become rows, and the names of the two columns that these rows get. Nil for none.
    package var unpivoted: (pattern: String, into: String, value: String)?

    package init() {}
  }

  package internal(set) var encoding: TextEncoding
  package internal(set) var delimiter: UInt8
  package internal(set) var endsAtCarriageReturn = false
  package internal(set) var skippedLines = 0
  /// The names of the columns. Numbers from 1 if there is no header.
  package internal(set) var header: [String] = []
  package internal(set) var headerLine = 1
  package internal(set) var hasHeader = true
  /// What was recognised and is not the usual form, as sentences.
  package internal(set) var remarks: [String] = []

  /// How to read the records, the header among them.
  package var options: CSVReader.Options {
    var options = CSVReader.Options()
    options.delimiter = delimiter
    options.endsAtCarriageReturn = endsAtCarriageReturn
    options.skippedLines = skippedLines
    return options
  }

  /// Whether the bytes of the file are those that the reader wants, so that it can be read at several places at once.
  package var isPlain: Bool { encoding == .utf8 && !endsAtCarriageReturn }

  /// The form of the rows that columns of this form become.
  func unpivoted(_ unpivoting: Unpivoting) -> TableForm {
    var form = TableForm(encoding: .utf8, delimiter: .comma)
    form.header = unpivoting.header
    form.hasHeader = false
    form.remarks =
      remarks + [
        "\(counted(unpivoting.columns.count, "column")) become rows, so lines are counted in rows"
      ]
    return form
  }

  /// `comma`, `semicolon`, `tab` or `pipe`, or the character itself.
  package static func name(ofDelimiter byte: UInt8) -> String {
    switch byte {
    case .comma: "comma"
    case UInt8(ascii: ";"): "semicolon"
    case UInt8(ascii: "\t"): "tab"
    case UInt8(ascii: "|"): "pipe"
    default: "'\(Character(Unicode.Scalar(byte)))'"
    }
  }

  /// What to write after `--delimiter`.
  package static func option(forDelimiter byte: UInt8) -> String {
    byte == UInt8(ascii: "\t") ? "tab" : byte == .comma ? "," : "'\(Character(Unicode.Scalar(byte)))'"
  }
}

/// A file of a table, whose form is known, ready to be read.
///
/// 1. The form is a claim from the beginning of the file: `sampleSize` bytes or `sampleRows` rows. A pipe is read once:
///    what was looked at is kept, and read again from memory.
/// 2. What the file itself leaves open is asked for, never guessed.
package struct TableFile {
  package static let sampleSize = 1 << 20
  package static let sampleRows = 10_000

  /// What to call it in messages.
  package let name: String
  package let form: TableForm
  /// How the file itself is written, before columns become rows.
  private let written: TableForm
  private let unpivoting: Unpivoting?
  package let sample: TableSample
  private let file: SharedFile?
  /// What is left of a pipe or of a packed file that can be read only once.
  private let opened: PeekedSource

  /// - Parameter path: A file, which may be compressed by gzip or alone in a zip archive, or `-` for standard input.
  package init(_ path: String, given: TableForm.Given = TableForm.Given()) throws {
    let stream = try DataFile(path, allowingUTF16: true).onlyStream
    try self.init(name: path == "-" ? "standard input" : path, stream.open(), stream.file, given)
  }

  /// - Parameter bytes: the bytes of a file.
  package init(name: String, bytes: [UInt8], given: TableForm.Given = TableForm.Given()) throws {
    try self.init(name: name, MemorySource(bytes), nil, given)
  }

  private init(name: String, _ source: any ByteSource, _ file: SharedFile?, _ given: TableForm.Given) throws {
    self.name = name
    self.file = file
    let peeked = try PeekedSource(source, length: Self.sampleSize)
    let encoding = try TableRecogniser.encoding(of: peeked.prefix, given: given.encoding)
    let decoded = try TableSample.decoded(peeked.prefix, as: encoding.encoding)
    let isWhole = peeked.prefix.count < Self.sampleSize
    var recogniser = TableRecogniser(decoded, isWhole: isWhole, encoding: encoding.encoding, given: given)
    if let remark = encoding.remark { recogniser.form.remarks.append(remark) }
    try recogniser.recognise()
    let own = recogniser.form
    written = own
    opened = peeked
    guard let wanted = given.unpivoted else {
      form = own
      sample = TableSample(bytes: decoded, isWhole: isWhole, form: own)
      unpivoting = nil
      return
    }
    let unpivoting = try Unpivoting(ColumnNames(own), wanted.pattern, into: wanted.into, value: wanted.value)
    self.unpivoting = unpivoting
    form = own.unpivoted(unpivoting)
    var start = CSVReader(bytes: decoded, options: own.options)
    if own.hasHeader { _ = try start.next() }
    let rows = UnpivotingSource(start, unpivoting, width: own.header.count, path: name)
    let bytes = try PeekedSource(rows, length: Self.sampleSize).prefix
    let end = bytes.lastIndex(of: .lineFeed).map { $0 + 1 } ?? 0
    sample = TableSample(
      bytes: Array(bytes[..<end]), isWhole: isWhole && bytes.count < Self.sampleSize, form: form)
  }

  /// The file on the disk, if its bytes can be read at several places at once.
  package var sharedFile: SharedFile? { form.isPlain && unpivoting == nil ? file : nil }

  /// A reader of the rows below the header. It can be asked for once.
  package func rows() throws(RowError) -> CSVReader {
    var reader = CSVReader(DecodingSource(opened, as: written.encoding), options: written.options)
    if written.hasHeader { _ = try GroupedSums.next(&reader) }
    guard let unpivoting else { return reader }
    return CSVReader(UnpivotingSource(reader, unpivoting, width: written.header.count, path: name))
  }
}

/// The beginning of a table, in UTF-8.
package struct TableSample: Sendable {
  private let bytes: [UInt8]
  /// Whether it is the whole file.
  package let isWhole: Bool
  private let form: TableForm

  init(bytes: [UInt8], isWhole: Bool, form: TableForm) {
    self.bytes = bytes
    self.isWhole = isWhole
    self.form = form
  }

  /// A distinct value of a column, with its first line and the number of its rows.
  package typealias Value = (text: String, line: Int, count: Int)

  /// The distinct values of a column in rows of full width, in order.
  package func values(of column: Int) -> [Value] { values(of: [column])[0] }

  /// The distinct values of each of these columns, all in one reading.
  package func values(of columns: [Int]) -> [[Value]] {
    var reader = CSVReader(bytes: bytes, options: form.options)
    var indices = columns.map { _ in [String: Int]() }
    var found = columns.map { _ in [Value]() }
    each(&reader) { reader in
      for (place, column) in columns.enumerated() {
        let text = reader.text(column)
        if let index = indices[place][text] {
          found[place][index].count += 1
        } else {
          indices[place][text] = found[place].count
          found[place].append((text, reader.line, 1))
        }
      }
    }
    return found
  }

  /// The number of rows of full width.
  package var rowCount: Int {
    var reader = CSVReader(bytes: bytes, options: form.options)
    var count = 0
    each(&reader) { _ in count += 1 }
    return count
  }

  /// A mistake ends the sample. It is told when the rows are read.
  private func each(_ reader: inout CSVReader, _ body: (borrowing CSVReader) -> Void) {
    var left = TableFile.sampleRows
    do {
      if form.hasHeader { _ = try reader.next() }
      while left > 0, try reader.next() {
        if reader.fieldCount != form.header.count { continue }
        body(reader)
        left -= 1
      }
    } catch {
      return
    }
  }

  /// The bytes in UTF-8, up to the last whole line if there is more of the file.
  static func decoded(_ bytes: [UInt8], as encoding: TextEncoding) throws(FileError) -> [UInt8] {
    var decoded = bytes
    if encoding != .utf8 {
      var source = DecodingSource(MemorySource(bytes), as: encoding)
      var buffer = [UInt8](repeating: 0, count: 65_536)
      decoded = []
      while true {
        let count = try source.read(into: &buffer, at: 0..<buffer.count)
        if count == 0 { break }
        decoded += buffer[..<count]
      }
    }
    guard bytes.count == TableFile.sampleSize else { return decoded }
    let end = decoded.lastIndex { $0 == .lineFeed || $0 == .carriageReturn }
    return end.map { Array(decoded[...$0]) } ?? decoded
  }
}
