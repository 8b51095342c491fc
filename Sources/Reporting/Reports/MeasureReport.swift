import RegistryFormats
package import RegistryStorage
import Succession

/// What is measured of bodies, year by year: how it is spread, or how it developed for one body through its mergers.
package struct MeasureReport {
  private let view: RegisterView
  private let measure: MeasureKind
  private let amounts: [MeasuredAmount]
  /// The bodies that are measured, as they last were.
  private let names: [OrganisationID: Organisation]

  /// - Parameter measure: A measure kind of the register.
  package init(of view: RegisterView, measure: MeasureKind) throws(DatabaseError) {
    self.view = view
    self.measure = measure
    amounts = try view.registry.measures(ofKind: measure.key, knownIn: view.revision)
    names = try view.bodies(Set(amounts.map(\.organisation)))
  }

  private struct Slice: Hashable {
    let period: Period
    let nature: String?
  }

  /// The amounts of one period and one nature, in order of time.
  private var slices: [(slice: Slice, amounts: [MeasuredAmount])] {
    Dictionary(grouping: amounts) { Slice(period: $0.period, nature: $0.nature) }
      .sorted {
        ($0.key.period.start, $0.key.period.end ?? .distantFuture, $0.key.nature ?? "")
          < ($1.key.period.start, $1.key.period.end ?? .distantFuture, $1.key.nature ?? "")
      }.map { ($0.key, $0.value) }
  }

  private static func words(_ slice: Slice) -> String {
    let last = slice.period.lastDay
    let days =
      last == slice.period.start ? "\(slice.period.start)" : "\(slice.period.start) to \(last?.description ?? "today")"
    return days + (slice.nature.map { ", \($0)" } ?? "")
  }

  // MARK: How it is spread

  package func distribution() throws(DatabaseError) -> Report {
    var rows: [Distribution.Row] = []
    var foretold = 0
    var ended: [String] = []
    var table = DataTable(
      columns: [
        "from", "to", "nature", .number("bodies"), .number("smallest"), .number("lower_quartile"), .number("median"),
        .number("upper_quartile"), .number("largest"), .number("average"), .number("total"), "smallest_code",
        "largest_code", "unit",
      ])
    for (slice, own) in slices {
      // A source may give a figure of an earlier year for bodies to come, but the bodies of that year have it too.
      let sorted = own.filter { !$0.isToCome(names) }.sorted {
        ($0.amount, $0.organisation) < ($1.amount, $1.organisation)
      }
      foretold += own.count - sorted.count
      let gone = sorted.filter { $0.hasEnded(names) }.map { view.code(names[$0.organisation]) }.sorted()
      if !gone.isEmpty { ended.append("\(Self.words(slice)): \(gone.joined(separator: ", ")).") }
      let values = sorted.map(\.amount)
      guard let first = sorted.first, let last = sorted.last else { continue }
      let quartiles = [0.25, 0.5, 0.75].map { Self.quantile($0, of: values) }
      let total = values.reduce(0, +)
      table.rows.append(
        [slice.period.start.description, slice.period.lastDay?.description, slice.nature, String(sorted.count)]
          + [
            first.amount, quartiles[0], quartiles[1], quartiles[2], last.amount,
            (total / Double(sorted.count)).rounded(), total,
          ]
          .map(number) + [view.code(names[first.organisation]), view.code(names[last.organisation]), measure.unitName])
      rows.append(
        Distribution.Row(
          label: Self.words(slice), smallest: first.amount, lowerQuartile: quartiles[0], median: quartiles[1],
          upperQuartile: quartiles[2], largest: last.amount,
          hint:
            "\(Self.words(slice)): \(counted(sorted.count, "body", "bodies")), median \(grouped(quartiles[1])) \(measure.unitName)"
        ))
    }
    table.notes = ["In \(measure.unitName). The average is over the bodies for which a source gives an amount."]
    if foretold > 0 { table.notes.append("\(foretold) amounts of bodies that began after the period are left out.") }
    if !ended.isEmpty {
      table.notes.append(
        "Sources give amounts of bodies that had ended before the period, and they count: "
          + ended.joined(separator: " "))
    }
    let figure = Distribution(rows: rows, unit: measure.unitName).figure(
      name: measure.key, title: "\(measure.name) by body",
      description: """
        A line for each period, from the smallest body to the largest; the box holds the middle half of the bodies, the stroke \
        in it is the median. In \(measure.unitName).
        """)
    return try view.report(
      "\(measure.name) by body",
      lead: [
        rows.isEmpty ? "The register has no such measures." : "\(amounts.count) amounts in \(rows.count) periods."
      ],
      tables: [table] + [try claims()].filter { !$0.rows.isEmpty }, figures: rows.isEmpty ? [] : [figure],
      sources: RegisterView.sources(of: amounts.map(\.source)))
  }

  /// What others published about the measure, for the kinds of these bodies.
  private func claims() throws(DatabaseError) -> DataTable {
    let claims = try view.claims(about: .amounts(of: measure.key), of: Set(names.values.flatMap(\.kinds)))
    return DataTable(
      title: "What others published about them",
      columns: ["kind", "from", "to", "published", "note", "source"],
      rows: claims.map {
        [$0.kind, $0.firstDay.description, $0.lastDay?.description, $0.value, $0.note, $0.source]
      })
  }

  /// Interpolates between two values, as spreadsheets do.
  private static func quantile(_ part: Double, of sorted: [Double]) -> Double {
    let place = part * Double(sorted.count - 1)
    let below = sorted[Int(place)]
    let above = sorted[min(Int(place) + 1, sorted.count - 1)]
    return below + (above - below) * (place - place.rounded(.down))
  }

  // MARK: One body through its mergers

  /// Proportional if any part is. Whole if nothing had to be measured.
  private static func method(of methods: [Answer.Method]) -> Answer.Method {
    methods.contains(.proportional) ? .proportional : methods.contains(.exact) ? .exact : .whole
  }

  /// What was measured in every period of all that lies in a body on `day`: amounts of the bodies then, restated.
  package func trend(of body: OrganisationID, on day: Day) throws(DatabaseError) -> Report {
    let whereabouts = try Whereabouts(of: view.registry, knownIn: view.revision)
    let ownKinds = try whereabouts.hierarchy(on: day).kinds[body] ?? []
    let kind =
      (view.kinds.first { ownKinds.contains($0.key) && $0.tier != nil }
      ?? view.kinds.first { ownKinds.contains($0.key) })?.key
    let upper = Set(view.kinds.filter { $0.tier != nil && $0.tier != Kind.placeTier }.map(\.key))
    let summary = try view.bodies([body], on: day)[body]
    var table = DataTable(
      columns: ["from", "to", "nature", .number("amount"), "unit", "method", "from_codes"])
    var steps: [String: [StepChart.Step]] = [:]
    var used: [MeasuredAmount] = []
    for (slice, own) in slices {
      // A figure of a body that had closed by then is about the territory that it had.
      let byDay = Dictionary(grouping: own) { amount in
        min(slice.period.start, names[amount.organisation]?.lastDay ?? slice.period.start)
      }
      var parts: [(amount: MeasuredAmount, share: Double, method: Answer.Method)] = []
      for (start, own) in byDay {
        let byBody = Dictionary(own.map { ($0.organisation, $0) }, uniquingKeysWith: { first, _ in first })
        let kinds = try whereabouts.hierarchy(on: start).kinds
        let question = Question(from: start, to: day, toKind: kind)
        // What is measured of an upper body may be measured of those below it, too, and would count twice.
        for (measured, amount) in byBody.sorted(by: { $0.key < $1.key })
        where kinds[measured]?.isDisjoint(with: upper) ?? true {
          let part = try whereabouts.answer(for: measured, question).weighty.first { $0.place == .body(body) }
          if let part, let method = part.method { parts.append((amount, part.share, method)) }
        }
      }
      guard !parts.isEmpty else { continue }
      let sum = parts.reduce(0) { $0 + $1.amount.amount * $1.share }
      used += parts.map(\.amount)
      table.rows.append([
        slice.period.start.description, slice.period.lastDay?.description, slice.nature, number(sum.rounded()),
        measure.unitName,
        Self.method(of: parts.map(\.method)).rawValue,
        parts.map { view.code(names[$0.amount.organisation]) + ($0.share < 1 ? " (\(percent($0.share)))" : "") }
          .sorted()
          .joined(separator: "|"),
      ])
      steps[slice.nature ?? "", default: []].append(
        StepChart.Step(period: slice.period, value: Int(sum.rounded())))
    }
    table.notes = [
      "What bodies of the time had of the territory of \(view.code(summary)) on \(day), in proportion where only a part of one lies in it."
    ]
    let title = "\(measure.name) of \(view.code(summary)) \(view.name(summary)) as on \(day)"
    let series = steps.sorted { $0.key < $1.key }.map {
      StepChart.Series(label: $0.key.isEmpty ? measure.name : "\(measure.name), \($0.key)", steps: $0.value)
    }
    let figure = StepChart(series: series).figure(
      name: measure.key, title: title,
      description: "From zero to the highest amount, in \(measure.unitName); the table has the numbers.")
    return try view.report(
      title, lead: table.rows.isEmpty ? ["No source gives an amount for what lies in it."] : [], tables: [table],
      figures: [figure], sources: RegisterView.sources(of: used.map(\.source)))
  }
}

extension MeasuredAmount {
  /// Whether its body began after the period.
  /// - Parameter bodies: the measured bodies, as they last were.
  func isToCome(_ bodies: [OrganisationID: Organisation]) -> Bool {
    guard let first = bodies[organisation]?.firstDay, let last = period.lastDay else { return false }
    return first > last
  }

  /// Whether its body had ended before the period.
  func hasEnded(_ bodies: [OrganisationID: Organisation]) -> Bool {
    bodies[organisation]?.lastDay.map { $0 < period.start } ?? false
  }
}

extension RegisterView {
  /// All amounts of a kind that sources give of bodies.
  func amounts(ofKind kind: String) throws(DatabaseError) -> [MeasuredAmount] {
    try registry.measures(ofKind: kind, knownIn: revision)
  }
}
