/// What reading gives back: plain values, dates inclusive where they are called last days.

/// A body as it stands in lists.
package struct OrganisationSummary: Sendable {
  package let id: Int64
  package let key: String
  /// By scheme.
  package var codes: [String: String] = [:]
  package var name: String?
  /// In the order of the register's kinds.
  package var kinds: [String] = []
  package var firstDay: Day?
  package var lastDay: Day?
  package var firstDayStatus: Certainty = .stated
  package var lastDayStatus: Certainty = .stated
}

/// A fact as it was recorded, with its dates, the events that date it, and its source.
package struct FactVersion: Sendable {
  /// A fact of an event is one of the day of the event.
  package let kind: FactKind
  package let key: String
  /// What it says, by column, in order: `[("scheme", "ods"), ("value", "00L")]`.
  package let content: [(name: String, value: String)]
  package let firstDay: Day
  /// Not given: it goes on.
  package let lastDay: Day?
  package let firstDayStatus: Certainty
  package let lastDayStatus: Certainty
  package let startEvent: String?
  package let endEvent: String?
  /// The title of its source.
  package let source: String?
  package let note: String?
  /// The revision that recorded it.
  package let opened: Int64
  /// The revision from which on it is no longer said. Not given: it is current.
  package let superseded: Int64?

  package var period: Period { Period(firstDay, lastDay?.next) }

  package subscript(name: String) -> String? { content.first { $0.name == name }?.value }
}

/// Everything about one body.
package struct OrganisationDetail: Sendable {
  package var summary: OrganisationSummary
  var facts: [FactKind: [FactVersion]] = [:]
  package var events: [EventSummary] = []
  /// Everything that was ever recorded about it, if that was asked for, in the order in which it was recorded.
  package var history: [RecordedFact]?

  init(summary: OrganisationSummary) { self.summary = summary }

  /// The facts of a dated kind, and claims (what others published about the body), in the order of time.
  ///
  /// Relationships are those to the bodies above and below it: `content` has `kind`, `direction` (`to` or `from`),
  /// `organisation` and `grade`. Responsibilities are those in which it commissions or is the exception. Appointments
  /// have a `name` only where they are current.
  package subscript(kind: FactKind) -> [FactVersion] { facts[kind] ?? [] }

  /// The facts of all dated kinds, kind after kind.
  package var datedFacts: [FactVersion] { FactKind.dated.flatMap { self[$0] } }
}

/// A version of a fact about a body, with the times at which it was recorded and superseded.
package struct RecordedFact: Sendable {
  package let version: FactVersion
  /// `YYYY-MM-DDTHH:MM:SSZ`.
  package let openedAt: String
  package let supersededAt: String?
}

/// An event as it concerns one body.
package struct EventSummary: Sendable {
  package let key: String
  package let type: EventType
  package let day: Day
  package let title: String?
  package let status: Certainty
  package let source: String?
  /// Keys of the bodies that came before and after; empty where the event links none.
  package var predecessors: [String]
  package var successors: [String]
}

package struct SuccessionLink: Sendable {
  package let event: String
  package let eventID: Int64
  package let type: EventType
  package let day: Day
  package let predecessor: Int64
  package let successor: Int64
  package let nature: SuccessionNature
  package let status: Certainty
  package let source: String?
}

/// How many bodies of a kind there were over a period in which the number did not change.
package struct KindCount: Sendable, Equatable {
  package let kind: String
  /// Given where the owners of schemes do not agree: the count is of those that this scheme's owner calls so.
  package let scheme: String?
  package let firstDay: Day
  /// nil: to this day.
  package let lastDay: Day?
  package let count: Int
}

/// What was published elsewhere about bodies of a kind, or about one of them.
package struct Claim: Sendable {
  package let key: String
  package let kind: String
  /// The one body that it is about; nil: bodies of the kind.
  package let organisation: Int64?
  package let scheme: String?
  package let firstDay: Day
  /// nil: to this day.
  package let lastDay: Day?
  /// As published.
  package let value: String
  /// How many bodies of the kind there were; nil: the figure is no count of them all.
  package let amount: Double?
  package let source: String?
  package let note: String?
  /// What the figure is about; nil: it counts bodies of the kind.
  package let topic: ClaimTopic?
}

/// A revision number that stands for "whatever is known by now".
package let latest = Int64.max
