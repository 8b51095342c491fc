/// Reads a CSV source (RFC 4180) record by record, without holding more than a record and a buffer.
///
/// Lines end with LF or CRLF, the last one perhaps with neither. A byte order mark at the start is skipped. An empty
/// line is a record of one empty field. A departure from the grammar is an error, never repaired; see `CSVError`.
///
/// 1. `buffer[recordStart..<end]` are the bytes read but not yet passed, and begin with the next or current record.
/// 2. `CSVScanner.padding` zero bytes follow `end` in `buffer`.
/// 3. `recordStart` is the start of line `nextLine` until a record is found.
/// 4. After an error every call of `next()` throws the same error.
/// 5. A record is scanned again only after its bytes at hand have doubled: the time taken is linear.
package struct CSVReader: ~Copyable {
  /// How a source is read.
  package struct Options: Sendable {
    /// The number of bytes a field may have, after doubled quotes have been replaced.
    package var maximumFieldLength = 1 << 20
    /// The number of bytes a record may have, with its quotes, commas and line end.
    package var maximumRecordLength = 16 << 20
    /// The number of bytes read at a time; the buffer grows if a record does not fit.
    package var bufferSize = 65_536
    /// What stands between fields.
    package var delimiter = UInt8.comma
    /// Whether a carriage return without a line feed ends a line, as on old Macs.
    package var endsAtCarriageReturn = false
    /// How many lines are passed over before the first record.
    package var skippedLines = 0

    package init() {}
  }

  /// The line, from 1, on which the current record starts.
  package private(set) var line = 0
  private var source: any ByteSource
  private var scanner: CSVScanner
  private var buffer: [UInt8]
  private var recordStart = 0
  private var end = 0
  private var recordEnd = 0
  private var nextLine = 1
  private var isAtEnd = false
  private var hasStarted = false
  private var failure: CSVError?
  private let skippedLines: Int
  private let endsAtCarriageReturn: Bool

  package init(_ source: any ByteSource, options: Options = Options()) {
    self.source = source
    scanner = CSVScanner(options)
    skippedLines = options.skippedLines
    endsAtCarriageReturn = options.endsAtCarriageReturn
    buffer = [UInt8](repeating: 0, count: max(options.bufferSize, 4) + CSVScanner.padding)
  }

  /// Reads the file at `path`; `-` is the standard input.
  package init(path: String, options: Options = Options()) throws(FileError) {
    self.init(try Files.open(path), options: options)
  }

  /// Reads bytes held in memory, which are shared, not copied as a whole.
  package init(bytes: [UInt8], options: Options = Options()) {
    self.init(MemorySource(bytes), options: options)
  }

  package init(literal: StaticString, options: Options = Options()) {
    self.init(MemorySource(literal), options: options)
  }

  /// Advances to the next record.
  ///
  /// - Returns: Whether there is one.
  package mutating func next() throws(CSVError) -> Bool {
    if let failure { throw failure }
    do {
      return try advance()
    } catch {
      scanner.clear()
      failure = error
      throw error
    }
  }

  // MARK: - The current record

  /// The number of fields of the current record: at least 1, or 0 if there is none.
  package var fieldCount: Int { scanner.fieldCount }

  /// Whether the current record is an empty line.
  package var isBlank: Bool { fieldCount == 1 && isEmpty(0) && !wasQuoted(0) }

  /// The bytes of field `index` (from 0), without quotes. Keeping them beyond the next call of `next()` is safe and
  /// costs a copy of the buffer.
  package func bytes(_ index: Int) -> ArraySlice<UInt8> {
    let field = field(index)
    return buffer[field.start..<field.end]
  }

  /// What `body` makes of the bytes of field `index`, which are lent to it.
  package func withBytes<Result, Failure>(
    _ index: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let field = field(index)
    return try body(buffer.span.extracting(field.start..<field.end))
  }

  /// The text of field `index`; bytes that are not UTF-8 become U+FFFD (see `isValidUTF8`).
  package func text(_ index: Int) -> String {
    String(decoding: bytes(index), as: UTF8.self)
  }

  /// The texts of all fields.
  package func texts() -> [String] {
    (0..<fieldCount).map { text($0) }
  }

  /// Whether the bytes of field `index` are UTF-8.
  package func isValidUTF8(_ index: Int) -> Bool {
    String(validating: bytes(index), as: UTF8.self) != nil
  }

  /// Whether field `index` has no bytes.
  package func isEmpty(_ index: Int) -> Bool {
    let field = field(index)
    return field.start == field.end
  }

  /// Whether field `index` stands in quotes.
  package func wasQuoted(_ index: Int) -> Bool {
    field(index).isQuoted
  }

  private func field(_ index: Int) -> CSVScanner.Field {
    precondition(index >= 0 && index < scanner.fieldCount, "the record has no such field")
    return scanner.fields[index]
  }

  // MARK: - Advancing

  private mutating func advance() throws(CSVError) -> Bool {
    recordStart = recordEnd
    line = nextLine
    if !hasStarted { try start() }
    while true {
      if recordStart == end, isAtEnd {
        recordEnd = end
        scanner.clear()
        return false
      }
      let outcome = scanner.scan(buffer, from: recordStart, to: end, isLast: isAtEnd)
      switch outcome {
      case .record(let next, let lineCount):
        recordEnd = next
        nextLine += lineCount
        scanner.undoubleQuotes(in: &buffer)
        return true
      case .incomplete:
        try fill(adding: end - recordStart)
      case .failure(let position, let reason):
        throw error(at: position, reason)
      }
    }
  }

  /// Skips a byte order mark, and the lines to be passed over.
  private mutating func start() throws(CSVError) {
    try fill(adding: 3)
    if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { recordStart = 3 }
    hasStarted = true
    for _ in 0..<skippedLines { try skipLine() }
    line = nextLine
  }

  private mutating func skipLine() throws(CSVError) {
    while true {
      while recordStart < end {
        let byte = buffer[recordStart]
        recordStart += 1
        if byte == .lineFeed || byte == .carriageReturn && endsAtCarriageReturn {
          nextLine += 1
          return
        }
      }
      if isAtEnd { return }
      try fill(adding: 1)
    }
  }

  /// Reads at least `count` bytes, or all that are left, after those from `recordStart` on.
  private mutating func fill(adding count: Int) throws(CSVError) {
    let kept = end - recordStart
    if recordStart > 0 {
      buffer.withUnsafeMutableBytes { bytes in
        bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[recordStart..<end]))
      }
      recordStart = 0
      end = kept
    }
    let wanted = kept + max(count, 1) + CSVScanner.padding
    if buffer.count < wanted {
      buffer.append(contentsOf: repeatElement(0, count: max(wanted, 2 * buffer.count) - buffer.count))
    }
    let goal = kept + max(count, 1)
    while end < goal, !isAtEnd {
      do {
        let added = try source.read(into: &buffer, at: end..<(buffer.count - CSVScanner.padding))
        end += added
        isAtEnd = added == 0
      } catch {
        throw self.error(at: recordStart, .unreadable(error))
      }
    }
    for index in end..<(end + CSVScanner.padding) {
      buffer[index] = 0
    }
  }

  /// The error at a position of the buffer, not before the current record.
  private func error(at position: Int, _ reason: CSVFlaw) -> CSVError {
    CSVError(after: buffer[recordStart..<position], firstLine: line, reason: reason)
  }
}
