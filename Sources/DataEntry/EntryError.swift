public import RegistryStorage

/// Why an event cannot be turned into statements.
public enum EntryError: Error, CustomStringConvertible {
  /// The register could not be read.
  case database(DatabaseError)
  /// A sentence that says what is wrong and what to do instead.
  case refused(String)

  public var description: String {
    switch self {
    case .database(let error): error.description
    case .refused(let sentence): sentence
    }
  }
}

/// The statements that an event makes, before anything is recorded.
public struct EnteredEvent: Sendable {
  /// What to give to `Registry.preview` or `Registry.record`.
  public var changes = ChangeSet()
  /// What deserves a second look. None of it forbids recording.
  public var warnings: [String] = []
  /// What could not be decided. None of it forbids recording.
  public var undecided: [String] = []
  /// The key of the event. Nil if nothing happens and only a fact is stated.
  public internal(set) var eventKey: String?
  /// The key of the proposal that consists of this event. Nil if the event is not proposed.
  package internal(set) var proposalKey: String?
  /// The units that go in a proposed event. Which parcels move is known only when it is enacted.
  package internal(set) var movements: [UnitMovement] = []

  package init(changes: ChangeSet = ChangeSet(), warnings: [String] = []) {
    self.changes = changes
    self.warnings = warnings
  }
}
