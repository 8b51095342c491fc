/// Writes one JSON value (RFC 8259) piece by piece, in the order of the calls.
///
/// The calls must make up a value: a `key` before each value in an object and none elsewhere, every `begin…` with
/// its `end…`, one value in all. A call out of turn is a programming error and stops the program. Nothing is flushed:
/// that is left to the owner of the sink.
///
/// 1. `levels` has one element for each object or array that has begun and not ended, the innermost last.
/// 2. A line feed follows the whole value, in either style.
package struct JSONWriter {
  package enum Style: Sendable {
    /// One member or element a line, indented by two spaces a level.
    case pretty
    /// No spaces and no line ends, except the last.
    case compact
  }

  private struct Level {
    let isObject: Bool
    var isEmpty = true
    /// Whether a key waits for its value.
    var hasKey = false
  }

  private let sink: any ByteSink
  private let style: Style
  private var levels: [Level] = []
  private var isComplete = false
  /// The bytes of the call in progress; empty between calls.
  private var pending: [UInt8] = []

  package init(_ sink: any ByteSink, style: Style = .pretty) {
    self.sink = sink
    self.style = style
  }

  // MARK: - Objects and arrays

  package mutating func beginObject() throws(WriteError) {
    try begin(Level(isObject: true), "{")
  }

  package mutating func endObject() throws(WriteError) {
    try end(isObject: true, "}")
  }

  package mutating func beginArray() throws(WriteError) {
    try begin(Level(isObject: false), "[")
  }

  package mutating func endArray() throws(WriteError) {
    try end(isObject: false, "]")
  }

  /// Writes the name of the next member of an object.
  package mutating func key(_ name: String) throws(WriteError) {
    precondition(levels.last?.isObject == true && levels.last?.hasKey == false, "no place for a key")
    startItem()
    levels[levels.count - 1].hasKey = true
    appendQuoted(name)
    append(style == .pretty ? ": " : ":")
    try send()
  }

  // MARK: - Values

  /// Writes a value with all that it contains: a number as the shortest text that reads back as the same, and null for
  /// an infinity or NaN, which JSON does not have.
  package mutating func write(_ value: JSONValue) throws(WriteError) {
    switch value {
    case .null: try scalar("null")
    case .bool(let bool): try scalar(bool ? "true" : "false")
    case .integer(let integer): try scalar(String(integer))
    case .number(let number): try scalar(number.isFinite ? number.description : "null")
    case .literal(let number): try scalar(number)
    case .string(let string):
      startValue()
      appendQuoted(string)
      try endValue()
    case .array(let elements):
      try beginArray()
      for element in elements { try write(element) }
      try endArray()
    case .object(let members):
      try beginObject()
      for member in members {
        try key(member.name)
        try write(member.value)
      }
      try endObject()
    }
  }

  // MARK: - Layout

  private mutating func begin(_ level: Level, _ bracket: String) throws(WriteError) {
    startValue()
    append(bracket)
    levels.append(level)
    try send()
  }

  private mutating func end(isObject: Bool, _ bracket: String) throws(WriteError) {
    guard let level = levels.popLast(), level.isObject == isObject, !level.hasKey else {
      preconditionFailure("no place for \(bracket)")
    }
    if !level.isEmpty { startLine() }
    append(bracket)
    try endValue()
  }

  private mutating func scalar(_ text: String) throws(WriteError) {
    startValue()
    append(text)
    try endValue()
  }

  /// Checks that a value may come here; in an array, separates it from the one before.
  private mutating func startValue() {
    guard let level = levels.last else {
      precondition(!isComplete, "no place for a second value")
      return
    }
    if level.isObject {
      precondition(level.hasKey, "no place for a value without a key")
      levels[levels.count - 1].hasKey = false
    } else {
      startItem()
    }
  }

  private mutating func endValue() throws(WriteError) {
    if levels.isEmpty {
      isComplete = true
      append("\n")
    }
    try send()
  }

  /// Separates a member or element from the one before.
  private mutating func startItem() {
    let last = levels.count - 1
    if !levels[last].isEmpty { append(",") }
    levels[last].isEmpty = false
    startLine()
  }

  private mutating func startLine() {
    guard style == .pretty else { return }
    pending.append(.lineFeed)
    pending.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * levels.count))
  }

  // MARK: - Bytes

  private mutating func append(_ text: String) {
    pending.append(contentsOf: text.utf8)
  }

  private mutating func appendQuoted(_ string: String) {
    pending.append(.quote)
    defer { pending.append(.quote) }
    if Self.isPlain(string) { return append(string) }
    for byte in string.utf8 {
      switch byte {
      case .quote: append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x08: append("\\b")
      case 0x0C: append("\\f")
      case .lineFeed: append("\\n")
      case .carriageReturn: append("\\r")
      case UInt8(ascii: "\t"): append("\\t")
      case 0..<0x20: append(byte < 0x10 ? "\\u000\(String(byte, radix: 16))" : "\\u00\(String(byte, radix: 16))")
      default: pending.append(byte)
      }
    }
  }

  /// Whether a string stands in JSON as it is. The loop looks at every byte without a branch, so many go at a time.
  private static func isPlain(_ string: String) -> Bool {
    let special = string.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.reduce(0 as UInt8) { special, byte in
        special | (byte < 0x20 ? 1 : 0) | (byte == .quote ? 1 : 0) | (byte == UInt8(ascii: "\\") ? 1 : 0)
      }
    }
    return special == 0
  }

  private mutating func send() throws(WriteError) {
    defer { pending.removeAll(keepingCapacity: true) }
    try sink.write(pending)
  }
}
