import Foundation
import RegistryTestSupport
import Testing

/// A script removes nothing but what an earlier script of `orgreg` made, in any database.
@Suite(.tags(.slow), .inFullRuns, .serialized) struct ExportSafetyTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
    chmod(bench.folder, 0o755)
  }

  private func script(_ dialect: String, _ words: String...) throws -> String {
    expectDone(try bench.orgreg(["export", "sql", "--dialect", dialect, "--output", "script.sql"] + words))
    return bench.path("script.sql")
  }

  private func expectLoaded(
    _ engine: any QueryEngine, _ script: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let load = try engine.load(script)
    #expect(load.status == 0 && load.stdout.isEmpty && load.stderr.isEmpty, "\(load)", sourceLocation: sourceLocation)
  }

  private func expectRefused(
    _ engine: any QueryEngine, _ script: String, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let load = try engine.load(script)
    #expect(load.status != 0, "\(load)", sourceLocation: sourceLocation)
    for word in words { #expect(load.stderr.contains(word), "\(load)", sourceLocation: sourceLocation) }
    #expect(load.stderr.contains("nothing was changed"), "\(load)", sourceLocation: sourceLocation)
  }

  /// - Parameter way: how to keep the names apart, and what a table is then called.
  private func expectSafe(
    _ engine: any QueryEngine, _ dialect: String, apart way: [String], _ name: (String) -> String
  ) throws {
    let (plain, dropping) = (try script(dialect), bench.path("dropping.sql"))
    try FileManager.default.copyItem(atPath: plain, toPath: bench.path("plain.sql"))
    try FileManager.default.copyItem(atPath: script(dialect, "--drop"), toPath: dropping)
    let first = bench.path("plain.sql")

    // Somebody's own tables have names of ours.
    let own = "CREATE TABLE event (id INTEGER, words VARCHAR(20))"
    for statement in [own, "INSERT INTO event VALUES (1, 'mine')", "CREATE VIEW lineage AS SELECT id FROM event"] {
      _ = try engine.rows(statement)
    }
    for script in [first, dropping] {
      try expectRefused(engine, script, "event", "lineage", way[0])
      #expect(try engine.rows("SELECT words FROM event") == [["mine"]])
      #expect(try engine.rows("SELECT * FROM lineage") == [["1"]])
    }
    // They keep them beside an export that keeps apart.
    try expectLoaded(engine, script(dialect, way[0], way[1]))
    try expectLoaded(engine, script(dialect, way[0], way[1], "--drop"))
    #expect(try engine.rows("SELECT count(*) FROM \(name("organisation"))") == [["3"]])
    #expect(try engine.rows("SELECT words FROM event") == [["mine"]])
    for statement in ["DROP VIEW lineage", "DROP TABLE event"] { _ = try engine.rows(statement) }

    // What an earlier script made is replaced, whatever its options were.
    try expectLoaded(engine, script(dialect, "--history"))
    try expectRefused(engine, first, "are here already: export again with --drop or \(way[0])")
    #expect(try engine.rows("SELECT count(*) FROM name_history") != [["0"]])
    try expectLoaded(engine, dropping)
    try expectLoaded(engine, dropping)

    // A table of somebody else refers to ours.
    let key = try #require(try engine.rows("SELECT min(organisation) FROM organisation").first?[0])
    let isText = dialect != "mysql"
    let rule = dialect == "duckdb" ? "" : " ON DELETE CASCADE"
    _ = try engine.rows(
      """
      CREATE TABLE note (organisation \(isText ? "TEXT" : "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"),
        words VARCHAR(20), FOREIGN KEY (organisation) REFERENCES organisation (organisation)\(rule))
      """)
    _ = try engine.rows("INSERT INTO note VALUES ('\(key)', 'mine')")
    try expectRefused(engine, dropping, "note", "take their foreign keys away first")
    #expect(try engine.rows("SELECT words FROM note") == [["mine"]])
    #expect(try engine.rows("SELECT count(*) FROM organisation") == [["3"]])
    _ = try engine.rows("DROP TABLE note")

    // Somebody has made something else of a table of ours.
    for statement in [
      "DROP VIEW ready_crosswalk_to", "DROP TABLE crosswalk_target", own.replacing("event", with: "crosswalk_target"),
    ] {
      _ = try engine.rows(statement)
    }
    try expectRefused(engine, dropping, "crosswalk_target")
    #expect(try engine.rows("SELECT count(*) FROM organisation") == [["3"]])
    // Nothing here says any more what is ours. A message of MySQL ends after two hundred characters.
    for statement in ["DROP TABLE crosswalk_target", "DROP TABLE about", own.replacing("event", with: "about")] {
      _ = try engine.rows(statement)
    }
    try expectRefused(engine, dropping, "about", "anchor", "basis")
    #expect(try engine.rows("SELECT count(*) FROM organisation") == [["3"]])
  }

  @Test func `SQLite loses nothing of anybody`() throws {
    let engine = SQLiteShell(file: bench.path("x.sqlite"))
    try expectSafe(engine, "sqlite", apart: ["--prefix", "tiny_"]) { "tiny_\($0)" }
  }

  @Test func `A shell that goes on after errors changes nothing either`() throws {
    let engine = SQLiteShell(file: bench.path("x.sqlite"))
    for statement in ["CREATE TABLE event (id INTEGER)", "INSERT INTO event VALUES (7)"] {
      _ = try engine.rows(statement)
    }
    let before = try bench.dump("x.sqlite")
    for words in [[], ["--drop"]] {
      expectDone(
        try bench.orgreg(["export", "sql", "--dialect", "sqlite", "--output", "script.sql"] + words))
      let run = try engine.loadOn(bench.path("script.sql"))
      #expect(run.stderr.contains("event"), "\(run)")
      #expect(try bench.dump("x.sqlite") == before)
    }
    for statement in ["DROP TABLE event", "CREATE TABLE about (words TEXT)"] { _ = try engine.rows(statement) }
    let run = try engine.loadOn(bench.path("script.sql"))
    #expect(run.stderr.contains("about"), "\(run)")
    #expect(try engine.rows("SELECT name FROM sqlite_schema") == [["about"]])
  }

  @Test(.tags(.engine), .enabled(if: Engine.postgres.isExpected, "PostgreSQL is not installed: .ci/install engines"))
  func `PostgreSQL loses nothing of anybody`() throws {
    try expectSafe(Postgres(), "postgres", apart: ["--schema", "tiny"]) { "tiny.\($0)" }
  }

  @Test(.tags(.engine), .enabled(if: Engine.mariadb.isExpected, "MariaDB is not installed: .ci/install engines"))
  func `MariaDB loses nothing of anybody`() throws {
    let engine = try MariaDB(database: "shared")
    try expectSafe(engine, "mysql", apart: ["--schema", "tiny"]) { "tiny.\($0)" }
    try expectLoaded(engine, script("mysql", "--prefix", "tiny_"))
    try expectLoaded(engine, script("mysql", "--prefix", "tiny_", "--drop"))
    #expect(try engine.rows("SELECT count(*) FROM tiny_organisation_version") != [["0"]])
  }

  /// A new table ends a transaction there.
  @Test(.tags(.engine), .enabled(if: Engine.mariadb.isExpected, "MariaDB is not installed: .ci/install engines"))
  func `MariaDB loads a script as a whole or not at all`() throws {
    let engine = try MariaDB(database: "shared")
    func cut(_ name: String) throws -> String {
      let text = try bench.text("script.sql")
      let rows = try #require(text.range(of: "INSERT INTO orgreg_new_succession"))
      try bench.write(
        text[..<rows.lowerBound] + "INSERT INTO nowhere VALUES (1);\n" + text[rows.lowerBound...], to: name)
      return bench.path(name)
    }
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
    _ = try script("mysql")
    #expect(try engine.load(cut("cut.sql")).status != 0)
    let tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE()"
    #expect(try engine.rows(tables + " AND table_name NOT LIKE 'orgreg_new_%'") == [["0"]])
    try expectRefused(engine, script("mysql"), "orgreg_new_about", "drop them first")
    _ = try engine.rows("DROP DATABASE shared; CREATE DATABASE shared CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
    try expectLoaded(engine, script("mysql", "--history"))
    _ = try script("mysql", "--drop")
    #expect(try engine.load(cut("cut.sql")).status != 0)
    // The earlier export is what it was.
    #expect(try engine.rows("SELECT count(*) FROM succession") == [["2"]])
    #expect(try engine.rows("SELECT count(*) FROM name_history") != [["0"]])
    #expect(try engine.rows("SELECT count(*) FROM organisation_version") != [["0"]])
  }

  @Test(.tags(.engine), .enabled(if: Engine.python.isExpected, "DuckDB is not installed: .ci/install engines"))
  func `DuckDB loses nothing of anybody`() throws {
    let engine = DuckDB(file: bench.path("x.duckdb"))
    try expectSafe(engine, "duckdb", apart: ["--schema", "tiny"]) { "tiny.\($0)" }
  }

  @Test func `The database says which part of which register it has`() throws {
    let engine = SQLiteShell(file: bench.path("x.sqlite"))
    try expectLoaded(engine, script("sqlite", "--on", "2010-01-01", "--history"))
    let rows = try engine.rows("SELECT subject, description FROM about WHERE topic = 'register' ORDER BY position")
    let about = Dictionary(uniqueKeysWithValues: rows.map { ($0[0] ?? "", $0[1] ?? "") })
    #expect(about["scope"] == "Only what held on 2010-01-01." && about["days"] == "from 2010-01-01 to 2010-01-01")
    #expect(about["revision"] == "1" && about["history"] == "included" && about["script"] == "1")
    #expect(about["began"] != nil && about["recorded"] == about["began"], "\(about)")
    // Nobody has said under which licence this country publishes.
    #expect(about["licence"] == nil && about["attribution"] == nil)
    // The view of versions says nothing about days that the part lacks.
    #expect(
      try engine.rows("SELECT DISTINCT valid_from, valid_to FROM organisation_version") == [
        ["2010-01-01", "2010-01-02"]
      ])
    let england = SQLiteShell(file: try EnglandExports.sqliteFile())
    #expect(
      try england.rows(
        "SELECT description FROM about WHERE subject IN ('licence', 'attribution', 'scope') ORDER BY subject")
        == [
          ["Contains public sector information licensed under the Open Government Licence v3.0."],
          [
            "Open Government Licence v3.0, https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
          ], ["All of it."],
        ])
  }
}
