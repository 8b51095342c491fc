import RegistryFormats
import RegistryStorage

/// A report as one HTML page that needs nothing else: no script, no other file.
///
/// Kept here:
/// 1. What is wider than the page scrolls in a region of its own, which the keyboard reaches. The page never does.
/// 2. Each picture has a title and a description, each table a caption, and each column a header.
/// 3. Words from the register are escaped.
struct HTMLPage {
  private let report: Report

  init(_ report: Report) { self.report = report }

  var text: String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escapedMarkup(report.title))</title>
    <style>
    \(Self.style)
    \(Figure.style)
    </style>
    </head>
    <body>
    <main>
    <h1>\(escapedMarkup(report.title))</h1>
    \(report.lead.map { "<p>\(escapedMarkup($0))</p>\n" }.joined())\
    \(report.figures.map(section).joined())\
    \(outline)\
    \(report.tables.map(section).joined())\
    \(sources)</main>
    <footer>\(escapedMarkup(report.edition.sentence))</footer>
    </body>
    </html>

    """
  }

  private func section(_ figure: Figure) -> String {
    """
    <figure>
    <figcaption><strong>\(escapedMarkup(figure.title)).</strong> \(escapedMarkup(figure.description))</figcaption>
    <div class="scroll" role="region" aria-label="Picture: \(escapedMarkup(figure.title))" tabindex="0">
    \(figure.inline)</div>
    </figure>

    """
  }

  private func section(_ table: DataTable) -> String {
    let title = table.title ?? report.title
    let header = table.columns.map { "<th scope=\"col\"\(cellStyle($0))>\(escapedMarkup(spoken($0.name)))</th>" }
    var lines = [
      "<section>", "<h2>\(escapedMarkup(title))</h2>",
      "<div class=\"scroll\" role=\"region\" aria-label=\"Table: \(escapedMarkup(title))\" tabindex=\"0\">",
      "<table>", "<caption>\(escapedMarkup(title)), \(counted(table.rows.count, "row"))</caption>",
      "<thead><tr>\(header.joined())</tr></thead>", "<tbody>",
    ]
    for row in table.rows {
      let cells = zip(table.columns, row).map { "<td\(cellStyle($0, $1))>\(escapedMarkup($1 ?? ""))</td>" }
      lines.append("<tr>\(cells.joined())</tr>")
    }
    lines +=
      ["</tbody>", "</table>", "</div>"] + table.notes.map { "<p>\(escapedMarkup($0))</p>" } + ["</section>", ""]
    return lines.joined(separator: "\n")
  }

  /// Days, codes and numbers stay on one line.
  private func cellStyle(_ column: DataTable.Column, _ cell: String? = nil) -> String {
    if column.isNumber { return " class=\"number\"" }
    guard let cell, cell.count <= 24, !cell.contains(" ") else { return "" }
    return " class=\"whole\""
  }

  /// A column's name as people read it.
  private func spoken(_ name: String) -> String { name.replacing("_", with: " ") }

  private var outline: String {
    guard !report.outline.isEmpty else { return "" }
    return "<section>\n<h2>As a tree</h2>\n\(Outline(report.outline).html)</section>\n"
  }

  private var sources: String {
    guard !report.sources.isEmpty else { return "" }
    return "<section>\n<h2>Sources</h2>\n<ol>\n"
      + report.sources.map { "<li>\(escapedMarkup($0.words))</li>\n" }.joined() + "</ol>\n</section>\n"
  }

  private static let style = """
    :root { color-scheme: light dark; }
    * { box-sizing: border-box; }
    body { margin: 0; background: #fff; color: #1b1b1b; font: 16px/1.5 Arial, "Liberation Sans", Helvetica, sans-serif; }
    main, footer { max-width: 80rem; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.75rem; line-height: 1.2; margin: 0.5rem 0 1rem; }
    h2 { font-size: 1.25rem; margin: 2rem 0 0.5rem; }
    p, li { max-width: 50rem; overflow-wrap: anywhere; }
    figure { margin: 1.5rem 0; }
    figcaption { max-width: 50rem; margin-bottom: 0.5rem; overflow-wrap: anywhere; }
    .scroll { overflow-x: auto; border: 1px solid #d5dbe0; border-radius: 4px; }
    .scroll:focus-visible { outline: 3px solid #0072b2; outline-offset: 2px; }
    .scroll svg { display: block; }
    table { border-collapse: collapse; font-size: 0.875rem; width: 100%; }
    caption { text-align: left; padding: 0.5rem; color: #51606c; }
    th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.5rem; border-top: 1px solid #d5dbe0; }
    th { white-space: nowrap; border-bottom: 2px solid #51606c; }
    .whole, .number { white-space: nowrap; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    footer { color: #51606c; font-size: 0.875rem; border-top: 1px solid #d5dbe0; }
    @media screen and (prefers-color-scheme: dark) {
    body { background: #15191d; color: #e8edf1; }
    .scroll, th, td, footer { border-color: #333d46; }
    caption, footer { color: #a9b6c0; }
    .scroll:focus-visible { outline-color: #6cb6e6; }
    }
    @media print {
    :root { color-scheme: light; }
    main, footer { max-width: none; padding: 0; }
    .scroll { overflow: visible; border: 0; }
    .scroll svg { max-width: 100%; height: auto; }
    tr, figcaption { break-inside: avoid; }
    h2, figcaption { break-after: avoid; }
    table { font-size: 8pt; }
    }
    """
}
