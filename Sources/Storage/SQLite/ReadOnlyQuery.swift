import CSQLite

/// One query from somebody else, on a connection that cannot write.
///
/// Kept here:
/// 1. The connection is opened read-only, so that no mistake below can write the file.
/// 2. An authorizer allows only reading and computing: no attach, no pragma, no temporary tables.
/// 3. A query ends when its time is up.
package final class ReadOnlyQuery {
  private let database: Database
  private let deadline: Deadline

  /// - Parameter seconds: how long the query may take. After that it fails with an error whose `isInterrupted` is true.
  package init(path: String, immutable: Bool, seconds: Double) throws(DatabaseError) {
    database = try Database(path: path, access: immutable ? .immutable : .readOnly)
    deadline = Deadline(seconds: seconds)
    // The first read comes before the authorizer, so that a file that is not a database is reported as such.
    _ = try database.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) }
    sqlite3_set_authorizer(database.handle, { _, action, _, name, _, _ in ReadOnlyQuery.mayDo(action, name) }, nil)
    sqlite3_progress_handler(
      database.handle, 10_000,
      { deadline in
        guard let deadline else { return 0 }
        return Unmanaged<Deadline>.fromOpaque(deadline).takeUnretainedValue().isOver ? 1 : 0
      }, Unmanaged.passUnretained(deadline).toOpaque())
  }

  deinit {
    // The handler points at `deadline`, which is freed with this object.
    sqlite3_progress_handler(database.handle, 0, nil, nil)
  }

  /// Runs the query. It calls `columns` once, and then `row` for each row.
  package func run(
    _ sql: String, columns: ([String]) -> Void, row: ([Value]) throws(DatabaseError) -> Void
  ) throws(DatabaseError) {
    let statement = try database.prepare(sql)
    columns(statement.columnNames)
    while try statement.step() {
      try row((0..<statement.columnCount).map(statement.value))
    }
  }

  private static func mayDo(_ action: Int32, _ name: UnsafePointer<CChar>?) -> Int32 {
    switch action {
    case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
    case SQLITE_FUNCTION:
      let isExtensionLoader = name.map { String(cString: $0) == "load_extension" } ?? false
      return isExtensionLoader ? SQLITE_DENY : SQLITE_OK
    default: return SQLITE_DENY
    }
  }

  private final class Deadline {
    private let clock = ContinuousClock()
    private let end: ContinuousClock.Instant

    init(seconds: Double) { end = clock.now + .milliseconds(Int64(seconds * 1_000)) }

    var isOver: Bool { clock.now >= end }
  }
}
