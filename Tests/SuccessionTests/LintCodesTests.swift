import RegistryStorage
import Succession
import RegistryTestSupport
import Testing

@Suite struct LintCodesTests {
  private func lint(_ values: [String], asAt day: String? = nil) throws -> [LintFinding] {
    let book = try register(vocabulary, lintedCountry).codeBook()
    return CodeLint(values.enumerated().map { ($0 + 2, $1) }, book, asAt: day.flatMap { Day($0) }).findings
  }

  @Test func `All codes of a day are clean`() throws {
    let findings = try lint(["014", "5E1", "5D1", "03C"])
    #expect(findings.map(\.short) == ["- - valid-together"])
    #expect(findings.first?.detail == "all 4 codes: 2000-04-01 to 2010-03-31 (group)")
    #expect(findings.allSatisfy { !$0.isFault })
    #expect(try lint(["014"], asAt: "2010-03-31").map(\.short) == ["- - valid-together"])
    #expect(try lint([]).isEmpty)
  }

  @Test func `A closed code names its successor`() throws {
    let findings = try lint(["014", "03C", "014"], asAt: "2016-04-01")
    #expect(findings.map(\.short) == ["- - valid-together", "2 014 closed", "4 014 closed"])
    #expect(
      findings.last?.detail == "group Ash closed on 2010-03-31; by 2016-04-01 it was succeeded by 77A")
  }

  @Test func `A code that is not yet open says when`() throws {
    let findings = try lint(["77A", "03C"], asAt: "2009-04-01")
    #expect(findings.map(\.short) == ["- - valid-together", "2 77A not-yet-open"])
    #expect(findings[1].detail.contains("opens on 2010-04-01"))
  }

  @Test func `Dates are inclusive`() throws {
    #expect(try lint(["014"], asAt: "2010-04-01").map(\.short).contains("2 014 closed"))
    #expect(try lint(["77A"], asAt: "2010-04-01").map(\.short) == ["- - valid-together"])
    #expect(try lint(["77A"], asAt: "2010-03-31").map(\.short).contains("2 77A not-yet-open"))
  }

  @Test func `Vintages that do not meet are held against the first day of the most`() throws {
    let findings = try lint(["014", "5E1", "03C", "77A"])
    #expect(findings.map(\.short) == ["- - mixed-vintages", "5 77A not-yet-open"])
    #expect(
      findings[0].detail
        == "no day has all 4 codes; the most, 3, are valid together 2000-04-01 to 2010-03-31; "
        + "every code is held against 2000-04-01")
  }

  @Test func `A recoded body goes on`() throws {
    let findings = try lint(["E00000001"], asAt: "2016-04-01")
    #expect(findings.map(\.short) == ["- - valid-together", "2 E00000001 recoded"])
    #expect(
      findings[1].detail == "group Nettle goes on, but its ons code on 2016-04-01 is E00000002; "
        + "this one is of 2010-04-01 to 2012-03-31")
    #expect(try lint(["E00000002"], asAt: "2011-04-01").map(\.short).last == "2 E00000002 recoded")
  }

  @Test func `A kind among others and a scheme among others are found`() throws {
    let kinds = try lint(["03C", "5D1", "T01"], asAt: "2012-04-01")
    #expect(kinds.map(\.short) == ["- - valid-together", "4 T01 other-kind"])
    let schemes = try lint(["03C", "5D1", "E00000002"], asAt: "2012-04-01")
    #expect(schemes.map(\.short) == ["- - valid-together", "4 E00000002 mixed-schemes"])
    #expect(schemes[1].detail == "a code of the scheme ons in a column of ods codes; the ods code is 77A")
  }

  @Test func `A permanent key is as good as a code where there is none`() throws {
    let findings = try lint(["03C", "5D1", "n"], asAt: "2012-04-01")
    #expect(findings.map(\.short) == ["- - valid-together", "4 n mixed-schemes"])
    #expect(try lint(["n", "d"], asAt: "2012-04-01").map(\.short) == ["- - valid-together"])
  }

  @Test(arguments: [
    ("14", "perhaps 014 (without its leading zeros)"), ("14.0", "perhaps 014"),
    ("5.00E+01", "perhaps 5E1 (as Excel, pandas and R read it) or 5D1 (as readr reads it)"), ("50", "perhaps 5E1"),
    ("5e+01", "perhaps 5E1"), ("50.0", "perhaps 5E1"), ("7.00E+05", "no code of the register is read as it"),
    ("7", "no code of the register is read as it"),
  ]) func `A damaged code has its likely originals`(value: String, words: String) throws {
    let findings = try lint(["03C", value], asAt: "2005-04-01")
    #expect(findings.map(\.short) == ["- - valid-together", "3 \(value) damaged"])
    #expect(findings.last?.detail.contains(words) ?? false, "\(findings)")
  }

  @Test func `An original of another day is said to be that`() throws {
    let findings = try lint(["14"], asAt: "2016-04-01")
    #expect(findings.map(\.short) == ["2 14 damaged"])
    #expect(findings[0].detail.contains("of other days perhaps 014"))
  }

  @Test(arguments: [
    ("O14", "near to it: 014"), ("104", "near to it: 014"), ("0145", "near to it: 014"), ("3C", "near to it: 03C"),
    ("E0000002", "near to it: E00000002"), ("Ashford", "no code of the register"),
  ]) func `An unknown code has its near misses`(value: String, words: String) throws {
    let finding = try #require(try lint(["03C", value]).last)
    #expect(finding.short == "3 \(value) unknown")
    #expect(finding.detail.contains(words), "\(finding)")
  }

  @Test func `Blanks and small letters are found and looked through`() throws {
    let findings = try lint(["03c", " 5D1 ", "5E1\u{A0}", "", "  "], asAt: "2012-04-01")
    #expect(
      findings.map(\.short) == [
        "- - valid-together", "2 03c untidy", "3  5D1  untidy", "4 5E1\u{A0} untidy", "4 5E1\u{A0} closed", "5  blank",
        "6    blank",
      ])
  }
}
