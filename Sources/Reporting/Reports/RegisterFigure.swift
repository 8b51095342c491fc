import RegistryFormats
import RegistryStorage

/// What the register itself has to say where somebody published something.
struct RegisterFigure {
  /// In words. Nil if the register has nothing to say.
  var words: String?
  /// The same as numbers: one for each value that the register had on the days in question.
  var values: [Double] = []
  /// The same as days.
  var days: [Day] = []
  /// Whether the true number may be higher.
  var isAtLeast = false
  /// The day to which it belongs, if that is none of the days in question.
  var day: Day?
}

/// Finds the figures of the register that claims are held against.
///
/// Kept here:
/// 1. A figure is of the bodies of the claim's kind, on the days of the claim. What was counted or measured on few days may
///    be of another day, which is then named: how bodies fit local government on the last day up to the claim, else the
///    first after it; what a claim of a single day says of an amount in the nearest period, within a year.
/// 2. What is measured of bodies to come counts only where the figures are of no body that lived then.
/// 3. Where the register knows nothing there is no figure, and never a zero. Only a count may be zero.
struct RegisterFigures {
  private let view: RegisterView
  private let counts: [KindCount]
  private let operational: [KindCount]
  private let timelines: [OrganisationID: Timelines]
  /// By the key of the measure kind.
  private let amounts: [String: [MeasuredAmount]]
  /// The measured bodies, as they last were.
  private let names: [OrganisationID: Organisation]
  /// The bodies that ever were of a kind.
  private let members: [String: Set<OrganisationID>]
  /// The days on which a source counted how bodies and authorities overlap, in order.
  private let countedDays: [Day]
  /// How bodies fit local government, by the day of counting.
  private let fits: [Day: [OrganisationID: CoterminosityReport.Fit]]

  init(of view: RegisterView, for claims: [Claim]) throws(DatabaseError) {
    self.view = view
    let registry = view.registry
    counts = try registry.counts(knownIn: view.revision)
    operational = try registry.counts(timeline: .operational, knownIn: view.revision)
    timelines = try registry.timelines(knownIn: view.revision)
    var amounts: [String: [MeasuredAmount]] = [:]
    var members: [String: Set<OrganisationID>] = [:]
    let countedDays = try Self.countedDays(view)
    var fits: [Day: [OrganisationID: CoterminosityReport.Fit]] = [:]
    for claim in claims {
      if members[claim.kind] == nil {
        members[claim.kind] = Set(try registry.organisations(ofKind: claim.kind, knownIn: view.revision))
      }
      switch claim.topic {
      case .amounts(let kind) where amounts[kind] == nil:
        amounts[kind] = try view.amounts(ofKind: kind)
      case .localGovernment where claim.statistic != nil:
        for day in Self.days(of: claim, among: countedDays) where fits[day] == nil {
          let report = try CoterminosityReport(
            of: view, on: day, authorityKind: CoterminosityReport.authorityKind, tolerance: 0)
          fits[day] = report.fits()
        }
      default: break
      }
    }
    self.countedDays = countedDays
    (self.amounts, self.members, self.fits) = (amounts, members, fits)
    names = try view.bodies(Set(amounts.values.joined().map(\.organisation)))
  }

  func figure(for claim: Claim) -> RegisterFigure {
    switch claim.topic {
    case nil: count(claim)
    case .amounts(let kind): claim.statistic.map { amount($0, of: kind, claim) } ?? RegisterFigure()
    case .localGovernment: claim.statistic.map { fit($0, claim) } ?? RegisterFigure()
    case .dates: days(claim)
    case .authorisation, .governance, .support, .corrections: RegisterFigure()
    }
  }

  /// The days of a claim. One that still holds is a claim of its first day.
  private static func period(of claim: Claim) -> Period {
    Period(from: claim.firstDay, through: claim.lastDay ?? claim.firstDay)
  }

  /// `3`, or `3 to 7`.
  private static func words(_ values: [Double]) -> String? {
    guard let least = values.min(), let most = values.max() else { return nil }
    return least == most ? number(least) : "\(number(least)) to \(number(most))"
  }

  // MARK: Counts

  private func series(_ counts: [KindCount], _ claim: Claim) -> [KindCount] {
    let ofKind = counts.filter { $0.kind == claim.kind }
    let own = ofKind.filter { $0.scheme == claim.scheme }
    return own.isEmpty ? ofKind.filter { $0.scheme == nil } : own
  }

  /// A claim without a number is about a part of the bodies, so the count of all would say nothing about it.
  private func count(_ claim: Claim) -> RegisterFigure {
    guard claim.amount != nil else { return RegisterFigure() }
    let found = series(counts, claim).filter { $0.period.overlaps(Self.period(of: claim)) }
    let values = found.isEmpty ? [0] : Set(found.map { Double($0.count) }).sorted()
    let isAtLeast = found.contains(where: \.isAtLeast)
    return RegisterFigure(
      words: (isAtLeast ? "at least " : "") + (Self.words(values) ?? ""), values: values, isAtLeast: isAtLeast)
  }

  // MARK: Amounts

  private func amount(_ statistic: ClaimStatistic, of kind: String, _ claim: Claim) -> RegisterFigure {
    let members = members[claim.kind] ?? []
    let all = (amounts[kind] ?? []).filter { members.contains($0.organisation) }
    let period = Self.period(of: claim)
    var own = all.filter { $0.period.overlaps(period) }
    var day: Day?
    if own.isEmpty, period.end == period.start.next, let nearest = Self.nearest(to: period.start, among: all) {
      own = all.filter { $0.period == nearest }
      day = nearest.start
    }
    var values: [(amount: Double, body: OrganisationID?)] = []
    let slices = Dictionary(grouping: own) { [$0.period.start.description, $0.nature ?? ""] }
    for (_, slice) in slices.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let living = slice.filter { !$0.isToCome(names) }
      let sorted = (living.isEmpty ? slice : living).sorted {
        ($0.amount, $0.organisation) < ($1.amount, $1.organisation)
      }
      guard let first = sorted.first, let last = sorted.last else { continue }
      let total = sorted.reduce(0) { $0 + $1.amount }
      switch statistic {
      case .smallest: values.append((first.amount, first.organisation))
      case .largest: values.append((last.amount, last.organisation))
      case .average: values.append(((total / Double(sorted.count)).rounded(), nil))
      default: values.append((total, nil))
      }
    }
    let amounts = values.map(\.amount)
    let bodies = Set(values.compactMap(\.body)).compactMap { names[$0] }
    let codes = bodies.isEmpty ? "" : " (\(view.inOrder(bodies).map(view.code).joined(separator: ", ")))"
    return RegisterFigure(words: Self.words(amounts).map { $0 + codes }, values: amounts, day: day)
  }

  /// The period of amounts that is nearest to a day, within a year. Of two, the earlier one.
  private static func nearest(to day: Day, among amounts: [MeasuredAmount]) -> Period? {
    let periods = Set(amounts.map(\.period)).compactMap { period -> (days: Int, period: Period)? in
      guard let last = period.lastDay else { return nil }
      let days = day < period.start ? period.start.days(since: day) : day.days(since: last)
      return days <= 366 ? (days, period) : nil
    }
    return periods.min { ($0.days, $0.period.start) < ($1.days, $1.period.start) }?.period
  }

  // MARK: Local government

  private static func countedDays(_ view: RegisterView) throws(DatabaseError) -> [Day] {
    let kind = CoterminosityReport.authorityKind
    let authorities = Set(try view.registry.organisations(ofKind: kind, knownIn: view.revision))
    let counted = try view.registry.observations(knownIn: view.revision).filter {
      authorities.contains($0.successor) && $0.successorDay == $0.predecessorDay
    }
    return Set(counted.map(\.successorDay)).sorted()
  }

  /// The first and the last counted day of a claim. If it has none, the last one before it, else the first one after it.
  private static func days(of claim: Claim, among countedDays: [Day]) -> [Day] {
    let period = period(of: claim)
    let own = countedDays.filter(period.contains)
    if let first = own.first, let last = own.last { return first == last ? [first] : [first, last] }
    return (countedDays.last { $0 < period.start } ?? countedDays.first { $0 > period.start }).map { [$0] } ?? []
  }

  private func fit(_ statistic: ClaimStatistic, _ claim: Claim) -> RegisterFigure {
    let members = members[claim.kind] ?? []
    var figure = RegisterFigure()
    var words: [String] = []
    for day in Self.days(of: claim, among: countedDays) {
      let own = (fits[day] ?? [:]).filter { members.contains($0.key) }
      guard !own.isEmpty else { continue }
      let count = own.values.count { $0.rawValue == statistic.rawValue }
      figure.values.append(Double(count))
      words.append("\(count) of \(own.count)")
      if !Self.period(of: claim).contains(day) { figure.day = day }
    }
    figure.words = words.isEmpty ? nil : words.joined(separator: ", then ")
    return figure
  }

  // MARK: Days

  private func days(_ claim: Claim) -> RegisterFigure {
    let (lawful, working): (Period?, Period?)
    if let body = claim.organisation {
      lawful = Self.span(timelines[body]?.periods(.legal) ?? [])
      working = Self.span(timelines[body]?.periods(.operational) ?? [])
    } else {
      lawful = Self.span(series(counts, claim).filter { $0.count > 0 }.map(\.period))
      working = Self.span(series(operational, claim).filter { $0.count > 0 }.map(\.period))
    }
    guard let legal = lawful else { return RegisterFigure() }
    switch claim.statistic {
    case .firstDay:
      let other = working.flatMap { $0.start == legal.start ? nil : $0.start }
      return RegisterFigure(
        words: "\(legal.start)" + (other.map { " (operational \($0))" } ?? ""),
        days: [legal.start] + [other].compactMap(\.self))
    case .lastDay:
      guard let last = legal.lastDay else { return RegisterFigure(words: "none by today") }
      let other = working.flatMap { $0.lastDay == last ? nil : $0.lastDay }
      return RegisterFigure(
        words: "\(last)" + (other.map { " (operational \($0))" } ?? ""), days: [last] + [other].compactMap(\.self))
    default:
      return RegisterFigure(words: "\(legal.start) to \(legal.lastDay?.description ?? "today")")
    }
  }

  /// From the first day of the periods to the last.
  private static func span(_ periods: [Period]) -> Period? {
    guard let start = periods.map(\.start).min() else { return nil }
    return Period(start, periods.contains { $0.end == nil } ? nil : periods.compactMap(\.end).max())
  }
}
