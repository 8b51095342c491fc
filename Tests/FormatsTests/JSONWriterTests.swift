import RegistryFormats
import Testing

@Suite struct JSONWriterTests {
  @Test func `Nested values are indented`() {
    let value: JSONValue = ["z": [1, 2.5, nil], "a": [:], "b": [], "c": ["d": true, "e": "f"]]
    #expect(
      value.text() == """
        {
          "z": [
            1,
            2.5,
            null
          ],
          "a": {},
          "b": [],
          "c": {
            "d": true,
            "e": "f"
          }
        }

        """)
    #expect(value.text(style: .compact) == #"{"z":[1,2.5,null],"a":{},"b":[],"c":{"d":true,"e":"f"}}"# + "\n")
  }

  static let scalars: [(value: JSONValue, text: String)] = [
    ("a\"b\\c/d", #""a\"b\\c/d""#),
    ("\u{8}\u{C}\n\r\t\0\u{1F}\u{7F}é😀", "\"\\b\\f\\n\\r\\t\\u0000\\u001f\u{7F}é😀\""),
    (.integer(.min), "-9223372036854775808"),
    (0.1, "0.1"),
    (1e300, "1e+300"),
    (.number(.leastNonzeroMagnitude), "5e-324"),
    (.number(-0.0), "-0.0"),
    (.number(.nan), "null"),
    (.number(-.infinity), "null"),
    (false, "false"),
    (nil, "null"),
  ]

  @Test(arguments: scalars) func `Writes scalars`(value: JSONValue, text: String) {
    #expect(value.text() == text + "\n")
  }

  @Test func `Values are written one after the other`() throws {
    let sink = MemorySink()
    var writer = JSONWriter(sink, style: .compact)
    try writer.beginArray()
    try writer.beginObject()
    try writer.key("a\"")
    try writer.write(nil)
    try writer.endObject()
    try writer.write(7)
    try writer.write(["x"])
    try writer.endArray()
    #expect(sink.text == #"[{"a\"":null},7,["x"]]"# + "\n")
  }
}
