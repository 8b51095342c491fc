/// Finds the fields of one CSV record in a buffer, eight bytes at a time.
///
/// 1. `fields[..<fieldCount]` are the fields of the last record that was found; later elements are leftovers.
/// 2. The scanner only looks: it never changes the buffer, so that a record can be scanned again from its start.
/// 3. The buffer holds `padding` zero bytes after the bytes to be scanned. A zero byte ends every inner loop, so
///    that no loop needs to test for the end, and a word can be loaded at any scanned position.
struct CSVScanner {
  /// The number of zero bytes that follow the scanned bytes.
  static let padding = 8

  /// Where a field lies in the buffer, without its quotes.
  struct Field {
    var start: Int
    var end: Int
    var isQuoted = false
    /// The number of doubled quotes, each of which stands for one.
    var doubledQuotes = 0
  }

  enum Outcome {
    /// A record ends; the next one begins at `next`, `lineCount` lines further down.
    case record(next: Int, lineCount: Int)
    /// More bytes are needed.
    case incomplete
    /// The record is wrong at `position`.
    case failure(position: Int, reason: CSVFlaw)
  }

  private(set) var fieldCount = 0
  private(set) var fields: [Field] = []
  private let fieldLimit: Int
  private let recordLimit: Int
  private let delimiter: UInt8
  private let delimiters: UInt64
  private let endsAtCarriageReturn: Bool

  init(_ options: CSVReader.Options) {
    fieldLimit = options.maximumFieldLength
    recordLimit = options.maximumRecordLength
    delimiter = options.delimiter
    delimiters = every(options.delimiter)
    endsAtCarriageReturn = options.endsAtCarriageReturn
  }

  /// Finds the record that starts at `start` and whose bytes end before `end`.
  ///
  /// - Parameter isLast: Whether the source ends at `end`.
  mutating func scan(_ bytes: [UInt8], from start: Int, to end: Int, isLast: Bool) -> Outcome {
    let buffer = bytes.span
    let words = buffer.bytes
    fieldCount = 0
    var field = Field(start: start, end: start)
    var lineCount = 1
    var index = start
    while true {
      var matches = markUnquoted(words.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      var skip = 8
      while matches != 0 {
        let offset = matches.trailingZeroBitCount &>> 3
        let position = index &+ offset
        matches &= matches &- 1
        let byte = buffer[position]
        if byte == delimiter {
          if let failure = close(&field, at: position) { return failure }
          field = Field(start: position &+ 1, end: position &+ 1)
          continue
        }
        switch byte {
        case .lineFeed:
          if let failure = close(&field, at: position) { return failure }
          return finish(next: position &+ 1, from: start, lineCount: lineCount)
        case .carriageReturn:
          if position + 1 == end, !isLast { return check(field, start, position) ?? .incomplete }
          if endsAtCarriageReturn, buffer[position + 1] != .lineFeed {
            if let failure = close(&field, at: position) { return failure }
            return finish(next: position &+ 1, from: start, lineCount: lineCount)
          }
          if let failure = close(&field, at: position) { return failure }
          guard buffer[position + 1] == .lineFeed else {
            return check(field, start, position) ?? .failure(position: position, reason: .bareCarriageReturn)
          }
          return finish(next: position &+ 2, from: start, lineCount: lineCount)
        case .quote:
          // A quoted field: skip it, and go on with what follows its closing quote.
          if let failure = check(field, start, position) { return failure }
          guard position == field.start, !field.isQuoted else {
            return .failure(position: position, reason: .quoteInUnquotedField)
          }
          field = Field(start: position + 1, end: position + 1, isQuoted: true)
          if let outcome = skipQuoted(&field, buffer, end, isLast, &lineCount) {
            return check(field, start, field.end) ?? outcome
          }
          skip = field.end + 1 - index
          matches = 0
        case 0:
          if position < end {
            return check(field, start, position) ?? .failure(position: position, reason: .nulByte)
          }
          guard isLast else { return check(field, start, end) ?? .incomplete }
          if let failure = close(&field, at: end) { return failure }
          return finish(next: end, from: start, lineCount: lineCount)
        default: continue
        }
      }
      index &+= skip
    }
  }

  // MARK: - Fields

  /// Moves `field.end`, from the start of a quoted field, to its closing quote, and counts its lines.
  ///
  /// - Returns: Nil if a delimiter, line end or the end of the source follows the quote; otherwise the outcome of the
  ///   whole scan, with `field.end` at the place where it was found.
  private func skipQuoted(
    _ field: inout Field, _ buffer: Span<UInt8>, _ end: Int, _ isLast: Bool, _ lineCount: inout Int
  ) -> Outcome? {
    let words = buffer.bytes
    var index = field.start
    while true {
      var matches = Self.markQuoted(words.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
      var skip = 8
      while matches != 0 {
        let position = index &+ (matches.trailingZeroBitCount &>> 3)
        matches &= matches &- 1
        field.end = position
        switch buffer[position] {
        case .lineFeed: lineCount += 1
        case .quote:
          let next = position + 1
          if next == end { return isLast ? nil : .incomplete }
          let follower = buffer[next]
          if follower != .quote {
            let isTerminator = follower == delimiter || follower == .lineFeed || follower == .carriageReturn
            if isTerminator { return nil }
            return .failure(position: next, reason: follower == 0 ? .nulByte : .textAfterClosingQuote)
          }
          field.doubledQuotes += 1
          skip = next + 1 - index
          matches = 0
        case 0:
          if position < end { return .failure(position: position, reason: .nulByte) }
          return isLast ? .failure(position: field.start - 1, reason: .unterminatedQuote) : .incomplete
        default: continue
        }
      }
      index &+= skip
    }
  }

  /// Ends `field` at the delimiter or line end at `position` and keeps it.
  private mutating func close(_ field: inout Field, at position: Int) -> Outcome? {
    if !field.isQuoted { field.end = position }
    guard field.end &- field.start &- field.doubledQuotes <= fieldLimit else { return tooLong(field) }
    if fieldCount < fields.count {
      fields[fieldCount] = field
    } else {
      fields.append(field)
    }
    fieldCount &+= 1
    return nil
  }

  /// The failure, if any, of a record from `start` that has an unfinished field and goes on until `position`.
  private func check(_ field: Field, _ start: Int, _ position: Int) -> Outcome? {
    let end = field.isQuoted ? field.end : position
    if end - field.start - field.doubledQuotes > fieldLimit { return tooLong(field) }
    if position - start > recordLimit { return .failure(position: start, reason: .recordTooLong(limit: recordLimit)) }
    return nil
  }

  private func tooLong(_ field: Field) -> Outcome {
    .failure(position: field.isQuoted ? field.start - 1 : field.start, reason: .fieldTooLong(limit: fieldLimit))
  }

  /// The end of a record, whose length counts its line end.
  private func finish(next: Int, from start: Int, lineCount: Int) -> Outcome {
    guard next &- start <= recordLimit else {
      return .failure(position: start, reason: .recordTooLong(limit: recordLimit))
    }
    return .record(next: next, lineCount: lineCount)
  }

  mutating func clear() {
    fieldCount = 0
  }

  /// Replaces every doubled quote of the record's fields by one, in `buffer`.
  mutating func undoubleQuotes(in buffer: inout [UInt8]) {
    for index in 0..<fieldCount where fields[index].doubledQuotes > 0 {
      let field = fields[index]
      var target = field.start
      var source = field.start
      while source < field.end {
        let byte = buffer[source]
        buffer[target] = byte
        target += 1
        source += byte == .quote ? 2 : 1
      }
      fields[index].end = target
    }
  }

  // MARK: - Words of eight bytes

  /// Marks the bytes that end an inner loop outside quotes, and perhaps a few others above them, by their high bits.
  private func markUnquoted(_ word: UInt64) -> UInt64 {
    let commas = markZeros(word ^ delimiters)
    let ends = markZeros(word ^ every(.lineFeed)) | markZeros(word ^ every(.carriageReturn))
    return commas | markZeros(word ^ every(.quote)) | ends | markZeros(word)
  }

  /// Marks the bytes that end an inner loop inside quotes, and perhaps a few others above them, by their high bits.
  private static func markQuoted(_ word: UInt64) -> UInt64 {
    markZeros(word ^ every(.quote)) | markZeros(word ^ every(.lineFeed)) | markZeros(word)
  }
}

/// Marks by its high bit every zero byte of `word`; a byte of 1 above a zero byte may be marked as well.
func markZeros(_ word: UInt64) -> UInt64 { (word &- every(0x01)) & ~word & every(0x80) }

/// A word of eight times the same byte.
func every(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

extension UInt8 {
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let comma = UInt8(ascii: ",")
  static let quote = UInt8(ascii: "\"")
}
