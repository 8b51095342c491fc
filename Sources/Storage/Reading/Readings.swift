/// What reading gives back: plain values, dates inclusive where they are called last days.

/// A body as it stands in lists.
public struct OrganisationSummary: Sendable {
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
}

/// A fact with its dates, the events that date it, and its source.
public struct DatedStatement: Sendable {
  public let key: String
  /// What it says, by column, in order: `[("scheme", "ods"), ("value", "00L")]`.
  public let content: [(name: String, value: String)]
  public let firstDay: Day
  public let lastDay: Day?
  public let firstDayStatus: Certainty
  public let lastDayStatus: Certainty
  public let startEvent: String?
  public let endEvent: String?
  public let source: String?
  public let note: String?
  /// The revision that recorded it.
  public let opened: Int64
  /// The revision from which on it is no longer said; nil: it is current.
  public let superseded: Int64?

  var period: Period { Period(firstDay, lastDay?.next) }

  public subscript(name: String) -> String? { content.first { $0.name == name }?.value }
}

/// Everything about one body.
public struct OrganisationDetail: Sendable {
  public var summary: OrganisationSummary
  public var lives: [DatedStatement]
  public var codes: [DatedStatement]
  public var names: [DatedStatement]
  public var roles: [DatedStatement]
  /// To the bodies above and below it; `content` has `kind`, `organisation`, `direction` (`to` or `from`), `grade`.
  public var relationships: [DatedStatement]
  public var measures: [DatedStatement]
  /// In which it is named, as the one who commissions (`organisation`) or the one that an exception is for (`for`);
  /// `content` has `service`, `kind` or `organisation`, `for`, `nature`.
  public var responsibilities: [DatedStatement]
  /// `content` has `seat`, `nature`, `profession`, `holder` (a key) and `name`; only current ones say a name.
  public var appointments: [DatedStatement]
  /// `content` has `version`.
  public var constitutions: [DatedStatement]
  /// What others published about it; `content` has `topic` and `value`.
  public var published: [DatedStatement]
  public var events: [EventSummary]
  /// Everything that was ever recorded about it, if that was asked for.
  public var history: [RecordedStatement]?
}

/// A statement about a body, current or superseded, with the times at which that was recorded.
public struct RecordedStatement: Sendable {
  /// The table of the fact, for example `code`; `event_detail` and `succession` are statements of the day of the event.
  public let table: String
  public let statement: DatedStatement
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
public struct KindCount: Sendable, Equatable {
  public let kind: String
  /// Given where the owners of schemes do not agree: the count is of those that this scheme's owner calls so.
  public let scheme: String?
  public let firstDay: Day
  /// nil: to this day.
  public let lastDay: Day?
  public let count: Int
}

/// What was published elsewhere about bodies of a kind, or about one of them.
public struct Claim: Sendable {
  public let key: String
  public let kind: String
  /// The one body that it is about; nil: bodies of the kind.
  public let organisation: Int64?
  public let scheme: String?
  public let firstDay: Day
  /// nil: to this day.
  public let lastDay: Day?
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
