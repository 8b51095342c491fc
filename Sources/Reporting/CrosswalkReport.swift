import Storage
import Succession

/// Where the bodies of one day went by another, as a table, with a sentence for every gap.
public struct CrosswalkReport {
  public let table: DataTable
  /// What is missing, and at which event, by the code of the from body; in the order of the bodies.
  public let missing: [(code: String, reason: String)]
  /// The kind of the from bodies, where nobody named one.
  public let assumedKind: String?

  /// What is missing, as sentences; empty if nothing is.
  public var gaps: [String] { missing.map { "\($0.code): no share: \($0.reason)" } }

  public struct Request: Sendable {
    public var from: Day
    public var to: Day
    /// nil: the kind of the place tier that has most bodies on the first day.
    public var kind: String?
    /// nil: the tier stays; parts lie in whatever body of the place tier.
    public var toKind: String?
    /// Keys, in the order in which they are tried; empty: all of the register.
    public var bases: [String]
    /// Whose codes are shown; nil: the first scheme's.
    public var scheme: String?

    public init(
      from: Day, to: Day, kind: String? = nil, toKind: String? = nil, bases: [String] = [], scheme: String? = nil
    ) {
      self.from = from
      self.to = to
      self.kind = kind
      self.toKind = toKind
      self.bases = bases
      self.scheme = scheme
    }
  }

  /// - Precondition: kinds, bases and the scheme of `request` are of the register.
  public init(_ request: Request, of registry: Registry, knownIn revision: Int64) throws(DatabaseError) {
    let kinds = try registry.kinds()
    let frequent = try Self.mostFrequentPlaceKind(kinds, registry, on: request.from, revision)
    let kind = request.kind ?? frequent
    assumedKind = request.kind == nil ? kind : nil
    let bodies = try registry.organisations(kind: kind, on: request.from, knownIn: revision)
    let links = try registry.successions(
      from: min(request.from, request.to), to: max(request.from, request.to), knownIn: revision)
    let source = Source(kind: kind, bodies: bodies.map(\.id), kinds: kinds, links: links)
    let crosswalk = try Self.rows(of: source, request, registry, revision)
    let firstScheme = try registry.schemes().first?.key ?? ""
    let scheme = request.scheme ?? firstScheme
    let events = Dictionary(links.map { ($0.eventID, $0.event) }, uniquingKeysWith: { first, _ in first })
    let targets = try registry.summaries(
      of: Array(Set(crosswalk.compactMap(\.to))).sorted(), on: request.to, knownIn: revision)
    let sources = Dictionary(uniqueKeysWithValues: bodies.map { ($0.id, $0) })
    let destinations = Dictionary(uniqueKeysWithValues: targets.map { ($0.id, $0) })
    func code(_ body: OrganisationSummary?) -> String? { body.map { $0.codes[scheme] ?? $0.key } }
    table = DataTable(
      title: "\(kind) of \(request.from) in \(request.toKind ?? "bodies") of \(request.to)",
      columns: [
        DataTable.Column("from_code"), DataTable.Column("from_name"), DataTable.Column("to_code"),
        DataTable.Column("to_name"), DataTable.Column("share", isNumber: true),
        DataTable.Column("amount", isNumber: true), DataTable.Column("basis"), DataTable.Column("method"),
        DataTable.Column("events"),
      ],
      rows: crosswalk.map { row -> [String?] in
        let source = sources[row.from]
        let target = row.to.flatMap { destinations[$0] }
        return [
          code(source), source?.name, code(target), target?.name, row.share.map(number), row.amount.map(number),
          row.basis, row.method?.rawValue, row.events.compactMap { events[$0] }.joined(separator: "|"),
        ]
      }.sorted { ($0[0] ?? "", $0[2] ?? "\u{10FFFF}") < ($1[0] ?? "", $1[2] ?? "\u{10FFFF}") })
    let names = Dictionary(
      uniqueKeysWithValues: try registry.summaries(
        of: Array(Set(crosswalk.compactMap { $0.gap?.body })), on: request.to, knownIn: revision
      ).map { ($0.id, $0) })
    missing = crosswalk.compactMap { row in
      row.gap.map { gap in
        (code(sources[row.from]) ?? "", gap.words(events: events) { code(names[$0]) ?? "?" })
      }
    }
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
    of source: Source, _ request: Request, _ registry: Registry, _ revision: Int64
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
    of source: Source, _ request: Request, _ registry: Registry, _ revision: Int64
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
