import RegistryFormats

/// A difference as lines of text.
///
/// Kept here:
/// 1. A name is never cut. What does not fit beside it stands below it.
/// 2. Colour only repeats what words say.
extension DifferenceView {
  /// - Parameters:
  ///   - width: how many columns there are.
  ///   - isColoured: whether the terminal shows colours.
  package func text(width: Int = usualWidth, isColoured: Bool = false) -> String {
    (lines(width: width, isColoured: isColoured) + [sums]).map { $0 + "\n" }.joined()
  }

  /// What happens, without the sums, and with an empty line after each event.
  /// - Parameter hidden: what is not told, by its word.
  package func lines(width: Int = usualWidth, isColoured: Bool = false, hiding hidden: String? = nil) -> [String] {
    let groups = groups.map { group in
      Group(head: group.head, lines: group.lines.filter { $0.verb != hidden })
    }
    let verbs = groups.flatMap(\.lines).map(\.verb.count).max() ?? 0
    var lines: [String] = []
    for group in groups {
      if let head = group.head { lines += fitted(head, indent: 2, width: width) }
      // A long key would push all names to the right.
      let codes = min(12, group.lines.map(\.code.count).max() ?? 0)
      let start = verbs + 2 + codes + 2
      let names = group.lines.map(\.name.count).max() ?? 0
      let isAligned = group.lines.allSatisfy { start + names + 3 + $0.details.joined(separator: ", ").count <= width }
      for line in group.lines {
        let verb = Self.padded(line.verb, verbs)
        var shown = fitted(
          Self.padded(line.verb, verbs) + "  " + Self.padded(line.code, codes) + "  " + line.name, indent: start,
          width: width)
        let details = line.details.joined(separator: ", ")
        if !details.isEmpty {
          let last = shown.count - 1
          if isAligned, last == 0 {
            shown[0] = Self.padded(shown[0], start + names) + "   " + details
          } else if line.name.isEmpty, max(shown[last].count, start) + details.count <= width {
            shown[last] = Self.padded(shown[last], start) + details
          } else if !line.name.isEmpty, shown[last].count + 3 + details.count <= width {
            shown[last] += "   " + details
          } else {
            shown += fitted(String(repeating: " ", count: start) + details, indent: start, width: width)
          }
        }
        if isColoured { shown[0] = Self.coloured(verb, line.mark) + shown[0].dropFirst(verbs) }
        lines += shown.map { $0.trimmedAtEnd }
      }
      lines.append("")
    }
    return lines
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func coloured(_ text: String, _ mark: Line.Mark) -> String {
    let colour =
      switch mark {
      case .new: "32"
      case .changed: "33"
      case .gone: "31"
      }
    return "\u{1B}[\(colour)m\(text)\u{1B}[0m"
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
