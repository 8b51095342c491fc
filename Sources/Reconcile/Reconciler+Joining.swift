import RegistryStorage

/// Rows that say since when a body belongs to another, and perhaps until when.
///
/// Kept here:
/// 1. A body has one superior at a time, so where it goes ends where it was: an end that no source states is the day
///    before the next superior begins, in whichever order the two are told.
/// 2. Two first days with one superior are one relationship, since the earlier of them. If the file is preferred, its
///    day counts.
extension Reconciler {
  mutating func join(
    _ record: SourceRecord.Relationship, _ member: RegisterIndex.Index, under superior: RegisterIndex.Index,
    _ possible: Period
  ) {
    let rivals = rivals(to: record, of: member, superior, possible)
    var period = possible
    let next = rivals.filter { $0.period.start > period.start && !isOutdated($0, since: period.start) }
      .min { $0.period.start < $1.period.start }
    if let next, period.end.map({ next.period.start < $0 }) ?? true {
      period.end = next.period.start
      if record.period.end != nil { tell(record, next, of: period, .untilNext) }
    }
    let known = index.bodies[member].relationships.filter {
      $0.word == record.kind && $0.superior == superior && $0.period.overlaps(period)
    }
    let isEndStated = record.period.end != nil && period.end == record.period.end
    let isStartStated = period.start == record.period.start
    if known.contains(where: { isSame($0, period, isStartStated, isEndStated) }) { return }
    for rival in rivals where rival.period.overlaps(period) {
      guard canMakeWay(rival, for: record, period) else { return tell(record, rival, of: period, .kept) }
    }
    for rival in rivals where rival.period.overlaps(period) {
      // The register does not say that the other goes on, only that no end is known.
      if !(isOpen(rival) && rival.period.start < period.start) { tell(record, rival, of: period, .replaced) }
      makeWay(rival, of: member, for: period, line: record.line)
    }
    if let other = known.first { return join(record, member, other, period, isEndStated, isAlone: known.count == 1) }
    say(
      .relationship, of: member, record.kind, superior: superior, period,
      period.start == record.period.start ? .stated : .derived,
      period.end == record.period.end ? .stated : .derived, line: record.line)
  }

  /// Brings together what the register and the file say about one superior.
  private mutating func join(
    _ record: SourceRecord.Relationship, _ member: RegisterIndex.Index, _ other: RegisterIndex.Fact, _ period: Period,
    _ isEndStated: Bool, isAlone: Bool
  ) {
    let canMove = isAlone && other.key != nil && !other.startsWithEvent && !other.endsWithEvent
    let agree =
      isOpen(other) || other.period.end == period.end || (!isEndStated && other.period.end.map { $0 > issued } ?? true)
    let start = min(other.period.start, period.start)
    let end = isEndStated ? period.end : isOpen(other) ? period.end : other.period.end
    let word = "\(record.kind) \(record.superior)"
    let isFileAsked = policy == .preferSource && other.period.start != period.start
    if agree, canMove, !isFileAsked, end.map({ start < $0 }) ?? true {
      if other.period.start != period.start {
        note(
          record.line, record.code, word, register: other.period.words, from: other.source, file: period.words, .earlier
        )
      }
      let status: Certainty =
        start == record.period.start ? .stated : start == other.period.start ? other.startStatus : .derived
      let isSaid = status == other.startStatus && (!isEndStated || other.endStatus == .stated)
      guard Period(start, end) != other.period || !isSaid else { return }
      say(
        .relationship, of: member, record.kind, value: other.value, superior: other.superior, Period(start, end),
        status, isEndStated ? .stated : other.endStatus, key: other.key, line: record.line)
      return
    }
    let isTaken = canMove && yields(other)
    note(
      record.line, record.code, word, register: other.period.words, from: other.source, file: period.words,
      isTaken ? .replaced : .kept)
    guard isTaken, let key = other.key else { return }
    say(
      .relationship, of: member, record.kind, value: other.value, superior: other.superior, period,
      .stated, isEndStated || period.end == nil ? .stated : .derived, key: key, line: record.line)
  }

  // MARK: Comparing

  /// Whether no source states an end: it is unknown, or that of a life, or the day before another superior.
  private func isOpen(_ fact: RegisterIndex.Fact) -> Bool {
    !fact.endsWithEvent && (fact.period.end == nil || fact.endStatus == .derived)
  }

  /// Whether a fact is all that a file says, as far as it can know: it has no end that lies after its issue.
  private func isSame(_ known: RegisterIndex.Fact, _ shown: Period, _ isStartStated: Bool, _ isEndStated: Bool) -> Bool
  {
    let canBeStated = known.startStatus == .derived && !known.startsWithEvent && known.key != nil
    guard known.period.start == shown.start, !(isStartStated && canBeStated) else { return false }
    if known.period.end == shown.end { return !isEndStated || known.endStatus == .stated || known.endsWithEvent }
    return !isEndStated && known.period.end.map { $0 > issued } ?? false
  }

  /// The relationships in which a body has another superior that excludes this one.
  private func rivals(
    to record: SourceRecord.Relationship, of member: RegisterIndex.Index, _ superior: RegisterIndex.Index,
    _ period: Period
  ) -> [RegisterIndex.Fact] {
    let others = index.bodies[member].relationships.filter { $0.word == record.kind && $0.superior != superior }
    if record.isExclusive || others.isEmpty { return others }
    let kinds = Set(index.bodies[superior].roles.filter { $0.period.overlaps(period) }.map(\.word))
    return others.filter { fact in
      fact.superior.map { index.bodies[$0].roles.contains { kinds.contains($0.word) } } ?? false
    }
  }

  /// Whether a later issue of the series says otherwise about a fact that begins after `start`: the body was still
  /// where it had been since then.
  private func isOutdated(_ fact: RegisterIndex.Fact, since start: Day) -> Bool {
    isLater(than: fact) && fact.period.start <= issued
  }

  /// Whether a superior can end, or never was one, because of what the file says.
  private func canMakeWay(
    _ rival: RegisterIndex.Fact, for record: SourceRecord.Relationship, _ period: Period
  ) -> Bool {
    guard canMakeWay(rival, for: Period(period.start, nil)) else { return false }
    // A later issue shows the body still with the other.
    if let day = issue.day(ofSource: rival.source), day > issued, day >= period.start, isOpen(rival) { return false }
    return yields(rival) || (isOpen(rival) && rival.period.start < period.start)
  }

  private mutating func makeWay(
    _ rival: RegisterIndex.Fact, of member: RegisterIndex.Index, for period: Period, line: Int
  ) {
    guard rival.period.start < period.start else { return retract(rival, .relationship, of: member, line: line) }
    guard let key = rival.key else { return }
    say(
      .relationship, of: member, rival.word, value: rival.value, superior: rival.superior,
      Period(rival.period.start, period.start), rival.startStatus, .derived, key: key, line: line)
  }

  private mutating func tell(
    _ record: SourceRecord.Relationship, _ fact: RegisterIndex.Fact, of period: Period, _ outcome: Finding.Outcome
  ) {
    let other = fact.superior.map { index.bodies[$0].key } ?? ""
    note(
      record.line, record.code, record.kind, register: "\(other) \(fact.period.words)", from: fact.source,
      file: "\(record.superior) \(period.words)", outcome)
  }
}

extension [SourceRecord.Relationship] {
  /// The rows of a file in the order in which they are judged. The last comes first, so that each meets the one that
  /// ends it.
  package var latestFirst: Self { sorted { ($1.period.start, $0.line) < ($0.period.start, $1.line) } }
}
