import RegistryStorage

/// Something that a lint found in a file. The words must stay as they are, because scripts look for them.
package struct LintFinding: Equatable, Sendable {
  package enum Word: String, Sendable, CaseIterable {
    // About a whole column of codes.
    case validTogether = "valid-together"
    case mixedVintages = "mixed-vintages"
    case units, padded
    case missingBodies = "missing-bodies"
    // About a code.
    case blank, untidy, placeholder, damaged, unknown, closed, recoded
    case notYetOpen = "not-yet-open"
    case mixedSchemes = "mixed-schemes"
    case otherKind = "other-kind"
    // About a row of a crosswalk.
    case duplicate
    case shareInvalid = "share-invalid"
    case shareMissing = "share-missing"
    case shareSum = "share-sum"
    case shareDiffers = "share-differs"
    case targetNotAlive = "target-not-alive"
    case unfinishedChain = "unfinished-chain"
    case wrongTarget = "wrong-target"
    case missingTarget = "missing-target"
    // About a whole crosswalk.
    case sourceMissing = "source-missing"
    case totalEffect = "total-effect"
  }

  /// Nil if the finding is about the whole file.
  package let line: Int?
  /// What is in the file, or what is missing there.
  package let value: String?
  package let word: Word
  package let detail: String

  package init(_ word: Word, line: Int?, value: String?, _ detail: String) {
    self.word = word
    self.line = line
    self.value = value
    self.detail = detail
  }

  /// Whether something is wrong. A summary is not a fault.
  package var isFault: Bool { ![.validTogether, .units, .padded].contains(word) }
}

enum LintWords {
  /// `a`, `a and b` or `a, b and c`, with at most `limit` words and the number of those left out.
  static func list(_ words: [String], and: String = "and", limit: Int = 6) -> String {
    let rest = words.count - limit
    let shown = rest > 0 ? Array(words.prefix(limit)) + ["\(rest) more"] : words
    guard shown.count > 1, let last = shown.last else { return shown.first ?? "" }
    return shown.dropLast().joined(separator: ", ") + " \(and) \(last)"
  }

  /// With at most one decimal, such as `28.1%`.
  static func percent(_ share: Double) -> String {
    let tenths = (share * 1_000).rounded()
    if tenths == 0 { return "less than 0.1%" }
    return plain(tenths / 10) + "%"
  }

  /// With at most four decimals, unless that would make it 0 or 1.
  static func share(_ value: Double) -> String {
    let rounded = (value * 10_000).rounded() / 10_000
    return rounded == 0 && value != 0 || rounded == 1 && value != 1 ? "\(value)" : plain(rounded)
  }

  private static func plain(_ value: Double) -> String {
    value.rounded() == value && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }

  static func period(_ period: Period) -> String {
    period.lastDay.map { "\(period.start) to \($0)" } ?? "since \(period.start)"
  }
}
