import Foundation
import RegistryTestSupport
import Testing

/// The register in the forms of the Organisation Data Service.
@Suite struct ODSExportTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// The rows by code.
  private func rows(_ text: String) -> [String: [String]] {
    Dictionary(uniqueKeysWithValues: quotedRecords(text).map { ($0[0], $0) })
  }

  /// The rows without columns 3 and 4, which say what holds on the day of issue. An import does not read them.
  private func withoutGeography(_ text: String) -> [[String]] {
    quotedRecords(text).map { row in row.enumerated().map { [2, 3].contains($0) ? "" : $1 } }
  }

  // MARK: Beside the real files

  @Test(
    .enabled(if: RealFiles.areThere, "the folder ../shared is not there"),
    arguments: [("eccg_2025_12.csv", "2025-12-01"), ("eccg_2016_02.csv", "2016-02-29")])
  func `A file of commissioners has the rows of the real one`(name: String, day: String) throws {
    let run = try bench.orgreg("export", "ods-csv", "--on", day)
    expectDone(run)
    let (ours, theirs) = (rows(run.stdout), rows(try RealFiles.text("ods/\(name)")))
    #expect(Set(theirs.keys).isSubset(of: ours.keys))
    var otherNames = 0
    for (code, row) in theirs {
      let own = try #require(ours[code])
      #expect(own.count == 27)
      for column in [10, 11, 12, 14, 15, 16, 18, 19, 20, 22, 23, 24, 25, 26] {
        #expect(own[column] == row[column], "\(code), column \(column + 1)")
      }
      // The register does not have commissioning proxies.
      #expect(own[13] == row[13].replacing("|RO326", with: ""), "\(code)")
      if own[1] != row[1] { otherNames += 1 }
      // The register does not say where hubs lie, nor where bodies lie that have closed.
      if !own[2].isEmpty { #expect(own[2] == row[2], "\(code)") }
      if !own[3].isEmpty { #expect(own[3] == row[3], "\(code)") }
    }
    #expect(otherNames <= 3)
  }

  @Test(.tags(.slow), .inFullRuns, .enabled(if: RealFiles.areThere, "the folder ../shared is not there"))
  func `Practices come out as they went in`() throws {
    let real = "\(RealFiles.folder)/ods/epraccur_2020.csv"
    expectDone(try bench.orgreg("init", "--empty"))
    #expect(try bench.orgreg("import", "--yes", "auto", real, "--issued", "2019-09-01", "--create-missing").status <= 1)
    let run = try bench.orgreg(
      "export", "ods-csv", "--kind", "gp-practice", "--kind", "prescribing-cost-centre", "--on", "2019-09-01")
    expectDone(run)
    let (ours, theirs) = (rows(run.stdout), rows(try RealFiles.text("ods/epraccur_2020.csv")))
    #expect(Set(ours.keys) == Set(theirs.values.filter { $0[10] <= "20190901" }.map { $0[0] }))
    for (code, own) in ours {
      let row = try #require(theirs[code]).map { $0.trimmingCharacters(in: .whitespaces) }
      for column in [1, 10, 11, 13, 14, 16] { #expect(own[column] == row[column], "\(code), column \(column + 1)") }
      // The register does not know who is dormant or proposed. Of settings it knows only practices.
      if ["A", "C"].contains(row[12]) { #expect(own[12] == row[12], "\(code)") }
      if row[25] == "4" { #expect(own[25] == "4", "\(code)") }
    }
  }

  // MARK: There and back

  @Test(arguments: ["2016-02-29", "2020-04-01", "2022-07-01", "2026-06-01"])
  func `Commissioners come back from an empty register`(day: String) throws {
    expectDone(try bench.orgreg("export", "ods-csv", "--on", day, "--output", "eccg.csv"))
    expectDone(try bench.orgreg("init", "--empty", "--registry", "copy.sqlite"))
    let run = try bench.orgreg("import", "--yes", "auto", "eccg.csv", "--issued", day, "--registry", "copy.sqlite")
    expectDone(run)
    #expect(run.stderr.contains("eccg.csv: ods-csv (27 columns and no header)"), "\(run)")
    #expect(run.stderr.contains("0 the same, 0 differ, 0 rejected"), "\(run)")
    expectDone(try bench.orgreg("check", "--registry", "copy.sqlite"))
    let back = try bench.orgreg("export", "ods-csv", "--on", day, "--registry", "copy.sqlite")
    #expect(try withoutGeography(back.stdout) == withoutGeography(bench.text("eccg.csv")))
  }

  @Test(arguments: [("pct", "2012-04-01"), ("sha", "2026-06-01"), ("icb", "2026-06-01"), ("region", "2019-04-01")])
  func `Bodies of another kind come back when the kind is said`(kind: String, day: String) throws {
    let out = try bench.orgreg("export", "ods-csv", "--kind", kind, "--on", day, "--output", "bodies.csv")
    expectDone(out)
    expectDone(try bench.orgreg("init", "--empty", "--registry", "copy.sqlite"))
    let words = "\(Workbench.package)/Seeds/00-vocabulary.csv"
    expectDone(try bench.orgreg("apply", words, "--yes", "--registry", "copy.sqlite"))
    let run = try bench.orgreg(
      "import", "--yes", "auto", "bodies.csv", "--kind", kind, "--issued", day, "--registry", "copy.sqlite")
    let named = withoutGeography(try bench.text("bodies.csv")).filter { !$0[1].isEmpty }
    expectDone(run, status: named.count == quotedRecords(try bench.text("bodies.csv")).count ? 0 : 1)
    let back = try bench.orgreg("export", "ods-csv", "--kind", kind, "--on", day, "--registry", "copy.sqlite")
    #expect(withoutGeography(back.stdout) == named)
  }

  @Test func `The register finds nothing new in its own files`() throws {
    try bench.copyEngland()
    expectDone(try bench.orgreg("export", "ods-succession", "--on", "2026-06-01", "--output", "succ.csv"))
    let run = try bench.orgreg("import", "auto", "succ.csv", "--dry-run")
    expectDone(run)
    #expect(run.stderr.contains("0 new, ") && run.stderr.contains("0 differ, 0 rejected"), "\(run)")
    expectDone(try bench.orgreg("export", "ods-csv", "--on", "2026-06-01", "--output", "eccg.csv"))
    let bodies = try bench.orgreg("import", "auto", "eccg.csv", "--dry-run", "--issued", "2026-06-01")
    expectDone(bodies)
    #expect(bodies.stderr.contains("344 rows: 0 new, 344 the same, 0 differ, 0 rejected"), "\(bodies)")
  }

  @Test func `Successions come back from an empty register`() throws {
    expectDone(try bench.orgreg("export", "ods-succession", "--on", "2026-06-01", "--output", "succ.csv"))
    expectDone(try bench.orgreg("init", "--empty", "--registry", "copy.sqlite"))
    let run = try bench.orgreg("import", "--yes", "auto", "succ.csv", "--create-missing", "--registry", "copy.sqlite")
    expectDone(run)
    #expect(run.stderr.contains("ods-succession (five columns, the fourth a date)"), "\(run)")
    let back = try bench.orgreg("export", "ods-succession", "--on", "2026-06-01", "--registry", "copy.sqlite").stdout
    let (ours, theirs) = (quotedRecords(back), quotedRecords(try bench.text("succ.csv")))
    #expect(theirs.count > 500)
    #expect(ours.map { [$0[0], $0[1], $0[3]] } == theirs.map { [$0[0], $0[1], $0[3]] })
  }

  // MARK: To the byte

  @Test func `Files are as the service issues them`() throws {
    let file = try bench.orgreg("export", "ods-csv", "--on", "2016-02-29").stdout
    #expect(
      file.contains(
        #""00L","NHS NORTHUMBERLAND CCG","Y54","Q74","","","","","","","20130401","","","C","","","","","","","","0","","","","","""#
          + "\r\n"))
    #expect(file.hasSuffix("\"\r\n") && !file.contains("\n\r"))
    #expect(file.utf8.count { $0 == 10 } == 249 && file.utf8.allSatisfy { $0 < 128 })
    let current = try bench.orgreg("export", "ods-csv", "--on", "2025-12-01").stdout
    #expect(
      current.contains(
        #""00L","NHS NORTH EAST AND NORTH CUMBRIA ICB - 00L","Y63","QHM","","","","","","","20130401","","","RO319","#))
    let codes = quotedRecords(current).map { Array($0[0].utf8) }
    #expect(codes == codes.sorted { $0.lexicographicallyPrecedes($1) })
    let links = try bench.orgreg("export", "ods-succession", "--kind", "ccg", "--on", "2015-04-01").stdout
    #expect(
      links == ["00F", "00G", "00H"].map { "\"\($0)\",\"13T\",\"R\",\"20150401\",\"\"\r\n" }.joined())
    let later = try bench.orgreg("export", "ods-succession", "--kind", "ccg", "--on", "2020-04-01").stdout
    #expect(later.contains("\"10G\",\"15D\",\"R\",\"20180401\",\"\"\r\n"))
    #expect(
      try bench.orgreg("export", "ods-succession", "--on", "2026-06-01").stdout.contains(
        "\"10G\",\"15D\",\"R\",\"20180401\",\"F\"\r\n"))
  }

  // MARK: Bad input

  @Test func `What the form cannot say is refused`() throws {
    let before = try bench.listing()
    func refused(_ words: String..., because reason: String) throws {
      expectRefused(try bench.orgreg(["export"] + words + ["--output", "x.csv"]), reason)
    }
    try refused("ods-csv", "--on", "2020-04-01", "--dialect", "current", because: "the current dialect has no sub-type")
    try refused("ods-csv", "--on", "2025-04-01", "--dialect", "legacy", because: "say --dialect current")
    try refused("ods-csv", "--kind", "town", because: "unknown kind 'town'")
    try refused("ods-csv", "--kind", "nhs-trust", because: "no body of the kinds asked for")
    try refused("ods-csv", "--kind", "ccg", "--kind", "pct", because: "go into a file of their own")
    try refused("ods-csv", "--on", "1950-01-01", because: "before the first day")
    try refused("ods-succession", "--kind", "town", because: "unknown kind 'town'")
    try refused("ods-succession", "--on", "2000-03-01", because: "no body with an ODS code succeeded another")
    expectUsage(try bench.orgreg("export", "ods-csv", "--on", "2020-02-30"), "no day 30")
    expectUsage(try bench.orgreg("export", "ods-csv", "--dialect", "old"), "dialect")
    expectRefused(try bench.orgreg("export", "ods-csv", "--output", "no/such.csv"), "no/such.csv")
    #expect(try bench.listing() == before)
  }

  @Test func `A register without codes of the service is told so`() throws {
    try bench.makeTinyCountry()
    expectRefused(try bench.orgreg("export", "ods-csv"), "unknown scheme 'ods' (known: no)")
    expectRefused(try bench.orgreg("export", "ods-succession", "--on", "2026-06-01"), "unknown scheme 'ods'")
  }
}
