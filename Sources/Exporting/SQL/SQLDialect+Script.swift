/// The statements around the tables: what a script sets, how it finds tables of an earlier one, and what it removes.
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
    return load + "\n"
      + (drops
        ? "It first takes away what an earlier script made, and nothing else."
        : "It fails, and changes nothing, where its tables are already: then export again with --drop"
          + (hasSchemas ? ", or with --schema NAME." : "."))
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

  /// Statements that fail if a table or view of ours exists, with a sentence that says what to do.
  func guarding(in names: SQLNames) -> [String] {
    let own = Self.ownNames.map { "'\($0)'" }.joined(separator: ", ")
    let advice =
      "the tables of this script are here already: export again with --drop"
      + (hasSchemas ? " or --schema NAME" : "")
    let schema = names.schema.map { "'\($0)'" } ?? "current_schema()"
    switch self {
    case .sqlite:
      // A shell goes on after an error. Then the row that lacks its counterpart keeps everything from being committed.
      return [
        """
        CREATE TEMP TABLE load_guard (
          found INTEGER PRIMARY KEY, missing INTEGER REFERENCES load_guard (found) DEFERRABLE INITIALLY DEFERRED)
        """,
        "INSERT INTO load_guard SELECT 1, 2 FROM sqlite_schema WHERE name IN (\(own)) LIMIT 1",
        """
        CREATE TEMP TABLE load_check (found INTEGER CONSTRAINT "\(advice)" CHECK (found = 0))
        """,
        "INSERT INTO load_check SELECT count(*) FROM load_guard", "DROP TABLE load_check",
      ]
    case .postgres:
      return [
        """
        DO $orgreg$ BEGIN
          IF EXISTS (SELECT FROM information_schema.tables WHERE table_schema = \(schema) AND table_name IN (\(own))) THEN
            RAISE EXCEPTION '\(advice)';
          END IF;
        END $orgreg$
        """
      ]
    case .duckdb:
      return [
        """
        SELECT error('\(advice)') FROM information_schema.tables
        WHERE table_catalog = current_catalog() AND table_schema = \(schema) AND table_name IN (\(own)) LIMIT 1
        """
      ]
    case .mysql:
      // Only a statement that cannot be parsed fails here, and the message quotes it.
      return [
        """
        SET @orgreg_guard = (SELECT CASE count(*) WHEN 0 THEN 'DO 0' ELSE '\(advice)' END FROM information_schema.tables
          WHERE table_schema = DATABASE() AND table_name IN (\(own)))
        """,
        "PREPARE orgreg_guard FROM @orgreg_guard", "DEALLOCATE PREPARE orgreg_guard",
      ]
    case .portable: return []
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
    case .sqlite, .mysql, .portable: break
    }
    return statements + ExportedView.names.reversed().map { "DROP VIEW IF EXISTS \(names($0))" }
      + Self.ownTables.reversed().map { "DROP TABLE IF EXISTS \(names($0))" }
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

  private static let ownTables: [String] =
    (["about"] + ExportedTable.all.map(\.name) + CrosswalkQuestions.names + ExportedTable.log.map(\.name)
      + ExportedTable.all.compactMap { $0.history?.name } + [ExportedTable.citationHistory?.name].compactMap { $0 })

  private static let ownNames = ownTables + ExportedView.names
}
