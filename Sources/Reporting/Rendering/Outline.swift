import RegistryFormats

/// A tree in words: drawn with lines for a terminal, and as a list in Markdown and HTML.
struct Outline {
  private let lines: [Report.OutlineLine]

  init(_ lines: [Report.OutlineLine]) { self.lines = lines }

  /// - Parameter width: how many columns the screen has. Nil if it is not for a screen.
  func text(width: Int?) -> String {
    var result = ""
    for (index, line) in lines.enumerated() {
      guard line.level > 0 else {
        result += Self.branch("", "", line.text, width)
        continue
      }
      let stems = (1..<line.level).map { hasSibling(index, at: $0) ? "│  " : "   " }.joined()
      let goesOn = hasSibling(index, at: line.level)
      result += Self.branch(stems + (goesOn ? "├─ " : "└─ "), stems + (goesOn ? "│  " : "   "), line.text, width)
    }
    return result
  }

  /// A line of a tree, broken where the screen ends.
  /// - Parameters:
  ///   - first: what stands before its first line.
  ///   - rest: what stands before the others.
  static func branch(_ first: String, _ rest: String, _ text: String, _ width: Int?) -> String {
    let lines = fitted(text, width: width.map { max($0 - first.count, 20) })
    return lines.enumerated().map { ($0 == 0 ? first : rest) + $1 + "\n" }.joined()
  }

  /// Whether another line of the level follows under the same line above.
  private func hasSibling(_ index: Int, at level: Int) -> Bool {
    lines[(index + 1)...].first { $0.level <= level }?.level == level
  }

  var markdown: String {
    lines.map { String(repeating: "  ", count: $0.level) + "- \(escaped($0.text))\n" }.joined()
  }

  private func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("*", with: "\\*").replacing("_", with: "\\_").replacing(
      "<", with: "\\<")
  }

  var html: String {
    var result = ""
    var level = -1
    for line in lines {
      if line.level > level {
        result += "<ul>\n"
      } else {
        result += "</li>\n" + String(repeating: "</ul>\n</li>\n", count: level - line.level)
      }
      result += "<li>\(escapedMarkup(line.text))\n"
      level = line.level
    }
    return result + String(repeating: "</li>\n</ul>\n", count: level + 1)
  }
}
