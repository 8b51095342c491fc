import MigrationFiles

/// A register: one SQLite file and its schema. All reads and writes go through it.
///
/// Kept here:
/// 1. Every write goes through `record`, which makes one revision or changes nothing.
/// 2. What is recorded satisfies every rule: those of the triggers and of the query `Migrations/rules.sql`. The
///    placements equal those of a replay.
/// 3. Reading never writes, and nothing is written inside `read`.
///
/// A register belongs to one thread at a time.
public final class Registry {
  package let database: Database
  /// If a revision touches more bodies and events than this, all rows are examined, because that is quicker. A test sets
  /// it to compare the two ways.
  var nearbyLimit = 1_000

  /// The keys of the proposals that a copy takes for enacted, each in a revision after those that were recorded.
  package internal(set) var supposed: [String] = []

  private static let applicationID: Int64 = 0x4F52_4772

  init(_ database: Database) { self.database = database }

  // MARK: Opening

  /// What a register is opened for.
  public enum Access: Sendable {
    /// Reading a file that others may write.
    case read
    /// Reading a file in order to copy it. The file may have an older schema.
    case copy
    /// Reading a file that this program has made and that nobody writes any more. The file is not checked.
    case readImmutable
    /// Reading and writing. A file of an older schema is brought up to date.
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
        return try upToDate(database)
      }
      return Registry(database)
    } catch {
      throw OpenError(error, path)
    }
  }

  /// Whether a file is a register, or one that cannot be told apart from a register because it is damaged or in use.
  package static func mayBeRegister(_ path: String) -> Bool {
    do { _ = try open(path, .copy) } catch { if case .notARegister = error { return false } }
    return true
  }

  private static func openDatabase(_ path: String, _ access: Access) throws(DatabaseError) -> Database {
    switch access {
    case .readImmutable: return try Database(path: path, access: .immutable)
    case .write: return try Database(path: path, access: .readWrite)
    case .read, .copy:
      do {
        // The file is not opened read-only: the last connection to close tidies up the log, and that needs writing.
        let database = try Database(path: path, access: .readWrite)
        try database.execute("PRAGMA query_only = ON")
        _ = try database.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) }
        return database
      } catch  where error.primaryCode == 14 || error.primaryCode == 8 {
        // A read-only folder cannot hold the shared-memory file of the write-ahead log. So nobody can be writing.
        return try Database(path: path, access: .immutable)
      }
    }
  }

  /// Makes an empty register with the newest schema. The file must be empty or missing.
  public static func create(_ path: String) throws(OpenError) -> Registry {
    do {
      let database = try Database(path: path, access: .create)
      try database.useWriteAheadLog()
      try database.expectLargeTransactions()
      return try upToDate(database)
    } catch {
      throw OpenError(error, path)
    }
  }

  /// Makes an empty register that lives as long as it is used.
  public static func inMemory() throws(OpenError) -> Registry { try create(":memory:") }

  /// A register in a database that may lack steps of the schema. It gets them.
  package static func upToDate(_ database: Database) throws(MigrationError) -> Registry {
    let registry = Registry(database)
    // A step may change the derived tables, or the rules by which they are derived.
    try migrator.migrate(database, at: Moment.now) { () throws(DatabaseError) in
      try PlacementStore(database: database).rebuild(in: try registry.latestRevision())
    }
    return registry
  }

  package static var migrator: Migrator {
    Migrator(
      EmbeddedFiles.all.compactMap { Migration(fileName: $0.name, sql: "\($0.contents)") }
        .sorted { $0.number < $1.number })
  }

  /// Changes with every edit of the schema.
  package static var schemaHash: String { EmbeddedFiles.contentHash }

  /// Folds the log into the file, so that the file can be moved by itself.
  package func seal() throws(DatabaseError) {
    try database.mustNotBeReading()
    try database.execute("PRAGMA journal_mode = DELETE; PRAGMA optimize;")
  }

  /// Seals a register that will be written. Readers and writers do not wait for one another, not even at first.
  package func sealForWriting() throws(DatabaseError) {
    try seal()
    try database.useWriteAheadLog()
  }

  /// Seals a register that nobody will write. It opens faster because it has no triggers.
  /// - Parameter withViews: whether people will query it. This program itself needs no views.
  package func sealForReading(withViews: Bool) throws(DatabaseError) {
    let parts = try database.query(
      "SELECT type || ' ' || name FROM sqlite_schema WHERE type = 'trigger' OR (type = 'view' AND NOT ?1)",
      [Value(withViews)]
    ) { $0.text(0) }
    for part in parts { try database.execute("DROP \(part)") }
    try seal()
  }

  // MARK: Reading

  /// Runs `body`. All its reads see the register at one moment, whatever others write meanwhile.
  ///
  /// A read inside another read sees the moment of the outer one. Recording or previewing inside a read throws an error
  /// and changes nothing.
  /// - Parameters:
  ///   - body: reads this register.
  ///   - failing: turns SQLite's error, if the read cannot begin, into an error of the type that `body` throws.
  /// - Returns: what `body` returns.
  public func read<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result, failing: (DatabaseError) -> Failure
  ) throws(Failure) -> Result {
    try database.read(body, failing: failing)
  }

  /// Like `read(_:failing:)`, for a body that throws errors of several types.
  public func read<Result>(_ body: () throws -> Result) throws -> Result { try database.read(body, failing: { $0 }) }

  // MARK: Writing

  /// Who writes, with what, and why.
  public struct Signature: Sendable {
    /// Who writes.
    public var actor: String
    /// With what program or command.
    public var command: String
    /// Why, in a sentence. It may be empty.
    public var reason: String
    /// In UTC, as `YYYY-MM-DDTHH:MM:SSZ`. Nil means now.
    public var time: String?

    /// Signs for a revision.
    /// - Parameters:
    ///   - actor: who writes.
    ///   - command: with what.
    ///   - reason: why, in a sentence.
    ///   - time: in UTC, as `YYYY-MM-DDTHH:MM:SSZ`. Nil means now.
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
  /// - Returns: the revision and what changed. The revision is nil if the register already said all of it.
  @discardableResult
  public func record(
    _ changes: ChangeSet, _ signature: Signature
  ) throws(ChangeError) -> (revision: Int64?, difference: Difference) {
    try write(changes, signature, ending: .commit)
  }

  /// Runs `body`, and keeps either everything that it records or nothing. Nobody else can write meanwhile.
  ///
  /// `body` may record any number of revisions, and says whether they are kept. If it throws, none is.
  package func together<Result>(_ body: () throws -> (Database.Ending, Result)) throws -> Result {
    try database.transaction(body, failing: { $0 })
  }

  /// A register may have been hurt before there was a rule. What was wrong before is not refused, so that a hurt register
  /// can be repaired, step by step.
  private func write(
    _ changes: ChangeSet, _ signature: Signature, ending: Database.Ending
  ) throws(ChangeError) -> (revision: Int64?, difference: Difference) {
    do {
      return try write(changes, signature, ending: ending, tolerating: [])
    } catch {
      guard case .refused(let problems) = error, problems.contains(where: { $0.breach != nil }) else { throw error }
      let before = try breachesOfNow()
      guard problems.contains(where: { $0.breach.map(before.contains) ?? false }) else { throw error }
      return try write(changes, signature, ending: ending, tolerating: before)
    }
  }

  private func write(
    _ changes: ChangeSet, _ signature: Signature, ending: Database.Ending, tolerating before: Set<Breach>
  ) throws(ChangeError) -> (revision: Int64?, difference: Difference) {
    try database.transaction(
      { () throws(ChangeError) in
        let (revision, applier) = try apply(changes, signature)
        guard applier.problems.isEmpty else { throw .refused(applier.problems) }
        let difference = try finish(applier, revision, tolerating: before)
        guard !difference.isEmpty else { return (.rollback, (nil, difference)) }
        return (ending, (revision, difference))
      }, failing: { .database($0) })
  }

  private func apply(_ changes: ChangeSet, _ signature: Signature) throws(ChangeError) -> (Int64, ChangeApplier) {
    let signature = try signature.tidied()
    do {
      let revision = try openRevision(signature, changes.files)
      let applier = try ChangeApplier(database, revision: revision, statementCount: changes.changes.count)
      try applier.apply(changes.changes)
      return (revision, applier)
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

  private func finish(
    _ applier: ChangeApplier, _ revision: Int64, tolerating before: Set<Breach>
  ) throws(ChangeError) -> Difference {
    let (rows, footprint) = try applier.pending.flush(in: revision)
    let difference = Difference(
      rows: rows + applier.redactions, newIdentities: applier.keys.added, unitRows: applier.units.rowCount)
    let problems: [Problem]
    do {
      let moved = try place(footprint.territory, applier, revision)
      problems = try brokenRules(near: footprint, moved, applier)
        .filter { problem in !(problem.breach.map(before.contains) ?? false) }
      try database.run(
        "UPDATE revision SET row_count = ?1 WHERE id = ?2", [.integer(Int64(difference.rowCount)), .integer(revision)])
    } catch {
      throw .database(error)
    }
    guard problems.isEmpty else { throw .refused(problems) }
    return difference
  }

  /// Brings the placements up to date.
  /// - Returns: what lies elsewhere now. Nil if anything may.
  private func place(
    _ footprint: Footprint.Territory, _ applier: ChangeApplier, _ revision: Int64
  ) throws(DatabaseError) -> PlacementStore.Moved? {
    let store = PlacementStore(database: database)
    guard !applier.keys.addedBasis, !applier.pending.startsEmpty else {
      try store.rebuild(in: revision)
      return nil
    }
    let unitsChanged = applier.units.rowCount > 0
    let change = try TerritoryChange(
      of: revision, footprint, adding: applier.keys.added(.parcel), unitsChanged: unitsChanged, reading: database)
    let moved = try store.update(after: revision, change)
    return unitsChanged ? nil : moved
  }

  /// Breaches that the revision may have made, each with the line that stated its fact if one did.
  /// - Parameter moved: what lies elsewhere now. Nil means that anything may.
  private func brokenRules(
    near footprint: Footprint, _ moved: PlacementStore.Moved?, _ applier: ChangeApplier
  ) throws(DatabaseError) -> [Problem] {
    let events = footprint.events.union(applier.keys.added(.event))
    let near = moved.flatMap { moved -> [Set<Int64>]? in
      let bodies = footprint.bodies.union(moved.bodies)
      return footprint.isEverywhere || bodies.count + events.count > nearbyLimit
        ? nil : [bodies, events, moved.parcels]
    }
    return try database.query(
      near == nil ? Rules.all : Rules.nearby, (near ?? []).map { Self.list($0.sorted()) }
    ) { row throws(DatabaseError) in
      let breach = Breach(rule: row.text(0), subject: row.text(2))
      return Problem(
        origin: applier.pending.origin(of: breach.subject), breach: breach,
        message: "\(breach.subject): \(row.text(3))\(try applier.provenance(of: breach.subject))")
    }
  }

  /// What is wrong with the register as it is.
  private func breachesOfNow() throws(ChangeError) -> Set<Breach> {
    do {
      return Set(
        try database.query(Rules.all) { Breach(rule: $0.text(0), subject: $0.text(2)) })
    } catch {
      throw .database(error)
    }
  }

  // MARK: Checking

  /// Everything that is wrong with the file: its integrity, references, rules and placements. Empty if it is sound.
  public func check() throws(DatabaseError) -> [Problem] {
    let integrity = try database.query("PRAGMA integrity_check") { $0.text(0) }.filter { $0 != "ok" }
      .map { Problem(rule: "integrity", message: $0) }
    let references = try database.query("PRAGMA foreign_key_check") { row in
      Problem(
        rule: "references", message: "row \(row.integer(1)) of \(row.text(0)) refers to a missing row of \(row.text(2))"
      )
    }
    guard integrity.isEmpty else { return integrity }
    let rules = try database.query("\(Rules.all) ORDER BY rule, subject") { row in
      Problem(rule: row.text(0), message: "\(row.text(2)): \(row.text(3))")
    }
    return references + rules + (try Rules.overlaps(in: database))
      + (try PlacementStore(database: database).differences(in: try latestRevision()))
  }

  /// The newest revision, or 0 if nothing was ever recorded.
  public func latestRevision() throws(DatabaseError) -> Int64 {
    try database.first("SELECT ifnull(max(id), 0) FROM revision") { $0.integer(0) } ?? 0
  }
}

/// Why a file could not be opened as a register.
public enum OpenError: Error, CustomStringConvertible {
  /// SQLite refused the file at the path.
  case database(String, DatabaseError)
  /// The file at the path is not a register.
  case notARegister(String)
  /// The file at the path has an older schema. `Registry.Access.write` opens it.
  case older(String, steps: Int)
  /// This library does not know the schema of the file at the path.
  case migration(String, MigrationError)

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
      "\(path): this register lacks \(steps == 1 ? "1 schema step" : "\(steps) schema steps") of this orgreg: any command that writes adds what is missing (first make a copy with 'orgreg backup')"
    case .migration(let path, let error): "\(path): \(error)"
    }
  }
}
