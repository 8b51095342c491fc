/// Turns the statements of a change set into facts.
///
/// Kept here:
/// 1. Statements may come in any order. They take effect in the order of their stages: words first, endings last.
/// 2. Every statement that cannot be understood becomes a problem with its line. All problems are reported together.
/// 3. Stating the same again changes nothing, because the key of a fact is made from what identifies it.
/// 4. On one timeline (codes or names of a scheme, roles of a group, a single seat) the next fact begins where the last
///    one ends, whichever was stated first.
/// 5. A boundary that an event dates moves with the event.
final class ChangeApplier {
  let database: Database
  let keys: Keys
  let pending: PendingFacts
  let revision: Int64
  let units: UnitWriter
  private(set) var problems: [Problem] = []
  /// One row for each name that was erased.
  var redactions: [RowChange] = []
  /// The oldest revision that is undone, if any.
  var undone: Int64?
  private var events: [Int64: EventDetail] = [:]
  /// The statements of the proposals that were read so far, by proposal.
  var proposed: [Int64: Proposed] = [:]

  /// - Parameter statementCount: how many statements will follow.
  init(_ database: Database, revision: Int64, statementCount: Int) throws(DatabaseError) {
    self.database = database
    self.revision = revision
    let readsWholeTables = statementCount > 5_000
    keys = try Keys(database, revision: revision, readingWholeTables: readsWholeTables)
    pending = try PendingFacts(database, readingWholeTables: readsWholeTables)
    units = UnitWriter(database, revision: revision, startsEmpty: pending.startsEmpty)
  }

  func apply(_ changes: [Change]) throws(DatabaseError) {
    var indices = [[Int]](repeating: [], count: Stage.allCases.count)
    for index in changes.indices { indices[changes[index].content.stage.rawValue].append(index) }
    for index in indices.joined() {
      do {
        try apply(tidied(changes[index]))
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
    /// It is understood, but cannot be done for these reasons.
    case impossible([String])
  }

  /// A statement with its own key and its note as the register spells them.
  private func tidied(_ change: Change) throws(Failure) -> Change {
    guard change.note != nil || change.key != nil else { return change }
    var change = change
    change.key = try change.key.map(newKey)
    let note = try change.note.map { note throws(Failure) in try tidy(note, "note") }
    change.note = note?.isEmpty ?? true ? nil : note
    return change
  }

  private func apply(_ change: Change) throws(Failure) {
    switch change.content {
    case .word(let word): try define(try tidied(word))
    case .organisation(let key):
      let key = try newKey(key)
      try attempt(keys.add(.organisation, key))
    case .parcel(let key, let partition):
      let (key, partition) = (try newKey(key), try word(.partition, partition))
      try attempt(keys.add(.parcel, key, partition: partition))
    case .fact(let fact): try state(try tidied(fact), change)
    case .open(let event, let organisation, let kind):
      try open(try self.event(event), try self.organisation(organisation), kind: kind, change)
    case .close(let event, let organisation): try close(try self.event(event), organisation, change)
    case .unit(let partition, let code, let parcel, let amounts):
      try place(code, of: partition, in: parcel, amounts, change)
    case .retract(let key): try retract(key)
    case .undo(let target): try undo(target)
    case .redact(let holder): try redact(holder)
    }
  }

  // MARK: Words, units, and what is taken back

  private func define(_ word: Word) throws(Failure) {
    if let flaw = word.kind.flaw(word.values) { throw .misunderstood(flaw) }
    var values: [Value] = []
    for (column, value) in zip(word.kind.columns, word.values) {
      if case .word(let kind, _) = column.type, let key = value.text {
        values.append(.integer(try self.word(kind, key)))
      } else {
        values.append(value)
      }
    }
    guard try attempt(keys.define(word.kind, word.key, values)) else {
      throw .misunderstood("the \(word.kind.spoken) '\(word.key)' already means something else in this register")
    }
  }

  private func place(
    _ code: String, of partition: String, in parcel: String, _ amounts: [UnitAmount], _ change: Change
  ) throws(Failure) {
    if let flaw = amounts.lazy.compactMap({ Amount.flaw($0.amount) }).first { throw .misunderstood(flaw) }
    let code = try tidy(code, "code of a unit")
    guard !code.isEmpty else { throw .misunderstood("the code of a unit is blank") }
    let source = try source(of: change, event: nil)
    let start: Day?
    switch change.start {
    case .day(let day): start = day
    case .event: throw .misunderstood("the days of the unit '\(code)' depend on no event: give 'from' and 'to'")
    case nil: start = nil
    }
    if let start, let end = change.end, end <= start {
      throw .misunderstood("the last day of the unit '\(code)', \(end.previous), is before its first day \(start)")
    }
    let unit = UnitWriter.Unit(
      partition: try word(.partition, partition), code: code, parcel: try identity(.parcel, parcel), start: start,
      end: change.end)
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
  }

  private func retract(_ key: String) throws(Failure) {
    for kind in FactKind.allCases {
      if try attempt(pending.row(kind, key)) != nil {
        pending.remove(kind, key)
        return
      }
    }
    throw .misunderstood(
      "no current fact has the key '\(key)'\(try attempt(Registry(database).question(aboutFact: key)))")
  }

  // MARK: Events

  /// Describes an event, and moves the boundaries that it dates (invariant 5).
  func describe(_ event: Int64, _ row: FactRow, _ change: Change) throws(Failure) {
    guard let detail = EventDetail(row.values) else { throw .misunderstood("the event has no type or no day") }
    if let before = try attempt(pending.row(.eventDetail, row.key)),
      let old = EventDetail(before.values), old.day != detail.day || old.operationalDay != detail.operationalDay
    {
      try redate(event, from: old, to: detail, change.origin)
    }
    events[event] = detail
    try put(row, change)
  }

  private func redate(
    _ event: Int64, from old: EventDetail, to new: EventDetail, _ origin: Change.Origin?
  ) throws(Failure) {
    for var row in try attempt(pending.rows(datedBy: event)) {
      row.validity?.move(event, from: old, to: new)
      if let period = row.validity?.period, let end = period.end, end <= period.start {
        throw .misunderstood(
          "'\(row.key)' would begin on \(period.start) and end before that, on \(end.previous): amend it, or what ends it"
        )
      }
      pending.put(row, origin: origin)
    }
  }

  typealias Event = (id: Int64, key: String, detail: EventDetail)

  func event(_ key: String) throws(Failure) -> Event {
    let id = try identity(.event, key)
    if let detail = events[id] { return (id, key, detail) }
    let row = try attempt(pending.row(.eventDetail, EventDetail.factKey(ofEvent: key)))
    guard let detail = row.flatMap({ EventDetail($0.values) }) else {
      throw .misunderstood("the event '\(key)' has no details: describe it with a line 'event'")
    }
    events[id] = detail
    return (id, key, detail)
  }

  // MARK: Looking up

  @discardableResult
  func attempt<Result>(_ result: @autoclosure () throws(DatabaseError) -> Result) throws(Failure) -> Result {
    do { return try result() } catch { throw .database(error) }
  }

  func word(_ kind: WordKind, _ key: String, besides: [String] = []) throws(Failure) -> Int64 {
    if let id = keys.id(of: kind, key) { return id }
    let tidied = try tidy(key, kind.spoken)
    if PlainText.differ(tidied, key) { return try word(kind, tidied, besides: besides) }
    let known = besides + keys.known(kind)
    let list = known.isEmpty ? "this register has none yet" : "known: \(known.joined(separator: ", "))"
    let spoken = besides.isEmpty ? kind.spoken : "topic or \(kind.spoken)"
    throw .misunderstood("unknown \(spoken) '\(key)' (\(list))\(didYouMean(key, among: known))")
  }

  func identity(_ identity: Keys.Identity, _ key: String) throws(Failure) -> Int64 {
    if let id = try attempt(keys.id(of: identity, key)) { return id }
    let tidied = try tidy(key, identity.spoken)
    if PlainText.differ(tidied, key) { return try self.identity(identity, tidied) }
    throw .misunderstood("unknown \(identity.spoken) '\(key)'")
  }

  /// A body by its key, or by a code that it has on `day`. If nobody has the code then, by its code of the day before.
  func organisation(_ reference: String, on day: Day? = nil) throws(Failure) -> Int64 {
    if let id = try attempt(keys.id(of: .organisation, reference)) { return id }
    let tidied = try tidy(reference, "organisation")
    if PlainText.differ(tidied, reference) { return try organisation(tidied, on: day) }
    guard let day else { throw .misunderstood("unknown organisation '\(reference)'") }
    let found = try attempt(
      database.query(
        """
        SELECT organisation_id FROM code
        WHERE (value = ?1
            OR value = ?3 AND scheme_id IN (SELECT id FROM scheme WHERE letter_case = 'upper')
            OR value = ?4 AND scheme_id IN (SELECT id FROM scheme WHERE letter_case = 'lower'))
          AND superseded_in IS NULL AND valid_from <= ?2 AND (valid_to IS NULL OR valid_to >= ?2)
        ORDER BY valid_from DESC
        """,
        [
          .text(reference), Value(day), .text(LetterCase.upper.write(reference)),
          .text(LetterCase.lower.write(reference)),
        ]
      ) { $0.integer(0) })
    guard let bearer = found.first else {
      throw .misunderstood("no organisation has the key or, on \(day), the code '\(reference)'")
    }
    return bearer
  }

  func organisationKey(_ id: Int64) throws(Failure) -> String {
    try attempt(keys.key(of: .organisation, id)) ?? ""
  }

  /// The source that the line names, or that of its event.
  func source(of change: Change, event: String?) throws(Failure) -> Int64? {
    if let key = change.source { return try identity(.source, key) }
    guard let event else { return nil }
    return try attempt(pending.row(.eventDetail, EventDetail.factKey(ofEvent: event)))?.source
  }

  func put(_ row: FactRow, _ change: Change) throws(Failure) {
    // Loads the row that the file has, so that it can be superseded.
    _ = try attempt(pending.row(row.kind, row.key))
    pending.put(row, origin: change.origin)
  }
}

/// The order in which statements take effect.
package enum Stage: Int, CaseIterable, Sendable {
  case undos, words, bases, sources, identities, events, retractions, lives, facts, links, endings, redactions
}

extension Change.Content {
  var stage: Stage {
    switch self {
    case .undo: .undos
    // A basis names a partition, which must exist first.
    case .word(let word): word.kind == .basis ? .bases : .words
    case .organisation, .parcel: .identities
    case .fact(let fact): fact.kind.schema.stage
    case .retract: .retractions
    case .open: .lives
    case .unit: .links
    case .close: .endings
    case .redact: .redactions
    }
  }
}
