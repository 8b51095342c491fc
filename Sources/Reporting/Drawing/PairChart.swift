import RegistryFormats

/// Two numbers in each row, side by side on one line: what is published, and what the register counts.
///
/// Kept here:
/// 1. Each group has a scale of its own, from below its lowest number to above its highest.
/// 2. Numbers are written, and their marks have different shapes: nothing is said by colour alone.
struct PairChart {
  struct Row {
    let label: String
    let published: Double
    let counted: ClosedRange<Double>
    let hint: String

    var agrees: Bool { counted.contains(published) }
  }

  struct Group {
    let label: String
    var rows: [Row] = []
  }

  let groups: [Group]

  private static let margin = 14.0
  private static let labels = 200.0
  private static let plot = 460.0
  private static let row = 20.0
  private static let heading = 34.0
  private static let header = 30.0

  func figure(name: String, title: String, description: String) -> Figure {
    let left = Self.margin + Self.labels
    let columns = (published: left + Self.plot + 70, counted: left + Self.plot + 150)
    var svg = SVG()
    svg.words("published", x: columns.published, y: 18, "small faint", anchor: .end)
    svg.words("register", x: columns.counted, y: 18, "small faint", anchor: .end)
    var y = Self.header
    for group in groups {
      svg.words(group.label, x: Self.margin, y: y + 20, "bold")
      y += Self.heading
      let values = group.rows.flatMap { [$0.published, $0.counted.lowerBound, $0.counted.upperBound] }
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      let span = max(high - low, 1)
      for row in group.rows {
        let x = { (value: Double) in left + 12 + (value - low) / span * (Self.plot - 24) }
        draw(row, left: left, x: x, y: y + Self.row / 2, columns, &svg)
        y += Self.row
      }
    }
    return Figure(
      name: name, title: title, description: description, width: columns.counted + Self.margin, height: y + Self.margin,
      content: svg)
  }

  private func draw(
    _ row: Row, left: Double, x: (Double) -> Double, y: Double, _ columns: (published: Double, counted: Double),
    _ svg: inout SVG
  ) {
    svg.words(row.label, x: Self.margin + 8, y: y + 4, "small", title: row.hint)
    svg.line(x1: left, y1: y, x2: left + Self.plot, y2: y, "grid")
    let nearest = min(max(row.published, row.counted.lowerBound), row.counted.upperBound)
    svg.line(x1: x(row.published), y1: y, x2: x(nearest), y2: y, "link")
    svg.circle(x: x(nearest), y: y, radius: 5, "good", title: row.hint)
    if !row.agrees { svg.rectangle(x: x(row.published) - 4.5, y: y - 4.5, width: 9, height: 9, "bad", title: row.hint) }
    let counted =
      row.counted.lowerBound == row.counted.upperBound
      ? number(row.counted.lowerBound) : "\(number(row.counted.lowerBound)) to \(number(row.counted.upperBound))"
    svg.words(number(row.published), x: columns.published, y: y + 4, row.agrees ? "" : "bold", anchor: .end)
    svg.words(counted, x: columns.counted, y: y + 4, row.agrees ? "" : "bold", anchor: .end)
  }
}
