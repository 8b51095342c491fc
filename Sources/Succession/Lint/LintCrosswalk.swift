package import RegistryStorage

/// What is wrong with somebody's crosswalk, compared with the register's own between the same two days.
///
/// Kept here:
/// 1. The rows of a body are right if they agree with the register by the first basis that knows the body. Another
///    basis counts only if the file uses it: the shares of some body are true by that basis and not by the first.
/// 2. A row has at most one finding about its target. If a body has such a finding, no missing target is reported,
///    because the detail of the finding holds the whole answer.
/// 3. If the register does not know where a body went, the body is named and not judged.
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

  /// What the register knows of the two days.
  package struct Ground {
    let book: CodeBook
    let kinds: [Kind]
    let before: Hierarchy
    let after: Hierarchy
    let territory: Territory
    let observations: [Observation]

    package init(
      book: CodeBook, kinds: [Kind], before: Hierarchy, after: Hierarchy, territory: Territory,
      observations: [Observation]
    ) {
      self.book = book
      self.kinds = kinds
      self.before = before
      self.after = after
      self.territory = territory
      self.observations = observations
    }
  }

  /// In the order of lines. The findings about the whole file come last.
  package private(set) var findings: [LintFinding] = []
  /// The codes of the bodies that are not judged.
  package private(set) var unjudged: [String] = []

  private let ground: Ground
  private let sources: CodeColumn
  private let targets: CodeColumn
  private let routes: TrueRoutes
  private let expected: [Int64]
  /// The bases that the file is shown to use.
  private var shownBases: Set<String> = []
  private var effects: TotalEffects

  private var book: CodeBook { ground.book }

  package init(_ rows: [Row], on ground: Ground) {
    self.ground = ground
    let (book, before, after) = (ground.book, ground.before, ground.after)
    sources = CodeColumn(rows.map(\.from), book, on: before.day)
    targets = CodeColumn(rows.map(\.to), book, on: after.day, areTargets: true)
    expected = sources.kind.map { book.bodies(ofKinds: [$0], on: before.day) } ?? []
    let given = rows.compactMap { [sources] row in sources[row.from].body }
    let bodies = Set(expected + given).sorted()
    routes = TrueRoutes(
      of: bodies, source: Self.tier(of: sources.kind, ground, before),
      target: Self.tier(of: targets.kind, ground, after), territory: ground.territory,
      observations: ground.observations)
    effects = TotalEffects(total: bodies.reduce(0) { [routes] in $0 + routes.amount(of: $1) }, unit: routes.unit)
    lint(rows)
  }

  /// Any kind of the place tier stands for the whole tier. Above it, a kind stands for the kinds that are like it.
  private static func tier(of kind: String?, _ ground: Ground, _ hierarchy: Hierarchy) -> TrueRoutes.Tier {
    let isPlace = kind.map { kind in ground.kinds.contains { $0.key == kind && $0.tier == Kind.placeTier } } ?? true
    return TrueRoutes.Tier(
      kinds: isPlace ? nil : kind.map { ground.book.kinds(alike: $0) }, hierarchy: hierarchy)
  }

  private mutating func lint(_ rows: [Row]) {
    var groups: [Int64: [LintRow]] = [:]
    for row in rows {
      let source = sources[row.from]
      for finding in source.findings { find(finding.word, row.line, row.from, finding.detail) }
      let resolved = resolve(row)
      if let body = source.body { groups[body, default: []].append(resolved) } else { judgeTarget(resolved, of: nil) }
    }
    shownBases = Set(groups.flatMap { body, rows in bases(shownBy: rows, of: body) })
    for (body, rows) in groups.sorted(by: { $0.key < $1.key }) { judge(body, rows) }
    findings.sort { ($0.line ?? 0, $0.word.rawValue, $0.detail) < ($1.line ?? 0, $1.word.rawValue, $1.detail) }
    unjudged.sort()
    for body in expected where groups[body] == nil {
      effects.change(.sourceMissing, by: -routes.amount(of: body))
      find(
        .sourceMissing, nil, sourceCode(body),
        "\(book.spoken(body, near: ground.before.day)) has no row; \(answer(for: body))")
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
  private mutating func judgeTarget(_ row: LintRow, of source: Int64?) -> Bool {
    var isUsable = true
    let reading = targets[row.to]
    for (word, detail) in reading.findings {
      switch word {
      case .closed, .notYetOpen, .unknown, .damaged:
        let (word, detail) = reading.use.map { absence(of: $0.organisation, detail, from: source) } ?? (word, detail)
        find(word, row.line, row.to, ([detail] + (source.map { [answer(for: $0)] } ?? [])).joined(separator: "; "))
        if let source { effects.misplace(word, row.weight * routes.amount(of: source)) }
        isUsable = false
      default: find(word, row.line, row.to, detail)
      }
    }
    return isUsable
  }

  /// What is wrong with a target that does not live on the target day.
  private func absence(
    of target: Int64, _ detail: String, from source: Int64?
  ) -> (word: LintFinding.Word, detail: String) {
    guard let source else { return (.targetNotAlive, detail) }
    if isStation(target, of: source) { return (.unfinishedChain, detail) }
    return (.targetNotAlive, "\(detail); no territory of \(sourceCode(source)) was ever there")
  }

  /// Whether territory of `source` passed through the body between the two days.
  private func isStation(_ body: Int64, of source: Int64) -> Bool {
    let (from, to) = (ground.before.day, ground.after.day)
    return book.lives(body, from: min(from, to), to: max(from, to)) && routes.passed(through: body, from: source)
  }

  // MARK: A body

  private mutating func judge(_ body: Int64, _ all: [LintRow]) {
    let rows = withoutDuplicates(all, of: body)
    judgeShares(of: rows, of: body)
    let usable = rows.filter { judgeTarget($0, of: body) }
    let known = routes.routes(of: body)
    guard let first = known.first else { return unjudged.append(sourceCode(body)) }
    let accepted = [first] + known.dropFirst().filter { shownBases.contains($0.basis) }
    if usable.count == rows.count, accepted.contains(where: { agrees(rows, with: $0) }) {
      if rows[0].share == .noColumn, rows.count > 1 { nameMissingShares(rows, body) }
      return
    }
    var isAnswered = usable.count < rows.count
    for row in usable where row.weight > 0 && !known.contains(where: { $0.shares[row.body] != nil }) {
      find(
        .wrongTarget, row.line, row.to,
        (row.body == nil ? "a blank means in no body" : "no territory of \(sourceCode(body)) went there")
          + "; \(answer(for: body))")
      effects.misplace(.wrongTarget, row.weight * routes.amount(of: body))
      isAnswered = true
    }
    if isAnswered { return }
    compare(usable, with: first, of: body)
  }

  /// The rows of a body, each target once.
  private mutating func withoutDuplicates(_ rows: [LintRow], of body: Int64) -> [LintRow] {
    var lineOf: [String: Int] = [:]
    return rows.filter { row in
      let key = row.body.map { "\($0)" } ?? "=\(row.targetCode)"
      guard let line = lineOf[key] else {
        lineOf[key] = row.line
        return true
      }
      find(.duplicate, row.line, row.from, "'\(row.from)' to '\(row.to)' is already in line \(line)")
      effects.change(.duplicate, by: row.weight * routes.amount(of: body))
      return false
    }
  }

  private mutating func judgeShares(of rows: [LintRow], of body: Int64) {
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
        find(.shareMissing, row.line, row.from, "the share is blank; \(answer(for: body))")
        cause = .shareMissing
      case .invalid(let text):
        find(.shareInvalid, row.line, text, "a share is a number from 0 to 1; \(answer(for: body))")
        cause = .shareInvalid
      case .number, .noColumn: break
      }
    }
    guard abs(sum - 1) > 1e-6 else { return }
    effects.change(cause, by: (sum - 1) * amount)
    guard cause == .shareSum else { return }
    let lines = rows.count == 1 ? "line \(rows[0].line)" : "lines \(LintWords.list(rows.map { "\($0.line)" }))"
    let remark = abs(sum - 100) < 0.5 ? "; are these percentages?" : ""
    find(
      .shareSum, rows[0].line, rows[0].from,
      "the shares of \(sourceCode(body)) add up to \(LintWords.share(sum)), not 1 (\(lines))\(remark)")
  }

  /// The bases by which the shares of a body are true, if they are not true by the first basis.
  private func bases(shownBy rows: [LintRow], of body: Int64) -> [String] {
    let routes = routes.routes(of: body)
    guard rows.count > 1, rows[0].share != .noColumn, let first = routes.first, !agrees(rows, with: first) else {
      return []
    }
    return routes.dropFirst().filter { agrees(rows, with: $0) }.map(\.basis)
  }

  private func agrees(_ rows: [LintRow], with route: TrueRoutes.Route) -> Bool {
    let given = Set(rows.filter { $0.weight > 0 }.map(\.body))
    return given == Set(route.shares.keys) && rows.allSatisfy { $0.agrees(with: route.shares[$0.body] ?? 0) }
  }

  private mutating func nameMissingShares(_ rows: [LintRow], _ body: Int64) {
    find(
      .shareMissing, rows[0].line, rows[0].from,
      "\(rows.count) targets without a share: a total would count \(rows.count) times; \(answer(for: body))")
  }

  /// Reports the differences between the rows of a body and its first route.
  private mutating func compare(_ rows: [LintRow], with route: TrueRoutes.Route, of body: Int64) {
    for row in rows where !row.agrees(with: route.shares[row.body] ?? 0) {
      find(
        .shareDiffers, row.line, row.from,
        "\(row.spokenShare) to \(row.body.map(targetCode) ?? "no body"); \(answer(for: body))")
      let excess = row.weight - (route.shares[row.body] ?? 0)
      effects.misplace(.shareDiffers, max(0, excess) * routes.amount(of: body))
    }
    let given = Set(rows.map(\.body))
    // The finding about a row without a share has already said what is missing.
    if rows.contains(where: \.hasNoNumber) { return }
    for target in route.shares.keys.filter({ !given.contains($0) }).sorted(by: { ($0 ?? .max) < ($1 ?? .max) }) {
      find(
        .missingTarget, rows[0].line, rows[0].from,
        "no row for \(target.map(targetCode) ?? "the part in no body"); \(answer(for: body))")
      // In a file with shares, the finding about their sum counts what is missing.
      guard rows[0].share == .noColumn else { continue }
      effects.misplace(.missingTarget, (route.shares[target] ?? 0) * routes.amount(of: body))
    }
    if rows[0].share == .noColumn, rows.count > 1 { nameMissingShares(rows, body) }
  }

  // MARK: Words

  /// A clause such as `on 2021-04-01 its territory is in 01E (0.9922) and 02M (0.0078), by areas`.
  private func answer(for body: Int64) -> String {
    guard let route = routes.routes(of: body).first else { return "the register does not know where it went" }
    let ordered = route.shares.sorted { ($1.value, $0.key ?? .max) < ($0.value, $1.key ?? .max) }
    let places = ordered.map { target, share in
      let code = target.map(targetCode) ?? "no body"
      return ordered.count == 1 ? code : "\(code) (\(LintWords.share(share)))"
    }
    return "on \(ground.after.day) its territory is in \(LintWords.list(places, limit: 12))"
      + (ordered.count == 1 ? "" : ", by \(route.basis)")
  }

  private func sourceCode(_ body: Int64) -> String {
    book.spokenCode(of: body, in: sources.scheme, on: ground.before.day)
  }

  private func targetCode(_ body: Int64) -> String {
    book.spokenCode(of: body, in: targets.scheme, on: ground.after.day)
  }

  private mutating func find(_ word: LintFinding.Word, _ line: Int?, _ value: String?, _ detail: String) {
    findings.append(LintFinding(word, line: line, value: value, detail))
  }
}
