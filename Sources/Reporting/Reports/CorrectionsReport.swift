import RegistryFormats
package import RegistryStorage
import Succession

/// Where the register differs from what official sources say today: what they say, what the register says, and why.
///
/// Kept here:
/// 1. Nothing is listed here by hand. What a source says is a claim with the topic of corrections. What a source keeps
///    silent about, or counts as two, follows from the facts.
/// 2. Territory moved without a record where a link has the nature territory, although the body that gave went on, or
///    although it has a link of the nature succession on the same day. Where it has none, it is not known that a source
///    of successions knew the body at all.
/// 3. A body with several codes of one scheme is one body. A claim that says more of its codes, or of its days, stands
///    instead of what follows from the facts.
package struct CorrectionsReport {
  private let view: RegisterView
  private let whereabouts: Whereabouts
  private let amounts: BodyAmounts
  /// The day on which the register last knows of a change.
  private let lastChange: Day

  /// What a source has otherwise.
  private enum Category: String, CaseIterable {
    case territory, code, name, days, other

    var words: String {
      switch self {
      case .territory: "territory moved, and the source has no record of it"
      case .code: "a body has several codes, and the source has a body for each"
      case .name: "the source has overwritten the name of a closed body, or a former name"
      case .days: "the source has other days of its life, or none"
      case .other: "something else about bodies of the kind"
      }
    }

    init(_ statistic: ClaimStatistic?) {
      switch statistic {
      case .name: self = .name
      case .code: self = .code
      case .days: self = .days
      default: self = .other
      }
    }
  }

  /// One difference.
  private struct Difference {
    let category: Category
    var body: OrganisationID?
    var kind: String?
    let period: Period
    let theySay: String
    var registerSays: String?
    let reason: String?
    let source: String?
    /// How much of each basis it is about.
    var touched: [Amount?] = []
  }

  package init(of view: RegisterView) throws(DatabaseError) {
    self.view = view
    whereabouts = try Whereabouts(of: view.registry, knownIn: view.revision)
    amounts = BodyAmounts(whereabouts.territory)
    lastChange = try view.registry.daysOfChange(knownIn: view.revision).last ?? .epoch
  }

  package func report() throws(DatabaseError) -> Report {
    let claimed = try claims()
    let toldOfCodes = Set(claimed.filter { $0.category == .code }.compactMap(\.body))
    let toldOfDays = Set(claimed.filter { $0.category == .days }.compactMap(\.body))
    let differences =
      try territory() + codes().filter { !($0.body.map(toldOfCodes.contains) ?? false) }
      + days().filter { !($0.body.map(toldOfDays.contains) ?? false) } + claimed
    let names = try view.bodies(Set(differences.compactMap(\.body)))
    let order = Dictionary(uniqueKeysWithValues: Category.allCases.enumerated().map { ($1, $0) })
    func rank(_ difference: Difference) -> (Int, Day, String) {
      (
        order[difference.category] ?? 0, difference.category == .name ? .distantPast : difference.period.start,
        view.code(difference.body.flatMap { names[$0] })
      )
    }
    let sorted = differences.sorted { rank($0) < rank($1) }
    let table = DataTable(
      columns: [
        "category", "code", "name", "kind", "from", "to", "they_say", "register_says", "why", "source",
        .number("units"),
        "unit", .number("amount"), "basis",
      ],
      rows: sorted.map { difference in
        let body = difference.body.flatMap { names[$0] }
        let (units, people) = touched(difference)
        return [
          difference.category.rawValue, body.map(view.code), body?.name, difference.kind ?? body?.kinds.first,
          difference.period.start.description, difference.period.lastDay?.description, difference.theySay,
          difference.registerSays, difference.reason, difference.source,
          units?.amount.rounded, units?.basis.unitName, people?.amount.rounded, people?.basis.key,
        ]
      },
      notes: [
        """
        'units' and 'amount' are what the difference is about: what moved, or what the body held on its last day; blank \
        where the register knows no territory of it. 'from' and 'to' are the days of the move, of the codes or of the life, or \
        of the file that says so.
        """
      ])
    let counts = DataTable(
      title: "How many there are",
      columns: ["category", .number("differences"), "meaning"],
      rows: Category.allCases.map { category in
        [category.rawValue, String(sorted.count { $0.category == category }), category.words]
      })
    return try view.report(
      "Where the register differs from its sources of today",
      lead: ["\(counted(sorted.count, "difference")) about \(counted(names.count, "body", "bodies"))."],
      tables: [table, counts],
      sources: RegisterView.sources(of: sorted.map(\.source)))
  }

  // MARK: How much

  /// The first basis that counts units of which there are any, and the first that measures the same partition.
  private func touched(
    _ difference: Difference
  ) -> (units: (amount: Amount, basis: Basis)?, people: (amount: Amount, basis: Basis)?) {
    let bases = whereabouts.territory.bases
    func first(_ isMeant: (Basis) -> Bool) -> (amount: Amount, basis: Basis)? {
      for (basis, amount) in zip(bases, difference.touched) where isMeant(basis) {
        if let amount, amount.double > 0 { return (amount, basis) }
      }
      return nil
    }
    let units = first { $0.partition != nil && $0.countsUnits }
    let partition = units?.basis.partition
    return (units, first { !$0.countsUnits && $0.partition != nil && (partition ?? $0.partition) == $0.partition })
  }

  /// What a body held on its last day, or what those below it held.
  private func held(by body: OrganisationID, _ life: Period?) throws(DatabaseError) -> [Amount?] {
    guard let life else { return [] }
    let day = life.lastDay ?? max(life.start, lastChange)
    var places = [body]
    if whereabouts.territory.bases.indices.allSatisfy({ amounts.amount(of: body, on: day, in: $0) == nil }) {
      places = try whereabouts.placesBelow(body, on: day)
    }
    return whereabouts.territory.bases.indices.map { basis in
      let known = places.compactMap { amounts.amount(of: $0, on: day, in: basis) }
      return known.isEmpty ? nil : known.reduce(.zero, +)
    }
  }

  /// What lay in one body the day before and in another on a day.
  private func moved(from predecessor: OrganisationID, to successor: OrganisationID, on day: Day) -> [Amount?] {
    var sums = [Amount?](repeating: nil, count: whereabouts.territory.bases.count)
    for piece in whereabouts.territory.parcels.lazy.flatMap(\.pieces)
    where piece.place(on: day.previous) == .organisation(predecessor)
      && piece.place(on: day) == .organisation(successor)
    {
      for (basis, amount) in piece.amounts.enumerated() {
        if let amount { sums[basis] = (sums[basis] ?? .zero) + amount }
      }
    }
    return sums
  }

  // MARK: Territory

  /// All that left a body on a day.
  private struct Departure: Hashable {
    let body: OrganisationID
    let day: Day
  }

  /// Invariant 2.
  private func territory() throws(DatabaseError) -> [Difference] {
    let links = try view.registry.successions(knownIn: view.revision)
    let timelines = try view.registry.timelines(knownIn: view.revision)
    var differences: [Difference] = []
    for (departure, own) in Dictionary(grouping: links, by: { Departure(body: $0.predecessor, day: $0.day) }) {
      let (giver, day) = (departure.body, departure.day)
      let succeeded = own.filter { $0.nature == .succession && $0.successor != giver }
      let goesOn = timelines[giver]?.periods(.legal).contains { $0.contains(day) } ?? false
      guard goesOn || !succeeded.isEmpty else { continue }
      let names = try view.bodies(Set(own.map(\.successor)), on: day)
      for link in own where link.nature == .territory && link.successor != giver {
        let touched = moved(from: giver, to: link.successor, on: day)
        let code = view.code(names[link.successor])
        let others = view.inOrder(succeeded.compactMap { names[$0.successor] }).map(view.code)
        var difference = Difference(
          category: .territory, body: giver, period: Period(day, nil),
          theySay: others.isEmpty
            ? "no succession to \(code)" : "succeeded by \(others.joined(separator: ", ")), and not by \(code)",
          reason: others.isEmpty
            ? "the body went on, and the source records only what succeeds a closed body"
            : "part of the body went to another than its recorded successor",
          source: link.source, touched: touched)
        let (units, people) = self.touched(difference)
        let amount = (units ?? people).map { "\($0.basis.unitName): \(grouped($0.amount.double))" } ?? "a part"
        difference.registerSays = "\(amount) went to \(code)"
        differences.append(difference)
      }
    }
    return differences
  }

  // MARK: Codes and days

  private func codes() throws(DatabaseError) -> [Difference] {
    let codes = try view.registry.datedCodes(knownIn: view.revision).filter { $0.scheme != nil }
    var differences: [Difference] = []
    for (body, own) in Dictionary(grouping: codes, by: \.organisation).sorted(by: { $0.key < $1.key }) {
      let several = Dictionary(grouping: own) { $0.scheme ?? "" }
        .filter { Set($0.value.map(\.value)).count > 1 }
      guard !several.isEmpty, let detail = try view.registry.detail(of: body, knownIn: view.revision) else { continue }
      for (scheme, _) in several.sorted(by: { $0.key < $1.key }) {
        let facts = detail[.code].filter { $0["scheme"] == scheme }
        guard let first = facts.first, let last = facts.last else { continue }
        differences.append(
          Difference(
            category: .code, body: body, period: Period(first.period.start, last.period.end),
            theySay: facts.map { "\($0["value"] ?? "") \(Self.words($0.period))" }.joined(separator: ", "),
            registerSays: "one body, \(detail.organisation.life.map(Self.words) ?? "of no known days")",
            reason: detail.events.first { $0.key == last.startEvent }?.title ?? "the code changed, the body went on",
            source: last.source, touched: try held(by: body, detail.organisation.life)))
      }
    }
    return differences
  }

  /// Bodies that worked on other days than those of the law.
  private func days() throws(DatabaseError) -> [Difference] {
    var differences: [Difference] = []
    for (body, timelines) in try view.registry.timelines(knownIn: view.revision).sorted(by: { $0.key < $1.key }) {
      let lives = [timelines.legal, timelines.operational]
      guard lives.allSatisfy({ !$0.isEmpty }), lives[0] != lives[1] else { continue }
      guard let detail = try view.registry.detail(of: body, knownIn: view.revision) else { continue }
      let working = detail[.life].filter { $0["timeline"] == Timeline.operational.rawValue }
      differences.append(
        Difference(
          category: .days, body: body, period: timelines.operational[0],
          theySay: "open " + timelines.operational.map(Self.words).joined(separator: ", "),
          registerSays: "by law " + timelines.legal.map(Self.words).joined(separator: ", "),
          reason: working.compactMap(\.note).first ?? "the days on which it worked are not those of the law",
          source: working.first?.source, touched: try held(by: body, detail.organisation.life)))
    }
    return differences
  }

  private static func words(_ period: Period) -> String {
    period.lastDay.map { "\(period.start) to \($0)" } ?? "since \(period.start)"
  }

  // MARK: Claims

  private func claims() throws(DatabaseError) -> [Difference] {
    let registry = view.registry
    let all = try registry.claims(knownIn: view.revision) + registry.claimsAboutBodies(knownIn: view.revision)
    var differences: [Difference] = []
    for claim in all where claim.topic == .corrections {
      let category = Category(claim.statistic)
      guard let body = claim.organisation, let detail = try registry.detail(of: body, knownIn: view.revision) else {
        differences.append(
          Difference(
            category: category, kind: claim.kind, period: claim.period, theySay: claim.value, reason: claim.note,
            source: claim.source))
        continue
      }
      let facts: [FactVersion]
      switch category {
      case .name: facts = detail[.name]
      case .code: facts = detail[.code].filter { claim.scheme == nil || $0["scheme"] == claim.scheme }
      default: facts = detail[.life]
      }
      let words = facts.map { fact in
        [fact["value"] ?? fact["timeline"], Self.words(fact.period)].compactMap(\.self).joined(separator: " ")
      }
      differences.append(
        Difference(
          category: category, body: body, kind: claim.kind, period: claim.period, theySay: claim.value,
          registerSays: words.isEmpty ? nil : words.joined(separator: ", "), reason: claim.note, source: claim.source,
          touched: try held(by: body, detail.organisation.life)))
    }
    return differences
  }
}
