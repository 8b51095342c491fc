import RegistryStorage
import Succession
import TestSupport
import Testing

@Suite struct LintCodesTests {
  private func lint(_ values: [String], asAt day: String? = nil) throws -> [LintFinding] {
    let book = try register(vocabulary, lintedCountry).codeBook()
    return CodeLint(values.enumerated().map { ($0 + 2, $1) }, book, asAt: day.flatMap { Day($0) }).findings
  }

  @Test func allCodesOfADayAreClean() throws {
    let findings = try lint(["014", "5E1", "5D1", "03C"])
    #expect(findings.map(\.short) == ["- - valid-together"])
    #expect(findings.first?.detail == "all 4 codes: 2000-04-01 to 2010-03-31 (group)")
    #expect(findings.allSatisfy { !$0.isFault })
    #expect(try lint(["014"], asAt: "2010-03-31").map(\.short) == ["- - valid-together"])
    #expect(try lint([]).isEmpty)
  }

  @Test func aClosedCodeNamesItsSuccessor() throws {
    let findings = try lint(["014", "03C", "014"], asAt: "2016-04-01")
    #expect(findings.map(\.short) == ["- - valid-together", "2 014 closed", "4 014 closed"])
    #expect(
      findings.last?.detail == "group Ash closed on 2010-03-31; by 2016-04-01 it was succeeded by 77A")
  }

  @Test func aCodeThatIsNotYetOpenSaysWhen() throws {
    let findings = try lint(["77A", "03C"], asAt: "2009-04-01")
    #expect(findings.map(\.short) == ["- - valid-together", "2 77A not-yet-open"])
    #expect(findings[1].detail.contains("opens on 2010-04-01"))
  }

  @Test func datesAreInclusive() throws {
    #expect(try lint(["014"], asAt: "2010-04-01").map(\.short).contains("2 014 closed"))
    #expect(try lint(["77A"], asAt: "2010-04-01").map(\.short) == ["- - valid-together"])
    #expect(try lint(["77A"], asAt: "2010-03-31").map(\.short).contains("2 77A not-yet-open"))
  }

  @Test func vintagesThatDoNotMeetAreHeldAgainstTheFirstDayOfTheMost() throws {
    let findings = try lint(["014", "5E1", "03C", "77A"])
    #expect(findings.map(\.short) == ["- - mixed-vintages", "5 77A not-yet-open"])
    #expect(
      findings[0].detail
        == "no day has all 4 codes; the most, 3, are valid together 2000-04-01 to 2010-03-31; "
        + "every code is held against 2000-04-01")
  }

  @Test func aRecodedBodyGoesOn() throws {
    let findings = try lint(["E00000001"], asAt: "2016-04-01")
    #expect(findings.map(\.short) == ["- - valid-together", "2 E00000001 recoded"])
    #expect(
      findings[1].detail == "group Nettle goes on, but its ons code on 2016-04-01 is E00000002; "
        + "this one is of 2010-04-01 to 2012-03-31")
    #expect(try lint(["E00000002"], asAt: "2011-04-01").map(\.short).last == "2 E00000002 recoded")
  }

  @Test func aKindAmongOthersAndASchemeAmongOthersAreFound() throws {
    let kinds = try lint(["03C", "5D1", "T01"], asAt: "2012-04-01")
    #expect(kinds.map(\.short) == ["- - valid-together", "4 T01 other-kind"])
    let schemes = try lint(["03C", "5D1", "E00000002"], asAt: "2012-04-01")
    #expect(schemes.map(\.short) == ["- - valid-together", "4 E00000002 mixed-schemes"])
    #expect(schemes[1].detail == "a code of the scheme ons in a column of ods codes; the ods code is 77A")
  }

  @Test func aPermanentKeyIsAsGoodAsACodeWhereThereIsNone() throws {
    let findings = try lint(["03C", "5D1", "n"], asAt: "2012-04-01")
    #expect(findings.map(\.short) == ["- - valid-together", "4 n mixed-schemes"])
    #expect(try lint(["n", "d"], asAt: "2012-04-01").map(\.short) == ["- - valid-together"])
  }

  @Test(arguments: [
    ("14", "perhaps 014 (without its leading zeros)"), ("14.0", "perhaps 014"),
    ("5.00E+01", "perhaps 5E1 (as Excel, pandas and R read it) or 5D1 (as readr reads it)"), ("50", "perhaps 5E1"),
    ("5e+01", "perhaps 5E1"), ("50.0", "perhaps 5E1"), ("7.00E+05", "no code of the register is read as it"),
    ("7", "no code of the register is read as it"),
  ]) func aDamagedCodeHasItsLikelyOriginals(value: String, words: String) throws {
    let findings = try lint(["03C", value], asAt: "2005-04-01")
    #expect(findings.map(\.short) == ["- - valid-together", "3 \(value) damaged"])
    #expect(findings.last?.detail.contains(words) ?? false, "\(findings)")
  }

  @Test func anOriginalOfAnotherDayIsSaidToBeThat() throws {
    let findings = try lint(["14"], asAt: "2016-04-01")
    #expect(findings.map(\.short) == ["2 14 damaged"])
    #expect(findings[0].detail.contains("of other days perhaps 014"))
  }

  @Test(arguments: [
    ("O14", "near to it: 014"), ("104", "near to it: 014"), ("0145", "near to it: 014"), ("3C", "near to it: 03C"),
    ("E0000002", "near to it: E00000002"), ("Ashford", "no code of the register"),
  ]) func anUnknownCodeHasItsNearMisses(value: String, words: String) throws {
    let finding = try #require(try lint(["03C", value]).last)
    #expect(finding.short == "3 \(value) unknown")
    #expect(finding.detail.contains(words), "\(finding)")
  }

  @Test func blanksAndSmallLettersAreFoundAndLookedThrough() throws {
    let findings = try lint(["03c", " 5D1 ", "5E1\u{A0}", "", "  "], asAt: "2012-04-01")
    #expect(
      findings.map(\.short) == [
        "- - valid-together", "2 03c untidy", "3  5D1  untidy", "4 5E1\u{A0} untidy", "4 5E1\u{A0} closed", "5  blank",
        "6    blank",
      ])
  }
}

/// The traps of the domain, in the England register.
@Suite struct LintEnglandCodesTests {
  private func lint(_ values: [String], asAt day: String? = nil) throws -> [LintFinding] {
    let book = try England.open().codeBook()
    return CodeLint(values.enumerated().map { ($0 + 2, $1) }, book, asAt: day.flatMap { Day($0) }).findings
  }

  @Test func legalDatesCount() throws {
    #expect(try lint(["13T"], asAt: "2014-12-01").last?.short == "2 13T not-yet-open")
    #expect(try lint(["13T"], asAt: "2015-04-01").map(\.short) == ["- - valid-together"])
  }

  @Test func oneCodeIsOfTwoBodiesInTurn() throws {
    let detail = try #require(try lint(["00L", "00N"]).first?.detail)
    #expect(detail == "all 2 codes: 2013-04-01 to 2022-06-30 (ccg); since 2022-07-01 (sub-icb-location)")
  }

  @Test func hubsAndReportingEntitiesAreNoGroups() throws {
    let words = try lint(["00L", "00N", "00P", "13Q"], asAt: "2020-04-01")
    #expect(words.map(\.short) == ["- - valid-together", "5 13Q other-kind"])
  }

  @Test func systemsAndCareTrustsAreAlike() throws {
    let registry = try England.open()
    for (kind, day) in [("stp", "2019-04-01"), ("pct", "2012-04-01")] {
      let day = try #require(Day(day))
      let kinds = kind == "stp" ? ["stp", "ics"] : ["pct", "care-trust"]
      let codes = try kinds.flatMap { kind in
        try registry.organisations(kind: kind, on: day).compactMap { $0.codes["ods"] }
      }
      #expect(try lint(codes, asAt: day.description).map(\.short) == ["- - valid-together"], "\(kind)")
    }
  }

  @Test func aNumberIsTracedToTheTrust() throws {
    let finding = try #require(try lint(["5D7", "50"], asAt: "2005-04-01").last)
    #expect(finding.detail.contains("perhaps 5E1 (as Excel, pandas and R read it)"), "\(finding)")
  }

  /// Names-and-codes files of the Office for National Statistics, at their dates.
  static let vintages: [(file: String, column: String, day: String)] = [
    ("ONS_CCG17_names_codes", "CCG17CD", "2017-04-01"), ("ONS_CCG17_names_codes", "CCG17CDH", "2017-04-01"),
    ("ONS_CCG19_names_codes", "CCG19CD", "2019-04-01"), ("ONS_CCG19_names_codes", "CCG19CDH", "2019-04-01"),
    ("ONS_CCG20_names_codes", "CCG20CD", "2020-04-01"), ("ONS_CCG20_names_codes", "CCG20CDH", "2020-04-01"),
    ("ONS_STP20_names_codes", "STP20CD", "2020-04-01"), ("ONS_STP20_names_codes", "STP20CDH", "2020-04-01"),
    ("ONS_NHSER19_names_codes", "NHSER19CD", "2019-04-01"), ("ONS_NHSER19_names_codes", "NHSER19CDH", "2019-04-01"),
    ("ICB_DEC_2024_names_codes", "ICB24CD", "2024-12-01"), ("ICB_DEC_2024_names_codes", "ICB24CDH", "2024-12-01"),
    ("op_CCG_APR_2013", "CCG13CD", "2013-04-01"), ("op_CCG_APR_2013", "CCG13CDH", "2013-04-01"),
    ("op_PCO_2012", "PCO12CD", "2012-04-01"), ("op_PCO_2012", "PCO12CDO", "2012-04-01"),
    ("op_SHA_2012", "SHA12CD", "2012-04-01"), ("op_SHA_2012", "SHA12CDO", "2012-04-01"),
    ("op_NHSAT_APR_2013_EN_NC", "NHSAT13CD", "2013-04-01"),
  ]

  @Test(.enabled(if: England.shared != nil, "the reference files are not beside the package"), arguments: vintages)
  func aRealVintageIsCleanAtItsDate(file: String, column: String, day: String) throws {
    let codes = try England.reference("real/ons/\(file).csv").compactMap { $0[column] }
    #expect(codes.count > 5)
    for day in [day, nil] { #expect(try lint(codes, asAt: day).map(\.short) == ["- - valid-together"], "\(file)") }
  }
}
