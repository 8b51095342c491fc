/// What spreadsheets do to codes that look like numbers.
package enum CodeDamage {
  /// A sentence if `value` looks like a code that a spreadsheet turned into a number. Nil otherwise.
  ///
  /// 5E1 becomes `5.00E+01` or `50`, 014 becomes `14`: the first form is certain, the others need context.
  package static func finding(in value: String) -> String? {
    // Every code is looked at, and hardly any has a plus sign.
    guard value.utf8.contains(UInt8(ascii: "+")) else { return nil }
    let upper = value.uppercased()
    guard let mark = upper.firstIndex(of: "E") else { return nil }
    let (mantissa, exponent) = (upper[..<mark], upper[upper.index(after: mark)...])
    guard exponent.hasPrefix("+"), let power = Int(exponent.dropFirst()), !mantissa.isEmpty,
      mantissa.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") })
    else { return nil }
    let digits = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = digits.count > 1 ? digits[1].filter { $0 != "0" } : ""
    let original = fraction.isEmpty ? "\(digits[0])E\(power)" : nil
    return "'\(value)' is a code that a spreadsheet has turned into a number"
      + (original.map { " (perhaps '\($0)'): type the code again as text" } ?? ": type the code again as text")
  }

  /// Whether `value` is a code that may have lost its zeros: one or two digits, but not `02` or the like.
  package static func mayHaveLostZeros(_ value: String) -> Bool {
    (1...2).contains(value.utf8.count) && (value == "0" || !value.hasPrefix("0"))
      && value.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
