import RegistryFormats
import Reconcile
import RegistryStorage

/// The units of a dividing event, from a lookup: what was proportional becomes exact.
///
/// Kept here:
/// 1. Either every unit of a divided body gets a destination, or nothing is entered for it: a part would be wrong.
/// 2. Units of other bodies are passed over: a lookup holds the whole country.
/// 3. Columns that describe a day before the event say nothing about it. Of the others, the earliest count.
struct ONSDivision {
  private(set) var passedOverCount = 0
  private let key: String
  private let day: Day
  /// The bodies that were divided, and the keys of all that get a part.
  private let predecessors: [(id: OrganisationID, key: String)]
  private let successors: Set<String>
  /// By body, those that succeed it as a whole by another event of the day. Units that do not move go there with it.
  private let heirs: [String: Set<String>]
  private let facts: StatedFacts
  private let areas: Set<Int>

  /// - Parameter key: the key of the event.
  init(_ key: String, _ registry: Registry, _ lookup: ONSLookup) throws {
    let file = lookup.name
    let all = try registry.successions()
    let links = all.filter { $0.event == key }
    guard let day = links.first?.day else {
      throw Refusal("\(file): the register has no event '\(key)' with successions (see 'orgreg successions')")
    }
    let keys = Dictionary(uniqueKeysWithValues: try registry.organisationKeys().map { ($0.id, $0.key) })
    let since = lookup.areas.indices.filter { lookup.day(of: lookup.areas[$0]) >= day }
    let first = since.map { lookup.day(of: lookup.areas[$0]) }.min()
    areas = Set(since.filter { lookup.day(of: lookup.areas[$0]) == first })
    guard !areas.isEmpty else {
      throw Refusal(
        "\(file): its columns speak of days before \(day), the day of '\(key)' (say --issued if the latest speaks of a "
          + "later day); nothing was changed")
    }
    self.key = key
    self.day = day
    facts = StatedFacts(registry)
    predecessors = Set(links.map(\.predecessor)).sorted().map { ($0, keys[$0] ?? "") }
    successors = Set(links.compactMap { keys[$0.successor] })
    let others = all.filter { $0.event != key && $0.day == day && $0.nature == .succession }
    heirs = Dictionary(grouping: others) { keys[$0.predecessor] ?? "" }.mapValues {
      Set($0.compactMap { keys[$0.successor] })
    }
  }

  /// Says where the units of the divided bodies go.
  /// - Returns: what is worth telling.
  mutating func reconcile(
    _ file: ONSLookup, with reconciler: inout Reconciler, _ registry: Registry
  ) throws -> [String] {
    var rows = Dictionary(file.rows.compactMap { row in row.unit.map { ($0, row) } }, uniquingKeysWith: { $1 })
    let partition = file.units.map(ONSPartition.key)
    var remarks: [String] = []
    for predecessor in predecessors {
      let units = try registry.units(in: predecessor.id, on: day.previous).filter { $0.partition == partition }
      let known = units.count { rows[$0.code] != nil }
      guard known > 0 else { continue }
      guard known == units.count else {
        throw Refusal(
          "\(file.name): \(units.count - known) of \(units.count) units of \(predecessor.key) are not in the file: "
            + "a division needs all of them; nothing was changed")
      }
      var destinations: [String: String] = [:]
      for unit in units {
        guard let row = rows.removeValue(forKey: unit.code) else { continue }
        destinations[unit.code] = destination(of: row, from: predecessor.key, file, &reconciler)
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

  /// The body that a row puts its unit in, which is the divided one if the unit does not move. Nil if that body gets no
  /// part; then the row is rejected.
  private func destination(
    of row: ONSLookup.Row, from predecessor: String, _ file: ONSLookup, _ reconciler: inout Reconciler
  ) -> String? {
    for entry in row.entries where areas.contains(entry.area) {
      for (code, scheme) in [(entry.code, "ons"), (entry.health, "ods")] {
        guard let code, let body = reconciler.index.bearer(of: code, scheme, on: day) else { continue }
        let key = reconciler.index.bodies[body].key
        if successors.contains(key) || key == predecessor { return key }
        if heirs[predecessor]?.contains(key) ?? false { return predecessor }
      }
    }
    let codes = row.entries.compactMap { $0.code ?? $0.health }.joined(separator: ", ")
    reconciler.judge {
      $0.reject(row.line, 1, row.unit ?? "", "the file puts this unit in \(codes), which gets no part in the event")
    }
    return nil
  }
}
