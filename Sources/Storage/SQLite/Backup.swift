import CSQLite

extension Database {
  /// Copies this database, as it is now, over `destination`, while others may go on writing.
  ///
  /// - Parameter pagesPerStep: how many pages are copied before other processes get a turn; -1: all at once.
  public func backUp(into destination: Database, pagesPerStep: Int32 = -1) throws(DatabaseError) {
    guard let backup = sqlite3_backup_init(destination.handle, "main", handle, "main") else {
      throw destination.error(sqlite3_errcode(destination.handle), sql: nil)
    }
    var code: Int32
    repeat {
      code = sqlite3_backup_step(backup, pagesPerStep)
      if code == SQLITE_BUSY || code == SQLITE_LOCKED { sqlite3_sleep(10) }
    } while code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED
    let finished = sqlite3_backup_finish(backup)
    guard code == SQLITE_DONE, finished == SQLITE_OK else { throw destination.error(code, sql: nil) }
  }
}
