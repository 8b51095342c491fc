/// Divides whole numbers by shares without loss.
///
/// 1. The parts add up to the number, whatever the shares are. What rounding leaves over goes to the largest part.
/// 2. Apart from what is left over, a part differs from the number times its share by less than one.
/// 3. A part of -n is the negative of the part of n.
package struct Apportionment: Sendable {
  package enum Rounding: Sendable {
    /// Each part is rounded to the nearest number. The largest part takes what is left over.
    case nearest
    /// Each part is rounded down. The parts that lost most take one each of what is left over.
    case largestRemainder
  }

  /// - Precondition: there is at least one share, none is negative, and they add up to about 1.
  package let shares: [Double]
  private let largest: Int

  package init(_ shares: [Double]) {
    self.shares = shares
    largest = shares.indices.max { (shares[$0], $1) < (shares[$1], $0) } ?? 0
  }

  package func parts(of number: Int128, rounding: Rounding = .nearest) -> [Int128] {
    let magnitude = number.magnitude
    var parts = [Int128](repeating: 0, count: shares.count)
    var remainders = [UInt128](repeating: 0, count: shares.count)
    for (index, share) in shares.enumerated() {
      let (whole, fraction) = Self.product(magnitude, share)
      parts[index] = Int128(truncatingIfNeeded: whole)
      remainders[index] = fraction
    }
    var residue = Int128(truncatingIfNeeded: magnitude) - parts.reduce(0, +)
    switch rounding {
    case .nearest:
      for index in parts.indices where remainders[index] >= 1 << 127 {
        parts[index] += 1
        residue -= 1
      }
    case .largestRemainder:
      let order = parts.indices.sorted { (remainders[$1], shares[$1], $0) < (remainders[$0], shares[$0], $1) }
      for index in order where residue > 0 && remainders[index] > 0 {
        parts[index] += 1
        residue -= 1
      }
    }
    if !parts.isEmpty { parts[largest] += residue }
    return number < 0 ? parts.map { -$0 } : parts
  }

  /// The number times the share: its whole part, and its fraction in units of 2 to the power of -128.
  private static func product(_ number: UInt128, _ share: Double) -> (whole: UInt128, fraction: UInt128) {
    if share >= 1 { return (number, 0) }
    guard share.isNormal else { return (0, 0) }
    // A share is a number of 53 bits divided by a power of two, so the product is exact in 256 bits.
    let mantissa = UInt128(share.significandBitPattern | 1 << 52)
    let shift = 52 - Int(share.exponent)
    let (high, low) = number.multipliedFullWidth(by: mantissa)
    if shift < 128 { return (high << (128 - shift) | low >> shift, low << (128 - shift)) }
    if shift == 128 { return (high, low) }
    // A smart shift by the whole width or more gives zero.
    return (high >> (shift - 128), high << (256 - shift) | low >> (shift - 128))
  }
}
