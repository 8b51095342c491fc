import Formats
import Testing

@Suite struct ShellWordsTests {
  @Test(arguments: [
    (["merge", "07N", "--on=2020-04-01"], "merge 07N --on=2020-04-01"), (["a b", ""], "'a b' ''"),
    (["it's", "$HOME", "*"], "'it'\\''s' '$HOME' '*'"), ([], ""), (["é"], "'é'"),
  ]) func wordsAreQuotedWhereAShellWouldChangeThem(words: [String], typed: String) {
    #expect(words.shellWords == typed)
  }
}
