import RegistryFormats
package import RegistryStorage

/// Who stood under whom on a day: as a tree, as rows, and compared with another day.
package struct HierarchyReport {
  private let view: RegisterView
  private let day: Day
  private let state: State

  /// The bodies of one day that have a tier, and those above them.
  private struct State {
    let bodies: [OrganisationID: Organisation]
    let parents: [OrganisationID: [OrganisationID]]
    let children: [OrganisationID: [OrganisationID]]
    let roots: [OrganisationID]
  }

  private struct Line {
    let level: Int
    let body: Organisation
    let parent: Organisation?
    /// The bodies below it, each once.
    let below: Set<OrganisationID>
  }

  package init(of view: RegisterView, on day: Day) throws(DatabaseError) {
    self.view = view
    self.day = day
    state = try Self.state(view, on: day)
  }

  private static func state(_ view: RegisterView, on day: Day) throws(DatabaseError) -> State {
    let hierarchy = try view.registry.hierarchy(on: day, knownIn: view.revision)
    let tiered = Set(view.kinds.filter { $0.tier != nil }.map(\.key))
    // Bodies that have a tier, and whatever stands above one.
    var ids = Set(hierarchy.kinds.filter { !$0.value.isDisjoint(with: tiered) }.keys)
    var open = ids
    while !open.isEmpty {
      open = Set(open.flatMap { hierarchy.parents[$0] ?? [] }).subtracting(ids)
      ids.formUnion(open)
    }
    let bodies = try view.bodies(ids, on: day)
    let parents = hierarchy.parents.filter { bodies[$0.key] != nil }.mapValues { $0.filter { bodies[$0] != nil } }
    var children: [OrganisationID: [OrganisationID]] = [:]
    for (body, above) in parents { for parent in above { children[parent, default: []].append(body) } }
    let order = Dictionary(uniqueKeysWithValues: view.kinds.enumerated().map { ($1.key, $0) })
    func rank(_ id: OrganisationID) -> (Int, String) {
      (bodies[id]?.kinds.first.flatMap { order[$0] } ?? .max, view.code(bodies[id]))
    }
    func depth(_ id: OrganisationID, _ path: Set<OrganisationID> = []) -> Int {
      guard !path.contains(id) else { return 0 }
      return 1 + ((children[id] ?? []).map { depth($0, path.union([id])) }.max() ?? 0)
    }
    // Roots with the most levels below them come first.
    let roots = bodies.keys.filter { (parents[$0] ?? []).isEmpty }.map { (id: $0, depth: depth($0), rank: rank($0)) }
      .sorted { $0.depth != $1.depth ? $0.depth > $1.depth : $0.rank < $1.rank }.map(\.id)
    return State(
      bodies: bodies, parents: parents, children: children.mapValues { $0.sorted { rank($0) < rank($1) } }, roots: roots
    )
  }

  // MARK: The day

  /// - Parameter other: Another day to compare with. Without it, nothing is compared.
  package func report(comparedWith other: Day? = nil) throws(DatabaseError) -> Report {
    let territory = try view.registry.territory(on: day...day, knownIn: view.revision)
    let amounts = BodyAmounts(territory)
    let bases = territory.bases.indices.filter { territory.bases[$0].partition != nil }
    let lines = state.roots.flatMap { branch(under: $0, parent: nil, level: 0, path: []) }
    let table = DataTable(
      columns: [
        .number("level"), "parent_code", "code", "name", "kind", .number("bodies_below"),
      ] + bases.map { .number(territory.bases[$0].key) },
      rows: lines.map { line in
        let placed = line.below.union([line.body.id])
        return [
          String(line.level), line.parent.map(view.code), view.code(line.body), line.body.name,
          line.body.kinds.joined(separator: "|"), String(line.below.count),
        ]
          + bases.map { basis in
            let known = placed.compactMap { amounts.amount(of: $0, on: day, in: basis) }
            return known.isEmpty ? nil : known.reduce(.zero, +).rounded
          }
      },
      notes: bases.map { "\(territory.bases[$0].key): \(territory.bases[$0].name)." }
        + (several > 0
          ? [
            "\(counted(several, "body stands", "bodies stand")) under several others, and \(several == 1 ? "is" : "are") shown under each."
          ] : []))
    var tables = [table]
    if let other { tables.append(try changes(to: other)) }
    return try view.report(
      "Hierarchy on \(day)",
      lead: ["\(counted(state.bodies.count, "body", "bodies")); \(state.roots.count) of them under no other."],
      tables: tables, figures: [figure(lines)],
      outline: lines.map { Report.OutlineLine(level: $0.level, text: words($0)) },
      sources: RegisterView.sources(of: try sources()))
  }

  private var several: Int { state.parents.values.count { $0.count > 1 } }

  /// A body and all below it. A branch ends at a body that stands above itself.
  private func branch(
    under body: OrganisationID, parent: Organisation?, level: Int, path: Set<OrganisationID>
  ) -> [Line] {
    guard let summary = state.bodies[body], !path.contains(body) else { return [] }
    let children = (state.children[body] ?? []).flatMap {
      branch(under: $0, parent: summary, level: level + 1, path: path.union([body]))
    }
    return [Line(level: level, body: summary, parent: parent, below: Set(children.map(\.body.id)))] + children
  }

  private func words(_ line: Line) -> String {
    let below = line.below.isEmpty ? "" : " (\(line.below.count) below)"
    return "\(view.code(line.body)) \(view.name(line.body)), \(line.body.kinds.joined(separator: ", "))\(below)"
  }

  /// The titles of the sources of the relationships that hold on the day.
  private func sources() throws(DatabaseError) -> [String?] {
    var titles: [String?] = []
    for kind in Set(state.bodies.values.flatMap(\.kinds)).sorted() {
      titles += try view.registry.memberships(inKind: kind, knownIn: view.revision)
        .filter { $0.period.contains(day) }.map(\.source)
    }
    return titles
  }

  // MARK: Another day

  /// What appeared, what went, what stands elsewhere and what has another name.
  private func changes(to other: Day) throws(DatabaseError) -> DataTable {
    let later = try Self.state(view, on: other)
    var table = DataTable(
      title: "From \(day) to \(other)",
      columns: ["change", "code", "name", "kind", "from", "to"])
    for id in Set(state.bodies.keys).union(later.bodies.keys) {
      let (before, after) = (state.bodies[id], later.bodies[id])
      func row(_ change: String, _ from: String?, _ to: String?) {
        let body = after ?? before
        table.rows.append([change, view.code(body), body?.name, body?.kinds.joined(separator: "|"), from, to])
      }
      guard let before else {
        row("new", nil, above(id, in: later))
        continue
      }
      guard let after else {
        row("gone", above(id, in: state), nil)
        continue
      }
      if Set(state.parents[id] ?? []) != Set(later.parents[id] ?? []) {
        row("moved", above(id, in: state), above(id, in: later))
      }
      if before.name != after.name { row("renamed", before.name, after.name) }
      if view.code(before) != view.code(after) { row("recoded", view.code(before), view.code(after)) }
      if before.kinds != after.kinds {
        row("other kind", before.kinds.joined(separator: "|"), after.kinds.joined(separator: "|"))
      }
    }
    table.rows = table.rows.sorted(byColumns: 0, 3, 1)
    if table.rows.isEmpty { table.notes = ["Nothing differs."] }
    return table
  }

  private func above(_ id: OrganisationID, in state: State) -> String? {
    let parents = (state.parents[id] ?? []).map { view.code(state.bodies[$0]) }.sorted()
    return parents.isEmpty ? nil : parents.joined(separator: "|")
  }

  // MARK: Figure

  private func figure(_ lines: [Line]) -> Figure? {
    guard !lines.isEmpty else { return nil }
    return Columns(
      lines.map {
        Columns.Line(level: $0.level, code: view.code($0.body), name: view.name($0.body), hint: words($0))
      }
    ).figure(
      name: "hierarchy", title: "Hierarchy on \(day)",
      description: """
        From left to right each body and those that stand under it; \(counted(state.bodies.count, "body", "bodies")). The tree below says the same \
        in words.
        """)
  }
}
