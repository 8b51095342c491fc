import RegistryStorage

/// Finds the numbers that programs make of codes that look like numbers. Quotes around a code do not protect it.
enum NumberDamage {
  /// What reads a code as a number, the most usual first.
  enum Reader: Int, Comparable {
    case zeros, exponent, padded, trailingE, otherLetter, trailingLetter

    var words: String {
      switch self {
      case .zeros: "without its leading zeros"
      case .exponent: "as Excel, pandas and R read it"
      case .padded: "with zeros behind it, as Excel, pandas and R read it"
      case .trailingE: "as R reads it"
      case .otherLetter: "as readr reads it"
      case .trailingLetter: "as Java reads it"
      }
    }

    static func < (left: Reader, right: Reader) -> Bool { left.rawValue < right.rawValue }
  }

  /// The number that some program takes `code` for: 5E1 is 50, 014 is 14, 15E is 15, 5D1 is 50, 01F is 1.
  static func number(readFrom code: String) -> (value: Double, reader: Reader)? {
    let letters = code.uppercased().utf8
    let digits = letters.prefix { $0.isDigit }
    let rest = letters[digits.endIndex...]
    let power = rest.dropFirst()
    guard !digits.isEmpty, power.allSatisfy({ $0.isDigit }) else { return nil }
    let reader: Reader
    switch (rest.first, power.isEmpty) {
    case (nil, _): reader = .zeros
    case (UInt8(ascii: "E"), false): reader = .exponent
    case (UInt8(ascii: "E"), true): reader = .trailingE
    case (UInt8(ascii: "D"), true), (UInt8(ascii: "F"), true): reader = .trailingLetter
    case (UInt8(ascii: "D"), false), (UInt8(ascii: "F"), false), (UInt8(ascii: "L"), false), (UInt8(ascii: "S"), false):
      reader = .otherLetter
    default: return nil
    }
    let zeros = power.isEmpty ? "" : "E" + String(decoding: power, as: UTF8.self)
    guard let value = Double(String(decoding: digits, as: UTF8.self) + zeros), value.isFinite else { return nil }
    return (value, reader)
  }

  /// The number that programs take a code for that a file pads with zeros: 02E is 02E00 there, so 2.
  static func number(readFromPadded code: String) -> Double? {
    let letters = code.uppercased().utf8
    let digits = letters.prefix { $0.isDigit }
    guard letters.count == 3, !digits.isEmpty, letters.contains(UInt8(ascii: "E")) else { return nil }
    let padded = String(decoding: letters, as: UTF8.self) + "00"
    guard let number = number(readFrom: padded), number.reader == .exponent else { return nil }
    return number.value
  }

  /// The number that a text in a file means, such as `50`, `50.0` or `5.00E+01`.
  static func number(written text: String) -> (value: Double, isScientific: Bool)? {
    let letters = text.uppercased().utf8
    guard letters.first?.isDigit ?? false, letters.count <= 32,
      letters.allSatisfy({ $0.isDigit || [UInt8(ascii: "."), UInt8(ascii: "E"), UInt8(ascii: "+")].contains($0) }),
      let value = Double(text), value.isFinite
    else { return nil }
    let isScientific = letters.contains(UInt8(ascii: "E"))
    // Programs write the sign of an exponent, so 5E3 is a code.
    return isScientific && !letters.contains(UInt8(ascii: "+")) ? nil : (value, isScientific)
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
