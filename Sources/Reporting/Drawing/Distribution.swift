/// How a number is spread over bodies: a line for each period from the smallest to the largest, a box for the middle
/// half, and a stroke for the median.
struct Distribution {
  struct Row {
    let label: String
    let smallest: Double
    let lowerQuartile: Double
    let median: Double
    let upperQuartile: Double
    let largest: Double
    let hint: String
  }

  let rows: [Row]
  let unit: String

  private static let margin = 14.0
  private static let labels = 180.0
  private static let plot = 640.0
  private static let row = 24.0
  private static let header = 44.0

  func figure(name: String, title: String, description: String) -> Figure {
    let left = Self.margin + Self.labels
    let highest = max(rows.map(\.largest).max() ?? 0, 1)
    let step = Self.step(highest)
    let end = (highest / step).rounded(.up) * step
    func x(_ value: Double) -> Double { left + value / end * Self.plot }
    let bottom = Self.header + Double(rows.count) * Self.row
    var svg = SVG()
    svg.words(unit, x: left, y: 14, "small faint")
    var mark = 0.0
    while mark <= end {
      svg.line(x1: x(mark), y1: Self.header - 8, x2: x(mark), y2: bottom, "grid")
      svg.words(grouped(mark), x: x(mark), y: Self.header - 14, "small faint", anchor: .middle)
      mark += step
    }
    for (index, row) in rows.enumerated() {
      let y = Self.header + Double(index) * Self.row + Self.row / 2
      svg.words(row.label, x: Self.margin, y: y + 4, "small", title: row.hint)
      svg.line(x1: x(row.smallest), y1: y, x2: x(row.largest), y2: y, "axis")
      for value in [row.smallest, row.largest] { svg.line(x1: x(value), y1: y - 5, x2: x(value), y2: y + 5, "axis") }
      svg.rectangle(
        x: x(row.lowerQuartile), y: y - 7, width: max(x(row.upperQuartile) - x(row.lowerQuartile), 1), height: 14,
        "bar",
        title: row.hint)
      svg.line(x1: x(row.median), y1: y - 9, x2: x(row.median), y2: y + 9, "line")
    }
    return Figure(
      name: name, title: title, description: description, width: left + Self.plot + 70, height: bottom + Self.margin,
      content: svg)
  }

  /// About six marks: 1, 2 or 5 times a power of ten.
  private static func step(_ highest: Double) -> Double {
    var power = 1.0
    while power * 10 <= highest { power *= 10 }
    while power > highest { power /= 10 }
    return [power / 5, power / 2, power, power * 2].first { highest / $0 <= 7 } ?? power * 2
  }
}
