/// Why a text is not JSON, and at which byte.
struct JSONFault: Error {
  let position: Int
  let reason: JSONFlaw
}

/// Parses a JSON text.
///
/// 1. `padding` zero bytes follow the `end` bytes of the text, so that no loop tests for the end, and a word can be
///    loaded at any byte of the text. A zero byte before `end` is a character that JSON does not know.
/// 2. Between calls `index` is at most `end`.
struct JSONParser {
  private static let padding = 8
  /// Objects with more members find duplicate names with a hash table.
  private static let fewMembers = 12

  private let bytes: [UInt8]
  private let end: Int
  private let depthLimit: Int
  private var index = 0

  init(_ text: [UInt8], depthLimit: Int) {
    bytes = text + [UInt8](repeating: 0, count: Self.padding)
    end = text.count
    self.depthLimit = depthLimit
  }

  /// The number that the whole text is. Nil if it is something else.
  static func decimal(_ text: String) -> JSONDecimal? {
    var parser = JSONParser(Array(text.utf8), depthLimit: 0)
    guard let decimal = try? parser.decimal(), parser.index == parser.end else { return nil }
    return decimal
  }

  /// The value that the whole text is.
  mutating func text() throws(JSONFault) -> JSONValue {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    let value = try value(depth: 0)
    skipBlanks()
    guard index == end else { throw fault(.textAfterValue) }
    return value
  }

  private mutating func value(depth: Int) throws(JSONFault) -> JSONValue {
    skipBlanks()
    switch bytes[index] {
    case UInt8(ascii: "{"): return try object(depth: depth + 1)
    case UInt8(ascii: "["): return try array(depth: depth + 1)
    case .quote: return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw expected("a value")
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONFault) -> JSONValue {
    let isHere = word.withUTF8Buffer { bytes[index...].starts(with: $0) }
    guard isHere else { throw expected("a value") }
    index += word.utf8CodeUnitCount
    return value
  }

  private mutating func array(depth: Int) throws(JSONFault) -> JSONValue {
    guard depth <= depthLimit else { throw fault(.tooDeep(limit: depthLimit)) }
    index += 1
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try value(depth: depth))
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw expected("a comma or ]") }
    }
  }

  private mutating func object(depth: Int) throws(JSONFault) -> JSONValue {
    guard depth <= depthLimit else { throw fault(.tooDeep(limit: depthLimit)) }
    index += 1
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipBlanks()
      guard bytes[index] == .quote else { throw expected("a name in quotes") }
      let start = index
      let name = try string()
      if Self.contains(name, members, &names) { throw JSONFault(position: start, reason: .duplicateName(name)) }
      guard take(UInt8(ascii: ":")) else { throw expected("a colon") }
      members.append(JSONValue.Member(name, try value(depth: depth)))
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw expected("a comma or }") }
    }
  }

  /// Whether a member has this name; notes it in `names` once there are many members.
  private static func contains(_ name: String, _ members: [JSONValue.Member], _ names: inout Set<String>) -> Bool {
    if members.count < fewMembers { return members.contains { $0.name == name } }
    if names.isEmpty { names = Set(members.map(\.name)) }
    return !names.insert(name).inserted
  }

  // MARK: - Strings

  /// The string whose opening quote is here.
  private mutating func string() throws(JSONFault) -> String {
    let start = index
    index += 1
    skipPlain()
    if bytes[index] == .quote {
      let text = try text(bytes[(start + 1)..<index])
      index += 1
      return text
    }
    // With escapes, it is put together.
    var unescaped = Array(bytes[(start + 1)..<index])
    while bytes[index] != .quote {
      guard bytes[index] == UInt8(ascii: "\\") else {
        throw index < end ? fault(.controlCharacter) : JSONFault(position: start, reason: .unterminatedString)
      }
      try unescape(into: &unescaped)
      let plainStart = index
      skipPlain()
      unescaped.append(contentsOf: bytes[plainStart..<index])
    }
    index += 1
    guard let text = String(validating: unescaped, as: UTF8.self) else { throw invalidUTF8(from: start) }
    return text
  }

  private func text(_ utf8: ArraySlice<UInt8>) throws(JSONFault) -> String {
    guard let text = String(validating: utf8, as: UTF8.self) else { throw invalidUTF8(from: utf8.startIndex) }
    return text
  }

  /// Passes bytes that mean themselves in a string, up to a quote, a backslash, a control character or the end.
  private mutating func skipPlain() {
    index = Self.endOfPlain(bytes, from: index)
  }

  private static func endOfPlain(_ bytes: [UInt8], from start: Int) -> Int {
    let words = bytes.span.bytes
    var index = start
    while true {
      let word = words.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      let marks =
        markZeros(word ^ every(.quote)) | markZeros(word ^ every(UInt8(ascii: "\\")))
        | (word &- every(0x20)) & ~word & every(0x80)
      // A byte above a special one may be marked wrongly, never one below the first.
      if marks != 0 { return index &+ marks.trailingZeroBitCount &>> 3 }
      index &+= 8
    }
  }

  /// Takes a backslash and what belongs to it.
  private mutating func unescape(into text: inout [UInt8]) throws(JSONFault) {
    let meaning: UInt8
    switch bytes[index + 1] {
    case .quote, UInt8(ascii: "\\"), UInt8(ascii: "/"): meaning = bytes[index + 1]
    case UInt8(ascii: "b"): meaning = 0x08
    case UInt8(ascii: "f"): meaning = 0x0C
    case UInt8(ascii: "n"): meaning = .lineFeed
    case UInt8(ascii: "r"): meaning = .carriageReturn
    case UInt8(ascii: "t"): meaning = UInt8(ascii: "\t")
    case UInt8(ascii: "u"):
      text.append(contentsOf: try unescapeScalar().utf8)
      return
    default: throw fault(.invalidEscape)
    }
    text.append(meaning)
    index += 2
  }

  /// Takes `\uXXXX`, or two of them that are a surrogate pair.
  private mutating func unescapeScalar() throws(JSONFault) -> Unicode.Scalar {
    let start = index
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
      throw JSONFault(position: start, reason: .loneSurrogate)
    }
    let second = try codeUnit()
    guard 0xDC00...0xDFFF ~= second,
      let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + UInt32(second) - 0xDC00)
    else { throw JSONFault(position: start, reason: .loneSurrogate) }
    return scalar
  }

  /// Takes `\uXXXX`.
  private mutating func codeUnit() throws(JSONFault) -> UInt16 {
    var unit: UInt16 = 0
    for digit in bytes[(index + 2)..<min(index + 6, bytes.count)] {
      guard let value = Character(UnicodeScalar(digit)).hexDigitValue else { throw fault(.invalidEscape) }
      unit = unit << 4 | UInt16(value)
    }
    index += 6
    return unit
  }

  private func invalidUTF8(from start: Int) -> JSONFault {
    var position = start
    while case .valid(let count) = UTF8Sequence(bytes[position..<end].prefix(4)) { position += count }
    return JSONFault(position: position, reason: .invalidUTF8)
  }

  // MARK: - Numbers

  /// The value of a number that an `Int` or a `Double` keeps exactly, or its text.
  private mutating func number() throws(JSONFault) -> JSONValue {
    let start = index
    let decimal = try decimal()
    if let integer = decimal.integer { return .integer(integer) }
    if let number = decimal.number { return .number(number) }
    return .literal(String(decoding: bytes[start..<index], as: UTF8.self))
  }

  private mutating func decimal() throws(JSONFault) -> JSONDecimal {
    let start = index
    var decimal = JSONDecimal(isNegative: bytes[index] == UInt8(ascii: "-"))
    if decimal.isNegative { index += 1 }
    let integerStart = index
    try takeDigits(of: &decimal, start)
    if bytes[integerStart] == UInt8(ascii: "0"), index > integerStart + 1 { throw invalidNumber(start) }
    if bytes[index] == UInt8(ascii: ".") {
      index += 1
      let fractionStart = index
      try takeDigits(of: &decimal, start)
      decimal.isInteger = false
      decimal.exponent = fractionStart - index
    }
    if bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      decimal.isInteger = false
      decimal.exponent += try takeExponent(start)
    }
    return decimal
  }

  private mutating func takeDigits(of decimal: inout JSONDecimal, _ start: Int) throws(JSONFault) {
    let first = index
    while bytes[index] &- UInt8(ascii: "0") < 10 {
      decimal.append(bytes[index] &- UInt8(ascii: "0"))
      index &+= 1
    }
    guard index > first else { throw invalidNumber(start) }
  }

  /// Takes a sign and digits. Beyond a million their value does not matter.
  private mutating func takeExponent(_ start: Int) throws(JSONFault) -> Int {
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    let first = index
    var exponent = 0
    while bytes[index] &- UInt8(ascii: "0") < 10 {
      exponent = min(exponent * 10 + Int(bytes[index] - UInt8(ascii: "0")), 1_000_000)
      index += 1
    }
    guard index > first else { throw invalidNumber(start) }
    return isNegative ? -exponent : exponent
  }

  private func invalidNumber(_ start: Int) -> JSONFault {
    JSONFault(position: start, reason: .invalidNumber)
  }

  // MARK: - Bytes

  private mutating func skipBlanks() {
    while true {
      switch bytes[index] {
      case UInt8(ascii: " "), .lineFeed, .carriageReturn, UInt8(ascii: "\t"): index &+= 1
      default: return
      }
    }
  }

  /// Passes blanks, and then `byte` if it is here.
  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard bytes[index] == byte else { return false }
    index += 1
    return true
  }

  private func expected(_ what: String) -> JSONFault {
    fault(index < end ? .expected(what) : .endOfText)
  }

  private func fault(_ reason: JSONFlaw) -> JSONFault {
    JSONFault(position: index, reason: reason)
  }
}
