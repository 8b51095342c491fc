import RegistryFormats
import Glibc
import Testing

/// All records of `text`, read with a buffer of `bufferSize` bytes.
func records(_ text: String, bufferSize: Int = 65_536) throws(CSVError) -> [[String]] {
  var options = CSVReader.Options()
  options.bufferSize = bufferSize
  var reader = CSVReader(bytes: Array(text.utf8), options: options)
  var records: [[String]] = []
  while try reader.next() { records.append(reader.texts()) }
  return records
}

@Suite struct CSVReaderTests {
  static let wellFormed: [(text: String, records: [[String]])] = [
    ("", []),
    ("\u{FEFF}", []),
    ("a", [["a"]]),
    ("\n", [[""]]),
    ("a\n\nb\n", [["a"], [""], ["b"]]),
    ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
    ("a,b\nc,", [["a", "b"], ["c", ""]]),
    (",", [["", ""]]),
    (",,\n", [["", "", ""]]),
    ("\u{FEFF}a,b\n", [["a", "b"]]),
    ("\u{FEFF}\"a\"\n", [["a"]]),
    ("\"\"", [[""]]),
    ("\"\",\"\"\n", [["", ""]]),
    ("\"a,b\",c\n", [["a,b", "c"]]),
    ("\"a\"\"b\",\"\"\"\"\n", [["a\"b", "\""]]),
    ("\"\"\"\"\"\"", [["\"\""]]),
    ("\"x\ny\r\nz\rw\"\r\nnext\n", [["x\ny\r\nz\rw"], ["next"]]),
    (" a , b \n", [[" a ", " b "]]),
    ("žluťoučký,😀\n", [["žluťoučký", "😀"]]),
    ("a\u{1},\u{1}\u{1}-\u{1}\n", [["a\u{1}", "\u{1}\u{1}-\u{1}"]]),
    ("12345678,12345678\n1234567,\n", [["12345678", "12345678"], ["1234567", ""]]),
  ]

  @Test(arguments: wellFormed) func `Reads well formed text`(text: String, expected: [[String]]) throws {
    for bufferSize in [1, 4, 5, 7, 8, 9, 16, 65_536] {
      #expect(try records(text, bufferSize: bufferSize) == expected)
    }
  }

  static let malformed: [(text: String, line: Int, column: Int, reason: CSVError.Reason)] = [
    ("a,b\"c\n", 1, 4, .quoteInUnquotedField),
    ("\u{FEFF}a\"\n", 1, 2, .quoteInUnquotedField),
    ("é,ž\"\n", 1, 4, .quoteInUnquotedField),
    ("a\n\"b\"c\n", 2, 4, .textAfterClosingQuote),
    ("a\n\"x\ny\"c\n", 3, 3, .textAfterClosingQuote),
    ("\"a\" ,b", 1, 4, .textAfterClosingQuote),
    ("a\n1,\"x\ny\n", 2, 3, .unterminatedQuote),
    ("\"", 1, 1, .unterminatedQuote),
    ("\"a\"\"", 1, 1, .unterminatedQuote),
    ("a\0b", 1, 2, .nulByte),
    ("a,\"b\n\0\"", 2, 1, .nulByte),
    ("\"a\"\0", 1, 4, .nulByte),
    ("a\n\0", 2, 1, .nulByte),
    ("a\rb\n", 1, 2, .bareCarriageReturn),
    ("a\r\r\n", 1, 2, .bareCarriageReturn),
    ("\"a\"\r", 1, 4, .bareCarriageReturn),
  ]

  @Test(arguments: malformed)
  func `Refuses malformed text`(text: String, line: Int, column: Int, reason: CSVError.Reason) {
    let expected = CSVError(line: line, column: column, reason: reason)
    for bufferSize in [1, 4, 5, 7, 8, 9, 16, 65_536] {
      #expect(throws: expected) { try records(text, bufferSize: bufferSize) }
    }
  }

  @Test func `Repeats an error`() {
    var reader = CSVReader(literal: "a\"\nb\n")
    for _ in 0..<2 {
      do throws(CSVError) {
        _ = try reader.next()
        Issue.record("no error")
      } catch {
        #expect(error.description == "line 1, column 2: a quote is inside a field that does not begin with a quote")
      }
    }
  }

  @Test(arguments: [4, 7, 65_536]) func `Limits fields`(bufferSize: Int) throws {
    var options = CSVReader.Options()
    options.bufferSize = bufferSize
    options.maximumFieldLength = 3
    var reader = CSVReader(bytes: Array("abc,\"a\"\"b\"\nab,abcd\n".utf8), options: options)
    #expect(try reader.next())
    #expect(reader.texts() == ["abc", "a\"b"])
    do throws(CSVError) {
      _ = try reader.next()
      Issue.record("no error")
    } catch {
      #expect(error == CSVError(line: 2, column: 4, reason: .fieldTooLong(limit: 3)))
    }
  }

  /// A fuzzer found that the carriage return was counted as one of the field's bytes.
  @Test(arguments: [4, 5, 65_536]) func `Takes a field of the limit whose line end is read in two`(bufferSize: Int)
    throws
  {
    var options = CSVReader.Options()
    options.bufferSize = bufferSize
    options.maximumFieldLength = 3
    var reader = CSVReader(bytes: Array("abc\r\nabc\r\n".utf8), options: options)
    for _ in 0..<2 {
      #expect(try reader.next())
      #expect(reader.texts() == ["abc"])
    }
    #expect(try !reader.next())
  }

  /// A fuzzer found that the reason depended on where the buffer ended.
  @Test(arguments: [4, 7, 65_536]) func `Limits records whatever else is wrong`(bufferSize: Int) throws {
    var options = CSVReader.Options()
    options.bufferSize = bufferSize
    options.maximumRecordLength = 6
    var reader = CSVReader(bytes: Array("ab,cd,e\rx\n".utf8), options: options)
    do throws(CSVError) {
      _ = try reader.next()
      Issue.record("no error")
    } catch {
      #expect(error == CSVError(line: 1, column: 1, reason: .recordTooLong(limit: 6)))
    }
  }

  @Test(arguments: [4, 7, 65_536]) func `Limits records`(bufferSize: Int) throws {
    var options = CSVReader.Options()
    options.bufferSize = bufferSize
    options.maximumRecordLength = 6
    var reader = CSVReader(bytes: Array("ab,cd\na,b,c,d\n".utf8), options: options)
    #expect(try reader.next())
    do throws(CSVError) {
      _ = try reader.next()
      Issue.record("no error")
    } catch {
      #expect(error == CSVError(line: 2, column: 1, reason: .recordTooLong(limit: 6)))
    }
  }

  @Test func `Describes the record`() throws {
    var reader = CSVReader(literal: "\"x\ny\",;\n\n\"\"\n")
    #expect(reader.fieldCount == 0)
    #expect(try reader.next())
    #expect(reader.line == 1 && reader.fieldCount == 2)
    #expect(reader.wasQuoted(0) && !reader.wasQuoted(1))
    #expect(Array(reader.bytes(1)) == [UInt8(ascii: ";")])
    #expect(reader.withBytes(0) { $0.count } == 3)
    #expect(try reader.next())
    #expect(reader.line == 3 && reader.isBlank)
    #expect(try reader.next())
    #expect(reader.line == 4 && !reader.isBlank && reader.isEmpty(0))
    #expect(try !reader.next())
    #expect(try !reader.next())
    #expect(reader.fieldCount == 0)
  }

  @Test func `Kept bytes outlive the record`() throws {
    var reader = CSVReader(literal: "\"a\"\"\"\n\"b\"\"\"\n")
    #expect(try reader.next())
    let kept = reader.bytes(0)
    #expect(try reader.next())
    #expect(Array(kept) == Array("a\"".utf8))
    #expect(reader.text(0) == "b\"")
  }

  @Test func `Tells invalid UTF-8`() throws {
    var reader = CSVReader(bytes: [0xFF, UInt8(ascii: ","), 0xC3, 0xA9])
    #expect(try reader.next())
    #expect(!reader.isValidUTF8(0) && reader.text(0) == "\u{FFFD}")
    #expect(reader.isValidUTF8(1) && reader.text(1) == "é")
  }

  @Test func `Reports an unreadable source`() throws {
    #expect(throws: FileError.self) { _ = try CSVReader(path: "/nonexistent.csv") }
    var reader = try CSVReader(path: "/")
    do throws(CSVError) {
      _ = try reader.next()
      Issue.record("no error")
    } catch {
      #expect(error.description == "line 1, column 1: cannot read /: Is a directory")
    }
  }

  @Test func `Reads a file larger than the buffer`() throws {
    let path = "/tmp/FormatsTests.\(UInt64.random(in: 0...(.max))).csv"
    defer { unlink(path) }
    let table = (0..<20_000).map { ["\($0)", $0 % 7 == 0 ? "say \"\($0)\"\n" : "plain", ""] }
    let file = try AtomicFile(path)
    var writer = CSVWriter(file)
    for record in table { try writer.write(record) }
    try file.commit()
    var reader = try CSVReader(path: path)
    for record in table {
      #expect(try reader.next())
      #expect(reader.texts() == record)
    }
    #expect(try !reader.next())
  }

  @Test func `Reads a long field in small pieces`() throws {
    let field = String(repeating: "ab\"\n", count: 50_000)
    let text = "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    #expect(try records(text, bufferSize: 4) == [[field]])
  }
}
