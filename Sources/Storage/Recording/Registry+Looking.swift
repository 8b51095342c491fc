/// Recording and previewing with a look at the register as it would be.
///
/// Kept here:
/// 1. What a preview shows is what recording the same changes would make, for it is recorded and rolled back.
/// 2. What was shown is recorded only if nobody recorded anything in between.

/// Others recorded something since the register was looked at.
package struct Overtaken: Error {
  /// The newest revision.
  package let revision: Revision?
}

extension Registry {
  /// - Parameter look: sees the register as it would be, and its difference from what it is.
  /// - Throws: `ChangeError`, or what `look` throws.
  package func preview<View>(_ changes: ChangeSet, _ look: (Difference) throws -> View) throws -> View {
    try looking {
      let recorded = try record(changes, Signature(actor: "preview", command: "preview"))
      return (.rollback, try look(recorded.difference))
    }
  }

  /// - Parameters:
  ///   - revision: the newest one when the changes were made and shown.
  ///   - look: sees the register as it now is, and its difference from what it was.
  /// - Throws: `Overtaken` if there is a newer revision, or else `ChangeError`, or what `look` throws.
  package func record<View>(
    _ changes: ChangeSet, _ signature: Signature, after revision: Int64, _ look: (Difference) throws -> View
  ) throws -> (revision: Int64?, view: View) {
    try looking {
      if try latestRevision() != revision { throw Overtaken(revision: try revisions().last) }
      let recorded = try record(changes, signature)
      return (.commit, (recorded.revision, try look(recorded.difference)))
    }
  }

  /// As `together`, but what SQLite says against it is a `ChangeError`.
  private func looking<Result>(_ body: () throws -> (Database.Ending, Result)) throws -> Result {
    do { return try together(body) } catch let error as DatabaseError { throw ChangeError.database(error) }
  }
}
