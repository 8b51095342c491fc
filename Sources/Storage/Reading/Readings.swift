/// The plain values that reading returns. A last day is inclusive.

/// A body on a day: its codes, name, kinds and dates.
public struct Organisation: Sendable {
  /// The number of the body in this register file. Another file may number bodies differently.
  public let id: OrganisationID
  /// Its permanent key.
  public let key: String
  /// Its codes, by scheme.
  public var codes: [String: String] = [:]
  /// Its name in the scheme of lowest rank that has one.
  public var name: String?
  /// Its kinds, in the order of the register.
  public var kinds: [String] = []
  /// The first day of its life. Nil if no source says.
  public var firstDay: Day?
  /// The last day of its life, inclusive. Nil if it lives.
  public var lastDay: Day?
  /// Where the first day comes from.
  public var firstDayStatus: Certainty = .stated
  /// Where the last day comes from.
  public var lastDayStatus: Certainty = .stated

  /// The period of its life. Nil if no source says.
  public var life: Period? { firstDay.map { Period(from: $0, through: lastDay) } }
}

/// A fact as it was recorded, with its dates, the events that date it, and its source.
public struct FactVersion: Dated, Sendable {
  /// What kind of fact it is.
  public let kind: FactKind
  /// Its permanent key.
  public let key: String
  /// What it says, by column, in order: `[("scheme", "ods"), ("value", "00L")]`.
  public let content: [(name: String, value: String)]
  /// The days on which it holds. A fact of an event holds on the day of the event.
  public let period: Period
  /// Where the first day comes from.
  public let firstDayStatus: Certainty
  /// Where the last day comes from.
  public let lastDayStatus: Certainty
  /// The key of the event that dates its beginning.
  public let startEvent: String?
  /// The key of the event that dates its end.
  public let endEvent: String?
  /// The title of its source.
  public let source: String?
  /// A remark.
  public let note: String?
  /// The revision that recorded it.
  public let opened: Int64
  /// The revision that superseded it. Nil if it is current.
  public let superseded: Int64?

  /// What it says in a column. Nil if the column is empty.
  public subscript(name: String) -> String? { content.first { $0.name == name }?.value }
}

/// Everything about one body.
public struct OrganisationDetail: Sendable {
  /// The body with its codes, name, kinds and dates.
  public var organisation: Organisation
  var facts: [FactKind: [FactVersion]] = [:]
  /// The events that concern it, in the order of time.
  public var events: [EventSummary] = []
  /// Everything that was ever recorded about it, if that was asked for, in the order in which it was recorded.
  public var history: [RecordedFact]?

  /// The facts of a dated kind, and claims (what others published about the body), in the order of time.
  ///
  /// Relationships are those to the bodies above and below it. Their `content` has `kind`, `direction` (`to` or
  /// `from`), `organisation` and `grade`. Responsibilities are those in which it commissions or is the exception. Only
  /// current appointments have a `name`.
  public subscript(kind: FactKind) -> [FactVersion] { facts[kind] ?? [] }

  /// The facts of all dated kinds, kind after kind.
  public var datedFacts: [FactVersion] { FactKind.dated.flatMap { self[$0] } }

  /// The permanent keys of the other bodies that its facts mention.
  package var mentionedBodies: [String] {
    datedFacts.flatMap { fact in ["organisation", "for"].compactMap { fact[$0] } }.filter { $0 != organisation.key }
      + events.flatMap { $0.predecessors + $0.successors }
  }
}

/// A version of a fact about a body, with the times at which it was recorded and superseded.
public struct RecordedFact: Sendable {
  /// The fact as it was recorded.
  public let version: FactVersion
  /// `YYYY-MM-DDTHH:MM:SSZ`.
  public let openedAt: String
  /// The same form. Nil if the fact is current.
  public let supersededAt: String?
}

/// An event as it concerns one body.
public struct EventSummary: Sendable {
  /// Its permanent key.
  public let key: String
  /// What type of event it is.
  public let type: EventType
  /// The day of the event.
  public let day: Day
  /// What happened, in a few words.
  public let title: String?
  /// Where the day comes from.
  public let status: Certainty
  /// The title of the source.
  public let source: String?
  /// Keys of the bodies that came before.
  public var predecessors: [String]
  /// Keys of the bodies that came after.
  public var successors: [String]
}

/// The succession of one body to another in an event.
public struct SuccessionLink: Sendable {
  /// The key of the event.
  public let event: String
  /// The id of the event, as `Answer.Part.events` names it.
  public let eventID: EventID
  /// What type of event it is.
  public let type: EventType
  /// The day of the event.
  public let day: Day
  /// The id of the body before.
  public let predecessor: OrganisationID
  /// The id of the body after.
  public let successor: OrganisationID
  /// What passed.
  public let nature: SuccessionNature
  /// Where the statement comes from.
  public let status: Certainty
  /// The title of the source.
  public let source: String?
}

/// How many bodies of a kind there were, for a period in which the number did not change.
public struct KindCount: Dated, Sendable, Equatable {
  /// The key of the kind.
  public let kind: String
  /// The scheme whose owner's view is counted. Nil if the owners of schemes agree about the kind.
  public let scheme: String?
  /// The days on which there were so many.
  public let period: Period
  /// How many bodies there were on each day of the period.
  public let count: Int
  /// Whether there may have been more: the register knows other bodies of the kind, and of their first or last day only
  /// that it is the first or last on which a source shows them.
  public let isAtLeast: Bool
}

/// What was published elsewhere about bodies of a kind, or about one of them.
package struct Claim: Dated, Sendable {
  package let key: String
  package let kind: String
  /// The one body that it is about. Nil if it is about the whole kind.
  package let organisation: OrganisationID?
  package let scheme: String?
  package let period: Period
  /// As published.
  package let value: String
  /// How many bodies of the kind there were, or the figure that the statistic names. Nil if no number says it.
  package let amount: Double?
  package let source: String?
  package let note: String?
  /// What the figure is about. Nil if it counts bodies of the kind.
  package let topic: ClaimTopic?
  /// The figure of the register against which it is held.
  package let statistic: ClaimStatistic?
}

/// The revision number that means "whatever is known by now".
public let latest = Int64.max
