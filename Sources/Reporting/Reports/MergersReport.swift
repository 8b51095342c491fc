import RegistryFormats
package import RegistryStorage
import Succession

/// Which bodies merged, under what law, and how many people that concerned.
package struct MergersReport {
  private let view: RegisterView
  private let amounts: BodyAmounts
  private let whereabouts: Whereabouts
  /// In order of time.
  private let mergers: [Merger]

  /// One event.
  private struct Merger {
    let event: String
    let day: Day
    let type: EventType
    let source: String?
    let predecessors: [Organisation]
    let successors: [Organisation]
    /// The kind of the place tier that the predecessors had on the day before, if they had one.
    let placeKind: String?
  }

  /// - Parameters:
  ///   - year: Only events of this year. Without a year, all.
  ///   - kind: Only events in which a body of this kind takes part. Without a kind, all.
  package init(of view: RegisterView, year: Int? = nil, kind: String? = nil) throws(DatabaseError) {
    self.view = view
    whereabouts = try Whereabouts(of: view.registry, knownIn: view.revision)
    amounts = BodyAmounts(whereabouts.territory)
    let first = year.flatMap { Day(year: $0, month: 1, day: 1) } ?? .distantPast
    let last = year.flatMap { Day(year: $0, month: 12, day: 31) } ?? .distantFuture
    let links = try view.registry.successions(kind: kind, from: first, to: last, knownIn: view.revision)
      .filter { $0.type == .merger || $0.type == .absorption }
    let sources = try view.registry.eventSources(knownIn: view.revision)
    var mergers: [Merger] = []
    for (day, ofDay) in Dictionary(grouping: links, by: \.day).sorted(by: { $0.key < $1.key }) {
      let before = try view.bodies(Set(ofDay.map(\.predecessor)), on: day.previous)
      let after = try view.bodies(Set(ofDay.map(\.successor)), on: day)
      for (event, own) in Dictionary(grouping: ofDay, by: \.event).sorted(by: { $0.key < $1.key }) {
        let predecessors = Set(own.map(\.predecessor)).compactMap { before[$0] }
        let placeKinds = Set(predecessors.flatMap(\.kinds)).intersection(view.placeKinds)
        mergers.append(
          Merger(
            event: event, day: day, type: own[0].type, source: sources[event],
            predecessors: view.inOrder(predecessors),
            successors: view.inOrder(Set(own.map(\.successor)).compactMap { after[$0] }),
            placeKind: view.placeKinds.first { placeKinds.contains($0) }))
      }
    }
    self.mergers = mergers
  }

  package func report() throws(DatabaseError) -> Report {
    var table = DataTable(
      columns: [
        "date", "type", "event", "kind", "predecessors", "successors", .number("population_before"),
        .number("population_after"), "basis", "legal_basis",
      ])
    for merger in mergers {
      let before = amounts.total(of: merger.predecessors.map(\.id), on: merger.day.previous)
      let after = before.map { before in
        merger.successors.compactMap { amounts.amount(of: $0.id, on: merger.day, in: before.basis) }.reduce(.zero, +)
      }
      table.rows.append([
        merger.day.description, merger.type.rawValue, merger.event, merger.predecessors.first?.kinds.first,
        codes(merger.predecessors), codes(merger.successors), before?.amount.rounded,
        after?.rounded, before.map { whereabouts.territory.bases[$0.basis].key }, merger.source,
      ])
    }
    table.notes = [
      """
      The population of a body is that of its small areas, or of its practices, as measured on the day of the basis, not in \
      the year of the merger; blank where the register knows no territory of it.
      """
    ]
    let count = Dictionary(grouping: mergers, by: \.type).mapValues(\.count)
    return try view.report(
      "Mergers",
      lead: [
        "\(counted(count[.merger] ?? 0, "merger")) and \(counted(count[.absorption] ?? 0, "absorption")); \(counted(bodyCount, "body", "bodies")) went into them."
      ],
      tables: [table], figures: try figures(), sources: RegisterView.sources(of: mergers.map(\.source)))
  }

  private var bodyCount: Int { Set(mergers.flatMap { $0.predecessors.map(\.id) }).count }

  private func codes(_ bodies: [Organisation]) -> String { bodies.map(view.code).joined(separator: "|") }

  // MARK: Figures

  /// For each kind that holds territory, a figure of all its mergers, and one of each year with mergers.
  private func figures() throws(DatabaseError) -> [Figure?] {
    var figures: [Figure?] = []
    for kind in view.placeKinds {
      let own = mergers.filter { $0.placeKind == kind }
      let years = Dictionary(grouping: own, by: \.day.year).sorted { $0.key < $1.key }
      if let first = years.first?.key, let last = years.last?.key, last > first {
        figures.append(try figure(own, of: kind, name: kind, period: "\(first) to \(last)"))
      }
      for (year, mergers) in years {
        figures.append(try figure(mergers, of: kind, name: "\(kind)-\(year)", period: "in \(year)"))
      }
    }
    return figures
  }

  private func figure(_ mergers: [Merger], of kind: String, name: String, period: String) throws(DatabaseError)
    -> Figure?
  {
    let days = Set(mergers.map(\.day)).sorted()
    guard let first = days.first else { return nil }
    // All bodies that took part at some time, followed from the day before the first merger.
    let bodies = Set(mergers.flatMap { $0.predecessors.map(\.id) + $0.successors.map(\.id) })
    let layers = try FlowLayers(
      through: [first.previous] + days, bodies: bodies, whereabouts: whereabouts, amounts: amounts, view: view)
    guard let layers else { return nil }
    let title = "Mergers: \(view.title(ofKind: kind)), \(period)"
    return Sankey(layers.layers).figure(
      name: name, title: title,
      description: """
        From left to right the bodies on each day that took part in a merger; a bar is as high as its \
        number of \(layers.basis.unitName) (\(layers.basis.name)), and bands show where they went, those of \
        another colour a part of a body, with its share. \(mergers.count) mergers.
        """)
  }
}
