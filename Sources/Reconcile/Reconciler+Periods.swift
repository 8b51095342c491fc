package import RegistryStorage

/// Rows that say what held from one day to another (histories).
extension Reconciler {
  /// Holds one row of a history against the register: its code, its name and the body above.
  package mutating func judge(_ record: SourceRecord.HistoryRow) {
    judge { reconciler in
      if let overlap = record.overlap {
        reconciler.note(
          record.line, record.code, "last day",
          register: "\(overlap.firstDay.previous), because \(overlap.code) begins on \(overlap.firstDay)",
          file: overlap.statedEnd?.description ?? "open", .ended)
      }
      for part in record.parts { reconciler.compare(part, of: record) }
      guard let parent = record.parent, !record.parts.isEmpty else { return }
      // It is enough that the register has what this row says. If it does not, all that the rows say is entered.
      let isKnown = reconciler.hasAll(parent.own)
      reconciler.relate(isKnown ? parent.own : parent.whole, ofBodyRow: true)
    }
  }

  private mutating func compare(_ part: SourceRecord.HistoryRow.Part, of record: SourceRecord.HistoryRow) {
    let bearers = index.bearers(of: record.code, scheme).filter { $0.period.overlaps(part.codePeriod) }
    if bearers.isEmpty {
      return compareName(of: enterCode(part, of: record), part, record)
    }
    compareCode(part, of: record, bearers)
    for body in bearers.map(\.body).uniqued() where index.bodies[body].extent?.overlaps(part.period) ?? false {
      let day = part.period.start
      compareKind(part.body.stage.kind(on: day), of: body, on: day, line: record.line, code: record.code)
      compareName(of: body, part, record)
    }
  }

  // MARK: Bodies and codes

  /// Enters the bodies that the register lacks. This comes before the rows, because a row may name a body that only a
  /// later one shows.
  package mutating func enter(_ lives: [SourceRecord.Life]) {
    for life in lives { _ = body(of: life) }
  }

  /// The body that has a code of a life while it lasts, or else a new one.
  private mutating func body(of life: SourceRecord.Life) -> RegisterIndex.Index {
    for (code, period) in life.codes {
      if let known = index.bearers(of: code, scheme).first(where: { $0.period.overlaps(period) }) {
        return known.body
      }
    }
    return make(life)
  }

  /// Enters a code of the body that has another code of the same life.
  private mutating func enterCode(_ part: SourceRecord.HistoryRow.Part, of record: SourceRecord.HistoryRow)
    -> RegisterIndex.Index
  {
    let body = body(of: part.body)
    let wanted = part.codePeriod
    let others = index.bodies[body].codes.filter { $0.word == scheme && $0.period.overlaps(wanted) }
    guard others.isEmpty, let extent = index.bodies[body].extent, let period = wanted.intersection(extent) else {
      note(
        record.line, record.code, "code", register: others.compactMap(\.value).joined(separator: " / "),
        from: others.first?.source, file: "\(record.code) \(part.codePeriod.words)")
      return body
    }
    say(.code, of: body, scheme, value: record.code, period, .stated, line: record.line)
    return body
  }

  /// Enters a body with its codes and kinds.
  private mutating func make(_ life: SourceRecord.Life) -> RegisterIndex.Index {
    let (line, period) = (life.line, life.period)
    let first = life.stage.kind(on: period.start)
    let body = add(bodyOf: first, life.codes[0].code, line: line)
    say(.life, of: body, Timeline.legal.rawValue, period, line: line)
    for (index, kind) in life.stage.kinds.enumerated() {
      let end = life.stage.kinds.dropFirst(index + 1).first?.firstDay
      let held = Period(kind.firstDay ?? .distantPast, end)
      if let period = held.intersection(period) { say(.role, of: body, kind.kind, period, line: line) }
    }
    for kind in life.stage.sideKinds { say(.role, of: body, kind, period, line: line) }
    for (code, period) in life.codes { say(.code, of: body, scheme, value: code, period, line: line) }
    return body
  }

  /// Compares the first and the last day of a code, each with the row that shows it.
  private mutating func compareCode(
    _ part: SourceRecord.HistoryRow.Part, of record: SourceRecord.HistoryRow,
    _ bearers: [(body: RegisterIndex.Index, period: Period)]
  ) {
    let wanted = part.codePeriod
    guard let first = bearers.first, let last = bearers.last else { return }
    let facts = index.bodies[last.body].codes.filter { $0.word == scheme && $0.value == record.code }
    let (known, fact) = (Period(first.period.start, last.period.end), facts.last)
    let startsHere = part.period.start == part.codePeriod.start
    let endsHere = part.period.lastDay == part.codePeriod.lastDay
    let startDiffers = startsHere && known.start != wanted.start
    guard startDiffers || (endsHere && asIssued(known.end) != asIssued(wanted.end)) else { return }
    if !startDiffers, known.end == nil, let end = wanted.end, let fact, fact.period.start < end {
      // The register does not say that the code goes on, only that no end is known.
      if part.isFollowed, fact.key != nil {
        return say(again: fact, .code, of: last.body, Period(fact.period.start, end), line: record.line)
      } else if !part.isFollowed, !index.mayHoldTerritory(last.body) {
        return self.end(last.body, on: end, line: record.line)
      }
    }
    let isMovable =
      policy == .preferSource && facts.count == 1 && bearers.count == 1 && fact?.key != nil
      && fact.map { !$0.startsWithEvent && !$0.endsWithEvent } ?? false
      && index.bodies[last.body].extent?.contains(wanted) ?? false
    note(
      record.line, record.code, "code", register: known.words, from: fact?.source,
      file: part.codePeriod.words, isMovable ? .replaced : .kept)
    if isMovable, let fact { say(again: fact, .code, of: last.body, wanted, line: record.line) }
  }

  /// Compares the kind of a body on a day, or on its first day if that is later.
  package mutating func compareKind(_ kind: String, of body: RegisterIndex.Index, on day: Day, line: Int, code: String)
  {
    let roles = index.bodies[body].roles
    let day = max(day, index.bodies[body].extent?.start ?? day)
    let standing = roles.filter { $0.period.contains(day) }
    if standing.contains(where: { $0.word == kind || Self.successiveKinds[$0.word] == kind }) { return }
    if standing.isEmpty { return say(.role, of: body, kind, index.bodies[body].extent ?? Period(day, nil), line: line) }
    note(
      line, code, "kind", register: standing.map(\.word).joined(separator: "|"), from: standing[0].source, file: kind)
  }

  /// Kinds that sources of the time still call by the previous kind.
  private static let successiveKinds = ["ics": "stp"]

  // MARK: Names

  private mutating func compareName(
    of body: RegisterIndex.Index, _ part: SourceRecord.HistoryRow.Part, _ record: SourceRecord.HistoryRow
  ) {
    guard let extent = index.bodies[body].extent, let shown = part.period.intersection(extent) else { return }
    let names = index.bodies[body].names.filter { $0.word == scheme }
    let standing = names.filter { $0.period.overlaps(asIssued(shown)) }
    let same = standing.filter { Self.sameName($0.value ?? "", record.name) }
    let other = standing.filter { !Self.sameName($0.value ?? "", record.name) }
    if covers(same.map(\.period), shown) { return }
    if !other.isEmpty {
      let isTaken = policy == .preferSource && other.allSatisfy { canMakeWay($0, for: shown) }
      note(
        record.line, record.code, "name", register: other.compactMap(\.value).joined(separator: " / "),
        from: other[0].source, file: record.name, isTaken ? .replaced : .kept)
      if isTaken { for fact in other { makeWay(fact, .name, of: body, for: shown, line: record.line) } }
    }
    let wanted = part.namePeriod.intersection(extent) ?? shown
    let taken = index.bodies[body].names.filter { $0.word == scheme }.map(\.period)
    for gap in wanted.gaps(between: taken) where gap.overlaps(asIssued(shown)) {
      say(.name, of: body, scheme, value: record.name, gap, line: record.line)
    }
  }

  // MARK: The body above

  /// Holds a part of a history of relationships against the register.
  mutating func relate(
    part record: SourceRecord.Relationship, _ member: RegisterIndex.Index, under superior: RegisterIndex.Index,
    _ period: Period
  ) {
    let known = index.bodies[member].relationships.filter {
      $0.word == record.kind && $0.superior == superior && $0.period.overlaps(period)
    }
    if covers(known.map(\.period), period) { return }
    guard makeWay(for: record, of: member, superior, period) else { return }
    if let other = known.first {
      let isTaken = policy == .preferSource && known.count == 1 && !other.startsWithEvent && !other.endsWithEvent
      note(
        record.line, record.code, "\(record.kind) \(record.superior)", register: other.period.words,
        from: other.source, file: period.words, isTaken && other.key != nil ? .replaced : .kept)
      guard isTaken, let key = other.key else { return }
      return say(
        .relationship, of: member, record.kind, value: other.value, superior: superior, period, key: key,
        line: record.line)
    }
    say(
      .relationship, of: member, record.kind, superior: superior, period,
      period.start == record.period.start ? .stated : .derived,
      period.end == record.period.end ? .stated : .derived, line: record.line)
  }

  // MARK: Making way

  /// Whether a fact can end, or be retracted, so that another can hold over `period`.
  func canMakeWay(_ fact: RegisterIndex.Fact, for period: Period) -> Bool {
    guard fact.key != nil, !fact.startsWithEvent, !fact.endsWithEvent else { return false }
    // A fact that goes on after the period would have to be stated twice.
    return fact.period.start < period.start || period.contains(fact.period)
  }

  mutating func makeWay(
    _ fact: RegisterIndex.Fact, _ kind: FactKind, of body: RegisterIndex.Index, for period: Period, line: Int
  ) {
    if fact.period.start < period.start {
      say(again: fact, kind, of: body, Period(fact.period.start, period.start), line: line)
    } else {
      retract(fact, kind, of: body, line: line)
    }
  }

  /// Reports other superiors of the same kind at the time, because a body has at most one.
  /// - Returns: whether there are none, or they made way.
  mutating func makeWay(
    for record: SourceRecord.Relationship, of member: RegisterIndex.Index, _ superior: RegisterIndex.Index,
    _ period: Period
  ) -> Bool {
    let kinds = Set(index.bodies[superior].roles.filter { $0.period.overlaps(period) }.map(\.word))
    let others = index.bodies[member].relationships.filter { fact in
      guard fact.word == record.kind, fact.period.overlaps(asIssued(period)), let other = fact.superior,
        other != superior
      else { return false }
      return index.bodies[other].roles.contains { kinds.contains($0.word) && $0.period.overlaps(period) }
    }
    if others.isEmpty { return true }
    let isTaken = policy == .preferSource && others.allSatisfy { canMakeWay($0, for: period) }
    note(
      record.line, record.code, record.kind,
      register: others.compactMap { $0.superior.map { index.bodies[$0].key } }.joined(separator: " / "),
      from: others[0].source, file: "\(record.superior) \(period.words)", isTaken ? .replaced : .kept)
    if isTaken { for fact in others { makeWay(fact, .relationship, of: member, for: period, line: record.line) } }
    return isTaken
  }

  // MARK: Periods as the file could know them

  /// An end as the file could know it. Nil if it lies after the issue.
  private func asIssued(_ end: Day?) -> Day? { end.flatMap { $0.previous > issued ? nil : $0 } }

  /// A period up to the issue of the file.
  func asIssued(_ period: Period) -> Period {
    let end = max(issued, period.start).next
    return Period(period.start, period.end.map { min($0, end) } ?? end)
  }

  /// Whether some periods together contain another, as far as the file can know.
  func covers(_ periods: [Period], _ period: Period) -> Bool { asIssued(period).gaps(between: periods).isEmpty }
}

extension Array where Element: Hashable {
  /// Each element once, in the order of first occurrence.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
