import RegistryStorage

/// Numbers that change on days: a panel for each series, all on one time axis.
///
/// Kept here:
/// 1. Labels do not overlap: one that has no room is left out, because the table has it.
/// 2. Each panel begins at zero and names its highest number.
/// 3. A number that is a least one has a sign before it.
struct StepChart {
  struct Step {
    let period: Period
    let value: Int
    /// Whether the true value may be higher.
    var isAtLeast = false
  }

  struct Series {
    var label: String
    /// In order of time.
    var steps: [Step]
  }

  let series: [Series]

  private static let labels = 190.0
  private static let plot = 760.0
  private static let margin = 14.0
  private static let panel = 74.0
  private static let gap = 16.0
  private static let header = 24.0

  func figure(name: String, title: String, description: String) -> Figure? {
    let steps = series.flatMap(\.steps)
    guard let first = steps.map(\.period.start).min(),
      let last = steps.map({ $0.period.lastDay ?? $0.period.start }).max()
    else { return nil }
    let axis = TimeAxis(from: first, through: last, left: Self.margin + Self.labels, width: Self.plot)
    let bottom = Self.header + Double(series.count) * (Self.panel + Self.gap)
    var svg = SVG()
    axis.drawGrid(&svg, top: Self.header, bottom: bottom)
    axis.drawYears(&svg, y: Self.header - 8)
    axis.drawYears(&svg, y: bottom + 14)
    for (index, series) in series.enumerated() {
      draw(series, on: axis, top: Self.header + Double(index) * (Self.panel + Self.gap) + Self.gap, &svg)
    }
    return Figure(
      name: name, title: title, description: description, width: axis.right + 52, height: bottom + 24, content: svg)
  }

  private func draw(_ series: Series, on axis: TimeAxis, top: Double, _ svg: inout SVG) {
    let highest = Double(max(series.steps.map(\.value).max() ?? 0, 1))
    let base = top + Self.panel
    // The labels stand above the line, so the highest one needs room.
    func y(_ value: Double) -> Double { base - value / highest * (Self.panel - 16) }
    for (line, words) in TextWidth.wrapped(series.label, into: Self.labels - 10, size: 12, isBold: true).enumerated() {
      svg.words(words, x: Self.margin, y: top + 24 + Double(line) * 15, "bold")
    }
    svg.line(x1: axis.left, y1: base, x2: axis.right, y2: base, "axis")
    for run in runs(series.steps) { drawRun(run, on: axis, base: base, y: y, &svg) }
    drawNumbers(series.steps, on: axis, y: y, &svg)
  }

  /// Groups of steps that follow each other without a day between.
  private func runs(_ steps: [Step]) -> [[Step]] {
    var runs: [[Step]] = []
    for step in steps {
      if let end = runs.last?.last?.period.end, end == step.period.start {
        runs[runs.count - 1].append(step)
      } else {
        runs.append([step])
      }
    }
    return runs
  }

  private func drawRun(
    _ run: [Step], on axis: TimeAxis, base: Double, y: (Double) -> Double, _ svg: inout SVG
  ) {
    guard let first = run.first, let last = run.last else { return }
    var line = SVG.Path()
    line.move(axis.x(first.period.start), base)
    for step in run {
      line.line(axis.x(step.period.start), y(Double(step.value)))
      line.line(axis.x(step.period.end ?? axis.end), y(Double(step.value)))
    }
    var area = line
    area.line(axis.x(last.period.end ?? axis.end), base)
    area.close()
    if last.period.end != nil { line.line(axis.x(last.period.end ?? axis.end), base) }
    svg.path(area, "area")
    svg.path(line, "line")
  }

  private func drawNumbers(
    _ steps: [Step], on axis: TimeAxis, y: (Double) -> Double, _ svg: inout SVG
  ) {
    var labels = Labels()
    // The value that holds longest gets its label first.
    let ordered = steps.sorted {
      axis.x($0.period.lastDay ?? axis.end) - axis.x($0.period.start)
        > axis.x($1.period.lastDay ?? axis.end) - axis.x($1.period.start)
    }
    for step in ordered where step.value > 0 {
      let words = (step.isAtLeast ? "\u{2265}" : "") + String(step.value)
      let width = TextWidth.of(words, size: 12)
      let middle = (axis.x(step.period.start) + axis.x(step.period.end ?? axis.end)) / 2
      let place = Labels.Box(x: middle - width / 2, y: y(Double(step.value)) - 16, width: width, height: 13)
      guard labels.take(place) else { continue }
      svg.words(words, x: middle, y: place.y + 11, "halo", anchor: .middle)
    }
  }
}

/// The places that labels have taken.
struct Labels {
  struct Box {
    let x: Double
    let y: Double
    let width: Double
    let height: Double
  }

  private var taken: [Box] = []

  /// Takes the place if nothing is there.
  mutating func take(_ box: Box) -> Bool {
    let isFree = taken.allSatisfy {
      box.x + box.width + 2 < $0.x || $0.x + $0.width + 2 < box.x || box.y + box.height <= $0.y
        || $0.y + $0.height <= box.y
    }
    if isFree { taken.append(box) }
    return isFree
  }
}
