/// What stands at the start of some bytes, by the rules of UTF-8 (RFC 3629): no overlong forms, no surrogates.
enum UTF8Sequence: Equatable {
  /// A scalar of `count` bytes, 1 to 4.
  case valid(count: Int)
  /// The bytes may become a scalar with those that follow.
  case incomplete
  case invalid

  init(_ bytes: ArraySlice<UInt8>) {
    guard let lead = bytes.first else {
      self = .incomplete
      return
    }
    guard let (count, second) = Self.form(lead) else {
      self = lead < 0x80 ? .valid(count: 1) : .invalid
      return
    }
    let rest = bytes.dropFirst().prefix(count - 1)
    let isValid = rest.enumerated().allSatisfy { index, byte in (index == 0 ? second : 0x80...0xBF).contains(byte) }
    guard isValid else {
      self = .invalid
      return
    }
    self = rest.count == count - 1 ? .valid(count: count) : .incomplete
  }

  /// How many bytes a scalar that begins with `lead` has, and what the second may be. Nil if it has no second byte.
  private static func form(_ lead: UInt8) -> (count: Int, second: ClosedRange<UInt8>)? {
    switch lead {
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xE1...0xEF: (3, 0x80...0xBF)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    default: nil
    }
  }
}
