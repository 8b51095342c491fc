import RegistryStorage
import Succession

/// Where the bodies of a kind on one day lie on another: by territory, by the bodies below them, or as wholes.
struct CrosswalkRows {
  let kind: String
  /// The bodies of the kind on the first day.
  let bodies: [OrganisationSummary]
  /// All links between the two days.
  let links: [SuccessionLink]
  let rows: [Crosswalk.Row]

  /// - Precondition: kinds and bases of `request` are of the register.
  init(_ request: CrosswalkReport.Request, of registry: Registry, knownIn revision: Int64) throws(DatabaseError) {
    let kinds = try registry.kinds()
    let frequent = try Self.mostFrequentPlaceKind(kinds, registry, on: request.from, revision)
    kind = request.kind ?? frequent
    bodies = try registry.organisations(kind: kind, on: request.from, knownIn: revision)
    links = try registry.successions(
      from: min(request.from, request.to), to: max(request.from, request.to), knownIn: revision)
    let source = Source(kind: kind, bodies: bodies.map(\.id), kinds: kinds, links: links)
    rows = try Self.rows(of: source, request, registry, revision)
  }

  /// What is asked about.
  private struct Source {
    let kind: String
    let bodies: [Int64]
    /// All kinds of the register.
    let kinds: [Kind]
    let links: [SuccessionLink]

    var tier: String? { kinds.first { $0.key == kind }?.tier }

    /// The links that carry more than duties.
    var carryingLinks: [Crosswalk.Link] {
      links.filter { $0.nature != .duties }.map {
        Crosswalk.Link(event: $0.eventID, day: $0.day, predecessor: $0.predecessor, successor: $0.successor)
      }
    }
  }

  private static func rows(
    of source: Source, _ request: CrosswalkReport.Request, _ registry: Registry, _ revision: Int64
  ) throws(DatabaseError) -> [Crosswalk.Row] {
    guard source.tier == nil else { return try territorialRows(of: source, request, registry, revision) }
    // A body may have a kind of the place tier beside the one that is asked for: then its territory counts.
    let before = try registry.hierarchy(on: request.from, knownIn: revision)
    let places = Set(source.kinds.filter { $0.tier == Kind.placeTier }.map(\.key))
    func isPlace(_ body: Int64) -> Bool { !(before.kinds[body]?.isDisjoint(with: places) ?? true) }
    let placed = Source(
      kind: source.kind, bodies: source.bodies.filter(isPlace), kinds: source.kinds, links: source.links)
    let succession = UndividedSuccession(source.carryingLinks, lives: try registry.lives(knownIn: revision))
    let after = try registry.hierarchy(on: request.to, knownIn: revision)
    let undivided = source.bodies.filter { !isPlace($0) }.map {
      let row = succession.row(of: $0, from: request.from, to: request.to)
      return request.toKind.map { row.read(through: after, kinds: [$0]) } ?? row
    }
    return try territorialRows(of: placed, request, registry, revision) + undivided
  }

  private static func territorialRows(
    of source: Source, _ request: CrosswalkReport.Request, _ registry: Registry, _ revision: Int64
  ) throws(DatabaseError) -> [Crosswalk.Row] {
    guard !source.bodies.isEmpty else { return [] }
    let days = min(request.from, request.to)...max(request.from, request.to)
    let territory = try registry.territory(on: days, knownIn: revision)
    let bases = indices(of: request.bases, in: territory.bases)
    let observations = try registry.observations(knownIn: revision)
    if source.tier == nil || source.tier == Kind.placeTier, request.toKind == nil {
      // Within the place tier nobody needs to know who stood above whom.
      let wanted = Set(source.bodies)
      return Crosswalk(
        of: source.bodies, from: request.from, to: request.to, bases: bases, territory: territory,
        links: source.carryingLinks, observations: observations,
        source: { wanted.contains($0) ? .body($0) : .none }
      ).rows
    }
    // Where no kind is asked for, the tier stays: an upper tier's parts are read through parents of the same tier.
    let toKinds = request.toKind.map { [$0] } ?? source.kinds.filter { $0.tier == source.tier }.map(\.key)
    return Crosswalk(
      of: source.bodies, kind: source.kind, toKinds: toKinds,
      before: try registry.hierarchy(on: request.from, knownIn: revision),
      after: try registry.hierarchy(on: request.to, knownIn: revision), bases: bases, territory: territory,
      links: source.carryingLinks, observations: observations
    ).rows
  }

  private static func mostFrequentPlaceKind(
    _ kinds: [Kind], _ registry: Registry, on day: Day, _ revision: Int64
  ) throws(DatabaseError) -> String {
    let counts = try registry.bodyCounts(on: day, knownIn: revision)
    let places = kinds.filter { $0.tier == Kind.placeTier }.map(\.key)
    return places.max { (counts[$0] ?? 0) < (counts[$1] ?? 0) } ?? ""
  }

  /// The bases by name; or all: those with units first.
  private static func indices(of keys: [String], in bases: [Basis]) -> [Int] {
    guard keys.isEmpty else { return keys.compactMap { key in bases.firstIndex { $0.key == key } } }
    return bases.indices.filter { bases[$0].partition != nil } + bases.indices.filter { bases[$0].partition == nil }
  }
}
