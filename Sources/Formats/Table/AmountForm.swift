/// How the numbers of a column are written, and what stands there for no value.
///
/// 1. Every reading is exact. What can be read in two ways is refused, with the words that decide.
/// 2. A mark of a missing value is no value only if the user says so.
package struct AmountForm: Sendable {
  package enum Role: Sendable { case sum, rate }

  /// What `--missing default` takes.
  package static let usualMarks = [
    "*", "-", "–", "..", ":", "c", "z", "x", "[c]", "[z]", "NA", "NaN", "NULL",
  ]

  package var role = Role.sum
  /// The marks of missing values.
  package var missing: Set<String> = []
  /// What stands before groups of three digits. Nil if the user says nothing.
  package var thousands: Character?
  /// What stands before decimals. Nil if the user says nothing.
  package var decimal: Character?
  /// Whether a comma before three digits can only be one of thousands: in files separated by commas, and where another
  /// value of the column shows it.
  package var commaIsThousands = true
  /// Whether `5E1` is a number. It may be a code unless the column has other exponents or points.
  package var readsBareExponents = false

  package init() {}

  /// Whether a number of digits with a point may be read without looking at the form.
  var isPlain: Bool { decimal != "," }

  package enum Reading: Sendable {
    case blank
    /// The mark that stands for no value.
    case missing(String)
    case number(ExactDecimal, Style)
    /// A usual mark of missing values that the user has not named.
    case mark(String)
    case fault(String)
  }

  /// How one number is written. A column may have all of these, but only one currency, and percent signs at all values
  /// or at none.
  package struct Style: Sendable {
    package var hasThousands = false
    package var hasExponent = false
    package var isInBrackets = false
    package var isPercent = false
    package var currency: Character?
  }

  /// Reads the text of a cell that is no plain number.
  package func read(_ cell: String) -> Reading {
    let text = cell.trimmingBlanks
    if text.isEmpty { return .blank }
    if missing.contains(text) { return .missing(text) }
    let shown = text.count > 60 ? "\(text.prefix(60))..." : text
    if Self.isUsualMark(text) { return .mark(text) }
    var style = Style()
    var body = text[...]
    var isNegative = false
    if body.hasPrefix("("), body.hasSuffix(")"), body.count > 2 {
      style.isInBrackets = true
      isNegative = true
      body = body.dropFirst().dropLast()
    }
    // The sign may stand before or behind the currency.
    for _ in 0..<2 {
      if !style.isInBrackets, !isNegative, let sign = body.first, sign == "-" || sign == "+" || sign == "−" {
        isNegative = sign != "+"
        body = body.dropFirst()
      }
      if let sign = body.first, style.currency == nil, "£$€".contains(sign) {
        style.currency = sign
        body = body.dropFirst()
        while body.first == " " { body = body.dropFirst() }
      }
    }
    if let sign = body.last, style.currency == nil, "£$€".contains(sign) {
      style.currency = sign
      body = body.dropLast()
    }
    if body.last == "%" {
      style.isPercent = true
      body = body.dropLast()
    }
    while body.last == " " { body = body.dropLast() }
    if style.isPercent, role == .sum {
      return .fault("'\(shown)' is a rate: weigh it with --rate COLUMN/DENOMINATOR instead of --sum")
    }
    var power = 0
    if let mark = body.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      let digits = body[body.index(after: mark)...]
      let isBare = digits.allSatisfy { $0.isASCII && $0.isNumber } && !body[..<mark].contains(".")
      if isBare, !digits.isEmpty, body[..<mark].allSatisfy({ $0.isASCII && $0.isNumber }), !readsBareExponents {
        return .fault("'\(shown)' may be a number or a code: write the number in digits")
      }
      guard digits.utf8.count <= 4, let read = Int(digits) else { return notANumber(shown) }
      power = read
      style.hasExponent = true
      body = body[..<mark]
    }
    switch digits(body, shown, &style) {
    case .failure(let reason): return .fault(reason.message)
    case .success(let plain):
      do throws(ExactDecimal.Refusal) {
        var number = try ExactDecimal(plain)
        if isNegative { number.digits = -number.digits }
        guard let moved = number.moved(by: power) else { return tooLong(shown) }
        return .number(moved, style)
      } catch .tooLong {
        return tooLong(shown)
      } catch {
        return notANumber(shown)
      }
    }
  }

  static func isUsualMark(_ text: String) -> Bool {
    usualMarks.contains(text)
      || usualMarks.contains { $0.count > 1 && $0.first?.isLetter == true && $0.lowercased() == text.lowercased() }
  }

  private struct Mistake: Error { let message: String }

  /// The digits with a point before decimals and nothing before thousands.
  private func digits(_ body: Substring, _ shown: String, _ style: inout Style) -> Result<String, Mistake> {
    let point = decimal ?? "."
    // A blank between groups is understood wherever no other mark of thousands is named.
    let mark = thousands ?? (point == "," ? "." : ",")
    guard body.contains(mark) || body.contains(",") else {
      let plain = point == "." ? String(body) : String(body).replacing(String(point), with: ".")
      return .success(plain)
    }
    let parts = body.split(separator: point, omittingEmptySubsequences: false)
    let groups = parts[0].split(separator: mark, omittingEmptySubsequences: false)
    let isGrouped =
      parts.count <= 2 && (1...3).contains(groups[0].count)
      && groups.dropFirst().allSatisfy { $0.count == 3 }
      && (parts.count < 2 || !parts[1].contains(mark))
      && groups.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
    guard isGrouped else {
      if parts.count == 2, groups.count == 1 { return .success("\(parts[0]).\(parts[1])") }
      return .failure(
        Mistake(
          message: "'\(shown)' is not a number: a comma stands before three digits, or say --decimal ,"))
    }
    if groups.count > 1 { style.hasThousands = true }
    let isClear = groups.count > 2 || parts.count == 2 || commaIsThousands || thousands != nil || decimal != nil
    guard isClear || groups.count == 1 else {
      return .failure(
        Mistake(
          message: "'\(shown)' may be \(groups.joined()) or \(groups.joined(separator: ".")): "
            + "say --thousands , or --decimal ,"))
    }
    return .success(groups.joined() + (parts.count == 2 ? ".\(parts[1])" : ""))
  }

  private func notANumber(_ shown: String) -> Reading {
    .fault("'\(shown)' is not a number (digits, with a point before decimals; a blank means no value)")
  }

  private func tooLong(_ shown: String) -> Reading {
    .fault("'\(shown)' has more than \(ExactDecimal.maximumDigits) digits")
  }
}

extension ExactDecimal {
  /// The number times ten to the power of `power`, exactly. Nil if it has too many digits or decimals.
  package func moved(by power: Int) -> ExactDecimal? {
    if power <= scale {
      let (moved, isTooLong) = (scale - power, scale - power > Self.maximumDigits)
      if !isTooLong { return ExactDecimal(digits: digits, scale: moved) }
      // Zeros at the end need no decimals.
      return ExactDecimal(digits: digits, scale: scale).withoutZeros().flatMap {
        $0.scale - power <= Self.maximumDigits ? ExactDecimal(digits: $0.digits, scale: $0.scale - power) : nil
      }
    }
    if digits == 0 { return ExactDecimal(digits: 0, scale: 0) }
    guard power - scale <= Self.maximumDigits else { return nil }
    let (product, overflows) = digits.multipliedReportingOverflow(by: Self.powerOfTen(power - scale))
    return overflows || !Self.holds(product) ? nil : ExactDecimal(digits: product, scale: 0)
  }

  private func withoutZeros() -> ExactDecimal? {
    var (digits, scale) = (digits, scale)
    while scale > 0, digits % 10 == 0 {
      digits /= 10
      scale -= 1
    }
    return ExactDecimal(digits: digits, scale: scale)
  }
}

/// What was found in the numbers of a column, to be told once.
///
/// 1. A column has one currency, and percent signs at all values or at none. The first value decides.
package struct AmountNotes: Sendable {
  /// By mark, how many cells have it.
  package private(set) var missing: [String: Int] = [:]
  /// Marks that the user has not named.
  package private(set) var unnamedMarks: Set<String> = []
  package private(set) var bracketCount = 0
  package private(set) var exponentCount = 0
  package private(set) var thousandsCount = 0
  package private(set) var firstThousands: String?
  package private(set) var currency: Character?
  package private(set) var percentCount = 0
  /// How many numbers have no percent sign.
  package var plainCount = 0

  package init() {}

  mutating func note(missing mark: String) { missing[mark, default: 0] += 1 }

  mutating func note(unnamed mark: String) { unnamedMarks.insert(mark) }

  /// - Returns: what is wrong with a number beside those before it. Nil if nothing is.
  mutating func note(_ style: AmountForm.Style, _ text: String) -> String? {
    if let currency = style.currency {
      if let known = self.currency, known != currency { return "'\(text)' is in another currency than \(known)" }
      self.currency = currency
    }
    if style.isPercent {
      if plainCount > 0 { return "'\(text)' stands beside numbers without a percent sign" }
      percentCount += 1
    } else {
      if percentCount > 0 { return "'\(text)' stands beside numbers with a percent sign" }
      plainCount += 1
    }
    if style.isInBrackets { bracketCount += 1 }
    if style.hasExponent { exponentCount += 1 }
    if style.hasThousands {
      thousandsCount += 1
      if firstThousands == nil { firstThousands = text }
    }
    return nil
  }

  /// Adds what another part of the file has.
  /// - Returns: whether both parts agree.
  mutating func merge(_ other: AmountNotes) -> Bool {
    missing.merge(other.missing, uniquingKeysWith: +)
    bracketCount += other.bracketCount
    exponentCount += other.exponentCount
    thousandsCount += other.thousandsCount
    if firstThousands == nil { firstThousands = other.firstThousands }
    percentCount += other.percentCount
    plainCount += other.plainCount
    defer { currency = currency ?? other.currency }
    return (currency == nil || other.currency == nil || currency == other.currency)
      && (percentCount == 0 || plainCount == 0)
  }
}
