/// A tree in columns: each body is a box, with the boxes of those below it beside it.
///
/// Kept here:
/// 1. A box is as high as the boxes below it together, and at least as high as a line of text.
/// 2. A name is cut to fit its box, and stands whole in the description.
struct Columns {
  struct Line {
    /// 0 for a root. A body stands below the last body of the level above.
    let level: Int
    let code: String
    let name: String
    let hint: String
  }

  private let lines: [Line]
  /// For each line, the number of lines before it that have none below them.
  private let leavesBefore: [Int]

  private static let margin = 14.0
  private static let width = 290.0
  private static let line = 18.0

  init(_ lines: [Line]) {
    self.lines = lines
    var counts: [Int] = []
    var count = 0
    for index in lines.indices {
      counts.append(count)
      if index + 1 == lines.count || lines[index + 1].level <= lines[index].level { count += 1 }
    }
    leavesBefore = counts + [count]
  }

  func figure(name: String, title: String, description: String) -> Figure {
    var svg = SVG()
    var bottom = 0.0
    let depth = (lines.map(\.level).max() ?? 0) + 1
    for (index, line) in lines.enumerated() {
      // The lowest bodies have a line each. A body above them is as high as all of them together.
      let end = lines[(index + 1)...].firstIndex { $0.level <= line.level } ?? lines.count
      let height = Double(leavesBefore[end] - leavesBefore[index]) * Self.line
      let x = Self.margin + Double(line.level) * Self.width
      let y = Self.margin + Double(leavesBefore[index]) * Self.line
      svg.rectangle(x: x, y: y, width: Self.width - 6, height: height - 3, "box", radius: 2, title: line.hint)
      let words = TextWidth.fitted("\(line.code)  \(line.name)", into: Self.width - 18, size: 11)
      svg.words(words, x: x + 6, y: y + min(height, Self.line) - 6, "small", title: line.hint)
      bottom = max(bottom, y + height)
    }
    return Figure(
      name: name, title: title, description: description, width: Double(depth) * Self.width + Self.margin * 2,
      height: bottom + Self.margin, content: svg)
  }
}
