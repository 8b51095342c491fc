/// A number as JSON writes it, digit by digit.
///
/// 1. `value` is the number that the digits make without the point, if there are at most 19.
struct JSONDecimal {
  private static let maximumCount = 19

  let isNegative: Bool
  /// Whether there is neither a point nor an exponent.
  var isInteger = true
  /// The power of ten by which the digits are to be multiplied.
  var exponent = 0
  private var value: UInt64 = 0
  /// How many digits there are from the first that is not zero.
  private var count = 0

  init(isNegative: Bool) {
    self.isNegative = isNegative
  }

  mutating func append(_ digit: UInt8) {
    if count > 0 || digit > 0 { count &+= 1 }
    if count <= Self.maximumCount { value = value &* 10 &+ UInt64(digit) }
  }

  /// Nil for minus zero, which is no integer, for what is too large, and for a number with a point or an exponent.
  var integer: Int? {
    guard isInteger, count <= Self.maximumCount, !(isNegative && count == 0) else { return nil }
    return isNegative ? Int(exactly: -Int128(value)) : Int(exactly: value)
  }

  /// The double whose shortest decimal form is this number. Nil if there is none.
  var number: Double? {
    guard count > 0 else { return isNegative ? -0.0 : 0 }
    guard count <= 17 else { return nil }
    // Up to 15 digits always come back from the double nearest to them. Both operands are exact: one rounding gives it.
    if count <= 15, -22...22 ~= exponent {
      let power = Self.powers[abs(exponent)]
      let magnitude = exponent < 0 ? Double(value) / power : Double(value) * power
      return isNegative ? -magnitude : magnitude
    }
    guard let magnitude = Double("\(value)e\(exponent)"), let shortest = JSONParser.decimal(magnitude.description),
      shortest.significant == significant
    else { return nil }
    return isNegative ? -magnitude : magnitude
  }

  /// Digits and exponent without zeros at the end.
  private var significant: (digits: UInt64, exponent: Int) {
    var significant = (digits: value, exponent: exponent)
    while significant.digits > 0, significant.digits % 10 == 0 {
      significant = (significant.digits / 10, significant.exponent + 1)
    }
    return significant
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]
}
