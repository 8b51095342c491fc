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

  /// In 2019, a quarter of a's people are in d and the rest in n. c has no territory, and d took it over.
  private static let right = ["014,77A,0.75", "014,03C,0.25", "5E1,77A,1", "03C,03C,1", "5D1,03C,1"]

  /// The findings that are not about totals.
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
    #expect(lint.unjudged.isEmpty)
  }

  @Test func `Any basis that the shares show is right`() throws {
    #expect(try found(["014,77A,0.5", "014,03C,0.5"] + Self.right.dropFirst(2)).isEmpty)
    // The rows of a body cannot mix two bases.
    #expect(
      try found(["014,77A,0.5", "014,03C,0.25"] + Self.right.dropFirst(2)) == [
        "2 014 share-differs", "2 014 share-sum",
      ])
  }

  @Test func `A duplicate inflates totals`() throws {
    let lines = Self.right + ["5E1,77A,1"]
    #expect(try found(lines) == ["7 5E1 duplicate"])
    #expect(try detail(.duplicate, lines) == "'5E1' to '77A' is already in line 4")
    // b has 600 of 1,500 people. c is not measured and counts as an average body, of 500.
    #expect(try effects(lines) == ["duplicate: 1 duplicate row inflates totals by 30% (weighed by people)"])
  }

  @Test func `Shares must add up to one`() throws {
    #expect(
      try found(["014,77A,0.75", "014,03C,0.15"] + Self.right.dropFirst(2)) == [
        "2 014 share-sum", "3 014 share-differs",
      ])
    #expect(
      try detail(.shareSum, ["014,77A,0.75", "014,03C,0.15"] + Self.right.dropFirst(2))
        == "the shares of 014 add up to 0.9, not 1 (lines 2 and 3)")
    #expect(try found(["014,77A,0.75", "014,03C,0.2500000000000002"] + Self.right.dropFirst(2)).isEmpty)
    #expect(try detail(.shareSum, ["014,77A,50", "014,03C,50"]).hasSuffix("are these percentages?"))
  }

  @Test func `A share must be there and be a number`() throws {
    #expect(try found(["014,77A,0.75", "014,03C,"] + Self.right.dropFirst(2)) == ["3 014 share-missing"])
    for share in ["x", "-0.5", "nan", "inf", "0x1", "50%"] {
      #expect(
        try found(["014,77A,0.75", "014,03C,\(share)"] + Self.right.dropFirst(2)) == ["3 \(share) share-invalid"])
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
    let lines = ["014,77A,0.75", "014,03C,0.25", "5E1,5D1,1", "03C,03C,1", "5D1,03C,1"]
    #expect(try found(lines) == ["4 5D1 target-not-alive"])
    #expect(try detail(.targetNotAlive, lines).hasSuffix("nothing of 5E1 ever lay there; on 2019-04-01 it lies in 77A"))
  }

  @Test func `A chain must be finished`() throws {
    let lines = ["014,77A,0.75", "014,5D1,0.25", "5E1,77A,1", "03C,03C,1", "5D1,03C,1"]
    #expect(try found(lines) == ["3 5D1 unfinished-chain"])
    #expect(
      try detail(.unfinishedChain, lines)
        == "group closed on 2018-03-31; on 2019-04-01 it lies in 77A (0.75) and 03C (0.25), by people")
    // A code that was left unchanged is the beginning of a chain.
    #expect(try found(["014,014,1"] + Self.right.dropFirst(2)) == ["2 014 unfinished-chain"])
  }

  @Test func `A target to which nothing went is wrong`() throws {
    let lines = ["014,77A,0.75", "014,03C,0.25", "5E1,03C,1", "03C,03C,1", "5D1,03C,1"]
    #expect(try found(lines) == ["4 03C wrong-target"])
    #expect(
      try detail(.wrongTarget, lines) == "nothing of 5E1 lies there; on 2019-04-01 it lies in 77A")
    #expect(try effects(lines)[0].hasPrefix("wrong-target: 1 wrong target sends 30% of totals to a wrong place"))
    #expect(try found(["014,77A,0.75", "014,03C,0.25", "5E1,,1"] + Self.right.dropFirst(3)) == ["4  wrong-target"])
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
      try found(Self.right + ["014x,77A,1", "5.00E+01,77A,1", "T01,T01,1", "77A,03C,1"]) == [
        "7 014x unknown", "8 5.00E+01 damaged", "9 T01 other-kind", "10 77A not-yet-open",
      ])
    #expect(
      try found(["014,77a,0.75", "014,03C,0.25", "5E1,E00000002,1"] + Self.right.dropFirst(3)) == [
        "2 77a untidy", "4 E00000002 mixed-schemes",
      ])
    #expect(try found(["014,77A,0.75", "014,03C,0.25", "5E1,77X,1"] + Self.right.dropFirst(3)) == ["4 77X unknown"])
    #expect(
      try found(["014,77A,0.75", "014,03C,0.25", "5E1,E00000001,1"] + Self.right.dropFirst(3)) == [
        "4 E00000001 mixed-schemes", "4 E00000001 recoded",
      ])
  }

  // MARK: Parts

  @Test func `A part below the tolerance may be left out, and is counted`() throws {
    func lint(_ lines: [String], _ tolerance: Double) throws -> ([String], Int) {
      let lint = try registry.lint(lines + Self.right.dropFirst(2), from: before, to: after, tolerance: tolerance)
      return (lint.findings.filter { $0.word != .totalEffect }.map(\.short), lint.leftOutCount)
    }
    // The other row may hold what is left out, or it may be missing. The tolerance itself is not below it.
    for share in ["1", "0.75"] {
      let (found, count) = try lint(["014,77A,\(share)"], 0.26)
      #expect(found.isEmpty && count == 1, "\(share)")
      #expect(try lint(["014,77A,\(share)"], 0.25).0.contains("2 014 missing-target"))
    }
    #expect(try lint(["014,77A,0.7"], 0.26).0 == ["2 014 share-differs", "2 014 share-sum"])
    #expect(try lint(["014,03C,1"], 0.26).0 == ["2 014 missing-target", "2 014 share-differs"])
  }

  /// d ends in 2020, and no source says who took it over.
  private func gapped() throws -> Registry {
    try register(
      vocabulary, lintedCountry,
      "record,key,event,organisation,type,from,source\nevent,end,,,closure,2020-04-01,law\nclose,,end,d")
  }

  @Test func `A part that no source places may be blank or in any body`() throws {
    let registry = try gapped()
    let later = try day("2021-04-01")
    func lint(_ lines: [String]) throws -> CrosswalkLint {
      try registry.lint(lines + ["5E1,77A,1", "03C,,1", "5D1,,1"], from: before, to: later)
    }
    for lines in [["014,77A,0.75", "014,,0.25"], ["014,77A,1"]] {
      let lint = try lint(lines)
      #expect(lint.findings.isEmpty, "\(lines)")
      #expect(lint.unjudged.map(\.code) == ["03C", "5D1"])
      #expect(lint.unjudged[0].reason == "d ended on 2020-03-31 and no source says who succeeded it")
    }
    let differs = try #require(try lint(["014,77A,0.4", "014,,0.6"]).findings.first)
    #expect(differs.short == "2 014 share-differs")
    #expect(
      differs.detail
        == "0.4 to 77A; on 2021-04-01 it lies in 77A (0.75), by people; of the rest (0.25), d ended on 2020-03-31 "
        + "and no source says who succeeded it")
    // A file without shares must not count a body twice, but it need not name what nobody knows.
    let whole = try registry.lint(["014,77A", "5E1,77A", "03C,", "5D1,"], from: before, to: later)
    #expect(whole.findings.isEmpty)
  }

  // MARK: Kinds

  /// h (HUB) is of another kind of the place tier and took P1 over from d in 2020. w and v are boards. n and d were part
  /// of w until 2021, and since then n is part of v.
  private static let kinds = """
    record,key,event,organisation,other,parcel,kind,type,nature,scheme,value,tier,group,from,to,source
    kind,hub,,,,,,,,,Hub,place,body

    record,key,event,organisation,other,parcel,kind,type,nature,scheme,value,from,to,source
    organisation,h
    organisation,w
    organisation,v
    event,boards,,,,,,establishment,,,,2000-04-01,,law
    event,hub,,,,,,transfer,,,,2020-04-01,,law
    open,,boards,w,,,board
    open,,boards,v,,,board
    open,,hub,h,,,hub
    code,,hub,h,,,,,,ods,HUB
    code,,boards,w,,,,,,ods,W01
    code,,boards,v,,,,,,ods,V01
    succession,,hub,d,h,,,,territory
    movement,,hub,,h,P1
    relationship,,,n,w,,part-of,,,,,2010-04-01,2021-03-31,law
    relationship,,,n,v,,part-of,,,,,2021-04-01,,law
    relationship,,,d,w,,part-of,,,,,2010-04-01,,law
    relationship,,,h,w,,part-of,,,,,2020-04-01,,law
    """

  private func lint(kinds lines: [String], _ from: String, _ to: String) throws -> [String] {
    try register(vocabulary, lintedCountry, Self.kinds).lint(lines, from: try day(from), to: try day(to)).findings
      .filter { $0.word != .totalEffect }.map(\.short)
  }

  @Test func `A file may keep to one kind, and then other kinds are blank or spread`() throws {
    let rest = ["5E1,77A,1", "5D1,03C,1", "03C,03C,1"]
    let tier = ["014,77A,0.75", "014,HUB,0.25"]
    #expect(try lint(kinds: tier + rest, "2009-04-01", "2021-01-01").isEmpty)
    #expect(try lint(kinds: ["014,77A,0.75", "014,,0.25"] + rest, "2009-04-01", "2021-01-01").isEmpty)
    #expect(
      try lint(kinds: ["014,77A,0.6", "014,,0.4"] + rest, "2009-04-01", "2021-01-01")
        == ["2 014 missing-target", "2 014 share-differs", "3 014 share-differs"])
    // Spread, all is in the one body of the kind.
    #expect(try lint(kinds: ["014,77A,1", "014,,0"] + rest, "2009-04-01", "2021-01-01").isEmpty)
  }

  @Test func `Upper tiers are compared through the parents of each day`() throws {
    let up = ["014,V01,0.75", "014,W01,0.25", "5E1,V01,1", "03C,W01,1", "5D1,W01,1"]
    #expect(try lint(kinds: up, "2009-04-01", "2021-04-01").isEmpty)
    #expect(
      try lint(kinds: ["014,V01,1"] + up.dropFirst(2), "2009-04-01", "2021-04-01")
        == ["2 014 missing-target", "2 014 share-differs"])
    #expect(
      try lint(kinds: up.filter { $0 != "03C,W01,1" } + ["03C,V01,1"], "2009-04-01", "2021-04-01")
        == ["6 V01 wrong-target"])
    let boards = ["W01,V01,0.6", "W01,W01,0.4", "V01,V01,1"]
    #expect(try lint(kinds: boards, "2021-01-01", "2021-04-01").isEmpty)
    let down = ["W01,77A,0.6", "W01,03C,0.3333333333", "W01,HUB,0.0666666667", "V01,,1"]
    #expect(try lint(kinds: down, "2021-01-01", "2021-01-01").isEmpty)
  }

  @Test func `Bodies without a tier are compared by their successions`() throws {
    let registry = try register(
      vocabulary,
      """
      record,key,event,organisation,other,kind,type,nature,scheme,value,from,source
      organisation,p
      organisation,q
      organisation,r
      event,founding,,,,,establishment,,,,2000-04-01,law
      event,merger,,,,,merger,,,,2010-04-01,law
      open,,founding,p,,proxy
      open,,founding,q,,proxy
      open,,merger,r,,proxy
      code,,founding,p,,,,,ods,P01
      code,,founding,q,,,,,ods,Q01
      code,,merger,r,,,,,ods,R01
      succession,,merger,p,r,,,succession
      succession,,merger,q,r,,,succession
      close,,merger,p
      close,,merger,q
      """)
    #expect(try registry.lint(["P01,R01", "Q01,R01"], from: before, to: after).findings.isEmpty)
    let wrong = try registry.lint(["P01,R01,1", "Q01,Q01,1"], from: before, to: after).findings
    #expect(wrong.map(\.short) == ["3 Q01 unfinished-chain", "- unfinished-chain total-effect"])
    #expect(wrong[1].detail.hasSuffix("(every body weighs the same)"))
  }
}
