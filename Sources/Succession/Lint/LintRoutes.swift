import RegistryStorage

/// The register's own answer: where each body went, by every basis that knows it.
struct TrueRoutes {
  struct Route {
    let basis: String
    /// The shares above zero, by the body of the other day. The key nil stands for no body.
    let shares: [Int64?: Double]
  }

  /// Reads a body of the place tier as one of the tier that is asked for.
  struct Tier {
    /// Nil for the place tier itself.
    let kinds: Set<String>?
    let hierarchy: Hierarchy

    func counted(_ place: Int64) -> Crosswalk.Counted {
      kinds.map { Crosswalk.Counted(place, $0.sorted(), hierarchy) } ?? .body(place)
    }
  }

  private var routes: [Int64: [Route]] = [:]
  /// The bodies in which territory of a body lay on any day between the two. Nil for an upper target tier.
  private var stations: [Int64: Set<Int64>]?
  private let amounts: Amounts

  /// How much territory each body held on the first day, in the basis that knows the most bodies.
  struct Amounts {
    /// The key of the basis. Nil if no basis knows any of the bodies.
    var unit: String?
    var byBody: [Int64: Double] = [:]
    private var average: Double { byBody.isEmpty ? 1 : byBody.values.reduce(0, +) / Double(byBody.count) }

    /// The amount of a body. A body that the basis does not know counts as an average one.
    func amount(of body: Int64) -> Double { byBody[body] ?? average }
  }

  init(of bodies: [Int64], source: Tier, target: Tier, territory: Territory, observations: [Observation]) {
    let (from, to) = (source.hierarchy.day, target.hierarchy.day)
    let order = territory.bases.indices.filter { territory.bases[$0].partition != nil }
    for basis in territory.bases.indices(of: []) {
      let crosswalk = Crosswalk(
        of: bodies, from: from, to: to, bases: [basis], territory: territory, observations: observations,
        source: source.counted, target: target.counted)
      for (body, rows) in Dictionary(grouping: crosswalk.rows, by: \.from) where rows.allSatisfy({ $0.share != nil }) {
        let shares = rows.map { ($0.to, $0.share ?? 0) }.filter { $0.1 > 0 }
        routes[body, default: []].append(
          Route(basis: territory.bases[basis].key, shares: Dictionary(shares, uniquingKeysWith: +)))
      }
    }
    amounts = Self.amounts(of: bodies, order, source, territory)
    if target.kinds == nil { stations = Self.stations(from, to, source, territory) }
  }

  /// In the order in which the bases are tried. Empty if the register does not know where the body went.
  func routes(of body: Int64) -> [Route] { routes[body] ?? [] }

  /// Whether territory of `body` lay in `other` on any day between the two. Always true for an upper target tier.
  func passed(through other: Int64, from body: Int64) -> Bool {
    stations.map { $0[body]?.contains(other) ?? false } ?? true
  }

  var unit: String? { amounts.unit }

  func amount(of body: Int64) -> Double { amounts.amount(of: body) }

  private static func amounts(
    of bodies: [Int64], _ bases: [Int], _ source: Tier, _ territory: Territory
  ) -> Amounts {
    var best = Amounts()
    // Bases that count units come first, because the effects give every unit the same weight.
    let counting = bases.filter { territory.bases[$0].countsUnits }
    for basis in counting + bases.filter({ !territory.bases[$0].countsUnits }) where best.byBody.count < bodies.count {
      let day = source.hierarchy.day
      let still = Crosswalk(
        of: bodies, from: day, to: day, bases: [basis], territory: territory, source: source.counted,
        target: source.counted)
      let known = still.rows.compactMap { row in row.amount.map { (row.from, $0) } }
      let byBody = Dictionary(known, uniquingKeysWith: +)
      if byBody.count > best.byBody.count { best = Amounts(unit: territory.bases[basis].key, byBody: byBody) }
    }
    return best
  }

  private static func stations(
    _ from: Day, _ to: Day, _ source: Tier, _ territory: Territory
  ) -> [Int64: Set<Int64>] {
    let between = Period(min(from, to), max(from, to).next)
    var stations: [Int64: Set<Int64>] = [:]
    for piece in territory.parcels.lazy.flatMap(\.pieces) {
      guard case .organisation(let place) = piece.place(on: from), case .body(let body) = source.counted(place) else {
        continue
      }
      for placement in piece.placements where placement.period.overlaps(between) {
        if case .organisation(let station) = placement.place { stations[body, default: []].insert(station) }
      }
    }
    return stations
  }
}
