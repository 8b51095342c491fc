package import RegistryStorage

/// What is wrong with a column of codes, judged on one day.
package struct CodeLint: Sendable {
  /// The findings about the whole column come first. Those about its values follow in the order of lines.
  package let findings: [LintFinding]

  /// - Parameter day: the day of the codes. Nil means the first day on which most of them are valid.
  package init(_ values: [(line: Int, value: String)], _ book: CodeBook, asAt day: Day?) {
    let codes = Set(values.map { book.spelling(of: $0.value).code })
    let known = codes.filter { !book.uses(of: $0).isEmpty }.sorted()
    let vintages = Vintages(known, book)
    let column = CodeColumn(values.map(\.value), book, on: day ?? vintages.best?.start ?? .epoch)
    let lines = values.flatMap { line, value in
      column[value].findings.map { LintFinding($0.word, line: line, value: value, $0.detail) }
    }
    let units = codes.filter { book.uses(of: $0).isEmpty && book.partitionsOfUnits[$0] != nil }
    var spellings = SpellingCounts()
    for (_, value) in values { spellings.add(value, book.spelling(of: value), rows: 1) }
    let padded = spellings.paddedSentence.map { [LintFinding(.padded, line: nil, value: nil, $0)] } ?? []
    findings = Self.summary(vintages, known.count, asAt: day) + Self.summary(units, book) + padded + lines
  }

  /// What the values may be that are no codes of bodies. They may be codes of units.
  package static func strangers(_ values: some Sequence<String>, _ book: CodeBook) -> [String] {
    Set(
      values.flatMap { text -> [String] in
        book.uses(of: book.spelling(of: text).code).isEmpty ? CodeSpelling.candidates(text).map(\.code) : []
      }
    ).sorted()
  }

  private static func summary(_ units: Set<String>, _ book: CodeBook) -> [LintFinding] {
    guard !units.isEmpty else { return [] }
    var counts: [String: Int] = [:]
    for unit in units { for partition in book.partitionsOfUnits[unit] ?? [] { counts[partition, default: 0] += 1 } }
    let partitions = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) of \($0.key)" }
    return [
      LintFinding(
        .units, line: nil, value: nil,
        "\(units.count == 1 ? "one code is of a unit" : "\(units.count) codes are of units"): "
          + LintWords.list(partitions))
    ]
  }

  private static func summary(_ vintages: Vintages, _ count: Int, asAt day: Day?) -> [LintFinding] {
    guard let best = vintages.best else { return [] }
    if vintages.together.isEmpty {
      return [
        LintFinding(
          .mixedVintages, line: nil, value: nil,
          "no day has all \(count) codes; the most, \(vintages.bestCount), are valid together \(LintWords.period(best))"
            + (day == nil ? "; every code is held against \(best.start)" : ""))
      ]
    }
    let periods = vintages.together.map { period, kind in
      LintWords.period(period) + (kind.map { " (\($0))" } ?? "")
    }
    return [
      LintFinding(
        .validTogether, line: nil, value: nil,
        "\(count == 1 ? "the one code" : "all \(count) codes"): \(periods.joined(separator: "; "))")
    ]
  }
}
