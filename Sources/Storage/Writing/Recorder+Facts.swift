/// Dated facts, events that open and close, and links between bodies.
extension Recorder {
  // MARK: Lives

  func open(
    _ event: (id: Int64, key: String, detail: EventDetail), _ organisation: Int64, kind: String?, _ change: Change
  ) throws(Failure) {
    let source = try source(of: change, event: event.key)
    try begin(.legal, on: event.detail.day, event: event.id, organisation, change, source)
    if let day = event.detail.operationalDay {
      try begin(.operational, on: day, event: event.id, organisation, change, source)
    }
    guard let kind else { return }
    let role = Change(
      .role(organisation: try organisationKey(organisation), kind: kind, scheme: nil), start: .event(event.key),
      status: change.status, source: change.source, origin: change.origin)
    try date(role)
  }

  private func begin(
    _ timeline: Timeline, on day: Day, event: Int64?, _ organisation: Int64, _ change: Change, _ source: Int64?
  ) throws(Failure) {
    let owner = try organisationKey(organisation)
    let key = change.key ?? "\(owner)/life/\(timeline.rawValue)"
    let stored = try attempt { () throws(DatabaseError) in try ledger.row(.life, key) }?.period
    let end = try end(of: change, timeline)
    let period = DatedPeriod(
      start: day, end: end?.day ?? stored?.end, startStatus: change.status,
      endStatus: end != nil ? change.endStatus : stored?.endStatus ?? .stated, startEvent: event,
      endEvent: end != nil ? end?.event : stored?.endEvent)
    ledger.put(
      FactRow(
        table: .life, key: key, columns: [.integer(organisation), .text(timeline.rawValue)], period: period,
        source: source, note: change.note), origin: change.origin)
  }

  func close(
    _ event: (id: Int64, key: String, detail: EventDetail), _ reference: String, _ change: Change
  ) throws(Failure) {
    let organisation = try organisation(reference, on: event.detail.day.previous)
    let lives = try attempt { () throws(DatabaseError) in try ledger.rows(.life, of: organisation) }
    guard !lives.isEmpty else {
      throw .misunderstood("'\(reference)' cannot be closed: the register does not know that it ever lived")
    }
    for life in lives {
      let day = event.detail.day(life.columns[1].text.flatMap(Timeline.init) ?? .legal)
      try cut(life, on: day, event: event.id, status: change.status, change.origin)
    }
    for table in FactTable.allCases where table.endsWithBodies {
      let rows = try attempt { () throws(DatabaseError) in
        try ledger.rows(table, of: organisation) + ledger.rows(table, naming: organisation)
      }
      for row in rows { try cut(row, on: event.detail.day, event: event.id, status: change.status, change.origin) }
    }
  }

  /// Ends a fact on `day` if it goes on beyond it; one that ends earlier stays as it is.
  private func cut(
    _ row: FactRow, on day: Day, event: Int64, status: Certainty, _ origin: Change.Origin?
  ) throws(Failure) {
    guard var period = row.period, period.end.map({ $0 >= day }) ?? true else { return }
    guard period.start < day else {
      throw .misunderstood(
        "'\(row.key)' begins on \(period.start), which is not before the end of the body on \(day): amend or retract it"
      )
    }
    period.end = day
    period.endEvent = event
    period.endStatus = status
    var row = row
    row.period = period
    ledger.put(row, origin: nil)
  }

  // MARK: Dated facts

  func date(_ change: Change) throws(Failure) {
    let (start, event) = try start(of: change)
    let source = try source(of: change, event: event?.key)
    let suffix = "@" + (event?.key ?? start.description)
    let table: FactTable
    let columns: [Value]
    let path: String
    /// What the key begins with, where that is not the body.
    var subject: String?
    switch change.content {
    case .life(let reference, let timeline):
      let organisation = try organisation(reference, on: start)
      let day = event.map { $0.detail.day(timeline) } ?? start
      return try begin(timeline, on: day, event: event?.id, organisation, change, source)
    case .code(let reference, let scheme, let value):
      table = .code
      columns = [.integer(try organisation(reference, on: start)), .integer(try word(.scheme, scheme)), .text(value)]
      path = "code/\(scheme)/\(value)"
    case .name(let reference, let scheme, let value):
      table = .name
      columns = [.integer(try organisation(reference, on: start)), .integer(try word(.scheme, scheme)), .text(value)]
      path = "name/\(scheme)"
    case .role(let reference, let kind, let scheme):
      table = .role
      let scheme: Int64? = if let scheme { try word(.scheme, scheme) } else { nil }
      columns = [.integer(try organisation(reference, on: start)), .integer(try word(.kind, kind)), Value(scheme)]
      path = "role/\(kind)"
    case .relationship(let reference, let kind, let superiorReference, let grade):
      table = .relationship
      let superior = try organisation(superiorReference, on: start)
      columns = [
        .integer(try organisation(reference, on: start)), .integer(try word(.relationshipKind, kind)),
        .integer(superior), Value(grade),
      ]
      path = "\(kind)/\(try organisationKey(superior))"
    case .measure(let reference, let kind, let amount, let nature):
      table = .measure
      columns = [
        .integer(try organisation(reference, on: start)), .integer(try word(.measureKind, kind)), .real(amount),
        Value(nature?.rawValue),
      ]
      path = "measure/\(kind)" + (nature.map { "/\($0.rawValue)" } ?? "")
    case .responsibility(let service, let commissioner, let reference, let nature):
      table = .responsibility
      let beneficiary: Int64? = if let reference { try organisation(reference, on: start) } else { nil }
      let columnsOfCommissioner: [Value]
      switch commissioner {
      case .kind(let kind):
        columnsOfCommissioner = [.null, .integer(try word(.kind, kind))]
        subject = kind
      case .organisation(let reference):
        columnsOfCommissioner = [.integer(try organisation(reference, on: start)), .null]
      }
      columns =
        columnsOfCommissioner + [.integer(try word(.service, service)), Value(beneficiary), .text(nature.rawValue)]
      let scope = try beneficiary.map { id throws(Failure) in "/" + (try organisationKey(id)) }
      path = "commissions/\(service)" + (scope ?? "")
    case .appointment(let reference, let appointment):
      table = .appointment
      let organisation = try organisation(reference, on: start)
      path = appointment.path
      let body = try organisationKey(organisation)
      let key = change.key ?? "\(body)/\(path)\(suffix)"
      columns = [
        .integer(organisation), .integer(try word(.seat, appointment.seat)), .text(appointment.nature.rawValue),
        Value(appointment.profession), Value(try holder(of: appointment, key, note: change.note)),
      ]
    case .constitution(let reference, let version):
      table = .constitution
      columns = [.integer(try organisation(reference, on: start)), .text(version)]
      path = "constitution"
    default: return
    }
    let owner = if let subject { subject } else { try organisationKey(columns[0].integer ?? 0) }
    let key = change.key ?? "\(owner)/\(path)\(suffix)"
    let stored = try attempt { () throws(DatabaseError) in try ledger.row(table, key) }?.period
    let end = try end(of: change, .legal)
    var period = DatedPeriod(
      start: start, end: end?.day, startStatus: change.status, endStatus: change.endStatus, startEvent: event?.id,
      endEvent: end?.event)
    if end == nil, let stored {
      (period.end, period.endStatus, period.endEvent) = (stored.end, stored.endStatus, stored.endEvent)
    }
    var row = FactRow(table: table, key: key, columns: columns, period: period, source: source, note: change.note)
    if stored == nil { try insertIntoTimeline(&row) }
    ledger.put(row, origin: change.origin)
  }

  /// The day on which a dated fact begins, and the event that dates it.
  private func start(of change: Change) throws(Failure) -> (Day, (id: Int64, key: String, detail: EventDetail)?) {
    switch change.start {
    case .day(let day): return (day, nil)
    case .event(let key):
      let event = try event(key)
      return (event.detail.day, event)
    case nil: throw .misunderstood("the line needs a first day ('from') or an 'event'")
    }
  }

  /// The first day on which a dated fact no longer holds, and the event that dates it; nil: not said.
  private func end(of change: Change, _ timeline: Timeline) throws(Failure) -> (day: Day, event: Int64?)? {
    guard let key = change.endEvent else { return change.end.map { ($0, nil) } }
    let event = try event(key)
    return (event.detail.day(timeline), event.id)
  }

  /// Invariant 4: `row` ends the fact that runs on its first day and takes over that one's end; without one it ends
  /// where the next begins, or with the body; a relationship with the first of its two bodies that ends.
  private func insertIntoTimeline(_ row: inout FactRow) throws(Failure) {
    guard var period = row.period else { return }
    let isEnded = period.end != nil
    if [.code, .name, .role, .appointment, .constitution].contains(row.table) {
      let rows = try attempt { [row] () throws(DatabaseError) in
        try ledger.rows(row.table, of: row.owner).filter { $0.key != row.key && self.sameTimeline($0, row) }
      }
      for var other in rows {
        guard var before = other.period, before.start < period.start, before.period.contains(period.start) else {
          continue
        }
        if isEnded {
          // Two ends that were both stated contradict each other: the schema refuses them.
          guard before.end == nil || before.endEvent != nil else { return }
        } else {
          (period.end, period.endStatus, period.endEvent) = (before.end, before.endStatus, before.endEvent)
        }
        (before.end, before.endStatus, before.endEvent) = (period.start, period.startStatus, period.startEvent)
        other.period = before
        row.period = period
        return ledger.put(other, origin: nil)
      }
      if !isEnded,
        let next = rows.compactMap(\.period).filter({ $0.start > period.start }).min(by: { $0.start < $1.start })
      {
        (period.end, period.endStatus, period.endEvent) = (next.start, next.startStatus, next.startEvent)
        row.period = period
        return
      }
    }
    guard !isEnded, row.table.endsWithBodies else { return }
    var ends = [try endOfLife(row.owner)]
    if let other = row.other { ends.append(try endOfLife(other)) }
    if let last = ends.compactMap({ $0 }).min(by: { ($0.end ?? .distantFuture) < ($1.end ?? .distantFuture) }) {
      (period.end, period.endStatus, period.endEvent) = (last.end, last.endStatus, last.endEvent)
    }
    row.period = period
  }

  /// When the last life of a body ended; nil: it lives on, or was never said to live. An event that ended it ends its
  /// facts on the legal day, as `close` does.
  private func endOfLife(_ organisation: Int64) throws(Failure) -> DatedPeriod? {
    let lives = try attempt { () throws(DatabaseError) in try ledger.rows(.life, of: organisation) }
    let periods = lives.compactMap(\.period)
    guard periods.allSatisfy({ $0.end != nil }),
      let last = periods.max(by: { ($0.end ?? .distantPast) < ($1.end ?? .distantPast) })
    else { return nil }
    let legal = lives.first { life in
      life.columns[1].text == Timeline.legal.rawValue && last.endEvent != nil && life.period?.endEvent == last.endEvent
    }
    return legal?.period ?? last
  }

  private func sameTimeline(_ left: FactRow, _ right: FactRow) -> Bool {
    switch left.table {
    case .code, .name: left.columns[1] == right.columns[1]
    case .role: keys.exclude(left.columns[1].integer ?? 0, right.columns[1].integer ?? 0)
    case .appointment: left.columns[1] == right.columns[1] && keys.isSingle(seat: left.columns[1].integer ?? 0)
    case .constitution: true
    default: false
    }
  }

  // MARK: Links, and what is known of territory

  func state(_ change: Change) throws(Failure) {
    switch change.content {
    case .succession(let eventKey, let predecessor, let successor, let nature):
      let event = try event(eventKey)
      let pair = try pair(predecessor, successor, event.detail.day)
      try put(
        .succession, change.key ?? "\(eventKey)/succession/\(pair.path)",
        [
          .integer(event.id), .integer(pair.from), .integer(pair.to), .text(nature.rawValue),
          .text(change.status.rawValue),
        ],
        change, source: try source(of: change, event: eventKey))
    case .movement(let eventKey, let parcel, let successor):
      let event = try event(eventKey)
      try put(
        .movement, change.key ?? "\(eventKey)/movement/\(parcel)",
        [
          .integer(event.id), .integer(try identity(.parcel, parcel)),
          .integer(try organisation(successor, on: event.detail.day)),
        ], change, source: try source(of: change, event: eventKey))
    case .flow(let eventKey, let predecessor, let successor, let basis, let amount):
      let event = try event(eventKey)
      var from: Int64?
      let to: Int64
      let path: String
      if let predecessor {
        let pair = try pair(predecessor, successor, event.detail.day)
        (from, to, path) = (pair.from, pair.to, pair.path)
      } else {
        to = try organisation(successor, on: event.detail.day)
        path = "outside/\(try organisationKey(to))"
      }
      try put(
        .flow, change.key ?? "\(eventKey)/flow/\(path)/\(basis)",
        [.integer(event.id), Value(from), .integer(to), .integer(try word(.basis, basis)), .real(amount)],
        change, source: try source(of: change, event: eventKey))
    case .anchor(let parcel, let reference, let day):
      try put(
        .anchor, change.key ?? "\(parcel)/anchor",
        [
          .integer(try identity(.parcel, parcel)), .integer(try organisation(reference, on: day)), Value(day),
          .text(change.status.rawValue),
        ], change, source: try source(of: change, event: nil))
    case .claim(let kind, let reference, let from, let to, let value, let amount, let scheme, let topic):
      guard let key = change.key else { throw .misunderstood("a claim needs a key") }
      guard reference == nil || (topic != nil && amount == nil) else {
        throw .misunderstood("a claim about one body counts no bodies: give it a topic, and leave its amount blank")
      }
      guard topic == nil || amount == nil else {
        throw .misunderstood("a claim with a topic counts no bodies: leave its amount blank, or the topic")
      }
      let organisation: Int64? = if let reference { try organisation(reference, on: from) } else { nil }
      let scheme: Int64? = if let scheme { try word(.scheme, scheme) } else { nil }
      try put(
        .claim, key,
        [.integer(try word(.kind, kind)), Value(organisation)] + (try columns(of: topic)) + [
          Value(from), Value(to), .text(value), Value(amount), Value(scheme),
        ], change, source: try source(of: change, event: nil))
    case .observation(let predecessor, let predecessorDay, let successor, let successorDay, let basis, let amount):
      let from = try organisation(predecessor, on: predecessorDay)
      let to = try organisation(successor, on: successorDay)
      let path = "\(try organisationKey(from))@\(predecessorDay)/\(try organisationKey(to))@\(successorDay)"
      try put(
        .observation,
        change.key
          ?? "\(basis)/\(path)",
        [
          .integer(from), Value(predecessorDay), .integer(to), Value(successorDay), .integer(try word(.basis, basis)),
          .real(amount),
        ], change, source: try source(of: change, event: nil))
    default: return
    }
  }

  /// What a claim is about, as the columns `topic` and `measure_kind_id`.
  private func columns(of topic: ClaimTopic?) throws(Failure) -> [Value] {
    guard case .measure(let kind)? = topic else { return [Value(topic?.word), .null] }
    guard let measure = keys.id(of: .measureKind, kind) else {
      let known = ClaimTopic.unmeasured.map(\.word) + keys.known(.measureKind)
      throw .misunderstood("unknown topic '\(kind)' of a claim (known: \(known.joined(separator: ", ")))")
    }
    return [.null, .integer(measure)]
  }

  private func pair(
    _ predecessor: String, _ successor: String, _ day: Day
  ) throws(Failure) -> (from: Int64, to: Int64, path: String) {
    let from = try organisation(predecessor, on: day.previous)
    let to = try organisation(successor, on: day)
    guard from != to else { throw .misunderstood("'\(predecessor)' cannot succeed itself") }
    return (from, to, "\(try organisationKey(from))/\(try organisationKey(to))")
  }
}
