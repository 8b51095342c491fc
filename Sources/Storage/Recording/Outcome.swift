/// What a change set does, or would do, to the register.
package struct Difference: Sendable {
  package var rows: [RowChange] = []
  /// Definitions and identities that did not exist.
  package var newIdentities = 0
  /// Units placed in parcels, and their amounts, that were new or changed.
  package var unitRows = 0
  /// Things worth a second look that do not forbid recording.
  package var warnings: [Problem] = []

  package var rowCount: Int { rows.count + newIdentities + unitRows }
  package var isEmpty: Bool { rowCount == 0 }
}

/// One fact that opens, changes or ends.
package struct RowChange: Equatable, Sendable {
  package enum Action: String, Sendable { case new, changed, retracted }

  package let action: Action
  /// The table of the fact, for example `code`.
  package let table: String
  package let key: String
  /// What it said, and what it says now, in words.
  package let before: String?
  package let after: String?
}

/// Something that cannot be recorded, or that `check` found, in a sentence.
package struct Problem: Equatable, Sendable, CustomStringConvertible {
  package let origin: Change.Origin?
  /// The rule that is broken, for example `relationship-inside-lives`; nil where a line simply cannot be understood.
  package let rule: String?
  package let message: String

  package init(origin: Change.Origin? = nil, rule: String? = nil, message: String) {
    self.origin = origin
    self.rule = rule
    self.message = message
  }

  /// Whether the file itself is damaged, and not only a rule broken.
  package var isDamage: Bool { rule == "integrity" }

  package var description: String { (origin.map { "\($0): " } ?? "") + message }
}

package enum ChangeError: Error, CustomStringConvertible {
  case database(DatabaseError)
  /// Nothing was recorded, for these reasons.
  case refused([Problem])

  package var description: String {
    switch self {
    case .database(let error): error.description
    case .refused(let problems): problems.map(\.description).joined(separator: "\n")
    }
  }
}

/// One writing of the register.
package struct Revision: Hashable, Sendable {
  package let number: Int64
  /// UTC, `YYYY-MM-DDTHH:MM:SSZ`.
  package let recordedAt: String
  package let actor: String
  package let command: String
  package let reason: String
  package let rowCount: Int
}
