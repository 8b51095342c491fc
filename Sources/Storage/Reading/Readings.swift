/// What reading gives back: plain values, dates inclusive where they are called last days.

/// A body on a day: its codes, name, kinds and dates.
public struct Organisation: Sendable {
  public let id: Int64
  public let key: String
  /// By scheme.
  public var codes: [String: String] = [:]
  public var name: String?
  /// In the order of the register's kinds.
  public var kinds: [String] = []
  public var firstDay: Day?
  public var lastDay: Day?
  public var firstDayStatus: Certainty = .stated
  public var lastDayStatus: Certainty = .stated

  /// For how long it existed. Not given: no source says.
  public var life: Period? { firstDay.map { Period(from: $0, through: lastDay) } }
}

/// A fact as it was recorded, with its dates, the events that date it, and its source.
public struct FactVersion: Dated, Sendable {
  /// A fact of an event is one of the day of the event.
  public let kind: FactKind
  public let key: String
  /// What it says, by column, in order: `[("scheme", "ods"), ("value", "00L")]`.
  public let content: [(name: String, value: String)]
  public let period: Period
  public let firstDayStatus: Certainty
  public let lastDayStatus: Certainty
  public let startEvent: String?
  public let endEvent: String?
  /// The title of its source.
  public let source: String?
  public let note: String?
  /// The revision that recorded it.
  public let opened: Int64
  /// The revision from which on it is no longer said. Not given: it is current.
  public let superseded: Int64?

  public subscript(name: String) -> String? { content.first { $0.name == name }?.value }
}

/// Everything about one body.
public struct OrganisationDetail: Sendable {
  public var organisation: Organisation
  var facts: [FactKind: [FactVersion]] = [:]
  public var events: [EventSummary] = []
  /// Everything that was ever recorded about it, if that was asked for, in the order in which it was recorded.
  public var history: [RecordedFact]?

  init(_ organisation: Organisation) { self.organisation = organisation }

  /// The facts of a dated kind, and claims (what others published about the body), in the order of time.
  ///
  /// Relationships are those to the bodies above and below it: `content` has `kind`, `direction` (`to` or `from`),
  /// `organisation` and `grade`. Responsibilities are those in which it commissions or is the exception. Appointments
  /// have a `name` only where they are current.
  public subscript(kind: FactKind) -> [FactVersion] { facts[kind] ?? [] }

  /// The facts of all dated kinds, kind after kind.
  public var datedFacts: [FactVersion] { FactKind.dated.flatMap { self[$0] } }
}

/// A version of a fact about a body, with the times at which it was recorded and superseded.
public struct RecordedFact: Sendable {
  public let version: FactVersion
  /// `YYYY-MM-DDTHH:MM:SSZ`.
  public let openedAt: String
  public let supersededAt: String?
}

/// An event as it concerns one body.
public struct EventSummary: Sendable {
  public let key: String
  public let type: EventType
  public let day: Day
  public let title: String?
  public let status: Certainty
  public let source: String?
  /// Keys of the bodies that came before and after; empty where the event links none.
  public var predecessors: [String]
  public var successors: [String]
}

public struct SuccessionLink: Sendable {
  public let event: String
  public let eventID: Int64
  public let type: EventType
  public let day: Day
  public let predecessor: Int64
  public let successor: Int64
  public let nature: SuccessionNature
  public let status: Certainty
  public let source: String?
}

/// How many bodies of a kind there were over a period in which the number did not change.
public struct KindCount: Dated, Sendable, Equatable {
  public let kind: String
  /// Given where the owners of schemes do not agree: the count is of those that this scheme's owner calls so.
  public let scheme: String?
  public let period: Period
  public let count: Int
}

/// What was published elsewhere about bodies of a kind, or about one of them.
public struct Claim: Dated, Sendable {
  public let key: String
  public let kind: String
  /// The one body that it is about; nil: bodies of the kind.
  public let organisation: Int64?
  public let scheme: String?
  public let period: Period
  /// As published.
  public let value: String
  /// How many bodies of the kind there were; nil: the figure is no count of them all.
  public let amount: Double?
  public let source: String?
  public let note: String?
  /// What the figure is about; nil: it counts bodies of the kind.
  public let topic: ClaimTopic?
}

/// A revision number that stands for "whatever is known by now".
public let latest = Int64.max
