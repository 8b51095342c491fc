public import RegistryStorage

/// Where the bodies of a kind on one day lie on another. Bodies without territory go as wholes.
public struct KindCrosswalk: Sendable {
  /// The kind of the bodies of the first day.
  public let kind: String
  /// The bodies of the kind on the first day.
  public let bodies: [Organisation]
  /// All links of events from the earlier day to the later one, both inclusive.
  public let links: [SuccessionLink]
  /// The rows of each body together. The shares of a body add up to 1, or it has one row with a gap.
  public let rows: [Crosswalk.Row]

  /// Reads where the bodies lie.
  /// - Parameters:
  ///   - registry: it is read several times. Use `Registry.read` if others may write it meanwhile.
  ///   - kind: the kind of the bodies of the first day. Nil for the kind of the place tier that most bodies have then.
  ///     A kind that the register lacks has no bodies.
  ///   - from: the day of the bodies. It may be the later one.
  ///   - to: the other day.
  ///   - toKind: the kind of the bodies of the other day. Nil for the tier of the first day.
  ///   - bases: the keys of the bases that may measure the shares, in the order in which to try them. Empty for all.
  ///     Keys that the register lacks are ignored.
  ///   - revision: the revision whose knowledge counts.
  public init(
    of registry: Registry, kind: String? = nil, from: Day, to: Day, toKind: String? = nil, bases: [String] = [],
    knownIn revision: Int64 = latest
  ) throws(DatabaseError) {
    let kinds = try registry.kinds()
    let frequent = try Self.mostFrequentPlaceKind(kinds, registry, on: from, revision)
    self.kind = kind ?? frequent
    bodies = try registry.organisations(kind: self.kind, on: from, knownIn: revision)
    links = try registry.successions(from: min(from, to), to: max(from, to), knownIn: revision)
    let source = Source(
      kind: self.kind, bodies: bodies.map(\.id), kinds: kinds, links: links, from: from, to: to, toKind: toKind,
      bases: bases)
    rows = try Self.rows(of: source, registry, revision)
  }

  private struct Source {
    let kind: String
    var bodies: [Int64]
    /// All kinds of the register.
    let kinds: [Kind]
    let links: [SuccessionLink]
    let from: Day
    let to: Day
    let toKind: String?
    let bases: [String]

    var tier: String? { kinds.first { $0.key == kind }?.tier }

    /// The links that carry more than duties.
    var carryingLinks: [Crosswalk.Link] { links.compactMap { Crosswalk.Link($0) } }
  }

  private static func rows(
    of source: Source, _ registry: Registry, _ revision: Int64
  ) throws(DatabaseError) -> [Crosswalk.Row] {
    guard source.tier == nil else { return try territorialRows(of: source, registry, revision) }
    // A body may also have a kind of the place tier. Then its territory counts.
    let before = try registry.hierarchy(on: source.from, knownIn: revision)
    let places = Set(source.kinds.filter { $0.tier == Kind.placeTier }.map(\.key))
    func isPlace(_ body: Int64) -> Bool { !(before.kinds[body]?.isDisjoint(with: places) ?? true) }
    var placed = source
    placed.bodies = source.bodies.filter(isPlace)
    let succession = UndividedSuccession(source.carryingLinks, lives: try registry.lives(knownIn: revision))
    let after = try registry.hierarchy(on: source.to, knownIn: revision)
    let undivided = source.bodies.filter { !isPlace($0) }.map {
      let row = succession.row(of: $0, from: source.from, to: source.to)
      return source.toKind.map { row.read(through: after, kinds: [$0]) } ?? row
    }
    return try territorialRows(of: placed, registry, revision) + undivided
  }

  private static func territorialRows(
    of source: Source, _ registry: Registry, _ revision: Int64
  ) throws(DatabaseError) -> [Crosswalk.Row] {
    guard !source.bodies.isEmpty else { return [] }
    let days = min(source.from, source.to)...max(source.from, source.to)
    let territory = try registry.territory(on: days, knownIn: revision)
    let bases = territory.bases.indices(of: source.bases)
    let observations = try registry.observations(knownIn: revision)
    if source.tier == nil || source.tier == Kind.placeTier, source.toKind == nil {
      // Within the place tier, parents do not matter.
      let wanted = Set(source.bodies)
      return Crosswalk(
        of: source.bodies, from: source.from, to: source.to, bases: bases, territory: territory,
        links: source.carryingLinks, observations: observations,
        source: { wanted.contains($0) ? .body($0) : .none }
      ).rows
    }
    // If no kind is asked for, the tier stays, so the parts of an upper tier are read through parents of the same tier.
    let toKinds = source.toKind.map { [$0] } ?? source.kinds.filter { $0.tier == source.tier }.map(\.key)
    return Crosswalk(
      of: source.bodies, kind: source.kind, toKinds: toKinds,
      before: try registry.hierarchy(on: source.from, knownIn: revision),
      after: try registry.hierarchy(on: source.to, knownIn: revision), bases: bases, territory: territory,
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
}

extension [Basis] {
  /// The indices of the bases with these keys. Without keys, all bases, those with units first.
  func indices(of keys: [String]) -> [Int] {
    guard keys.isEmpty else { return keys.compactMap { key in firstIndex { $0.key == key } } }
    return indices.filter { self[$0].partition != nil } + indices.filter { self[$0].partition == nil }
  }
}
