import RegistryFormats
package import RegistryStorage

/// What others published, beside the register's own figures.
package struct ReconcileReport {
  private let view: RegisterView
  let comparisons: [Comparison]

  /// A published figure beside the register's own.
  struct Comparison {
    let claim: Claim
    let figure: RegisterFigure

    enum Verdict: String {
      case yes, no
      /// The register has a least number, and more was published.
      case possible
      case incomparable = "not comparable"
    }

    var verdict: Verdict {
      if claim.topic == .dates {
        let period = Period(from: claim.firstDay, through: claim.lastDay ?? claim.firstDay)
        return figure.days.isEmpty ? .incomparable : figure.days.contains(where: period.contains) ? .yes : .no
      }
      guard let amount = claim.amount, let most = figure.values.max() else { return .incomparable }
      if figure.values.contains(where: { Self.rounded($0, like: amount) == amount }) { return .yes }
      return figure.isAtLeast && amount > most ? .possible : .no
    }

    /// A value rounded to the place of the last digit of a published number that is not zero: people publish 68,000 where
    /// they counted 67,800. Small numbers are counts, and exact.
    static func rounded(_ value: Double, like published: Double) -> Double {
      guard published >= 10_000, published.rounded() == published, published < 1e15 else { return value }
      var place = 1.0
      while (published / (place * 10)).rounded() * place * 10 == published { place *= 10 }
      return (value / place).rounded() * place
    }
  }

  package init(of view: RegisterView) throws(DatabaseError) {
    self.view = view
    let aboutBodies = try view.registry.claimsAboutBodies(knownIn: view.revision).filter { $0.topic == .dates }
    let claims = try view.registry.claims(knownIn: view.revision).filter { $0.topic != .corrections } + aboutBodies
    let figures = try RegisterFigures(of: view, for: claims)
    let order = Dictionary(uniqueKeysWithValues: view.kinds.map(\.key).enumerated().map { ($1, $0) })
    comparisons = claims.map { Comparison(claim: $0, figure: figures.figure(for: $0)) }.sorted {
      (order[$0.claim.kind] ?? 0, $0.claim.firstDay, $0.claim.key)
        < (order[$1.claim.kind] ?? 0, $1.claim.firstDay, $1.claim.key)
    }
  }

  static func table(_ title: String? = nil, of comparisons: [Comparison], notes: [String] = []) -> DataTable {
    DataTable(
      title: title,
      columns: [
        "kind", "about", "counted_by", "from", "to", "published", "register", "register_day", "agrees", "reason",
        "source",
      ],
      rows: comparisons.map { comparison in
        let (claim, figure, verdict) = (comparison.claim, comparison.figure, comparison.verdict)
        let about = [claim.topic?.word, claim.statistic?.rawValue].compactMap(\.self)
        return [
          claim.kind, about.isEmpty ? nil : about.joined(separator: " "), claim.scheme, claim.firstDay.description,
          claim.lastDay?.description, claim.value, figure.words,
          figure.day?.description, verdict.rawValue, verdict == .yes ? nil : claim.note, claim.source,
        ]
      },
      notes: notes)
  }

  package func report() throws(DatabaseError) -> Report {
    func count(_ verdict: Comparison.Verdict) -> Int { comparisons.count { $0.verdict == verdict } }
    let possible = count(.possible)
    let verdicts = count(.yes) + count(.no) + possible
    let own = comparisons.count { $0.verdict == .incomparable && $0.figure.words != nil }
    let table = Self.table(
      of: comparisons,
      notes: [
        "\(count(.yes)) of \(verdicts) published figures agree with the register"
          + (possible == 0 ? "" : ", and \(possible) may, because the register has a least number") + ".",
        """
        \(comparisons.count - verdicts) others are words that no number or day can be held against; \(own) of them have \
        the register's own figure beside them.
        """,
        "'about' is blank for counts of bodies; 'register_day' is given where the register's figure is of another day.",
      ])
    let figure = PairChart(groups: pairs()).figure(
      name: "claims", title: "Published figures beside the register's counts",
      description: """
        A line for each published figure, each kind on a scale of its own: the filled circle is the register's count, the \
        open square a published figure that differs from it.
        """)
    let claimed = Set(comparisons.map(\.claim.kind))
    return try view.report(
      "Published figures and the register",
      lead: [
        "Of \(claimed.count) kinds somebody published a figure. Where the register differs, the reason says why."
      ],
      tables: [table], figures: [figure], sources: RegisterView.sources(of: comparisons.map(\.claim.source)))
  }

  private func pairs() -> [PairChart.Group] {
    var groups: [PairChart.Group] = []
    for comparison in comparisons where comparison.claim.topic == nil {
      let claim = comparison.claim
      guard let amount = claim.amount else { continue }
      let label = view.title(ofKind: claim.kind)
      if groups.last?.label != label { groups.append(PairChart.Group(label: label)) }
      let own = comparison.figure.values
      groups[groups.count - 1].rows.append(
        PairChart.Row(
          label: [claim.firstDay.description, claim.lastDay.map { "to \($0)" }, claim.scheme].compactMap { $0 }
            .joined(separator: " "),
          published: amount, counted: (own.min() ?? 0)...(own.max() ?? 0),
          hint: [claim.source, claim.note].compactMap { $0 }.joined(separator: "; ")))
    }
    return groups
  }
}
