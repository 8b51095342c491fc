import RegistryStorage
import Succession

/// What the engine says of all bodies on all days, as rows of exported tables.
///
/// Kept here:
/// 1. Nothing here decides where a body went. `Whereabouts` and `Lineage` say it, once for each stretch of days.
/// 2. A part of the register has the answers about its own bodies on its own days, and has each of them whole.
struct AnswerTables {
  /// By table, in the order of their columns.
  private(set) var rows: [String: [[Value]]] = [:]
  /// The bodies that rows name.
  private(set) var bodies: Set<OrganisationID> = []
  /// The events that rows name.
  private(set) var events: Set<EventID> = []

  private let whereabouts: Whereabouts
  private let facts: BodyFacts
  private let parts: AnswerParts
  private let eventKeys: [EventID: String]
  private let observed: Set<String>
  private var routes: [[EventID]: Int64] = [:]

  init(_ registry: Registry, _ scope: ExportScope) throws(DatabaseError) {
    whereabouts = try Whereabouts(of: registry)
    facts = try BodyFacts(registry)
    parts = AnswerParts(whereabouts, facts)
    eventKeys = Dictionary(whereabouts.links.map { ($0.eventID, $0.event) }, uniquingKeysWith: { first, _ in first })
    observed = Set(whereabouts.observations.map(\.basis))
    let chosen = try scope.chosenBodies(of: registry)
    if let first = try registry.firstDay() {
      let days = scope.days ?? .distantPast...(.distantFuture)
      let period = Period(max(first, days.lowerBound), days.upperBound == .distantFuture ? nil : days.upperBound.next)
      for body in chosen { try addAnswers(about: body, during: period) }
      for body in bodies.sorted() { addLevels(of: body, during: period) }
    }
    try addLinks(registry, of: chosen, scope)
  }

  private mutating func add(_ table: ExportedTable, _ row: [Value]) { rows[table.name, default: []].append(row) }

  private func key(_ body: OrganisationID?) -> Value { Value(body.flatMap { facts.keys[$0] }) }

  // MARK: Where bodies are

  private mutating func addAnswers(about body: OrganisationID, during days: Period) throws(DatabaseError) {
    let lives = whereabouts.lives[body]?.periods(.legal) ?? []
    let life = lives.first.map { first in
      Period(first.start, lives.contains { $0.end == nil } ? nil : lives.last?.end)
    }
    let asked = facts.daysInPlace(body).compactMap { $0.intersection(days) }.compactMap { period in
      life.map { period.intersection($0) } ?? period
    }
    guard !asked.isEmpty else { return }
    let grid = whereabouts.grid(of: body, during: asked, within: days)
    let amounts = grid.rows.indices.map { whereabouts.amounts(in: grid, row: $0) }
    let answers = try BodyAnswers(grid, amounts, whereabouts, parts, observed: observed)
    for tile in grid.tiles(answers.standard) { addTile(tile, of: body, askedBy: ExportedTable.anyWord) }
    for (basis, contents) in answers.differing {
      for tile in grid.tiles(contents) { addTile(tile, of: body, askedBy: basis) }
    }
    addAmounts(amounts, in: grid)
  }

  private mutating func addTile(_ tile: AnswerTile<[AnswerPart]>, of body: OrganisationID, askedBy basis: String) {
    for (number, part) in tile.content.enumerated() {
      if let target = part.target { bodies.insert(target) }
      add(
        .crosswalkPart,
        [
          key(body), .text(basis), Value(tile.from.start), Value(tile.from.end), Value(tile.to.start),
          Value(tile.to.end), .integer(Int64(number + 1)), .text(part.status), key(part.target),
          Value(part.amount?.text), Value(part.total?.text), Value(part.basis), Value(part.method),
          Value(route(part.events)), Value(part.reason),
        ])
    }
  }

  /// The number of a list of events. Nil if it is empty.
  private mutating func route(_ events: [EventID]) -> Int64? {
    guard !events.isEmpty else { return nil }
    if let known = routes[events] { return known }
    let number = Int64(routes.count + 1)
    routes[events] = number
    self.events.formUnion(events)
    for event in events { add(.crosswalkRoute, [.integer(number), Value(eventKeys[event])]) }
    return number
  }

  private mutating func addAmounts(_ amounts: [[Amount?]], in grid: AnswerGrid) {
    for (index, basis) in whereabouts.territory.bases.enumerated() where amounts.contains(where: { $0[index] != nil }) {
      for tile in grid.stretches(amounts.map { $0[index] }) {
        add(
          .organisationAmount,
          [
            key(grid.body), .text(basis.key), Value(tile.period.start), Value(tile.period.end),
            Value(tile.content?.text),
          ])
      }
    }
  }

  private mutating func addLevels(of body: OrganisationID, during days: Period) {
    for (level, period) in facts.levels(of: body) {
      guard let period = period.intersection(days) else { continue }
      if let superior = level.superior { bodies.insert(superior) }
      add(
        .crosswalkLevel,
        [key(body), .text(level.kind), Value(period.start), Value(period.end), key(level.superior)])
    }
  }

  // MARK: Links

  private struct LinkName: Hashable {
    let event: EventID
    let predecessor, successor: OrganisationID
    let nature: String
  }

  private mutating func addLinks(
    _ registry: Registry, of chosen: [OrganisationID], _ scope: ExportScope
  ) throws(DatabaseError) {
    var keys: [LinkName: [String]] = [:]
    try registry.database.each(
      """
      \(scope.isWhole ? "" : "WITH RECURSIVE \(scope.clauses)")
      SELECT event_id, predecessor_id, successor_id, nature, key FROM succession
      WHERE superseded_in IS NULL\(scope.isWhole ? "" : " AND id IN linked") ORDER BY id
      """
    ) {
      let name = LinkName(
        event: $0.event(0), predecessor: $0.organisation(1), successor: $0.organisation(2), nature: $0.text(3))
      keys[name, default: []].append($0.text(4))
    }
    func key(_ link: SuccessionLink) -> [String] {
      keys[
        LinkName(
          event: link.eventID, predecessor: link.predecessor, successor: link.successor, nature: link.nature.rawValue)]
        ?? []
    }
    let shares = LinkShares(whereabouts)
    for link in whereabouts.links {
      guard let share = try shares.share(of: link) else { continue }
      for key in key(link) {
        add(.linkShare, [.text(key), .real(share.share), Value(share.basis), .text(share.method.rawValue)])
      }
    }
    let linked = Set(whereabouts.links.flatMap { [$0.predecessor, $0.successor] })
    for body in chosen where linked.contains(body) {
      for (direction, word) in [(Lineage.Direction.forward, "forward"), (.backward, "backward")] {
        for link in try Lineage(of: body, in: whereabouts, direction).links {
          for key in key(link) { add(.lineageStep, [self.key(body), .text(word), .text(key)]) }
        }
      }
    }
  }
}
