/// Whole copies of a register, out of it and back into it.
///
/// Kept here:
/// 1. A copy shows the register at one moment, even if others write it meanwhile.
/// 2. SQLite replaces the contents of a register in one transaction. The file itself is never exchanged: processes that
///    have it open would go on with the old file, and its log would damage the new one.
extension Registry {
  /// A copy in memory of the register at `path`, brought to the newest schema. The file stays as it is.
  package static func loaded(_ path: String) throws(OpenError) -> Registry {
    do {
      let copy = try Database.inMemory()
      try open(path, .copy).database.backUp(into: copy)
      _ = try upToDate(copy)
      return Registry(copy)
    } catch {
      throw OpenError(error, path)
    }
  }

  /// A copy in memory, which is written without a trace.
  package func copyInMemory() throws(DatabaseError) -> Registry {
    let copy = try Database.inMemory()
    try database.backUp(into: copy)
    return Registry(copy)
  }

  /// Records in a copy what a proposal would say if it were enacted.
  package func suppose(_ proposal: String, _ changes: ChangeSet) throws(ChangeError) {
    try record(changes, Signature(actor: "outlook", command: "enact \(proposal)"))
    supposed.append(proposal)
  }

  /// The newest revision that is not supposed.
  package func recordedRevision() throws(DatabaseError) -> Int64 { try latestRevision() - Int64(supposed.count) }

  /// Copies this register into a new file, which the caller then seals.
  package func copy(to path: String) throws(DatabaseError) -> Registry {
    let file = try Database(path: path, access: .create)
    try database.backUp(into: file)
    return Registry(file)
  }

  /// Puts what this register holds in place of all that `other` holds.
  ///
  /// - Parameter isWanted: is asked while nobody else can write `other`. If it says no, `other` stays as it is.
  /// - Returns: whether the contents were replaced.
  package func replaceContents(
    of other: Registry, if isWanted: () throws(DatabaseError) -> Bool
  ) throws(DatabaseError) -> Bool {
    try database.backUp(into: other.database, if: isWanted)
  }

  /// SQLite copies contents only between files with the same page size.
  package func pageSize() throws(DatabaseError) -> Int64 {
    try database.first("PRAGMA page_size") { $0.integer(0) } ?? 0
  }

  /// The tables, views, indexes and triggers that are missing, superfluous, or not as the migrations make them.
  package func strangeParts() throws(OpenError) -> [String] {
    let expected = try Registry.inMemory()
    do {
      return try parts().symmetricDifference(expected.parts()).map(\.name).sorted()
    } catch {
      throw .database("the schema", error)
    }
  }

  private struct Part: Hashable {
    let name: String
    let sql: String?
  }

  /// SQLite's own tables are left out, because some of them appear only with use.
  private func parts() throws(DatabaseError) -> Set<Part> {
    Set(
      try database.query(
        "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
      ) { Part(name: $0.text(0), sql: $0.optionalText(1)) })
  }
}
