import RegistryFormats
import Testing

@Suite struct TableTests {
  @Test func `Text is aligned`() {
    let text = TextTable.render(
      header: ["Name", "Count", "Note"], rows: [["é\u{301}x", "7"], ["a\u{1B}[31m\nb", "1200", "ok"]], rightAligned: [1]
    )
    #expect(
      text == """
        Name      Count  Note
        --------  -----  ----
        é\u{301}x            7
        a [31m b   1200  ok

        """)
  }

  @Test func `Markdown is aligned in its source`() {
    let text = MarkdownTable.render(
      header: ["A|B", "N"], rows: [["x\ny", "1"], ["c:\\|"], ["p", "q", "r"]], rightAligned: [1])
    #expect(
      text == #"""
        | A\|B   |   N |     |
        | ------ | --: | --- |
        | x<br>y |   1 |     |
        | c:\\\| |     |     |
        | p      |   q | r   |

        """#)
  }

  @Test func `A table without rows has its header`() {
    #expect(TextTable.render(header: ["A"], rows: []) == "A\n-\n")
    #expect(MarkdownTable.render(header: ["A"], rows: []) == "| A   |\n| --- |\n")
  }

  // MARK: On a screen

  @Test func `Wide columns of text take several lines, and the others stay`() {
    let text = TextTable.render(
      header: ["code", "people", "a_long_title", "from"],
      rows: [["Q9S", "1200", "NHS South London Integrated Care Board", "2027-04-01"], ["Q1", "7", "short", ""]],
      rightAligned: [1], width: 40)
    #expect(
      text == """
        code  people  a_long_title    from
        ----  ------  --------------  ----------
        Q9S     1200  NHS South       2027-04-01
                      London
                      Integrated
                      Care Board
        Q1         7  short

        """)
  }

  @Test func `A table with too many columns loses the empty ones, and else becomes a list`() {
    let row = (1...6).map { "value-\($0)-of-the-row" }
    #expect(
      TextTable.render(header: ["a", "b", "c"], rows: [["value of a", "", "value of c"]], width: 18) == """
        a         c
        --------  --------
        value of  value of
        a         c

        """)
    #expect(
      TextTable.render(header: ["one", "two", "three", "four", "five", "six"], rows: [row, ["x"]], width: 30) == """
        one    value-1-of-the-row
        two    value-2-of-the-row
        three  value-3-of-the-row
        four   value-4-of-the-row
        five   value-5-of-the-row
        six    value-6-of-the-row

        one    x

        """)
  }

  /// Whatever the table, no line is wider than the screen, and no word is lost.
  @Test(arguments: 0..<200) func `A table fits its screen and says everything`(seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    let columns = Int.random(in: 1...9, using: &random)
    func cell() -> String {
      (0..<Int.random(in: 0...6, using: &random)).map { _ in
        String((0..<Int.random(in: 1...14, using: &random)).map { _ in "abc-/é2".randomElement(using: &random) ?? "a" })
      }.joined(separator: " ")
    }
    let header = (0..<columns).map { "column_\($0)" }
    let rows = (0..<Int.random(in: 0...8, using: &random)).map { _ in (0..<columns).map { _ in cell() } }
    let width = Int.random(in: 20...100, using: &random)
    let text = TextTable.render(header: header, rows: rows, width: width)
    for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    let letters = text.filter { !$0.isWhitespace }
    for wanted in Set(rows.joined().joined()) where !wanted.isWhitespace && wanted != "-" {
      let count = rows.joined().joined().filter { $0 == wanted }.count
      #expect(letters.filter { $0 == wanted }.count >= count, "\(wanted)\n\(text)")
    }
  }

  @Test func `A line is broken at blanks, else after a joining mark, else anywhere`() {
    #expect(fitted("one two three", indent: 2, width: 8) == ["one two", "  three"])
    #expect(fitted("icb-Q9S/life/legal", width: 10) == ["icb-Q9S/", "life/legal"])
    #expect(fitted("abcdefghijkl", width: 5) == ["abcde", "fghij", "kl"])
    #expect(fitted("  kept  blanks", width: nil) == ["  kept  blanks"])
    #expect(fitted("  kept  blanks here", indent: 4, width: 14) == ["  kept  blanks", "    here"])
  }
}
