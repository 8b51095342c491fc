package import RegistryStorage

/// Why an event cannot be put into statements.
package enum EntryError: Error, CustomStringConvertible {
  case database(DatabaseError)
  /// A sentence that says what is wrong and what to do instead.
  case refused(String)

  package var description: String {
    switch self {
    case .database(let error): error.description
    case .refused(let sentence): sentence
    }
  }
}

/// What an event comes to, before anything is recorded.
package struct EnteredEvent: Sendable {
  package var changes = ChangeSet()
  /// What could not be decided, and what deserves a second look: none of it forbids recording.
  package var warnings: [String] = []
  /// The key of the event; nil: nothing happens, only a fact is stated.
  package internal(set) var eventKey: String?

  package init(changes: ChangeSet = ChangeSet(), warnings: [String] = []) {
    self.changes = changes
    self.warnings = warnings
  }
}
