/// What a change set does, or would do, to the register.
public struct Difference: Sendable {
  /// The facts that open, change or end.
  public var rows: [RowChange] = []
  /// How many words, identities and holders are new.
  public var newIdentities = 0
  /// How many units and amounts of units are new or changed.
  public var unitRows = 0
  /// What deserves a second look, although it does not forbid recording.
  public var warnings: [Problem] = []

  /// How many rows change in all.
  public var rowCount: Int { rows.count + newIdentities + unitRows }
  /// Whether the register already says all of it.
  public var isEmpty: Bool { rowCount == 0 }
}

/// One fact that opens, changes or ends.
public struct RowChange: Equatable, Sendable {
  /// What happens to a fact: it is new, it says something else, or it is taken back.
  public enum Action: String, Sendable {
    /// The output of the tool uses the raw values.
    case new, changed, retracted
  }

  /// What happens to the fact.
  public let action: Action
  /// The table of the fact, for example `code`.
  public let table: String
  /// The permanent key of the fact.
  public let key: String
  /// What it said before, in words. Nil if it is new.
  public let before: String?
  /// What it says now, in words. Nil if it was taken back.
  public let after: String?

  /// The rows themselves. Nil if too many changed for anybody to read.
  let rows: ChangedRows?

  init(
    action: Action, table: String, key: String, before: String?, after: String?, rows: ChangedRows? = nil
  ) {
    (self.action, self.table, self.key, self.before, self.after) = (action, table, key, before, after)
    self.rows = rows
  }
}

/// What the register said of a fact, and what it says now.
final class ChangedRows: Equatable, Sendable {
  let before: FactRow?
  let after: FactRow?

  init(before: FactRow?, after: FactRow?) { (self.before, self.after) = (before, after) }

  static func == (one: ChangedRows, other: ChangedRows) -> Bool {
    one.before == other.before && one.after == other.after
  }
}

/// Something that cannot be recorded, or that `check` found, in a sentence.
public struct Problem: Equatable, Sendable, CustomStringConvertible {
  /// The file and line of the statement that caused it.
  public let origin: Change.Origin?
  /// The broken rule, for example `relationship-inside-both-lives`. Nil if a statement cannot be understood.
  public let rule: String?
  /// A sentence that says what is wrong.
  public let message: String

  /// What breaks the rule. Nil if a statement cannot be understood.
  let breach: Breach?

  package init(origin: Change.Origin? = nil, rule: String? = nil, message: String) {
    (self.origin, self.rule, self.message, breach) = (origin, rule, message, nil)
  }

  init(origin: Change.Origin?, breach: Breach, message: String) {
    (self.origin, rule, self.message, self.breach) = (origin, breach.rule, message, breach)
  }

  /// Whether the file itself is damaged.
  package var isDamage: Bool { rule == "integrity" }

  public var description: String { (origin.map { "\($0): " } ?? "") + message }
}

/// A rule, and the key of what breaks it.
struct Breach: Hashable, Sendable {
  let rule: String
  let subject: String
}

/// Why nothing was recorded.
public enum ChangeError: Error, CustomStringConvertible {
  /// The file could not be read or written, or the register was being read (see `Registry.read`).
  case database(DatabaseError)
  /// The register refused the changes for these reasons.
  case refused([Problem])

  public var description: String {
    switch self {
    case .database(let error): error.description
    case .refused(let problems): problems.map(\.description).joined(separator: "\n")
    }
  }
}

/// What one act of recording wrote.
public struct Revision: Hashable, Sendable {
  /// Counted from 1.
  public let number: Int64
  /// UTC, `YYYY-MM-DDTHH:MM:SSZ`.
  public let recordedAt: String
  /// Who wrote.
  public let actor: String
  /// With what.
  public let command: String
  /// Why. It may be empty.
  public let reason: String
  /// How many rows the revision changed.
  public let rowCount: Int
}
