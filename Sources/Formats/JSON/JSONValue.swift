/// A JSON value in memory. Objects keep their members in the order given.
package enum JSONValue: Equatable, Sendable {
  /// A name and value in an object.
  package struct Member: Equatable, Sendable {
    package let name: String
    package let value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  /// A number, as JSON writes it, that neither an `Int` nor a `Double` keeps exactly.
  case literal(String)
  case string(String)
  case array([JSONValue])
  /// Names should differ; this is not checked.
  case object([Member])

  /// The text, or null if there is none.
  package static func string(orNull text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  package static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  /// The value as JSON text.
  package func text(style: JSONWriter.Style = .pretty) -> String {
    let sink = MemorySink()
    var writer = JSONWriter(sink, style: style)
    // A sink in memory takes everything.
    try? writer.write(self)
    return sink.text
  }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(nilLiteral: ()) {
    self = .null
  }

  package init(booleanLiteral value: Bool) {
    self = .bool(value)
  }

  package init(integerLiteral value: Int) {
    self = .integer(value)
  }

  package init(floatLiteral value: Double) {
    self = .number(value)
  }

  package init(stringLiteral value: String) {
    self = .string(value)
  }

  package init(arrayLiteral elements: JSONValue...) {
    self = .array(elements)
  }

  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0, $1) })
  }
}
