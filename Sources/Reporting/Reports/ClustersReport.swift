import RegistryFormats
package import RegistryStorage

/// Groupings that no law made: who was in them, how good the evidence is, and how many there were by whose count.
package struct ClustersReport {
  private let view: RegisterView
  /// The kinds of the tier `grouping`.
  private let groupings: [Kind]
  private let members: [(kind: String, membership: Membership)]

  package init(of view: RegisterView) throws(DatabaseError) {
    self.view = view
    groupings = view.kinds.filter { $0.tier == Kind.groupingTier }
    var members: [(kind: String, membership: Membership)] = []
    for kind in groupings {
      members += try view.registry.memberships(inKind: kind.key, knownIn: view.revision).map { (kind.key, $0) }
    }
    self.members = members
  }

  package func report() throws(DatabaseError) -> Report {
    let names = try view.bodies(Set(members.flatMap { [$0.membership.organisation, $0.membership.superior] }))
    var table = DataTable(
      columns: ["cluster", "cluster_name", "kind", "code", "name", "from", "from_status", "to", "grade", "source"])
    table.rows = members.map { kind, member in
      let (cluster, body) = (names[member.superior], names[member.organisation])
      return [
        cluster?.key, cluster?.name, kind, view.code(body), body?.name, member.period.start.description,
        member.firstDayStatus.rawValue, member.period.lastDay?.description, member.grade, member.source,
      ]
    }.sorted(byColumns: 2, 0, 3, 5)
    table.notes = [
      "Grades: A named by a source, B a source gives a number that agrees, N in the name of the cluster, C derived only."
    ]
    let bodies = Set(members.map(\.membership.organisation)).count
    return try view.report(
      "Clusters",
      lead: [
        "\(counted(bodies, "body", "bodies")) in \(counted(Set(members.map(\.membership.superior)).count, "grouping")), which had no orders, and mostly no codes."
      ],
      tables: [table, grades, try counts(), try crossing()],
      sources: RegisterView.sources(of: members.map(\.membership.source)))
  }

  private var grades: DataTable {
    let byGrade = Dictionary(grouping: members) { [$0.kind, $0.membership.grade ?? ""] }
    return DataTable(
      title: "How good the evidence is",
      columns: ["kind", "grade", .number("memberships")],
      rows: byGrade.map { [$0.key[0], $0.key[1].isEmpty ? nil : $0.key[1], String($0.value.count)] }
        .sorted(byColumns: 0, 1))
  }

  /// What others counted.
  private func counts() throws(DatabaseError) -> DataTable {
    let kinds = Set(groupings.map(\.key))
    return ReconcileReport.table(
      "How many there were, by whose count",
      of: try ReconcileReport(of: view).comparisons.filter { kinds.contains($0.claim.kind) })
  }

  /// Members that stood under two bodies of one upper kind on one day.
  private func crossing() throws(DatabaseError) -> DataTable {
    let placed = Set(members.map(\.membership.organisation))
    var table = DataTable(
      title: "Members under two bodies of one kind at a time",
      columns: ["code", "name", "kind", "above", "from", "to"])
    for kind in view.kinds where kind.tier != nil && kind.tier != Kind.placeTier {
      let memberships = try view.registry.memberships(inKind: kind.key, knownIn: view.revision)
        .filter { placed.contains($0.organisation) }
      let crossing = Dictionary(grouping: memberships, by: \.organisation).filter { _, own in
        own.contains { one in own.contains { $0.superior != one.superior && $0.period.overlaps(one.period) } }
      }
      let names = try view.bodies(Set(crossing.values.flatMap { $0.flatMap { [$0.organisation, $0.superior] } }))
      for (body, own) in crossing {
        table.rows += own.map {
          [
            view.code(names[body]), names[body]?.name, kind.key,
            "\(view.code(names[$0.superior])) \(view.name(names[$0.superior]))", $0.period.start.description,
            $0.period.lastDay?.description,
          ]
        }
      }
    }
    table.rows = table.rows.sorted(byColumns: 2, 0, 3)
    return table
  }
}
