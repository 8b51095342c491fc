import RegistryFormats
import Foundation
import RegistryStorage
import RegistryTestSupport
import Testing

@testable import RegistryReporting

/// One report in every format, with words that could break each of them.
@Suite struct ReportRendererTests {
  private static let hostile = #"<script>alert("x")</script> & 'Ash' | *b* _c_ \"#

  private func report() throws -> Report {
    let registry = try Registry.inMemory()
    try registry.say(vocabulary, at: "2026-01-02T03:04:05Z")
    var picture = SVG()
    picture.words(Self.hostile, x: 1, y: 2.25, title: Self.hostile)
    return Report(
      title: "Title \(Self.hostile)", lead: ["Lead \(Self.hostile)"],
      tables: [
        DataTable(
          columns: [.init("first_day"), .init("people", isNumber: true)], rows: [[Self.hostile, "12"], [nil, nil]],
          notes: ["Note \(Self.hostile)"]),
        DataTable(title: "Second", columns: [.init("name")], rows: [["x"]]),
      ],
      figures: [
        Figure(
          name: "picture", title: "Picture \(Self.hostile)", description: "Seen \(Self.hostile)", width: 10,
          height: 5.5,
          content: picture)
      ],
      outline: [
        .init(level: 0, text: "root"), .init(level: 1, text: Self.hostile), .init(level: 2, text: "leaf"),
        .init(level: 1, text: "last"),
      ],
      sources: [SourceUse(title: "Source \(Self.hostile)", factCount: 1)]
        + (2...5).map { SourceUse(title: "Source \($0)", factCount: $0) },
      edition: try Edition(registry))
  }

  private func rendered(_ format: ReportFormat) throws -> String {
    let sink = MemorySink()
    try ReportRenderer(format).render(report(), to: sink)
    return sink.text
  }

  private static let edition = """
    From revision 1 of the register, recorded 2026-01-02T03:04:05Z. Contains public sector information licensed under the \
    Open Government Licence v3.0.
    """

  @Test func `Text has title, lead, tree, tables, the first sources and the edition`() throws {
    let text = try rendered(.table)
    #expect(
      text.hasPrefix(
        "Title \(Self.hostile)\n\nLead \(Self.hostile)\n\nroot\n├─ \(Self.hostile)\n│  └─ leaf\n└─ last\n\n"))
    #expect(
      text.hasSuffix(
        """
        Second

        name
        ----
        x

        Sources:
          Source \(Self.hostile) (1 fact)
          Source 2 (2 facts)
          Source 3 (3 facts)
          and 2 more, which json, markdown and html have

        \(Self.edition)

        """))
  }

  @Test func `CSV is the rows of the first table`() throws {
    var reader = CSVReader(bytes: Array(try rendered(.csv).utf8))
    var rows: [[String]] = []
    while try reader.next() { rows.append(reader.texts()) }
    #expect(rows == [["first_day", "people"], [Self.hostile, "12"], ["", ""]])
  }

  @Test func `JSON has all that the report says`() throws {
    guard case .object(let members) = try JSONReader.read(Array(rendered(.json).utf8)) else {
      Issue.record("no object")
      return
    }
    let values = Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.value) })
    #expect(
      members.map(\.name)
        == ["title", "lead", "revision", "recorded_at", "rows", "notes", "tables", "sources", "licence"])
    #expect(values["title"] == .string("Title \(Self.hostile)"))
    #expect(values["revision"] == .integer(1))
    #expect(values["recorded_at"] == "2026-01-02T03:04:05Z")
    #expect(
      values["rows"]
        == .array([
          .object([.init("first_day", .string(Self.hostile)), .init("people", .integer(12))]),
          .object([.init("first_day", .null), .init("people", .null)]),
        ]))
    #expect(
      values["tables"]
        == .array([
          .object([
            .init("title", "Second"), .init("rows", .array([.object([.init("name", "x")])])),
            .init("notes", .array([])),
          ])
        ]))
    guard case .array(let sources)? = values["sources"] else {
      Issue.record("no sources")
      return
    }
    #expect(sources.count == 5)
  }

  @Test func `Markdown has all sources, and a tree that is a list`() throws {
    let text = try rendered(.markdown)
    #expect(text.hasPrefix("# Title"))
    // In a list, stars, lines and brackets mean themselves.
    #expect(
      text.contains(
        "- root\n  - \\<script>alert(\"x\")\\</script> & 'Ash' | \\*b\\* \\_c\\_ \\\\\n    - leaf\n  - last\n"))
    #expect(text.components(separatedBy: "\n- Source ").count == 6)
    #expect(text.hasSuffix("\(Self.edition)\n"))
  }

  @Test func `HTML is one page in which every word of the register is escaped`() throws {
    let text = try rendered(.html)
    #expect(text.hasPrefix("<!doctype html>\n<html lang=\"en\">\n"))
    #expect(!text.contains("<script") && !text.contains("'Ash'"))
    let escaped = #"&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;Ash&#39; | *b* _c_ \"#
    for part in [
      "<title>Title ", "<h1>Title ", "<p>Lead ", "<strong>Picture ", "aria-label=\"Picture: Picture ", "<p>Note ",
      "<li>Source ",
    ] {
      #expect(text.contains(part + escaped), "\(part)")
    }
    #expect(text.contains("<li>\(escaped)\n<ul>\n<li>leaf\n"))
    #expect(text.contains("<th scope=\"col\">first day</th><th scope=\"col\" class=\"number\">people</th>"))
    #expect(text.contains(", 2 rows</caption>"))
    // Every element that opens also closes.
    for tag in ["section", "table", "ul", "li", "figure", "div", "svg", "p", "main", "body"] {
      let opened = text.components(separatedBy: "<\(tag)>").count + text.components(separatedBy: "<\(tag) ").count - 2
      #expect(opened == text.components(separatedBy: "</\(tag)>").count - 1, "\(tag)")
    }
  }

  @Test func `SVG is the picture alone, with the words that stand for it`() throws {
    let text = try rendered(.svg)
    #expect(text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"figure\" role=\"img\""))
    #expect(text.contains("viewBox=\"0 0 10 5.5\""))
    #expect(text.contains("<title id=\"picture-title\">Picture &lt;script&gt;"))
    #expect(!text.contains("<script"))
    #expect(text.hasSuffix("</svg>\n"))
  }

  @Test(arguments: [
    ("x.csv", ReportFormat.csv), ("a.b.HTML", .html), ("x.htm", .html), ("x.md", .markdown), ("x.txt", .table),
    ("x.svg", .svg), ("x.json", .json),
  ])
  func `The ending of a file tells the form`(name: String, format: ReportFormat) {
    #expect(ReportFormat(fileName: name) == format)
  }

  @Test(arguments: ["csv", "x.", "x.pdf", ""]) func `Other endings tell no form`(name: String) {
    #expect(ReportFormat(fileName: name) == nil)
  }
}
