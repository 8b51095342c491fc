/// How the bytes of a text file mean characters.
package enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case windows1252 = "windows-1252"

  /// What a byte order mark at the start says. Nil if there is none.
  init?(mark bytes: some Collection<UInt8>) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      self = .utf8
    } else if bytes.starts(with: [0xFF, 0xFE]) {
      self = .utf16LittleEndian
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      self = .utf16BigEndian
    } else {
      return nil
    }
  }
}

/// Makes UTF-8 of text in an encoding that is known, while it is read.
///
/// 1. A byte that means nothing in Windows-1252, and half a character of UTF-16, become U+FFFD. So the reader finds
///    them, and knows their line.
/// 2. `ready[readyStart...]` go out before anything else.
package struct DecodingSource: ByteSource {
  private static let chunkSize = 65_536

  private let encoding: TextEncoding
  private var source: any ByteSource
  private var raw: [UInt8] = []
  private var isAtEnd = false
  private var isStart = true
  private var ready: [UInt8] = []
  private var readyStart = 0
  private var chunk: [UInt8]

  package init(_ source: any ByteSource, as encoding: TextEncoding) {
    self.source = source
    self.encoding = encoding
    chunk = [UInt8](repeating: 0, count: Self.chunkSize)
  }

  package mutating func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    if encoding == .utf8 { return try source.read(into: &buffer, at: range) }
    while readyStart == ready.count {
      if isAtEnd { return 0 }
      let count = try source.read(into: &chunk, at: 0..<chunk.count)
      isAtEnd = count == 0
      ready.removeAll(keepingCapacity: true)
      readyStart = 0
      raw += chunk[..<count]
      if encoding == .windows1252 { decodeBytes() } else { decodeUnits() }
    }
    let taken = min(range.count, ready.count - readyStart)
    buffer.replaceSubrange(
      range.lowerBound..<(range.lowerBound + taken), with: ready[readyStart..<(readyStart + taken)])
    readyStart += taken
    return taken
  }

  private mutating func decodeBytes() {
    for byte in raw {
      if byte < 0x80 {
        ready.append(byte)
      } else {
        ready.append(contentsOf: (UTF8Source.scalar(byte) ?? "\u{FFFD}").utf8)
      }
    }
    raw.removeAll(keepingCapacity: true)
  }

  /// Decodes all whole characters. What is left of the last one stays in `raw` until more is read.
  private mutating func decodeUnits() {
    let isLittle = encoding == .utf16LittleEndian
    func unit(_ index: Int) -> UInt16 {
      let (first, second) = (UInt16(raw[index]), UInt16(raw[index + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    var index = 0
    while index + 1 < raw.count {
      let first = unit(index)
      var scalar = Unicode.Scalar(UInt32(first))
      var width = 2
      if 0xD800...0xDBFF ~= first {
        if index + 3 >= raw.count, !isAtEnd { break }
        if index + 3 < raw.count, 0xDC00...0xDFFF ~= unit(index + 2) {
          let low = UInt32(unit(index + 2)) - 0xDC00
          scalar = Unicode.Scalar(0x1_0000 + (UInt32(first) - 0xD800) << 10 + low)
          width = 4
        }
      }
      index += width
      // The mark at the start is no part of the text.
      if isStart, scalar == "\u{FEFF}" {
        isStart = false
        continue
      }
      isStart = false
      ready.append(contentsOf: (scalar ?? "\u{FFFD}").utf8)
    }
    raw.removeFirst(index)
    if isAtEnd, !raw.isEmpty {
      raw.removeAll()
      ready.append(contentsOf: "\u{FFFD}".utf8)
    }
  }
}
