import RegistryStorage

extension Sankey {
  /// An amount that bodies of two sides share, or that went from one to the other.
  struct BodyFlow {
    let from: OrganisationID
    let to: OrganisationID
    let amount: Double
    /// Of the from body, from 0 to 1.
    let share: Double
    let hint: String
  }

  /// The bodies of one side. `node` draws a body with all that flows from it or to it.
  struct Side {
    let heading: String
    let node: (_ body: OrganisationID, _ amount: Double) -> Node
  }

  /// Makes two layers, each in the order of codes.
  init(_ flows: [BodyFlow], from: Side, to: Side) {
    let left = Self.nodes(of: from, Dictionary(grouping: flows, by: \.from))
    let right = Self.nodes(of: to, Dictionary(grouping: flows, by: \.to))
    let sources = Dictionary(uniqueKeysWithValues: left.enumerated().map { ($1.body, $0) })
    let targets = Dictionary(uniqueKeysWithValues: right.enumerated().map { ($1.body, $0) })
    self.init([
      Layer(
        heading: from.heading, nodes: left.map(\.node),
        flows: flows.compactMap { flow in
          guard let source = sources[flow.from], let target = targets[flow.to] else { return nil }
          return Flow(from: source, to: target, amount: flow.amount, share: flow.share, hint: flow.hint)
        }),
      Layer(heading: to.heading, nodes: right.map(\.node), flows: []),
    ])
  }

  private static func nodes(
    of side: Side, _ flows: [OrganisationID: [BodyFlow]]
  ) -> [(body: OrganisationID, node: Node)] {
    flows.map { body, own in (body, side.node(body, own.reduce(0) { $0 + $1.amount })) }
      .sorted { ($0.node.code, $0.body) < ($1.node.code, $1.body) }
  }
}
