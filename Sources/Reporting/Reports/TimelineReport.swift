import RegistryFormats
package import RegistryStorage
import Succession

/// When bodies lived, and what became of them.
package struct TimelineReport {
  private let view: RegisterView
  private let title: String
  private let bodies: [Organisation]
  private let links: [SuccessionLink]
  /// How many links between these bodies are left out because they carry less than the tolerance.
  private let sliverCount: Int

  /// - Parameters:
  ///   - kinds: Only bodies that were ever of one of these kinds. If empty, bodies of the place tier.
  ///   - bodies: Only bodies that ever stood below one of these, and their predecessors and successors. If empty, all.
  ///   - tolerance: Links that carry a smaller share of both bodies are left out. From 0 to 1.
  package init(
    of view: RegisterView, kinds: [String] = [], within bodies: [OrganisationID] = [], tolerance: Double = 0
  ) throws(DatabaseError) {
    self.view = view
    let wanted = kinds.isEmpty ? view.placeKinds : kinds
    let whereabouts = try Whereabouts(of: view.registry, knownIn: view.revision)
    var ids: Set<OrganisationID> = []
    for kind in wanted { ids.formUnion(try view.registry.organisations(ofKind: kind, knownIn: view.revision)) }
    if !bodies.isEmpty {
      var around = Set(bodies)
      for body in bodies { around.formUnion(try view.registry.bodiesEverBelow(body, knownIn: view.revision)) }
      var related: Set<OrganisationID> = []
      for body in around {
        related.formUnion(try Lineage(of: body, in: whereabouts, .both, tolerance: tolerance).bodies)
      }
      ids.formIntersection(related)
    }
    self.bodies = view.inOrder(try view.bodies(ids).values).filter { $0.firstDay != nil }
    let shown = Set(self.bodies.map(\.id))
    let shares = LinkShares(whereabouts)
    var links: [SuccessionLink] = []
    var slivers = 0
    for link in whereabouts.links where shown.contains(link.predecessor) && shown.contains(link.successor) {
      if tolerance > 0, try shares.isSliver(link, tolerance: tolerance) { slivers += 1 } else { links.append(link) }
    }
    self.links = links
    sliverCount = slivers
    let kindNames = kinds.map(view.title).joined(separator: ", ")
    let subject = try view.bodies(bodies.suffix(1)).values.first.map { "\(view.code($0)) \(view.name($0))" }
    title =
      "Timeline" + (kindNames.isEmpty ? "" : ": \(kindNames)") + (subject.map { " around \($0)" } ?? "")
  }

  package func report() throws(DatabaseError) -> Report {
    let codes = Dictionary(uniqueKeysWithValues: bodies.map { ($0.id, view.code($0)) })
    let after = Dictionary(grouping: links, by: \.predecessor)
    let table = DataTable(
      columns: ["code", "name", "kind", "from", "to", "from_status", "to_status", "became"],
      rows: bodies.map { body in
        let became = Set((after[body.id] ?? []).filter { $0.nature != .duties }.compactMap { codes[$0.successor] })
        return [
          view.code(body), body.name, body.kinds.joined(separator: "|"), body.firstDay?.description,
          body.lastDay?.description, body.firstDayStatus.rawValue,
          body.lastDay == nil ? nil : body.lastDayStatus.rawValue,
          became.isEmpty ? nil : became.sorted().joined(separator: "|"),
        ]
      },
      notes: ["Code and name are the last ones. 'became' names only bodies that are shown here."])
    let figure = Lifelines(bodies.compactMap(bar), links.map(line)).figure(
      name: "timeline", title: title,
      description: """
        A bar for each of \(bodies.count) bodies, from its first day to its last; lines lead to what it became, dashed where \
        only duties or a part went. What became one body stands together.
        """)
    return try view.report(
      title,
      lead: ["\(counted(bodies.count, "body", "bodies"))."]
        + (sliverCount == 0 ? [] : ["\(sliverCount) links that carry less than the tolerance are left out."]),
      tables: [table], figures: [figure],
      sources: try view.registry.sources(of: bodies.map(\.id), in: [.life], knownIn: view.revision))
  }

  private func bar(_ body: Organisation) -> Lifelines.Bar? {
    guard let life = body.life else { return nil }
    let marks: [Certainty: String] = [.derived: " (derived)", .unknown: " (not known exactly)"]
    let end = body.lastDay.map { "\($0)\(marks[body.lastDayStatus] ?? "")" } ?? "today"
    return Lifelines.Bar(
      id: body.id, code: view.code(body), name: body.name ?? "", period: life,
      hint: "\(view.code(body)) \(view.name(body)), \(life.start)\(marks[body.firstDayStatus] ?? "") to \(end)")
  }

  private func line(_ link: SuccessionLink) -> Lifelines.Link {
    Lifelines.Link(
      from: link.predecessor, to: link.successor, day: link.day, isWhole: link.nature == .succession)
  }
}
