import RegistryFormats

/// Numbers as people read them.

/// A share from 0 to 1 as a percentage with at most one decimal. Only 0 gives 0%, and only 1 gives 100%.
func percent(_ share: Double) -> String {
  let tenths = (share * 1_000).rounded() / 10
  return (tenths == 0 && share > 0 ? "under 0.1" : tenths == 100 && share < 1 ? "nearly 100" : number(tenths)) + "%"
}

/// A whole number with a comma before every third digit.
func grouped(_ value: Double) -> String { grouped(number(value.rounded())) }

/// A number with a comma before every third digit, counted from the decimal point. Other text stays as it is.
func grouped(_ amount: String) -> String {
  let whole = amount.prefix { $0.isNumber }
  guard whole.count > 3, !amount.contains("e") else { return amount }
  let digits = whole.enumerated().map { index, digit in
    index > 0 && (whole.count - index).isMultiple(of: 3) ? ",\(digit)" : String(digit)
  }
  return digits.joined() + amount.dropFirst(whole.count)
}
