import RegistryStorage

extension SQLExport {
  /// Makes the tables, rows and views in an SQLite file, with a search over names. The definitions are those of the
  /// script in the dialect sqlite.
  ///
  /// - Parameter path: A file that is not there, or is empty. It is whole only if nothing is thrown.
  /// - Precondition: The dialect is sqlite.
  package func write(toSQLiteFile path: String) throws(ExportError) {
    precondition(options.dialect == .sqlite, "the file is SQLite's")
    let file = try SQLiteFile(path)
    try SQLScriptWriter(self, to: file).write()
    try file.addSearch()
  }
}

/// Statements, carried out on a new file.
private final class SQLiteFile: SQLOutput {
  private let database: Database

  init(_ path: String) throws(ExportError) {
    database = try reading { () throws(DatabaseError) -> Database in
      let database = try Database(path: path, access: .create)
      // The file has another name until it is whole, and is made durable only then.
      try database.execute("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
      try database.expectLargeTransactions()
      return database
    }
  }

  func remark(_ words: String) {}

  func put(_ statement: Span<UInt8>) throws(ExportError) {
    do {
      try database.execute(statement.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) })
    } catch {
      throw .database(error)
    }
  }

  /// The index over names stands beside their table, where Datasette looks for one.
  func addSearch() throws(ExportError) {
    try reading { () throws(DatabaseError) in
      try database.execute(
        """
        BEGIN;
        CREATE VIRTUAL TABLE name_fts
          USING fts5 (name, content="name", content_rowid="rowid", tokenize="unicode61 remove_diacritics 2");
        INSERT INTO name_fts (name_fts) VALUES ('rebuild');
        INSERT INTO about SELECT max(position) + 1, 'table', 'name_fts', \(SQLDialect.sqlite.literal(Self.searchWords))
          FROM about;
        COMMIT;
        PRAGMA optimize;
        """)
    }
  }

  private static let searchWords =
    "Full-text search over names, without accents and case: SELECT name.* FROM name_fts JOIN name ON name.rowid ="
    + " name_fts.rowid WHERE name_fts MATCH 'tees valley'"
}
