import CSQLite

extension Database {
  /// Copies this database, as it is now, over `destination` in one transaction. Meanwhile others may read both, and may
  /// write this one.
  ///
  /// - Parameter isWanted: is asked before anything changes, once nobody else can write `destination`.
  /// - Returns: whether the copy was made.
  @discardableResult
  package func backUp(
    into destination: Database, if isWanted: () throws(DatabaseError) -> Bool = { true }
  ) throws(DatabaseError) -> Bool {
    try destination.mustNotBeReading()
    guard let backup = sqlite3_backup_init(destination.handle, "main", handle, "main") else {
      throw destination.error(sqlite3_errcode(destination.handle), sql: nil)
    }
    let isDone: Bool
    do {
      // A step of zero pages only takes the locks.
      try Self.step(backup, pages: 0)
      isDone = try isWanted()
      if isDone { try Self.step(backup, pages: -1) }
    } catch {
      sqlite3_backup_finish(backup)
      throw error
    }
    let code = sqlite3_backup_finish(backup)
    guard code == SQLITE_OK else { throw destination.error(code, sql: nil) }
    return isDone
  }

  private static func step(_ backup: OpaquePointer, pages: Int32) throws(DatabaseError) {
    let code = sqlite3_backup_step(backup, pages)
    guard code == SQLITE_OK || code == SQLITE_DONE else {
      throw DatabaseError(code: code, message: String(cString: sqlite3_errstr(code)))
    }
  }
}
