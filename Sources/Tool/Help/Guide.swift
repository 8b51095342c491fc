import GuideFiles

/// A guide: a Markdown file beside the code that it explains.
///
/// Kept here:
/// 1. A guide is printed as it is written, line by line. So its prose is wrapped at 80 columns in the file.
struct Guide {
  /// The word after `orgreg help`: the name of the link in `Sources/GuideFiles`.
  let topic: String
  let markdown: String

  static let all = EmbeddedFiles.all.map { file in
    Guide(topic: String(file.name.prefix { $0 != "." }), markdown: "\(file.contents)")
  }

  /// One line for each guide: the topic and the title.
  static var contents: String {
    let width = all.map(\.topic.count).max() ?? 0
    return all.map { "  " + $0.topic + String(repeating: " ", count: width - $0.topic.count + 2) + $0.title }
      .joined(separator: "\n")
  }

  /// The first heading.
  var title: String {
    let line = markdown.split(separator: "\n").first { $0.hasPrefix("# ") }
    return line.map { String($0.dropFirst(2)) } ?? topic
  }

  /// The guide for a terminal: with indented examples, headings without marks, and links without addresses.
  var text: String {
    var isExample = false
    var lines: [String] = []
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isExample.toggle()
      } else if isExample {
        lines.append(line.isEmpty ? "" : "  " + line)
      } else if line.hasPrefix("# ") {
        lines.append(line.dropFirst(2).uppercased())
      } else if line.hasPrefix("## ") {
        let heading = Self.plain(line.dropFirst(3))
        lines += [heading, String(repeating: "-", count: heading.count)]
      } else if !line.hasPrefix("<!--") {
        lines.append(Self.plain(line))
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The line without the marks of bold words and without the addresses of links.
  private static func plain(_ line: Substring) -> String {
    var rest = Substring(line.replacing("**", with: ""))
    var plain = ""
    while let middle = rest.firstRange(of: "]("), let end = rest[middle.upperBound...].firstIndex(of: ")"),
      let start = rest[..<middle.lowerBound].lastIndex(of: "[")
    {
      plain += rest[..<start] + rest[rest.index(after: start)..<middle.lowerBound]
      rest = rest[rest.index(after: end)...]
    }
    return plain + rest
  }
}
