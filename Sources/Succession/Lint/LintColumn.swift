import RegistryStorage

/// The codes of one column, compared with the codes of one day.
///
/// Kept here:
/// 1. Each value is judged once, however often it occurs in the column.
/// 2. Blanks at the ends and small letters are one finding. The other findings are about the code that is meant.
/// 3. On the day, a code has at most one of these findings: closed, not yet open, recoded.
struct CodeColumn {
  struct Reading {
    /// The code that is meant.
    let code: String
    /// The body that has the code on the day, or that has a new code instead (recoded).
    let body: OrganisationID?
    /// The use that the value stands for, even if its period does not hold the day.
    let use: DatedCode?
    let findings: [(word: LintFinding.Word, detail: String)]
  }

  let day: Day
  /// The scheme of most codes, and the kind of most bodies.
  let scheme: String?
  let kind: String?
  private let readings: [String: Reading]

  /// - Parameters:
  ///   - values: as they are in the file.
  ///   - areTargets: whether the values are answers. If so, a blank is valid, kinds may differ, and no successors are
  ///     named.
  init(_ values: some Sequence<String>, _ book: CodeBook, on day: Day, areTargets: Bool = false) {
    self.day = day
    let values = Set(values)
    let codes = Set(values.map { book.spelling(of: $0).code })
    let scheme = Self.mostFrequentScheme(codes, book, day)
    self.scheme = scheme
    kind = book.mostFrequentKind(
      of: codes.compactMap { book.nearestUse(of: $0, to: day, scheme: scheme)?.organisation }, near: day)
    let judge = CodeJudge(
      book: book, day: day, scheme: scheme, kind: areTargets ? nil : kind, areTargets: areTargets,
      likely: codes.contains { !$0.isEmpty && book.uses(of: $0).isEmpty && book.partitionsOfUnits[$0] == nil }
        ? LikelyCodes(book, on: day) : nil)
    readings = Dictionary(
      uniqueKeysWithValues: values.map { value in
        (value, judge.reading(of: value, as: book.spelling(of: value)))
      })
  }

  subscript(value: String) -> Reading {
    readings[value] ?? Reading(code: value, body: nil, use: nil, findings: [])
  }

  private static func mostFrequentScheme(_ codes: Set<String>, _ book: CodeBook, _ day: Day) -> String? {
    var counts: [String: Int] = [:]
    for code in codes {
      if let scheme = book.nearestUse(of: code, to: day)?.scheme { counts[scheme, default: 0] += 1 }
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}

private struct CodeJudge {
  let book: CodeBook
  let day: Day
  let scheme: String?
  let kind: String?
  let areTargets: Bool
  /// Nil if every value is a code.
  let likely: LikelyCodes?

  func reading(of value: String, as spelling: CodeSpelling) -> CodeColumn.Reading {
    let code = spelling.code
    var findings: [(word: LintFinding.Word, detail: String)] = []
    if code.isEmpty {
      if !areTargets { findings.append((.blank, "there is no code")) }
      return CodeColumn.Reading(code: code, body: nil, use: nil, findings: findings)
    }
    guard let use = book.nearestUse(of: code, to: day, scheme: scheme) else {
      if let partition = book.partitionsOfUnits[code]?.first {
        if spelling.style == .untidy { findings.append((.untidy, Self.untidy(code))) }
        if let scheme { findings.append((.otherKind, "a unit of \(partition) in a column of \(scheme) codes")) }
        return CodeColumn.Reading(code: code, body: nil, use: nil, findings: findings)
      }
      return CodeColumn.Reading(code: code, body: nil, use: nil, findings: [strangeness(of: code)])
    }
    if spelling.style == .untidy { findings.append((.untidy, Self.untidy(code))) }
    var body: OrganisationID? = use.organisation
    if !use.period.contains(day) {
      let absence = absence(of: use)
      findings.append(absence)
      if absence.word != .recoded { body = nil }
    }
    if let found = otherScheme(use) { findings.append((.mixedSchemes, found)) }
    if let found = otherKind(use) { findings.append((.otherKind, found)) }
    return CodeColumn.Reading(code: code, body: body, use: use, findings: findings)
  }

  private static func untidy(_ code: String) -> String { "the code is \(code), without blanks and in capitals" }

  private func strangeness(of code: String) -> (word: LintFinding.Word, detail: String) {
    if let meaning = book.placeholder(code) { return (.placeholder, meaning) }
    if let damage = likely?.damage(of: code) { return (.damaged, damage) }
    let near = likely?.nearMisses(of: code) ?? []
    return (
      .unknown,
      "no code of the register" + (near.isEmpty ? "" : "; near to it: \(LintWords.list(near, and: "or", limit: 5))")
    )
  }

  /// Why a code is not in use on the day.
  private func absence(of use: DatedCode) -> (word: LintFinding.Word, detail: String) {
    let name = book.spoken(use.organisation, near: day)
    if let scheme = use.scheme, let other = book.code(of: use.organisation, in: scheme, on: day) {
      return (
        .recoded,
        "\(name) goes on, but its \(scheme) code on \(day) is \(other); this one is of \(LintWords.period(use.period))"
      )
    }
    if use.period.start > day { return (.notYetOpen, "\(name) opens on \(use.period.start), after \(day)") }
    let heirs = areTargets ? [] : book.heirs(of: use.organisation, on: day)
    let codes = heirs.map { book.spokenCode(of: $0, in: use.scheme, on: day) }
    let last = use.period.lastDay ?? day
    return (
      .closed,
      "\(name) closed on \(last)"
        + (codes.isEmpty ? "" : "; by \(day) it was succeeded by \(LintWords.list(codes.sorted()))")
    )
  }

  private func otherScheme(_ use: DatedCode) -> String? {
    guard use.scheme != scheme, let scheme else { return nil }
    let other = book.code(of: use.organisation, in: scheme, on: day)
    // For a body without a code, its key is right.
    if use.scheme == nil, other == nil { return nil }
    let category = use.scheme.map { "a code of the scheme \($0)" } ?? "a permanent key"
    return "\(category) in a column of \(scheme) codes" + (other.map { "; the \(scheme) code is \($0)" } ?? "")
  }

  private func otherKind(_ use: DatedCode) -> String? {
    guard let kind else { return nil }
    let own = book.kinds(of: use.organisation, near: day)
    guard !own.isEmpty, own.isDisjoint(with: book.kinds(alike: kind)) else { return nil }
    return "\(book.spoken(use.organisation, near: day)) in a column of the kind \(kind)"
  }
}
