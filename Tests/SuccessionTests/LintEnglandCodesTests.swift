import RegistryStorage
import Succession
import RegistryTestSupport
import Testing

/// The traps of the domain, in the England register.
@Suite struct LintEnglandCodesTests {
  private func lint(_ values: [String], asAt day: String? = nil) throws -> [LintFinding] {
    var book = try England.open().codeBook()
    book.partitionsOfUnits = try England.open().partitions(ofUnits: CodeLint.strangers(values, book))
    return CodeLint(values.enumerated().map { ($0 + 2, $1) }, book, asAt: day.flatMap { Day($0) }).findings
  }

  /// Small areas of both years and practices, as restate reads them.
  @Test func `Codes of units are known, and stand apart from those of bodies`() throws {
    let areas = try lint(["E01000001", "E01033769", "E01033770"])
    #expect(areas.map(\.short) == ["- - units"] && areas.allSatisfy { !$0.isFault }, "\(areas)")
    #expect(areas.first?.detail == "3 codes are of units: 3 of lsoa21 and 1 of lsoa11")
    #expect(try lint(["A84002"]).first?.detail == "one code is of a unit: 1 of practice")
    let mixed = try lint(["00L", "00N", "A84002", "A8400X"], asAt: "2016-04-01")
    #expect(mixed.map(\.short) == ["- - valid-together", "- - units", "4 A84002 other-kind", "5 A8400X unknown"])
    #expect(mixed[2].detail == "a unit of practice in a column of ods codes")
  }

  @Test func `Legal dates count`() throws {
    #expect(try lint(["13T"], asAt: "2014-12-01").last?.short == "2 13T not-yet-open")
    #expect(try lint(["13T"], asAt: "2015-04-01").map(\.short) == ["- - valid-together"])
  }

  @Test func `One code is of two bodies in turn`() throws {
    let detail = try #require(try lint(["00L", "00N"]).first?.detail)
    #expect(detail == "all 2 codes: 2013-04-01 to 2022-06-30 (ccg); since 2022-07-01 (sub-icb-location)")
  }

  @Test func `Hubs and reporting entities are no groups`() throws {
    let words = try lint(["00L", "00N", "00P", "13Q"], asAt: "2020-04-01")
    #expect(words.map(\.short) == ["- - valid-together", "5 13Q other-kind"])
  }

  @Test func `Systems and care trusts are alike`() throws {
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

  @Test func `A number is traced to the trust`() throws {
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
  func `A real vintage is clean at its date`(file: String, column: String, day: String) throws {
    let codes = try England.reference("real/ons/\(file).csv").compactMap { $0[column] }
    #expect(codes.count > 5)
    for day in [day, nil] { #expect(try lint(codes, asAt: day).map(\.short) == ["- - valid-together"], "\(file)") }
  }
}
