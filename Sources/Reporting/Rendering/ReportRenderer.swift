package import RegistryFormats
import RegistryStorage

package enum ReportFormat: String, Sendable, CaseIterable {
  case table, csv, json, markdown, html, svg

  /// The form that the ending of a file name stands for. Nil if it stands for none.
  package init?(fileName: String) {
    guard let dot = fileName.lastIndex(of: ".") else { return nil }
    switch fileName[fileName.index(after: dot)...].lowercased() {
    case "txt", "text": self = .table
    case "csv": self = .csv
    case "json": self = .json
    case "md", "markdown": self = .markdown
    case "html", "htm": self = .html
    case "svg": self = .svg
    default: return nil
    }
  }
}

/// Writes reports.
///
/// Kept here: every form names the edition of the register, the sources and the licence, except CSV, which has the rows
/// and nothing else, and SVG, which is one picture.
package struct ReportRenderer {
  private let format: ReportFormat
  private let width: Int?

  /// - Parameter width: How many columns the screen has on which text is shown. Nil if it is not for a screen.
  package init(_ format: ReportFormat, width: Int? = nil) {
    self.format = format
    self.width = width
  }

  /// - Precondition: A report to be written as SVG has one figure.
  package func render(_ report: Report, to sink: any ByteSink) throws(WriteError) {
    switch format {
    case .csv: if let rows = report.tables.first { try TableRenderer(.csv).render(rows, to: sink) }
    case .json: try renderJSON(report, to: sink)
    case .table: try renderText(report, to: sink)
    case .markdown: try renderMarkdown(report, to: sink)
    case .html: try sink.write(HTMLPage(report).text)
    case .svg: if let figure = report.figures.first { try sink.write(figure.file) }
    }
  }

  // MARK: Text

  private func renderText(_ report: Report, to sink: any ByteSink) throws(WriteError) {
    try sink.write(shown(report.title) + "\n")
    if !report.lead.isEmpty { try sink.write(report.lead.map { shown($0) }.joined() + "\n") }
    if !report.outline.isEmpty { try sink.write(Outline(report.outline).text(width: width) + "\n") }
    for table in report.tables {
      try TableRenderer(.table, width: width).render(table, to: sink)
      try sink.write("\n")
    }
    if !report.sources.isEmpty { try sink.write("Sources:\n\(shortList(report.sources))\n") }
    try sink.write(shown(report.edition.sentence))
  }

  private func shown(_ line: String, indent: Int = 0) -> String {
    fitted(line, indent: indent, width: width).map { $0 + "\n" }.joined()
  }

  /// A terminal has no room for a hundred citations.
  private func shortList(_ sources: [SourceUse]) -> String {
    sources.prefix(3).map { shown("  \($0.words)", indent: 4) }.joined()
      + (sources.count > 3
        ? shown("  and \(sources.count - 3) more, which json, markdown and html have", indent: 4) : "")
  }

  private func renderMarkdown(_ report: Report, to sink: any ByteSink) throws(WriteError) {
    try sink.write("# \(report.title)\n\n")
    for sentence in report.lead { try sink.write(sentence + "\n\n") }
    if !report.outline.isEmpty { try sink.write(Outline(report.outline).markdown + "\n") }
    for table in report.tables {
      try TableRenderer(.markdown).render(table, to: sink)
      try sink.write("\n")
    }
    if !report.sources.isEmpty {
      try sink.write("## Sources\n\n" + report.sources.map { "- \($0.words)\n" }.joined() + "\n")
    }
    try sink.write(report.edition.sentence + "\n")
  }

  // MARK: JSON

  private func renderJSON(_ report: Report, to sink: any ByteSink) throws(WriteError) {
    var writer = JSONWriter(sink)
    let tables = report.tables.dropFirst().map { table -> JSONValue in
      ["title": .string(orNull: table.title), "rows": table.json, "notes": .strings(table.notes)]
    }
    let sources = report.sources.map { source -> JSONValue in
      ["title": .string(source.title), "facts": .integer(source.factCount)]
    }
    try writer.write([
      "title": .string(report.title), "lead": .strings(report.lead),
      "revision": .integer(Int(report.edition.revision)), "recorded_at": .string(orNull: report.edition.recordedAt),
      "rows": report.tables.first?.json ?? [], "notes": .strings(report.tables.first?.notes ?? []),
      "tables": .array(tables), "sources": .array(sources), "licence": .string(orNull: report.edition.attribution),
    ])
  }
}

extension SourceUse {
  var words: String { "\(title) (\(counted(factCount, "fact")))" }
}
