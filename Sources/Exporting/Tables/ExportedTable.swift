import RegistryStorage

/// A table as users get it: what it is called, what it holds, and the query that fills it from a register.
///
/// Scripts of every dialect, the SQLite file and the data package are made from this one definition.
struct ExportedTable: Sendable {
  let name: String
  /// What a row is, in one or two sentences.
  let words: String
  let columns: [ExportedColumn]
  let primaryKey: [String]
  /// Groups of columns by which rows are looked up.
  let indexes: [[String]]
  /// Conditions on a row, in SQL that every dialect knows; those of its columns come last.
  let checks: [String]
  /// Conditions whose names say what is wrong.
  var namedChecks: [Check] = []
  /// Where rows come from. Every table beside the first is joined so that it can neither add rows nor take them away.
  let origin: Origin
  /// Which rows a narrowed export keeps, as a condition on the sets of `ExportScope`. Nil keeps all.
  let within: (@Sendable (ExportScope) -> String)?

  struct Origin: Sendable {
    let tables: String
    /// The table whose rows can be superseded. Nil if rows here stay for ever, or are derived.
    let recorded: String?
    let order: String
    /// A clause before the query.
    let with: String?
  }

  struct Check: Sendable {
    let name: String
    let condition: String
  }

  /// - Parameter cited: The table in which a row names its source and has its note. Both become the last columns.
  init(
    _ name: String, _ words: String, key: [String], from tables: String, recorded: String? = nil, order: String,
    with: String? = nil, indexes: [[String]] = [], checks: [String] = [],
    within: (@Sendable (ExportScope) -> String)? = nil, columns: [ExportedColumn], sourceOf cited: String? = nil
  ) {
    let columns = columns + (cited.map { [Self.source, Self.note($0)] } ?? [])
    let tables = cited.map { "\(tables) \(Self.joinOfSource($0))" } ?? tables
    self.name = name
    self.words = words
    self.columns = columns
    primaryKey = key
    self.indexes = indexes
    self.checks = checks + columns.compactMap(\.check)
    origin = Origin(tables: tables, recorded: recorded, order: order, with: with)
    self.within = within
  }

  /// Whether rows come from `AnswerTables` or from the writer, and not from a query.
  var isComputed: Bool { origin.tables.isEmpty }

  /// The query that fills the table, in the order of its columns.
  func rows(in scope: ExportScope) -> String {
    let conditions = [origin.recorded.map { "\($0).superseded_in IS NULL" }, scope.isWhole ? nil : within?(scope)]
    return query(scope, conditions.compactMap { $0 })
  }

  private func query(_ scope: ExportScope, _ conditions: [String]) -> String {
    let clauses = [origin.with, scope.isWhole || within == nil ? nil : scope.clauses].compactMap { $0 }
    let values = columns.map { scope.isWhole ? $0.origin : $0.narrowedOrigin ?? $0.origin }
    return (clauses.isEmpty ? "" : "WITH RECURSIVE " + clauses.joined(separator: ",\n") + "\n")
      + "SELECT " + values.joined(separator: ", ") + "\nFROM " + origin.tables
      + (conditions.isEmpty ? "" : "\nWHERE " + conditions.joined(separator: " AND ")) + "\nORDER BY " + origin.order
  }

  /// The table of all that was ever recorded in this one. Nil if nothing here can be superseded.
  var history: ExportedTable? {
    guard let recorded = origin.recorded else { return nil }
    let stamps = [
      ExportedColumn(
        "opened_in", .integer, required: true, references: "revision", from: "\(recorded).opened_in",
        "the revision that recorded the row"),
      ExportedColumn(
        "superseded_in", .integer, references: "revision", from: "\(recorded).superseded_in",
        "the revision from which on the row is no longer said. NULL if it is said now"),
    ]
    return ExportedTable(
      "\(name)_history",
      "All that was ever recorded in the table \(name). Known in revision R: opened_in <= R AND (superseded_in IS NULL OR"
        + " superseded_in > R).",
      key: primaryKey + ["opened_in"], from: origin.tables, order: "\(recorded).id", checks: [],
      within: historyWithin, columns: columns.map(\.withoutReference) + stamps)
  }

  /// Periods change from revision to revision: a history is narrowed by bodies only.
  private var historyWithin: (@Sendable (ExportScope) -> String)? {
    guard let within else { return nil }
    return { scope in within(scope.withoutDays) }
  }
}

struct ExportedColumn: Sendable {
  enum Content: Sendable {
    /// A short text that rows are found by.
    case key
    case text
    case day
    case integer
    case number
    /// A number that no database rounds.
    case decimal
  }

  let name: String
  let content: Content
  let isRequired: Bool
  /// The table whose rows this column names, by the column of its key.
  let references: String?
  /// The expression that gives the value, in the register's own schema.
  let origin: String
  /// The same for a narrowed export, if it differs.
  let narrowedOrigin: String?
  /// The only values that the column may have, besides NULL if it is not required. Empty if any value may stand there.
  let values: [String]
  /// The value of a row that names none. Nil if there is no such value.
  let otherwise: String?
  let words: String

  init(
    _ name: String, _ content: Content, required: Bool = false, references: String? = nil, from origin: String,
    narrowed narrowedOrigin: String? = nil, among values: [String] = [], otherwise: String? = nil, _ words: String
  ) {
    self.name = name
    self.content = content
    isRequired = required
    self.references = references
    self.origin = origin
    self.narrowedOrigin = narrowedOrigin
    self.values = values
    self.otherwise = otherwise
    self.words = words
  }

  /// The condition that the column has only these values, in SQL that every dialect knows. Nil if it may have any.
  var check: String? {
    guard !values.isEmpty else { return nil }
    let list = content == .integer ? values : values.map { "'\($0)'" }
    return "\(name) IN (\(list.joined(separator: ", ")))"
  }

  /// An amount of the register in decimals, without an exponent. Blank if it is none.
  static func decimal(_ value: Value) -> String {
    switch value {
    case .null: ""
    case .integer(let integer): String(integer)
    case .real(let real): Amount(real)?.text ?? String(real)
    case .text(let text): text
    }
  }

  /// The same column for rows whose reference or value may no longer exist.
  var withoutReference: ExportedColumn {
    ExportedColumn(name, content, required: isRequired, from: origin, words)
  }
}
