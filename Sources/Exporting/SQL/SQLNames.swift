/// The names under which tables and views stand in the target database.
///
/// Kept here: no name of ours is reserved in any dialect, so that nobody needs quotes. The name of a schema, which
/// somebody else chooses, is an identifier that needs none either.
struct SQLNames: Sendable {
  let dialect: SQLDialect
  let schema: String?
  /// What every name begins with.
  var prefix = ""

  /// The table, view or function, with its schema.
  func callAsFunction(_ name: String) -> String { schema.map { "\($0).\(bare(name))" } ?? bare(name) }

  /// The same without its schema.
  func bare(_ name: String) -> String { prefix + name }

  /// The names of tables that are not whole yet, and of those that others replace.
  var new: SQLNames { SQLNames(dialect: dialect, schema: schema, prefix: "orgreg_new_\(prefix)") }
  var old: SQLNames { SQLNames(dialect: dialect, schema: schema, prefix: "orgreg_old_\(prefix)") }

  /// What is wrong with the beginning of names, as half a sentence. Nil if nothing is.
  static func flaw(inPrefix prefix: String, for dialect: SQLDialect) -> String? {
    guard dialect.takesPrefix else {
      return "the dialect \(dialect.rawValue) has schemas: choose --schema instead"
    }
    guard isIdentifier(prefix), prefix.utf8.count <= 20 else {
      return
        "the beginning of names has small letters, digits and _, begins with a letter, and has at most 20 characters"
    }
    return prefix.hasPrefix("sqlite_") ? "it belongs to the database itself: choose another" : nil
  }

  /// Whether a row holds on a day.
  static func holds(
    _ row: String, _ day: String, from start: String = "valid_from", to end: String = "valid_to"
  ) -> String {
    "\(row).\(start) <= \(day) AND (\(row).\(end) IS NULL OR \(row).\(end) > \(day))"
  }

  /// What is wrong with a schema's name, as half a sentence. Nil if nothing is.
  static func flaw(inSchema name: String, for dialect: SQLDialect) -> String? {
    guard dialect.hasSchemas else {
      return "the dialect \(dialect.rawValue) has no schemas: leave --schema out, and load into a database of its own"
    }
    guard isIdentifier(name), name.utf8.count <= 63 else {
      return "a schema's name has small letters, digits and _, begins with a letter, and has at most 63 characters"
    }
    guard !owned(by: dialect).contains(name), !(dialect == .postgres && name.hasPrefix("pg_")) else {
      return "it belongs to the database itself: choose another name"
    }
    return reserved.contains(name) ? "it is a reserved word of SQL: choose another name" : nil
  }

  private static func isIdentifier(_ name: String) -> Bool {
    let isLetter = { (byte: UInt8) in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
    }
    let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    guard let first = name.utf8.first, isLetter(first) else { return false }
    return name.utf8.allSatisfy { isLetter($0) || isDigit($0) }
  }

  /// What a key of the register contributes to the name of a column.
  static func identifier(_ key: String) -> String {
    let letters = key.lowercased().unicodeScalars.map { scalar -> Character in
      ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? Character(scalar) : "_"
    }
    let name = String(letters.prefix(40))
    return name.first.map { ("a"..."z").contains($0) ? name : "scheme_\(name)" } ?? "scheme"
  }

  private static func owned(by dialect: SQLDialect) -> Set<String> {
    switch dialect {
    case .postgres: ["information_schema"]
    case .mysql: ["information_schema", "mysql", "performance_schema", "sys"]
    case .duckdb: ["information_schema", "main", "memory", "pg_catalog", "system", "temp"]
    case .sqlite, .portable: []
    }
  }

  /// Words that PostgreSQL, MySQL, MariaDB or DuckDB do not take as a name without quotes.
  private static let reserved: Set<String> = Set(
    """
    accessible add all alter analyse analyze and any array as asc asensitive asymmetric authorization before between bigint
    binary blob both by call cascade case cast change char character check collate collation column concurrently condition
    constraint continue convert create cross cube cume_dist current_catalog current_date current_role current_schema
    current_time current_timestamp current_user cursor database databases date day_hour day_minute day_second dec decimal
    declare default deferrable delayed delete dense_rank desc describe deterministic distinct distinctrow div do double
    drop dual each else elseif empty enclosed end escaped except exists exit explain false fetch first_value float for
    force foreign freeze from full fulltext function generated get grant group grouping groups having high_priority
    hour_minute hour_second if ignore ilike in index infile initially inner inout insensitive insert int integer intersect
    interval into is isnull iterate join key keys kill lag lambda last_value lateral lead leading leave left like limit
    linear lines load localtime localtimestamp lock long longblob longtext loop low_priority map match maxvalue mediumblob
    mediumint mediumtext minute_second mod modifies natural not notnull nth_value ntile null numeric of offset offset on
    only optimize option optionally or order out outer outfile over overlaps page_checksum parse_vcol_expr partition
    percent_rank pivot pivot_longer pivot_wider placing portion precision primary procedure purge qualify range rank read
    reads real recursive references regexp release rename repeat replace require resignal restrict return returning revoke
    right rlike row row_number rows schema schemas second_microsecond select sensitive separator session_user set show
    signal similar smallint some spatial specific sql sqlexception sqlstate sqlwarning ssl starting stored straight_join
    struct summarize symmetric system table tablesample terminated then tinyblob tinyint tinytext to trailing trigger true
    undo union unique unlock unpivot unsigned update usage use user using values varbinary varchar variadic varying verbose
    virtual when where while window with write xor year_month zerofill
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
