public import RegistryStorage

/// A correction of one fact or event. What is nil stays as it is.
public struct Amendment: Sendable {
  /// The first day of the fact, or the legal day of the event.
  public var day: Day?
  /// The first day of the new state in operation.
  public var operationalDay: Day?
  /// The last day on which the fact holds.
  public var lastDay: Day?
  /// The text of a fact, such as a code or a name, or the title of an event.
  public var value: String?
  /// The amount of a measure or flow.
  public var amount: Double?
  /// The key of a source that the register knows, or a citation.
  public var source: String?
  /// A remark.
  public var note: String?

  /// Corrects nothing yet.
  public init() {}

  /// The statements that correct the fact or event with this key.
  public func statements(for key: String, in registry: Registry) throws(EntryError) -> EnteredEvent {
    let facts = StatedFacts(registry)
    var writer = try EventWriter(registry, EventWords(day: day ?? Moment.today, source: source))
    let event = try writer.asked(facts.event(key))
    let found: Change? = if let event { event } else { try writer.asked(facts.fact(key)) }
    guard var fact = found else {
      let near = try writer.asked(registry.question(aboutFact: key))
      throw .refused("no event and no current fact has the key '\(key)' (see 'orgreg show CODE --keys')\(near)")
    }
    try apply(to: &fact, key)
    if let source = try writer.source() { fact.source = source }
    if let note { fact.note = note }
    writer.event.changes.changes.append(fact)
    return writer.event
  }

  private func apply(to fact: inout Change, _ key: String) throws(EntryError) {
    func unusable(_ option: String) -> EntryError { .refused("'\(key)' has no \(option): leave that option out") }
    if let (event, described) = fact.content.event {
      var detail = described
      if lastDay != nil { throw unusable("last day") }
      if amount != nil { throw unusable("amount") }
      detail.day = day ?? detail.day
      detail.operationalDay = operationalDay ?? detail.operationalDay
      detail.title = value ?? detail.title
      fact.content = .event(key: event, detail)
      return
    }
    if operationalDay != nil { throw unusable("operational day") }
    if let value, !fact.content.amend(value: value) { throw unusable("value") }
    if let amount, !fact.content.amend(amount: amount) { throw unusable("amount") }
    try redate(&fact, key)
  }

  private func redate(_ fact: inout Change, _ key: String) throws(EntryError) {
    if let day {
      switch fact.start {
      case .event(let event): throw .refused("'\(key)' begins with the event '\(event)': amend that event")
      case .day: fact.start = .day(day)
      case nil:
        guard fact.content.amend(day: day) else { throw .refused("'\(key)' has no first day: leave --on out") }
      }
    }
    if let lastDay {
      if let event = fact.endEvent { throw .refused("'\(key)' ends with the event '\(event)': amend that event") }
      guard fact.start != nil else { throw .refused("'\(key)' has no last day: leave --to out") }
      fact.end = lastDay.next
    }
  }
}
