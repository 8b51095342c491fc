import RegistryStorage
import Succession

/// The bodies on each of several days, and what went from those of one day to those of the next.
struct FlowLayers {
  let layers: [Sankey.Layer]
  /// How amounts are measured, and in what.
  let basis: Basis

  /// - Parameters:
  ///   - days: In order of time, at least two.
  ///   - bodies: Followed from the first day on which they live.
  /// - Returns: Nil if the register knows no territory of theirs.
  init?(
    through days: [Day], bodies: Set<OrganisationID>, whereabouts: Whereabouts, amounts: BodyAmounts,
    view: RegisterView
  ) throws(DatabaseError) {
    guard let index = Self.basis(for: bodies, on: days, amounts) else { return nil }
    let basis = whereabouts.territory.bases[index]
    self.basis = basis
    var present: [[OrganisationID]] = []
    var parts: [[(from: OrganisationID, to: OrganisationID, part: Answer.Part)]] = []
    var carried: Set<OrganisationID> = []
    for (position, day) in days.enumerated() {
      let here = bodies.union(carried).filter { (amounts.amount(of: $0, on: day, in: index) ?? .zero) > .zero }.sorted()
      present.append(here)
      guard position + 1 < days.count else { break }
      let question = Question(from: day, to: days[position + 1], bases: [basis.key])
      var flowing: [(from: OrganisationID, to: OrganisationID, part: Answer.Part)] = []
      for body in here {
        for part in try whereabouts.answer(for: body, question).weighty {
          if case .body(let target) = part.place { flowing.append((body, target, part)) }
        }
      }
      parts.append(flowing)
      carried = Set(flowing.map(\.to))
    }
    guard present.allSatisfy({ !$0.isEmpty }) else { return nil }
    var layers: [Sankey.Layer] = []
    for (position, day) in days.enumerated() {
      let summaries = try view.bodies(present[position], on: day)
      let nodes = present[position].map { body in
        let summary = summaries[body]
        let amount = amounts.amount(of: body, on: day, in: index)?.double ?? 0
        return Sankey.Node(
          code: view.code(summary), name: view.name(summary), amount: amount,
          hint: "\(view.code(summary)) \(view.name(summary)), \(day): \(grouped(amount)) \(basis.unitName)")
      }
      layers.append(Sankey.Layer(heading: day.description, nodes: nodes, flows: []))
    }
    for (position, flowing) in parts.enumerated() {
      let from = Dictionary(uniqueKeysWithValues: present[position].enumerated().map { ($1, $0) })
      let to = Dictionary(uniqueKeysWithValues: present[position + 1].enumerated().map { ($1, $0) })
      let (before, after) = (layers[position].nodes, layers[position + 1].nodes)
      let unit = basis.unitName
      layers[position].flows = flowing.compactMap { flow in
        guard let source = from[flow.from], let target = to[flow.to], let amount = flow.part.amount?.double else {
          return nil
        }
        let share = flow.part.share
        return Sankey.Flow(
          from: source, to: target, amount: amount, share: share,
          hint: "\(before[source].code) to \(after[target].code): \(percent(share)), \(grouped(amount)) \(unit)")
      }
    }
    self.layers = layers
  }

  /// The basis that measures most of the bodies on the days. Among equals, the first of the register.
  private static func basis(for bodies: Set<OrganisationID>, on days: [Day], _ amounts: BodyAmounts) -> Int? {
    let known = amounts.measuring.map { basis in
      (
        basis,
        days.reduce(0) { sum, day in
          sum + bodies.count { (amounts.amount(of: $0, on: day, in: basis) ?? .zero) > .zero }
        }
      )
    }
    let most = known.map(\.1).max() ?? 0
    return most == 0 ? nil : known.first { $0.1 == most }?.0
  }
}
