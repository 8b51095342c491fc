/// Turns the statements of a change set into facts.
///
/// Kept here:
/// 1. Statements may stand in any order: words first, then identities, events, lives, facts, and endings last.
/// 2. Every statement that cannot be understood becomes a problem with its line; all are found before one is reported.
/// 3. Saying the same again changes nothing: the key of a fact is made from what identifies it.
/// 4. Of one timeline (codes or names of a scheme, roles of a group, a seat that is single, constitutions) the next begins where the last one ends,
///    whichever was said first.
/// 5. A boundary that an event dates moves with the event.
final class Recorder {
  let database: Database
  let keys: Keys
  let ledger: Ledger
  let revision: Int64
  let units: UnitWriter
  private(set) var problems: [Problem] = []
  /// The names that were erased.
  var redactions: [RowChange] = []
  /// The oldest revision that is undone; nil: none.
  var undone: Int64?
  private var events: [Int64: EventDetail] = [:]

  /// - Parameter statementCount: how many statements are to come.
  init(_ database: Database, revision: Int64, statementCount: Int) throws(DatabaseError) {
    self.database = database
    self.revision = revision
    let readsWholeTables = statementCount > 5_000
    keys = try Keys(database, revision: revision, readingWholeTables: readsWholeTables)
    ledger = try Ledger(database, readingWholeTables: readsWholeTables)
    units = UnitWriter(database, revision: revision, startsEmpty: ledger.startsEmpty)
  }

  func apply(_ changes: [Change]) throws(DatabaseError) {
    var indices = [[Int]](repeating: [], count: Stage.allCases.count)
    for index in changes.indices { indices[changes[index].content.stage.rawValue].append(index) }
    for index in indices.joined() {
      do {
        try apply(changes[index])
      } catch {
        switch error {
        case .database(let error): throw error
        case .misunderstood(let message): problems.append(Problem(origin: changes[index].origin, message: message))
        case .impossible(let reasons):
          problems += reasons.map { Problem(origin: changes[index].origin, message: $0) }
        }
      }
    }
  }

  /// Why one statement could not be applied.
  enum Failure: Error {
    case database(DatabaseError)
    case misunderstood(String)
    /// It is understood, and for these reasons cannot be done.
    case impossible([String])
  }

  private func apply(_ change: Change) throws(Failure) {
    switch change.content {
    case .scheme(let scheme):
      try define(.scheme, scheme.key, [("name", .text(scheme.name)), ("rank", .integer(Int64(scheme.rank)))])
    case .kind(let kind):
      try define(
        .kind, kind.key,
        [("name", .text(kind.name)), ("tier", Value(kind.tier)), ("exclusive_group", Value(kind.exclusiveGroup))])
    case .relationshipKind(let kind):
      try define(.relationshipKind, kind.key, [("name", .text(kind.name)), ("is_parent", Value(kind.isParent))])
    case .partition(let partition):
      try define(
        .partition, partition.key, [("name", .text(partition.name)), ("unit_name", .text(partition.unitName))])
    case .basis(let basis):
      let partition: Int64? = if let key = basis.partition { try word(.partition, key) } else { nil }
      try define(
        .basis, basis.key,
        [
          ("name", .text(basis.name)), ("partition_id", Value(partition)), ("unit_name", .text(basis.unitName)),
          ("as_at", Value(basis.asAt)), ("counts_units", Value(basis.countsUnits)),
        ])
    case .measureKind(let kind):
      try define(.measureKind, kind.key, [("name", .text(kind.name)), ("unit_name", .text(kind.unitName))])
    case .service(let service): try define(.service, service.key, [("name", .text(service.name))])
    case .seat(let seat):
      try define(.seat, seat.key, [("name", .text(seat.name)), ("is_single", Value(seat.isSingle))])
    case .source(let key, let citation): try cite(key, citation, change)
    case .organisation(let key): try attempt { () throws(DatabaseError) in _ = try keys.add(.organisation, key) }
    case .parcel(let key, let partition):
      let partition = try word(.partition, partition)
      try attempt { () throws(DatabaseError) in _ = try keys.add(.parcel, key, partition: partition) }
    case .event(let key, let detail): try describe(key, detail, change)
    case .open(let event, let organisation, let kind):
      try open(try self.event(event), try self.organisation(organisation), kind: kind, change)
    case .close(let event, let organisation): try close(try self.event(event), organisation, change)
    case .succession, .movement, .flow, .claim, .anchor, .observation: try state(change)
    case .seatRule(let rule): try require(rule, change)
    case .life, .code, .name, .role, .relationship, .measure, .responsibility, .appointment, .constitution:
      try date(change)
    case .unit(let partition, let code, let parcel, let amounts):
      let source = try source(of: change, event: nil)
      let unit = UnitWriter.Unit(
        partition: try word(.partition, partition), code: code, parcel: try identity(.parcel, parcel))
      let known = try amounts.map { amount throws(Failure) in (try word(.basis, amount.basis), amount.amount) }
      do {
        try units.place(unit, source: source, note: change.note)
        for (basis, amount) in known {
          try units.measure(code, basis: basis, amount: amount, source: source, note: change.note)
        }
      } catch  where error.isConstraint {
        throw .misunderstood("the unit '\(code)' is described twice in one change set: say all of it in one line")
      } catch {
        throw .database(error)
      }
    case .plan(let key, let day, let words):
      try put(.plannedEvent, key, [Value(day), Registry.list(words)], change, source: nil)
    case .retract(let key): try retract(key)
    case .undo(let target): try undo(target)
    case .redact(let holder): try redact(holder)
    }
  }

  // MARK: Words and identities

  private func define(_ word: Keys.Word, _ key: String, _ columns: [(name: String, value: Value)]) throws(Failure) {
    let same = try attempt { () throws(DatabaseError) in try keys.define(word, key, columns) }
    guard same else {
      throw .misunderstood("the \(word.spoken) '\(key)' already means something else in this register")
    }
  }

  private func cite(_ key: String, _ citation: Citation, _ change: Change) throws(Failure) {
    let id = try attempt { () throws(DatabaseError) in try keys.add(.source, key) }
    try put(
      .citation, change.key ?? "\(key)/citation",
      [
        .integer(id), .text(citation.title), Value(citation.instrument?.rawValue), Value(citation.year.map(Int64.init)),
        Value(citation.number), Value(citation.provision), Value(citation.made), Value(citation.inForce),
        Value(citation.url), Value(citation.retrieved),
      ], change, source: nil)
  }

  private func describe(_ key: String, _ detail: EventDetail, _ change: Change) throws(Failure) {
    let id = try attempt { () throws(DatabaseError) in try keys.add(.event, key) }
    if let before = try attempt({ () throws(DatabaseError) in try ledger.row(.eventDetail, "\(key)/detail") }),
      let old = EventDetail(before), old.day != detail.day || old.operationalDay != detail.operationalDay
    {
      try redate(id, from: old, to: detail, change.origin)
    }
    events[id] = detail
    try put(
      .eventDetail, change.key ?? "\(key)/detail",
      [
        .integer(id), .text(detail.type.rawValue), Value(detail.day), Value(detail.operationalDay), Value(detail.title),
        .text(change.status.rawValue),
      ], change, source: try source(of: change, event: nil))
  }

  /// Invariant 5.
  private func redate(
    _ event: Int64, from old: EventDetail, to new: EventDetail, _ origin: Change.Origin?
  ) throws(Failure) {
    for var row in try attempt({ () throws(DatabaseError) in try ledger.rows(datedBy: event) }) {
      row.period?.move(event, from: old, to: new)
      if let period = row.period, let end = period.end, end <= period.start {
        throw .misunderstood(
          "'\(row.key)' would begin on \(period.start) and end before that, on \(end.previous): amend it, or what ends it"
        )
      }
      ledger.put(row, origin: origin)
    }
  }

  private func retract(_ key: String) throws(Failure) {
    for table in FactTable.allCases {
      if try attempt({ () throws(DatabaseError) in try ledger.row(table, key) }) != nil {
        ledger.remove(table, key)
        return
      }
    }
    throw .misunderstood("no current fact has the key '\(key)'")
  }

  // MARK: Looking up

  func attempt<Result>(_ body: () throws(DatabaseError) -> Result) throws(Failure) -> Result {
    do { return try body() } catch { throw .database(error) }
  }

  func word(_ word: Keys.Word, _ key: String) throws(Failure) -> Int64 {
    if let id = keys.id(of: word, key) { return id }
    let known = keys.known(word)
    let list = known.isEmpty ? "this register has none yet" : "known: \(known.joined(separator: ", "))"
    throw .misunderstood("unknown \(word.spoken) '\(key)' (\(list))")
  }

  func identity(_ identity: Keys.Identity, _ key: String) throws(Failure) -> Int64 {
    if let id = try attempt({ () throws(DatabaseError) in try keys.id(of: identity, key) }) { return id }
    throw .misunderstood("unknown \(identity.spoken) '\(key)'")
  }

  func event(_ key: String) throws(Failure) -> (id: Int64, key: String, detail: EventDetail) {
    let id = try identity(.event, key)
    if let detail = events[id] { return (id, key, detail) }
    let row = try attempt { () throws(DatabaseError) in try ledger.row(.eventDetail, "\(key)/detail") }
    guard let detail = row.flatMap(EventDetail.init) else {
      throw .misunderstood("the event '\(key)' has no details: describe it with a line 'event'")
    }
    events[id] = detail
    return (id, key, detail)
  }

  /// A body by its key, or by a code that it has on `day` or, if nobody has it then, had the day before.
  func organisation(_ reference: String, on day: Day? = nil) throws(Failure) -> Int64 {
    if let id = try attempt({ () throws(DatabaseError) in try keys.id(of: .organisation, reference) }) { return id }
    guard let day else { throw .misunderstood("unknown organisation '\(reference)'") }
    let found = try attempt { () throws(DatabaseError) in
      try database.query(
        """
        SELECT organisation_id FROM code
        WHERE value = ?1 AND superseded_in IS NULL AND valid_from <= ?2 AND (valid_to IS NULL OR valid_to >= ?2)
        ORDER BY valid_from DESC
        """, [.text(reference), Value(day)]
      ) { $0.integer(0) }
    }
    guard let bearer = found.first else {
      throw .misunderstood("no organisation has the key or, on \(day), the code '\(reference)'")
    }
    return bearer
  }

  func organisationKey(_ id: Int64) throws(Failure) -> String {
    try attempt { () throws(DatabaseError) in try keys.key(of: .organisation, id) } ?? ""
  }

  /// The source that the line names, or that of its event.
  func source(of change: Change, event: String?) throws(Failure) -> Int64? {
    if let key = change.source { return try identity(.source, key) }
    guard let event else { return nil }
    return try attempt { () throws(DatabaseError) in try ledger.row(.eventDetail, "\(event)/detail") }?.source
  }

  func put(_ table: FactTable, _ key: String, _ columns: [Value], _ change: Change, source: Int64?) throws(Failure) {
    _ = try attempt { () throws(DatabaseError) in try ledger.row(table, key) }
    ledger.put(
      FactRow(table: table, key: key, columns: columns, source: source, note: change.note), origin: change.origin)
  }
}

extension EventDetail {
  /// What a row of `event_detail` says.
  init?(_ row: FactRow) {
    guard let type = row.columns[1].text.flatMap(EventType.init), let day = row.columns[2].day else { return nil }
    self.init(type: type, day: day, operationalDay: row.columns[3].day, title: row.columns[4].text)
  }
}

/// The order in which statements take effect.
enum Stage: Int, CaseIterable {
  case undos, words, bases, sources, identities, events, retractions, lives, facts, links, endings, redactions
}

extension Change.Content {
  var stage: Stage {
    switch self {
    case .undo: .undos
    case .scheme, .kind, .relationshipKind, .partition, .measureKind, .service, .seat: .words
    case .basis: .bases
    case .source: .sources
    case .organisation, .parcel: .identities
    case .event: .events
    case .retract: .retractions
    case .open, .life: .lives
    case .code, .name, .role, .relationship, .measure, .responsibility, .appointment, .constitution: .facts
    case .succession, .movement, .flow, .claim, .seatRule, .anchor, .unit, .observation, .plan: .links
    case .close: .endings
    case .redact: .redactions
    }
  }
}
