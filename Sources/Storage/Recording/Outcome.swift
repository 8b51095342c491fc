/// What a change set does, or would do, to the register.
public struct Difference: Sendable {
  /// The facts that open, change or end.
  public var rows: [RowChange] = []
  /// Definitions and identities that did not exist.
  public var newIdentities = 0
  /// Units placed in parcels, and their amounts, that were new or changed.
  public var unitRows = 0
  /// Things worth a second look that do not forbid recording.
  public var warnings: [Problem] = []

  /// How many rows the change makes in all.
  public var rowCount: Int { rows.count + newIdentities + unitRows }
  /// Whether the register says all of it already.
  public var isEmpty: Bool { rowCount == 0 }
}

/// One fact that opens, changes or ends.
public struct RowChange: Equatable, Sendable {
  /// What becomes of a fact: it is new, it says something else, or it is said no more.
  public enum Action: String, Sendable {
    /// The raw values stand in the output of the tool.
    case new, changed, retracted
  }

  /// What becomes of the fact.
  public let action: Action
  /// The table of the fact, for example `code`.
  public let table: String
  /// The permanent key of the fact.
  public let key: String
  /// What it said, and what it says now, in words.
  public let before: String?
  /// What it says now, in words; nil: nothing.
  public let after: String?
}

/// Something that cannot be recorded, or that `check` found, in a sentence.
public struct Problem: Equatable, Sendable, CustomStringConvertible {
  /// Where the statement was written that caused it.
  public let origin: Change.Origin?
  /// The rule that is broken, for example `relationship-inside-lives`; nil where a line simply cannot be understood.
  public let rule: String?
  /// A sentence that says what is wrong.
  public let message: String

  package init(origin: Change.Origin? = nil, rule: String? = nil, message: String) {
    self.origin = origin
    self.rule = rule
    self.message = message
  }

  /// Whether the file itself is damaged, and not only a rule broken.
  package var isDamage: Bool { rule == "integrity" }

  public var description: String { (origin.map { "\($0): " } ?? "") + message }
}

/// Why nothing was recorded.
public enum ChangeError: Error, CustomStringConvertible {
  /// The file could not be read or written, or the register was being read (see `Registry.read`).
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
  /// Counted from 1.
  public let number: Int64
  /// UTC, `YYYY-MM-DDTHH:MM:SSZ`.
  public let recordedAt: String
  /// Who wrote.
  public let actor: String
  /// With what.
  public let command: String
  /// Why; may be empty.
  public let reason: String
  /// How many rows the revision changed.
  public let rowCount: Int
}
