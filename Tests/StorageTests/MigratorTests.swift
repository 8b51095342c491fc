import RegistryFormats
import Foundation
import RegistryStorage
import RegistryTestSupport
import Testing

@Suite struct MigratorTests {
  private static let first = Migration(
    number: 1, name: "first",
    sql: """
      CREATE TABLE schema_migration (number INTEGER PRIMARY KEY, name TEXT, checksum TEXT, applied_at TEXT) STRICT;
      CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT;
      CREATE TABLE b (a INTEGER REFERENCES a (id)) STRICT;
      """)

  private static func second(_ sql: String) -> Migration { Migration(number: 2, name: "second", sql: sql) }

  private static let time = "2026-01-01T00:00:00Z"

  @Test func `Steps are applied once and remembered`() throws {
    let database = try Database.inMemory()
    let migrator = Migrator([Self.first, Self.second("INSERT INTO a VALUES (1)")])
    #expect(try migrator.pending(in: database).map(\.number) == [1, 2])
    try migrator.migrate(database, at: Self.time)
    try migrator.migrate(database, at: Self.time)
    #expect(try migrator.pending(in: database).isEmpty)
    #expect(try database.rows("SELECT id FROM a") == ["1"])
    #expect(
      try database.rows("SELECT number, name, applied_at FROM schema_migration")
        == ["1|first|\(Self.time)", "2|second|\(Self.time)"])
  }

  @Test func `What follows the last step is part of it`() throws {
    let database = try Database.inMemory()
    let migrator = Migrator([Self.first, Self.second("INSERT INTO a VALUES (1)")])
    #expect(throws: MigrationError.self) {
      try migrator.migrate(database, at: Self.time) { () throws(DatabaseError) in
        try database.run("INSERT INTO a VALUES (1)")
      }
    }
    #expect(try migrator.pending(in: database).map(\.number) == [2])
    try migrator.migrate(database, at: Self.time) { () throws(DatabaseError) in
      try database.run("INSERT INTO a VALUES (2)")
    }
    #expect(try database.rows("SELECT id FROM a") == ["1", "2"])
    try migrator.migrate(database, at: Self.time) { () throws(DatabaseError) in
      try database.run("INSERT INTO a VALUES (3)")
    }
    #expect(try database.rows("SELECT id FROM a") == ["1", "2"])
  }

  @Test func `Steps are numbered without a gap`() async {
    await #expect(processExitsWith: .failure) {
      _ = Migrator([Migration(number: 1, name: "a", sql: ""), Migration(number: 3, name: "b", sql: "")])
    }
    await #expect(processExitsWith: .failure) { _ = Migrator([Migration(number: 2, name: "a", sql: "")]) }
    await #expect(processExitsWith: .failure) {
      _ = Migrator([Migration(number: 1, name: "a", sql: ""), Migration(number: 1, name: "b", sql: "")])
    }
  }

  @Test func `A file name gives number and name`() {
    #expect(Migration(fileName: "0012_new_words.sql", sql: "x") == Migration(number: 12, name: "new_words", sql: "x"))
    for name in ["12.sql", "x_y.sql", "0000_zero.sql", "0001_words.txt", "-1_words.sql", ""] {
      #expect(Migration(fileName: name, sql: "") == nil, "\(name)")
    }
  }

  @Test func `An edited step is refused`() throws {
    let database = try Database.inMemory()
    try Migrator([Self.first, Self.second("INSERT INTO a VALUES (1)")]).migrate(database, at: Self.time)
    let edited = Self.second("INSERT INTO a VALUES (2)")
    let error = try #require(throws: MigrationError.self) {
      try Migrator([Self.first, edited]).migrate(database, at: Self.time)
    }
    #expect(error == .edited(number: edited.number, name: edited.name))
    #expect(error.description.contains("step 2 (second) is not the one that this orgreg knows"))
    #expect(try database.rows("SELECT id FROM a") == ["1"])
  }

  @Test func `A newer file is refused with advice`() throws {
    let database = try Database.inMemory()
    try Migrator([Self.first, Self.second("INSERT INTO a VALUES (1)")]).migrate(database, at: Self.time)
    let error = try #require(throws: MigrationError.self) { try Migrator([Self.first]).pending(in: database) }
    #expect(
      error.description
        == "this register was written by a newer orgreg (schema 2; this one knows up to 1): upgrade orgreg")
  }

  @Test func `A newer register file is refused in every way of opening that looks`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("r.sqlite")
    let count = try Registry.create(path).schemaVersion()
    try Database(path: path, access: .readWrite)
      .run("INSERT INTO schema_migration VALUES (?1, 'later', 'x', 'y')", [.integer(Int64(count + 1))])
    for access in [Registry.Access.read, .write] {
      let error = try #require(throws: OpenError.self) { try Registry.open(path, access) }
      #expect(error.description.contains("was written by a newer orgreg (schema \(count + 1)"))
    }
  }

  @Test func `A failing step leaves nothing`() throws {
    let database = try Database.inMemory()
    let bad = Self.second("CREATE TABLE c (x); INSERT INTO a VALUES (1); INSERT INTO nowhere VALUES (1)")
    #expect(throws: MigrationError.self) { try Migrator([Self.first, bad]).migrate(database, at: Self.time) }
    #expect(try database.rows("SELECT name FROM sqlite_schema WHERE name = 'c'").isEmpty)
    #expect(try database.rows("SELECT id FROM a").isEmpty)
    #expect(try database.rows("SELECT number FROM schema_migration") == ["1"])
    #expect(try database.rows("PRAGMA foreign_keys") == ["1"])
  }

  @Test func `A step that breaks a reference is rolled back`() throws {
    let database = try Database.inMemory()
    let bad = Self.second("INSERT INTO a VALUES (1); INSERT INTO b VALUES (2)")
    let error = try #require(throws: MigrationError.self) {
      try Migrator([Self.first, bad]).migrate(database, at: Self.time)
    }
    #expect(error.description.contains("migration second leaves a broken reference in b"))
    #expect(try database.rows("SELECT id FROM a").isEmpty)
    #expect(throws: DatabaseError.self) { try database.run("INSERT INTO b VALUES (2)") }
  }

  @Test func `A register says what it is`() throws {
    let registry = try Registry.inMemory()
    #expect(try registry.rows("PRAGMA application_id") == ["1330792306"])
    #expect(try registry.schemaVersion() == Registry.migrator.migrations.count)
    #expect(try registry.check().isEmpty)
    #expect(try registry.latestRevision() == 0)
  }

  /// RECORD_SNAPSHOTS=1 writes the golden file again and fails, so that nobody takes this for a passed test.
  @Test func `The schema is the recorded one`() throws {
    let path = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let golden = "/\(path)/Golden/schema.sql"
    let schema = try Registry.inMemory().rows("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
      .map { $0 + ";\n" }.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try Files.write(Array(schema.utf8), to: golden)
      Issue.record("the golden file was recorded: review it, and run again without RECORD_SNAPSHOTS")
      return
    }
    let recorded = String(decoding: try Files.read(golden), as: UTF8.self)
    let (old, new) = (recorded.split(separator: "\n"), schema.split(separator: "\n"))
    let place = zip(old, new).enumerated().first { $1.0 != $1.1 }
    #expect(recorded == schema, "first difference in line \((place?.offset ?? min(old.count, new.count)) + 1)")
  }
}
