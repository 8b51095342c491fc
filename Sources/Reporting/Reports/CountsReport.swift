package import RegistryStorage

/// How many bodies of every kind there were, and how well that is known.
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

  /// Whether any of the bodies is known to have lived on a day.
  package func hasBodies(on day: Day) -> Bool { counts.contains { $0.count > 0 && $0.period.contains(day) } }

  // MARK: Counts

  /// A row for each period in which the number of bodies of a kind did not change.
  /// - Parameter days: Only the periods that contain one of these days. If empty, all periods.
  package func report(on days: [Day] = []) throws(DatabaseError) -> Report {
    let shown = counts.filter { count in
      days.isEmpty ? count.count > 0 : days.contains { count.period.contains($0) }
    }
    let table = DataTable(
      columns: ["kind", "counted_by", "from", "to", .number("count"), "bound"],
      rows: shown.map {
        [
          $0.kind, $0.scheme, $0.firstDay == .distantPast ? nil : $0.firstDay.description, $0.lastDay?.description,
          String($0.count), $0.isAtLeast ? "at least" : nil,
        ]
      },
      notes: [
        "Dates are inclusive; a blank 'to' means to this day. 'counted_by' names the scheme where schemes disagree."
      ] + (shown.contains(where: \.isAtLeast) ? [Self.leastNote] : []))
    let figure = StepChart(series: series).figure(
      name: "counts", title: "Bodies of each kind over time",
      description: """
        A panel for each kind, from zero to its highest number; the line steps on the day of a change. A number with \
        \u{2265} is a least number.
        """)
    return try view.report(
      "Bodies of each kind over time", tables: [table], figures: [figure], sources: try sources())
  }

  /// What makes a number a least one.
  private static let leastNote = """
    'at least': other bodies of the kind may have lived then, because a source shows them later or earlier and none says \
    when they began or ended.
    """

  private func sources() throws(DatabaseError) -> [SourceUse] {
    var bodies: Set<OrganisationID> = []
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
        series[series.count - 1].steps.append(
          StepChart.Step(period: count.period, value: count.count, isAtLeast: count.isAtLeast))
      }
    }
    return series
  }

  private func label(_ kind: String, _ scheme: String?) -> String {
    view.title(ofKind: kind) + (scheme.map { ", as \($0) counts" } ?? "")
  }
}
