import RegistryStorage

/// Writes the statements of an export: tables, rows, indexes, views, and what all of it means.
///
/// Kept here:
/// 1. A script that meets what is not its own changes nothing: it looks before its first change.
/// 2. A script is loaded as a whole or not at all. Everything is one transaction. Where a database ends a transaction
///    with every new table, tables get other names until they are filled, and then all get their names in one statement.
/// 3. Tables come before rows, rows before indexes and views.
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

  /// Scripts of one version make the same tables with the same columns.
  static let version = 1

  private var options: SQLExport.Options { export.options }
  private var names: SQLNames { export.names }
  private var dialect: SQLDialect { options.dialect }
  /// The names of the tables while they are filled.
  private var filled: SQLNames { dialect.fillsElsewhere ? names.new : names }

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
      try CrosswalkQuestions(export.registry, reach, export.names)
    }
    pairs = questions.pair
    targets = questions.target
    tables = [ExportedTable.about] + export.tables + [pairs, targets]
  }

  func write() throws(ExportError) {
    try output.remark(header)
    for statement in dialect.opening(in: names) { try output.put(statement) }
    let scriptGuard = ScriptGuard(
      names: names, drops: options.dropsFirst, made: tables.map(\.name),
      aboutDefinition: definition(of: .about, in: names))
    for statement in scriptGuard.statements { try output.put(statement) }
    if options.dropsFirst, !dialect.fillsElsewhere {
      for statement in dialect.dropping(in: names) { try output.put(statement) }
    }
    let questions = [pairs, targets]
    for table in [ExportedTable.about] + export.tables + (dialect.fillsElsewhere ? [] : questions)
    where table.name != ExportedTable.about.name || options.dropsFirst || !scriptGuard.makesAbout {
      try writeDefinition(of: table, in: filled)
    }
    if dialect.keepsComments { for table in tables { for comment in comments(on: table) { try output.put(comment) } } }
    for statement in dialect.filling { try output.put(statement) }
    try writeAbout()
    for table in export.tables { try writeRows(of: table) }
    if !dialect.fillsElsewhere { try writeQuestions() }
    for table in tables { for index in indexes(of: table) { try output.put(index) } }
    if dialect.fillsElsewhere {
      let made = [ExportedTable.about.name] + export.tables.map(\.name)
      for statement in dialect.naming(made, in: names, drops: options.dropsFirst) { try output.put(statement) }
      for table in questions { try writeDefinition(of: table, in: names) }
      try writeQuestions()
    }
    if dialect == .postgres { try output.put(reach.postgresGuard(names)) }
    for view in views { try write(view) }
    if dialect == .postgres { try output.put("ANALYZE \(tables.map { names($0.name) }.joined(separator: ", "))") }
    for statement in dialect.closing { try output.put(statement) }
  }

  // MARK: Words

  private var header: String {
    return """
      A register of organisations as SQL, for \(dialect.title), by 'orgreg export sql'.
      \(scope.words)
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
    let (edition, began) = try reading { () throws(DatabaseError) in
      (try Edition(export.registry), try export.registry.revisions().map(\.recordedAt).min())
    }
    add("register", "dates", "Days are half-open: valid_from is the first day, valid_to the first day after.")
    add("register", "script", "\(Self.version)")
    add("register", "revision", "\(edition.revision)")
    if let began { add("register", "began", began) }
    if let recordedAt = edition.recordedAt { add("register", "recorded", recordedAt) }
    add("register", "scope", scope.words)
    add("register", "days", reach.words)
    add("register", "history", options.includesHistory ? "included" : "not included")
    if let licence = edition.licence { add("register", "licence", "\(licence.title), \(licence.url)") }
    if let attribution = edition.attribution { add("register", "attribution", attribution) }
    for table in tables {
      add("table", names.bare(table.name), table.words)
      for column in table.columns { add("column", "\(names.bare(table.name)).\(column.name)", column.words) }
    }
    for view in views { add(view.parameters.isEmpty ? "view" : "function", names.bare(view.name), view.words) }
    if dialect == .postgres {
      add(
        "function", ExportReach.guardName,
        "Whether the other functions can answer a question. It raises if they cannot.")
    }
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

  private func writeDefinition(of table: ExportedTable, in names: SQLNames) throws(ExportError) {
    try output.remark("")
    if !dialect.keepsComments, dialect != .mysql, dialect != .sqlite { try output.remark(table.words) }
    try output.put(definition(of: table, in: names))
  }

  private func definition(of table: ExportedTable, in names: SQLNames) -> String {
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
      dialect == .sqlite
      ? "CREATE TABLE \(names(table.name)) ( -- \(table.words)" : "CREATE TABLE \(names(table.name)) ("
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
      "CREATE INDEX \(names.bare(table.name))_by_\(columns.joined(separator: "_")) ON \(filled(table.name)) "
        + "(\(columns.joined(separator: ", ")))"
    }
  }

  // MARK: Rows

  private func writeRows(of table: ExportedTable) throws(ExportError) {
    if table.isComputed { return try writeRows(of: table, answers.rows[table.name] ?? []) }
    var rows = SQLRows(table, filled)
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
    var rows = SQLRows(table, CrosswalkQuestions.names.contains(table.name) ? names : filled)
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
