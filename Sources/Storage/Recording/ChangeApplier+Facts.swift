/// Turns the facts of statements into rows.
extension ChangeApplier {
  func state(_ fact: Fact, _ change: Change) throws(Failure) {
    let schema = fact.kind.schema
    if let flaw = schema.flaw(fact.values) { throw .misunderstood(flaw) }
    guard schema.isDated else { return try stateUndated(fact, change) }
    let (start, event) = try start(of: change)
    let source = try source(of: change, event: event?.key)
    var (values, named) = try resolve(fact, on: start, change)
    if fact.kind == .life {
      let timeline = named[1].text.flatMap(Timeline.init) ?? .legal
      let day = event.map { $0.detail.day(timeline) } ?? start
      return try begin(timeline, on: day, event: event?.id, values[0].integer ?? 0, change, source)
    }
    let key = change.key ?? Self.key(schema, named, dated: event?.key ?? start.description)
    try resolveHolder(of: fact, key, change, &values)
    let stored = try attempt(pending.row(fact.kind, key))?.validity
    let end = try end(of: change, .legal)
    try mustLast(from: start, until: end?.day)
    var validity = Validity(
      period: Period(start, end?.day), startStatus: change.status, endStatus: change.endStatus,
      startEvent: event?.id, endEvent: end?.event)
    if end == nil, let stored { validity.ending = stored.ending }
    var row = FactRow(
      kind: fact.kind, key: key, values: values, validity: validity, source: source, note: change.note)
    if stored == nil { try insertIntoTimeline(&row) }
    pending.put(row, origin: change.origin)
  }

  private func stateUndated(_ fact: Fact, _ change: Change) throws(Failure) {
    let schema = fact.kind.schema
    if fact.kind == .proposalStatement { return try propose(fact, change) }
    let event: Event? = if let key = fact.event { try self.event(key) } else { nil }
    let (values, named) = try resolve(fact, on: event?.detail.day, change)
    if schema.joinsTwoBodies, Set(schema.bodies.map { values[$0] }).count < schema.bodies.count {
      throw .misunderstood("'\(fact.bodies.first ?? "")' is both the body before and the body after")
    }
    guard let key = change.key ?? schema.path(named) else { throw .misunderstood("a \(schema.record) needs a key") }
    let source: Int64? = schema.hasSource ? try source(of: change, event: event?.key) : nil
    let row = FactRow(kind: fact.kind, key: key, values: values, source: source, note: change.note)
    if fact.kind == .eventDetail {
      try describe(values[0].integer ?? 0, row, change)
    } else {
      try put(row, change)
    }
  }

  private static func key(_ schema: FactSchema, _ named: [Value], dated by: String) -> String {
    let owner = schema.owners.lazy.compactMap { named[$0].text }.first ?? ""
    return "\(owner)/\(schema.path(named) ?? "")@\(by)"
  }

  // MARK: Words become ids

  /// The values of the columns of a fact, without its holder; and what the statement says, with permanent keys in place
  /// of codes.
  private func resolve(
    _ fact: Fact, on firstDay: Day?, _ change: Change
  ) throws(Failure) -> (values: [Value], named: [Value]) {
    let references = fact.kind.schema.references
    var values: [Value] = []
    var named = fact.values
    values.reserveCapacity(references.count)
    for index in references.indices {
      let said = fact.values[index]
      let word = said.text
      switch references[index] {
      case .none, .text, .title, .code: values.append(said)
      case .amount:
        if let flaw = said.real.flatMap(Amount.flaw) { throw .misunderstood(flaw) }
        values.append(said)
      case .status: values.append(.text(change.status.rawValue))
      case .identity(let identity, let isNew):
        let key = isNew ? try newKey(word ?? "") : word ?? ""
        let id = isNew ? try attempt(keys.add(identity, key)) : try self.identity(identity, key)
        values.append(.integer(id))
      case .word(let kind):
        values.append(Value(try word.map { word throws(Failure) in try self.word(kind, word, in: fact.kind, index) }))
      case .body(let reading):
        guard let reference = word else {
          values.append(.null)
          break
        }
        let body = try organisation(reference, on: day(reading, of: fact, firstDay))
        values.append(.integer(body))
        let key = try organisationKey(body)
        if key != reference { named[index] = .text(key) }
      }
    }
    return (values, named)
  }

  /// The id of a word in a column of a fact. Another column of the same field may have words of its own.
  private func word(_ kind: WordKind, _ key: String, in fact: FactKind, _ column: Int) throws(Failure) -> Int64 {
    if let id = keys.id(of: kind, key) { return id }
    guard case .word(_, let besides) = fact.schema.columns[column].type else { return try word(kind, key) }
    return try word(kind, key, besides: besides)
  }

  private func day(_ reading: ColumnType.Reading, of fact: Fact, _ firstDay: Day?) -> Day? {
    switch reading {
    case .onFirstDay: firstDay
    case .dayBeforeEvent: firstDay?.previous
    case .onDay(let column): fact.values[column].day
    case .dayBefore(let column): fact.values[column].day?.previous
    }
  }

  // MARK: Dates

  func mustLast(from start: Day, until end: Day?) throws(Failure) {
    guard let end, end <= start else { return }
    throw .misunderstood("the last day \(end.previous) is before the first day \(start)")
  }

  /// The day on which a dated fact begins, and the event that dates it.
  private func start(of change: Change) throws(Failure) -> (Day, Event?) {
    switch change.start {
    case .day(let day): return (day, nil)
    case .event(let key):
      let event = try event(key)
      return (event.detail.day, event)
    case nil: throw .misunderstood("the line needs a first day ('from') or an 'event'")
    }
  }

  /// The first day on which a dated fact no longer holds, and the event that dates it. Nil if neither is stated.
  func end(of change: Change, _ timeline: Timeline) throws(Failure) -> (day: Day, event: Int64?)? {
    guard let key = change.endEvent else { return change.end.map { ($0, nil) } }
    let event = try event(key)
    return (event.detail.day(timeline), event.id)
  }

  /// Keeps invariant 4. `row` ends the fact that holds on its first day, and takes over its end. If there is no such
  /// fact, `row` ends where the next one begins, or with the first of its bodies to end.
  private func insertIntoTimeline(_ row: inout FactRow) throws(Failure) {
    guard var validity = row.validity else { return }
    let schema = row.kind.schema
    let isEnded = validity.period.end != nil
    if let timeline = schema.timeline {
      let rows = try attempt(pending.rows(row.kind, of: row.owner))
        .filter { $0.key != row.key && timeline.include($0.values, row.values, keys) }
      for var other in rows {
        guard var before = other.validity, before.start < validity.start, before.period.contains(validity.start) else {
          continue
        }
        if isEnded {
          // Two stated ends contradict each other, and the schema refuses them.
          guard before.period.end == nil || before.endEvent != nil else { return }
        } else {
          validity.ending = before.ending
        }
        before.ending = validity.beginning
        other.validity = before
        row.validity = validity
        return pending.put(other, origin: nil)
      }
      if !isEnded,
        let next = rows.compactMap(\.validity).filter({ $0.start > validity.start })
          .min(by: { $0.start < $1.start })
      {
        validity.ending = next.beginning
        row.validity = validity
        return
      }
    }
    guard !isEnded, schema.endsWithBodies else { return }
    var ends = [try endOfLife(row.owner)]
    if let other = row.other { ends.append(try endOfLife(other)) }
    if let last = ends.compactMap({ $0 })
      .min(by: { ($0.period.end ?? .distantFuture) < ($1.period.end ?? .distantFuture) })
    {
      validity.ending = last.ending
    }
    row.validity = validity
  }
}
