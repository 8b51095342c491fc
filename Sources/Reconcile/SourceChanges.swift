package import RegistryStorage

/// Changes from files. Some may break a rule that only the register as a whole can judge.
///
/// Kept here:
/// 1. A line that breaks a rule is rejected with the rule's sentence; the others are applied.
/// 2. A broken rule that belongs to no line refuses everything.
package struct SourceChanges {
  package private(set) var changes: ChangeSet
  package private(set) var rejects: [Reject] = []

  package init(_ changes: ChangeSet) { self.changes = changes }

  /// Applies the changes without the lines that the register refuses.
  /// - Parameter attempt: records changes, or previews them.
  package mutating func apply<Result>(
    _ attempt: (ChangeSet) throws(ChangeError) -> Result
  ) throws(ChangeError) -> Result {
    while true {
      do {
        return try attempt(changes)
      } catch {
        guard case .refused(let problems) = error, drop(problems) else { throw error }
      }
    }
  }

  /// Takes out the lines to which problems belong.
  /// - Returns: False if a problem belongs to no line.
  private mutating func drop(_ problems: [Problem]) -> Bool {
    var reasons: [Change.Origin: String] = [:]
    for problem in problems {
      guard let origin = problem.origin else { return false }
      reasons[origin] = reasons[origin] ?? problem.message
    }
    rejects += reasons.sorted { ($0.key.file, $0.key.line) < ($1.key.file, $1.key.line) }.map {
      Reject(file: $0.key.file, line: $0.key.line, column: 1, value: "", reason: $0.value)
    }
    changes.files = changes.files.map { file in
      let count = reasons.keys.count { $0.file == file.name }
      return RevisionFile(
        name: file.name, sha256: file.sha256, lineCount: file.lineCount, rejectCount: file.rejectCount + count)
    }
    changes.changes.removeAll { change in change.origin.map { reasons[$0] != nil } ?? false }
    return true
  }
}
