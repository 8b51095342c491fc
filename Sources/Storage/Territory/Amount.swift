/// An exact decimal number: so many people, small areas or practices, or a part of one.
///
/// Kept here:
/// 1. Adding, subtracting and dividing lose nothing: the parts of an amount add up to it.
/// 2. No amount traps. Recorded amounts are below `limit`, so that 170,000 of them can be added up. A larger sum stays at
///    the largest amount.
public struct Amount: Hashable, Sendable {
  /// In units of 10 to the power of -18.
  package private(set) var units: Int128

  /// The number of decimals.
  static let scale = 18

  private static let one: Int128 = 1_000_000_000_000_000_000

  /// Recorded amounts are smaller, whatever their sign: a thousand million million.
  package static let limit = 1_000_000_000_000_000

  /// Nothing.
  public static let zero = Amount(units: 0)

  private init(units: Int128) { self.units = units }

  /// A whole amount.
  public init(_ count: Int) { units = Int128(count) * Self.one }

  /// A number as the database holds it, read through its shortest decimal text, so that 0.1 is a tenth. Decimals beyond
  /// the 18th are cut off. Nil if the number is not smaller than `limit`.
  package init?(_ real: Double) {
    guard real.magnitude < Double(Self.limit) else { return nil }
    if real.rounded(.towardZero) == real {
      units = Int128(real) * Self.one
    } else {
      guard let decimal = Decimal("\(real)"), let units = decimal.units(isExact: false) else { return nil }
      self.units = units
    }
  }

  /// A number in decimal digits. Nil if it is none, or has more than 18 decimals or more than 20 digits before them.
  public init?(_ text: String) {
    guard let units = Decimal(text)?.units(isExact: true) else { return nil }
    self.units = units
  }

  /// The amount without an exponent and without zeros at the end.
  public var text: String {
    let (whole, rest) = units.magnitude.quotientAndRemainder(dividingBy: Self.one.magnitude)
    let sign = units < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole)" }
    var decimals = String(rest)
    decimals = String(repeating: "0", count: Self.scale - decimals.count) + decimals
    while decimals.hasSuffix("0") { decimals.removeLast() }
    return "\(sign)\(whole).\(decimals)"
  }

  /// The nearest binary number.
  public var double: Double {
    if units % Self.one == 0, let whole = Double(exactly: units / Self.one) { return whole }
    return Double(text) ?? 0
  }

  /// The sum of two amounts.
  public static func + (left: Amount, right: Amount) -> Amount {
    let (sum, overflows) = left.units.addingReportingOverflow(right.units)
    return Amount(units: overflows ? (left.units < 0 ? .min : .max) : sum)
  }

  /// The difference of two amounts.
  public static func - (left: Amount, right: Amount) -> Amount {
    let (difference, overflows) = left.units.subtractingReportingOverflow(right.units)
    return Amount(units: overflows ? (left.units < 0 ? .min : .max) : difference)
  }

  /// Adds an amount to another.
  public static func += (left: inout Amount, right: Amount) { left = left + right }

  /// Divides the amount in the ratio of `weights`. Each part is cut off at the 18th decimal, and the last part that has
  /// a weight is the rest. Without any weight, the last part is all of it.
  ///
  /// The amount and the weights are not negative.
  package func divided(by weights: [Amount]) -> [Amount] {
    guard !weights.isEmpty else { return [] }
    let total = weights.reduce(.zero, +)
    let last = weights.lastIndex { $0 > .zero } ?? weights.count - 1
    var parts = weights.map { part($0, of: total) }
    parts[last] = .zero
    parts[last] = self - parts.reduce(.zero, +)
    return parts
  }

  /// The amount times `weight`, divided by `total` and cut off. It is at most the amount.
  func part(_ weight: Amount, of total: Amount) -> Amount {
    guard units > 0, weight.units > 0, total.units > 0 else { return .zero }
    guard weight < total else { return self }
    // The product has more than 128 bits, its quotient has not, because the weight is less than the total.
    let product = units.magnitude.multipliedFullWidth(by: weight.units.magnitude)
    return Amount(units: Int128(total.units.magnitude.dividingFullWidth(product).quotient))
  }
}

extension Amount: Comparable {
  /// Whether the first amount is smaller.
  public static func < (left: Amount, right: Amount) -> Bool { left.units < right.units }
}

extension Amount: ExpressibleByIntegerLiteral {
  /// A whole amount.
  public init(integerLiteral count: Int) { self.init(count) }
}

extension Amount: CustomStringConvertible {
  /// The same as `text`.
  public var description: String { text }
}

extension Amount {
  /// Why a number is no amount, in a sentence. Nil if it is one.
  static func flaw(_ real: Double) -> String? {
    Amount(real) == nil ? "an amount must be less than \(limit)" : nil
  }

  /// The value with which the database holds it exactly: a number if that reads as the same amount, or else the text.
  var value: Value {
    let real = double
    return Amount(real) == self ? .real(real) : .text(text)
  }
}

extension Statement {
  /// An amount column, which holds a number or a decimal text.
  func amount(_ column: Int) throws(DatabaseError) -> Amount {
    let amount: Amount? =
      switch value(column) {
      case .integer(let integer): Amount(Double(integer))
      case .real(let real): Amount(real)
      case .text(let text): Amount(text)
      case .null: nil
      }
    guard let amount else {
      throw DatabaseError(
        code: DatabaseError.mismatch,
        message: "'\(text(column))' is stored as an amount: an amount must be a number less than \(Amount.limit)")
    }
    return amount
  }
}

/// A decimal number as text has it: an optional sign, digits with one point, and an exponent.
private struct Decimal {
  private var isNegative = false
  private var digits: [UInt8] = []
  /// How many digits stand before the point.
  private var point = 0

  /// Nil for anything but a number.
  init?(_ text: String) {
    var rest = text.utf8[...]
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest.removeFirst()
    }
    var pointIndex: Int?
    while let byte = rest.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
      rest.removeFirst()
      if byte == UInt8(ascii: "."), pointIndex == nil {
        pointIndex = digits.count
      } else if byte &- UInt8(ascii: "0") <= 9 {
        digits.append(byte &- UInt8(ascii: "0"))
      } else {
        return nil
      }
    }
    guard !digits.isEmpty else { return nil }
    point = pointIndex ?? digits.count
    if !rest.isEmpty {
      // Nobody writes so many digits that a larger exponent made sense.
      guard let exponent = Int(String(rest.dropFirst()) ?? ""), exponent.magnitude < 10_000 else { return nil }
      point += exponent
    }
  }

  /// The number in units of an amount. Nil if it is too large.
  /// - Parameter isExact: whether a number with more decimals than an amount has is refused.
  func units(isExact: Bool) -> Int128? {
    let kept = point + Amount.scale
    if isExact, digits.dropFirst(max(0, kept)).contains(where: { $0 > 0 }) { return nil }
    let significant = digits.prefix(max(0, kept)).drop { $0 == 0 }
    let zeros = max(0, kept - digits.count)
    guard !significant.isEmpty else { return 0 }
    // Any number of 38 digits fits.
    guard significant.count + zeros <= 38 else { return nil }
    var units: Int128 = 0
    for digit in significant { units = units * 10 + Int128(digit) }
    for _ in 0..<zeros { units *= 10 }
    return isNegative ? -units : units
  }
}
