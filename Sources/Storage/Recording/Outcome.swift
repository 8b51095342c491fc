/// What a change set does, or would do, to the register.
public struct Difference: Sendable {
  public var rows: [RowChange] = []
  /// Definitions and identities that did not exist.
  public var newIdentities = 0
  /// Units placed in parcels, and their amounts, that were new or changed.
  public var unitRows = 0
  /// Things worth a second look that do not forbid recording.
  public var warnings: [Problem] = []

  public var rowCount: Int { rows.count + newIdentities + unitRows }
  public var isEmpty: Bool { rowCount == 0 }
}

/// One fact that opens, changes or ends.
public struct RowChange: Equatable, Sendable {
  public enum Action: String, Sendable { case new, changed, retracted }

  public let action: Action
  /// The table of the fact, for example `code`.
  public let table: String
  public let key: String
  /// What it said, and what it says now, in words.
  public let before: String?
  public let after: String?
}

/// Something that cannot be recorded, or that `check` found, in a sentence.
public struct Problem: Equatable, Sendable, CustomStringConvertible {
  public let origin: Change.Origin?
  /// The rule that is broken, for example `relationship-inside-lives`; nil where a line simply cannot be understood.
  public let rule: String?
  public let message: String

  public init(origin: Change.Origin? = nil, rule: String? = nil, message: String) {
    self.origin = origin
    self.rule = rule
    self.message = message
  }

  /// Whether the file itself is damaged, and not only a rule broken.
  public var isDamage: Bool { rule == "integrity" }

  public var description: String { (origin.map { "\($0): " } ?? "") + message }
}

public enum ChangeError: Error, CustomStringConvertible {
  case database(DatabaseError)
  /// Nothing was recorded, for these reasons.
  case refused([Problem])

  public var description: String {
    switch self {
    case .database(let error): error.description
    case .refused(let problems): problems.map(\.description).joined(separator: "\n")
    }
  }
}

/// One writing of the register.
public struct Revision: Hashable, Sendable {
  public let number: Int64
  /// UTC, `YYYY-MM-DDTHH:MM:SSZ`.
  public let recordedAt: String
  public let actor: String
  public let command: String
  public let reason: String
  public let rowCount: Int
}
