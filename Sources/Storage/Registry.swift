import MigrationFiles

/// A register: one SQLite file, its schema, and the door for reads and writes.
///
/// Kept here:
/// 1. Every write goes through `record`: one revision, all or nothing.
/// 2. What is recorded satisfies every rule: the triggers beside the tables, the query
///    `Migrations/rules.sql`, and placements
///    equal to a replay.
/// 3. Reading never writes.
public final class Registry {
  public let database: Database

  private static let applicationID: Int64 = 0x4F52_4772

  init(_ database: Database) { self.database = database }

  // MARK: Opening

  public enum Access: Sendable {
    case read
    /// For a copy, which may also be one of an older schema.
    case copy
    /// For a file that this program has made and that nobody writes any more: nothing is looked at twice.
    case readImmutable
    case write
  }

  /// Opens a register file.
  public static func open(_ path: String, _ access: Access) throws(OpenError) -> Registry {
    do {
      let database = try openDatabase(path, access)
      if access == .readImmutable { return Registry(database) }
      let id = try database.first("PRAGMA application_id") { $0.integer(0) }
      guard id == applicationID else { throw OpenError.notARegister(path) }
      let pending = try migrator.pending(in: database)
      if !pending.isEmpty, access == .read { throw OpenError.older(path, steps: pending.count) }
      if access == .write {
        try database.useWriteAheadLog()
        try database.expectLargeTransactions()
        try migrator.migrate(database, at: Moment.now)
      }
      return Registry(database)
    } catch {
      throw OpenError(error, path)
    }
  }

  /// From now on reads see the register of one moment, whatever others write meanwhile.
  public func readOneMoment() throws(DatabaseError) { try database.execute("BEGIN") }

  private static func openDatabase(_ path: String, _ access: Access) throws(DatabaseError) -> Database {
    switch access {
    case .readImmutable: return try Database(path: path, access: .immutable)
    case .write: return try Database(path: path, access: .readWrite)
    case .read, .copy:
      do {
        // Not opened read-only: the last one to close a register tidies up the log, and only who may write can do that.
        let database = try Database(path: path, access: .readWrite)
        try database.execute("PRAGMA query_only = ON")
        _ = try database.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) }
        return database
      } catch  where error.primaryCode == 14 || error.primaryCode == 8 {
        // In a read-only folder the shared-memory file of the write-ahead log cannot be made; nobody can be writing.
        return try Database(path: path, access: .immutable)
      }
    }
  }

  /// Makes an empty register with the newest schema. The file must not exist, or be empty.
  public static func create(_ path: String) throws(OpenError) -> Registry {
    do {
      let database = try Database(path: path, access: .create)
      try database.useWriteAheadLog()
      try database.expectLargeTransactions()
      try migrator.migrate(database, at: Moment.now)
      return Registry(database)
    } catch {
      throw OpenError(error, path)
    }
  }

  public static func inMemory() throws(OpenError) -> Registry { try create(":memory:") }

  public static var migrator: Migrator {
    Migrator(
      EmbeddedFiles.all.compactMap { Migration(fileName: $0.name, sql: "\($0.contents)") }
        .sorted { $0.number < $1.number })
  }

  /// Changes with every edit of the schema.
  public static var schemaHash: String { EmbeddedFiles.contentHash }

  /// Makes the file whole in itself, without a log beside it, so that it can be moved.
  public func seal() throws(DatabaseError) {
    try database.execute("PRAGMA journal_mode = DELETE; PRAGMA optimize;")
  }

  /// As `seal`, for a register that will be written: from the first, readers and writers do not wait for one another.
  public func sealForWriting() throws(DatabaseError) {
    try seal()
    try database.useWriteAheadLog()
  }

  /// Makes the file one that is only ever read, and so opens faster: nobody will write it, so it needs no triggers.
  /// - Parameter withViews: whether people ask it; this program itself needs no views.
  public func sealForReading(withViews: Bool) throws(DatabaseError) {
    let parts = try database.query(
      "SELECT type || ' ' || name FROM sqlite_schema WHERE type = 'trigger' OR (type = 'view' AND NOT ?1)",
      [Value(withViews)]
    ) { $0.text(0) }
    for part in parts { try database.execute("DROP \(part)") }
    try seal()
  }

  // MARK: Writing

  /// Who writes, with what, and why.
  public struct Signature: Sendable {
    public var actor: String
    public var command: String
    public var reason: String
    /// UTC, `YYYY-MM-DDTHH:MM:SSZ`; nil: now.
    public var time: String?

    public init(actor: String, command: String, reason: String = "", time: String? = nil) {
      self.actor = actor
      self.command = command
      self.reason = reason
      self.time = time
    }
  }

  /// What `changes` would do. The register stays as it is.
  public func preview(_ changes: ChangeSet) throws(ChangeError) -> Difference {
    try write(changes, Signature(actor: "preview", command: "preview"), ending: .rollback).difference
  }

  /// Records `changes` in one revision.
  /// - Returns: the revision, or nil if the register says all of it already; and what changed.
  public func record(
    _ changes: ChangeSet, _ signature: Signature
  ) throws(ChangeError) -> (revision: Int64?, difference: Difference) {
    try write(changes, signature, ending: .commit)
  }

  /// Runs `body`: what it records, in any number of revisions, stands or falls together. Nobody else can write meanwhile.
  ///
  /// `body` says whether it stands; if it throws, nothing does.
  public func together<Result>(_ body: () throws -> (Database.Ending, Result)) throws -> Result {
    try database.transaction(body, failing: { $0 })
  }

  private func write(
    _ changes: ChangeSet, _ signature: Signature, ending: Database.Ending
  ) throws(ChangeError) -> (revision: Int64?, difference: Difference) {
    try database.transaction(
      { () throws(ChangeError) in
        let (revision, recorder) = try apply(changes, signature)
        guard recorder.problems.isEmpty else { throw .refused(recorder.problems) }
        let difference = try finish(recorder, revision)
        guard !difference.isEmpty else { return (.rollback, (nil, difference)) }
        return (ending, (revision, difference))
      }, failing: { .database($0) })
  }

  private func apply(_ changes: ChangeSet, _ signature: Signature) throws(ChangeError) -> (Int64, Recorder) {
    do {
      let revision = try openRevision(signature, changes.files)
      let recorder = try Recorder(database, revision: revision, statementCount: changes.changes.count)
      try recorder.apply(changes.changes)
      return (revision, recorder)
    } catch {
      throw .database(error)
    }
  }

  private func openRevision(_ signature: Signature, _ files: [RevisionFile]) throws(DatabaseError) -> Int64 {
    try database.run(
      "INSERT INTO revision (recorded_at, actor, command, reason) VALUES (?1, ?2, ?3, ?4)",
      [
        .text(signature.time ?? Moment.now), .text(signature.actor), .text(signature.command), .text(signature.reason),
      ])
    let revision = database.lastInsertedID
    for file in files {
      try database.run(
        """
        INSERT INTO revision_file (revision_id, file_name, sha256, line_count, reject_count) VALUES (?1, ?2, ?3, ?4, ?5)
        """,
        [
          .integer(revision), .text(file.name), .text(file.sha256), .integer(Int64(file.lineCount)),
          .integer(Int64(file.rejectCount)),
        ])
    }
    return revision
  }

  private func finish(_ recorder: Recorder, _ revision: Int64) throws(ChangeError) -> Difference {
    let (rows, organisations, replay) = try recorder.ledger.flush(in: revision)
    let difference = Difference(
      rows: rows + recorder.redactions, newIdentities: recorder.keys.added, unitRows: recorder.units.rowCount)
    do {
      if replay || recorder.units.rowCount > 0 || recorder.keys.added > 0 {
        try PlacementStore(database: database).rebuild(
          in: revision, unitsChanged: recorder.units.rowCount > 0 || recorder.keys.addedBasis)
      }
      // Where territory moves, or an event is amended, bodies are concerned that no line names.
      let problems = try brokenRules(of: replay ? nil : organisations, recorder)
      guard problems.isEmpty else { throw ChangeError.refused(problems) }
      try database.run(
        "UPDATE revision SET row_count = ?1 WHERE id = ?2", [.integer(Int64(difference.rowCount)), .integer(revision)])
    } catch let error as ChangeError {
      throw error
    } catch let error as DatabaseError {
      throw .database(error)
    } catch {
      throw .refused([Problem(message: "\(error)")])
    }
    return difference
  }

  /// Breaches that concern these bodies (nil: all), with the line that said the fact where one did.
  private func brokenRules(of organisations: Set<Int64>?, _ recorder: Recorder) throws(DatabaseError) -> [Problem] {
    let ids = organisations.map { "[" + $0.sorted().map(String.init).joined(separator: ",") + "]" }
    return try database.query(
      """
      SELECT rule, subject, message FROM (
      \(Self.rules)
      ) WHERE ?1 IS NULL OR organisation_id IS NULL OR organisation_id IN (SELECT value FROM json_each(?1))
      """, [Value(ids)]
    ) { row throws(DatabaseError) in
      let subject = row.text(1)
      return Problem(
        origin: recorder.ledger.origin(of: subject), rule: row.text(0),
        message: "\(subject): \(row.text(2))\(try recorder.provenance(of: subject))")
    }
  }

  // MARK: Checking

  /// `Migrations/rules.sql`: the breaches that there are (rule, organisation_id, subject, message).
  static var rules: String { EmbeddedFiles.all.first { $0.name == "rules.sql" }.map { "\($0.contents)" } ?? "" }

  /// Everything that is wrong with the file, or nothing: integrity, references, rules, and placements.
  public func check() throws(DatabaseError) -> [Problem] {
    let integrity = try database.query("PRAGMA integrity_check") { $0.text(0) }.filter { $0 != "ok" }
      .map { Problem(rule: "integrity", message: $0) }
    let references = try database.query("PRAGMA foreign_key_check") { row in
      Problem(
        rule: "references", message: "row \(row.integer(1)) of \(row.text(0)) refers to a missing row of \(row.text(2))"
      )
    }
    guard integrity.isEmpty else { return integrity }
    let rules = try database.query(
      "SELECT rule, subject, message FROM (\n\(Self.rules)\n) ORDER BY rule, subject"
    ) { row in
      Problem(rule: row.text(0), message: "\(row.text(1)): \(row.text(2))")
    }
    return references + rules + (try overlaps())
      + (try PlacementStore(database: database).differences(in: try latestRevision()))
  }

  /// What the triggers forbid, looked for again: they may have been absent when a row was written by other means.
  private func overlaps() throws(DatabaseError) -> [Problem] {
    try database.query(
      """
      WITH timeline (rule, key, id, subject, line, valid_from, valid_to) AS (
        SELECT 'code-means-one-organisation', key, id, value, scheme_id || '/' || value, valid_from, valid_to
          FROM code WHERE superseded_in IS NULL
        UNION ALL SELECT 'name-does-not-overlap', key, id, value, organisation_id || '/' || scheme_id, valid_from, valid_to
          FROM name WHERE superseded_in IS NULL
        UNION ALL SELECT 'life-does-not-overlap', key, id, timeline, organisation_id || '/' || timeline, valid_from, valid_to
          FROM life WHERE superseded_in IS NULL
        UNION ALL SELECT 'role-excludes-others', role.key, role.id, kind.key,
            organisation_id || '/' || ifnull(exclusive_group, kind.key), valid_from, valid_to
          FROM role JOIN kind ON kind.id = kind_id WHERE superseded_in IS NULL
        UNION ALL SELECT 'appointment-does-not-overlap', key, id, 'the seat', organisation_id || '/' || seat_id, valid_from,
            valid_to
          FROM appointment WHERE superseded_in IS NULL AND seat_id IN (SELECT id FROM seat WHERE is_single)
        UNION ALL SELECT 'constitution-does-not-overlap', key, id, version, organisation_id, valid_from, valid_to
          FROM constitution WHERE superseded_in IS NULL
        UNION ALL SELECT 'relationship-does-not-overlap', key, id, 'the relationship',
            organisation_id || '/' || kind_id || '/' || superior_id, valid_from, valid_to
          FROM relationship WHERE superseded_in IS NULL
        UNION ALL SELECT 'responsibility-does-not-overlap', key, id, 'the sole responsibility',
            service_id || '/' || ifnull(for_id, ''), valid_from, valid_to
          FROM responsibility WHERE nature = 'sole' AND superseded_in IS NULL
      ), following AS (
        SELECT *, lead(valid_from) OVER (PARTITION BY rule, line ORDER BY valid_from, id) AS next_from FROM timeline
      )
      SELECT rule, key, subject || ' from ' || valid_from || ' overlaps the next, from ' || next_from FROM following
      WHERE next_from < ifnull(valid_to, '9999-12-31') ORDER BY rule, key
      """
    ) { Problem(rule: $0.text(0), message: "\($0.text(1)): \($0.text(2))") }
  }

  /// 0 in a register in which nothing was ever recorded.
  public func latestRevision() throws(DatabaseError) -> Int64 {
    try database.first("SELECT ifnull(max(id), 0) FROM revision") { $0.integer(0) } ?? 0
  }
}

/// Why a file could not be opened as a register.
public enum OpenError: Error, CustomStringConvertible {
  case database(String, DatabaseError)
  case notARegister(String)
  case older(String, steps: Int)
  case migration(String, MigrationError)

  /// What went wrong at `path`, whatever threw it.
  init(_ error: any Error, _ path: String) {
    self =
      switch error {
      case let error as OpenError: error
      case let error as MigrationError: .migration(path, error)
      case let error as DatabaseError where !error.isNotADatabase: .database(path, error)
      default: .notARegister(path)
      }
  }

  public var description: String {
    switch self {
    case .database(let path, let error): "\(path): \(error)"
    case .notARegister(let path): "\(path): this file is not a register (make one with 'orgreg init')"
    case .older(let path, let steps):
      "\(path): this register lacks \(steps) schema step(s) of this orgreg: any command that writes adds them (first make a copy with 'orgreg backup')"
    case .migration(let path, let error): "\(path): \(error)"
    }
  }
}
