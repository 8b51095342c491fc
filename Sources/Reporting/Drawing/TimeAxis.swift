import RegistryStorage

/// Days from left to right, with a line for each year.
struct TimeAxis {
  let firstDay: Day
  /// Exclusive.
  let end: Day
  let left: Double
  let width: Double

  /// Covers whole years, from that of the first day to that of the last.
  init(from first: Day, through last: Day, left: Double, width: Double) {
    firstDay = Day(year: first.year, month: 1, day: 1) ?? first
    end = Day(year: last.year + 1, month: 1, day: 1) ?? last.next
    self.left = left
    self.width = width
  }

  var right: Double { left + width }

  func x(_ day: Day) -> Double {
    let shown = min(max(day, firstDay), end)
    return left + width * Double(shown.days(since: firstDay)) / Double(end.days(since: firstDay))
  }

  /// The first day of each year, and the end.
  private var years: [Day] { (firstDay.year...end.year).compactMap { Day(year: $0, month: 1, day: 1) } }

  /// Draws a line for each year, from `top` to `bottom`.
  func drawGrid(_ svg: inout SVG, top: Double, bottom: Double) {
    for year in years { svg.line(x1: x(year), y1: top, x2: x(year), y2: bottom, "grid") }
  }

  /// Writes each year in the middle of its space, or every second or fifth year where space is narrow.
  func drawYears(_ svg: inout SVG, y: Double) {
    guard let last = years.last else { return }
    let pitch = width / Double(years.count - 1)
    let step = pitch >= 34 ? 1 : pitch >= 17 ? 2 : 5
    for year in years where year < last && year.year % step == 0 {
      svg.words(String(year.year), x: x(year) + pitch / 2, y: y, "small faint", anchor: .middle)
    }
  }
}
