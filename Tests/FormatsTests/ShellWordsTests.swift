import RegistryFormats
import Testing

@Suite struct ShellWordsTests {
  @Test(arguments: [
    (["merge", "07N", "--on=2020-04-01"], "merge 07N --on=2020-04-01"), (["a b", ""], "'a b' ''"),
    (["it's", "$HOME", "*"], "'it'\\''s' '$HOME' '*'"), ([], ""), (["é"], "'é'"),
  ]) func `Words are quoted where a shell would change them`(words: [String], typed: String) {
    #expect(words.shellWords == typed)
    #expect([String](shellWords: typed) == words)
  }

  @Test(arguments: [["'\u{301}", "\\", "a\r\nb"], ["", "'", "''"], ["\t", " "]])
  func `What is quoted is read back as it was`(words: [String]) {
    #expect([String](shellWords: words.shellWords).map { $0.map { Array($0.utf8) } } == words.map { Array($0.utf8) })
  }

  @Test func `Words are read as a shell does`() {
    #expect([String](shellWords: "  a  'b c'd \\  e ") == ["a", "b cd", " ", "e"])
  }

  @Test(arguments: ["'a", "a 'b' '", "a\\"]) func `A quote that is not closed is refused`(line: String) {
    #expect([String](shellWords: line) == nil)
  }
}
