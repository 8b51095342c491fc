import RegistryFormats
import Testing

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

@Suite struct CSVWriterTests {
  private func written(_ records: [[String]], _ options: CSVWriter.Options = CSVWriter.Options()) throws -> String {
    let sink = MemorySink()
    var writer = CSVWriter(sink, options: options)
    for record in records { try writer.write(record) }
    return sink.text
  }

  @Test func `Quotes what it must`() throws {
    #expect(
      try written([["a", "b c", "d,e", "f\"g", "h\ni", "j\rk", ""]]) == "a,b c,\"d,e\",\"f\"\"g\",\"h\ni\",\"j\rk\",\n")
    #expect(try written([[""], [], ["\u{FEFF}a"]]) == "\"\"\n\n\"\u{FEFF}a\"\n")
  }

  @Test func `Line end and quoting can be chosen`() throws {
    var options = CSVWriter.Options()
    options.lineEnd = .crlf
    options.quoting = .all
    #expect(try written([["a", ""], ["b,", "c"]], options) == "\"a\",\"\"\r\n\"b,\",\"c\"\r\n")
  }

  @Test(arguments: 0..<300) func `Any table is read back`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let alphabet: [Unicode.Scalar] = [
      "a", "b", "1", " ", ",", ",", ";", "\"", "\"", "\n", "\r", "\u{1}", "é", "😀", "\u{FEFF}",
    ]
    let table = (0..<Int.random(in: 0...12, using: &random)).map { _ in
      (0..<Int.random(in: 1...6, using: &random)).map { _ in
        let length = Int.random(in: 0...Int.random(in: 0...40, using: &random), using: &random)
        var field = String.UnicodeScalarView()
        for _ in 0..<length { field.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)]) }
        return String(field)
      }
    }
    var options = CSVWriter.Options()
    options.lineEnd = Bool.random(using: &random) ? .lf : .crlf
    options.quoting = Bool.random(using: &random) ? .minimal : .all
    let text = try written(table, options)
    let read = try records(text, bufferSize: Int.random(in: 1...40, using: &random))
    // Bytes are compared, because strings are equal even if they hold different forms of a character.
    #expect(read.map { $0.map { Array($0.utf8) } } == table.map { $0.map { Array($0.utf8) } })
  }

  @Test func `Reports a broken pipe`() throws {
    let sink = try brokenPipe()
    #expect(throws: WriteError.brokenPipe) {
      var writer = CSVWriter(sink)
      try writer.write(["a"])
      try sink.flush()
    }
  }
}
