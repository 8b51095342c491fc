package import RegistryStorage

/// Rows that say how bodies stand to each other.
extension Reconciler {
  /// Holds one relationship against the register. If a code passed from one body to another while it lasted, there is a
  /// relationship for each.
  /// - Parameter ofBodyRow: whether the row also describes a body. If so, a superior that the register lacks does not
  ///   reject it.
  package mutating func judge(_ record: SourceRecord.Relationship, ofBodyRow: Bool = false) {
    judge { $0.relate(record, ofBodyRow: ofBodyRow) }
  }

  package mutating func relate(_ record: SourceRecord.Relationship, ofBodyRow: Bool) {
    let hasSuperior = index.isKnown(record.superior, scheme)
    if !index.isKnown(record.code, scheme) { return reject(record.line, missing: record.code, column: 1) }
    if !hasSuperior, ofBodyRow {
      note(missing: record.superior)
      lostRelationships += 1
      return note(
        record.line, record.code, record.kind, register: "no body with the code \(record.superior)",
        file: "\(record.superior) \(record.period.words)")
    }
    if !hasSuperior { return reject(record.line, missing: record.superior, column: 2) }
    relate(record, stretches(of: record), ofBodyRow)
  }

  /// Whether the register has all of a relationship, as far as both bodies existed.
  func hasAll(_ record: SourceRecord.Relationship) -> Bool {
    let stretches = stretches(of: record)
    return !stretches.isEmpty
      && stretches.allSatisfy { stretch in
        let known = index.bodies[stretch.member].relationships.filter {
          $0.word == record.kind && $0.superior == stretch.superior
        }
        return covers(known.map(\.period), stretch.period)
      }
  }

  private typealias Stretch = (member: RegisterIndex.Index, superior: RegisterIndex.Index, period: Period)

  /// The pairs of bodies that a relationship between two codes means, each with its period.
  private func stretches(of record: SourceRecord.Relationship) -> [Stretch] {
    let wanted = record.period
    let superiors = lives(of: record.superior, beyondCode: record.isPartial)
    return lives(of: record.code).flatMap { member in
      superiors.compactMap { superior in
        guard let period = wanted.intersection(member.period)?.intersection(superior.period),
          // A relationship without an end goes on until the issue of the file, which says nothing about later bodies.
          wanted.end != nil || period.start <= max(issued, wanted.start)
        else { return nil }
        return (member.body, superior.body, period)
      }
    }
  }

  /// For how long each bearer of a code existed with it.
  /// - Parameter beyondCode: whether the first and the last bearer also count while they had another code. Histories go
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

  private mutating func relate(_ record: SourceRecord.Relationship, _ stretches: [Stretch], _ ofBodyRow: Bool) {
    let wanted = record.period
    guard let first = stretches.map(\.period.start).min() else {
      if ofBodyRow {
        return note(
          record.line, record.code, "\(record.kind) \(record.superior)", register: "never both existed then",
          file: record.period.words)
      }
      return reject(
        record.line, 4, record.period.words,
        "\(record.code) and \(record.superior) did not both exist at any time \(record.period.words)")
    }
    for stretch in stretches {
      if record.isPartial {
        relate(part: record, stretch.member, under: stretch.superior, stretch.period)
      } else {
        join(record, stretch.member, under: stretch.superior, stretch.period)
      }
    }
    let end = stretches.contains { $0.period.end == nil } ? nil : stretches.compactMap(\.period.end).max()
    // A body that ended after the issue of the file was open in it.
    let isShort = end.map { end in wanted.end.map { end < $0 } ?? (end <= issued) } ?? false
    if first > wanted.start || isShort {
      note(
        record.line, record.code, "\(record.kind) \(record.superior)",
        register: "both existed \(Period(first, end).words)", file: record.period.words, .cut)
    }
  }

  // MARK: Successions

  /// Holds one succession against the register. Such sources do not say which territory went with it, so a link that
  /// the register lacks is entered with the nature `duties`.
  package mutating func judge(_ record: SourceRecord.Succession, known: KnownSuccessions) {
    judge { reconciler in
      guard record.predecessor != record.successor else {
        return reconciler.reject(record.line, 2, record.successor, "'\(record.successor)' cannot succeed itself")
      }
      let before = record.day.previous
      guard let predecessor = reconciler.index.bearer(of: record.predecessor, reconciler.scheme, on: before) else {
        return reconciler.reject(record.line, missing: record.predecessor, column: 1)
      }
      guard let successor = reconciler.index.bearer(of: record.successor, reconciler.scheme, on: record.day) else {
        return reconciler.reject(record.line, missing: record.successor, column: 2)
      }
      reconciler.succeed(record, predecessor, successor, known)
    }
  }

  package mutating func succeed(
    _ record: SourceRecord.Succession, _ predecessor: RegisterIndex.Index, _ successor: RegisterIndex.Index,
    _ known: KnownSuccessions
  ) {
    let (from, to) = (index.bodies[predecessor].key, index.bodies[successor].key)
    let days = known.days(from, to)
    if days.contains(record.day) { return }
    if let day = days.first {
      return note(
        record.line, record.predecessor, "succession by \(record.successor)", register: day.description,
        file: record.day.description)
    }
    guard predecessor != successor else {
      return reject(
        record.line, 2, record.successor,
        "'\(record.predecessor)' and '\(record.successor)' are codes of one body: a new code is no succession")
    }
    let lives = (index.bodies[predecessor].extent, index.bodies[successor].extent)
    guard lives.0?.contains(record.day.previous) ?? false, lives.1?.contains(record.day) ?? false else {
      return reject(
        record.line, 3, record.day.description,
        "'\(record.predecessor)' does not live on \(record.day.previous), or '\(record.successor)' not on \(record.day)"
      )
    }
    let event = "\(record.day)-succession-\(record.successor)"
    say(.event(key: event, EventDetail(type: .succession, day: record.day)), line: record.line, source: source)
    say(
      .succession(event: event, predecessor: from, successor: to, nature: .duties), line: record.line, source: source)
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
