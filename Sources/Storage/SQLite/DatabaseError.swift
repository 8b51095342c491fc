import CSQLite

/// What SQLite refused, in which statement, and where in it.
///
/// `description` never shows bound values, because they may be personal data.
public struct DatabaseError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The extended result code, as in SQLite's documentation (for example 787, `SQLITE_CONSTRAINT_FOREIGNKEY`).
  public let code: Int32
  /// SQLite's message, or ours if SQLite has none.
  public let message: String
  /// The statement that failed, if one did.
  public let sql: String?
  /// Where the mistake is in `sql`. Nil unless the text itself is wrong.
  public let position: Position?

  /// A place in a text.
  public struct Position: Equatable, Sendable {
    /// The line, counted from 1.
    public let line: Int
    /// The column, counted from 1.
    public let column: Int
  }

  package init(code: Int32, message: String, sql: String? = nil, position: Position? = nil) {
    self.code = code
    self.message = message
    self.sql = sql
    self.position = position
  }

  /// The code of `isMismatch`.
  package static let mismatch = SQLITE_MISMATCH

  /// The primary result code: the lower byte of `code`.
  package var primaryCode: Int32 { code & 0xFF }

  /// Whether a rule of the schema was broken.
  public var isConstraint: Bool { primaryCode == SQLITE_CONSTRAINT }
  /// Whether a trigger refused a row, with a sentence of its own.
  var isRule: Bool { code == Self.triggerCode }
  /// `SQLITE_CONSTRAINT_TRIGGER`, a macro that Swift cannot import.
  private static let triggerCode = SQLITE_CONSTRAINT | 7 << 8
  /// Whether another process holds the lock. Trying again later may help.
  public var isBusy: Bool { primaryCode == SQLITE_BUSY || primaryCode == SQLITE_LOCKED }
  /// Whether the file is damaged or is not a database.
  public var isNotADatabase: Bool { primaryCode == SQLITE_NOTADB || primaryCode == SQLITE_CORRUPT }
  /// Whether a column holds something that cannot be read there.
  package var isMismatch: Bool { primaryCode == SQLITE_MISMATCH }
  /// Whether the query was stopped.
  public var isInterrupted: Bool { primaryCode == SQLITE_INTERRUPT }

  public var description: String {
    var text = "\(Self.explanation(of: primaryCode) ?? message) (SQLite error \(code): \(message))"
    // The messages about a misuse and a mismatch are our own.
    if isConstraint || isMismatch || primaryCode == SQLITE_MISUSE { text = message }
    if primaryCode == SQLITE_ERROR || primaryCode == SQLITE_AUTH {
      text = message
      if let position { text += ", at line \(position.line), column \(position.column) of the statement" }
    }
    return text
  }

  /// What a code means to users, if they can do something about it.
  private static func explanation(of primaryCode: Int32) -> String? {
    switch primaryCode {
    case SQLITE_BUSY, SQLITE_LOCKED: "the register is busy: another process is writing; nothing was changed, try again"
    case SQLITE_READONLY: "the register, or its folder, is read-only; nothing was changed"
    case SQLITE_FULL: "the disk is full; nothing was changed"
    case SQLITE_IOERR: "the disk could not be read or written; nothing was changed"
    case SQLITE_CANTOPEN: "the file cannot be opened: see whether the folder exists and may be written"
    case SQLITE_NOTADB: "this file is not a database"
    case SQLITE_CORRUPT: "this file is damaged: restore it from a backup"
    case SQLITE_NOMEM: "there is not enough memory"
    case SQLITE_INTERRUPT: "interrupted"
    default: nil
    }
  }
}
