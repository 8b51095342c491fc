import RegistryStorage

/// What the kinds and parents of bodies are over time. It is read once.
struct BodyFacts {
  struct Role {
    let kind: String
    let period: Period
    /// Whether the owner of the first scheme says so, or nobody disagrees.
    let isOfFirstScheme: Bool
  }

  struct Parent {
    let id: OrganisationID
    let period: Period
  }

  let keys: [OrganisationID: String]
  /// The last code of each body in the first scheme.
  let codes: [OrganisationID: String]
  let roles: [OrganisationID: [Role]]
  let parents: [OrganisationID: [Parent]]
  private let tiers: [String: String]

  init(_ registry: Registry) throws(DatabaseError) {
    let database = registry.database
    keys = Dictionary(uniqueKeysWithValues: try registry.organisationKeys().map { ($0.id, $0.key) })
    codes = Dictionary(
      try database.query(
        """
        SELECT organisation_id, value FROM code
        WHERE superseded_in IS NULL AND scheme_id = (SELECT min(id) FROM scheme) ORDER BY valid_from
        """
      ) { ($0.organisation(0), $0.text(1)) }, uniquingKeysWith: { $1 })
    tiers = try registry.kinds().reduce(into: [:]) { $0[$1.key] = $1.tier }
    var roles: [OrganisationID: [Role]] = [:]
    try database.each(
      """
      SELECT organisation_id, kind.key, valid_from, valid_to,
        scheme_id IS NULL OR scheme_id = (SELECT min(id) FROM scheme)
      FROM role JOIN kind ON kind.id = kind_id WHERE superseded_in IS NULL ORDER BY valid_from
      """
    ) {
      roles[$0.organisation(0), default: []].append(
        Role(kind: $0.text(1), period: $0.period(2), isOfFirstScheme: $0.integer(4) == 1))
    }
    self.roles = roles
    var parents: [OrganisationID: [Parent]] = [:]
    try database.each(
      """
      SELECT organisation_id, superior_id, valid_from, valid_to
      FROM relationship JOIN relationship_kind ON relationship_kind.id = kind_id AND is_parent
      WHERE superseded_in IS NULL ORDER BY organisation_id, superior_id
      """
    ) { parents[$0.organisation(0), default: []].append(Parent(id: $0.organisation(1), period: $0.period(2))) }
    self.parents = parents
  }

  func code(_ body: OrganisationID) -> String { codes[body] ?? keys[body] ?? "" }

  // MARK: Which bodies may be asked about

  /// The days on which a body is of the place tier or of no tier, in the order of time.
  func daysInPlace(_ body: OrganisationID) -> [Period] {
    let roles = roles[body] ?? []
    return Self.stretches(of: roles.map(\.period)).filter { period in
      let held = roles.filter { $0.period.contains(period.start) }
      let tiers = held.map { self.tiers[$0.kind] }
      let isPlace = tiers.contains(Kind.placeTier)
      guard isPlace || tiers.allSatisfy({ $0 == nil }) else { return false }
      return held.contains { role in
        role.isOfFirstScheme && (self.tiers[role.kind] == nil || self.tiers[role.kind] == Kind.placeTier)
      }
    }
  }

  // MARK: In which body of a kind a body counts

  struct Level: Equatable {
    let kind: String
    /// Nil if there are several.
    let superior: OrganisationID?
  }

  /// For each kind above a body, and for its own kinds, the stretches of days with the same body.
  func levels(of body: OrganisationID) -> [(level: Level, period: Period)] {
    var above: Set<OrganisationID> = [body]
    var open = [body]
    while let next = open.popLast() {
      for parent in parents[next] ?? [] where above.insert(parent.id).inserted { open.append(parent.id) }
    }
    let kinds = Set(above.flatMap { (roles[$0] ?? []).map(\.kind) }).sorted()
    let periods = above.flatMap { body in
      (roles[body] ?? []).map(\.period) + (parents[body] ?? []).map(\.period)
    }
    var found: [(level: Level, period: Period)] = []
    var last: [String: Int] = [:]
    for period in Self.stretches(of: periods) {
      let hierarchy = hierarchy(of: above, on: period.start)
      for kind in kinds {
        let level: Level
        switch hierarchy.ancestor(of: body, kinds: [kind]) {
        case .none: continue
        case .one(let superior): level = Level(kind: kind, superior: superior)
        case .several: level = Level(kind: kind, superior: nil)
        }
        if let index = last[kind], found[index].level == level, found[index].period.end == period.start {
          found[index].period.end = period.end
        } else {
          last[kind] = found.count
          found.append((level, period))
        }
      }
    }
    return found
  }

  private func hierarchy(of bodies: Set<OrganisationID>, on day: Day) -> Hierarchy {
    var parents: [OrganisationID: [OrganisationID]] = [:]
    var kinds: [OrganisationID: Set<String>] = [:]
    for body in bodies {
      let above = (self.parents[body] ?? []).filter { $0.period.contains(day) }.map(\.id)
      if !above.isEmpty { parents[body] = above }
      kinds[body] = Set((roles[body] ?? []).filter { $0.period.contains(day) }.map(\.kind))
    }
    return Hierarchy(day: day, parents: parents, kinds: kinds)
  }

  /// The stretches of days between all beginnings and ends, as far as some period covers them.
  private static func stretches(of periods: [Period]) -> [Period] {
    let days = Set(periods.flatMap { [$0.start] + ($0.end.map { [$0] } ?? []) }).sorted()
    return zip(days, days.dropFirst().map(Optional.init) + [nil]).map { Period($0, $1) }.filter { stretch in
      periods.contains { $0.contains(stretch.start) }
    }
  }
}
