import RegistryStorage

/// What is corrected of one fact, or of an event; nil: stays.
public struct Amendment: Sendable {
  public var day: Day?
  public var operationalDay: Day?
  /// The last day on which the fact holds.
  public var lastDay: Day?
  /// The code, the name, the version of a constitution, or the title of an event.
  public var value: String?
  public var amount: Double?
  public var source: String?
  public var note: String?

  public init() {}

  /// The correction of what has this key: a fact, or an event.
  public func statements(for key: String, in registry: Registry) throws(EntryError) -> EnteredEvent {
    let facts = StatedFacts(registry)
    var writer = try EventWriter(registry, EventWords(day: day ?? Moment.today, source: source))
    let found = try writer.asked { () throws(DatabaseError) -> Change? in
      if let event = try facts.fact("\(key)/detail") { return event }
      return try facts.fact(key)
    }
    guard var fact = found else {
      throw .refused("no event and no current fact has the key '\(key)' (see the keys in 'orgreg show CODE')")
    }
    try apply(to: &fact, key)
    if let source = try writer.source() { fact.source = source }
    if let note { fact.note = note }
    writer.event.changes.changes.append(fact)
    return writer.event
  }

  private func apply(to fact: inout Change, _ key: String) throws(EntryError) {
    func unusable(_ option: String) -> EntryError { .refused("'\(key)' has no \(option): leave that option out") }
    switch fact.content {
    case .event(let event, var detail):
      if lastDay != nil { throw unusable("last day") }
      if amount != nil { throw unusable("amount") }
      detail.day = day ?? detail.day
      detail.operationalDay = operationalDay ?? detail.operationalDay
      detail.title = value ?? detail.title
      fact.content = .event(key: event, detail)
      return
    case .code(let organisation, let scheme, let old):
      fact.content = .code(organisation: organisation, scheme: scheme, value: value ?? old)
    case .name(let organisation, let scheme, let old):
      fact.content = .name(organisation: organisation, scheme: scheme, value: value ?? old)
    case .constitution(let organisation, let old):
      fact.content = .constitution(organisation: organisation, version: value ?? old)
    case .measure(let organisation, let kind, let old, let nature):
      if value != nil { throw unusable("value") }
      fact.content = .measure(organisation: organisation, kind: kind, amount: amount ?? old, nature: nature)
    case .flow(let event, let predecessor, let successor, let basis, let old):
      if value != nil { throw unusable("value") }
      fact.content = .flow(
        event: event, predecessor: predecessor, successor: successor, basis: basis, amount: amount ?? old)
    default:
      if value != nil { throw unusable("value") }
    }
    if operationalDay != nil { throw unusable("operational day") }
    if amount != nil, !fact.content.hasAmount { throw unusable("amount") }
    try redate(&fact, key)
  }

  private func redate(_ fact: inout Change, _ key: String) throws(EntryError) {
    if let day {
      switch fact.start {
      case .event(let event): throw .refused("'\(key)' begins with the event '\(event)': amend that event")
      case .day: fact.start = .day(day)
      case nil: throw .refused("'\(key)' has no first day: leave --on out")
      }
    }
    if let lastDay {
      if let event = fact.endEvent { throw .refused("'\(key)' ends with the event '\(event)': amend that event") }
      guard fact.start != nil else { throw .refused("'\(key)' has no last day: leave --to out") }
      fact.end = lastDay.next
    }
  }
}

extension Change.Content {
  fileprivate var hasAmount: Bool {
    switch self {
    case .measure, .flow: true
    default: false
    }
  }
}
