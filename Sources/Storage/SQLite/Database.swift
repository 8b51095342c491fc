import CSQLite

/// One connection to one SQLite file.
///
/// Kept here:
/// 1. Every connection is opened by `init` and gets the same settings, in `configure()`.
/// 2. A transaction either commits as a whole or leaves the file as it was, even if its body throws.
/// 3. A cached statement is handed out only while nobody uses it.
/// 4. A read is one transaction, which ends with its body. No transaction that writes begins inside it.
///
/// A connection belongs to one thread. Other threads may only call `interrupt()`.
package final class Database {
  package enum Access: Sendable {
    /// Reads a file that others may write.
    case readOnly
    /// Reads a file that nobody will ever write again, and so takes no locks.
    case immutable
    case readWrite
    /// Creates the file if it is missing.
    case create
  }

  let handle: OpaquePointer
  private var preparedStatements: [String: PreparedStatements] = [:]
  private var isReading = false

  /// The idle statements of one text. It is a class so that each use hashes the long text only once.
  private final class PreparedStatements {
    var idle: [Statement] = []
  }

  /// - Parameters:
  ///   - path: a file, or `:memory:` (with `.create`) for a database that lives as long as this connection.
  ///   - busyTimeout: how many milliseconds to wait for another process's lock.
  package init(path: String, access: Access, busyTimeout: Int32 = 5_000) throws(DatabaseError) {
    guard Self.isConfigured else { throw DatabaseError(code: SQLITE_MISUSE, message: "SQLite could not be set up") }
    var opened: OpaquePointer?
    let flags =
      switch access {
      case .readOnly, .immutable: SQLITE_OPEN_READONLY
      case .readWrite: SQLITE_OPEN_READWRITE
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    let name = access == .immutable ? "file:\(Self.escaped(path))?immutable=1" : path
    let uri = access == .immutable ? SQLITE_OPEN_URI : 0
    let code = sqlite3_open_v2(name, &opened, flags | uri | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard let opened else {
      throw DatabaseError(code: code, message: String(cString: sqlite3_errstr(code)))
    }
    guard code == SQLITE_OK else {
      let error = DatabaseError(code: code, message: String(cString: sqlite3_errmsg(opened)))
      sqlite3_close_v2(opened)
      throw error
    }
    handle = opened
    sqlite3_busy_timeout(handle, busyTimeout)
    try configure()
  }

  /// Settings of the whole library, made before the first connection.
  private static let isConfigured: Bool = {
    let code = orgregistry_disable_memory_statistics()
    // If somebody else in this process has used SQLite before, its settings stay as they are.
    return code == SQLITE_OK || code == SQLITE_MISUSE
  }()

  package static func inMemory() throws(DatabaseError) -> Database { try Database(path: ":memory:", access: .create) }

  deinit {
    preparedStatements.removeAll()
    sqlite3_close_v2(handle)
  }

  /// Sets the safe options, because Debian's defaults are not safe.
  private func configure() throws(DatabaseError) {
    for (option, value) in [
      (SQLITE_DBCONFIG_ENABLE_FKEY, 1), (SQLITE_DBCONFIG_DQS_DDL, 0), (SQLITE_DBCONFIG_DQS_DML, 0),
      (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0), (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0), (SQLITE_DBCONFIG_DEFENSIVE, 1),
    ] {
      let code = orgregistry_db_config(handle, Int32(option), Int32(value))
      guard code == SQLITE_OK else { throw error(code, sql: nil) }
    }
  }

  /// From now on readers never block a writer, nor a writer readers. This rewrites the header of the file, so the file
  /// must be known to be ours.
  package func useWriteAheadLog() throws(DatabaseError) { try execute("PRAGMA journal_mode = WAL") }

  /// From now on SQLite keeps up to 64 MB of pages, so that a large transaction writes each page once, at its end. Its
  /// statement journal stays in memory too. In a file, that journal would cost some pages for every row.
  package func expectLargeTransactions() throws(DatabaseError) {
    try execute("PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY")
  }

  // MARK: Statements

  /// Runs every statement of a script, which has no parameters, and ignores the rows.
  package func execute(_ script: String) throws(DatabaseError) {
    var rest = script[...]
    while let (statement, tail) = try compile(rest) {
      while try statement.step() {}
      rest = tail
    }
  }

  /// Runs one statement that returns no rows.
  /// - Returns: how many rows it inserted, updated or deleted.
  @discardableResult
  package func run(_ sql: String, _ values: [Value] = []) throws(DatabaseError) -> Int {
    try using(sql, values) { statement throws(DatabaseError) in
      while try statement.step() {}
    }
    return Int(sqlite3_changes64(handle))
  }

  /// Runs one query and turns each row into an element.
  package func query<Element>(
    _ sql: String, _ values: [Value] = [], _ element: (Statement) throws(DatabaseError) -> Element
  ) throws(DatabaseError) -> [Element] {
    try using(sql, values) { statement throws(DatabaseError) in
      var elements: [Element] = []
      while try statement.step() { elements.append(try element(statement)) }
      return elements
    }
  }

  /// Runs one query and calls `body` for each row.
  package func each(
    _ sql: String, _ values: [Value] = [], _ body: (Statement) throws(DatabaseError) -> Void
  ) throws(DatabaseError) {
    try using(sql, values) { statement throws(DatabaseError) in
      while try statement.step() { try body(statement) }
    }
  }

  /// Whether a query has a row.
  package func hasRow(_ sql: String, _ values: [Value] = []) throws(DatabaseError) -> Bool {
    try first(sql, values) { _ in true } ?? false
  }

  /// The first row, if there is one.
  package func first<Element>(
    _ sql: String, _ values: [Value] = [], _ element: (Statement) throws(DatabaseError) -> Element
  ) throws(DatabaseError) -> Element? {
    try using(sql, values) { statement throws(DatabaseError) in
      try statement.step() ? try element(statement) : nil
    }
  }

  /// Hands out a cached statement with `values` bound, and takes it back (invariant 3).
  package func using<Result>(
    _ sql: String, _ values: [Value] = [], _ body: (Statement) throws(DatabaseError) -> Result
  ) throws(DatabaseError) -> Result {
    let prepared = preparedStatements(for: sql)
    let statement: Statement = if let cached = prepared.idle.popLast() { cached } else { try prepare(sql) }
    defer {
      statement.reset()
      prepared.idle.append(statement)
    }
    try statement.bind(values)
    return try body(statement)
  }

  private func preparedStatements(for sql: String) -> PreparedStatements {
    if let prepared = preparedStatements[sql] { return prepared }
    let prepared = PreparedStatements()
    preparedStatements[sql] = prepared
    return prepared
  }

  /// Prepares one statement. A second one in the text is an error.
  package func prepare(_ sql: String) throws(DatabaseError) -> Statement {
    guard let (statement, tail) = try compile(sql[...]) else {
      throw DatabaseError(code: SQLITE_MISUSE, message: "there is no statement in this text", sql: sql)
    }
    if try compile(tail) != nil {
      throw DatabaseError(code: SQLITE_MISUSE, message: "one statement at a time, please", sql: sql)
    }
    return statement
  }

  /// Compiles the first statement of `text`. Nil if only white space and comments are left.
  private func compile(_ text: Substring) throws(DatabaseError) -> (statement: Statement, tail: Substring)? {
    var rest = text
    while !rest.isEmpty {
      var compiled: OpaquePointer?
      var used = 0
      var copy = String(rest)
      let code = copy.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in
          var tail: UnsafePointer<CChar>?
          let code = sqlite3_prepare_v3(
            handle, characters.baseAddress, Int32(characters.count), UInt32(SQLITE_PREPARE_PERSISTENT), &compiled, &tail
          )
          if let tail, let start = characters.baseAddress { used = tail - start }
          return code
        }
      }
      guard code == SQLITE_OK else { throw error(code, sql: String(rest)) }
      let tail = rest.utf8.dropFirst(used)
      if let compiled { return (Statement(handle: compiled, database: self), Substring(tail)) }
      guard used > 0 else { return nil }
      rest = Substring(tail)
    }
    return nil
  }

  // MARK: Transactions

  package enum Ending { case commit, rollback }

  /// Runs `body` in a transaction that holds the write lock from the start. Inside another transaction, `body` runs in
  /// a savepoint of it.
  ///
  /// `body` says how it ends. A thrown error rolls back.
  @discardableResult
  package func transaction<Result, Failure: Error>(
    _ body: () throws(Failure) -> (Ending, Result), failing: (DatabaseError) -> Failure
  ) throws(Failure) -> Result {
    do { try mustNotBeReading() } catch { throw failing(error) }
    let isInner = sqlite3_get_autocommit(handle) == 0
    do { try execute(isInner ? "SAVEPOINT inner" : "BEGIN IMMEDIATE") } catch { throw failing(error) }
    let ending: Ending
    let result: Result
    do {
      (ending, result) = try body()
    } catch {
      rollback(isInner)
      throw error
    }
    switch ending {
    case .rollback: rollback(isInner)
    case .commit:
      do {
        try execute(isInner ? "RELEASE inner" : "COMMIT")
      } catch {
        rollback(isInner)
        throw failing(error)
      }
    }
    return result
  }

  /// Runs `body` in a transaction that commits unless an error is thrown.
  @discardableResult
  package func transaction<Result>(_ body: () throws(DatabaseError) -> Result) throws(DatabaseError) -> Result {
    try transaction({ () throws(DatabaseError) in (.commit, try body()) }, failing: { $0 })
  }

  /// Runs `body` in a transaction that only reads, or as part of the transaction that is already open.
  package func read<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result, failing: (DatabaseError) -> Failure
  ) throws(Failure) -> Result {
    let isInner = sqlite3_get_autocommit(handle) == 0
    if !isInner { do { try execute("BEGIN") } catch { throw failing(error) } }
    let wasReading = isReading
    isReading = true
    defer {
      isReading = wasReading
      if !isInner { rollback(isInner) }
    }
    return try body()
  }

  /// Throws inside `read`, because the end of a read rolls back whatever was written in it.
  package func mustNotBeReading() throws(DatabaseError) {
    guard isReading else { return }
    throw DatabaseError(
      code: SQLITE_MISUSE, message: "nothing can be written inside a read: write after it; nothing was changed")
  }

  /// After some errors (a full disk, for one) SQLite has already rolled back by itself.
  private func rollback(_ isInner: Bool) {
    guard sqlite3_get_autocommit(handle) == 0 else { return }
    sqlite3_exec(handle, isInner ? "ROLLBACK TO inner; RELEASE inner" : "ROLLBACK", nil, nil, nil)
  }

  // MARK: The rest

  package var lastInsertedID: Int64 { sqlite3_last_insert_rowid(handle) }

  /// Stops whatever this connection is doing. The interrupted call throws an error whose `isInterrupted` is true.
  package func interrupt() { sqlite3_interrupt(handle) }

  /// The error of the call that just failed.
  func error(_ code: Int32, sql: String?) -> DatabaseError {
    let extended = sqlite3_extended_errcode(handle)
    let offset = Int(sqlite3_error_offset(handle))
    return DatabaseError(
      code: extended == SQLITE_OK ? code : extended, message: String(cString: sqlite3_errmsg(handle)), sql: sql,
      position: sql.flatMap { offset >= 0 ? Self.position(of: offset, in: $0) : nil })
  }

  private static func position(of offset: Int, in sql: String) -> DatabaseError.Position {
    let before = sql.utf8.prefix(offset)
    let line = before.count(where: { $0 == UInt8(ascii: "\n") }) + 1
    let lastLine = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).last ?? before[...]
    return DatabaseError.Position(line: line, column: String(lastLine)?.count.advanced(by: 1) ?? lastLine.count + 1)
  }

  /// The path with the characters escaped that mean something in a `file:` URI.
  private static func escaped(_ path: String) -> String {
    path.reduce(into: "") { text, character in
      switch character {
      case "%": text += "%25"
      case "?": text += "%3f"
      case "#": text += "%23"
      default: text.append(character)
      }
    }
  }
}
