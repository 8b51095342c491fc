/// One numbered step of the schema, from `Migrations/NNNN_words.sql`.
package struct Migration: Equatable, Sendable {
  package let number: Int
  package let name: String
  package let sql: String

  package init(number: Int, name: String, sql: String) {
    self.number = number
    self.name = name
    self.sql = sql
  }

  /// Nil unless the file name has the form `NNNN_words.sql`.
  package init?(fileName: String, sql: String) {
    guard fileName.hasSuffix(".sql"), let underscore = fileName.firstIndex(of: "_"),
      let number = Int(fileName[..<underscore]), number > 0
    else { return nil }
    self.init(number: number, name: String(fileName[fileName.index(after: underscore)...].dropLast(4)), sql: sql)
  }

  /// A fingerprint of the text (FNV-1a, 64 bits), which shows an edit but not an attack.
  package var checksum: String {
    let hash = sql.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// Brings a file's schema to the newest step.
///
/// Kept here:
/// 1. Steps are applied forward, in order, without a gap.
/// 2. A step and its record are one transaction, which commits only if no foreign key is broken. What the caller does
///    after the last step is part of its transaction.
/// 3. A file is refused if one of its steps differs from ours, or if we do not know it.
package struct Migrator: Sendable {
  package let migrations: [Migration]

  /// - Parameter migrations: must be numbered 1, 2, 3, ... in this order.
  package init(_ migrations: [Migration]) {
    precondition(migrations.map(\.number) == Array(1..<migrations.count + 1), "migrations are numbered 1, 2, 3, ...")
    self.migrations = migrations
  }

  /// The steps that `database` lacks. This only reads.
  package func pending(in database: Database) throws(MigrationError) -> [Migration] {
    let applied = try applied(in: database)
    for (number, checksum) in applied {
      guard number <= migrations.count else { throw .newer(file: applied.count, known: migrations.count) }
      let known = migrations[number - 1]
      guard known.checksum == checksum else { throw .edited(number: known.number, name: known.name) }
    }
    return Array(migrations.dropFirst(applied.count))
  }

  /// - Parameter finish: what to do after the last step that `database` lacks. It is not called if it lacks none.
  package func migrate(
    _ database: Database, at time: String, finish: () throws(DatabaseError) -> Void = {}
  ) throws(MigrationError) {
    let pending = try pending(in: database)
    for migration in pending {
      try apply(migration, to: database, at: time) { () throws(DatabaseError) in
        if migration.number == pending.last?.number { try finish() }
      }
    }
  }

  private func applied(in database: Database) throws(MigrationError) -> [(number: Int, checksum: String)] {
    do {
      guard try database.hasRow("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migration'") else { return [] }
      return try database.query("SELECT number, checksum FROM schema_migration ORDER BY number") {
        (Int($0.integer(0)), $0.text(1))
      }
    } catch {
      throw .database(error)
    }
  }

  private func apply(
    _ migration: Migration, to database: Database, at time: String, finish: () throws(DatabaseError) -> Void
  ) throws(MigrationError) {
    do {
      // SQLite ignores this pragma inside a transaction, so it comes first.
      try database.execute("PRAGMA foreign_keys = OFF")
      defer { try? database.execute("PRAGMA foreign_keys = ON") }
      try database.transaction { () throws(DatabaseError) in
        try database.execute(migration.sql)
        try database.run(
          "INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
          [.integer(Int64(migration.number)), .text(migration.name), .text(migration.checksum), .text(time)])
        try finish()
        if let table = try database.first("PRAGMA foreign_key_check", [], { $0.text(0) }) {
          throw DatabaseError(code: 787, message: "migration \(migration.name) leaves a broken reference in \(table)")
        }
      }
    } catch {
      throw .database(error)
    }
  }
}

/// Why the schema of a file cannot be brought up to date.
public enum MigrationError: Error, Equatable, CustomStringConvertible {
  /// SQLite refused a step.
  case database(DatabaseError)
  /// The file has more steps than this program knows.
  case newer(file: Int, known: Int)
  /// The file's step is not the one that this program has under the same number.
  case edited(number: Int, name: String)

  public var description: String {
    switch self {
    case .database(let error): error.description
    case .newer(let file, let known):
      "this register was written by a newer orgreg (schema \(file); this one knows up to \(known)): upgrade orgreg"
    case .edited(let number, let name):
      "this register's schema step \(number) (\(name)) is not the one that this orgreg knows"
    }
  }
}
