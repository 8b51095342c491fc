import RegistryFormats
package import RegistryStorage

/// What is measured of bodies, divided by the people of the same body at the same time.
///
/// Kept here: an amount is divided only by people counted inside its period. If nobody counted any, there is no figure.
package struct PerHeadReport {
  private let view: RegisterView
  private let measure: MeasureKind
  private let heads: MeasureKind

  /// - Parameters:
  ///   - measure: What is divided.
  ///   - heads: What counts people. Both are measure kinds of the register.
  package init(of view: RegisterView, measure: MeasureKind, by heads: MeasureKind) {
    self.view = view
    self.measure = measure
    self.heads = heads
  }

  package func report() throws(DatabaseError) -> Report {
    let amounts = try view.registry.measures(ofKind: measure.key, knownIn: view.revision)
    let people = Dictionary(
      grouping: try view.registry.measures(ofKind: heads.key, knownIn: view.revision), by: \.organisation)
    let names = try view.bodies(Set(amounts.map(\.organisation)))
    var used: [String?] = []
    var rows: [[String?]] = []
    var sums: [Period: (amount: Double, heads: Double, bodies: Int, without: Int)] = [:]
    for amount in amounts {
      // Of several counts in a year, take the first: money is allotted before it is spent.
      let counted = people[amount.organisation]?.first { amount.period.contains($0.period) && $0.amount > 0 }
      rows.append([
        view.code(names[amount.organisation]), names[amount.organisation]?.name, amount.period.start.description,
        amount.period.lastDay?.description, amount.nature, number(amount.amount), counted.map { number($0.amount) },
        counted?.period.start.description, counted?.period.lastDay?.description,
        counted.map { number((amount.amount / $0.amount * 100).rounded() / 100) },
      ])
      var sum = sums[amount.period] ?? (0, 0, 0, 0)
      if let counted {
        sum = (sum.amount + amount.amount, sum.heads + counted.amount, sum.bodies + 1, sum.without)
        used += [amount.source, counted.source]
      } else {
        sum.without += 1
      }
      sums[amount.period] = sum
    }
    let table = DataTable(
      columns: [
        "code", "name", "from", "to", "nature", .number("amount"), .number("heads"), "heads_from", "heads_to",
        .number("per_head"),
      ],
      rows: rows.sorted(byColumns: 2, 0),
      notes: [
        "amount in \(measure.unitName), heads in \(heads.unitName), counted inside the period of the amount; blank: nobody counted any then."
      ])
    let byPeriod = DataTable(
      title: "All bodies with both figures",
      columns: [
        "from", "to", .number("bodies"), .number("bodies_without_heads"), .number("amount"), .number("heads"),
        .number("per_head"),
      ],
      rows: sums.sorted { ($0.key.start, $0.key.end ?? .distantFuture) < ($1.key.start, $1.key.end ?? .distantFuture) }
        .map { period, sum in
          [
            period.start.description, period.lastDay?.description, String(sum.bodies), String(sum.without),
            number(sum.amount), number(sum.heads),
            sum.heads > 0 ? number((sum.amount / sum.heads * 100).rounded() / 100) : nil,
          ]
        })
    return try view.report(
      "\(measure.name) per head (\(heads.name))",
      lead: ["\(rows.count { $0[9] != nil }) of \(rows.count) amounts have people of the same time."],
      tables: [table, byPeriod], sources: RegisterView.sources(of: used))
  }
}
