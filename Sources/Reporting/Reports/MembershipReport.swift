import RegistryFormats
package import RegistryStorage

/// Which members were in which body on a day, which were in none or in several, and which moved by another day.
package struct MembershipReport {
  private let view: RegisterView
  private let day: Day
  private let memberKind: String
  /// Only memberships in bodies of the place tier.
  private let memberships: [Membership]
  /// All bodies that were ever of the member kind.
  private let members: Set<OrganisationID>

  /// What two memberships share if they say the same.
  private struct Beginning: Hashable {
    let member: OrganisationID
    let superior: OrganisationID
    let day: Day
  }

  /// - Parameter memberKind: A kind of the register, for example `gp-practice`.
  package init(of view: RegisterView, memberKind: String, on day: Day) throws(DatabaseError) {
    self.view = view
    self.day = day
    self.memberKind = memberKind
    members = Set(try view.registry.organisations(ofKind: memberKind, knownIn: view.revision))
    var memberships: [Membership] = []
    var seen: Set<Beginning> = []
    for kind in view.placeKinds {
      for membership in try view.registry.memberships(inKind: kind, knownIn: view.revision)
      where members.contains(membership.organisation)
        && seen.insert(
          Beginning(
            member: membership.organisation, superior: membership.superior, day: membership.period.start)
        ).inserted
      {
        memberships.append(membership)
      }
    }
    self.memberships = memberships
  }

  /// - Parameter other: Another day, to show who moved. Without it, no moves are shown.
  package func report(comparedWith other: Day? = nil) throws(DatabaseError) -> Report {
    let bodies = bodies(on: day)
    let names = try view.bodies(Set(bodies.values.joined()), on: day)
    let byBody = Dictionary(grouping: bodies.flatMap { member, bodies in bodies.map { (member, $0) } }, by: \.1)
    var table = DataTable(
      columns: ["code", "name", "kind", .number("members")],
      rows: byBody.map { body, own in
        [view.code(names[body]), names[body]?.name, names[body]?.kinds.joined(separator: "|"), String(own.count)]
      }.sorted(byColumns: 0, 1))
    if members.isEmpty {
      table.notes = [
        "The register has no bodies of the kind \(memberKind): import a file of them, and one of their memberships."
      ]
    }
    var tables = [table, try exceptions(bodies)]
    if let other { tables.append(try moves(to: other)) }
    let several = bodies.values.count { $0.count > 1 }
    return try view.report(
      "Members on \(day)",
      lead: [
        "\(counted(bodies.count, "member")) of the kind \(memberKind) in \(counted(byBody.count, "body", "bodies")); \(several) in more than one."
      ], tables: tables,
      sources: RegisterView.sources(of: memberships.filter { $0.period.contains(day) }.map(\.source)))
  }

  private func bodies(on day: Day) -> [OrganisationID: [OrganisationID]] {
    Dictionary(grouping: memberships.filter { $0.period.contains(day) }, by: \.organisation)
      .mapValues { Array(Set($0.map(\.superior))).sorted() }
  }

  /// Members that lived on the day and were in no body, or in several.
  private func exceptions(_ bodies: [OrganisationID: [OrganisationID]]) throws(DatabaseError) -> DataTable {
    let lives = try view.registry.lives(knownIn: view.revision)
    let wrong = members.filter { member in
      (bodies[member]?.count ?? 0) != 1
        && (bodies[member] != nil || lives[member]?.contains { $0.contains(day) } ?? false)
    }
    let names = try view.bodies(wrong.union(wrong.flatMap { bodies[$0] ?? [] }), on: day)
    return DataTable(
      title: "Members in no body, or in several",
      columns: ["code", "name", "bodies"],
      rows: wrong.map { member in
        let own = (bodies[member] ?? []).map { view.code(names[$0]) }
        return [view.code(names[member]), names[member]?.name, own.isEmpty ? nil : own.joined(separator: "|")]
      }.sorted(byColumns: 0),
      notes: wrong.isEmpty ? ["None: every one that lived was in one body."] : [])
  }

  private func moves(to other: Day) throws(DatabaseError) -> DataTable {
    let (before, after) = (bodies(on: day), bodies(on: other))
    let moved = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
    let names = try view.bodies(moved)
    let (from, to) = (
      try view.bodies(Set(before.values.joined()), on: day), try view.bodies(Set(after.values.joined()), on: other)
    )
    func codes(_ bodies: [OrganisationID]?, _ names: [OrganisationID: Organisation]) -> String? {
      bodies.map { $0.map { view.code(names[$0]) }.joined(separator: "|") }
    }
    return DataTable(
      title: "Moves from \(day) to \(other)",
      columns: ["code", "name", "from", "to"],
      rows: moved.map { member in
        [view.code(names[member]), names[member]?.name, codes(before[member], from), codes(after[member], to)]
      }.sorted(byColumns: 0),
      notes: ["A blank: in no body on that day. A body that was succeeded counts as another one."])
  }
}
