import RegistryStorage

/// A row of a crosswalk, with its target looked up and its share read.
struct LintRow {
  enum Target: Equatable {
    case body(OrganisationID)
    /// The target is blank, which means territory in no body.
    case nowhere
    /// The code means no body on the target day.
    case none
  }

  enum Share: Equatable {
    case noColumn
    case blank
    case number(Double)
    case invalid(String)
  }

  let line: Int
  let from: String
  let to: String
  let targetCode: String
  let target: Target
  private(set) var share: Share
  private var rounding: Double

  init(_ row: CrosswalkLint.Row, target: Target, targetCode: String) {
    (line, from, to) = (row.line, row.from, row.to)
    self.target = target
    self.targetCode = targetCode
    share = Self.read(row.share)
    rounding = Self.rounding(row.share ?? "")
  }

  /// The body that the row names.
  var body: OrganisationID? { if case .body(let body) = target { body } else { nil } }

  /// What the row takes of its body. It takes all of it if there is no column of shares.
  var weight: Double {
    switch share {
    case .noColumn: 1
    case .number(let value): value
    case .blank, .invalid: 0
    }
  }

  /// Whether there is a column of shares, but no valid share in it.
  var hasNoNumber: Bool {
    switch share {
    case .blank, .invalid: true
    case .number, .noColumn: false
    }
  }

  /// Whether the row's share is the true one or was rounded from it.
  /// - Parameter slack: by how much the share may be larger, because it may hold what is not in another row.
  func agrees(with truth: Double, slack: Double = 0) -> Bool {
    switch share {
    case .noColumn, .blank, .invalid: true
    case .number(let value): value >= truth - rounding && value <= truth + slack + rounding
    }
  }

  /// The row and another with a target in no body, as one.
  func joined(_ other: LintRow) -> LintRow {
    guard case .number(let value) = share, case .number(let more) = other.share else { return self }
    var sum = self
    sum.share = .number(value + more)
    sum.rounding += other.rounding
    return sum
  }

  var spokenShare: String { LintWords.share(weight) }

  private static func read(_ text: String?) -> Share {
    guard let text else { return .noColumn }
    let trimmed = text.filter { !$0.isWhitespace }
    if trimmed.isEmpty { return .blank }
    guard trimmed.utf8.allSatisfy({ !"xXpPnNiI".utf8.contains($0) }), let value = Double(trimmed), value >= 0,
      value.isFinite
    else { return .invalid(text) }
    return .number(value)
  }

  /// Half a unit of the last decimal. With fewer than three decimals, almost nothing: such a share is an estimate.
  private static func rounding(_ text: String) -> Double {
    guard let point = text.firstIndex(of: "."), !text.contains(where: { $0 == "e" || $0 == "E" }) else { return 1e-6 }
    let decimals = text[text.index(after: point)...].count { $0.isNumber }
    guard decimals >= 3 else { return 1e-6 }
    var half = 0.51
    for _ in 0..<min(decimals, 20) { half /= 10 }
    return max(half, 1e-6)
  }
}
