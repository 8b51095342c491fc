import RegistryStorage

/// Writes the statements of an export: tables, rows, indexes, views, and what all of it means.
///
/// Kept here:
/// 1. A script that meets tables of an earlier one changes nothing: it looks before its first change, and everything is
///    one transaction if the database can do that.
/// 2. Tables come before rows, rows before indexes and views.
struct SQLScriptWriter {
  private let export: SQLExport
  private let output: any SQLOutput
  private let views: [ExportedView]
  private let answers: AnswerTables
  /// The scope, with what the answers name.
  private let scope: ExportScope
  private let reach: ExportReach
  /// In the order in which they are made.
  private let tables: [ExportedTable]
  private let pairs: ExportedTable
  private let targets: ExportedTable

  private var options: SQLExport.Options { export.options }
  private var names: SQLNames { export.names }
  private var dialect: SQLDialect { options.dialect }

  init(_ export: SQLExport, to output: any SQLOutput) throws(ExportError) {
    self.export = export
    self.output = output
    let scope = export.options.scope
    answers = try reading { () throws(DatabaseError) in try AnswerTables(export.registry, scope) }
    self.scope = scope.reaching(answers)
    let first = try reading { () throws(DatabaseError) in try export.registry.firstDay() }
    let reach = ExportReach(scope, first: first)
    self.reach = reach
    views = ExportedViews(export.names, schemes: export.schemes, reach).all
    let questions = try reading { () throws(DatabaseError) in
      try CrosswalkQuestions(export.registry, reach, export.options.dialect)
    }
    pairs = questions.pair
    targets = questions.target
    tables = [ExportedTable.about] + export.tables + [pairs, targets]
  }

  func write() throws(ExportError) {
    try output.remark(header)
    for statement in dialect.opening(in: names) { try output.put(statement) }
    let first = options.dropsFirst ? dialect.dropping(in: names) : dialect.guarding(in: names)
    for statement in first { try output.put(statement) }
    for table in tables {
      try output.remark("")
      if !dialect.keepsComments, dialect != .mysql, dialect != .sqlite { try output.remark(table.words) }
      try output.put(definition(of: table))
      if dialect.keepsComments { for comment in comments(on: table) { try output.put(comment) } }
    }
    for statement in dialect.filling { try output.put(statement) }
    try writeAbout()
    for table in export.tables { try writeRows(of: table) }
    try writeQuestions()
    for table in tables { for index in indexes(of: table) { try output.put(index) } }
    if dialect == .postgres { try output.put(reach.postgresGuard(names)) }
    for view in views { try write(view) }
    if dialect == .postgres { try output.put("ANALYZE \(tables.map { names($0.name) }.joined(separator: ", "))") }
    for statement in dialect.closing { try output.put(statement) }
  }

  // MARK: Words

  private var header: String {
    let part = [
      options.scope.kind.map { "bodies of the kind \($0) and what concerns them" },
      options.scope.days.map { days in
        days.lowerBound == days.upperBound
          ? "what held on \(days.lowerBound)"
          : "what happened from \(days.lowerBound.next) on, and what held the day before"
      },
    ].compactMap { $0 }
    return """
      A register of organisations as SQL, for \(dialect.title), by 'orgreg export sql'.
      \(part.isEmpty ? "All of it." : "Only " + part.joined(separator: "; ") + ".")
      Days are half-open: valid_from is the first day, valid_to the first day after, NULL: not ended.
      As at day D: valid_from <= D AND (valid_to IS NULL OR valid_to > D).
      The table about describes every table, column and view.
      \(dialect.howToLoad(drops: options.dropsFirst))
      """
  }

  private func writeAbout() throws(ExportError) {
    var rows: [[Value]] = []
    func add(_ topic: String, _ subject: String, _ words: String) {
      rows.append([.integer(Int64(rows.count + 1)), .text(topic), .text(subject), .text(words)])
    }
    add("register", "dates", "Days are half-open: valid_from is the first day, valid_to the first day after.")
    let revision = try reading { () throws(DatabaseError) in try export.registry.latestRevision() }
    add("register", "revision", "\(revision)")
    for table in tables {
      add("table", table.name, table.words)
      for column in table.columns { add("column", "\(table.name).\(column.name)", column.words) }
    }
    for view in views { add(view.parameters.isEmpty ? "view" : "function", view.name, view.words) }
    try writeRows(of: ExportedTable.about, rows)
  }

  private func writeQuestions() throws(ExportError) {
    let none: [Value] = [.text(ExportedTable.anyWord), .text(ExportedTable.anyWord)]
    var seen: Set<SQLExport.DayPair> = []
    try writeRows(
      of: pairs, options.crosswalks.filter { seen.insert($0).inserted }.map { [Value($0.from), Value($0.to)] + none })
    var days: Set<Day> = []
    try writeRows(
      of: targets, options.crosswalks.map(\.to).filter { days.insert($0).inserted }.map { [Value($0)] + none })
  }

  // MARK: Tables

  private func definition(of table: ExportedTable) -> String {
    var parts: [(sql: String, words: String?)] = table.columns.map { column in
      let otherwise = column.otherwise.map { " DEFAULT \(dialect.literal($0))" } ?? ""
      let comment = dialect == .mysql ? " COMMENT \(dialect.literal(column.words))" : ""
      return (
        "\(column.name) \(dialect.type(of: column.content))\(otherwise)\(column.isRequired ? " NOT NULL" : "")\(comment)",
        dialect.keepsComments || dialect == .mysql ? nil : column.words
      )
    }
    parts.append(("PRIMARY KEY (\(table.primaryKey.joined(separator: ", ")))", nil))
    parts += table.columns.compactMap { column in
      column.references.map { ("FOREIGN KEY (\(column.name)) REFERENCES \(names($0)) (\($0))", nil) }
    }
    parts += table.namedChecks.map { ("CONSTRAINT \($0.name) CHECK (\($0.condition))", nil) }
    parts += table.checks.map { ("CHECK (\($0))", nil) }
    let lines = parts.enumerated().map { index, part in
      "  \(part.sql)\(index + 1 < parts.count ? "," : "")\(part.words.map { " -- \($0)" } ?? "")"
    }
    let head =
      dialect == .sqlite ? "CREATE TABLE \(table.name) ( -- \(table.words)" : "CREATE TABLE \(names(table.name)) ("
    return ([head] + lines + [")\(dialect.tableOptions(words: table.words))"]).joined(separator: "\n")
  }

  private func comments(on table: ExportedTable) -> [String] {
    ["COMMENT ON TABLE \(names(table.name)) IS \(dialect.literal(table.words))"]
      + table.columns.map {
        "COMMENT ON COLUMN \(names(table.name)).\($0.name) IS \(dialect.literal($0.words))"
      }
  }

  private func indexes(of table: ExportedTable) -> [String] {
    table.indexes.map { columns in
      "CREATE INDEX \(table.name)_by_\(columns.joined(separator: "_")) ON \(names(table.name)) "
        + "(\(columns.joined(separator: ", ")))"
    }
  }

  // MARK: Rows

  private func writeRows(of table: ExportedTable) throws(ExportError) {
    if table.isComputed { return try writeRows(of: table, answers.rows[table.name] ?? []) }
    var rows = SQLRows(table, names)
    let contents = table.columns.map(\.content)
    let statement = try reading { () throws(DatabaseError) in
      try export.registry.database.prepare(table.rows(in: scope))
    }
    while try reading({ () throws(DatabaseError) in try statement.step() }) {
      rows.begin()
      for (column, content) in contents.enumerated() { rows.append(statement, column, content) }
      try rows.end(to: output)
    }
    try rows.flush(to: output)
  }

  private func writeRows(of table: ExportedTable, _ values: [[Value]]) throws(ExportError) {
    var rows = SQLRows(table, names)
    for row in values {
      rows.begin()
      for (value, column) in zip(row, table.columns) { rows.append(value, column.content) }
      try rows.end(to: output)
    }
    try rows.flush(to: output)
  }

  // MARK: Views

  private func write(_ view: ExportedView) throws(ExportError) {
    try output.remark("")
    try output.remark(view.words)
    guard !view.parameters.isEmpty else {
      try output.put("CREATE VIEW \(names(view.name)) AS\n\(view.query)")
      if dialect.keepsComments {
        try output.put("COMMENT ON VIEW \(names(view.name)) IS \(dialect.literal(view.words))")
      }
      return
    }
    switch dialect {
    case .postgres:
      let types = view.parameters.map { dialect.type(of: $0.content) }
      let parameters = zip(view.parameters, types).map { "\($0.name) \($1)\($0.isOptional ? " DEFAULT NULL" : "")" }
      let columns = view.columns.map { "\($0.name) \(dialect.type(of: $0.content))" }
      try output.put(
        """
        CREATE FUNCTION \(names(view.name)) (\(parameters.joined(separator: ", ")))
        RETURNS TABLE (\(columns.joined(separator: ", ")))
        LANGUAGE sql STABLE AS $orgreg$
        \(view.query)
        $orgreg$
        """)
      try output.put(
        "COMMENT ON FUNCTION \(names(view.name)) (\(types.joined(separator: ", "))) IS \(dialect.literal(view.words))")
    default:
      let parameters = view.parameters.map { $0.isOptional ? "\($0.name) := NULL" : $0.name }
      try output.put(
        "CREATE MACRO \(names(view.name)) (\(parameters.joined(separator: ", "))) AS TABLE\n\(view.query)")
      try output.put("COMMENT ON MACRO TABLE \(names(view.name)) IS \(dialect.literal(view.words))")
    }
  }
}

extension ExportedTable {
  /// What everything means, for readers who have only the database.
  static let about = ExportedTable(
    "about", "What this database is, and what its tables, columns and views are.", key: ["position"], from: "",
    order: "",
    columns: [
      ExportedColumn("position", .integer, required: true, from: "", "the order in which to read"),
      ExportedColumn("topic", .key, required: true, from: "", "register, table, column, view or function"),
      ExportedColumn("subject", .key, required: true, from: "", "what is described"),
      ExportedColumn("description", .text, required: true, from: "", "what it is"),
    ])
}
