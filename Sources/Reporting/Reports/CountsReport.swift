import Storage

/// How many bodies of every kind there were, and how that compares with what others published.
public struct CountsReport {
  private let counts: [KindCount]
  private let kinds: [String: String]
  private let registry: Registry
  private let revision: Int64

  /// - Parameter kind: only this kind; nil: all.
  public init(
    of registry: Registry, kind: String? = nil, timeline: Timeline = .legal, knownIn revision: Int64
  ) throws(DatabaseError) {
    counts = try registry.counts(timeline: timeline, knownIn: revision).filter { kind == nil || $0.kind == kind }
    kinds = Dictionary(uniqueKeysWithValues: try registry.kinds().map { ($0.key, $0.name) })
    self.registry = registry
    self.revision = revision
  }

  // MARK: Counts

  /// A row for each period in which the number of bodies of a kind did not change.
  /// - Parameter days: only the periods with these days in them; empty: all.
  public func report(on days: [Day] = []) throws(DatabaseError) -> Report {
    let shown = counts.filter { count in
      days.isEmpty ? count.count > 0 : days.contains { count.period.contains($0) }
    }
    let table = DataTable(
      columns: [
        DataTable.Column("kind"), DataTable.Column("counted_by"), DataTable.Column("from"), DataTable.Column("to"),
        DataTable.Column("count", isNumber: true),
      ],
      rows: shown.map {
        [$0.kind, $0.scheme, $0.firstDay.description, $0.lastDay?.description, String($0.count)]
      },
      notes: [
        "Dates are inclusive; a blank 'to' means to this day. 'counted_by' names the scheme where schemes disagree."
      ])
    let figure = StepChart(series: series).figure(
      name: "counts", title: "Bodies of each kind over time",
      description: "A panel for each kind, from zero to its highest number; the line steps on the day of a change.")
    return Report(
      title: "Bodies of each kind over time", tables: [table], figures: figure.map { [$0] } ?? [],
      sources: try sources(), edition: try Edition(registry, knownIn: revision))
  }

  private func sources() throws(DatabaseError) -> [SourceUse] {
    var bodies: Set<Int64> = []
    for kind in Set(counts.map(\.kind)) {
      bodies.formUnion(try registry.organisations(ofKind: kind, knownIn: revision))
    }
    return try registry.sources(of: bodies.sorted(), in: [.life, .role], knownIn: revision)
  }

  /// One series for each kind, or for each scheme whose owner counts a kind differently.
  private var series: [StepChart.Series] {
    var series: [StepChart.Series] = []
    var last: [String?] = []
    for count in counts {
      if last != [count.kind, count.scheme] {
        last = [count.kind, count.scheme]
        series.append(StepChart.Series(label: label(count.kind, count.scheme), steps: []))
      }
      if count.count > 0 {
        series[series.count - 1].steps.append((count.firstDay, count.lastDay, count.count))
      }
    }
    return series
  }

  private func label(_ kind: String, _ scheme: String?) -> String {
    (kinds[kind] ?? kind) + (scheme.map { ", as \($0) counts" } ?? "")
  }

  // MARK: Claims

  /// Every published figure beside the register's own count.
  public func reconciliation() throws(DatabaseError) -> Report {
    let claims = try registry.claims(knownIn: revision)
    var table = DataTable(
      columns: [
        DataTable.Column("kind"), DataTable.Column("counted_by"), DataTable.Column("from"), DataTable.Column("to"),
        DataTable.Column("published"), DataTable.Column("register"), DataTable.Column("agrees"),
        DataTable.Column("reason"), DataTable.Column("source"),
      ])
    for claim in claims {
      let own = range(claim)
      let agrees = agrees(claim)
      table.rows.append([
        claim.kind, claim.scheme, claim.firstDay.description, claim.lastDay?.description, claim.value,
        own.count == 1 ? String(own[0]) : "\(own.min() ?? 0) to \(own.max() ?? 0)",
        agrees.map { $0 ? "yes" : "no" } ?? Self.notComparable, agrees == true ? nil : claim.note, claim.source,
      ])
    }
    let agreeing = table.rows.count { $0[6] == "yes" }
    let comparable = table.rows.count { $0[6] != Self.notComparable }
    table.notes = [
      """
      \(agreeing) of \(comparable) published counts agree with the register; \(table.rows.count - comparable) other figures \
      are not comparable.
      """
    ]
    let claimed = Set(claims.map(\.kind))
    let figure = PairChart(groups: pairs(claims)).figure(
      name: "claims", title: "Published figures beside the register's counts",
      description: """
        A line for each published figure, each kind on a scale of its own: the filled circle is the register's count, the \
        open square a published figure that differs from it.
        """)
    return Report(
      title: "Published figures and the register",
      lead: [
        "Of \(claimed.count) kinds somebody published a count. Where the register differs, the reason says why."
      ],
      tables: [table], figures: [figure],
      sources: RegisterView.sources(of: claims.map(\.source)),
      edition: try Edition(registry, knownIn: revision))
  }

  /// What was published as a part, a share or an amount of money.
  private static let notComparable = "not comparable"

  private func pairs(_ claims: [Claim]) -> [PairChart.Group] {
    var groups: [(label: String, rows: [PairChart.Row])] = []
    for claim in claims {
      guard let amount = claim.amount else { continue }
      let label = label(claim.kind, nil)
      if groups.last?.label != label { groups.append((label, [])) }
      let own = range(claim).map(Double.init)
      groups[groups.count - 1].rows.append(
        PairChart.Row(
          label: [claim.firstDay.description, claim.lastDay.map { "to \($0)" }, claim.scheme].compactMap { $0 }
            .joined(separator: " "),
          published: amount, counted: (own.min() ?? 0)...(own.max() ?? 0),
          hint: [claim.source, claim.note].compactMap { $0 }.joined(separator: "; ")))
    }
    return groups.map { PairChart.Group(label: $0.label, rows: $0.rows) }
  }

  /// nil: what was published is no number.
  private func agrees(_ claim: Claim) -> Bool? {
    claim.amount.map { amount in range(claim).contains { Double($0) == amount } }
  }

  /// The register's counts over the claim's period, each once.
  private func range(_ claim: Claim) -> [Int] {
    let series = counts.filter { $0.kind == claim.kind && $0.scheme == claim.scheme }
    let ofKind = series.isEmpty ? counts.filter { $0.kind == claim.kind && $0.scheme == nil } : series
    let period = Period(claim.firstDay, (claim.lastDay ?? claim.firstDay).next)
    let found = ofKind.filter { $0.period.overlaps(period) }.map(\.count)
    return found.isEmpty ? [0] : Array(Set(found)).sorted()
  }
}

extension KindCount {
  var period: Period { Period(firstDay, lastDay?.next) }
}
