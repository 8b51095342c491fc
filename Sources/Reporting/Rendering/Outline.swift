/// A tree in words: drawn with lines for a terminal, and as a list in Markdown and HTML.
struct Outline {
  private let lines: [Report.OutlineLine]

  init(_ lines: [Report.OutlineLine]) { self.lines = lines }

  var text: String {
    var result = ""
    for (index, line) in lines.enumerated() {
      guard line.level > 0 else {
        result += line.text + "\n"
        continue
      }
      let stems = (1..<line.level).map { hasSibling(index, at: $0) ? "│  " : "   " }.joined()
      result += stems + (hasSibling(index, at: line.level) ? "├─ " : "└─ ") + line.text + "\n"
    }
    return result
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
