/// Makes UTF-8 of text in UTF-8 or Windows-1252 while it is read.
///
/// ASCII is the same in both. The first other bytes decide for the whole source. If they are UTF-8 (as a byte order
/// mark is), all that follows is passed on as it is, and invalid bytes are left to the reader. If not, all is
/// Windows-1252. Then a text with a later part in UTF-8 is refused, so that nothing is converted twice, and so are the
/// five bytes that mean nothing in Windows-1252.
///
/// 1. `raw[rawStart...]` are the bytes read and not yet passed on, in either encoding.
/// 2. `converted[convertedStart...]` go out before anything else.
/// 3. `offset` is that of `raw[rawStart]` in the source while nothing but ASCII or Windows-1252 was found.
/// 4. After an error every call of `read` throws the same error.
package final class UTF8Source: ByteSource {
  package enum Encoding: Sendable {
    /// Nothing but ASCII.
    case ascii
    case utf8
    case windows1252
  }

  /// The encoding found so far: final at the end of the source.
  package private(set) var encoding = Encoding.ascii
  /// How many characters were converted so far.
  package private(set) var convertedCount = 0

  private let path: String
  private var source: any ByteSource
  private var raw: [UInt8] = []
  private var rawStart = 0
  private var isSourceAtEnd = false
  /// The buffer to read into. Empty until it is needed.
  private var chunk: [UInt8] = []
  private var converted: [UInt8] = []
  private var convertedStart = 0
  private var offset = 0
  private var failure: FileError?

  /// - Parameter path: The name used in errors.
  package init(_ source: any ByteSource, path: String) {
    self.source = source
    self.path = path
  }

  package func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    if let failure { throw failure }
    do {
      if encoding == .ascii {
        let count = try readASCII(into: &buffer, at: range)
        if count > 0 || encoding == .ascii { return count }
      }
      return encoding == .utf8 ? try pass(into: &buffer, at: range) : try convert(into: &buffer, at: range)
    } catch {
      failure = error
      throw error
    }
  }

  // MARK: ASCII

  /// Copies bytes up to the first one that is not ASCII, and then decides what they are.
  private func readASCII(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    let count = try source.read(into: &buffer, at: range)
    let end = range.lowerBound + count
    let asciiEnd = Self.endOfASCII(buffer, range.lowerBound..<end)
    offset += asciiEnd - range.lowerBound
    if asciiEnd < end {
      raw = Array(buffer[asciiEnd..<end])
      try fill(atLeast: 4)
      if case .valid = UTF8Sequence(raw[...]) { encoding = .utf8 } else { encoding = .windows1252 }
    }
    return asciiEnd - range.lowerBound
  }

  /// The position of the first byte of `range` that is not ASCII.
  private static func endOfASCII(_ buffer: [UInt8], _ range: Range<Int>) -> Int {
    let bytes = buffer.span
    var index = range.lowerBound
    while index &+ 8 <= range.upperBound,
      bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    {
      index &+= 8
    }
    while index < range.upperBound, bytes[index] < 0x80 { index &+= 1 }
    return index
  }

  // MARK: UTF-8

  private func pass(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    let held = raw[rawStart...].prefix(range.count)
    if held.isEmpty { return try source.read(into: &buffer, at: range) }
    rawStart += held.count
    return Self.copy(held, into: &buffer, at: range)
  }

  // MARK: Windows-1252

  private func convert(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    if convertedStart == converted.count { try convertMore() }
    let taken = converted[convertedStart...].prefix(range.count)
    convertedStart += taken.count
    return Self.copy(taken, into: &buffer, at: range)
  }

  /// Converts at least one character, unless none is left. What comes before an error is given out first.
  private func convertMore() throws(FileError) {
    converted.removeAll(keepingCapacity: true)
    convertedStart = 0
    try fill(atLeast: 4)
    while rawStart < raw.count {
      let byte = raw[rawStart]
      if byte < 0x80 {
        converted.append(byte)
      } else {
        let sequence = UTF8Sequence(raw[rawStart...].prefix(4))
        if sequence == .incomplete, !isSourceAtEnd { return }
        guard let scalar = Self.scalar(byte), sequence == .invalid || sequence == .incomplete else {
          guard converted.isEmpty else { return }
          let flaw: FileFlaw =
            sequence == .invalid ? .undefinedByte(byte, offset: offset) : .mixedEncodings(offset: offset)
          throw FileError(path: path, flaw: flaw)
        }
        converted.append(contentsOf: scalar.utf8)
        convertedCount += 1
      }
      rawStart += 1
      offset += 1
    }
  }

  /// What a byte from 0x80 on means. Nil for the five that mean nothing.
  static func scalar(_ byte: UInt8) -> Unicode.Scalar? {
    if byte >= 0xA0 { return Unicode.Scalar(byte) }
    let scalar = symbols[Int(byte) - 0x80]
    return scalar == "\u{0}" ? nil : scalar
  }

  /// The meanings of the bytes 0x80 to 0x9F. NUL stands for none.
  private static let symbols: [Unicode.Scalar] = [
    "€", "\u{0}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{0}", "Ž", "\u{0}",
    "\u{0}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{0}", "ž", "Ÿ",
  ]

  // MARK: Bytes

  /// Reads on until `count` bytes are at hand, or the source ends.
  private func fill(atLeast count: Int) throws(FileError) {
    if raw.count - rawStart >= count || isSourceAtEnd { return }
    raw.removeFirst(rawStart)
    rawStart = 0
    if chunk.isEmpty { chunk = [UInt8](repeating: 0, count: 65_536) }
    while raw.count < count, !isSourceAtEnd {
      let added = try source.read(into: &chunk, at: 0..<chunk.count)
      raw.append(contentsOf: chunk[..<added])
      isSourceAtEnd = added == 0
    }
  }

  private static func copy(_ bytes: ArraySlice<UInt8>, into buffer: inout [UInt8], at range: Range<Int>) -> Int {
    buffer.replaceSubrange(range.lowerBound..<(range.lowerBound + bytes.count), with: bytes)
    return bytes.count
  }
}
