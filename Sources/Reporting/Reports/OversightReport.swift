import RegistryFormats
package import RegistryStorage

/// Whom bodies answered to on a day, how they were authorised, and what worked side by side before.
package struct OversightReport {
  private let view: RegisterView
  private let day: Day
  private let hierarchy: Hierarchy

  package init(of view: RegisterView, on day: Day) throws(DatabaseError) {
    self.view = view
    self.day = day
    hierarchy = try view.registry.hierarchy(on: day, knownIn: view.revision)
  }

  /// The tiers above the place tier, each with its kinds, in the order of the register.
  private var tiers: [(name: String, kinds: Set<String>)] {
    var tiers: [(name: String, kinds: Set<String>)] = []
    for kind in view.kinds {
      guard let tier = kind.tier, tier != Kind.placeTier else { continue }
      if let index = tiers.firstIndex(where: { $0.name == tier }) {
        tiers[index].kinds.insert(kind.key)
      } else {
        tiers.append((tier, [kind.key]))
      }
    }
    return tiers
  }

  package func report() throws(DatabaseError) -> Report {
    let places = hierarchy.kinds.filter { !$0.value.isDisjoint(with: view.placeKinds) }.keys.sorted()
    let above = places.map { place in tiers.map { hierarchy.ancestor(of: place, kinds: $0.kinds) } }
    // Leave out tiers that nobody is under on the day.
    let used = tiers.indices.filter { tier in above.contains { $0[tier] != .none } }
    let ids = Set(places).union(above.joined().flatMap(Self.bodies))
    let names = try view.bodies(ids, on: day)
    let authorised = try authorisations(of: Set(places))
    let table = DataTable(
      columns: ["code", "name", "kind"] + used.flatMap { ["\(tiers[$0].name)_code", "\(tiers[$0].name)_name"] }
        + (authorised.isEmpty ? [] : ["authorisation"]),
      rows: zip(places, above).map { place, ancestors in
        let own = names[place]
        return [view.code(own), own?.name, own?.kinds.joined(separator: "|")]
          + used.flatMap { tier -> [String?] in
            let found = Self.bodies(ancestors[tier]).map { names[$0] }
            return found.isEmpty
              ? [nil, nil]
              : [found.map(view.code).joined(separator: "|"), found.map(view.name).joined(separator: "|")]
          } + (authorised.isEmpty ? [] : [authorised[place]?.map(\.value).joined(separator: "; ")])
      }.sorted(byColumns: 0, 1))
    let lead =
      "\(counted(places.count, "body", "bodies")), and those above them in \(counted(used.count, "tier"))."
      + (authorised.isEmpty ? "" : " Of \(authorised.count) something is known about their authorisation.")
    return try view.report(
      "Oversight on \(day)", lead: [lead],
      tables: [table] + [overseers(above, names), try authorisation(), try sideBySide()].filter { !$0.rows.isEmpty },
      sources: RegisterView.merged(
        try view.registry.sources(of: places, in: [.relationship], knownIn: view.revision)
          + RegisterView.sources(of: authorised.values.joined().map(\.source))))
  }

  private static func bodies(_ ancestor: Hierarchy.Ancestor) -> [OrganisationID] {
    switch ancestor {
    case .one(let body): [body]
    case .none: []
    case .several(let bodies): bodies
    }
  }

  /// What others say about how each of these bodies came to be, whatever the day. Other bodies are left out.
  private func authorisations(of places: Set<OrganisationID>) throws(DatabaseError) -> [OrganisationID: [Claim]] {
    var claims: [OrganisationID: [Claim]] = [:]
    for claim in try view.registry.claimsAboutBodies(knownIn: view.revision) where claim.topic == .authorisation {
      if let body = claim.organisation, places.contains(body) { claims[body, default: []].append(claim) }
    }
    return claims
  }

  /// How many bodies each one oversees.
  private func overseers(_ above: [[Hierarchy.Ancestor]], _ names: [OrganisationID: Organisation]) -> DataTable {
    var counts: [OrganisationID: Int] = [:]
    for ancestor in above.joined() { for body in Self.bodies(ancestor) { counts[body, default: 0] += 1 } }
    return DataTable(
      title: "How many bodies each oversees",
      columns: ["code", "name", "kind", .number("bodies")],
      rows: view.inOrder(counts.keys.compactMap { names[$0] }).map {
        [view.code($0), $0.name, $0.kinds.joined(separator: "|"), String(counts[$0.id] ?? 0)]
      })
  }

  /// What others published about how bodies of the place tier came to be, not about single bodies.
  private func authorisation() throws(DatabaseError) -> DataTable {
    let claims = try view.claims(about: .authorisation, of: view.placeKinds)
    return DataTable(
      title: "Pathfinders, proposals and authorisation, as published",
      columns: ["from", "to", "published", "note", "source"],
      rows: claims.map { [$0.firstDay.description, $0.lastDay?.description, $0.value, $0.note, $0.source] })
  }

  /// What existed in the two years before the last day on which a kind of the place tier began.
  private func sideBySide() throws(DatabaseError) -> DataTable {
    let counts = try view.registry.counts(knownIn: view.revision).filter { $0.count > 0 }
    let beginnings = view.placeKinds.compactMap { kind in counts.first { $0.kind == kind }?.firstDay }
    guard let change = beginnings.filter({ $0 <= day }).max() else { return DataTable(columns: []) }
    let tiered = Set(view.kinds.filter { $0.tier != nil }.map(\.key))
    let years = Period(change.advanced(by: -730), change.next)
    return DataTable(
      title: "Side by side, in the two years before the change of \(change)",
      columns: ["kind", "counted_by", "from", "to", .number("bodies"), "bound"],
      rows: counts.filter { tiered.contains($0.kind) && $0.period.overlaps(years) }.map {
        [
          $0.kind, $0.scheme, $0.firstDay.description, $0.lastDay?.description, String($0.count),
          $0.isAtLeast ? "at least" : nil,
        ]
      })
  }
}
