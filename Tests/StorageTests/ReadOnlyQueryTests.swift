import Foundation
import RegistryStorage
import RegistryTestSupport
import Testing

@Suite struct ReadOnlyQueryTests {
  /// A file with a table, and a query on it.
  private func run(_ sql: String, seconds: Double = 10) throws -> [String] {
    let folder = try TemporaryFolder()
    let path = folder.file("a.sqlite")
    try Database(path: path, access: .create)
      .execute("CREATE TABLE t (a); CREATE INDEX t_a ON t (a); INSERT INTO t VALUES (1), (NULL)")
    let query = try ReadOnlyQuery(path: path, immutable: false, seconds: seconds)
    var lines: [String] = []
    try query.run(sql, columns: { lines.append($0.joined(separator: "|")) }) { row in
      let texts = row.map { $0 == .null ? "-" : $0.text ?? $0.integer.map { String($0) } ?? "?" }
      lines.append(texts.joined(separator: "|"))
    }
    #expect(try Database(path: path, access: .readOnly).rows("SELECT a FROM t") == ["1", "-"])
    return lines
  }

  @Test func `A query gives columns and rows`() throws {
    #expect(try run("SELECT a AS b, upper('x') AS c FROM t ORDER BY a") == ["b|c", "-|X", "1|X"])
  }

  @Test func `Recursion and windows are allowed`() throws {
    let lines = try run(
      """
      WITH RECURSIVE counting (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counting WHERE number < 3)
      SELECT sum(number) OVER (ORDER BY number) FROM counting
      """)
    #expect(lines.dropFirst() == ["1", "3", "6"])
  }

  @Test(arguments: [
    "INSERT INTO t VALUES (3)", "UPDATE t SET a = 2", "DELETE FROM t", "DROP TABLE t", "CREATE TABLE u (b)",
    "CREATE TEMP TABLE u (b)", "CREATE TEMP VIEW v AS SELECT 1", "ATTACH ':memory:' AS other", "ATTACH '/tmp/x' AS x",
    "PRAGMA journal_mode = DELETE", "PRAGMA user_version = 7", "PRAGMA user_version", "PRAGMA writable_schema = ON",
    "SELECT load_extension('anything')", "VACUUM", "VACUUM INTO '/tmp/orgregistry-stolen'", "BEGIN", "SAVEPOINT a",
    "REINDEX", "ANALYZE", "SELECT 1; DELETE FROM t", "SELECT * FROM pragma_user_version",
  ]) func `Nothing but reading is allowed`(sql: String) throws {
    #expect(throws: DatabaseError.self) { try run(sql) }
    #expect(!FileManager.default.fileExists(atPath: "/tmp/orgregistry-stolen"))
  }

  @Test(arguments: [0, 0.1]) func `A query without end ends when its time is over`(seconds: Double) throws {
    let error = try #require(throws: DatabaseError.self) { try run(endless, seconds: seconds) }
    #expect(error.isInterrupted)
  }

  @Test func `A long query that has the time for it ends by itself`() throws {
    let counting = """
      WITH RECURSIVE c (x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c WHERE x < 200000) SELECT count(*) FROM c
      """
    #expect(try run(counting, seconds: 1_000_000).last == "200000")
  }
}
