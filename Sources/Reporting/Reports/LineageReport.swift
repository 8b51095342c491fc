import RegistryFormats
package import RegistryStorage
package import Succession

/// A lineage as rows, as a tree and as pictures.
package struct LineageReport {
  package struct Node: Sendable {
    package let id: OrganisationID
    package let key: String
    /// The code in the first scheme, or the key if it has none.
    package let code: String
    package let name: String
    package let firstDay: Day?
    package let lastDay: Day?

    var life: String { "\(firstDay?.description ?? "?") to \(lastDay?.description ?? "today")" }
  }

  package struct Edge: Sendable {
    package let from: OrganisationID
    package let to: OrganisationID
    package let day: Day
    package let type: EventType
    package let nature: SuccessionNature
    /// How much of the predecessor went this way.
    package let share: LinkShares.Share?
    /// How much of the successor came this way.
    package let backwardShare: LinkShares.Share?
    /// Whether the predecessor lives on.
    package let goesOn: Bool

    /// Whether all of the predecessor became all of the successor.
    var isWhole: Bool { share?.share == 1 && backwardShare?.share == 1 }
  }

  package let root: OrganisationID
  package let nodes: [OrganisationID: Node]
  /// In order of time.
  package let edges: [Edge]
  /// How many links are left out because they carry less than the tolerance.
  package let sliverCount: Int

  package init(_ lineage: Lineage, in whereabouts: Whereabouts, _ view: RegisterView) throws(DatabaseError) {
    let nodes = try view.bodies(lineage.bodies).mapValues { body in
      Node(
        id: body.id, key: body.key, code: view.code(body), name: body.shownName, firstDay: body.firstDay,
        lastDay: body.lastDay)
    }
    let shares = LinkShares(whereabouts)
    root = lineage.root
    sliverCount = lineage.slivers.count
    var edges: [Edge] = []
    for link in lineage.links {
      edges.append(
        Edge(
          from: link.predecessor, to: link.successor, day: link.day, type: link.type, nature: link.nature,
          share: try shares.share(of: link), backwardShare: try shares.backwardShare(of: link),
          goesOn: nodes[link.predecessor].map { node in node.lastDay.map { $0 >= link.day } ?? true } ?? false))
    }
    self.edges = edges
    self.nodes = nodes
  }

  package var table: DataTable {
    DataTable(
      title: "Lineage of \(nodes[root]?.code ?? "")",
      columns: ["from_code", "to_code", "date", "type", .number("share"), "basis", "method"],
      rows: edges.map {
        [
          nodes[$0.from]?.code, nodes[$0.to]?.code, $0.day.description, $0.type.rawValue,
          $0.share.map { number($0.share) }, $0.share?.basis, $0.share?.method.rawValue,
        ]
      })
  }

  // MARK: Tree

  /// What came before, the deepest first, then the body, then what became of it.
  /// - Parameter width: how many columns the screen has. Nil if it is not for a screen.
  package func tree(width: Int?) -> String {
    let before = branches(of: root, .backward, after: .distantFuture, width)
    let after = branches(of: root, .forward, after: .distantPast, width)
    return (before.isEmpty ? "" : "came from:\n\(before)\n")
      + Outline.branch("", "", nodes[root].map(title) ?? "", width)
      + (after.isEmpty ? "" : "\nbecame:\n\(after)")
  }

  private func branches(
    of body: OrganisationID, _ direction: Lineage.Direction, after day: Day, _ width: Int?, indent: String = ""
  ) -> String {
    let own = edges.filter {
      direction == .forward ? $0.from == body && $0.day > day : $0.to == body && $0.day < day
    }
    return own.enumerated().map { index, edge in
      let other = direction == .forward ? edge.to : edge.from
      let isLast = index == own.count - 1
      let stem = indent + (isLast ? "   " : "│  ")
      let line = "\(edge.day) \(words(edge))  \(nodes[other].map(title) ?? "")"
      return Outline.branch(indent + (isLast ? "└─ " : "├─ "), stem, line, width)
        + branches(of: other, direction, after: edge.day, width, indent: stem)
    }.joined()
  }

  private func title(_ node: Node) -> String {
    "\(node.code)  \(node.name)  (\(node.life))"
  }

  /// The type of the event, what passed, and whether the predecessor lives on.
  func words(_ edge: Edge) -> String {
    let passed = edge.nature == .duties ? "duties" : shares(edge) ?? "share not known"
    return "\(edge.type.rawValue), \(passed)" + (edge.goesOn ? ", goes on" : "")
  }

  /// How much of the predecessor went, and how much of the successor it is. Nil if neither is known.
  private func shares(_ edge: Edge) -> String? {
    if edge.isWhole { return "whole" }
    let (from, to) = (nodes[edge.from]?.code ?? "?", nodes[edge.to]?.code ?? "?")
    // A code may pass from one body to the next.
    let later = from == to ? "the later \(to)" : to
    let parts = [(edge.share, from), (edge.backwardShare, later)].compactMap { share, body in
      share.map { (share: $0, words: "\(percent($0.share)) of \(body)") }
    }
    guard !parts.isEmpty else { return nil }
    let bases = Set(parts.compactMap { $0.share.method == .whole ? nil : $0.share.basis })
    return parts.map(\.words).joined(separator: ", ")
      + (bases.isEmpty ? "" : " by \(bases.sorted().joined(separator: " and "))")
      + (parts.contains { $0.share.method == .proportional } ? " (proportional)" : "")
  }

  // MARK: Text for other programs

  /// For Graphviz.
  package var dot: String {
    func quoted(_ text: String) -> String {
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: " ") + "\""
    }
    let boxes = sortedNodes.map { node in
      "  \(quoted(node.key)) [label=\(quoted("\(node.code)\n\(node.name)").replacing(" \(node.name)", with: "\\n\(node.name)"))"
        + (node.id == root ? ", penwidth=3" : "") + "];"
    }
    let arrows = edges.map { edge in
      "  \(quoted(nodes[edge.from]?.key ?? "")) -> \(quoted(nodes[edge.to]?.key ?? "")) [label=\(quoted("\(edge.day) \(words(edge))"))"
        + (edge.nature == .duties ? ", style=dashed" : "") + "];"
    }
    return (["digraph lineage {", "  rankdir=LR;", "  node [shape=box];"] + boxes + arrows + ["}"]).joined(
      separator: "\n") + "\n"
  }

  /// For Mermaid.
  package var mermaid: String {
    func escaped(_ text: String) -> String {
      text.replacing("\"", with: "#quot;").replacing("<", with: "#lt;").replacing(">", with: "#gt;")
    }
    let names = Dictionary(uniqueKeysWithValues: sortedNodes.enumerated().map { ($1.id, "n\($0)") })
    let boxes = sortedNodes.map { "  \(names[$0.id] ?? "")[\"\(escaped($0.code))<br/>\(escaped($0.name))\"]" }
    let arrows = edges.map { edge in
      "  \(names[edge.from] ?? "") \(edge.nature == .duties ? "-.->" : "-->")|\"\(escaped("\(edge.day) \(words(edge))"))\"| \(names[edge.to] ?? "")"
    }
    let mark = ["  style \(names[root] ?? "") stroke-width:3px"]
    return (["flowchart LR"] + boxes + arrows + mark).joined(separator: "\n") + "\n"
  }

  var sortedNodes: [Node] {
    nodes.values.sorted { ($0.firstDay ?? .distantPast, $0.key) < ($1.firstDay ?? .distantPast, $1.key) }
  }
}
