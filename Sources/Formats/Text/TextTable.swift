/// Tables in aligned columns, for the terminal.
package enum TextTable {
  private static let gap = 2
  /// A column of text is not made narrower than this, and one of days not narrower than a day.
  private static let (narrowest, day) = (8, 10)

  /// The table as lines of text, each with a line feed: the header, a rule, and the rows.
  ///
  /// Columns are two spaces apart and as wide as their widest cell, in characters; no line ends with spaces. Control
  /// characters, line ends among them, become spaces. Rows may be of different lengths; missing cells are empty.
  ///
  /// If that is wider than `width`, the widest columns of text are made narrower, and their cells take several lines.
  /// If there are too many columns even for that, those without any cell are left out, and at last each row is a list of
  /// its columns.
  ///
  /// - Parameters:
  ///   - header: The titles of the columns.
  ///   - rows: The cells, row by row.
  ///   - rightAligned: The columns, from 0, that are aligned at the right, such as numbers. They are never narrower than
  ///     their numbers.
  ///   - width: How many columns of characters there are. Nil means any number.
  package static func render(
    header: [String], rows: [[String]], rightAligned: Set<Int> = [], width: Int? = nil
  ) -> String {
    let header = header.map(printable)
    let rows = rows.map { $0.map(printable) }
    let natural = columnWidths([header] + rows)
    guard let width, total(natural) > width else {
      let rule = natural.map { String(repeating: "-", count: $0) }
      return ([header, rule] + rows).map { line($0, widths: natural, rightAligned: rightAligned) }.joined()
    }
    let least = natural.indices.map { leastWidth(of: $0, natural[$0], rows, isNumber: rightAligned.contains($0)) }
    guard total(least) <= width else {
      let filled = header.indices.filter { index in rows.contains { index < $0.count && !$0[index].isEmpty } }
      guard filled.count < header.count, !filled.isEmpty else { return list(header, rows, width) }
      return render(
        header: filled.map { header[$0] }, rows: rows.map { row in filled.map { $0 < row.count ? row[$0] : "" } },
        rightAligned: Set(filled.indices.filter { rightAligned.contains(filled[$0]) }), width: width)
    }
    let widths = narrowed(natural, least, width)
    let rule = widths.map { String(repeating: "-", count: $0) }
    return ([header, rule] + rows).map { row in
      let columns = row.enumerated().map { fitted($1, width: widths[$0]) }
      return (0..<(columns.map(\.count).max() ?? 1)).map { number in
        line(columns.map { number < $0.count ? $0[number] : "" }, widths: widths, rightAligned: rightAligned)
      }.joined()
    }.joined()
  }

  private static func leastWidth(of index: Int, _ natural: Int, _ rows: [[String]], isNumber: Bool) -> Int {
    let cells = rows.lazy.compactMap { index < $0.count ? $0[index] : nil }
    if isNumber { return max(cells.map(\.count).max() ?? 0, min(natural, narrowest)) }
    let holdsDays = cells.contains { $0.count == day && $0.allSatisfy { $0.isNumber || $0 == "-" } }
    return min(natural, holdsDays ? day : narrowest)
  }

  private static func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + gap * max(0, widths.count - 1) }

  /// The widths with which the table fits: the wider ones are cut to one width, and what is left over goes to those that
  /// were cut.
  private static func narrowed(_ natural: [Int], _ least: [Int], _ width: Int) -> [Int] {
    func cut(to limit: Int) -> [Int] { zip(natural, least).map { max($1, min($0, limit)) } }
    var limit = natural.max() ?? 0
    while limit > 0, total(cut(to: limit)) > width { limit -= 1 }
    var widths = cut(to: limit)
    var rest = width - total(widths)
    for index in widths.indices where rest > 0 && widths[index] < natural[index] {
      widths[index] += 1
      rest -= 1
    }
    return widths
  }

  /// Each row as a list: the titles of the columns, and what stands in them. Empty cells are left out.
  private static func list(_ header: [String], _ rows: [[String]], _ width: Int) -> String {
    let titles = (header.map(\.count).max() ?? 0) + gap
    return rows.map { row in
      zip(header, row).filter { !$1.isEmpty }.flatMap { title, cell in
        fitted(title + String(repeating: " ", count: titles - title.count) + cell, indent: titles, width: width)
      }.map { $0 + "\n" }.joined()
    }.joined(separator: "\n")
  }

  private static func line(_ cells: [String], widths: [Int], rightAligned: Set<Int>) -> String {
    let text = padded(cells, widths, rightAligned).joined(separator: String(repeating: " ", count: gap))
    let used = text.reversed().drop { $0 == " " }.count
    return text.prefix(used) + "\n"
  }

  private static func printable(_ cell: String) -> String {
    String(cell.map { character in isControl(character) ? " " : character })
  }

  private static func isControl(_ character: Character) -> Bool {
    character.unicodeScalars.contains { [.control, .format].contains($0.properties.generalCategory) }
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
