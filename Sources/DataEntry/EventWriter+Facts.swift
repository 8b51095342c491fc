public import RegistryStorage

/// Events that change the facts about a body that goes on.
extension EventWriter {
  /// A body goes on under another name.
  /// - Parameters:
  ///   - reference: the body.
  ///   - name: the new name.
  ///   - scheme: the scheme of the name. Nil means that of the name that is shown first.
  public mutating func rename(_ reference: String, to name: String, scheme: String?) throws(EntryError) -> EnteredEvent
  {
    let body = try self.body(reference, on: day)
    let scheme = if let scheme { try self.scheme(scheme) } else { try schemeOfName(of: body) }
    let name = try tidied(name)
    let renamed = Change.Content.name(organisation: body.key, scheme: scheme, value: name)
    let again = try again(renamed, of: body, .name)
    guard again != nil || body.name != name else { throw .refused("\(reference) has the name '\(name)' already") }
    try begin(.rename, code: spoken(body), title: "\(body.name ?? body.key) becomes \(name)", again: again)
    sayFromEvent(renamed)
    return event
  }

  /// The scheme of the name that is shown first, or the first scheme of the register if the body has no name.
  private func schemeOfName(of body: Organisation) throws(EntryError) -> String {
    let detail = try asked(registry.detail(of: body.id, on: day))
    let named = Set((detail?[.name] ?? []).compactMap { $0["scheme"] })
    let ranked = schemes.sorted { $0.rank < $1.rank }.map(\.key)
    if let scheme = ranked.first(where: named.contains) { return scheme }
    return try self.scheme(nil)
  }

  /// A body goes on under another code.
  /// - Parameters:
  ///   - reference: the body.
  ///   - code: the new code.
  ///   - scheme: the scheme of the code. Nil means the first of the register.
  public mutating func recode(_ reference: String, to code: String, scheme: String?) throws(EntryError) -> EnteredEvent
  {
    // The body had its old code the day before, also if this is said again.
    let body = try self.body(reference, on: repeating == nil ? day : dayBefore)
    let scheme = try self.scheme(scheme)
    let code = try spelled(code, in: scheme)
    let recoded = Change.Content.code(organisation: body.key, scheme: scheme, value: code)
    let again = try again(recoded, of: body, .code)
    guard again != nil || body.codes[scheme] != code else {
      throw .refused("\(reference) has the code \(code) already")
    }
    try mustBeFree(code)
    try begin(.recode, code: spoken(body), title: "\(body.codes[scheme] ?? body.key) becomes \(code)", again: again)
    sayFromEvent(recoded)
    return event
  }

  /// A body goes on with another kind.
  public mutating func reclassify(_ reference: String, as kind: String) throws(EntryError) -> EnteredEvent {
    let body = try self.body(reference, on: day)
    try mustKnow(kind: kind)
    let classed = Change.Content.role(organisation: body.key, kind: kind, scheme: nil)
    let again = try again(classed, of: body, .role)
    guard again != nil || !body.kinds.contains(kind) else {
      throw .refused("\(reference) is of the kind \(kind) already")
    }
    try begin(.reclassification, code: spoken(body), title: "\(body.name ?? body.key) becomes a \(kind)", again: again)
    sayFromEvent(classed)
    return event
  }

  /// A body comes under another one. Its earlier relationships of the same kind end.
  /// - Parameters:
  ///   - reference: the body below.
  ///   - other: the body above.
  ///   - kind: the kind of relationship. Nil means the first through which territory is read.
  ///   - beside: whether the earlier relationships of the kind go on.
  public mutating func attach(
    _ reference: String, to other: String, as kind: String?, beside: Bool
  ) throws(EntryError) -> EnteredEvent {
    let body = try self.body(reference, on: day)
    let superior = try self.body(other, on: day)
    guard body.key != superior.key else { throw .refused("\(reference) cannot be under itself") }
    let kind = try relationshipKind(kind)
    let attached = Change.Content.relationship(organisation: body.key, kind: kind, superior: superior.key, grade: nil)
    let again = try again(attached, of: body, .relationship)
    // An event that is said again ends what held before it.
    let held = try relationships(of: body, kind, on: again == nil ? day : dayBefore)
    if let known = held.first(where: { $0.superior == superior.key }) {
      // A merger of the day carried it over, so there is nothing more to say.
      if !words.isProposed, try isCarried(known.fact) { return event }
      throw .refused("\(reference) is \(kind) \(other) on \(day) already")
    }
    try begin(
      .reparenting, code: spoken(body), title: "\(body.name ?? body.key) comes under \(superior.name ?? superior.key)",
      again: again)
    if !beside { for tie in held { try end(tie.fact) } }
    sayFromEvent(attached)
    return event
  }

  /// A body is no longer under another one.
  /// - Parameters:
  ///   - reference: the body below.
  ///   - other: the body above.
  ///   - kind: the kind of relationship. Nil means the first through which territory is read.
  public mutating func detach(_ reference: String, from other: String, as kind: String?) throws(EntryError)
    -> EnteredEvent
  {
    let body = try self.body(reference, on: dayBefore)
    let superior = try self.body(other, on: dayBefore)
    let kind = try relationshipKind(kind)
    let held = try relationships(of: body, kind, on: repeating == nil ? day : dayBefore)
    guard let tie = held.first(where: { $0.superior == superior.key }) else {
      throw .refused("\(reference) is not \(kind) \(other) on \(day)")
    }
    try begin(
      .reparenting, code: spoken(body), title: "\(body.name ?? body.key) leaves \(superior.name ?? superior.key)",
      again: repeating == nil ? nil : tie.fact.endEvent)
    try end(tie.fact)
    return event
  }

  /// The event that gave a body something, if an event is said again.
  private func again(
    _ content: Change.Content, of body: Organisation, _ kind: FactKind
  ) throws(EntryError) -> String? {
    repeating == nil ? nil : try eventStating(content, of: body, kind)
  }

  /// The relationships of a kind that hold on `day`.
  private func relationships(
    of body: Organisation, _ kind: String, on day: Day
  ) throws(EntryError) -> [(superior: String, fact: Change)] {
    try asked(facts.facts(.relationship, of: body.id, on: day)).compactMap { fact in
      guard let tie = Relationship(fact.content), tie.kind == kind else { return nil }
      return (tie.superior, fact)
    }
  }

  private mutating func end(_ fact: Change) throws(EntryError) {
    if try firstDay(of: fact).map({ $0 >= day }) ?? false {
      if !words.isProposed, let key = fact.key, try isCarried(fact) { return say(.retract(key: key)) }
      throw .refused("'\(fact.key ?? "")' begins on \(day) itself: retract that fact, or amend what dates it")
    }
    var ended = fact
    (ended.end, ended.endEvent, ended.endStatus) = (nil, eventKey, .stated)
    event.changes.changes.append(ended)
  }

  func firstDay(of fact: Change) throws(EntryError) -> Day? {
    switch fact.start {
    case .day(let day): return day
    case .event(let key):
      return try asked(facts.event(key))?.content.event?.detail.day
    case nil: return nil
    }
  }

  /// States an amount of a body for a period. This is not an event, because nothing happens to the body.
  public mutating func measure(
    _ reference: String, kind: String, amount: Double, until last: Day?, nature: MeasureNature?
  ) throws(EntryError) -> EnteredEvent {
    let body = try self.body(reference, on: day)
    event.changes.changes.append(
      Change(
        .measure(organisation: body.key, kind: kind, amount: amount, nature: nature), start: .day(day),
        end: last?.next, source: try source(), note: words.note))
    return event
  }
}
