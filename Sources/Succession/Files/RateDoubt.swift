import RegistryFormats

/// Columns that look like rates. To add up rates is nearly always a mistake, so it is doubted before it is done.
enum RateDoubt {
  private static let words: Set<String> = [
    "rate", "rates", "percent", "percentage", "perc", "proportion", "ratio", "mean", "average", "avg", "median", "per",
    "prevalence", "incidence", "smr", "index", "score", "share",
  ]

  /// Whether a word of the name says that the column holds rates.
  /// - Parameter isSum: whether the column is to be added up. Elsewhere `pct` says nothing, because it may be a trust.
  static func isNamedLikeARate(_ name: String, isSum: Bool) -> Bool {
    name.contains("%")
      || name.lowercased().split { !$0.isLetter }.contains { words.contains(String($0)) || isSum && $0 == "pct" }
  }

  /// How many values must lie between 0 and 1 before they look like shares.
  private static let fewest = 10

  /// Whether all of many values lie from 0 to 1, and some are no whole numbers.
  static func lookLikeShares(_ values: [(text: String, line: Int, count: Int)]) -> Bool {
    var numbers = 0
    var hasFraction = false
    for value in values where !value.text.trimmingBlanks.isEmpty {
      guard let number = try? ExactDecimal(value.text.trimmingBlanks) else { continue }
      let one = ExactDecimal.powerOfTen(number.scale)
      guard number.digits >= 0, number.digits <= one else { return false }
      if number.digits % one != 0 { hasFraction = true }
      numbers += 1
    }
    return hasFraction && numbers >= fewest
  }

  static func words(_ name: String, why: String) -> String {
    "the column '\(name)' looks like a rate \(why), which cannot be added up: say which column weighs it with "
      + "--rate '\(name)/DENOMINATOR', or add it up all the same with --force-sum"
  }
}
