package import RegistryStorage

/// How many bodies of every kind there were, and how that compares with what others published.
package struct CountsReport {
  private let view: RegisterView
  private let counts: [KindCount]

  /// - Parameter kind: Only this kind. Without it, all kinds.
  package init(
    of view: RegisterView, kind: String? = nil, timeline: Timeline = .legal
  ) throws(DatabaseError) {
    self.view = view
    counts = try view.registry.counts(timeline: timeline, knownIn: view.revision)
      .filter { kind == nil || $0.kind == kind }
  }

  // MARK: Counts

  /// A row for each period in which the number of bodies of a kind did not change.
  /// - Parameter days: Only the periods that contain one of these days. If empty, all periods.
  package func report(on days: [Day] = []) throws(DatabaseError) -> Report {
    let shown = counts.filter { count in
      days.isEmpty ? count.count > 0 : days.contains { count.period.contains($0) }
    }
    let table = DataTable(
      columns: ["kind", "counted_by", "from", "to", .number("count")],
      rows: shown.map {
        [$0.kind, $0.scheme, $0.firstDay.description, $0.lastDay?.description, String($0.count)]
      },
      notes: [
        "Dates are inclusive; a blank 'to' means to this day. 'counted_by' names the scheme where schemes disagree."
      ])
    let figure = StepChart(series: series).figure(
      name: "counts", title: "Bodies of each kind over time",
      description: "A panel for each kind, from zero to its highest number; the line steps on the day of a change.")
    return try view.report(
      "Bodies of each kind over time", tables: [table], figures: [figure], sources: try sources())
  }

  private func sources() throws(DatabaseError) -> [SourceUse] {
    var bodies: Set<Int64> = []
    for kind in Set(counts.map(\.kind)) {
      bodies.formUnion(try view.registry.organisations(ofKind: kind, knownIn: view.revision))
    }
    return try view.registry.sources(of: bodies.sorted(), in: [.life, .role], knownIn: view.revision)
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
        series[series.count - 1].steps.append((count.period, count.count))
      }
    }
    return series
  }

  private func label(_ kind: String, _ scheme: String?) -> String {
    view.title(ofKind: kind) + (scheme.map { ", as \($0) counts" } ?? "")
  }

  // MARK: Claims

  /// A published figure beside the register's own.
  struct Comparison {
    let claim: Claim
    /// The register's counts over the claim's period, each once, in order. At least one.
    let counted: [Int]
    /// Nil if a part, a share or an amount of money was published, which is not comparable.
    var agrees: Bool? {
      claim.amount.map { amount in counted.contains { Double($0) == amount } }
    }
  }

  func comparisons() throws(DatabaseError) -> [Comparison] {
    try view.registry.claims(knownIn: view.revision).map { Comparison(claim: $0, counted: range($0)) }
  }

  static func table(_ title: String? = nil, of comparisons: [Comparison], notes: [String] = []) -> DataTable {
    DataTable(
      title: title,
      columns: ["kind", "counted_by", "from", "to", "published", "register", "agrees", "reason", "source"],
      rows: comparisons.map { comparison in
        let (claim, counted) = (comparison.claim, comparison.counted)
        return [
          claim.kind, claim.scheme, claim.firstDay.description, claim.lastDay?.description, claim.value,
          counted.count == 1 ? String(counted[0]) : "\(counted.min() ?? 0) to \(counted.max() ?? 0)",
          comparison.agrees.map { $0 ? "yes" : "no" } ?? "not comparable",
          comparison.agrees == true ? nil : claim.note, claim.source,
        ]
      },
      notes: notes)
  }

  /// Every published figure beside the register's own count.
  package func reconciliation() throws(DatabaseError) -> Report {
    let comparisons = try comparisons()
    let verdicts = comparisons.compactMap(\.agrees)
    let table = Self.table(
      of: comparisons,
      notes: [
        """
        \(verdicts.count { $0 }) of \(verdicts.count) published counts agree with the register; \
        \(comparisons.count - verdicts.count) other figures are not comparable.
        """
      ])
    let claimed = Set(comparisons.map(\.claim.kind))
    let figure = PairChart(groups: pairs(comparisons)).figure(
      name: "claims", title: "Published figures beside the register's counts",
      description: """
        A line for each published figure, each kind on a scale of its own: the filled circle is the register's count, the \
        open square a published figure that differs from it.
        """)
    return try view.report(
      "Published figures and the register",
      lead: [
        "Of \(claimed.count) kinds somebody published a count. Where the register differs, the reason says why."
      ],
      tables: [table], figures: [figure], sources: RegisterView.sources(of: comparisons.map(\.claim.source)))
  }

  private func pairs(_ comparisons: [Comparison]) -> [PairChart.Group] {
    var groups: [PairChart.Group] = []
    for comparison in comparisons {
      let claim = comparison.claim
      guard let amount = claim.amount else { continue }
      let label = label(claim.kind, nil)
      if groups.last?.label != label { groups.append(PairChart.Group(label: label)) }
      let own = comparison.counted.map(Double.init)
      groups[groups.count - 1].rows.append(
        PairChart.Row(
          label: [claim.firstDay.description, claim.lastDay.map { "to \($0)" }, claim.scheme].compactMap { $0 }
            .joined(separator: " "),
          published: amount, counted: (own.min() ?? 0)...(own.max() ?? 0),
          hint: [claim.source, claim.note].compactMap { $0 }.joined(separator: "; ")))
    }
    return groups
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
