import Testing

@testable import RegistryFormats

/// A source that gives one byte at a time.
private struct Trickle: ByteSource {
  var source: MemorySource

  mutating func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
    try source.read(into: &buffer, at: range.lowerBound..<range.lowerBound + 1)
  }
}

private let names = ["a", "b", "id", "x:y", "a-name-of-many-letters"]

private let bufferSizes = [4, 5, 7, 8, 9, 16, 31, 65_536]

/// All tags of a document as lines: `1:1 <a id='1'`, or `1:3 text </a`.
private func tags(_ source: any ByteSource, options: XMLReader.Options) throws(XMLError) -> [String] {
  var reader = XMLReader(source, names: names, options: options)
  var tags: [String] = []
  while let tag = try reader.next() {
    let attributes = names.indices.compactMap { name in reader.attribute(name).map { " \(names[name])='\($0)'" } }
    let kind = tag == .start ? "<" : "</"
    tags.append("\(reader.line):\(reader.column) \(reader.text)\(kind)\(reader.spelling)\(attributes.joined())")
  }
  return tags
}

private func tags(
  _ document: [UInt8], bufferSize: Int = 65_536, depth: Int = 64, length: Int = 1 << 20
) throws(XMLError) -> [String] {
  var options = XMLReader.Options()
  (options.bufferSize, options.maximumDepth, options.maximumLength) = (bufferSize, depth, length)
  return try tags(MemorySource(document), options: options)
}

@Suite struct XMLReaderTests {
  static let wellFormed: [(document: String, tags: [String])] = [
    ("<a/>", ["1:1 <a", "1:5 </a"]),
    ("<a></a>", ["1:1 <a", "1:4 </a"]),
    ("\u{FEFF}<a/>", ["1:1 <a", "1:5 </a"]),
    ("<?xml version='1.0' encoding='utf-8'?><a/>", ["1:39 <a", "1:43 </a"]),
    ("<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<a/>\n<!-- end -->\n", ["2:1 <a", "2:5 </a"]),
    ("<a>\n  <b>text</b>\n</a>", ["1:1 <a", "2:3 \n  <b", "2:10 text</b", "3:1 \n</a"]),
    ("<a>1<b/>2<b/>3</a>", ["1:1 <a", "1:5 1<b", "1:9 </b", "1:10 2<b", "1:14 </b", "1:15 3</a"]),
    ("<a id='1' x:y=\"it's\"/>", ["1:1 <a id='1' x:y='it's'", "1:23 </a"]),
    ("<a id=''/>", ["1:1 <a id=''", "1:11 </a"]),
    ("<a other='1'/>", ["1:1 <a", "1:15 </a"]),
    ("<x:y><other>t</other></x:y>", ["1:1 <x:y", "1:6 <other", "1:14 t</", "1:22 </x:y"]),
    ("<a-name-of-many-letters/>", ["1:1 <a-name-of-many-letters", "1:26 </a-name-of-many-letters"]),
    ("<a-name-of-many-letter/>", ["1:1 <a-name-of-many-letter", "1:25 </"]),
    ("<žluť ö='1'/>", ["1:1 <žluť", "1:14 </"]),
    ("<a>é😀<b/></a>", ["1:1 <a", "1:6 é😀<b", "1:10 </b", "1:10 </a"]),
    ("<a>&lt;&amp;&#65;&#x1F600;&quot;&apos;&gt;</a>", ["1:1 <a", "1:43 <&A😀\"'></a"]),
    ("<a id='&lt;&#10;&#65; \n'/>", ["1:1 <a id='<\nA  '", "2:4 </a"]),
    ("<a>x<![CDATA[<b>&amp;]]]]><![CDATA[>]]>y</a>", ["1:1 <a", "1:41 x<b>&amp;]]>y</a"]),
    ("<a>x<!-- <b> -->y<?do it?>z</a>", ["1:1 <a", "1:28 xyz</a"]),
    ("<a>\r\n1\r2\n</a>", ["1:1 <a", "4:1 \n1\n2\n</a"]),
  ]

  @Test(arguments: wellFormed) func `A tag has its text, attributes and position`(document: String, expected: [String])
    throws
  {
    for bufferSize in bufferSizes {
      #expect(try tags(Array(document.utf8), bufferSize: bufferSize) == expected, "buffer of \(bufferSize) bytes")
    }
    #expect(try tags(Trickle(source: MemorySource(Array(document.utf8))), options: .init()) == expected)
  }

  static let malformed: [(document: String, line: Int, column: Int, reason: XMLError.Reason)] = [
    ("", 1, 1, .truncated),
    (" \n", 2, 1, .truncated),
    ("<a>\n<b>", 2, 4, .truncated),
    ("<a>\n<b", 2, 1, .truncated),
    ("<a>\n<b id='1", 2, 1, .truncated),
    ("<a><!-- x", 1, 4, .truncated),
    ("<a><![CDATA[x", 1, 14, .truncated),
    ("<a>x&am", 1, 5, .truncated),
    ("<a>\n</b>", 2, 3, .notWellFormed("mismatched tag")),
    ("<a/><b/>", 1, 5, .notWellFormed("junk after document element")),
    ("<a/>x", 1, 5, .notWellFormed("junk after document element")),
    ("x", 1, 1, .notWellFormed("syntax error")),
    ("<a id='1' id='2'/>", 1, 11, .notWellFormed("duplicate attribute")),
    ("<a>\n é &e;</a>", 2, 4, .notWellFormed("undefined entity")),
    ("<a id='&e;'/>", 1, 1, .notWellFormed("undefined entity")),
    ("<a>&#0;</a>", 1, 4, .notWellFormed("reference to invalid character number")),
    ("<a>&#xD800;</a>", 1, 4, .notWellFormed("reference to invalid character number")),
    ("<a>&#x110000;</a>", 1, 4, .notWellFormed("reference to invalid character number")),
    ("<a b='<'/>", 1, 7, .notWellFormed("not well-formed (invalid token)")),
    ("<a>]]></a>", 1, 6, .notWellFormed("not well-formed (invalid token)")),
    ("<a>\u{1}</a>", 1, 4, .notWellFormed("not well-formed (invalid token)")),
    ("<a>\u{FFFE}</a>", 1, 4, .strayCharacter),
    ("<a×/>", 1, 3, .strayCharacter),
    // A fuzzer found that the answer depended on where the buffer ended.
    ("<a/\u{FEFF}>", 1, 4, .strayCharacter),
    ("<a>\n\0</a>", 2, 1, .nulByte),
    ("<a id='\0'/>", 1, 8, .nulByte),
    ("\0\0\0\0", 1, 1, .nulByte),
    ("<?xml version='1.0' encoding='ISO-8859-1'?><a/>", 1, 1, .encoding("ISO-8859-1")),
    ("<?xml version='1.0' encoding='windows-1252'?><a/>", 1, 1, .encoding("windows-1252")),
    ("<?xml version='1.0' encoding='utf-16'?><a/>", 1, 1, .encoding("utf-16")),
    ("<?xml version='1.0' encoding='x'?><a/>", 1, 1, .encoding("x")),
    ("<!DOCTYPE a><a/>", 1, 12, .documentType),
    ("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", 1, 40, .documentType),
    ("<!DOCTYPE a PUBLIC 'p' 'http://example.org/'><a/>", 1, 45, .documentType),
    ("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>", 1, 13, .documentType),
    ("<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://example.org/'>%p;]><a/>", 1, 13, .documentType),
    ("\n<!DOCTYPE a [<!ENTITY e 'ee'><!ENTITY f '&e;&e;&e;'>]><a>&f;&f;</a>", 2, 13, .documentType),
    ("<a><!DOCTYPE a></a>", 1, 6, .notWellFormed("not well-formed (invalid token)")),
  ]

  @Test(arguments: malformed)
  func `Text that is not well formed or not safe is refused`(
    document: String, line: Int, column: Int, reason: XMLError.Reason
  ) {
    let expected = XMLError(line: line, column: column, reason: reason)
    for bufferSize in bufferSizes {
      #expect(throws: expected, "buffer of \(bufferSize) bytes") {
        try tags(Array(document.utf8), bufferSize: bufferSize)
      }
    }
  }

  static let notUTF8: [(bytes: [UInt8], column: Int, reason: XMLError.Reason)] = [
    (Array("<a>".utf8) + [0xE9] + Array("</a>".utf8), 4, .strayCharacter),
    (Array("<a>é".utf8) + [0xFF] + Array("</a>".utf8), 5, .strayCharacter),
    (Array("<a>".utf8) + [0xC0, 0x80] + Array("</a>".utf8), 4, .strayCharacter),
    (Array("<a>".utf8) + [0xED, 0xA0, 0x80] + Array("</a>".utf8), 4, .strayCharacter),
    (Array("<a>".utf8) + [0xF4, 0x90, 0x80, 0x80] + Array("</a>".utf8), 4, .strayCharacter),
    (Array("<a id='".utf8) + [0xE9] + Array("'/>".utf8), 8, .strayCharacter),
    (Array("<a>".utf8) + [0xE2, 0x82], 4, .truncated),
    ([0xFF, 0xFE] + "<a/>".utf8.flatMap { [$0, 0] }, 1, .encoding("UTF-16")),
    ([0xFE, 0xFF] + "<a/>".utf8.flatMap { [0, $0] }, 1, .encoding("UTF-16")),
    ("<a/>".utf8.flatMap { [$0, 0] }, 1, .encoding("UTF-16")),
    ("<a/>".utf8.flatMap { [0, $0] }, 1, .encoding("UTF-16")),
  ]

  @Test(arguments: notUTF8) func `Text that is not UTF-8 is refused`(
    bytes: [UInt8], column: Int, reason: XMLError.Reason
  ) {
    let expected = XMLError(line: 1, column: column, reason: reason)
    for bufferSize in bufferSizes {
      #expect(throws: expected, "buffer of \(bufferSize) bytes") { try tags(bytes, bufferSize: bufferSize) }
    }
  }

  @Test func `Elements are nested only so deep`() throws {
    let deep = String(repeating: "<a>", count: 64) + String(repeating: "</a>", count: 64)
    #expect(try tags(Array(deep.utf8)).count == 128)
    for bufferSize in bufferSizes {
      #expect(throws: XMLError(line: 1, column: 193, reason: .tooDeep(limit: 64))) {
        try tags(Array((String(repeating: "<a>", count: 64) + "<b/>").utf8), bufferSize: bufferSize)
      }
    }
  }

  @Test func `A text is only so long`() throws {
    for bufferSize in bufferSizes {
      #expect(try tags(Array("<a>12<b/>3456</a>".utf8), bufferSize: bufferSize, length: 4).last == "1:14 3456</a")
      let error = #expect(throws: XMLError.self) {
        try tags(Array("<a>\n12345</a>".utf8), bufferSize: bufferSize, length: 4)
      }
      #expect(error?.line == 2)
      #expect(error?.reason == .tooLong(limit: 4))
    }
  }

  @Test func `A tag is only so long`() throws {
    for bufferSize in bufferSizes {
      #expect(try tags(Array("<a>\n<b id='1'/></a>".utf8), bufferSize: bufferSize, length: 11).count == 4)
      #expect(throws: XMLError(line: 2, column: 1, reason: .tooLong(limit: 10))) {
        try tags(Array("<a>\n<b id='1'/></a>".utf8), bufferSize: bufferSize, length: 10)
      }
    }
  }

  /// A document that begins with `start` and never ends.
  private struct Endless: ByteSource {
    var start: [UInt8]
    let filling: UInt8

    mutating func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
      for index in range { buffer[index] = filling }
      for (index, byte) in zip(range, start) { buffer[index] = byte }
      start.removeFirst(min(start.count, range.count))
      return range.count
    }
  }

  static let endless = [
    "<a>", "<a id='", "<", "<a ", "<!--", "<?do ", "<a><!-- ", "<a><![CDATA[", "<!DOCTYPE ", "<!DOCTYPE a SYSTEM '",
    "<?xml version='", "<a></", "<a>&",
  ]

  @Test(arguments: endless) func `Text without end is refused before it takes memory`(start: String) {
    let source = Endless(start: Array(start.utf8), filling: UInt8(ascii: "x"))
    let error = #expect(throws: XMLError.self) { try tags(source, options: .init()) }
    #expect(error?.reason == .tooLong(limit: 1 << 20))
  }

  @Test func `Blanks without end are refused within the document only`() {
    let source = Endless(start: Array("<a>".utf8), filling: UInt8(ascii: "\n"))
    let error = #expect(throws: XMLError.self) { try tags(source, options: .init()) }
    #expect(error?.reason == .tooLong(limit: 1 << 20))
  }

  @Test func `Tags before an error are given and the error is repeated`() throws {
    var reader = XMLReader(MemorySource("<a>\n  <b></a>"), names: names)
    #expect(try reader.next() == .start)
    #expect(try reader.next() == .start)
    for _ in 0..<2 {
      do throws(XMLError) {
        _ = try reader.next()
        Issue.record("no error")
      } catch {
        #expect(error.description == "line 2, column 8: mismatched tag")
      }
    }
  }

  @Test func `Every sentence says what to do or what is wrong`() {
    func sentence(_ reason: XMLError.Reason) -> String { XMLError(line: 3, column: 7, reason: reason).description }
    #expect(sentence(.truncated).hasSuffix("the text ends before its outermost element does: it is cut short"))
    #expect(sentence(.encoding("x")) == "line 3, column 7: the text is in x: convert it to UTF-8")
    #expect(sentence(.documentType).contains("(DOCTYPE)"))
    #expect(sentence(.tooDeep(limit: 64)).contains("64 deep"))
    #expect(sentence(.tooLong(limit: 9)).contains("longer than 9 bytes"))
  }

  @Test func `A source that fails is reported`() throws {
    var reader = XMLReader(try Files.open("/"), names: names)
    do throws(XMLError) {
      _ = try reader.next()
      Issue.record("no error")
    } catch {
      #expect(error.description == "line 1, column 1: cannot read /: Is a directory")
    }
  }

  @Test func `An element can be skipped`() throws {
    for bufferSize in bufferSizes {
      var options = XMLReader.Options()
      options.bufferSize = bufferSize
      var reader = XMLReader(
        MemorySource("<a><b><a><b/></a>text</b><x:y/></a>"), names: names, options: options)
      #expect(try reader.next() == .start)
      #expect(reader.depth == 1)
      #expect(try reader.next() == .start)
      #expect(reader.depth == 2 && names[reader.name] == "b")
      try reader.skipElement()
      #expect(reader.depth == 2 && names[reader.name] == "b" && reader.text == "text")
      #expect(try reader.next() == .start)
      #expect(reader.depth == 2 && names[reader.name] == "x:y")
      try reader.skip(to: 1)
      #expect(reader.depth == 1 && names[reader.name] == "a")
      #expect(try reader.next() == nil)
      #expect(try reader.next() == nil)
      #expect(reader.depth == 0)
    }
  }

  @Test func `Bytes are lent without making strings`() throws {
    var reader = XMLReader(MemorySource("<a id='12'>345</a>"), names: names)
    #expect(try reader.next() == .start)
    #expect(reader.withAttribute(2) { $0.count } == 2)
    #expect(reader.withAttribute(3) { $0.count } == nil)
    #expect(try reader.next() == .end)
    #expect(reader.withText { $0.count } == 3)
    #expect(reader.withAttribute(2) { $0.count } == nil)
  }

  @Test func `A document of many buffers is read whole`() throws {
    let rows = (0..<20_000).map { "<b id='\($0)'>row \($0)</b>\n" }
    let read = try tags(Array("<a>\(rows.joined())</a>".utf8))
    #expect(read.count == 40_002)
    #expect(read[39_999] == "20000:1 \n<b id='19999'")
    #expect(read[40_000] == "20000:24 row 19999</b")
  }

  /// A document so large that a second thread parses its later buffers.
  static let large = "<a>" + (0..<50_000).map { "<b id='\($0)'/>\n" }.joined()

  @Test func `An error far behind is reported after all tags before it`() throws {
    var reader = XMLReader(MemorySource(Array((Self.large + "<b></a>").utf8)), names: names)
    var count = 0
    let error = try #require(throws: XMLError.self) { while try reader.next() != nil { count += 1 } }
    #expect(count == 100_002 && error.description == "line 50001, column 6: mismatched tag")
    #expect(throws: error) { try reader.next() }
  }

  @Test func `A source that fails far behind is reported after all tags before it`() throws {
    struct Failing: ByteSource {
      var source: MemorySource

      mutating func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
        let count = try source.read(into: &buffer, at: range)
        if count == 0 { throw FileError(path: "a.xml", operation: .read, errno: 5) }
        return count
      }
    }
    var reader = XMLReader(Failing(source: MemorySource(Array(Self.large.utf8))), names: names)
    var count = 0
    let error = #expect(throws: XMLError.self) { while try reader.next() != nil { count += 1 } }
    #expect(count == 100_001 && error?.description == "line 50001, column 1: cannot read a.xml: Input/output error")
  }

  @Test func `The first tags are given before more is read`() throws {
    final class Counting: ByteSource {
      var source: MemorySource
      var count = 0

      init(_ source: MemorySource) { self.source = source }

      func read(into buffer: inout [UInt8], at range: Range<Int>) throws(FileError) -> Int {
        let added = try source.read(into: &buffer, at: range)
        count += added
        return added
      }
    }
    let source = Counting(MemorySource(Array(Self.large.utf8)))
    let size = XMLReader.Options().bufferSize
    var reader = XMLReader(source, names: names)
    #expect(source.count == 0)
    #expect(try reader.next() == .start)
    #expect(source.count == size)
    while reader.line < 40_000 { #expect(try reader.next() != nil) }
    #expect(source.count <= Self.large.utf8.count)
  }

  @Test func `A reader that is given up leaves nothing behind`() throws {
    let bytes = Array(Self.large.utf8)
    for count in 0..<50 {
      var reader = XMLReader(MemorySource(bytes), names: names)
      for _ in 0..<(count * 500) { #expect(try reader.next() != nil) }
    }
  }
}
