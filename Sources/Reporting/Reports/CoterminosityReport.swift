import RegistryFormats
package import RegistryStorage

/// How bodies of the place tier and local authorities fit into each other, by the small areas that both have.
package struct CoterminosityReport {
  private let view: RegisterView
  private let day: Day
  private let authorityKind: String
  private let tolerance: Double
  /// Overlaps of bodies that live on `day`, from the last day up to it on which a source counted.
  private let overlaps: [Observation]
  private let bodies: [OrganisationID: Organisation]

  /// The kind of the authorities that are meant where nobody names one.
  package static let authorityKind = "local-authority"

  /// How a body fits.
  enum Fit: String, CaseIterable {
    case oneToOne = "one-to-one"
    case inside
    case covers
    case crosses

    var words: String {
      switch self {
      case .oneToOne: "the body and one authority are the same"
      case .inside: "the body lies in one authority, which has others too"
      case .covers: "the body is several whole authorities"
      case .crosses: "the body has parts of authorities"
      }
    }
  }

  /// - Parameters:
  ///   - authorityKind: A kind of the register.
  ///   - tolerance: Parts of at most this share of the body and of the authority do not count for how a body fits.
  package init(
    of view: RegisterView, on day: Day, authorityKind: String, tolerance: Double
  ) throws(DatabaseError) {
    self.view = view
    self.day = day
    self.authorityKind = authorityKind
    self.tolerance = tolerance
    let authorities = Set(try view.registry.organisations(ofKind: authorityKind, knownIn: view.revision))
    let observed = try view.registry.observations(knownIn: view.revision).filter {
      authorities.contains($0.successor) && $0.successorDay == $0.predecessorDay && $0.successorDay <= day
    }
    let latestDay = observed.map(\.successorDay).max()
    let latest = observed.filter { $0.successorDay == latestDay }
    let found = try view.bodies(Set(latest.flatMap { [$0.predecessor, $0.successor] }), on: day)
    bodies = found.filter { _, body in body.life?.contains(day) ?? false }
    overlaps = latest.filter { [bodies] in
      bodies[$0.predecessor] != nil && bodies[$0.successor] != nil && $0.amount > 0
    }
  }

  /// How each body fits.
  func fits() -> [OrganisationID: Fit] {
    let (ofBody, ofAuthority) = (sums(by: \.predecessor), sums(by: \.successor))
    return Dictionary(grouping: overlaps, by: \.predecessor).mapValues { fit($0, ofBody, ofAuthority) }
  }

  package func report() throws(DatabaseError) -> Report {
    let ofBody = sums(by: \.predecessor)
    let ofAuthority = sums(by: \.successor)
    let fits = fits()
    let table = DataTable(
      columns: [
        "code", "name", "authority_code", "authority_name", .number("amount"), .number("share_of_body"),
        .number("share_of_authority"), "fit", "counted_on", "basis",
      ],
      rows: overlaps.map { overlap in
        let (body, authority) = (bodies[overlap.predecessor], bodies[overlap.successor])
        return [
          view.code(body), body?.name, code(ofAuthority: authority), authority?.name, number(overlap.amount),
          number(overlap.amount / (ofBody[overlap.predecessor] ?? 1)),
          number(overlap.amount / (ofAuthority[overlap.successor] ?? 1)), fits[overlap.predecessor]?.rawValue,
          overlap.predecessorDay.description, overlap.basis,
        ]
      }.sorted(byColumns: 0, 2))
    let when = overlaps.first.map { "counted on \($0.predecessorDay)" } ?? "no source counted any by then"
    return try view.report(
      "Bodies and local authorities on \(day)",
      lead: [
        "\(counted(fits.count, "body", "bodies")) and \(counted(ofAuthority.count, "authority", "authorities")), by the areas that they share, \(when)."
      ]
        + (try leftOut(fits)),
      tables: [table, counts(fits)] + [try claims(), try boards()].filter { !$0.rows.isEmpty }, figures: [figure()],
      sources: try view.registry.sources(of: bodies.keys.sorted(), in: [.life], knownIn: view.revision))
  }

  /// Says which bodies of the kinds no source counted.
  private func leftOut(_ fits: [OrganisationID: Fit]) throws(DatabaseError) -> [String] {
    let kinds = Set(fits.keys.flatMap { bodies[$0]?.kinds ?? [] })
    var missing: [String] = []
    for kind in kinds.sorted() {
      for body in try view.registry.organisations(kind: kind, on: day, knownIn: view.revision)
      where fits[body.id] == nil {
        missing.append(view.code(body))
      }
    }
    guard !missing.isEmpty else { return [] }
    return [
      "No source counted the areas of \(counted(missing.count, "more body", "more bodies")): \(missing.joined(separator: ", "))."
    ]
  }

  private func sums(by side: (Observation) -> OrganisationID) -> [OrganisationID: Double] {
    Dictionary(grouping: overlaps, by: side).mapValues { $0.reduce(0) { $0 + $1.amount } }
  }

  /// Authorities have codes of one scheme only.
  private func code(ofAuthority body: Organisation?) -> String? {
    body.map { $0.codes.sorted { $0.key < $1.key }.first?.value ?? $0.key }
  }

  private func fit(
    _ own: [Observation], _ ofBody: [OrganisationID: Double], _ ofAuthority: [OrganisationID: Double]
  ) -> Fit {
    let counting = own.filter { overlap in
      overlap.amount / (ofBody[overlap.predecessor] ?? 1) > tolerance
        || overlap.amount / (ofAuthority[overlap.successor] ?? 1) > tolerance
    }
    let whole = counting.filter { 1 - $0.amount / (ofAuthority[$0.successor] ?? 1) <= tolerance }
    switch (counting.count, whole.count) {
    case (1, 1): return .oneToOne
    case (1, _): return .inside
    case (let parts, let whole) where parts == whole: return .covers
    default: return .crosses
    }
  }

  // MARK: Tables

  private func counts(_ fits: [OrganisationID: Fit]) -> DataTable {
    DataTable(
      title: "How bodies fit",
      columns: ["fit", .number("bodies"), "meaning"],
      rows: Fit.allCases.map { fit in [fit.rawValue, String(fits.values.count { $0 == fit }), fit.words] },
      notes: tolerance == 0
        ? ["Every single area counts; --tolerance leaves small parts out."]
        : ["Parts of at most \(percent(tolerance)) of the body and of the authority are left out."])
  }

  /// What others say about how bodies of these kinds fit local government.
  private func claims() throws(DatabaseError) -> DataTable {
    let claims = try view.claims(about: .localGovernment, of: Set(bodies.values.flatMap(\.kinds)))
    return DataTable(
      title: "What others published",
      columns: ["kind", "from", "published", "note", "source"],
      rows: claims.map { [$0.kind, $0.firstDay.description, $0.value, $0.note, $0.source] })
  }

  /// The bodies that belong to what stands under an authority.
  private func boards() throws(DatabaseError) -> DataTable {
    let hierarchy = try view.registry.hierarchy(on: day, knownIn: view.revision)
    let authorities = Set(hierarchy.kinds.filter { $0.value.contains(authorityKind) }.keys)
    let boards = hierarchy.parents.filter { !authorities.isDisjoint(with: $0.value) }
    let kinds = Set(boards.keys.flatMap { hierarchy.kinds[$0] ?? [] })
    var members: [OrganisationID: [OrganisationID]] = [:]
    for kind in kinds.sorted() {
      for member in try view.registry.memberships(inKind: kind, knownIn: view.revision)
      where member.period.contains(day) && boards[member.superior] != nil {
        members[member.superior, default: []].append(member.organisation)
      }
    }
    let names = try view.bodies(Set(boards.keys).union(boards.values.joined()).union(members.values.joined()), on: day)
    return DataTable(
      title: "Boards and the bodies that belong to them",
      columns: ["board", "name", "authority_code", .number("members"), "member_codes"],
      rows: boards.map { board, above in
        let own = Set(members[board] ?? []).compactMap { names[$0] }
        return [
          names[board]?.key, names[board]?.name,
          above.compactMap { code(ofAuthority: names[$0]) }.joined(separator: "|"),
          String(own.count), own.isEmpty ? nil : own.map(view.code).sorted().joined(separator: "|"),
        ]
      }.sorted(byColumns: 0))
  }

  // MARK: Figure

  private func figure() -> Figure? {
    guard !overlaps.isEmpty else { return nil }
    let ofBody = sums(by: \.predecessor)
    func side(_ heading: String, _ code: @escaping (Organisation?) -> String?) -> Sankey.Side {
      Sankey.Side(heading: heading) { [bodies, view] id, amount in
        let words = code(bodies[id]) ?? "?"
        let name = view.name(bodies[id])
        return Sankey.Node(code: words, name: name, amount: amount, hint: "\(words) \(name): \(grouped(amount)) areas")
      }
    }
    let flows = overlaps.map { overlap in
      let share = overlap.amount / (ofBody[overlap.predecessor] ?? 1)
      let authority = code(ofAuthority: bodies[overlap.successor]) ?? "?"
      return Sankey.BodyFlow(
        from: overlap.predecessor, to: overlap.successor, amount: overlap.amount, share: share,
        hint:
          "\(view.code(bodies[overlap.predecessor])) in \(authority): \(percent(share)), \(grouped(overlap.amount)) areas"
      )
    }
    return Sankey(
      flows, from: side("bodies", view.code), to: side(view.title(ofKind: authorityKind), code)
    ).figure(
      name: "coterminosity", title: "Bodies and local authorities on \(day)",
      description: """
        Bodies on the left, authorities on the right, each as high as its areas; a band is what both have. Bands of another \
        colour, with their share of the body, are parts of one.
        """)
  }
}
