package import RegistryStorage

/// Rows that describe bodies.
extension Reconciler {
  /// Holds one body against the register, and with it the relationship that is in its row.
  package mutating func judge(_ record: SourceRecord.Organisation, under parent: SourceRecord.Relationship? = nil) {
    judge { reconciler in
      let bearers = reconciler.index.bearers(of: record.code, reconciler.scheme)
      if bearers.isEmpty {
        reconciler.create(record)
      } else {
        reconciler.compare(record, with: bearers)
      }
      if let parent, !reconciler.rejectedRow { reconciler.relate(parent, ofBodyRow: true) }
    }
  }

  /// Makes a body about which nothing is known except that it existed.
  /// - Parameter keyKind: the kind that its permanent key names if the file does not say the kind.
  mutating func makeStub(_ code: String, _ kind: String?, keyKind: String? = nil, _ period: Period, line: Int) {
    let body = add(bodyOf: kind ?? keyKind, code, line: line)
    let timeline = Timeline.operational.rawValue
    say(.life, of: body, timeline, period, .unknown, .unknown, line: line)
    say(.code, of: body, scheme, value: code, period, .unknown, .unknown, line: line)
    if let kind { say(.role, of: body, kind, period, .unknown, .unknown, line: line) }
  }

  // MARK: New bodies

  private mutating func create(_ record: SourceRecord.Organisation) {
    guard !record.roles.isEmpty else {
      return reject(
        record.line, 1, record.code,
        "the register has no body with the code '\(record.code)', and the file does not say of what kind it is: "
          + "say --kind to enter it", way: .kind)
    }
    guard let period = record.operational ?? record.legal else {
      return reject(record.line, 11, "", "the opening date is missing")
    }
    if let before = record.before, period.start < before.end {
      add(
        record, [SourceRecord.Organisation.Role(before.kind)], Period(period.start, before.end), name: nil, .stated,
        .derived)
      add(record, record.roles, Period(before.end, period.end), name: record.name, .derived, .stated)
    } else {
      add(record, record.roles, period, name: record.name, .stated, .stated)
    }
  }

  private mutating func add(
    _ record: SourceRecord.Organisation, _ roles: [SourceRecord.Organisation.Role], _ period: Period, name: String?,
    _ status: Certainty, _ endStatus: Certainty
  ) {
    let body = add(bodyOf: roles.first?.kind, record.code, line: record.line)
    let line = record.line
    // A record that stands for two bodies dates only one timeline.
    if record.operational != nil || record.legal == nil || record.before != nil {
      say(.life, of: body, Timeline.operational.rawValue, period, status, endStatus, line: line)
    }
    if let legal = record.legal, record.before == nil {
      say(.life, of: body, Timeline.legal.rawValue, legal, status, endStatus, line: line)
    }
    guard let extent = index.bodies[body].extent else { return }
    say(.code, of: body, scheme, value: record.code, extent, status, endStatus, line: line)
    for role in roles { add(role, to: body, extent, record, status, endStatus) }
    if let name, issue.isDated {
      say(.name, of: body, scheme, value: name, sinceSeen(extent), .unknown, endStatus, line: line)
    } else if let name {
      say(.name, of: body, scheme, value: name, extent, .derived, endStatus, line: line)
    }
  }

  /// A role that excludes an earlier one is reported, not entered.
  private mutating func add(
    _ role: SourceRecord.Organisation.Role, to body: RegisterIndex.Index, _ extent: Period,
    _ record: SourceRecord.Organisation, _ status: Certainty, _ endStatus: Certainty
  ) {
    guard let period = role.period.map({ $0.intersection(extent) }) ?? extent else { return }
    let others = index.bodies[body].roles.filter { $0.period.overlaps(period) && index.exclude($0.word, role.kind) }
    if let other = others.first {
      return note(record.line, record.code, "kind", register: other.word, from: source, file: role.kind)
    }
    say(.role, of: body, role.kind, period, status, endStatus, line: record.line)
  }

  /// A name holds from the day of issue, or from the last day of the body, because files do not say when it began. A
  /// file of an unknown day does not show a name on any day: it is taken to hold for the whole life.
  private func sinceSeen(_ extent: Period) -> Period {
    let record = min(extent.lastDay ?? issued, issued)
    return Period(max(extent.start, record), extent.end)
  }

  // MARK: Known bodies

  private mutating func compare(
    _ record: SourceRecord.Organisation, with bearers: [(body: RegisterIndex.Index, period: Period)]
  ) {
    guard let first = bearers.first?.body,
      let last = bearers.last(where: { opening(of: $0.body).map { $0.period.start <= issued } ?? true })?.body
    else {
      return note(
        record.line, record.code, "opened", register: "later than the issue of the file",
        file: (record.operational ?? record.legal)?.start.description ?? "")
    }
    compareOpening(record, first)
    compareClosing(record, last)
    let end = opening(of: last)?.period.lastDay.flatMap { $0 > issued ? nil : $0 }
    let day = min(end ?? issued, issued)
    if let name = record.name, issue.isDated {
      compareName(name, of: last, on: day, line: record.line, code: record.code, amongOwn: false)
    } else if let name = record.name {
      compareUndatedName(name, of: last, since: day, line: record.line, code: record.code)
    }
    compareRoles(record, last, on: day)
  }

  private func opening(of body: RegisterIndex.Index) -> RegisterIndex.Fact? { index.bodies[body].operation }

  private mutating func compareOpening(_ record: SourceRecord.Organisation, _ body: RegisterIndex.Index) {
    guard let day = (record.operational ?? record.legal)?.start, let life = opening(of: body) else { return }
    guard life.period.start != day else { return }
    if life.startStatus == .unknown, !life.startsWithEvent, !index.mayHoldTerritory(body), day < life.period.start {
      // The known day was only one on which a source shows the body.
      return moveStart(of: body, from: life.period.start, to: day, as: .stated, line: record.line)
    }
    guard life.startStatus == .stated else { return }
    let isMovable = yields(life) && !life.startsWithEvent && life.period.end.map { day < $0 } ?? true
    note(
      record.line, record.code, "opened", register: life.period.start.description, from: life.source,
      file: day.description, isMovable ? .replaced : .kept)
    if isMovable { moveStart(of: body, from: life.period.start, to: day, line: record.line) }
  }

  private mutating func compareClosing(_ record: SourceRecord.Organisation, _ body: RegisterIndex.Index) {
    guard let period = record.operational ?? record.legal, let life = opening(of: body) else { return }
    // A body that closed after the issue of the file was open in it.
    let known = life.period.lastDay.flatMap { $0 > issued ? nil : $0 }
    let said = period.lastDay.flatMap { $0 > issued && known == nil && life.period.end != nil ? nil : $0 }
    guard known != said else { return }
    let canEnd =
      said.map { life.period.start <= $0 && !isNeeded(body, after: $0) } ?? false && !index.mayHoldTerritory(body)
    if let lastDay = said, life.period.end == nil, canEnd {
      // The register does not say that the body goes on, only that no end is known.
      return end(body, on: lastDay.next, line: record.line)
    }
    let isMovable = yields(life) && !life.endsWithEvent && canEnd
    note(
      record.line, record.code, "closed", register: known?.description ?? "open", from: life.source,
      file: said?.description ?? "open", isMovable ? .replaced : .kept)
    if isMovable, let said { end(body, on: said.next, line: record.line) }
  }

  /// Whether other bodies come under a body, or leave it, after a day.
  private func isNeeded(_ body: RegisterIndex.Index, after day: Day) -> Bool {
    index.relationships(under: body).contains { _, fact in
      fact.period.start > day || fact.period.end.map { $0 > day.next } ?? false
    }
  }

  /// Ends a body on `day`. Its facts that last until its end, or beyond `day`, end then; those that begin later are
  /// retracted. Relationships of other bodies with it that have no known end, end with it.
  package mutating func end(_ body: RegisterIndex.Index, on day: Day, line: Int) {
    let old = index.bodies[body].extent?.end
    each(of: body) { reconciler, kind, fact in
      if fact.period.start >= day {
        reconciler.retract(fact, kind, of: body, line: line)
      } else if fact.period.end == old || fact.period.end.map({ $0 > day }) ?? true {
        reconciler.say(again: fact, kind, of: body, Period(fact.period.start, day), line: line)
      }
    }
    for (subordinate, fact) in index.relationships(under: body) where fact.period.end == nil {
      guard let key = fact.key else { continue }
      say(
        .relationship, of: subordinate, fact.word, value: fact.value, superior: body, Period(fact.period.start, day),
        fact.startStatus, .derived, key: key, line: line)
    }
  }

  /// Moves the start of a body. Lives, codes and roles that began with it move too. Names and relationships keep their
  /// own days within its life.
  private mutating func moveStart(
    of body: RegisterIndex.Index, from old: Day, to day: Day, as status: Certainty? = nil, line: Int
  ) {
    each(of: body) { reconciler, kind, fact in
      let beganWithIt = fact.period.start == old && [.life, .code, .role].contains(kind)
      guard beganWithIt || fact.period.start < day, fact.period.end.map({ day < $0 }) ?? true else { return }
      reconciler.say(again: fact, kind, of: body, Period(day, fact.period.end), as: status, line: line)
    }
  }

  private mutating func each(
    of body: RegisterIndex.Index, _ act: (inout Reconciler, FactKind, RegisterIndex.Fact) -> Void
  ) {
    for kind in RegisterIndex.factKinds {
      for fact in index.bodies[body][kind] { act(&self, kind, fact) }
    }
  }

  /// States a known fact over another period.
  package mutating func say(
    again fact: RegisterIndex.Fact, _ kind: FactKind, of body: RegisterIndex.Index, _ period: Period,
    as status: Certainty? = nil, line: Int
  ) {
    guard let key = fact.key else { return }
    say(
      kind, of: body, fact.word, value: fact.value, superior: fact.superior, period, status ?? fact.startStatus,
      fact.endStatus, key: key, line: line)
  }

  mutating func retract(
    _ fact: RegisterIndex.Fact, _ kind: FactKind, of body: RegisterIndex.Index, line: Int
  ) {
    guard let key = fact.key else { return }
    say(.retract(key: key), line: line)
    index.remove(key, kind, of: body)
  }

  // MARK: Names and kinds

  /// Compares the name that a body had on a day.
  /// - Parameter amongOwn: whether to compare only names of the same scheme.
  package mutating func compareName(
    _ name: String, of body: RegisterIndex.Index, on day: Day, line: Int, code: String, amongOwn: Bool = true
  ) {
    let names = index.bodies[body].names.filter { !amongOwn || $0.word == scheme }
    let standing = names.filter { $0.period.contains(day) }
    if standing.contains(where: { Self.sameName($0.value ?? "", name) }) { return }
    guard let other = standing.first else {
      let later = names.filter { $0.word == scheme && $0.period.start > day }.min { $0.period.start < $1.period.start }
      if let later, later.startStatus == .unknown, later.key != nil, Self.sameName(later.value ?? "", name) {
        // Only a later file shows the name: it held on this day already.
        return say(again: later, .name, of: body, Period(day, later.period.end), line: line)
      }
      let end = later?.period.start ?? index.bodies[body].extent?.end
      return say(.name, of: body, scheme, value: name, Period(day, end), .unknown, line: line)
    }
    // A name with an unknown start was only seen on its first day, which says nothing about later days.
    let wasSeenBefore = other.startStatus == .unknown && other.period.start < day
    let isReplaceable = other.word == scheme && !other.endsWithEvent && other.key != nil
    if !isReplaceable || !wasSeenBefore {
      let isTaken = isReplaceable && (other.period.start < day ? policy == .preferSource : isLater(than: other))
      note(
        line, code, "name", register: standing.compactMap(\.value).joined(separator: " / "),
        from: other.source, file: name, isTaken ? .replaced : .kept)
      guard isTaken else { return }
    }
    // The other name holds from the day of issue on. The earlier name stays until then.
    if other.period.start < day {
      say(again: other, .name, of: body, Period(other.period.start, day), line: line)
    } else {
      retract(other, .name, of: body, line: line)
    }
    say(.name, of: body, scheme, value: name, Period(day, other.period.end), .unknown, other.endStatus, line: line)
  }

  /// Compares a name that the body had on some day from `day` on.
  private mutating func compareUndatedName(
    _ name: String, of body: RegisterIndex.Index, since day: Day, line: Int, code: String
  ) {
    let standing = index.bodies[body].names.filter { $0.period.overlaps(Period(day, nil)) }
    if standing.contains(where: { Self.sameName($0.value ?? "", name) }) { return }
    if let other = standing.last {
      return note(
        line, code, "name", register: standing.compactMap(\.value).joined(separator: " / "), from: other.source,
        file: name)
    }
    guard let extent = index.bodies[body].extent else { return }
    let known = index.bodies[body].names.filter { $0.word == scheme }.map(\.period)
    guard let gap = extent.gaps(between: known).last else { return }
    say(.name, of: body, scheme, value: name, gap, .derived, line: line)
  }

  private mutating func compareRoles(_ record: SourceRecord.Organisation, _ body: RegisterIndex.Index, on day: Day) {
    let known = index.bodies[body].roles
    for role in record.roles where !known.contains(where: { $0.word == role.kind }) {
      let extent = index.bodies[body].extent ?? Period(day, nil)
      if known.isEmpty {
        add(role, to: body, extent, record, .stated, .stated)
      } else if Self.sideRoles.contains(role.kind) {
        let stated = role.period.map { $0.intersection(extent) ?? extent }
        let seen = issue.isDated ? Period(day, extent.end) : extent
        let status: Certainty = stated != nil ? .stated : issue.isDated ? .unknown : .derived
        say(.role, of: body, role.kind, stated ?? seen, status, line: record.line)
      } else {
        let now = known.filter { $0.period.contains(day) }
        note(
          record.line, record.code, "kind", register: now.map(\.word).joined(separator: "|"), from: now.first?.source,
          file: role.kind)
      }
    }
  }

  /// Kinds that a body has besides its main one.
  private static let sideRoles: Set<String> = ["icb-commissioning-proxy", "care-trust"]

  /// Whether two names differ at most in case and punctuation, for which the service has its own style.
  package static func sameName(_ left: String, _ right: String) -> Bool {
    left == right || essence(left) == essence(right)
  }

  private static func essence(_ name: String) -> String {
    name.uppercased().replacing("&", with: "AND").filter { $0.isLetter || $0.isNumber }
  }
}
