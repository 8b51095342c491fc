import RegistryStorage

/// Rows that say what held on one day (lookups), and which codes are those of one body.
///
/// Kept here:
/// 1. What a row shows on a day is taken to go on until the register says otherwise. The row does not say since when.
/// 2. A fact that was only seen on an earlier day makes way for what a later day shows.
extension Reconciler {
  // MARK: Codes

  /// Finds the bodies that have two codes of one body, and enters the code that the register lacks.
  /// - Returns: The bodies that have them. Empty if none has either.
  package mutating func match(_ pair: SourceRecord.CodePair) -> [RegisterIndex.Index] {
    let (ons, ods) = (bearers(of: pair.ons, "ons", pair), bearers(of: pair.ods, "ods", pair))
    if let ods = pair.ods, self.bearers(of: ods, "ods", pair).isEmpty { enter(ods, "ods", of: ons, pair) }
    if let code = pair.ons, ons.isEmpty { enter(code, "ons", of: ods, pair) }
    for body in ons where !ods.isEmpty && !ods.contains(body) {
      let code = pair.ons ?? ""
      note(
        pair.line, code, "code",
        register: ods.map { index.bodies[$0].key }.joined(separator: " / ") + " has \(pair.ods ?? "")",
        file: "\(index.bodies[body].key), which has \(code)")
    }
    return ons.isEmpty ? ods : ons
  }

  private func bearers(of code: String?, _ scheme: String, _ pair: SourceRecord.CodePair) -> [RegisterIndex.Index] {
    guard let code else { return [] }
    return index.bearers(of: code, scheme).filter { $0.period.overlaps(asIssued(pair.period)) }.map(\.body).uniqued()
  }

  private mutating func enter(
    _ code: String, _ scheme: String, of bodies: [RegisterIndex.Index], _ pair: SourceRecord.CodePair
  ) {
    for body in bodies {
      guard let extent = index.bodies[body].extent, let wanted = pair.period.intersection(extent) else { continue }
      let codes = index.bodies[body].codes.filter { $0.word == scheme }
      let others = codes.filter { $0.period.overlaps(wanted) }
      guard others.isEmpty else {
        note(
          pair.line, code, "code", register: others.compactMap(\.value).joined(separator: " / "),
          from: others[0].source, file: code)
        continue
      }
      let next = codes.map(\.period.start).filter { $0 > wanted.start }.min() ?? extent.end
      let period = pair.since == .unknown ? Period(wanted.start, next) : wanted
      say(.code, of: body, scheme, value: code, period, pair.since, line: pair.line)
    }
  }

  // MARK: Relationships

  /// Holds a relationship between two bodies on one day against the register.
  package mutating func relate(
    _ record: SourceRecord.Relationship, _ member: RegisterIndex.Index, under superior: RegisterIndex.Index
  ) {
    let day = record.period.start
    let facts = index.bodies[member].relationships.filter { $0.word == record.kind }
    if facts.contains(where: { $0.superior == superior && $0.period.contains(day) }) { return }
    guard let member = commonLife(member, superior, on: day) else {
      return note(
        record.line, record.code, "\(record.kind) \(record.superior)", register: "did not both exist on \(day)",
        file: "on \(day)")
    }
    let kinds = Set(index.bodies[superior].roles.map(\.word))
    let rivals = facts.filter { fact in
      fact.superior.map { other in index.bodies[other].roles.contains { kinds.contains($0.word) } } ?? false
    }
    let next = rivals.filter { $0.period.start > day }.min { $0.period.start < $1.period.start }
    let end = [member.life.end, next?.period.start].compactMap(\.self).min()
    let standing = rivals.filter { $0.period.contains(day) }
    let period = Period(day, end)
    if !standing.isEmpty {
      let wasSeenBefore = standing.allSatisfy {
        $0.startStatus == .unknown && $0.period.start < day && canMakeWay($0, for: period)
      }
      let isTaken = wasSeenBefore || (policy == .preferSource && standing.allSatisfy { canMakeWay($0, for: period) })
      if !wasSeenBefore {
        note(
          record.line, record.code, record.kind,
          register: standing.compactMap { $0.superior.map { index.bodies[$0].key } }.joined(separator: " / "),
          from: standing[0].source, file: "\(record.superior) on \(day)", isTaken ? .replaced : .kept)
      }
      guard isTaken else { return }
      for fact in standing { makeWay(fact, .relationship, of: member.body, for: period, line: record.line) }
    } else if let next, next.superior == superior, next.startStatus == .unknown, next.key != nil {
      // Only a later day shows the relationship: it held on this day already.
      return say(again: next, .relationship, of: member.body, Period(day, next.period.end), line: record.line)
    }
    say(
      .relationship, of: member.body, record.kind, superior: superior, period, .unknown,
      end == nil || end == member.life.end ? .derived : .unknown, line: record.line)
  }

  /// For how long two bodies both exist. Nil if they do not both exist on `day`.
  private func commonLife(
    _ member: RegisterIndex.Index, _ superior: RegisterIndex.Index, on day: Day
  ) -> (body: RegisterIndex.Index, life: Period)? {
    guard let first = index.bodies[member].extent, let second = index.bodies[superior].extent,
      let life = first.intersection(second), life.contains(day)
    else { return nil }
    return (member, life)
  }
}
