package import RegistryFormats
package import RegistryStorage

/// What is to happen: statements under one key, which are recorded together when they are enacted.
///
/// Kept here:
/// 1. Enacting is one change set: what the statements say, and that the proposal is enacted. Undoing that revision
///    opens the proposal again.
/// 2. A proposal never changes what is there already: an event or a body that it adds must be new.
package struct Proposal {
  package let key: String
  /// The change that describes it.
  package let detail: Change
  private let statements: [ProposedStatement]
  /// The places of the statements in the register, by record and fields.
  private let positions: [[String]: Int64]

  package var day: Day { detail.content.proposal?.detail.day ?? .distantPast }
  /// Whether it states nothing yet.
  package var isEmpty: Bool { statements.isEmpty }

  // MARK: Making one

  /// - Parameters:
  ///   - detail: the change that describes the proposal.
  ///   - changes: what it states. An event on the day of the proposal moves with that day.
  ///   - movements: the units that move.
  package init(_ detail: Change, stating changes: [Change], moving movements: [UnitMovement]) throws(Refusal) {
    guard let (key, described) = detail.content.proposal else { throw Refusal("this is no proposal") }
    self.key = key
    self.detail = detail
    positions = [:]
    do {
      statements =
        try changes.map { change throws(Unwritable) in
          try ProposedStatement(change, plannedFor: described.day)
        } + movements.map(ProposedStatement.init)
    } catch {
      throw Refusal(error.description)
    }
  }

  /// The changes that add the proposal to a register.
  package func additions() throws(Refusal) -> [Change] {
    do {
      return try [detail] + statements.map { statement throws(ChangeRecord.Mistake) in try statement.change(in: key) }
    } catch {
      throw Refusal(error.message)
    }
  }

  // MARK: Finding one

  /// The open proposal with this key.
  package init(_ key: String, in registry: Registry) throws {
    let facts = StatedFacts(registry)
    guard let detail = try facts.proposal(key), let state = detail.content.proposal?.detail.state else {
      throw Refusal("no event '\(key)' is planned\(try Self.others(facts))")
    }
    guard state == .open else { throw Refusal("the proposal '\(key)' is \(state.rawValue)") }
    self.key = key
    self.detail = detail
    let stored = try facts.statements(of: key)
    positions = Dictionary(
      stored.compactMap { change in
        change.content.proposed.flatMap { said in said.position.map { ([said.record, said.fields], $0) } }
      }
    ) { $1 }
    statements = try stored.compactMap { change in
      try change.content.proposed.map {
        try ProposedStatement(record: $0.record, fields: $0.fields, note: change.note)
      }
    }
  }

  private static func others(_ facts: StatedFacts) throws -> String {
    let known = try facts.proposals(.open).compactMap { $0.content.proposal?.key }
    return known.isEmpty ? "" : " (planned: \(known.joined(separator: ", ")))"
  }

  /// The change that withdraws the proposal.
  package func withdrawal() -> ChangeSet { ChangeSet(changes: [detail(.withdrawn)]) }

  func detail(_ state: ProposalState) -> Change {
    guard case (let key, var described)? = detail.content.proposal else { return detail }
    described.state = state
    var changed = detail
    changed.content = .proposal(key: key, described)
    return changed
  }

  // MARK: Correcting

  /// The changes that correct what is said of the proposal. What is nil stays as it is.
  /// - Parameter source: the key of a source.
  package func corrected(day: Day?, title: String?, source: String?, note: String?) -> [Change] {
    guard case (let key, var described)? = detail.content.proposal else { return [] }
    described.day = day ?? described.day
    described.title = title ?? described.title
    var changed = detail
    changed.content = .proposal(key: key, described)
    changed.source = source ?? changed.source
    changed.note = note ?? changed.note
    return [changed]
  }

  /// The changes that make the proposal state what `edited` says of it, and nothing else.
  /// - Parameter edited: lines of a change file, as `additions` makes them.
  package func replaced(by edited: [Change]) throws -> [Change] {
    let kept = Set(edited.compactMap { $0.content.proposed.map { [$0.record, $0.fields] } })
    for change in edited {
      let owner = change.content.proposal?.key ?? change.content.proposed?.proposal
      guard owner == key || change.content.isCitation else {
        throw Refusal("a line of the file is not of the proposal '\(key)': apply it by itself")
      }
    }
    let gone = try additions().compactMap { change -> Change? in
      guard let said = change.content.proposed, !kept.contains([said.record, said.fields]) else { return nil }
      return positions[[said.record, said.fields]].map { Change(.retract(key: "\(key)/\($0)")) }
    }
    return edited + gone
  }

  // MARK: Enacting

  /// The changes that enact the proposal, and what deserves a second look.
  /// - Parameter day: the day on which it happens. Without it, the planned day.
  package func enactment(on day: Day?, in registry: Registry) throws -> (changes: ChangeSet, warnings: [String]) {
    guard !statements.isEmpty else {
      throw Refusal(
        "the proposal '\(key)' has no statements: withdraw it, and enter what is planned again, with "
          + "--planned or as a change file")
    }
    if let base = try StatedFacts(registry).openBases(of: key).first {
      throw Refusal("the proposal '\(key)' builds on '\(base)': enact that one first")
    }
    let changes = try changes(on: day ?? self.day, in: registry)
    var warnings: [String] = []
    if let day, day != self.day {
      for case let (key, detail)? in changes.map(\.content.event) where detail.day != day {
        warnings.append("the event '\(key)' has a day of its own, and stays on \(detail.day)")
      }
    }
    return (ChangeSet(changes: changes + [detail(.enacted)]), warnings)
  }

  /// What the statements say if all happens on `day`.
  package func changes(on day: Day, in registry: Registry) throws -> [Change] {
    var changes: [Change] = []
    var movements: [UnitMovement] = []
    for (index, statement) in statements.enumerated() {
      let meaning: ProposedStatement.Meaning
      do {
        meaning = try statement.meaning(on: day)
      } catch {
        throw Refusal("statement \(index + 1) of the proposal '\(key)': \(error.message)")
      }
      switch meaning {
      case .change(var change):
        change.origin = Change.Origin(file: key, line: index + 1)
        changes.append(change)
      case .unit(let movement): movements.append(movement)
      }
    }
    try mustBeNew(changes, in: registry)
    return try changes + divisions(movements, changes, in: registry)
  }

  /// Invariant 2.
  private func mustBeNew(_ changes: [Change], in registry: Registry) throws {
    let facts = StatedFacts(registry)
    for change in changes {
      if let (event, _) = change.content.event, try facts.event(event) != nil {
        throw Refusal("the event '\(event)' of the proposal '\(key)' is recorded already")
      }
      if case .open(_, let body, _) = change.content, try registry.hasLife(organisation: body) {
        throw Refusal("the body '\(body)' of the proposal '\(key)' is in the register already")
      }
    }
  }

  private func divisions(
    _ movements: [UnitMovement], _ changes: [Change], in registry: Registry
  ) throws -> [Change] {
    let days = Dictionary(changes.compactMap(\.content.event).map { ($0.key, $0.detail.day) }) { $1 }
    let groups = Dictionary(grouping: movements) { [$0.event, $0.predecessor] }
    return try groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { names, movements in
      guard let day = days[names[0]] else {
        throw Refusal(
          "the proposal '\(key)' moves units in the event '\(names[0])', which it does not describe")
      }
      do {
        return try UnitDivision.changes(movements, on: day, in: registry)
      } catch {
        throw Refusal("the proposal '\(key)': \(error)")
      }
    }
  }
}
