import Foundation
import Testing

/// `orgreg sql` reads and cannot do anything else.
@Suite struct SQLCommandTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  static let forbidden = [
    "INSERT INTO kind VALUES (1)", "INSERT INTO scheme SELECT * FROM scheme", "DELETE FROM organisation",
    "UPDATE kind SET key = 'x'", "REPLACE INTO kind VALUES (1)", "CREATE TABLE t (a)", "CREATE TEMP TABLE t (a)",
    "CREATE VIEW v AS SELECT 1", "DROP TABLE kind", "ALTER TABLE kind RENAME TO x", "ATTACH 'other.sqlite' AS other",
    "DETACH main", "PRAGMA user_version", "PRAGMA user_version = 7", "PRAGMA journal_mode = DELETE", "VACUUM",
    "VACUUM INTO 'copy.sqlite'", "BEGIN", "BEGIN EXCLUSIVE", "COMMIT", "SAVEPOINT s", "REINDEX", "ANALYZE",
    "SELECT load_extension('x')", "SELECT writefile('stolen', 'x')", "SELECT * FROM pragma_table_info('kind')",
    "WITH t AS (SELECT 1) DELETE FROM kind", "EXPLAIN DELETE FROM kind",
    "DELETE FROM kind RETURNING key", "/* SELECT */ DELETE FROM kind",
  ]

  @Test func `Nothing that could write is run, and the file stays as it is, to the byte`() throws {
    try bench.copyEngland()
    let (bytes, listing) = (try bench.bytes("registry.sqlite"), try bench.listing())
    for query in Self.forbidden { expectRefused(try bench.orgreg("sql", query)) }
    for query in ["INSERT INTO kind VALUES (1)", "DROP TABLE kind", "VACUUM", "PRAGMA user_version = 7"] {
      expectRefused(try bench.orgreg("sql", query), "the query may only read")
    }
    expectDone(try bench.orgreg("sql", "SELECT count(*) FROM organisation"))
    #expect(try bench.bytes("registry.sqlite") == bytes)
    #expect(try bench.listing() == listing)
  }

  @Test func `The built-in register stays as it is too`() throws {
    for query in Self.forbidden.prefix(6) { expectRefused(try bench.orgreg("sql", query)) }
    #expect(try bench.listing().isEmpty)
    expectDone(try bench.orgreg("check"))
  }

  @Test func `It takes one statement`() throws {
    expectRefused(try bench.orgreg("sql", "SELECT 1; SELECT 2"), "one statement")
    expectRefused(try bench.orgreg("sql", "SELECT 1; DROP TABLE kind"), "the query may only read")
    for text in ["", " ", "\n", ";", "/* nothing */"] { expectRefused(try bench.orgreg("sql", text), "no statement") }
    for text in ["VALUES(1);", "VALUES(1); -- one", "\n VALUES(1) ;; "] { expectDone(try bench.orgreg("sql", text)) }
  }

  @Test func `A mistake is shown with its place`() throws {
    expectRefused(try bench.orgreg("sql", "SELECT 1\nFORM FORM kind"), "syntax error", "line 2")
    expectRefused(try bench.orgreg("sql", "SELECT colour FROM kind"), "no such column: colour", "column 8")
    expectRefused(try bench.orgreg("sql", "SELECT * FROM nowhere"), "no such table: nowhere")
    expectRefused(try bench.orgreg("sql", "SELECT \"quoted\" FROM kind"), "quoted")
  }

  @Test func `A query ends when its time is over`() throws {
    // The query would never end by itself.
    let run = try bench.orgreg(
      "sql", "WITH RECURSIVE c (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c) SELECT sum(x) FROM c", "--timeout",
      "0.3")
    expectRefused(run, "0.3 seconds", "--timeout")
  }

  @Test func `All sorts of values are printed`() throws {
    let query = "SELECT 1 AS whole, 1.5 AS broken, 'a,b' AS text, NULL AS blank, 'é\"' AS accent"
    let csv = try bench.orgreg("sql", query, "--format", "csv")
    #expect(csv.stdout == "whole,broken,text,blank,accent\n1,1.5,\"a,b\",,\"é\"\"\"\n", "\(csv)")
    let json = try bench.orgreg("sql", query, "--format", "json")
    expectDone(json)
    #expect(try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)) is [Any], "\(json)")
    let none = try bench.orgreg("sql", "SELECT key FROM kind WHERE 0", "--format", "csv")
    #expect(none.stdout == "key\n", "\(none)")
  }

  @Test func `The views that the help names are there`() throws {
    let help = try bench.orgreg("sql", "--help").stdout
    let views = help.matches(of: #/current_[a-z]+/#).map { String($0.output) }
    #expect(views.count > 5)
    for view in Set(views) { expectDone(try bench.orgreg("sql", "SELECT * FROM \(view) LIMIT 1")) }
  }
}
