import Storage

/// The units of a dividing event, from a lookup: what was proportional becomes exact.
///
/// Kept here:
/// 1. The units of a body that is divided are all told where they go, or nothing is said of it: a part would be wrong.
/// 2. Units of other bodies are passed over: a lookup holds the whole country.
struct ONSDivision {
  /// Why the units of the event cannot be said.
  private typealias Refusal = ODSFile.Refusal

  private(set) var passedOverCount = 0
  private let key: String
  private let day: Day
  /// The bodies that were divided, and all that get a part, as the index has them.
  private let predecessors: [(id: Int64, key: String)]
  private let successors: Set<String>
  private let facts: StatedFacts

  /// - Parameter key: of the event.
  init(_ key: String, _ registry: Registry, _ file: String) throws {
    let links = try registry.successions().filter { $0.event == key }
    guard let day = links.first?.day else {
      throw Refusal("\(file): the register has no event '\(key)' with successions (see 'orgreg successions')")
    }
    let keys = Dictionary(uniqueKeysWithValues: try registry.organisationKeys().map { ($0.id, $0.key) })
    self.key = key
    self.day = day
    facts = StatedFacts(registry)
    predecessors = Set(links.map(\.predecessor)).sorted().map { ($0, keys[$0] ?? "") }
    successors = Set(links.compactMap { keys[$0.successor] })
  }

  /// Says where the units of the divided bodies go.
  /// - Returns: what is worth telling.
  mutating func report(
    _ file: ONSLookup, to reconciler: inout Reconciler, _ registry: Registry
  ) throws -> [String] {
    var rows = Dictionary(file.rows.compactMap { row in row.unit.map { ($0, row) } }, uniquingKeysWith: { $1 })
    var remarks: [String] = []
    for predecessor in predecessors {
      let held = try registry.units(in: predecessor.id, on: day.previous)
      let known = held.filter { rows[$0.code] != nil }
      guard let partition = known.first?.partition else { continue }
      let units = held.filter { $0.partition == partition }
      guard known.count == units.count else {
        throw Refusal(
          "\(file.name): \(units.count - known.count) of \(units.count) units of \(predecessor.key) are not in the file: "
            + "the units of the event are not all told; nothing was changed")
      }
      var destinations: [String: String] = [:]
      for unit in units {
        guard let row = rows.removeValue(forKey: unit.code) else { continue }
        destinations[unit.code] = destination(of: row, among: successors.union([predecessor.key]), file, &reconciler)
      }
      guard destinations.count == units.count else { continue }
      let before = reconciler.changes.count
      let line = file.rows.first?.line ?? 1
      let changes = try UnitDivision.changes(
        event: key, of: predecessor.key, holding: units, to: destinations, facts)
      let isNew = try reconciler.say(changes, line: line, unlessKnownTo: facts, rows: units.count)
      let sizes = Dictionary(grouping: destinations.values, by: { $0 }).mapValues(\.count).sorted { $0.key < $1.key }
      remarks.append(
        "\(predecessor.key): "
          + sizes.map { "\($0.value) \(file.units?.title ?? "units") to \($0.key)" }
          .joined(separator: ", ") + (isNew && reconciler.changes.count > before ? "" : " (known)"))
    }
    guard !remarks.isEmpty || !reconciler.rejects.isEmpty else {
      throw Refusal("\(file.name): no unit of the file lies in a body that '\(key)' divides; nothing was changed")
    }
    passedOverCount = rows.count
    return remarks
  }

  /// The body that a row puts its unit in; nil: none that gets a part, and the row is rejected.
  private func destination(
    of row: ONSLookup.Row, among bodies: Set<String>, _ file: ONSLookup, _ reconciler: inout Reconciler
  ) -> String? {
    for entry in row.entries {
      for (code, scheme) in [(entry.code, "ons"), (entry.health, "ods")] {
        guard let code, let body = reconciler.index.bearer(of: code, scheme, on: day) else { continue }
        let key = reconciler.index.bodies[body].key
        if bodies.contains(key) { return key }
      }
    }
    let codes = row.entries.compactMap { $0.code ?? $0.health }.joined(separator: ", ")
    reconciler.judge {
      $0.reject(row.line, 1, row.unit ?? "", "the file puts this unit in \(codes), which gets no part in the event")
    }
    return nil
  }
}
