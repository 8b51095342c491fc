import RegistryFormats
import RegistryStorage
import Succession

/// A lineage as a picture: bodies in columns, each just before those that succeeded it.
///
/// Kept here:
/// 1. Boxes never overlap: a column is as wide as a box and its gap, and has one box in each row.
/// 2. Nothing is said by colour alone: the body asked for has a thick edge, duties are dashed, shares are written.
package struct LineagePicture {
  private let report: LineageReport
  private var places: [OrganisationID: (column: Int, row: Double)] = [:]
  private var columnCount = 0
  /// From the top of a box to that of the next one.
  private let rowHeight: Double

  private static let boxWidth = 250.0
  private static let boxHeight = 60.0
  private static let columnGap = 200.0
  private static let rowGap = 22.0
  private static let labelHeight = 13.0
  private static let margin = 24.0

  package init(_ report: LineageReport) {
    self.report = report
    let counts =
      Dictionary(grouping: report.edges.filter(Self.isPart), by: \.from).values.map(\.count)
      + Dictionary(grouping: report.edges.filter(Self.bringsPart), by: \.to).values.map(\.count)
    rowHeight = max(Self.boxHeight + Self.rowGap, Double((counts.max() ?? 0) + 1) * Self.labelHeight)
    arrange()
  }

  /// Forward from the body, each successor stands right of its predecessors. Backward, each predecessor stands left of
  /// its successors. That way few links pass another column.
  private func columns() -> [OrganisationID: Int] {
    var columns = [report.root: 0]
    for edge in report.edges {
      guard let column = columns[edge.from], column >= 0 else { continue }
      let isNew = report.nodes[edge.to]?.firstDay == edge.day
      if let known = columns[edge.to] {
        if isNew { columns[edge.to] = max(known, column + 1) }
      } else {
        columns[edge.to] = column + 1
      }
    }
    for edge in report.edges.reversed() {
      guard let column = columns[edge.to], column <= 0 else { continue }
      if let known = columns[edge.from] {
        if !edge.goesOn, known < 0 { columns[edge.from] = min(known, column - 1) }
      } else {
        columns[edge.from] = column - 1
      }
    }
    let first = columns.values.min() ?? 0
    return columns.mapValues { $0 - first }
  }

  /// Gives out rows column by column: first in the order of the codes, then close to the linked bodies.
  private mutating func arrange() {
    let columns = columns()
    columnCount = (columns.values.max() ?? 0) + 1
    var order = (0..<columnCount).map { column in report.sortedNodes.filter { columns[$0.id] == column }.map(\.id) }
    let neighbours = Dictionary(grouping: report.edges.flatMap { [($0.from, $0.to), ($0.to, $0.from)] }, by: \.0)
      .mapValues { $0.map(\.1) }
    for round in 0..<8 {
      let positions = Self.positions(order)
      let indices = round % 2 == 0 ? Array(order.indices) : order.indices.reversed()
      for column in indices {
        order[column] = order[column].enumerated().map { index, id -> (id: OrganisationID, wish: Double, index: Int) in
          let linked = (neighbours[id] ?? []).compactMap { positions[$0] }
          let wish = linked.isEmpty ? positions[id] ?? 0 : linked.reduce(0, +) / Double(linked.count)
          return (id, wish, index)
        }.sorted { ($0.wish, $0.index) < ($1.wish, $1.index) }.map(\.id)
      }
    }
    let positions = Self.positions(order)
    for (column, ids) in order.enumerated() {
      for id in ids { places[id] = (column, positions[id] ?? 0) }
    }
  }

  /// Columns are centred on the longest one.
  private static func positions(_ order: [[OrganisationID]]) -> [OrganisationID: Double] {
    let longest = order.map(\.count).max() ?? 0
    var positions: [OrganisationID: Double] = [:]
    for ids in order {
      let offset = Double(longest - ids.count) / 2
      for (index, id) in ids.enumerated() { positions[id] = offset + Double(index) }
    }
    return positions
  }

  /// - Parameter name: The name of the figure.
  package func figure(named name: String = "lineage") -> Figure {
    let longest = Double(Dictionary(grouping: places.values, by: \.column).values.map(\.count).max() ?? 1)
    let width = Self.margin * 2 + Double(columnCount) * (Self.boxWidth + Self.columnGap) - Self.columnGap
    let height = longest * rowHeight + Self.margin * 2
    let root = report.nodes[report.root]
    let left =
      report.sliverCount == 0 ? "" : " \(report.sliverCount) links that carry less than the tolerance are left out."
    var svg = SVG()
    for edge in report.edges { drawLink(edge, &svg) }
    for node in report.sortedNodes { drawBox(node, &svg) }
    for edge in report.edges { drawLabels(edge, &svg) }
    return Figure(
      name: name, title: "Lineage of \(root?.code ?? "") \(root?.name ?? "")",
      description: """
        \(counted(report.nodes.count, "body", "bodies")) and \(counted(report.edges.count, "link")) between them, from left to right in the order of time. \
        Dashed lines carry duties and no territory. Where only a part of a body went, or where a body came from \
        several, the left end of a line tells how much of that body went, and the right end how much of that one came.\
        \(left)
        """, width: width, height: height, content: svg)
  }

  private func x(_ column: Int) -> Double { Self.margin + Double(column) * (Self.boxWidth + Self.columnGap) }

  private func y(_ row: Double) -> Double { Self.margin + row * rowHeight }

  private func drawBox(_ node: LineageReport.Node, _ svg: inout SVG) {
    guard let place = places[node.id] else { return }
    let (left, top) = (x(place.column), y(place.row))
    svg.rectangle(
      x: left, y: top, width: Self.boxWidth, height: Self.boxHeight, node.id == report.root ? "box thick" : "box",
      radius: 4, title: node.name)
    svg.words(node.code, x: left + 8, y: top + 18, "bold")
    svg.words(
      TextWidth.fitted(node.name, into: Self.boxWidth - 16, size: 11), x: left + 8, y: top + 35, "small",
      title: node.name)
    svg.words(node.life, x: left + 8, y: top + 51, "small")
  }

  private func ends(_ edge: LineageReport.Edge) -> (fromX: Double, fromY: Double, toX: Double, toY: Double)? {
    guard let from = places[edge.from], let to = places[edge.to] else { return nil }
    let middle = Self.boxHeight / 2
    // A link between bodies that both live on may lead back, or stay in its column.
    let leadsOn = to.column > from.column
    return (
      x(from.column) + Self.boxWidth, y(from.row) + middle, leadsOn ? x(to.column) : x(to.column) + Self.boxWidth,
      y(to.row) + middle
    )
  }

  private func drawLink(_ edge: LineageReport.Edge, _ svg: inout SVG) {
    guard let (fromX, fromY, toX, toY) = ends(edge) else { return }
    let bend = Self.columnGap / 2
    let towards = toX > fromX ? toX - bend : toX + bend
    var path = SVG.Path()
    path.move(fromX, fromY)
    path.curve(fromX + bend, fromY, towards, toY, toX, toY)
    svg.path(path, edge.nature == .duties ? "link dashed" : "link")
  }

  /// Whether only a part of the predecessor went along a link, or nobody says how much.
  private static func isPart(_ edge: LineageReport.Edge) -> Bool {
    edge.nature != .duties && edge.share?.share ?? 0 < 1
  }

  /// Whether only a part of the successor came along a link, or nobody says how much.
  private static func bringsPart(_ edge: LineageReport.Edge) -> Bool {
    edge.nature != .duties && edge.backwardShare?.share ?? 0 < 1
  }

  /// Labels each end of a link with the share that it is of the body there, and with the other body.
  private func drawLabels(_ edge: LineageReport.Edge, _ svg: inout SVG) {
    guard let (fromX, fromY, toX, toY) = ends(edge), let place = places[edge.to] else { return }
    func words(_ share: LinkShares.Share?, _ link: String, _ body: OrganisationID) -> String {
      "\(share.map { percent($0.share) } ?? "?") \(link) \(report.nodes[body]?.code ?? "")"
    }
    func height(_ body: OrganisationID) -> Double { places[body]?.row ?? 0 }
    if Self.isPart(edge) {
      let siblings = report.edges.filter { $0.from == edge.from && Self.isPart($0) }
        .sorted { height($0.to) < height($1.to) }
      draw(words(edge.share, "to", edge.to), edge, among: siblings, x: fromX, y: fromY, isLeft: false, &svg)
    }
    if Self.bringsPart(edge) {
      let siblings = report.edges.filter { $0.to == edge.to && Self.bringsPart($0) }
        .sorted { height($0.from) < height($1.from) }
      draw(
        words(edge.backwardShare, "from", edge.from), edge, among: siblings, x: toX, y: toY,
        isLeft: toX == x(place.column), &svg)
    }
  }

  /// Labels of one end stand above each other, in the order of the bodies to which they lead.
  private func draw(
    _ words: String, _ edge: LineageReport.Edge, among siblings: [LineageReport.Edge], x: Double, y: Double,
    isLeft: Bool, _ svg: inout SVG
  ) {
    let index = siblings.firstIndex { $0.from == edge.from && $0.to == edge.to && $0.day == edge.day } ?? 0
    let offset = (Double(index) - Double(siblings.count - 1) / 2) * Self.labelHeight
    svg.words(words, x: isLeft ? x - 6 : x + 6, y: y + 4 + offset, "small halo", anchor: isLeft ? .end : .start)
  }
}
