package import RegistryStorage

/// What is wrong with somebody's crosswalk, compared with the register's own between the same two days.
///
/// Kept here:
/// 1. The rows of a body are right if they agree with the register's answer. A basis or a kind by its name counts only
///    if the file uses it: the shares of some body are true by that and not by the answer without it.
/// 2. A row has at most one finding about its target. If a body has such a finding, no missing target is reported,
///    because the detail of the finding holds the whole answer.
/// 3. If the register does not know where a body went, the body is named and not judged. Where it does not know of a
///    part, any row may hold that part.
/// 4. A part below the tolerance may be left out. It is counted.
package struct CrosswalkLint {
  package struct Row: Sendable {
    package let line: Int
    package let from: String
    package let to: String
    /// Nil if there is no column of shares.
    package let share: String?

    package init(line: Int, from: String, to: String, share: String?) {
      self.line = line
      self.from = from
      self.to = to
      self.share = share
    }
  }

  /// What the register knows, and what is asked of it.
  package struct Ground {
    let book: CodeBook
    let whereabouts: Whereabouts
    let events: [EventID: String]
    let from: Day
    let to: Day
    let tolerance: Double

    /// - Parameter tolerance: the share below which a part may be left out. From 0 to less than 1.
    package init(book: CodeBook, whereabouts: Whereabouts, from: Day, to: Day, tolerance: Double = 0) {
      self.book = book
      self.whereabouts = whereabouts
      self.from = from
      self.to = to
      self.tolerance = tolerance
      events = Dictionary(
        whereabouts.links.map { ($0.eventID, $0.event) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// In the order of lines. The findings about the whole file come last.
  package private(set) var findings: [LintFinding] = []
  /// The bodies that are not judged, with their codes and the reasons, in the order of codes.
  package private(set) var unjudged: [(code: String, reason: String)] = []
  /// How many parts below the tolerance the file leaves out.
  package private(set) var leftOutCount = 0

  private let ground: Ground
  private let sources: CodeColumn
  private let targets: CodeColumn
  private let expected: [OrganisationID]
  private var routes: TrueRoutes
  /// The numbers of the questions that the file is shown to ask.
  private var shownQuestions: Set<Int> = []
  private var effects: TotalEffects

  private var book: CodeBook { ground.book }

  /// - Throws: an error of the database.
  package init(_ rows: [Row], on ground: Ground) throws(DatabaseError) {
    self.ground = ground
    let book = ground.book
    sources = CodeColumn(rows.map(\.from), book, on: ground.from)
    targets = CodeColumn(rows.map(\.to), book, on: ground.to, areTargets: true)
    let given = rows.compactMap { [sources] row in sources[row.from].body }
    // A file of care trusts need not name all PCTs.
    let kinds = book.mostFrequentKinds(of: Set(given), near: ground.from)
    expected = kinds.map { book.bodies(ofKinds: [$0], on: ground.from) }.min { $0.count < $1.count } ?? []
    let bodies = Set(expected + given).sorted()
    let subject = TrueRoutes.Subject(
      from: ground.from, to: ground.to, kind: sources.kind, toKind: targets.kind,
      toKindsAlike: targets.kind.map(book.kinds(alike:)) ?? [])
    let routes = try TrueRoutes(of: bodies, subject, in: ground.whereabouts)
    self.routes = routes
    effects = TotalEffects(
      total: bodies.reduce(0) { $0 + routes.amount(of: $1) }, basis: routes.basisOfAmounts)
    try lint(rows)
  }

  private mutating func lint(_ rows: [Row]) throws(DatabaseError) {
    var groups: [OrganisationID: [LintRow]] = [:]
    for row in rows {
      let source = sources[row.from]
      for finding in source.findings { find(finding.word, row.line, row.from, finding.detail) }
      let resolved = resolve(row)
      guard let body = source.body else {
        try judgeTarget(resolved, of: nil)
        continue
      }
      groups[body, default: []].append(resolved)
    }
    for (body, rows) in groups { groups[body] = withoutDuplicates(rows, of: body) }
    for (body, rows) in groups { shownQuestions.formUnion(try questions(shownBy: rows, of: body)) }
    for (body, rows) in groups.sorted(by: { $0.key < $1.key }) { try judge(rows, of: body) }
    findings.sort { ($0.line ?? 0, $0.word.rawValue, $0.detail) < ($1.line ?? 0, $1.word.rawValue, $1.detail) }
    unjudged.sort { $0 < $1 }
    for body in expected where groups[body] == nil {
      effects.change(.sourceMissing, by: -routes.amount(of: body))
      find(
        .sourceMissing, nil, sourceCode(body),
        "\(book.spoken(body, near: ground.from)) has no row; \(try answer(for: body))")
    }
    findings += effects.findings
  }

  // MARK: A row

  private func resolve(_ row: Row) -> LintRow {
    let reading = targets[row.to]
    let target: LintRow.Target =
      if reading.code.isEmpty { .nowhere } else if let body = reading.body { .body(body) } else { .none }
    return LintRow(row, target: target, targetCode: reading.code)
  }

  /// Records the findings about a target code by itself.
  /// - Returns: whether the target can be compared with the register's answer.
  @discardableResult
  private mutating func judgeTarget(_ row: LintRow, of source: OrganisationID?) throws(DatabaseError) -> Bool {
    var isUsable = true
    let reading = targets[row.to]
    for (word, detail) in reading.findings {
      switch word {
      case .closed, .notYetOpen, .unknown, .damaged:
        var found = (word: word, detail: detail)
        if let use = reading.use { found = try absence(of: use.organisation, detail, from: source) }
        if let source {
          found.detail += "; \(try answer(for: source))"
          effects.misplace(found.word, row.weight * routes.amount(of: source))
        }
        find(found.word, row.line, row.to, found.detail)
        isUsable = false
      default: find(word, row.line, row.to, detail)
      }
    }
    return isUsable
  }

  /// What is wrong with a target that does not live on the target day.
  private func absence(
    of target: OrganisationID, _ detail: String, from source: OrganisationID?
  ) throws(DatabaseError) -> (word: LintFinding.Word, detail: String) {
    guard let source else { return (.targetNotAlive, detail) }
    if try routes.passed(through: target, from: source) { return (.unfinishedChain, detail) }
    return (.targetNotAlive, "\(detail); nothing of \(sourceCode(source)) ever lay there")
  }

  // MARK: A body

  private mutating func judge(_ rows: [LintRow], of body: OrganisationID) throws(DatabaseError) {
    let agreed = try agreement(of: rows, body)
    try judgeShares(of: rows, of: body, leftOut: agreed?.leftOut ?? 0)
    var usable: [LintRow] = []
    for row in rows where try judgeTarget(row, of: body) { usable.append(row) }
    if usable.count == rows.count, let agreed {
      leftOutCount += agreed.leftOutCount
      return try nameMissingShares(rows, body)
    }
    let route = routes.route(of: body)
    guard route.isKnown else { return unjudged.append((sourceCode(body), try reason(route) ?? "")) }
    let others = try routes.otherRoutes(of: body).values
    let comparison = LintComparison(usable, with: route, tolerance: ground.tolerance)
    let wrong = comparison.strangers.filter { row in !others.contains { $0.shares[row.body] != nil } }
    for row in wrong {
      find(
        .wrongTarget, row.line, row.to,
        (row.body == nil ? "a blank means in no body" : "nothing of \(sourceCode(body)) lies there")
          + "; \(try answer(for: body))")
      effects.misplace(.wrongTarget, row.weight * routes.amount(of: body))
    }
    if !wrong.isEmpty || usable.count < rows.count { return }
    try report(comparison, of: usable, body, route)
  }

  /// The comparison with the first answer with which the rows of a body agree. Nil if they agree with none.
  private mutating func agreement(of rows: [LintRow], _ body: OrganisationID) throws(DatabaseError) -> LintComparison? {
    let route = routes.route(of: body)
    let comparison = LintComparison(rows, with: route, tolerance: ground.tolerance)
    if route.isKnown, comparison.agrees { return comparison }
    guard !shownQuestions.isEmpty else { return nil }
    let others = try routes.otherRoutes(of: body)
    return shownQuestions.sorted().lazy.compactMap { [tolerance = ground.tolerance] in
      others[$0].map { LintComparison(rows, with: $0, tolerance: tolerance) }
    }.first { $0.agrees }
  }

  /// The numbers of the questions by which the shares of a body are true, if they are not true by the first.
  private mutating func questions(shownBy rows: [LintRow], of body: OrganisationID) throws(DatabaseError) -> [Int] {
    // One whole row in a body shows no basis.
    guard rows[0].share != .noColumn, rows.count > 1 || rows[0].target == .nowhere,
      rows.allSatisfy({ $0.target != .none })
    else { return [] }
    let route = routes.route(of: body)
    if route.isKnown, LintComparison(rows, with: route, tolerance: ground.tolerance).agrees { return [] }
    // Shares that a tolerance lets pass show nothing.
    return try routes.otherRoutes(of: body).filter { LintComparison(rows, with: $0.value, tolerance: 0).agrees }
      .map(\.key)
  }

  /// The rows of a body, each target once. Parts in no body may have several rows, one for each reason.
  private mutating func withoutDuplicates(_ rows: [LintRow], of body: OrganisationID) -> [LintRow] {
    var indexOf: [String: Int] = [:]
    var found: [LintRow] = []
    for row in rows {
      let key = row.body.map { "\($0.number)" } ?? "=\(row.targetCode)"
      guard let index = indexOf[key] else {
        indexOf[key] = found.count
        found.append(row)
        continue
      }
      if row.target == .nowhere, case .number = row.share, case .number = found[index].share {
        found[index] = found[index].joined(row)
        continue
      }
      find(.duplicate, row.line, row.from, "'\(row.from)' to '\(row.to)' is already in line \(found[index].line)")
      effects.change(.duplicate, by: row.weight * routes.amount(of: body))
    }
    return found
  }

  /// - Parameter leftOut: by how much the shares may fall short of 1.
  private mutating func judgeShares(
    of rows: [LintRow], of body: OrganisationID, leftOut: Double
  ) throws(DatabaseError) {
    let amount = routes.amount(of: body)
    if rows[0].share == .noColumn {
      if rows.count > 1 { effects.change(.shareMissing, by: Double(rows.count - 1) * amount) }
      return
    }
    let sum = rows.reduce(0) { $0 + $1.weight }
    var cause = LintFinding.Word.shareSum
    for row in rows {
      switch row.share {
      case .blank:
        find(.shareMissing, row.line, row.from, "the share is blank; \(try answer(for: body))")
        cause = .shareMissing
      case .invalid(let text):
        find(.shareInvalid, row.line, text, "a share is a number from 0 to 1; \(try answer(for: body))")
        cause = .shareInvalid
      case .number, .noColumn: break
      }
    }
    guard sum > 1 + 1e-6 || sum < 1 - leftOut - 1e-6 else { return }
    effects.change(cause, by: (sum - 1) * amount)
    guard cause == .shareSum else { return }
    let lines = rows.count == 1 ? "line \(rows[0].line)" : "lines \(LintWords.list(rows.map { "\($0.line)" }))"
    let remark = abs(sum - 100) < 0.5 ? "; are these percentages?" : ""
    find(
      .shareSum, rows[0].line, rows[0].from,
      "the shares of \(sourceCode(body)) add up to \(LintWords.share(sum)), not 1 (\(lines))\(remark)")
  }

  private mutating func nameMissingShares(_ rows: [LintRow], _ body: OrganisationID) throws(DatabaseError) {
    guard rows[0].share == .noColumn, rows.count > 1 else { return }
    find(
      .shareMissing, rows[0].line, rows[0].from,
      "\(rows.count) targets without a share: a total would count \(rows.count) times; \(try answer(for: body))")
  }

  /// Reports the differences between the rows of a body and its route.
  private mutating func report(
    _ comparison: LintComparison, of rows: [LintRow], _ body: OrganisationID, _ route: TrueRoutes.Route
  ) throws(DatabaseError) {
    leftOutCount += comparison.leftOutCount
    for row in comparison.differing + comparison.strangers where row.share != .noColumn {
      find(
        .shareDiffers, row.line, row.from,
        "\(row.spokenShare) to \(row.body.map(targetCode) ?? "no body"); \(try answer(for: body))")
      let excess = row.weight - (route.shares[row.body] ?? 0)
      effects.misplace(.shareDiffers, max(0, excess) * routes.amount(of: body))
    }
    // The finding about a row without a share has already said what is missing.
    if rows.contains(where: \.hasNoNumber) { return }
    for target in comparison.missing {
      find(
        .missingTarget, rows[0].line, rows[0].from,
        "no row for \(target.map(targetCode) ?? "the part in no body"); \(try answer(for: body))")
      // In a file with shares, the finding about their sum counts what is missing.
      guard rows[0].share == .noColumn else { continue }
      effects.misplace(.missingTarget, (route.shares[target] ?? 0) * routes.amount(of: body))
    }
    try nameMissingShares(rows, body)
  }

  // MARK: Words

  /// A clause such as `on 2021-04-01 it lies in 01E (0.9922) and 02M (0.0078), by population-2019`.
  private func answer(for body: OrganisationID) throws(DatabaseError) -> String {
    let route = routes.route(of: body)
    guard let reason = try reason(route) else { return places(of: route) }
    guard route.isKnown else { return "the register does not know where it went: \(reason)" }
    return places(of: route) + "; of the rest (\(LintWords.share(route.gap?.share ?? 0))), \(reason)"
  }

  private func places(of route: TrueRoutes.Route) -> String {
    let ordered = route.shares.sorted {
      ($1.value, $0.key?.number ?? .max) < ($0.value, $1.key?.number ?? .max)
    }
    let isWhole = ordered.count == 1 && route.gap == nil
    let places = ordered.map { target, share in
      let code = target.map(targetCode) ?? "no body of the kind"
      return isWhole ? code : "\(code) (\(LintWords.share(share)))"
    }
    return "on \(ground.to) it lies in \(LintWords.list(places, limit: 12))"
      + (isWhole ? "" : route.basis.map { ", by \($0)" } ?? "")
  }

  /// Why the register does not know where something is. Nil if it knows all.
  private func reason(_ route: TrueRoutes.Route) throws(DatabaseError) -> String? {
    guard let gap = route.gap else { return nil }
    let words = AnswerWords(events: ground.events) { [book, day = ground.to] body in
      (
        book.spokenCode(of: body, in: nil, on: day),
        book.kinds(of: body, near: day).sorted().joined(separator: ", ")
      )
    }
    return try words.words(.gap(gap.reason))
  }

  private func sourceCode(_ body: OrganisationID) -> String {
    book.spokenCode(of: body, in: sources.scheme, on: ground.from)
  }

  private func targetCode(_ body: OrganisationID) -> String {
    book.spokenCode(of: body, in: targets.scheme, on: ground.to)
  }

  private mutating func find(_ word: LintFinding.Word, _ line: Int?, _ value: String?, _ detail: String) {
    findings.append(LintFinding(word, line: line, value: value, detail))
  }
}
