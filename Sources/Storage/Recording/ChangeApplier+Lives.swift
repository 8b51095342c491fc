/// Begins and ends the lives of bodies, and ends the facts that end with them.
///
/// Kept here:
/// 1. A life is ended by one event. Another event can neither end it again nor make it shorter.
/// 2. What another event of the day gave a body that ends on that day, the body never had: it is taken back. So the
///    order in which the events of a day are told does not matter.
extension ChangeApplier {
  func open(_ event: Event, _ organisation: Int64, kind: String?, _ change: Change) throws(Failure) {
    let source = try source(of: change, event: event.key)
    try begin(.legal, on: event.detail.day, event: event.id, organisation, change, source)
    if let day = event.detail.operationalDay {
      try begin(.operational, on: day, event: event.id, organisation, change, source)
    }
    guard let kind else { return }
    let role = Fact(.role, [.text(try organisationKey(organisation)), .text(kind), .null])
    try state(
      role,
      Change(
        .fact(role), start: .event(event.key), status: change.status, source: change.source, origin: change.origin))
  }

  func begin(
    _ timeline: Timeline, on day: Day, event: Int64?, _ organisation: Int64, _ change: Change, _ source: Int64?
  ) throws(Failure) {
    let owner = try organisationKey(organisation)
    let key = change.key ?? "\(owner)/life/\(timeline.rawValue)"
    let stored = try attempt(pending.row(.life, key))?.validity
    let end = try end(of: change, timeline)
    try mustLast(from: day, until: end?.day)
    var validity = Validity(
      period: Period(day, end?.day), startStatus: change.status, endStatus: change.endStatus, startEvent: event,
      endEvent: end?.event)
    if end == nil { validity.ending = stored?.ending ?? (nil, .stated, nil) }
    pending.put(
      FactRow(
        kind: .life, key: key, values: [.integer(organisation), .text(timeline.rawValue)], validity: validity,
        source: source, note: change.note), origin: change.origin)
  }

  func close(_ event: Event, _ reference: String, _ change: Change) throws(Failure) {
    let organisation = try organisation(reference, on: event.detail.day.previous)
    let lives = try attempt(pending.rows(.life, of: organisation))
    guard !lives.isEmpty else {
      throw .misunderstood("'\(reference)' cannot be closed: the register does not know that it ever lived")
    }
    for life in lives {
      let day = event.detail.day(life.timeline)
      try mustNotHaveEnded(life, on: day, by: event, reference)
      try cut(life, on: day, event: event.id, change)
    }
    for kind in FactKind.allCases where kind.schema.endsWithBodies {
      let rows = try attempt(pending.rows(kind, of: organisation) + pending.rows(kind, naming: organisation))
      for row in rows { try cut(row, on: event.detail.day, event: event.id, change) }
    }
  }

  /// Keeps invariant 1.
  private func mustNotHaveEnded(
    _ life: FactRow, on day: Day, by event: Event, _ reference: String
  ) throws(Failure) {
    guard let ending = life.validity?.ending, let end = ending.day, ending.event != event.id else { return }
    if let other = ending.event {
      let key = try attempt(keys.key(of: .event, other)) ?? ""
      throw .misunderstood(
        "'\(reference)' ended already, on \(end) by the event \(key): amend or undo that event, or take back this one")
    }
    guard end >= day else { throw .misunderstood("'\(reference)' ended already: its last day was \(end.previous)") }
  }

  /// Ends a fact on `day`. A fact that ends earlier stays as it is.
  private func cut(_ row: FactRow, on day: Day, event: Int64, _ change: Change) throws(Failure) {
    guard var validity = row.validity, validity.period.end.map({ $0 >= day }) ?? true else { return }
    guard validity.start < day else {
      if validity.start == day, row.kind != .life, let other = validity.startEvent, other != event {
        return pending.remove(row.kind, row.key)
      }
      throw .misunderstood(
        "'\(row.key)' begins on \(validity.start), which is not before the end of the body on \(day): amend or retract it"
      )
    }
    validity.ending = (day, change.status, event)
    var row = row
    row.validity = validity
    pending.put(row, origin: nil)
  }

  /// When the last life of a body ended. Nil if the body lives, or if the register knows no life of it. If an event
  /// ended the life, its legal day counts, as in `close`.
  func endOfLife(_ organisation: Int64) throws(Failure) -> Validity? {
    let lives = try attempt(pending.rows(.life, of: organisation))
    let periods = lives.compactMap(\.validity)
    guard periods.allSatisfy({ $0.period.end != nil }),
      let last = periods.max(by: { ($0.period.end ?? .distantPast) < ($1.period.end ?? .distantPast) })
    else { return nil }
    let legal = lives.first { life in
      life.timeline == .legal && last.endEvent != nil && life.validity?.endEvent == last.endEvent
    }
    return legal?.validity ?? last
  }
}
