/// The statements around the tables: what a script sets, and what it removes.
extension SQLDialect {
  var title: String {
    switch self {
    case .sqlite: "SQLite"
    case .postgres: "PostgreSQL"
    case .mysql: "MySQL 8 and MariaDB"
    case .duckdb: "DuckDB"
    case .portable: "any database with plain SQL"
    }
  }

  /// How to load a script, and what to do if an earlier one was loaded.
  func howToLoad(drops: Bool) -> String {
    let load =
      switch self {
      case .sqlite: "Load it with: sqlite3 -bail new.sqlite < script.sql"
      case .postgres: "Load it with: psql -v ON_ERROR_STOP=1 -f script.sql"
      case .mysql: "Load it with: mysql --default-character-set=utf8mb4 DATABASE < script.sql"
      case .duckdb: "Load it with: duckdb new.duckdb -bail -f script.sql"
      case .portable:
        """
        Load it with a client that stops at the first error (psql -v ON_ERROR_STOP=1, sqlite3 -bail, mysql).
        Text is in UTF-8; a backslash is itself: MySQL and MariaDB need sql_mode = 'ANSI,NO_BACKSLASH_ESCAPES', and a
        database with a binary collation such as utf8mb4_bin. PostgreSQL answers quickly after the command ANALYZE.
        """
      }
    let otherwise = hasSchemas ? "--schema NAME" : "--prefix WORD"
    return load + "\n"
      + (drops
        ? "It first takes away what an earlier script made. It knows that by the table about and by the columns of the\n"
          + "tables: where one of its names is another's, it fails, names it, and changes nothing."
        : "It fails, and changes nothing, where one of its names is taken: then export again with \(otherwise)"
          + (canLook ? ",\nor with --drop if an earlier script of orgreg made what is there." : "."))
  }

  /// What is set before anything else.
  func opening(in names: SQLNames) -> [String] {
    let schema = names.schema
    switch self {
    case .sqlite: return ["PRAGMA foreign_keys = ON", "BEGIN"]
    case .portable: return ["BEGIN"]
    case .duckdb: return ["BEGIN"] + (schema.map { ["CREATE SCHEMA IF NOT EXISTS \($0)"] } ?? [])
    case .postgres:
      return [
        "BEGIN", "SET LOCAL client_encoding = 'UTF8'", "SET LOCAL standard_conforming_strings = on",
        "SET LOCAL client_min_messages = warning",
      ]
        + (schema.map { ["CREATE SCHEMA IF NOT EXISTS \($0)"] } ?? [])
    case .mysql:
      return [
        "SET NAMES utf8mb4", "SET @orgreg_mode = @@SESSION.sql_mode", "SET SESSION sql_mode = 'STRICT_ALL_TABLES'",
      ]
        + (schema.map {
          ["CREATE DATABASE IF NOT EXISTS \($0) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", "USE \($0)"]
        } ?? [])
    }
  }

  /// Removes what an earlier script made, whatever its options were.
  func dropping(in names: SQLNames) -> [String] {
    var statements: [String] = []
    switch self {
    case .postgres:
      statements = [
        "DROP FUNCTION IF EXISTS \(names("organisation_on")) (date)",
        "DROP FUNCTION IF EXISTS \(names("crosswalk")) (date, date, text, text)",
        "DROP FUNCTION IF EXISTS \(names("crosswalk_to")) (date, text, text)",
        "DROP FUNCTION IF EXISTS \(names(ExportReach.guardName)) (\(ExportReach.guardTypes))",
      ]
    case .duckdb: statements = ExportedView.functionNames.map { "DROP MACRO TABLE IF EXISTS \(names($0))" }
    case .sqlite, .portable: break
    // See `naming`.
    case .mysql: preconditionFailure("nothing is dropped before all is filled")
    }
    return statements + ExportedView.names.reversed().map { "DROP VIEW IF EXISTS \(names($0))" }
      + ScriptGuard.ownTables.reversed().map { "DROP TABLE IF EXISTS \(names($0))" }
  }

  /// Whether a new table ends a transaction, so that tables are filled under other names.
  var fillsElsewhere: Bool { self == .mysql }

  /// Gives the filled tables their names, in one statement that also takes them from the tables of an earlier script.
  /// - Parameter tables: all that were filled.
  func naming(_ tables: [String], in names: SQLNames, drops: Bool) -> [String] {
    let new = tables.map { "\(names.new($0)) TO \(names($0))" }.joined(separator: ", ")
    guard drops else { return ["RENAME TABLE \(new)"] }
    let questions = Set(CrosswalkQuestions.names)
    let own = ScriptGuard.ownTables.filter { !questions.contains($0) }
    let list = own.map { literal(names.bare($0)) }.joined(separator: ", ")
    let schema = names.schema.map { "\($0)." } ?? ""
    return [
      "SET SESSION group_concat_max_len = 65536",
      """
      SET @orgreg_names = (SELECT concat('RENAME TABLE ',
        coalesce(concat(GROUP_CONCAT(concat('\(schema)', table_name, ' TO \(schema)orgreg_old_', table_name) SEPARATOR ', '), ', '), ''),
        '\(new)') FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name IN (\(list)))
      """,
      "PREPARE orgreg_names FROM @orgreg_names", "EXECUTE orgreg_names", "DEALLOCATE PREPARE orgreg_names",
      "SET SESSION group_concat_max_len = @orgreg_length",
    ] + ExportedView.names.reversed().map { "DROP VIEW IF EXISTS \(names($0))" }
      + own.reversed().map { "DROP TABLE IF EXISTS \(names.old($0))" }
      + CrosswalkQuestions.names.map { "DROP TABLE IF EXISTS \(names($0))" }
  }

  /// What is set before the first row.
  var filling: [String] { self == .mysql ? ["START TRANSACTION"] : [] }

  var closing: [String] { ["COMMIT"] + (self == .mysql ? ["SET SESSION sql_mode = @orgreg_mode"] : []) }

  /// What stands after the closing bracket of a table.
  func tableOptions(words: String) -> String {
    switch self {
    case .mysql:
      // Binary, with blanks at the end significant. MariaDB and MySQL name this differently and skip each other's name.
      " ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = /*M!100202 utf8mb4_nopad_bin */ /*!80017 utf8mb4_0900_bin */"
        + " COMMENT = \(literal(words))"
    case .sqlite: " STRICT"
    default: ""
    }
  }
}
