package import RegistryFormats
package import RegistryStorage

/// A register as tables, data and views of another database.
///
/// Kept here:
/// 1. What cannot be exported is refused by `init`, before a byte is written.
/// 2. The same register and options give the same bytes.
/// 3. Recorded rows pass through one by one. Only the answers are held, which are a few ten thousand rows.
package struct SQLExport {
  package struct Options: Sendable {
    package var dialect: SQLDialect
    package var scope = ExportScope.whole
    /// Whether recorded time is exported too: revisions, and for each table of facts all that was ever recorded in it.
    package var includesHistory = false
    /// Whether the script removes what an earlier one made.
    package var dropsFirst = false
    /// The schema in which everything is made. Nil means the current one.
    package var schema: String?
    /// What every name begins with.
    package var prefix = ""
    /// The days between which crosswalks are made ready.
    package var crosswalks: [DayPair] = []

    package init(_ dialect: SQLDialect) { self.dialect = dialect }
  }

  package struct DayPair: Hashable, Sendable {
    package let from: Day
    package let to: Day

    package init(from: Day, to: Day) {
      self.from = from
      self.to = to
    }
  }

  let registry: Registry
  let options: Options
  let names: SQLNames
  let schemes: [String]

  /// - Throws: `.refused` for names that the dialect cannot take or look at, for a pair of days beyond the scope, and
  ///   for keys that are too long for the dialect.
  package init(_ registry: Registry, _ options: Options) throws(ExportError) {
    self.registry = registry
    self.options = options
    names = SQLNames(dialect: options.dialect, schema: options.schema, prefix: options.prefix)
    if let schema = options.schema, let flaw = SQLNames.flaw(inSchema: schema, for: options.dialect) {
      throw .refused("--schema \(schema): \(flaw)")
    }
    if !options.prefix.isEmpty, let flaw = SQLNames.flaw(inPrefix: options.prefix, for: options.dialect) {
      throw .refused("--prefix \(options.prefix): \(flaw)")
    }
    if options.dropsFirst, !options.dialect.canLook {
      throw .refused(
        "--drop: plain SQL cannot look whether a table is one of an earlier export, or somebody's own: drop the tables "
          + "yourself, or choose another --prefix, or the dialect of your database")
    }
    schemes = try reading { () throws(DatabaseError) in try registry.schemes().map(\.key) }
    if let days = options.scope.days { try checkPairs(within: days) }
    if options.dialect.limitsKeys { try checkKeys() }
  }

  /// The tables, each after those that it refers to.
  var tables: [ExportedTable] {
    guard options.includesHistory else { return ExportedTable.all }
    let histories = ExportedTable.all.compactMap(\.history) + [ExportedTable.citationHistory].compactMap { $0 }
    return ExportedTable.all + ExportedTable.log + histories
  }

  package func write(to sink: any ByteSink) throws(ExportError) {
    try SQLScriptWriter(self, to: SQLScript(sink)).write()
  }

  // MARK: What is refused

  private func checkPairs(within days: ClosedRange<Day>) throws(ExportError) {
    for pair in options.crosswalks where !(days.contains(pair.from) && days.contains(pair.to)) {
      throw .refused(
        "--crosswalk \(pair.from):\(pair.to): these days are not in the part of the register that is exported")
    }
  }

  private func checkKeys() throws(ExportError) {
    for table in tables where !table.isComputed {
      for column in table.columns where column.content == .key {
        let origin = table.origin
        let with = origin.with.map { "WITH RECURSIVE \($0) " } ?? ""
        let key = try reading { () throws(DatabaseError) in
          try registry.database.first(
            "\(with)SELECT \(column.origin) FROM \(origin.tables) WHERE length(\(column.origin)) > \(SQLDialect.keyLength)"
          ) { $0.text(0) }
        }
        guard let key else { continue }
        throw .refused(
          "\(table.name).\(column.name) '\(key.prefix(40))...' is longer than the \(SQLDialect.keyLength) characters that "
            + "keys have in the dialect \(options.dialect.rawValue): choose sqlite, postgres or duckdb")
      }
    }
  }
}
