/// Tables in aligned columns, for the terminal.
package enum TextTable {
  /// The table as lines of text, each with a line feed: the header, a rule, and the rows.
  ///
  /// Columns are two spaces apart and as wide as their widest cell, in characters; no line ends with spaces. Control
  /// characters, line ends among them, become spaces. Rows may be of different lengths; missing cells are empty.
  ///
  /// - Parameters:
  ///   - header: The titles of the columns.
  ///   - rows: The cells, row by row.
  ///   - rightAligned: The columns, from 0, that are aligned at the right, such as numbers.
  package static func render(header: [String], rows: [[String]], rightAligned: Set<Int> = []) -> String {
    let header = header.map(printable)
    let rows = rows.map { $0.map(printable) }
    let widths = columnWidths([header] + rows)
    let rule = widths.map { String(repeating: "-", count: $0) }
    return ([header, rule] + rows).map { line($0, widths: widths, rightAligned: rightAligned) }.joined()
  }

  private static func line(_ cells: [String], widths: [Int], rightAligned: Set<Int>) -> String {
    let text = padded(cells, widths, rightAligned).joined(separator: "  ")
    let used = text.reversed().drop { $0 == " " }.count
    return text.prefix(used) + "\n"
  }

  private static func printable(_ cell: String) -> String {
    String(cell.map { character in isControl(character) ? " " : character })
  }

  private static func isControl(_ character: Character) -> Bool {
    character.unicodeScalars.contains { $0.properties.generalCategory == .control }
  }
}

/// Tables in Markdown (GitHub's flavour), their columns aligned in the source as well.
package enum MarkdownTable {
  /// The table as lines of Markdown, each with a line feed.
  ///
  /// `|` and `\` are escaped and a line end becomes `<br>`; other Markdown in a cell keeps its meaning. Rows may be
  /// of different lengths; missing cells are empty.
  ///
  /// - Parameters:
  ///   - header: The titles of the columns.
  ///   - rows: The cells, row by row.
  ///   - rightAligned: The columns, from 0, that are aligned at the right, such as numbers.
  package static func render(header: [String], rows: [[String]], rightAligned: Set<Int> = []) -> String {
    let header = header.map(escaped)
    let rows = rows.map { $0.map(escaped) }
    let widths = columnWidths([header] + rows).map { max($0, 3) }
    let rule = widths.enumerated().map { index, width in
      String(repeating: "-", count: width - 1) + (rightAligned.contains(index) ? ":" : "-")
    }
    return ([header, rule] + rows).map { "| " + padded($0, widths, rightAligned).joined(separator: " | ") + " |\n" }
      .joined()
  }

  private static func escaped(_ cell: String) -> String {
    var text = ""
    for character in cell {
      switch character {
      case "|", "\\": text += "\\\(character)"
      case "\n", "\r\n", "\r": text += "<br>"
      default: text.append(character)
      }
    }
    return text
  }
}

/// A cell for each column, as wide as that. Missing cells are blank.
private func padded(_ cells: [String], _ widths: [Int], _ rightAligned: Set<Int>) -> [String] {
  widths.indices.map { index in
    let cell = index < cells.count ? cells[index] : ""
    let padding = String(repeating: " ", count: widths[index] - cell.count)
    return rightAligned.contains(index) ? padding + cell : cell + padding
  }
}

/// The width of each column, in characters, of rows that may be of different lengths.
private func columnWidths(_ rows: [[String]]) -> [Int] {
  var widths = [Int](repeating: 0, count: rows.map(\.count).max() ?? 0)
  for row in rows {
    for (index, cell) in row.enumerated() {
      widths[index] = max(widths[index], cell.count)
    }
  }
  return widths
}
