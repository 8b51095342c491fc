/// Divides whole numbers in a ratio without loss.
///
/// Kept here:
/// 1. The parts add up to the number, whatever the ratio is. What rounding leaves over goes to the largest part.
/// 2. Apart from what is left over, a part differs from its share of the number by less than one. It is multiplied first
///    and divided once, so a share is never a rounded fraction.
/// 3. A part of -n is the negative of the part of n.
package struct Apportionment: Sendable {
  package enum Rounding: Sendable {
    /// Each part is rounded to the nearest number. The largest part takes what is left over.
    case nearest
    /// Each part is rounded down. The parts that lost most take one each of what is left over.
    case largestRemainder
  }

  /// What each part weighs.
  package let weights: [UInt128]
  /// What all parts weigh, at least 1.
  package let total: UInt128
  private let largest: Int

  /// - Precondition: the weights add up to less than 2 to the power of 127, and one of them is not zero.
  package init(_ weights: [UInt128]) {
    self.weights = weights
    total = max(1, weights.reduce(0, &+))
    largest = weights.indices.max { (weights[$0], $1) < (weights[$1], $0) } ?? 0
  }

  /// Divides in the ratio of shares that add up to 1.
  package init(_ shares: [Answer.Ratio]) {
    // All denominators divide what the parts amount to, so the least number that all of them divide is not larger.
    var common: UInt128 = 1
    for share in shares {
      common = Answer.Ratio(common, share.denominator).numerator * share.denominator
    }
    self.init(shares.map { $0.numerator * (common / $0.denominator) })
  }

  package func parts(of number: Int128, rounding: Rounding = .nearest) -> [Int128] {
    guard weights.count > 1 else { return weights.map { _ in number } }
    let magnitude = number.magnitude
    var parts = [Int128](repeating: 0, count: weights.count)
    var remainders = [UInt128](repeating: 0, count: weights.count)
    for (index, weight) in weights.enumerated() {
      let (whole, remainder) = Self.quotient(magnitude, weight, total)
      parts[index] = Int128(truncatingIfNeeded: whole)
      remainders[index] = remainder
    }
    var residue = Int128(truncatingIfNeeded: magnitude) - parts.reduce(0, +)
    switch rounding {
    case .nearest:
      for index in parts.indices where remainders[index] >= total - remainders[index] {
        parts[index] += 1
        residue -= 1
      }
    case .largestRemainder:
      let order = parts.indices.sorted { (remainders[$1], weights[$1], $0) < (remainders[$0], weights[$0], $1) }
      for index in order where residue > 0 && remainders[index] > 0 {
        parts[index] += 1
        residue -= 1
      }
    }
    parts[largest] += residue
    return number < 0 ? parts.map { -$0 } : parts
  }

  /// The number times the weight, divided by the total, which is at least as large as the weight.
  static func quotient(
    _ number: UInt128, _ weight: UInt128, _ total: UInt128
  ) -> (quotient: UInt128, remainder: UInt128) {
    let (product, overflows) = number.multipliedReportingOverflow(by: weight)
    // Nearly all products fit, and then one short division is enough.
    if !overflows { return product.quotientAndRemainder(dividingBy: total) }
    return total.dividingFullWidth(number.multipliedFullWidth(by: weight))
  }
}
