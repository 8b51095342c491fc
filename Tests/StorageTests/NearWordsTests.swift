import RegistryStorage
import Testing

/// Words that somebody may have meant.
@Suite struct NearWordsTests {
  private static let commands = ["merge", "measure", "detach", "attach", "undo", "absorb", "enact", "close"]

  @Test(arguments: [
    ("mrege", ["merge"]), ("merg", ["merge"]), ("atach", ["attach"]), ("undoo", ["undo"]), ("CLOSE", ["close"]),
    ("abosrb", ["absorb"]), ("xyzzy", []), ("u", []), ("", []),
  ]) func `A word with a slip is understood, and another is not`(typed: String, meant: [String]) {
    #expect(nearWords(typed, among: Self.commands) == meant)
  }

  @Test func `The nearest comes first, and there are few`() {
    #expect(nearWords("attach", among: ["detach", "attache", "attach"]) == ["attach", "attache", "detach"])
    #expect(nearWords("15M", among: ["15A", "15C", "15D", "15E"]).count == 3)
  }

  @Test func `A message asks`() {
    #expect(didYouMean("icbb", among: ["icb", "ics", "pct"]) == "; did you mean icb?")
    #expect(didYouMean("zzzz", among: ["icb"]).isEmpty)
  }
}
