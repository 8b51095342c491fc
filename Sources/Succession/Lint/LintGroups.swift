import RegistryFormats
import RegistryStorage

/// The codes of each group of rows, such as each period: the days that fit them, and the bodies that are missing.
package struct GroupLint: Sendable {
  package let findings: [LintFinding]

  /// - Parameters:
  ///   - rows: the values of the groups, and the code.
  ///   - isComplete: whether to name the bodies of the day that have no row.
  package init(_ rows: [(group: [String], line: Int, code: String)], _ book: CodeBook, isComplete: Bool) {
    var codes: [[String]: Set<String>] = [:]
    var order: [[String]] = []
    for row in rows {
      if codes[row.group] == nil { order.append(row.group) }
      codes[row.group, default: []].insert(row.code)
    }
    findings = order.flatMap { Self.findings($0, codes[$0] ?? [], book, isComplete: isComplete) }
  }

  private static func findings(
    _ group: [String], _ values: Set<String>, _ book: CodeBook, isComplete: Bool
  ) -> [LintFinding] {
    let name = group.joined(separator: ", ")
    let codes = Set(values.map { book.spelling(of: $0).code })
    let known = codes.filter { !book.uses(of: $0).isEmpty }.sorted()
    let vintages = Vintages(known, book)
    guard let best = vintages.best else {
      let units = codes.filter { book.partitionsOfUnits[$0] != nil }.count
      return [
        LintFinding(
          units == codes.count ? .units : .mixedVintages, line: nil, value: name,
          units == 0 ? "none of \(counted(codes.count, "code")) is known" : "\(units) of \(codes.count) are units")
      ]
    }
    let share = Double(vintages.bestCount) / Double(codes.count)
    let isWhole = vintages.bestCount == codes.count
    let kind = book.mostFrequentKind(
      of: known.compactMap { book.use(of: $0, on: best.start)?.organisation }, near: best.start)
    let days = vintages.together.isEmpty ? [(best, kind)] : vintages.together
    let periods = days.map { LintWords.period($0.0) + ($0.1.map { " (\($0))" } ?? "") }
    var findings = [
      LintFinding(
        isWhole ? .validTogether : .mixedVintages, line: nil, value: name,
        "\(vintages.bestCount) of \(counted(codes.count, "code")) (\(LintWords.percent(share))): "
          + periods.joined(separator: "; "))
    ]
    let strange = codes.filter { book.use(of: $0, on: best.start) == nil }.sorted()
    if !isWhole, !strange.isEmpty {
      findings[0] = LintFinding(
        .mixedVintages, line: nil, value: name, findings[0].detail + "; not then: \(LintWords.list(strange))")
    }
    if isComplete { findings += missing(name, known, days.last?.0.start ?? best.start, book) }
    return findings
  }

  /// The bodies of the usual kind on a day that have no row.
  private static func missing(_ group: String, _ codes: [String], _ day: Day, _ book: CodeBook) -> [LintFinding] {
    let uses = codes.compactMap { book.use(of: $0, on: day) }
    guard let kind = book.mostFrequentKind(of: uses.map(\.organisation), near: day) else { return [] }
    let present = Set(uses.map(\.organisation))
    let all = book.bodies(ofKinds: [kind], on: day)
    let missing = all.filter { !present.contains($0) }
    guard !missing.isEmpty else { return [] }
    let scheme = uses.first { $0.scheme != nil }?.scheme
    let words = missing.map { book.spokenCode(of: $0, in: scheme, on: day) }.sorted()
    return [
      LintFinding(
        .missingBodies, line: nil, value: group,
        "\(missing.count) of \(all.count) bodies of the kind \(kind) on \(day): \(LintWords.list(words, limit: 20))")
    ]
  }
}
