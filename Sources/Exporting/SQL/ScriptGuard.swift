/// What a script looks at before its first change: which of its names are taken, and by what.
///
/// Kept here:
/// 1. A table is of an earlier script only if the table `about` says so, and if it has exactly the columns that `about`
///    lists. A name alone proves nothing.
/// 2. A script that is to remove what an earlier one made refuses if anything else has one of its names, or if other
///    tables refer to its tables. It names them all.
/// 3. Where the check itself cannot be made, the script cannot be committed.
struct ScriptGuard {
  let names: SQLNames
  /// Whether the script removes what an earlier one made.
  let drops: Bool
  /// The tables that the script makes.
  let made: [String]
  /// The statement that makes the table `about`.
  let aboutDefinition: String

  private var dialect: SQLDialect { names.dialect }

  // MARK: Words

  private var way: String { dialect.hasSchemas ? "--schema NAME" : "--prefix WORD" }

  /// What is said before the names that something else has.
  private var taken: String {
    "these names are taken by something that orgreg did not make or that was changed since: "
  }

  private var elsewhere: String { " - export again with \(way); nothing was changed" }

  private var present: String {
    "the tables of an earlier export are here already: export again with --drop or \(way); nothing was changed"
  }

  /// What is said before the names of tables that refer to ours.
  private var clinging: String { "these tables refer to tables of this register and would lose their hold: " }

  private var letGo: String { " - take their foreign keys away first; nothing was changed" }

  private var unfinished: String { "a load that was cut short has left these tables: " }

  private var takeAway: String { " - drop them first; nothing was changed" }

  // MARK: Names

  private static func list(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }

  /// What is removed, whatever the options of the earlier script were; or else what is made.
  private var tables: String { Self.list((drops ? Self.ownTables : made).map(names.bare)) }
  private var all: String { Self.list(((drops ? Self.ownTables : made) + ExportedView.names).map(names.bare)) }
  private var about: String { names("about") }
  private static let aboutColumns = ExportedTable.about.columns.map(\.name).joined(separator: ",")

  static let ownTables: [String] =
    (["about"] + ExportedTable.all.map(\.name) + CrosswalkQuestions.names + ExportedTable.log.map(\.name)
      + ExportedTable.all.compactMap { $0.history?.name } + [ExportedTable.citationHistory?.name].compactMap { $0 })

  /// Whether the rows of `about` are those of a script of ours.
  private var isOurs: String { "EXISTS (SELECT 1 FROM \(about) WHERE topic = 'register' AND subject = 'revision')" }

  /// Whether the table `about` is there after the check, because the check reads it.
  var makesAbout: Bool { dialect == .sqlite || dialect == .duckdb }

  /// Statements that fail, with a sentence, where the script must not be loaded.
  var statements: [String] {
    switch dialect {
    case .sqlite: sqlite
    case .postgres: postgres
    case .duckdb: duckdb
    case .mysql: mysql
    case .portable: []
    }
  }

  // MARK: SQLite

  /// A shell may go on after an error. Then the row that lacks its counterpart keeps everything from being committed. So
  /// the table of that row is not removed.
  private var sqlite: [String] {
    let columns = "(SELECT group_concat(name) FROM (SELECT name FROM pragma_table_info(%) ORDER BY name))"
    let listed = """
      (SELECT group_concat(c) FROM (SELECT substr(subject, length(t.name) + 2) AS c FROM \(about)
        WHERE topic = 'column' AND substr(subject, 1, length(t.name) + 1) = t.name || '.' ORDER BY c))
      """
    let strange = """
      FROM load_taken t WHERE NOT (\(isOurs)
        AND EXISTS (SELECT 1 FROM \(about) a WHERE a.topic = t.type AND a.subject = t.name)
        AND (t.type <> 'table' OR \(columns.replacing("%", with: "t.name")) = \(listed)))
      """
    func fail(_ words: String, _ rest: String, _ source: String) -> String {
      "SELECT json_extract('{}', '\(words)' || names || '\(rest)')\nFROM (SELECT group_concat(name, ', ') AS names \(source)) WHERE names IS NOT NULL"
    }
    let foreign = """
      FROM (SELECT DISTINCT m.name FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
        WHERE m.type = 'table' AND lower(f."table") IN (\(tables)) AND lower(m.name) NOT IN (\(tables)) ORDER BY 1)
      """
    var statements = [
      """
      CREATE TEMP TABLE load_guard (
        found INTEGER PRIMARY KEY, missing INTEGER REFERENCES load_guard (found) DEFERRABLE INITIALLY DEFERRED)
      """,
      "INSERT INTO load_guard VALUES (1, 2)",
      """
      CREATE TEMP TABLE load_taken AS
        SELECT lower(name) AS name, type FROM sqlite_schema WHERE lower(name) IN (\(all)) ORDER BY name
      """,
      // Whoever has another table of this name has no export of ours.
      fail(
        taken, elsewhere,
        "FROM load_taken WHERE coalesce((SELECT group_concat(name) FROM pragma_table_info('\(names.bare("about"))')), '"
          + "\(Self.aboutColumns)') <> '\(Self.aboutColumns)'"),
      aboutDefinition.replacing("CREATE TABLE", with: "CREATE TABLE IF NOT EXISTS"),
      fail(taken, elsewhere, strange),
    ]
    if drops {
      statements += [
        fail(clinging, letGo, foreign),
        "DELETE FROM load_guard WHERE NOT EXISTS (SELECT 1 \(strange)) AND NOT EXISTS (SELECT 1 \(foreign))",
      ]
    } else {
      statements += [
        "SELECT json_extract('{}', '\(present)') FROM load_taken LIMIT 1",
        "DELETE FROM load_guard WHERE NOT EXISTS (SELECT 1 FROM load_taken)",
      ]
    }
    return statements + ["DROP TABLE load_taken"]
  }

  // MARK: PostgreSQL

  private var postgres: [String] {
    let schema = names.schema.map { "'\($0)'" } ?? "current_schema()"
    let space = "(SELECT oid FROM pg_namespace WHERE nspname = \(schema))"
    func columns(_ table: String) -> String {
      """
      (SELECT string_agg(attname::text, ',' ORDER BY attname::text COLLATE "C") FROM pg_attribute
          WHERE attrelid = \(table) AND attnum > 0 AND NOT attisdropped)
      """
    }
    let sorted = ExportedTable.about.columns.map(\.name).sorted().joined(separator: ",")
    let functions = (ExportedView.functionNames + [ExportReach.guardName]).map { "'\($0)'" }.joined(separator: ", ")
    let verdict =
      drops
      ? """
        SELECT string_agg(DISTINCT conrelid::regclass::text, ', ') INTO names FROM pg_constraint
          WHERE contype = 'f' AND confrelid IN (SELECT oid FROM pg_class WHERE relnamespace = \(space)
            AND relname IN (\(tables)))
          AND conrelid NOT IN (SELECT oid FROM pg_class WHERE relnamespace = \(space) AND relname IN (\(tables)));
        IF names IS NOT NULL THEN RAISE EXCEPTION '\(clinging)%\(letGo)', names; END IF;
      """
      : """
        IF EXISTS (SELECT FROM pg_class WHERE relnamespace = \(space) AND relname IN (\(all))) THEN
          RAISE EXCEPTION '\(present)';
        END IF;
      """
    return [
      """
      DO $orgreg$ DECLARE names text; ours boolean := false; BEGIN
        IF \(columns("(SELECT oid FROM pg_class WHERE relnamespace = \(space) AND relname = 'about' AND relkind = 'r')"))
          = '\(sorted)' THEN
          SELECT \(isOurs) INTO ours;
        END IF;
        IF ours THEN
          SELECT string_agg(relname, ', ' ORDER BY relname) INTO names FROM (
            SELECT relname::text, relkind::text, oid, relnamespace FROM pg_class
            UNION ALL SELECT proname, 'function', oid, pronamespace FROM pg_proc) t
          WHERE relnamespace = \(space) AND relname IN (\(all), \(functions))
            AND (NOT EXISTS (SELECT FROM \(about) a
              WHERE a.topic = CASE relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' ELSE relkind END AND a.subject = relname)
              OR (relkind = 'r' AND \(columns("t.oid")) <> (
                SELECT string_agg(split_part(subject, '.', 2), ',' ORDER BY split_part(subject, '.', 2) COLLATE "C")
                FROM \(about) WHERE topic = 'column' AND split_part(subject, '.', 1) = relname)));
        ELSE
          SELECT string_agg(name, ', ' ORDER BY name) INTO names FROM (
            SELECT relname AS name FROM pg_class WHERE relnamespace = \(space) AND relname IN (\(all))
            UNION SELECT proname FROM pg_proc WHERE pronamespace = \(space) AND proname IN (\(functions))) taken;
        END IF;
        IF names IS NOT NULL THEN RAISE EXCEPTION '\(taken)%\(elsewhere)', names; END IF;
      \(verdict)
      END $orgreg$
      """
    ]
  }

  // MARK: DuckDB

  private var duckdb: [String] {
    let schema = names.schema.map { "'\($0)'" } ?? "current_schema()"
    let here = "table_catalog = current_catalog() AND table_schema = \(schema)"
    let inHere = "database_name = current_catalog() AND schema_name = \(schema)"
    func columns(_ table: String) -> String {
      "(SELECT string_agg(column_name, ',' ORDER BY column_name) FROM information_schema.columns WHERE \(here) AND table_name = \(table))"
    }
    let sorted = ExportedTable.about.columns.map(\.name).sorted().joined(separator: ",")
    let functions = Self.list(ExportedView.functionNames)
    func fail(_ words: String, _ rest: String, _ source: String) -> String {
      "SELECT error('\(words)' || names || '\(rest)') FROM (SELECT string_agg(name, ', ' ORDER BY name) AS names \(source)) WHERE names IS NOT NULL"
    }
    let taken = """
      FROM (SELECT table_name AS name, CASE table_type WHEN 'BASE TABLE' THEN 'table' ELSE 'view' END AS type
        FROM information_schema.tables WHERE \(here) AND table_name IN (\(all))
        UNION ALL SELECT function_name, 'function' FROM duckdb_functions() WHERE \(inHere) AND function_name IN (\(functions))) t
      """
    let foreign = """
      FROM (SELECT DISTINCT table_name AS name FROM duckdb_constraints() WHERE \(inHere) AND constraint_type = 'FOREIGN KEY'
        AND referenced_table IN (\(tables)) AND table_name NOT IN (\(tables))) f
      """
    return [
      "CREATE TEMP TABLE load_taken AS SELECT name, type \(taken)",
      fail(
        self.taken, elsewhere, "FROM load_taken WHERE coalesce(\(columns("'about'")), '\(sorted)') <> '\(sorted)'"),
      aboutDefinition.replacing("CREATE TABLE", with: "CREATE TABLE IF NOT EXISTS"),
      fail(
        self.taken, elsewhere,
        """
        FROM load_taken t WHERE NOT (\(isOurs)
          AND EXISTS (SELECT 1 FROM \(about) a WHERE a.topic = t.type AND a.subject = t.name)
          AND (t.type <> 'table' OR \(columns("t.name")) = (
            SELECT string_agg(split_part(subject, '.', 2), ',' ORDER BY split_part(subject, '.', 2)) FROM \(about)
            WHERE topic = 'column' AND split_part(subject, '.', 1) = t.name)))
        """),
      drops ? fail(clinging, letGo, foreign) : "SELECT error('\(present)') FROM load_taken LIMIT 1",
      "DROP TABLE load_taken",
    ]
  }

  // MARK: MySQL

  /// A statement that sets a mode of no meaning fails, and its message has the text.
  private var mysql: [String] {
    func columns(_ table: String) -> String {
      """
      (SELECT GROUP_CONCAT(CAST(column_name AS BINARY) ORDER BY CAST(column_name AS BINARY)) FROM information_schema.columns
        WHERE table_schema = DATABASE() AND table_name = \(table))
      """
    }
    func fail(_ words: String, _ rest: String, _ found: String) -> String {
      "SET SESSION sql_mode = (SELECT CASE WHEN \(found) IS NULL THEN @@SESSION.sql_mode ELSE concat('\(words)', \(found), '\(rest)') END)"
    }
    let sorted = ExportedTable.about.columns.map(\.name).sorted().joined(separator: ",")
    let present = "information_schema.tables t WHERE t.table_schema = DATABASE() AND t.table_name IN (\(all))"
    let joined =
      "SELECT GROUP_CONCAT(t.table_name ORDER BY t.table_name SEPARATOR ' ') INTO @orgreg_taken FROM \(present)"
    let column = "CAST(substring_index(subject, '.', -1) AS BINARY)"
    let strange = """
      \(joined) AND NOT (\(isOurs)
        AND EXISTS (SELECT 1 FROM \(about) a WHERE a.topic = CASE t.table_type WHEN 'VIEW' THEN 'view' ELSE 'table' END
          AND CAST(a.subject AS BINARY) = CAST(t.table_name AS BINARY))
        AND (t.table_type = 'VIEW' OR \(columns("t.table_name")) = (
          SELECT GROUP_CONCAT(\(column) ORDER BY \(column)) FROM \(about)
          WHERE topic = 'column'
            AND CAST(substring_index(subject, '.', 1) AS BINARY) = CAST(t.table_name AS BINARY))))
      """
    let foreign = """
      (SELECT GROUP_CONCAT(DISTINCT concat(table_schema, '.', table_name) SEPARATOR ' ')
        FROM information_schema.key_column_usage
        WHERE referenced_table_schema = DATABASE() AND referenced_table_name IN (\(tables))
          AND NOT (table_schema = DATABASE() AND table_name IN (\(tables))))
      """
    let half = (Self.ownTables.map(names.new.bare) + Self.ownTables.map(names.old.bare)).map { "'\($0)'" }
    let left = """
      (SELECT GROUP_CONCAT(table_name ORDER BY table_name SEPARATOR ' ') FROM information_schema.tables
        WHERE table_schema = DATABASE() AND table_name IN (\(half.joined(separator: ", "))))
      """
    return [
      "SET @orgreg_length = @@SESSION.group_concat_max_len", "SET SESSION group_concat_max_len = 65536",
      """
      SET @orgreg_look = CASE WHEN \(columns("'\(names.bare("about"))'")) = '\(sorted)'
        THEN \(dialect.literal(strange)) ELSE \(dialect.literal(joined)) END
      """,
      "PREPARE orgreg_look FROM @orgreg_look", "EXECUTE orgreg_look", "DEALLOCATE PREPARE orgreg_look",
      fail(taken, elsewhere, "@orgreg_taken"),
      fail(unfinished, takeAway, left),
      drops
        ? fail(clinging, letGo, foreign)
        : "SET SESSION sql_mode = (SELECT CASE count(*) WHEN 0 THEN @@SESSION.sql_mode ELSE '\(self.present)' END FROM \(present))",
      "SET SESSION group_concat_max_len = @orgreg_length",
    ]
  }
}
