import RegistryFormats
import Testing

/// The text as UTF-8, its encoding, and the number of converted characters.
private func read(
  _ bytes: [UInt8], piece: Int = 65_536
) throws -> (bytes: [UInt8], encoding: UTF8Source.Encoding, convertedCount: Int) {
  let source = UTF8Source(PiecewiseSource(bytes, piece: max(piece / 2, 1)), path: "data.csv")
  let bytes = try contents(of: source, piece: piece)
  return (bytes, source.encoding, source.convertedCount)
}

/// Returns at most `piece` bytes at a time.
private struct PiecewiseSource: ByteSource {
  var source: MemorySource
  let piece: Int

  init(_ bytes: [UInt8], piece: Int) {
    source = MemorySource(bytes)
    self.piece = piece
  }

  mutating func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    try source.read(into: &buffer, at: range.lowerBound..<min(range.upperBound, range.lowerBound + piece))
  }
}

@Suite struct UTF8SourceTests {
  static let pieces = [1, 2, 3, 4, 9, 65_536]
  private let ascii = bytes(String(repeating: "code,name\n", count: 20))

  @Test(arguments: pieces) func `Passes ASCII`(piece: Int) throws {
    #expect(try read([], piece: piece) == ([], .ascii, 0))
    #expect(try read(ascii, piece: piece) == (ascii, .ascii, 0))
  }

  @Test(arguments: pieces) func `Passes UTF-8`(piece: Int) throws {
    for text in ["é", "Ynys Môn\n", "😀", "\u{FEFF}code\n", "a\u{FFFD}"] {
      #expect(try read(ascii + bytes(text), piece: piece) == (ascii + bytes(text), .utf8, 0))
    }
  }

  /// The reader of the text then says on which line they are.
  @Test(arguments: pieces) func `Leaves bytes that are no UTF-8 after some that are`(piece: Int) throws {
    let text = bytes("\u{FEFF}é") + [0xE9, 0x0A, 0x81, 0xC3]
    #expect(try read(ascii + text, piece: piece) == (ascii + text, .utf8, 0))
  }

  @Test(arguments: pieces) func `Converts Windows-1252`(piece: Int) throws {
    let raw: [UInt8] = [0x59, 0x6E, 0x79, 0x73, 0x20, 0x4D, 0xF4, 0x6E, 0x20, 0x96, 0x20, 0x80, 0x35, 0x0A]
    let text = bytes("Ynys Môn – €5\n")
    #expect(try read(ascii + raw, piece: piece) == (ascii + text, .windows1252, 3))
    #expect(try read(ascii + raw + ascii, piece: piece) == (ascii + text + ascii, .windows1252, 3))
    #expect(try read([0xE9], piece: piece) == (bytes("é"), .windows1252, 1))
    #expect(try read([0xF0, 0x61], piece: piece) == (bytes("ða"), .windows1252, 1))
    #expect(try read([0xF0, 0x9F, 0x98], piece: piece) == (bytes("ðŸ˜"), .windows1252, 3))
  }

  @Test func `Converts every byte`() throws {
    let undefined: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
    let raw = (UInt8(0x80)...0xFF).filter { !undefined.contains($0) }.flatMap { [$0, UInt8(ascii: " ")] }
    let text = String(decoding: try read(raw).bytes, as: UTF8.self)
    #expect(text.hasPrefix("€ ‚ ƒ „ … † ‡ ˆ ‰ Š ‹ Œ Ž ‘ ’ “ ” • – — ˜ ™ š › œ ž Ÿ \u{A0} ¡ ¢ £ "))
    #expect(text.hasSuffix("ý þ ÿ "))
    #expect(text.unicodeScalars.count == raw.count)
  }

  @Test(arguments: pieces) func `Refuses bytes that mean nothing`(piece: Int) {
    for byte: UInt8 in [0x81, 0x8D, 0x8F, 0x90, 0x9D] {
      #expect(
        flaw { try read(ascii + [0xE9, 0x20, byte, 0x20], piece: piece) }
          == .undefinedByte(byte, offset: ascii.count + 2))
    }
  }

  @Test(arguments: pieces) func `Refuses UTF-8 after Windows-1252`(piece: Int) {
    #expect(
      flaw { try read(ascii + [0xE9, 0x20] + bytes("é"), piece: piece) } == .mixedEncodings(offset: ascii.count + 2))
  }

  @Test func `Repeats the error and names the file`() throws {
    let source = UTF8Source(MemorySource([0x20, 0x81]), path: "data.csv")
    for _ in 0..<2 {
      do throws(FileError) {
        _ = try contents(of: source)
        Issue.record("no error")
      } catch {
        #expect(
          error.description
            == "cannot read data.csv: the byte 81 at offset 1 is neither UTF-8 nor Windows-1252: save the file in UTF-8"
        )
      }
    }
  }

  @Test func `Gives out what comes before an error`() throws {
    let source = UTF8Source(MemorySource([0xE9, 0x2C, 0x81]), path: "data.csv")
    var buffer = [UInt8](repeating: 0, count: 9)
    #expect(try source.read(into: &buffer, at: 0..<9) == 3)
    #expect(Array(buffer[..<3]) == bytes("é,"))
    #expect(flaw { try source.read(into: &buffer, at: 0..<9) } == .undefinedByte(0x81, offset: 2))
  }

  @Test func `A reader of CSV sees no difference`() throws {
    var reader = CSVReader(UTF8Source(MemorySource([0x63, 0xF4, 0x2C, 0x22, 0x93, 0x22, 0x0A]), path: "data.csv"))
    #expect(try reader.next())
    #expect(reader.texts() == ["cô", "“"])
  }
}
