import Storage

/// A lineage as one self-contained SVG: bodies in columns, each just before those that succeeded it.
///
/// Kept here:
/// 1. Boxes never overlap: one box a row in each column, columns as wide as a box and its gap.
/// 2. Nothing is said by colour alone: the body asked for has a thick edge, duties are dashed, shares are written.
/// 3. Text from the register is escaped.
public struct LineagePicture {
  private let report: LineageReport
  private var places: [Int64: (column: Int, row: Double)] = [:]
  private var columnCount = 0

  private static let boxWidth = 250.0
  private static let boxHeight = 60.0
  private static let columnGap = 150.0
  private static let rowGap = 22.0
  private static let margin = 24.0

  public init(_ report: LineageReport) {
    self.report = report
    arrange()
  }

  /// Forward from the body each successor stands right of its predecessors, backward each predecessor left of what came
  /// of it: so that hardly a link passes another column.
  private func columns() -> [Int64: Int] {
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

  /// Rows are given column by column: first in the order of the codes, then each body near those it is linked to.
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
        order[column] = order[column].enumerated().map { index, id -> (id: Int64, wish: Double, index: Int) in
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
  private static func positions(_ order: [[Int64]]) -> [Int64: Double] {
    let longest = order.map(\.count).max() ?? 0
    var positions: [Int64: Double] = [:]
    for ids in order {
      let offset = Double(longest - ids.count) / 2
      for (index, id) in ids.enumerated() { positions[id] = offset + Double(index) }
    }
    return positions
  }

  public var svg: String {
    let longest = Double(Dictionary(grouping: places.values, by: \.column).values.map(\.count).max() ?? 1)
    let width = Self.margin * 2 + Double(columnCount) * (Self.boxWidth + Self.columnGap) - Self.columnGap
    let height = longest * (Self.boxHeight + Self.rowGap) + Self.margin * 2
    let root = report.nodes[report.root]
    var lines = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" \
      viewBox="0 0 \(number(width)) \(number(height))" width="\(number(width))" height="\(number(height))">
      <title id="title">Lineage of \(escaped(root?.code ?? "")) \(escaped(root?.name ?? ""))</title>
      <desc id="desc">\(report.nodes.count) bodies and \(report.edges.count) links between them, from left to right in the \
      order of time.</desc>
      <style>
      svg { background: #fff; font-family: sans-serif; font-size: 13px; color: #1b1b1b; }
      .box { fill: #eef3f8; stroke: #33536e; stroke-width: 1; }
      .root { stroke-width: 4; }
      .link { fill: none; stroke: #5b6b78; stroke-width: 1.5; }
      .duties { stroke-dasharray: 5 4; }
      text { fill: currentColor; }
      .small { font-size: 11px; }
      .halo { paint-order: stroke; stroke: #fff; stroke-width: 4px; }
      @media (prefers-color-scheme: dark) {
      svg { background: #15191d; color: #e8edf1; }
      .box { fill: #22303c; stroke: #8fb3d1; }
      .link { stroke: #9fb0bd; }
      .halo { stroke: #15191d; }
      }
      </style>
      """
    ]
    lines += report.edges.compactMap(link)
    lines += report.sortedNodes.compactMap(box)
    lines += report.edges.compactMap(label)
    return lines.joined(separator: "\n") + "\n</svg>\n"
  }

  private func x(_ column: Int) -> Double { Self.margin + Double(column) * (Self.boxWidth + Self.columnGap) }

  private func y(_ row: Double) -> Double { Self.margin + row * (Self.boxHeight + Self.rowGap) }

  private func box(_ node: LineageReport.Node) -> String? {
    guard let place = places[node.id] else { return nil }
    let (left, top) = (x(place.column), y(place.row))
    let life = "\(node.firstDay?.description ?? "?") to \(node.lastDay?.description ?? "today")"
    let style = node.id == report.root ? "box root" : "box"
    return """
      <g><title>\(escaped(node.name))</title>\
      <rect class="\(style)" x="\(number(left))" y="\(number(top))" width="\(number(Self.boxWidth))" \
      height="\(number(Self.boxHeight))" rx="4"/>\
      <text x="\(number(left + 8))" y="\(number(top + 18))" font-weight="bold">\(escaped(node.code))</text>\
      <text class="small" x="\(number(left + 8))" y="\(number(top + 35))">\(escaped(shortened(node.name)))</text>\
      <text class="small" x="\(number(left + 8))" y="\(number(top + 51))">\(life)</text></g>
      """
  }

  private func ends(_ edge: LineageReport.Edge) -> (fromX: Double, fromY: Double, toX: Double, toY: Double)? {
    guard let from = places[edge.from], let to = places[edge.to] else { return nil }
    let middle = Self.boxHeight / 2
    // Between bodies that both go on a link may lead back, or stay in its column.
    let leadsOn = to.column > from.column
    return (
      x(from.column) + Self.boxWidth, y(from.row) + middle, leadsOn ? x(to.column) : x(to.column) + Self.boxWidth,
      y(to.row) + middle
    )
  }

  private func link(_ edge: LineageReport.Edge) -> String? {
    guard let (fromX, fromY, toX, toY) = ends(edge) else { return nil }
    let bend = Self.columnGap / 2
    let towards = toX > fromX ? toX - bend : toX + bend
    return """
      <path class="\(edge.nature == .duties ? "link duties" : "link")" d="M\(number(fromX)) \(number(fromY)) \
      C\(number(fromX + bend)) \(number(fromY)) \(number(towards)) \(number(toY)) \(number(toX)) \(number(toY))"/>
      """
  }

  /// Whole bodies need no label; the rest say their share, near the successor, where links spread the most.
  private func label(_ edge: LineageReport.Edge) -> String? {
    guard let (_, _, toX, toY) = ends(edge), let place = places[edge.to] else { return nil }
    guard edge.nature != .duties, edge.share.map({ $0.share < 1 }) ?? true else { return nil }
    let siblings = report.edges.filter {
      $0.to == edge.to && $0.nature != .duties && ($0.share.map { $0.share < 1 } ?? true)
    }
    let index = siblings.firstIndex { $0.from == edge.from && $0.day == edge.day } ?? 0
    let words = "\(report.nodes[edge.from]?.code ?? ""): \(edge.share.map { report.percent($0.share) } ?? "?")"
    let isLeft = toX == x(place.column)
    let offset = Double(index) * 13 - Double(siblings.count - 1) * 6.5
    return """
      <text class="small halo" x="\(number(isLeft ? toX - 6 : toX + 6))" y="\(number(toY + 4 + offset))" \
      text-anchor="\(isLeft ? "end" : "start")">\(escaped(words))</text>
      """
  }

  private func shortened(_ name: String) -> String { name.count > 40 ? name.prefix(39) + "…" : name }

  private func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
