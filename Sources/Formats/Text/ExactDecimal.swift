/// A decimal number without rounding: `digits` divided by ten to the power of `scale`.
///
/// 1. `scale` is 0 to 38, and `digits` has at most 38 decimal digits.
/// 2. Nothing here rounds: what does not fit is refused.
package struct ExactDecimal: Equatable, Sendable {
  /// The most digits that a number may have, and the most decimals.
  package static let maximumDigits = 38

  package var digits: Int128
  /// The number of decimals.
  package var scale: Int

  package enum Refusal: Error, Equatable, Sendable {
    /// Anything but an optional sign, digits and one point.
    case notANumber
    /// More than 38 digits, or decimals.
    case tooLong
  }

  package init(digits: Int128, scale: Int) {
    self.digits = digits
    self.scale = scale
  }

  /// Reads numbers such as `-12.50`, `+3`, `.5` and `5.`, without exponents, blanks or commas.
  package init(_ bytes: Span<UInt8>) throws(Refusal) {
    var index = 0
    let count = bytes.count
    var isNegative = false
    if count > 0, bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") {
      isNegative = bytes[0] == UInt8(ascii: "-")
      index = 1
    }
    let first = index
    var point = -1
    var small: UInt64 = 0
    // Any 18 digits fit a word, so most numbers are read here.
    let wordEnd = min(count, index &+ 19)
    while index < wordEnd {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit <= 9 {
        if point < 0, index &- first == 18 { break }
        small = small &* 10 &+ UInt64(digit)
      } else if bytes[index] == UInt8(ascii: "."), point < 0 {
        point = index
      } else {
        throw .notANumber
      }
      index &+= 1
    }
    var magnitude = Int128(small)
    while index < count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      if digit <= 9 {
        guard magnitude < Self.lastWithRoom else { throw Self.refusal(bytes, from: index) }
        magnitude = magnitude &* 10 &+ Int128(digit)
      } else if bytes[index] == UInt8(ascii: "."), point < 0 {
        point = index
      } else {
        throw .notANumber
      }
      index &+= 1
    }
    let digitCount = count &- first &- (point < 0 ? 0 : 1)
    guard digitCount > 0 else { throw .notANumber }
    scale = point < 0 ? 0 : count &- point &- 1
    guard scale <= Self.maximumDigits else { throw .tooLong }
    digits = isNegative ? -magnitude : magnitude
  }

  /// `text` as a number; for tests and options.
  package init(_ text: String) throws(Refusal) {
    let bytes = Array(text.utf8)
    try self.init(bytes.span)
  }

  /// A number below this one has room for another digit.
  private static let lastWithRoom = powerOfTen(maximumDigits - 1)

  /// Too long, unless what follows is no number at all.
  private static func refusal(_ bytes: Span<UInt8>, from start: Int) -> Refusal {
    for index in start..<bytes.count where bytes[index] &- UInt8(ascii: "0") > 9 && bytes[index] != UInt8(ascii: ".") {
      return .notANumber
    }
    return .tooLong
  }

  // MARK: Scale

  /// Ten to the power of `exponent`, 0 to 38.
  package static func powerOfTen(_ exponent: Int) -> Int128 { powers[exponent] }

  private static let powers = (0..<maximumDigits).reduce(into: [1 as Int128]) { powers, _ in
    powers.append(powers[powers.count - 1] * 10)
  }

  /// The same number with `scale` decimals. Nil if it needs more decimals, or more than 38 digits.
  package func scaled(to wanted: Int) -> ExactDecimal? {
    if wanted == scale { return self }
    if wanted > scale {
      guard wanted <= Self.maximumDigits else { return nil }
      let (product, overflows) = digits.multipliedReportingOverflow(by: Self.powerOfTen(wanted - scale))
      return overflows || !Self.holds(product) ? nil : ExactDecimal(digits: product, scale: wanted)
    }
    let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: Self.powerOfTen(scale - wanted))
    return remainder == 0 ? ExactDecimal(digits: quotient, scale: wanted) : nil
  }

  /// Whether `digits` has at most 38 digits.
  package static func holds(_ digits: Int128) -> Bool { digits.magnitude < UInt128(powerOfTen(maximumDigits)) }

  /// The exact sum, with as many decimals as the longer of the two has. Nil if it has more than 38 digits.
  package func adding(_ other: ExactDecimal) -> ExactDecimal? {
    let scale = max(scale, other.scale)
    guard let left = scaled(to: scale), let right = other.scaled(to: scale) else { return nil }
    let (sum, overflows) = left.digits.addingReportingOverflow(right.digits)
    return overflows || !Self.holds(sum) ? nil : ExactDecimal(digits: sum, scale: scale)
  }

  /// The number with at least `decimals` decimals. Zeros at the end beyond them are left out.
  package func text(decimals: Int) -> String {
    var digits = digits
    var scale = scale
    while scale > decimals, digits % 10 == 0 {
      digits /= 10
      scale -= 1
    }
    return ExactDecimal(digits: digits, scale: scale).description
  }
}

extension ExactDecimal {
  /// Appends what `text` gives.
  package func append(to bytes: inout [UInt8], decimals: Int) {
    guard let small = UInt64(exactly: digits.magnitude), scale < 19 else {
      return bytes.append(contentsOf: text(decimals: decimals).utf8)
    }
    var (rest, scale) = (small, scale)
    while scale > decimals, rest % 10 == 0 {
      rest /= 10
      scale &-= 1
    }
    if digits < 0 { bytes.append(UInt8(ascii: "-")) }
    let start = bytes.count
    var place = 0
    repeat {
      if place == scale, scale > 0 { bytes.append(UInt8(ascii: ".")) }
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit))
      rest = quotient
      place &+= 1
    } while rest != 0 || place <= scale
    bytes[start...].reverse()
  }
}

extension ExactDecimal: CustomStringConvertible {
  /// The number with all its decimals: `-12.50`.
  package var description: String {
    let figures = Array(String(digits.magnitude).utf8)
    let padded = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, scale + 1 - figures.count)) + figures
    let whole = String(decoding: padded[..<(padded.count - scale)], as: UTF8.self)
    let sign = digits < 0 ? "-" : ""
    if scale == 0 { return sign + whole }
    return sign + whole + "." + String(decoding: padded[(padded.count - scale)...], as: UTF8.self)
  }
}
