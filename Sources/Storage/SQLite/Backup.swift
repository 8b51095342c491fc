import CSQLite

extension Database {
  /// Copies this database, as it is now, over `destination`, in one transaction there. Others may go on reading both
  /// and writing this one.
  ///
  /// - Parameter isWanted: asked once nobody else can write `destination` and before anything of it is changed.
  /// - Returns: whether it was wanted, and therefore done.
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
      // A step of no pages only takes the locks.
      try Self.step(backup, pages: 0)
      isDone = try isWanted()
      if isDone { try Self.step(backup, pages: -1) }
    } catch {
      // Rolls back what was begun.
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
