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
}
