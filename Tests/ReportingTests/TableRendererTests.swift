import RegistryFormats
import RegistryReporting
import Testing

/// Rows for a terminal, for programs and for Markdown, also with hostile words in them.
@Suite struct TableRendererTests {
  private static let table = DataTable(
    title: "Bodies", columns: [.init("code"), .init("people", isNumber: true), .init("name")],
    rows: [
      ["00L", "1200", "Plain"], ["5E1", nil, "a|b \"c\", d\\e"], [nil, "0.5", "two\r\nlines\u{1B}[31m"],
      ["=1+1", "1e21", "<b>&</b> Ünï"],
    ], notes: ["One | note."])

  private func rendered(_ table: DataTable, _ format: TableFormat) throws -> String {
    let sink = MemorySink()
    try TableRenderer(format).render(table, to: sink)
    return sink.text
  }

  @Test func `Text has aligned columns, and no line end or control character in a cell`() throws {
    #expect(
      try rendered(Self.table, .table) == """
        Bodies

        code  people  name
        ----  ------  --------------
        00L     1200  Plain
        5E1           a|b "c", d\\e
                 0.5  two lines [31m
        =1+1    1e21  <b>&</b> Ünï

        One | note.

        """)
  }

  @Test func `CSV is the rows and nothing else, and a reader gets back what was written`() throws {
    let text = try rendered(Self.table, .csv)
    #expect(!text.contains("Bodies") && !text.contains("One | note."))
    var reader = CSVReader(bytes: Array(text.utf8))
    var rows: [[String]] = []
    while try reader.next() { rows.append(reader.texts()) }
    #expect(rows == [["code", "people", "name"]] + Self.table.rows.map { $0.map { $0 ?? "" } })
  }

  @Test func `JSON has an object for each row: numbers are numbers, and a blank is null`() throws {
    let text = try rendered(Self.table, .json)
    guard case .array(let rows) = try JSONReader.read(Array(text.utf8)) else {
      Issue.record("no array: \(text)")
      return
    }
    #expect(
      rows.first
        == .object([.init("code", "00L"), .init("people", .integer(1200)), .init("name", "Plain")]))
    #expect(
      rows[1] == .object([.init("code", "5E1"), .init("people", .null), .init("name", .string("a|b \"c\", d\\e"))]))
    #expect(
      rows[2]
        == .object([
          .init("code", .null), .init("people", .number(0.5)), .init("name", .string("two\r\nlines\u{1B}[31m")),
        ]))
    #expect(rows.count == 4)
  }

  @Test func `Markdown keeps every cell in its column`() throws {
    let lines = try rendered(Self.table, .markdown).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.prefix(3) == ["## Bodies", "", "| code | people | name              |"])
    #expect(lines[3] == "| ---- | -----: | ----------------- |")
    #expect(lines[5] == #"| 5E1  |        | a\|b "c", d\\e    |"#)
    #expect(lines[6].contains("| two<br>lines"))
    #expect(lines.suffix(2) == ["- One | note.", ""])
    // A bar would begin another column if it were not escaped.
    for line in lines[2...7] { #expect(line.replacing(#"\|"#, with: "").count { $0 == "|" } == 4, "\(line)") }
  }

  @Test(arguments: TableFormat.allCases) func `A table without rows still has its columns`(format: TableFormat) throws {
    let empty = DataTable(columns: [.init("code"), .init("name")])
    let text = try rendered(empty, format)
    #expect(text == (format == .json ? "[]\n" : text))
    #expect(format == .json || text.contains("code"))
  }
}
