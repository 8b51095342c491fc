import RegistryFormats

/// A weighted mean of rates, which is rounded once, when it is written.
///
/// Kept here:
/// 1. Parts of products and of weights are kept to 128 binary places. So the mean of equal rates is that rate, and any
///    mean lies between the rates that went in.
struct RestateMean {
  private var products = Wide()
  private var weights = Wide()

  /// Adds a part of a product of rates and weights, and the same part of the weights.
  /// - Parameter share: what the part weighs, and what all parts weigh.
  mutating func add(_ product: Int128, _ weight: Int128, share: (weight: UInt128, total: UInt128)) {
    products.add(product, share)
    weights.add(weight, share)
  }

  /// The mean, with `decimals` and at most `extra` more decimals. Zeros at the end beyond `decimals` are left out. Nil if
  /// it has too many digits. Blank if nothing weighs anything.
  /// - Parameter shift: how many more decimals the weights have than the products.
  func text(shift: Int, decimals: Int, extra: Int) -> String? {
    guard let (over, under) = Wide.normalised(products.magnitude, weights.magnitude) else { return "" }
    for scale in stride(from: min(decimals + extra, ExactDecimal.maximumDigits), through: decimals, by: -1) {
      guard (0...ExactDecimal.maximumDigits).contains(scale + shift) else { continue }
      let product = over.multipliedFullWidth(by: ExactDecimal.powerOfTen(scale + shift).magnitude)
      guard product.high < under else { continue }
      let (quotient, rest) = under.dividingFullWidth(product)
      let rounded = rest >= under - rest ? quotient &+ 1 : quotient
      guard rounded < ExactDecimal.powerOfTen(ExactDecimal.maximumDigits).magnitude else { continue }
      let digits = Int128(rounded)
      return ExactDecimal(digits: products.isNegative == weights.isNegative ? digits : -digits, scale: scale)
        .text(decimals: decimals)
    }
    return nil
  }
}

/// A number of 256 bits, of which 128 stand behind the binary point.
private struct Wide {
  /// The number rounded down.
  private var whole: Int128 = 0
  private var fraction: UInt128 = 0

  var isNegative: Bool { whole < 0 }

  var magnitude: (whole: UInt128, fraction: UInt128) {
    guard isNegative else { return (whole.magnitude, fraction) }
    return fraction == 0 ? (whole.magnitude, 0) : (whole.magnitude - 1, 0 &- fraction)
  }

  /// Adds a share of a number.
  mutating func add(_ number: Int128, _ share: (weight: UInt128, total: UInt128)) {
    let (quotient, rest) = Apportionment.quotient(number.magnitude, share.weight, share.total)
    let part = rest == 0 ? 0 : share.total.dividingFullWidth((rest, 0)).quotient
    if number < 0 {
      let (difference, borrows) = fraction.subtractingReportingOverflow(part)
      fraction = difference
      whole -= Int128(quotient) + (borrows ? 1 : 0)
    } else {
      let (sum, carries) = fraction.addingReportingOverflow(part)
      fraction = sum
      whole += Int128(quotient) + (carries ? 1 : 0)
    }
  }

  /// Two numbers in the same ratio, of as many bits as there is room for. Nil if the second is zero.
  static func normalised(
    _ first: (whole: UInt128, fraction: UInt128), _ second: (whole: UInt128, fraction: UInt128)
  ) -> (UInt128, UInt128)? {
    func zeros(_ number: (whole: UInt128, fraction: UInt128)) -> Int {
      number.whole == 0 ? 128 + number.fraction.leadingZeroBitCount : number.whole.leadingZeroBitCount
    }
    let shift = min(zeros(first), zeros(second))
    func shifted(_ number: (whole: UInt128, fraction: UInt128)) -> UInt128 {
      // A smart shift by the whole width or more gives zero.
      shift < 128 ? number.whole << shift | number.fraction >> (128 - shift) : number.fraction << (shift - 128)
    }
    let under = shifted(second)
    return under == 0 ? nil : (shifted(first), under)
  }
}
