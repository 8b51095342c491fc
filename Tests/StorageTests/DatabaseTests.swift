import Foundation
import RegistryStorage
import Synchronization
import RegistryTestSupport
import Testing

/// A query that never ends.
let endless = """
  WITH RECURSIVE counting (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counting)
  SELECT count(*) FROM counting
  """

@Suite struct DatabaseTests {
  // MARK: Errors

  @Test func `An error has code, statement and place`() throws {
    let database = try Database.inMemory()
    let error = try #require(throws: DatabaseError.self) { try database.execute("SELECT 'é'\n  AS é FORM t") }
    #expect(error.code == 1)
    #expect(error.sql == "SELECT 'é'\n  AS é FORM t")
    #expect(error.position?.line == 2)
    #expect(error.position?.column == 8)
    #expect(error.description == "near \"FORM\": syntax error, at line 2, column 8 of the statement")
  }

  @Test func `A broken constraint is named without the values`() throws {
    let database = try Database.inMemory()
    try database.execute("CREATE TABLE person (name TEXT NOT NULL UNIQUE) STRICT")
    try database.run("INSERT INTO person VALUES (?1)", ["Jane Roe"])
    let error = try #require(throws: DatabaseError.self) {
      try database.run("INSERT INTO person VALUES (?1)", ["Jane Roe"])
    }
    #expect(error.isConstraint)
    #expect(error.code == 2067)
    #expect(error.primaryCode == 19)
    #expect(error.description == "UNIQUE constraint failed: person.name")
    #expect(!error.isBusy)
  }

  @Test func `Foreign keys bind`() throws {
    let database = try Database.inMemory()
    try database.execute(
      "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (a INTEGER NOT NULL REFERENCES a (id))")
    let error = try #require(throws: DatabaseError.self) { try database.run("INSERT INTO b VALUES (7)") }
    #expect(error.code == 787)
  }

  @Test func `Text in double quotes is an unknown column`() throws {
    let database = try Database.inMemory()
    #expect(throws: DatabaseError.self) { try database.rows("SELECT \"hello\"") }
    #expect(throws: DatabaseError.self) { try database.execute("CREATE TABLE t (a CHECK (a <> \"hello\"))") }
  }

  @Test func `One statement at a time is prepared`() throws {
    let database = try Database.inMemory()
    #expect(throws: DatabaseError.self) { try database.rows("SELECT 1; SELECT 2") }
    #expect(throws: DatabaseError.self) { try database.rows(" -- nothing\n") }
    #expect(try database.rows("SELECT 1; -- and no more\n ") == ["1"])
  }

  @Test func `A script runs to its end`() throws {
    let database = try Database.inMemory()
    try database.execute("; -- é\nCREATE TABLE t (a);; INSERT INTO t VALUES ('x;y'); /* z */ INSERT INTO t VALUES (2)")
    #expect(try database.rows("SELECT a FROM t") == ["x;y", "2"])
  }

  // MARK: Transactions

  @Test func `A transaction that throws leaves nothing`() throws {
    let database = try Database.inMemory()
    try database.execute("CREATE TABLE t (a UNIQUE)")
    #expect(throws: DatabaseError.self) {
      try database.transaction { () throws(DatabaseError) in
        try database.run("INSERT INTO t VALUES (1)")
        try database.execute("CREATE TABLE u (b)")
        try database.run("INSERT INTO t VALUES (1)")
      }
    }
    #expect(try database.rows("SELECT count(*) FROM t") == ["0"])
    #expect(try database.rows("SELECT name FROM sqlite_schema WHERE name = 'u'").isEmpty)
    try database.transaction { () throws(DatabaseError) in try database.run("INSERT INTO t VALUES (2)") }
    #expect(try database.rows("SELECT a FROM t") == ["2"])
  }

  @Test func `A transaction ends as its body says`() throws {
    let database = try Database.inMemory()
    try database.execute("CREATE TABLE t (a)")
    let result = try database.transaction(
      { () throws(DatabaseError) in
        try database.run("INSERT INTO t VALUES (1)")
        return (.rollback, "seen")
      }, failing: { $0 })
    #expect(result == "seen")
    #expect(try database.rows("SELECT a FROM t").isEmpty)
  }

  @Test func `A failing transaction in another undoes only its part`() throws {
    let database = try Database.inMemory()
    try database.execute("CREATE TABLE t (a UNIQUE)")
    try database.transaction { () throws(DatabaseError) in
      try database.run("INSERT INTO t VALUES (1)")
      do throws(DatabaseError) {
        try database.transaction { () throws(DatabaseError) in
          try database.run("INSERT INTO t VALUES (2)")
          try database.run("INSERT INTO t VALUES (1)")
        }
        Issue.record("the second 1 was taken")
      } catch { #expect(error.isConstraint) }
      try database.transaction { () throws(DatabaseError) in try database.run("INSERT INTO t VALUES (3)") }
      database.transaction(
        { () throws(Never) -> (Database.Ending, Void) in
          _ = try? database.run("INSERT INTO t VALUES (4)")
          return (.rollback, ())
        }, failing: { _ in fatalError("a savepoint cannot fail here") })
    }
    #expect(try database.rows("SELECT a FROM t ORDER BY a") == ["1", "3"])
  }

  @Test func `A second writer is told that the file is busy`() throws {
    let folder = try TemporaryFolder()
    let first = try Database(path: folder.file("a.sqlite"), access: .create)
    try first.execute("CREATE TABLE t (a)")
    let second = try Database(path: folder.file("a.sqlite"), access: .readWrite, busyTimeout: 20)
    try first.transaction { () throws(DatabaseError) in
      try first.run("INSERT INTO t VALUES (1)")
      do throws(DatabaseError) {
        try second.transaction { () throws(DatabaseError) in try second.run("INSERT INTO t VALUES (2)") }
        Issue.record("two wrote at once")
      } catch {
        #expect(error.isBusy)
        #expect(error.description.contains("another process is writing; nothing was changed"))
      }
      // A reader does not have to wait.
      #expect(try second.rows("SELECT count(*) FROM t") == ["0"])
    }
    #expect(try second.rows("SELECT a FROM t") == ["1"])
  }

  @Test func `Another thread can interrupt a query`() throws {
    nonisolated(unsafe) let database = try Database.inMemory()
    let isOver = Mutex(false)
    let left = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      // The loop is needed because an interrupt before the query begins does nothing.
      while !isOver.withLock({ $0 }) {
        database.interrupt()
        usleep(2_000)
      }
      left.signal()
    }
    let error = #expect(throws: DatabaseError.self) { try database.rows(endless) }
    #expect(error?.isInterrupted == true)
    isOver.withLock { $0 = true }
    left.wait()
    #expect(try database.rows("SELECT 1") == ["1"])
  }

  // MARK: Access

  @Test(arguments: [Database.Access.readOnly, .immutable]) func `A reader cannot write`(access: Database.Access) throws
  {
    let folder = try TemporaryFolder()
    let path = folder.file("a#b?c%d.sqlite")
    do {
      let writer = try Database(path: path, access: .create)
      try writer.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1); PRAGMA journal_mode = DELETE")
    }
    let reader = try Database(path: path, access: access)
    #expect(try reader.rows("SELECT a FROM t") == ["1"])
    let error = try #require(throws: DatabaseError.self) { try reader.run("INSERT INTO t VALUES (2)") }
    #expect(error.primaryCode == 8)
    #expect(error.description.contains("read-only"))
  }

  @Test func `A file that is not there is not made by reading or writing`() throws {
    let folder = try TemporaryFolder()
    for access in [Database.Access.readOnly, .immutable, .readWrite] {
      #expect(throws: DatabaseError.self) { try Database(path: folder.file("none"), access: access).rows("SELECT 1") }
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("none")))
  }

  @Test func `A file that is no database is named as such`() throws {
    let folder = try TemporaryFolder()
    try "This is a letter, not a database, and long enough to be looked at. ".data(using: .utf8)?
      .write(to: URL(fileURLWithPath: folder.file("letter")))
    let error = try #require(throws: DatabaseError.self) {
      try Database(path: folder.file("letter"), access: .readOnly).rows("SELECT * FROM sqlite_schema")
    }
    #expect(error.isNotADatabase)
    for access in [Registry.Access.read, .write] {
      let error = try #require(throws: OpenError.self) { try Registry.open(folder.file("letter"), access) }
      #expect(error.description.hasSuffix("this file is not a register (make one with 'orgreg init')"))
    }
  }

  @Test func `A database of another program is no register`() throws {
    let folder = try TemporaryFolder()
    try Database(path: folder.file("a.sqlite"), access: .create).execute("CREATE TABLE t (a)")
    let error = try #require(throws: OpenError.self) { try Registry.open(folder.file("a.sqlite"), .read) }
    #expect(error.description.contains("is not a register"))
  }

  @Test func `A backup is a copy and the original goes on`() throws {
    let original = try Database.inMemory()
    try original.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    let copy = try Database.inMemory()
    try copy.execute("CREATE TABLE old (b)")
    try original.backUp(into: copy)
    try original.run("INSERT INTO t VALUES (2)")
    #expect(try copy.rows("SELECT a FROM t") == ["1"])
    #expect(try copy.rows("SELECT name FROM sqlite_schema") == ["t"])
    #expect(try original.rows("SELECT a FROM t") == ["1", "2"])
  }

  @Test func `A backup that is not wanted leaves the destination as it was`() throws {
    let folder = try TemporaryFolder()
    let original = try Database.inMemory()
    try original.execute("CREATE TABLE t (a)")
    let copy = try Database(path: folder.file("a.sqlite"), access: .create)
    try copy.execute("PRAGMA journal_mode = WAL; CREATE TABLE old (b)")
    let other = try Database(path: folder.file("a.sqlite"), access: .readWrite, busyTimeout: 0)
    let isDone = try original.backUp(into: copy) { () throws(DatabaseError) in
      // Nobody else can write now, and everybody can read.
      #expect(throws: DatabaseError.self) { try other.execute("CREATE TABLE late (c)") }
      return try other.rows("SELECT name FROM sqlite_schema") != ["old"]
    }
    #expect(!isDone)
    #expect(try copy.rows("SELECT name FROM sqlite_schema") == ["old"])
    try other.execute("CREATE TABLE late (c)")
    #expect(try original.backUp(into: copy))
    #expect(try other.rows("SELECT name FROM sqlite_schema") == ["t"])
  }

  @Test func `A backup into a busy database gives up`() throws {
    let folder = try TemporaryFolder()
    let original = try Database.inMemory()
    let copy = try Database(path: folder.file("a.sqlite"), access: .create, busyTimeout: 10)
    try copy.execute("PRAGMA journal_mode = WAL; CREATE TABLE old (b)")
    let other = try Database(path: folder.file("a.sqlite"), access: .readWrite)
    try other.execute("BEGIN IMMEDIATE")
    let error = try #require(throws: DatabaseError.self) { try original.backUp(into: copy) }
    #expect(error.isBusy)
    try other.execute("ROLLBACK")
    #expect(try copy.rows("SELECT name FROM sqlite_schema") == ["old"])
  }

  // MARK: Values

  static let values: [Value] = [
    .null, 0, -1, .integer(.max), .integer(.min), .real(0.1), .real(-1e300), .real(.leastNonzeroMagnitude), "", " ",
    "0", "5E1", "'quoted' and \"double\"", "žluťoučký 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "line\nline\r\n\ttab", "e\u{301}",
    .text(String(repeating: "x", count: 100_000)),
  ]

  @Test(arguments: values) func `A value comes back as it was`(value: Value) throws {
    let database = try Database.inMemory()
    try database.execute("CREATE TABLE t (a ANY) STRICT")
    try database.run("INSERT INTO t VALUES (?1)", [value])
    let back = try #require(try database.first("SELECT a FROM t") { $0.value(0) })
    #expect(back == value)
    #expect(back.text.map { Array($0.unicodeScalars) } == value.text.map { Array($0.unicodeScalars) })
  }

  @Test func `Empty text is not null`() throws {
    let database = try Database.inMemory()
    #expect(try database.rows("SELECT ?1 IS NULL, typeof(?1), ?2 IS NULL", ["", nil]) == ["0|text|1"])
    let (empty, null) = try #require(
      try database.first("SELECT ?1, ?2", ["", nil]) { ($0.optionalText(0), $0.optionalText(1)) })
    #expect(empty == "")
    #expect(null == nil)
  }

  @Test func `A statement forgets the values of its last use`() throws {
    let database = try Database.inMemory()
    #expect(try database.rows("SELECT ?1, ?2", ["a", "b"]) == ["a|b"])
    #expect(try database.rows("SELECT ?1, ?2", ["c"]) == ["c|-"])
  }

  @Test func `A statement in use is not handed out again`() throws {
    let database = try Database.inMemory()
    let sql = "SELECT column1 FROM (VALUES (1), (2))"
    let pairs = try database.query(sql, []) { outer throws(DatabaseError) in
      "\(outer.integer(0)):" + (try database.rows(sql).joined())
    }
    #expect(pairs == ["1:12", "2:12"])
  }
}
