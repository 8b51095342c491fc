/// Bars of equal length, each divided by shares.
///
/// Kept here: parts differ by fill, edge and place, and the legend names them. Shares are written where they fit.
struct ShareBars {
  struct Row {
    let label: String
    /// One number for each part of the chart.
    let parts: [Int]
  }

  /// At most three.
  let parts: [String]
  let rows: [Row]

  private static let styles = ["bar", "other", "plain"]
  private static let margin = 14.0
  private static let labels = 250.0
  private static let plot = 560.0
  private static let row = 26.0
  private static let header = 34.0

  /// - Returns: Nil if there are no rows.
  func figure(name: String, title: String, description: String) -> Figure? {
    guard !rows.isEmpty else { return nil }
    let left = Self.margin + Self.labels
    var svg = SVG()
    var x = left
    for (part, style) in zip(parts, Self.styles) {
      svg.rectangle(x: x, y: 10, width: 14, height: 12, style)
      svg.words(part, x: x + 20, y: 20)
      x += 44 + TextWidth.of(part, size: 12)
    }
    for (index, row) in rows.enumerated() {
      draw(row, left: left, y: Self.header + Double(index) * Self.row, &svg)
    }
    return Figure(
      name: name, title: title, description: description, width: left + Self.plot + 80,
      height: Self.header + Double(rows.count) * Self.row + Self.margin, content: svg)
  }

  private func draw(_ row: Row, left: Double, y: Double, _ svg: inout SVG) {
    svg.words(
      TextWidth.fitted(row.label, into: Self.labels - 10, size: 12), x: Self.margin, y: y + 14, title: row.label)
    let total = Double(max(row.parts.reduce(0, +), 1))
    var x = left
    for (index, part) in row.parts.enumerated() where part > 0 {
      let width = Double(part) / total * Self.plot
      let words = percent(Double(part) / total)
      svg.rectangle(
        x: x, y: y, width: width, height: 19, Self.styles[index], title: "\(row.label): \(words) \(parts[index])")
      if TextWidth.of(words, size: 11) + 6 <= width {
        svg.words(words, x: x + width / 2, y: y + 13.5, "small", anchor: .middle)
      }
      x += width
    }
    svg.words(grouped(total), x: left + Self.plot + 60, y: y + 14, "small faint", anchor: .end)
  }
}
