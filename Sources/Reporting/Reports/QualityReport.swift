package import RegistryStorage

/// How much is derived rather than stated, lacks a source, is blank or contradicted, by kind of body and kind of fact.
package struct QualityReport {
  private let view: RegisterView

  package init(of view: RegisterView) { self.view = view }

  package func report() throws(DatabaseError) -> Report {
    let qualities = try view.registry.factQuality(knownIn: view.revision)
    let shown = qualities.filter { $0.factCount > 0 || $0.fact.schema.isExpected }
    let table = DataTable(
      columns: [
        "kind", "field", .number("facts"), .number("stated"), .number("derived"), .number("unknown"),
        .number("unsourced"), .number("bodies_without"),
      ],
      rows: shown.map {
        [$0.kind, $0.fact.schema.record]
          + [$0.factCount, $0.stated, $0.derived, $0.unknown, $0.unsourced, $0.bodiesWithout].map { String($0) }
      },
      notes: [
        """
        stated, derived and unknown count first and last days; 'unknown' means that the day given is only the first, or \
        last, on which a source shows the fact. 'bodies_without' counts bodies of which nothing of the sort is known.
        """
      ])
    let parts = Self.parts(qualities)
    let days = parts.reduce(0, +)
    let lead =
      days == 0
      ? "No dated facts." : "\(percent(Double(parts[0]) / Double(days))) of \(days) dates are stated by a source."
    return try view.report(
      "What is known, and how well", lead: [lead], tables: [table, try contradictions()], figures: [figure(qualities)],
      sources: try view.registry.sources(of: try view.registry.organisationKeys().map(\.id), knownIn: view.revision))
  }

  /// Published figures that the register contradicts.
  private func contradictions() throws(DatabaseError) -> DataTable {
    ReconcileReport.table(
      "Published figures that differ from the register",
      of: try ReconcileReport(of: view).comparisons.filter { $0.verdict == .no })
  }

  /// How many days are stated, derived and unknown.
  private static func parts(_ qualities: [FactQuality]) -> [Int] {
    [\FactQuality.stated, \.derived, \.unknown].map { part in qualities.reduce(0) { $0 + $1[keyPath: part] } }
  }

  private func figure(_ qualities: [FactQuality]) -> Figure? {
    let rows = Dictionary(grouping: qualities, by: \.kind)
    let bars = view.kinds.compactMap { kind -> ShareBars.Row? in
      let parts = Self.parts(rows[kind.key] ?? [])
      guard parts.contains(where: { $0 > 0 }) else { return nil }
      return ShareBars.Row(label: kind.name, parts: parts)
    }
    return ShareBars(parts: ["stated", "derived", "not known"], rows: bars).figure(
      name: "quality", title: "Where the dates of facts come from",
      description: """
        A bar for each kind of body: the share of dates that a source states, that are derived from evidence, and that \
        are not known. The percentages are written in the bars, the numbers of dates after them.
        """)
  }
}
