package import RegistryFormats
package import RegistryStorage
package import Succession

/// What is wrong with somebody's codes or crosswalk, as a table: line, value, finding, detail.
package struct LintReport {
  package let table: DataTable
  /// How many rows of the table say that something is wrong.
  package let faultCount: Int
  /// The codes of a crosswalk that could not be judged, and why.
  package let unjudged: [(code: String, reason: String)]
  /// How many parts below the tolerance a crosswalk leaves out.
  package let leftOutCount: Int

  /// - Parameters:
  ///   - file: one column, that of the codes.
  ///   - placeholder: what a text stands for that is no body. Nil for other texts.
  package init(
    codes file: LintFile, asAt day: Day?, against registry: Registry, knownIn revision: Int64,
    placeholder: @escaping @Sendable (String) -> String?
  ) throws(DatabaseError) {
    var book = try registry.codeBook(knownIn: revision)
    book.placeholder = placeholder
    book.partitionsOfUnits = try registry.partitions(
      ofUnits: CodeLint.strangers(file.rows.map { $0.values[0] }, book), knownIn: revision)
    let lint = CodeLint(file.rows.map { ($0.line, $0.values[0]) }, book, asAt: day)
    self.init(lint.findings)
  }

  /// The codes of each group of rows.
  /// - Parameters:
  ///   - file: the columns of the groups, then that of the codes.
  ///   - isComplete: whether to name the bodies that have no row.
  package init(
    codesByGroup file: LintFile, isComplete: Bool, against registry: Registry, knownIn revision: Int64
  ) throws(DatabaseError) {
    var book = try registry.codeBook(knownIn: revision)
    let codes = file.rows.map { $0.values[$0.values.count - 1] }
    book.partitionsOfUnits = try registry.partitions(
      ofUnits: CodeLint.strangers(codes, book), knownIn: revision)
    let rows = zip(file.rows, codes).map { row, code in
      (group: Array(row.values.dropLast()), line: row.line, code: code)
    }
    self.init(GroupLint(rows, book, isComplete: isComplete).findings)
  }

  /// The bodies that a file names.
  /// - Parameter file: the column of the names, and perhaps that of the codes.
  package init(
    names file: LintFile, asAt day: Day?, against registry: Registry, knownIn revision: Int64
  ) throws(DatabaseError) {
    let book = try NameBook(registry, knownIn: revision)
    let first = try registry.schemes().first?.key ?? ""
    let values = file.rows.map { row in
      (line: row.line, name: row.values[0], code: row.values.count > 1 ? row.values[1] : nil)
    }
    let lint = try NameLint(values, book, on: day) { body throws(DatabaseError) in
      let found = try registry.organisations(withIDs: [body], on: day, knownIn: revision).first
      return found.map { $0.codes[first] ?? $0.key } ?? ""
    }
    table = DataTable(
      columns: [.number("line"), "name", "code", "match", "detail"],
      rows: lint.rows.map { ["\($0.line)", $0.name, $0.code, $0.match, $0.detail] })
    faultCount = lint.rows.count { $0.isFault }
    (unjudged, leftOutCount) = ([], 0)
  }

  /// What a file is, by its beginning.
  package static func firstLook(
    at table: TableFile, _ file: String, in registry: Registry, knownIn revision: Int64
  ) throws(DatabaseError) -> FirstLook {
    let links = try registry.successions(knownIn: revision)
    return try FirstLook(
      table, file, registry.codeBook(knownIn: revision), lastEvent: links.map(\.day).max()
    ) { codes throws(DatabaseError) in try registry.partitions(ofUnits: codes, knownIn: revision) }
  }

  /// - Parameters:
  ///   - file: The columns of the codes of both days, and perhaps that of the shares.
  ///   - tolerance: The share below which a part may be left out. From 0 to less than 1.
  package init(
    crosswalk file: LintFile, from: Day, to: Day, tolerance: Double = 0, against registry: Registry,
    knownIn revision: Int64
  ) throws(DatabaseError) {
    let whereabouts = try Whereabouts(of: registry, on: min(from, to)...max(from, to), knownIn: revision)
    let ground = CrosswalkLint.Ground(
      book: try registry.codeBook(knownIn: revision), whereabouts: whereabouts, from: from, to: to,
      tolerance: tolerance)
    let rows = file.rows.map { row in
      CrosswalkLint.Row(
        line: row.line, from: row.values[0], to: row.values[1], share: row.values.count > 2 ? row.values[2] : nil)
    }
    let lint = try CrosswalkLint(rows, on: ground)
    self.init(lint.findings, unjudged: lint.unjudged, leftOutCount: lint.leftOutCount)
  }

  private init(
    _ findings: [LintFinding], unjudged: [(code: String, reason: String)] = [], leftOutCount: Int = 0
  ) {
    table = DataTable(
      columns: [.number("line"), "value", "finding", "detail"],
      rows: findings.map { [$0.line.map { "\($0)" }, $0.value, $0.word.rawValue, $0.detail] })
    faultCount = findings.count { $0.isFault }
    self.unjudged = unjudged
    self.leftOutCount = leftOutCount
  }
}

extension Registry {
  fileprivate func codeBook(knownIn revision: Int64) throws(DatabaseError) -> CodeBook {
    let codes = try codesOfLivingOrganisations(knownIn: revision)
    let bodies = try organisations(withIDs: Array(Set(codes.map(\.organisation))).sorted(), knownIn: revision)
    let names = bodies.compactMap { body in body.name.map { (body.id, $0) } }
    return CodeBook(
      codes: codes, datedKinds: try datedKinds(knownIn: revision), names: Dictionary(names, uniquingKeysWith: { $1 }),
      links: try successions(knownIn: revision), kinds: try kinds().map(\.key))
  }
}
