/// The types of events. Change files use the raw values.
public enum EventType: String, Sendable, CaseIterable {
  /// The bodies of the event begin, end or change.
  case establishment, closure, merger, absorption, split, transfer, succession, rename, recode, reclassification
  /// A body comes under another body.
  case reparenting
}

/// What an event is, and when it happens.
public struct EventDetail: Equatable, Sendable {
  /// What type of event it is.
  public var type: EventType
  /// The legal date: the first day of the new state.
  public var day: Day
  /// The first day of the new state in operation, if it differs from the legal one.
  public var operationalDay: Day?
  /// What happened, in a few words.
  public var title: String?

  /// Describes an event by its type and its legal date.
  public init(type: EventType, day: Day, operationalDay: Day? = nil, title: String? = nil) {
    self.type = type
    self.day = day
    self.operationalDay = operationalDay
    self.title = title
  }
}

extension FactSchema {
  static let eventDetail = FactSchema(
    "event", table: "event_detail", "What happened to one or more bodies on one day.",
    [
      FactColumn("event", .establishes(.event), field: "key", "its permanent key"),
      FactColumn("type", .choice(EventType.self), "merger, split, succession and so on"),
      FactColumn("happened_on", .day, field: "from", "the legal date: the first day of the new state"),
      FactColumn(
        "operational_on", .day, field: "operational", required: false, "the first day in operation, where it differs"),
      FactColumn("title", .text(), field: "value", required: false, "what happened"), .status,
    ],
    stage: .events, isDated: false, isTerritorial: true, path: { $0[0].text.map(EventDetail.factKey) })
}

extension EventDetail {
  /// The first day of the new state, in law or in operation.
  func day(_ timeline: Timeline) -> Day { timeline == .operational ? operationalDay ?? day : day }

  /// The permanent key of the fact that describes an event.
  public static func factKey(ofEvent event: String) -> String { "\(event)/detail" }

  /// What a statement or a row says.
  init?(_ values: [Value]) {
    guard let type = values[1].text.flatMap(EventType.init), let day = values[2].day else { return nil }
    self.init(type: type, day: day, operationalDay: values[3].day, title: values[4].text)
  }
}

extension Change.Content {
  /// States an event, by its permanent key.
  public static func event(key: String, _ detail: EventDetail) -> Self {
    .fact(
      .eventDetail,
      [
        .text(key), .text(detail.type.rawValue), Value(detail.day), Value(detail.operationalDay), Value(detail.title),
        .null,
      ])
  }

  /// The event that a statement describes.
  public var event: (key: String, detail: EventDetail)? {
    guard case .fact(let fact) = self, fact.kind == .eventDetail, let detail = EventDetail(fact.values) else {
      return nil
    }
    return (fact.values[0].text ?? "", detail)
  }
}
