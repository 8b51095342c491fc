import RegistryStorage
import Succession
import RegistryTestSupport
import Testing

@Suite struct LintCrosswalkTests {
  private let before: Day
  private let after: Day
  private let registry: Registry

  init() throws {
    before = try #require(Day("2009-04-01"))
    after = try #require(Day("2019-04-01"))
    registry = try register(vocabulary, lintedCountry)
  }

  /// In 2019, by areas, half of a's territory is in d and the rest in n. c has none.
  private static let right = ["014,77A,0.5", "014,03C,0.5", "5E1,77A,1", "03C,03C,1", "5D1,03C,1"]

  /// The findings that are not about totals. c has no territory and is not judged.
  private func found(_ lines: [String], from: Day? = nil, to: Day? = nil) throws -> [String] {
    try registry.lint(lines, from: from ?? before, to: to ?? after).findings.filter { $0.word != .totalEffect }
      .map(\.short)
  }

  private func effects(_ lines: [String]) throws -> [String] {
    try registry.lint(lines, from: before, to: after).findings.filter { $0.word == .totalEffect }
      .map { "\($0.value ?? ""): \($0.detail)" }
  }

  private func detail(_ word: LintFinding.Word, _ lines: [String]) throws -> String {
    let findings = try registry.lint(lines, from: before, to: after).findings
    return try #require(findings.first { $0.word == word }?.detail, "\(findings)")
  }

  @Test func `What is right is clean`() throws {
    let lint = try registry.lint(Self.right, from: before, to: after)
    #expect(lint.findings.isEmpty)
    #expect(lint.unjudged == ["5D1"])
  }

  @Test func `Any basis that the shares show is right`() throws {
    #expect(try found(["014,77A,0.75", "014,03C,0.25"] + Self.right.dropFirst(2)).isEmpty)
    // The rows of a body cannot mix two bases.
    #expect(
      try found(["014,77A,0.75", "014,03C,0.5"] + Self.right.dropFirst(2)) == [
        "2 014 share-differs", "2 014 share-sum",
      ])
  }

  @Test func `A duplicate inflates totals`() throws {
    let lines = Self.right + ["5E1,77A,1"]
    #expect(try found(lines) == ["7 5E1 duplicate"])
    #expect(try detail(.duplicate, lines) == "'5E1' to '77A' is already in line 4")
    // P3 is one of four units. c has none and counts as an average body.
    #expect(try effects(lines).count == 1)
    #expect(try effects(lines)[0].hasPrefix("duplicate: 1 duplicate row inflates totals by 18.8% "))
  }

  @Test func `Shares must add up to one`() throws {
    #expect(
      try found(["014,77A,0.5", "014,03C,0.4"] + Self.right.dropFirst(2)) == [
        "2 014 share-sum", "3 014 share-differs",
      ])
    #expect(
      try detail(.shareSum, ["014,77A,0.5", "014,03C,0.4"] + Self.right.dropFirst(2))
        == "the shares of 014 add up to 0.9, not 1 (lines 2 and 3)")
    #expect(try found(["014,77A,0.5", "014,03C,0.5000000000000002"] + Self.right.dropFirst(2)).isEmpty)
    #expect(try detail(.shareSum, ["014,77A,50", "014,03C,50"]).hasSuffix("are these percentages?"))
  }

  @Test func `A share must be there and be a number`() throws {
    #expect(try found(["014,77A,0.5", "014,03C,"] + Self.right.dropFirst(2)) == ["3 014 share-missing"])
    for share in ["x", "-0.5", "nan", "inf", "0x1", "50%"] {
      #expect(
        try found(["014,77A,0.5", "014,03C,\(share)"] + Self.right.dropFirst(2)) == ["3 \(share) share-invalid"])
    }
  }

  @Test func `A body that was divided needs shares`() throws {
    let lines = ["014,77A", "014,03C", "5E1,77A", "03C,03C", "5D1,03C"]
    #expect(try found(lines) == ["2 014 share-missing"])
    #expect(try effects(lines)[0].hasPrefix("share-missing: 1 body without a share for each target inflates "))
  }

  @Test func `A live source must not be missing`() throws {
    #expect(try found(Self.right.filter { !$0.hasPrefix("5E1") }) == ["- 5E1 source-missing"])
    let effects = try effects(Self.right.filter { !$0.hasPrefix("5E1") })
    #expect(effects[0].hasPrefix("source-missing: 1 missing source loses "))
  }

  @Test func `A target must live on the target day`() throws {
    let lines = ["014,77A,0.5", "014,03C,0.5", "5E1,5D1,1", "03C,03C,1", "5D1,03C,1"]
    #expect(try found(lines) == ["4 5D1 target-not-alive"])
    #expect(try detail(.targetNotAlive, lines).hasSuffix("on 2019-04-01 its territory is in 77A"))
  }

  @Test func `A chain must be finished`() throws {
    let lines = ["014,77A,0.5", "014,5D1,0.5", "5E1,77A,1", "03C,03C,1", "5D1,03C,1"]
    #expect(try found(lines) == ["3 5D1 unfinished-chain"])
    #expect(
      try detail(.unfinishedChain, lines)
        == "group closed on 2018-03-31; on 2019-04-01 its territory is in 03C (0.5) and 77A (0.5), by areas")
    // A code that was left unchanged is the beginning of a chain.
    #expect(try found(["014,014,1"] + Self.right.dropFirst(2)) == ["2 014 unfinished-chain"])
  }

  @Test func `A target to which nothing went is wrong`() throws {
    let lines = ["014,77A,0.5", "014,03C,0.5", "5E1,03C,1", "03C,03C,1", "5D1,03C,1"]
    #expect(try found(lines) == ["4 03C wrong-target"])
    #expect(
      try detail(.wrongTarget, lines) == "no territory of 5E1 went there; on 2019-04-01 its territory is in 77A")
    #expect(try effects(lines)[0].hasPrefix("wrong-target: 1 wrong target sends 18.8% of totals to a wrong place"))
    #expect(try found(["014,77A,0.5", "014,03C,0.5", "5E1,,1"] + Self.right.dropFirst(3)) == ["4  wrong-target"])
  }

  @Test func `Territory that moved while nobody closed is missed`() throws {
    let lines = ["014,77A", "5E1,77A", "03C,03C", "5D1,03C"]
    #expect(try found(lines) == ["2 014 missing-target"])
    #expect(try detail(.missingTarget, lines).hasPrefix("no row for 03C; "))
    #expect(
      try found(["014,77A,1"] + Self.right.dropFirst(2)) == ["2 014 missing-target", "2 014 share-differs"])
  }

  @Test func `Rounded shares agree and estimates do not`() throws {
    // Backwards, the people of n come from a (300) and b (600).
    let back = ["77A,014,0.333", "77A,5E1,0.667", "03C,014,0.167", "03C,03C,0.833"]
    #expect(try found(back, from: after, to: before).isEmpty)
    #expect(
      try found(["77A,014,0.3", "77A,5E1,0.7"] + back.dropFirst(2), from: after, to: before) == [
        "2 77A share-differs", "3 77A share-differs",
      ])
  }

  @Test func `The codes themselves are linted`() throws {
    #expect(
      try found(Self.right + ["014x,77A,1", "5.00E+01,77A,1", "T01,03C,1", "77A,03C,1"]) == [
        "7 014x unknown", "8 5.00E+01 damaged", "9 T01 other-kind", "10 77A not-yet-open",
      ])
    #expect(
      try found(["014,77a,0.5", "014,03C,0.5", "5E1,E00000002,1"] + Self.right.dropFirst(3)) == [
        "2 77a untidy", "4 E00000002 mixed-schemes",
      ])
    #expect(try found(["014,77A,0.5", "014,03C,0.5", "5E1,77X,1"] + Self.right.dropFirst(3)) == ["4 77X unknown"])
    #expect(
      try found(["014,77A,0.5", "014,03C,0.5", "5E1,E00000001,1"] + Self.right.dropFirst(3)) == [
        "4 E00000001 mixed-schemes", "4 E00000001 recoded",
      ])
  }
}
