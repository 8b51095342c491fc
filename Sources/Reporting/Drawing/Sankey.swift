/// Amounts that flow from bodies of one day to bodies of the next, from left to right.
///
/// Kept here:
/// 1. A band is as wide as its amount, and all bands are drawn to one scale.
/// 2. Nodes of a layer never overlap, and each label has a line of its own.
/// 3. Where only a part of a body flows, the band has another colour, and its share is written at its end and in its
///    description. Of labels that would overlap, only the first is written.
struct Sankey {
  struct Node {
    let code: String
    let name: String
    /// At least 0.
    let amount: Double
    /// What readers see when they point at it.
    let hint: String
  }

  struct Flow {
    /// Indices in its layer and in the next.
    let from: Int
    let to: Int
    let amount: Double
    /// Of the from body, from 0 to 1.
    let share: Double
    let hint: String
  }

  struct Layer {
    let heading: String
    var nodes: [Node]
    /// To the next layer.
    var flows: [Flow]
  }

  private let layers: [Layer]
  /// By layer: indices of nodes, from top to bottom.
  private var order: [[Int]]
  /// The height of an amount of one. A middling body is as high as a line of text.
  private let unit: Double

  private static let margin = 16.0
  private static let header = 40.0
  private static let bar = 10.0
  private static let label = 215.0
  private static let band = 130.0
  private static let line = 16.0
  private static let gap = 3.0

  init(_ layers: [Layer]) {
    self.layers = layers
    order = layers.map { Array($0.nodes.indices) }
    let amounts = layers.flatMap { $0.nodes.map(\.amount) }.filter { $0 > 0 }.sorted()
    unit = amounts.isEmpty ? 0 : Self.line / amounts[amounts.count / 2]
    arrange()
  }

  /// Goes from the last layer back, so that each node stands near the middle of what became of it.
  private mutating func arrange() {
    for _ in 0..<2 {
      for index in layers.indices.dropLast().reversed() {
        order[index] = sorted(index, byRanksIn: index + 1) { ($0.from, $0.to) }
      }
      for index in layers.indices.dropFirst() {
        order[index] = sorted(index, byRanksIn: index - 1) { ($0.to, $0.from) }
      }
    }
  }

  private func sorted(_ index: Int, byRanksIn other: Int, _ ends: (Flow) -> (own: Int, other: Int)) -> [Int] {
    let ranks = ranks(other)
    var sums = [(weight: Double, rank: Double)](repeating: (0, 0), count: layers[index].nodes.count)
    for flow in layers[min(index, other)].flows {
      let (own, far) = ends(flow)
      let weight = max(flow.amount, 1e-9)
      sums[own].weight += weight
      sums[own].rank += weight * Double(ranks[far])
    }
    let wishes = order[index].enumerated().map { position, node in
      (
        node: node, wish: sums[node].weight > 0 ? sums[node].rank / sums[node].weight : Double(position),
        position: position
      )
    }
    return wishes.sorted { ($0.wish, $0.position) < ($1.wish, $1.position) }.map(\.node)
  }

  /// The place of each node in the order of its layer.
  private func ranks(_ layer: Int) -> [Int] {
    var ranks = [Int](repeating: 0, count: layers[layer].nodes.count)
    for (rank, node) in order[layer].enumerated() { ranks[node] = rank }
    return ranks
  }

  // MARK: Drawing

  private func height(_ node: Node) -> Double { max(node.amount * unit, 2) }

  private func x(_ layer: Int) -> Double { Self.margin + Double(layer) * (Self.bar + Self.label + Self.band) }

  /// The top of each node.
  private func tops() -> [[Double]] {
    let pitch = { (node: Node) in max(height(node), Self.line) + Self.gap }
    let totals = layers.map { $0.nodes.reduce(0) { $0 + pitch($1) } }
    let tallest = totals.max() ?? 0
    return layers.indices.map { layer in
      var tops = [Double](repeating: 0, count: layers[layer].nodes.count)
      // Shorter layers are spread, so that bands run level.
      let spare = (tallest - totals[layer]) / Double(max(layers[layer].nodes.count, 1))
      var y = Self.header + spare / 2
      for node in order[layer] {
        tops[node] = y
        y += pitch(layers[layer].nodes[node]) + spare
      }
      return tops
    }
  }

  func figure(name: String, title: String, description: String) -> Figure {
    let tops = tops()
    var svg = SVG()
    var bottom = Self.header
    for (layer, content) in layers.enumerated() {
      drawFlows(of: layer, tops, &svg)
      for (index, node) in content.nodes.enumerated() {
        let (y, height) = (tops[layer][index], height(node))
        bottom = max(bottom, y + max(height, Self.line))
        svg.rectangle(x: x(layer), y: y, width: Self.bar, height: height, "node", title: node.hint)
      }
    }
    for (layer, content) in layers.enumerated() {
      svg.words(content.heading, x: x(layer), y: Self.header - 16, "bold")
      for (index, node) in content.nodes.enumerated() {
        drawLabel(node, x: x(layer) + Self.bar + 5, y: tops[layer][index] + max(height(node), Self.line) / 2 + 4, &svg)
      }
    }
    return Figure(
      name: name, title: title, description: description,
      width: x(layers.count - 1) + Self.bar + Self.label + Self.margin, height: bottom + Self.margin, content: svg)
  }

  private func drawLabel(_ node: Node, x: Double, y: Double, _ svg: inout SVG) {
    let code = TextWidth.of(node.code, size: 11, isBold: true)
    svg.words(node.code, x: x, y: y, "small bold halo")
    let name = TextWidth.fitted(node.name, into: Self.label - code - 14, size: 11)
    if !name.isEmpty { svg.words(name, x: x + code + 6, y: y, "small halo", title: node.hint) }
  }

  private func drawFlows(of layer: Int, _ tops: [[Double]], _ svg: inout SVG) {
    guard layer + 1 < layers.count else { return }
    let (fromRanks, toRanks) = (ranks(layer), ranks(layer + 1))
    var leaving = tops[layer]
    var arriving = tops[layer + 1]
    let flows = layers[layer].flows
    // Bands leave in the order in which they arrive, and arrive in the order in which they left, to cross least.
    var starts = [Double](repeating: 0, count: flows.count)
    var ends = starts
    for index in flows.indices.sorted(by: { toRanks[flows[$0].to] < toRanks[flows[$1].to] }) {
      starts[index] = leaving[flows[index].from]
      leaving[flows[index].from] += flows[index].amount * unit
    }
    for index in flows.indices.sorted(by: { fromRanks[flows[$0].from] < fromRanks[flows[$1].from] }) {
      ends[index] = arriving[flows[index].to]
      arriving[flows[index].to] += flows[index].amount * unit
    }
    let left = x(layer) + Self.bar + Self.label
    let right = x(layer + 1)
    var labels = Labels()
    for (index, flow) in flows.enumerated() {
      let thickness = max(flow.amount * unit, 1)
      drawBand(
        from: (x(layer) + Self.bar, starts[index]), level: left, to: (right, ends[index]), thickness,
        flow.share == 1 ? "band" : "band part", flow.hint, &svg)
    }
    for (index, flow) in flows.enumerated() where flow.share < 1 {
      let words = percent(flow.share)
      let width = TextWidth.of(words, size: 11)
      let middle = ends[index] + max(flow.amount * unit, 1) / 2
      guard labels.take(Labels.Box(x: right - 8 - width, y: middle - 7, width: width, height: 14)) else { continue }
      svg.words(words, x: right - 8, y: middle + 4, "small halo", anchor: .end)
    }
  }

  /// Draws a band that is level beside the label and then bends to its end.
  private func drawBand(
    from: (x: Double, y: Double), level: Double, to: (x: Double, y: Double), _ thickness: Double, _ style: String,
    _ hint: String, _ svg: inout SVG
  ) {
    let middle = (level + to.x) / 2
    var path = SVG.Path()
    path.move(from.x, from.y)
    path.line(level, from.y)
    path.curve(middle, from.y, middle, to.y, to.x, to.y)
    path.line(to.x, to.y + thickness)
    path.curve(middle, to.y + thickness, middle, from.y + thickness, level, from.y + thickness)
    path.line(from.x, from.y + thickness)
    path.close()
    svg.path(path, style, title: hint)
  }
}
