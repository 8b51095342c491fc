import RegistryStorage

/// Who takes a seat of a governing body, and who leaves it. These are not events, because nothing happens to the body.
extension EventWriter {
  /// Who is appointed.
  public struct Appointee: Sendable {
    /// What the holder is, for example `gp`.
    public var profession: String?
    /// The permanent key of a holder that the register knows, or a name.
    public var holder: String?
    /// Whether this is one more holder, just like one that is already recorded.
    public var isAnother: Bool

    /// Describes who is appointed.
    public init(profession: String? = nil, holder: String? = nil, isAnother: Bool = false) {
      self.profession = profession
      self.holder = holder
      self.isAnother = isAnother
    }
  }

  /// Somebody takes a seat on the day. A vacancy of the seat ends. If the seat is single, so does its last appointment.
  /// - Returns: the statements, and the key of the holder, if one is named.
  public mutating func appoint(
    _ reference: String, to seat: String, _ appointee: Appointee
  ) throws(EntryError) -> (entered: EnteredEvent, holder: String?) {
    let body = try self.body(reference, on: day)
    let word = try self.seat(seat)
    let source = try source()
    if source == nil { warn("the appointment has no source (see --source)") }
    let held = try appointments(of: body, word.key, on: day)
    let (holder, name) = try person(appointee, among: held)
    if let holder, let known = held.first(where: { $0.appointment.holder == holder }) {
      guard known.appointment.profession == appointee.profession, try firstDay(of: known.fact) == day else {
        throw .refused("\(holder) is \(word.name) of \(reference) on \(day) already")
      }
      return (say(again: known.fact, source), holder)
    }
    let appointment = Appointment(seat: word.key, profession: appointee.profession, holder: holder, name: name)
    if !appointee.isAnother, let known = try said(appointment, of: body) {
      if !word.isSingle { warn("'\(known.key ?? "")' is recorded already: if this is one more like it, say --another") }
      return (say(again: known, source), holder)
    }
    for one in held where word.isSingle { try mustBegin(one.fact, before: day) }
    if !word.isSingle, let vacancy = held.first(where: { $0.appointment.nature == .vacant }) {
      try end(vacancy.fact, on: day)
    }
    event.changes.changes.append(
      Change(
        .appointment(organisation: body.key, appointment),
        key: try key(of: appointment, body, isAnother: appointee.isAnother), start: .day(day), source: source,
        note: words.note))
    return (event, holder)
  }

  /// Somebody leaves a seat. The day is the first on which it is vacant.
  /// - Parameters:
  ///   - reference: the body.
  ///   - seat: the key of the seat.
  ///   - holder: the permanent key of the holder who leaves. If several hold the seat, this or `key` is required.
  ///   - key: the key of the appointment, instead of `holder`.
  public mutating func vacate(
    _ reference: String, seat: String, holder: String? = nil, key: String? = nil
  ) throws(EntryError) -> EnteredEvent {
    let body = try self.body(reference, on: day)
    let word = try self.seat(seat)
    let source = try source()
    if source == nil { warn("the vacancy has no source (see --source)") }
    let held = try appointments(of: body, word.key, on: dayBefore).filter { $0.appointment.nature == .held }
    let meant = held.filter { one in
      (holder == nil || one.appointment.holder == holder) && (key == nil || one.fact.key == key)
    }
    guard let leaver = meant.first else {
      throw .refused(
        held.isEmpty
          ? "nobody is recorded as \(word.name) of \(reference) on \(dayBefore), the day before"
          : "no such holder is recorded as \(word.name) of \(reference) on \(dayBefore): there \(Self.listed(held))")
    }
    guard meant.count == 1 else {
      throw .refused(
        "\(meant.count) are recorded as \(word.name) of \(reference) on \(dayBefore): say --holder or --key; there \(Self.listed(meant))"
      )
    }
    let vacancies = try appointments(of: body, word.key, on: day).filter { $0.appointment.nature == .vacant }
    for known in vacancies where leaver.fact.end == day {
      if try firstDay(of: known.fact) == day { return say(again: known.fact, source) }
    }
    try end(leaver.fact, on: day)
    let vacancy = Appointment(seat: word.key, nature: .vacant)
    event.changes.changes.append(
      Change(
        .appointment(organisation: body.key, vacancy), key: try self.key(of: vacancy, body, isAnother: true),
        start: .day(day), source: source, note: words.note))
    return event
  }

  /// The appointment that is just like another, and began on the day.
  private func said(_ appointment: Appointment, of body: Organisation) throws(EntryError) -> Change? {
    guard let known = try asked(facts.fact(appointment.key(of: body.key, from: day))),
      known.content.appointment == appointment, try firstDay(of: known) == day
    else { return nil }
    return known
  }

  /// States a fact that began on the day again, with the source and the note that are said now.
  private mutating func say(again fact: Change, _ source: String?) -> EnteredEvent {
    var fact = fact
    (fact.source, fact.note) = (source, words.note)
    event.changes.changes.append(fact)
    return event
  }

  private typealias Held = (fact: Change, appointment: Appointment)

  private func seat(_ key: String) throws(EntryError) -> Seat {
    let known = try asked(registry.seats())
    if let seat = known.first(where: { $0.key == key }) { return seat }
    throw .refused(
      known.isEmpty
        ? "the register has no seats yet: a change file adds them (record 'seat')"
        : "unknown seat '\(key)' (known: \(known.map(\.key).joined(separator: ", ")))"
          + didYouMean(key, among: known.map(\.key)))
  }

  private func appointments(
    of body: Organisation, _ seat: String, on day: Day
  ) throws(EntryError) -> [Held] {
    try asked(facts.facts(.appointment, of: body.id, on: day)).compactMap { fact in
      guard let appointment = fact.content.appointment, appointment.seat == seat else { return nil }
      return (fact, appointment)
    }
  }

  /// A holder whom the register knows, or a new one with a name.
  /// - Parameter held: who holds the seat on the day. Whoever took it on that day and has the name is meant again.
  private mutating func person(
    _ appointee: Appointee, among held: [Held]
  ) throws(EntryError) -> (holder: String?, name: String?) {
    guard let text = try appointee.holder.map(tidied) else { return (nil, nil) }
    if try asked(registry.hasHolder(text)) { return (text, nil) }
    let namesakes = try asked(registry.holders(named: text))
    for one in held {
      guard let holder = one.appointment.holder, namesakes.contains(holder) else { continue }
      if try firstDay(of: one.fact) == day { return (holder, nil) }
    }
    for namesake in namesakes {
      warn("\(namesake) has the same name: if it is the same person, say --holder \(namesake)")
    }
    return (try asked(registry.unusedHolderKey()), text)
  }

  private mutating func end(_ fact: Change, on day: Day) throws(EntryError) {
    try mustBegin(fact, before: day)
    var ended = fact
    (ended.end, ended.endEvent, ended.endStatus) = (day, nil, .stated)
    event.changes.changes.append(ended)
  }

  private func mustBegin(_ fact: Change, before day: Day) throws(EntryError) {
    if try firstDay(of: fact).map({ $0 >= day }) ?? false {
      throw .refused("'\(fact.key ?? "")' begins on \(day) itself: retract that fact first")
    }
  }

  /// The permanent key of the new appointment. It gets a number if the appointment is just like another.
  private func key(
    of appointment: Appointment, _ body: Organisation, isAnother: Bool
  ) throws(EntryError) -> String {
    let wanted = appointment.key(of: body.key, from: day)
    let isTaken = { (key: String) throws(EntryError) in
      try self.asked(self.facts.fact(key)) != nil
    }
    if !isAnother, try isTaken(wanted) {
      throw .refused("'\(wanted)' is recorded already: if this is one more like it, say --another")
    }
    return try NewKey.unused(wanted, isTaken: isTaken)
  }

  private static func listed(_ held: [Held]) -> String {
    "are " + held.map { $0.appointment.holder ?? "--key \($0.fact.key ?? "")" }.joined(separator: ", ")
  }
}
