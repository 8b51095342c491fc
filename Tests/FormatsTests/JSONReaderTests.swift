import RegistryFormats
import Testing

private func value(_ text: String) throws(JSONError) -> JSONValue { try JSONReader.read(bytes(text)) }

@Suite struct JSONReaderTests {
  static let values: [(text: String, value: JSONValue)] = [
    ("null", nil), ("true", true), (" false\r\n\t", false), ("\u{FEFF}1", 1),
    ("[]", []), ("{}", [:]), ("[ ]", []), ("{ }", [:]), ("[1,[2],{}]", [1, [2], [:]]),
    (#"{"b":1,"a":{"b":null},"":[]}"#, ["b": 1, "a": ["b": nil], "": []]),
    (#""""#, ""), (#""00L""#, "00L"), (#""žluťoučký 😀 12345678""#, "žluťoučký 😀 12345678"),
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u0041\u00e9\u20AC\ud83d\uDE00\u0000x""#, "Aé€😀\0x"),
    (#""1234567\n12345678\n""#, "1234567\n12345678\n"), ("\"\u{7F}\u{2028}\"", "\u{7F}\u{2028}"),
  ]

  @Test(arguments: values) func `A value is read as it is written`(text: String, expected: JSONValue) throws {
    #expect(try value(text) == expected)
  }

  static let numbers: [(text: String, value: JSONValue)] = [
    ("0", 0), ("-1", -1), ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
    ("9223372036854775808", .literal("9223372036854775808")),
    ("-9223372036854775809", .literal("-9223372036854775809")),
    ("123456789012345678901234567890", .literal("123456789012345678901234567890")),
    ("0.1", .number(0.1)), ("-0.001", .number(-0.001)), ("1.0", .number(1)), ("1e2", .number(100)),
    ("1E+2", .number(100)),
    ("25e-1", .number(2.5)), ("123456789012.345", .number(123_456_789_012.345)), ("1e-30", .number(1e-30)),
    ("1.5e200", .number(1.5e200)), ("0e999", .number(0)), ("0.000", .number(0)),
    ("0.30000000000000004", .number(0.1 + 0.2)), ("5e-324", .number(.leastNonzeroMagnitude)), ("1e300", .number(1e300)),
    ("0.3000000000000001", .number(0.3000000000000001)), ("4e-324", .literal("4e-324")),
    ("0.12345678901234567", .literal("0.12345678901234567")),
    ("-12345678901234567.8", .literal("-12345678901234567.8")),
    ("0.1000000000000000055511151231257827", .literal("0.1000000000000000055511151231257827")),
    ("1e400", .literal("1e400")),
    ("1e-99999999999999999999", .literal("1e-99999999999999999999")),
  ]

  @Test(arguments: numbers) func `Loses no digit`(text: String, expected: JSONValue) throws {
    #expect(try value(text) == expected)
    #expect(try value("[\(text)]") == .array([expected]))
    #expect(try value(expected.text()) == expected)
  }

  @Test func `Keeps the sign of zero`() throws {
    for text in ["-0", "-0.0", "-0e1"] {
      guard case .number(let number) = try value(text) else {
        Issue.record("\(text) is no number")
        continue
      }
      #expect(number == 0 && number.sign == .minus)
    }
  }

  static let malformed: [(text: String, line: Int, column: Int, reason: JSONError.Reason)] = [
    ("", 1, 1, .endOfText), (" \n ", 2, 2, .endOfText), ("\u{FEFF}", 1, 1, .endOfText), ("[1,", 1, 4, .endOfText),
    ("[1", 1, 3, .endOfText), (#"{"a""#, 1, 5, .endOfText), (#"{"a":1"#, 1, 7, .endOfText), ("{", 1, 2, .endOfText),
    ("[1,]", 1, 4, .expected("a value")), ("[,1]", 1, 2, .expected("a value")), ("nul", 1, 1, .expected("a value")),
    ("True", 1, 1, .expected("a value")), ("NaN", 1, 1, .expected("a value")), ("'a'", 1, 1, .expected("a value")),
    ("\0", 1, 1, .expected("a value")), ("[1 2]", 1, 4, .expected("a comma or ]")),
    ("[1}", 1, 3, .expected("a comma or ]")),
    ("[1\0]", 1, 3, .expected("a comma or ]")), ("{1:2}", 1, 2, .expected("a name in quotes")),
    (#"{"a":1,}"#, 1, 8, .expected("a name in quotes")), (#"{"a" 1}"#, 1, 6, .expected("a colon")),
    (#"{"a":1 "b":2}"#, 1, 8, .expected("a comma or }")), ("// x\n1", 1, 1, .expected("a value")),
    ("\u{FEFF}\u{FEFF}1", 1, 1, .expected("a value")),
    ("1 2", 1, 3, .textAfterValue), ("{}\n\nx", 3, 1, .textAfterValue), ("nullx", 1, 5, .textAfterValue),
    ("1\0", 1, 2, .textAfterValue), ("[]]", 1, 3, .textAfterValue),
    ("01", 1, 1, .invalidNumber), ("-", 1, 1, .invalidNumber), ("-01", 1, 1, .invalidNumber),
    ("[1.]", 1, 2, .invalidNumber),
    ("1.e2", 1, 1, .invalidNumber), ("1e", 1, 1, .invalidNumber), ("1e+", 1, 1, .invalidNumber),
    ("-a", 1, 1, .invalidNumber),
    ("+1", 1, 1, .expected("a value")), (".5", 1, 1, .expected("a value")), ("0x1", 1, 2, .textAfterValue),
    ("[\"a", 1, 2, .unterminatedString), (#"["a\"]"#, 1, 2, .unterminatedString), (#""\n"#, 1, 1, .unterminatedString),
    ("[\n \"é\n\"]", 2, 4, .controlCharacter), ("\"a\tb\"", 1, 3, .controlCharacter),
    ("\"\\n\0\"", 1, 4, .controlCharacter),
    (#""\x""#, 1, 2, .invalidEscape), (#""\u12g4""#, 1, 2, .invalidEscape), (#""\u123"#, 1, 2, .invalidEscape),
    (#""\"#, 1, 2, .invalidEscape), (#""\U0041""#, 1, 2, .invalidEscape),
    (#""\ud83d""#, 1, 2, .loneSurrogate), (#""a\ude00""#, 1, 3, .loneSurrogate),
    (#""\ud83d\u0041""#, 1, 2, .loneSurrogate),
    (#""\ud83d\ud83d""#, 1, 2, .loneSurrogate), (#""\ud83dx""#, 1, 2, .loneSurrogate),
    (#"{"a":1,"b":2,"a":3}"#, 1, 14, .duplicateName("a")), (#"{"a":{"a":1},"\u0061":3}"#, 1, 14, .duplicateName("a")),
    ("{\"\u{E9}\":1,\"e\u{301}\":2}", 1, 8, .duplicateName("e\u{301}")),
  ]

  @Test(arguments: malformed) func `What is malformed is refused with its place`(
    text: String, line: Int, column: Int, reason: JSONError.Reason
  ) {
    #expect(throws: JSONError(line: line, column: column, reason: reason)) { try value(text) }
  }

  @Test(
    arguments: [
      [0xFF], [0x80], [0xC3], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xF0, 0x9F, 0x98],
    ] as [[UInt8]])
  func `Refuses bytes that are not UTF-8`(invalid: [UInt8]) {
    let expected = JSONError(line: 2, column: 4, reason: .invalidUTF8)
    #expect(throws: expected) { try JSONReader.read(bytes("[\n\"aé") + invalid + bytes("x\"]")) }
    let escaped = JSONError(line: 2, column: 4, reason: .invalidUTF8)
    #expect(throws: escaped) { try JSONReader.read(bytes("[\n\"\\n") + invalid + bytes("x\"]")) }
  }

  @Test func `Finds a double name among many`() throws {
    let members = (0..<1_000).map { #""name\#($0)":\#($0)"# }
    let object = try value("{\(members.joined(separator: ","))}")
    #expect(object == .object((0..<1_000).map { JSONValue.Member("name\($0)", .integer($0)) }))
    for name in ["name0", "name11", "name12", "name999"] {
      #expect(throws: JSONError.self) { try value("{\(members.joined(separator: ",")),\"\(name)\":0}") }
    }
  }

  @Test func `Limits depth and size`() throws {
    let nested = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
    #expect(throws: Never.self) { try value(nested(64)) }
    #expect(throws: JSONError(line: 1, column: 65, reason: .tooDeep(limit: 64))) { try value(nested(65)) }
    #expect(throws: JSONError.self) { try value(String(repeating: #"{"a":"#, count: 1_000_000)) }
    var limits = JSONReader.Limits()
    limits.size = 5
    #expect(try JSONReader.read(bytes("[1,2]"), limits: limits) == [1, 2])
    let tooLong = JSONError(line: 1, column: 6, reason: .tooLong(limit: 5))
    #expect(throws: tooLong) { try JSONReader.read(bytes("[1,23]"), limits: limits) }
  }

  @Test func `Describes errors`() {
    let error = JSONError(line: 3, column: 7, reason: .duplicateName("a\n"))
    #expect(error.description == #"line 3, column 7: the object has two members of the name "a\n""#)
  }

  @Test func `Reads what the writer writes`() throws {
    let value: JSONValue = [
      "text": "a\"\\\u{1}\u{7F}é", "numbers": [1, -2.5, 1e300, .literal("1e999")],
      "nested": [["a": []], [:], nil, true],
    ]
    for style in [JSONWriter.Style.pretty, .compact] {
      #expect(try JSONReader.read(bytes(value.text(style: style))) == value)
    }
  }
}
