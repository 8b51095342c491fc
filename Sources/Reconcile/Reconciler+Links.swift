package import RegistryStorage

/// Rows that say how bodies stand, or stood, to one another.
extension Reconciler {
  /// Holds one relationship against the register. A code that passed from one body to another while it lasted gives a
  /// relationship with each.
  /// - Parameter ofBodyRow: whether the row says more than this: then a superior that the register lacks does not reject
  ///   it.
  package mutating func see(_ seen: SeenRelationship, ofBodyRow: Bool = false) {
    judge { $0.relate(seen, ofBodyRow: ofBodyRow) }
  }

  package mutating func relate(_ seen: SeenRelationship, ofBodyRow: Bool) {
    let hasSuperior = index.isKnown(seen.superior, scheme)
    if !index.isKnown(seen.code, scheme) { return reject(seen.line, missing: seen.code, column: 1) }
    if !hasSuperior, ofBodyRow {
      note(missing: seen.superior)
      lostRelationships += 1
      return find(
        seen.line, seen.code, seen.kind, register: "no body with the code \(seen.superior)",
        file: "\(seen.superior) \(seen.span.words)")
    }
    if !hasSuperior { return reject(seen.line, missing: seen.superior, column: 2) }
    relate(seen, stretches(of: seen), ofBodyRow)
  }

  /// Whether the register says all of a relationship, as far as both bodies existed.
  func hasAll(_ seen: SeenRelationship) -> Bool {
    let stretches = stretches(of: seen)
    return !stretches.isEmpty
      && stretches.allSatisfy { stretch in
        let known = index.bodies[stretch.member].relationships.filter {
          $0.word == seen.kind && $0.superior == stretch.superior
        }
        return covers(known.map(\.period), stretch.period)
      }
  }

  private typealias Stretch = (member: RegisterIndex.Index, superior: RegisterIndex.Index, period: Period)

  /// Who stood to whom, and when, if a relationship of two codes is as it was seen.
  private func stretches(of seen: SeenRelationship) -> [Stretch] {
    let wanted = seen.span.period
    let superiors = lives(of: seen.superior, beyondCode: seen.isPartial)
    return lives(of: seen.code).flatMap { member in
      superiors.compactMap { superior in
        guard let period = wanted.intersection(member.period)?.intersection(superior.period),
          // What goes on in a file goes on to its issue: it does not speak of bodies that came later.
          wanted.end != nil || period.start <= max(issued, wanted.start)
        else { return nil }
        return (member.body, superior.body, period)
      }
    }
  }

  /// For how long each bearer of a code existed with it.
  /// - Parameter beyondCode: whether the first and the last bearer are meant also when they had another code: histories go
  ///   on naming a code that has ended.
  private func lives(of code: String, beyondCode: Bool = false) -> [(body: RegisterIndex.Index, period: Period)] {
    let bearers = index.bearers(of: code, scheme)
    return bearers.enumerated().compactMap { position, bearer in
      guard let extent = index.bodies[bearer.body].extent else { return bearer }
      var period = bearer.period
      if beyondCode, position == 0 { period.start = min(period.start, extent.start) }
      if beyondCode, position == bearers.count - 1 { period.end = nil }
      return period.intersection(extent).map { (bearer.body, $0) }
    }
  }

  private mutating func relate(_ seen: SeenRelationship, _ stretches: [Stretch], _ ofBodyRow: Bool) {
    let wanted = seen.span.period
    guard let first = stretches.map(\.period.start).min() else {
      if ofBodyRow {
        return find(
          seen.line, seen.code, "\(seen.kind) \(seen.superior)", register: "never both existed then",
          file: seen.span.words)
      }
      return reject(
        seen.line, 4, seen.span.words,
        "\(seen.code) and \(seen.superior) did not both exist at any time \(seen.span.words)")
    }
    for stretch in stretches {
      relate(seen, stretch.member, stretch.superior, stretch.period, isWhole: stretch.period == wanted)
    }
    let end = stretches.contains { $0.period.end == nil } ? nil : stretches.compactMap(\.period.end).max()
    // What the register ended after the issue of the file was open in it.
    let isShort = end.map { end in wanted.end.map { end < $0 } ?? (end <= issued) } ?? false
    if first > wanted.start || isShort {
      find(
        seen.line, seen.code, "\(seen.kind) \(seen.superior)",
        register: "both existed \(SeenBody.Span(first, end?.previous).words)", file: seen.span.words, .cut)
    }
  }

  private mutating func relate(
    _ seen: SeenRelationship, _ member: RegisterIndex.Index, _ superior: RegisterIndex.Index, _ period: Period,
    isWhole: Bool
  ) {
    let known = index.bodies[member].relationships.filter {
      $0.word == seen.kind && $0.superior == superior && $0.period.overlaps(period)
    }
    if known.contains(where: { isSame($0.period, period) }) { return }
    if seen.isPartial {
      if covers(known.map(\.period), period) { return }
      guard makeWay(for: seen, of: member, superior, period) else { return }
    }
    if let other = known.first {
      let isTaken = policy == .preferSource && known.count == 1 && !other.startsWithEvent && !other.endsWithEvent
      find(
        seen.line, seen.code, "\(seen.kind) \(seen.superior)", register: SeenBody.Span(other.period).words,
        from: other.source, file: SeenBody.Span(period).words, isTaken && other.key != nil ? .replaced : .kept)
      if isTaken, let key = other.key {
        say(
          .relationship, of: member, seen.kind, value: other.value, superior: superior, period, key: key,
          line: seen.line)
      }
      return
    }
    say(
      .relationship, of: member, seen.kind, superior: superior, period,
      period.start == seen.span.firstDay ? .stated : .derived,
      period.end == seen.span.period.end ? .stated : .derived, line: seen.line)
  }

  /// The same for a reader of the file: an end that lies after its issue was not in it.
  private func isSame(_ known: Period, _ seen: Period) -> Bool {
    guard known.start == seen.start else { return false }
    return known.end == seen.end || (seen.end == nil && known.end.map { $0 > issued } ?? false)
  }

  // MARK: Successions

  /// Holds one succession against the register. Sources of this sort do not say what territory went with it: a link that
  /// the register lacks carries duties.
  package mutating func see(_ seen: SeenSuccession, known: KnownSuccessions) {
    judge { reconciler in
      guard seen.predecessor != seen.successor else {
        return reconciler.reject(seen.line, 2, seen.successor, "'\(seen.successor)' cannot succeed itself")
      }
      let before = seen.day.previous
      guard let predecessor = reconciler.index.bearer(of: seen.predecessor, reconciler.scheme, on: before) else {
        return reconciler.reject(seen.line, missing: seen.predecessor, column: 1)
      }
      guard let successor = reconciler.index.bearer(of: seen.successor, reconciler.scheme, on: seen.day) else {
        return reconciler.reject(seen.line, missing: seen.successor, column: 2)
      }
      reconciler.succeed(seen, predecessor, successor, known)
    }
  }

  package mutating func succeed(
    _ seen: SeenSuccession, _ predecessor: RegisterIndex.Index, _ successor: RegisterIndex.Index,
    _ known: KnownSuccessions
  ) {
    let (from, to) = (index.bodies[predecessor].key, index.bodies[successor].key)
    let days = known.days(from, to)
    if days.contains(seen.day) { return }
    if let day = days.first {
      return find(
        seen.line, seen.predecessor, "succession by \(seen.successor)", register: day.description,
        file: seen.day.description)
    }
    guard predecessor != successor else {
      return reject(
        seen.line, 2, seen.successor,
        "'\(seen.predecessor)' and '\(seen.successor)' are codes of one body: a new code is no succession")
    }
    let lives = (index.bodies[predecessor].extent, index.bodies[successor].extent)
    guard lives.0?.contains(seen.day.previous) ?? false, lives.1?.contains(seen.day) ?? false else {
      return reject(
        seen.line, 3, seen.day.description,
        "'\(seen.predecessor)' does not live on \(seen.day.previous), or '\(seen.successor)' not on \(seen.day)")
    }
    let event = "\(seen.day)-succession-\(seen.successor)"
    say(.event(key: event, EventDetail(type: .succession, day: seen.day)), line: seen.line, source: source)
    say(
      .succession(event: event, predecessor: from, successor: to, nature: .duties), line: seen.line, source: source)
  }
}

/// The successions that the register has, by the keys of the two bodies.
package struct KnownSuccessions {
  private var days: [String: [Day]] = [:]

  package init(_ registry: Registry) throws(DatabaseError) {
    let keys = Dictionary(uniqueKeysWithValues: try registry.organisationKeys().map { ($0.id, $0.key) })
    for link in try registry.successions() {
      days["\(keys[link.predecessor] ?? "")|\(keys[link.successor] ?? "")", default: []].append(link.day)
    }
  }

  package func days(_ predecessor: String, _ successor: String) -> [Day] { days["\(predecessor)|\(successor)"] ?? [] }
}

extension SeenBody.Span {
  package init(_ period: Period) { self.init(period.start, period.lastDay) }

  package var words: String { "from \(firstDay)" + (lastDay.map { " to \($0)" } ?? "") }
}

extension Period {
  /// What two periods have in common; nil: nothing.
  package func intersection(_ other: Period) -> Period? {
    let start = max(start, other.start)
    let ends = [end, other.end].compactMap { $0 }
    guard let end = ends.min() else { return Period(start, nil) }
    return start < end ? Period(start, end) : nil
  }
}
