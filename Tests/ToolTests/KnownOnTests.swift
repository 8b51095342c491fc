import Foundation
import RegistryTestSupport
import Testing

/// What the register knew, and when.
@Suite struct KnownOnTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
  }

  private func municipalities(_ words: String...) throws -> [String] {
    let run = try bench.orgreg(["list", "municipality", "--format", "csv"] + words)
    expectDone(run)
    return run.lines.dropFirst().map { String($0.prefix(3)) }
  }

  @Test func `Revision 1 knows nothing of what came later`() throws {
    #expect(try municipalities("--on", "2020-01-01") == ["103", "104"])
    #expect(try municipalities("--on", "2020-01-01", "--known-on", "2") == ["103", "104"])
    #expect(try municipalities("--on", "2020-01-01", "--known-on", "1") == ["101", "102", "103"])
    expectRefused(try bench.orgreg("show", "104", "--known-on", "1"), "unknown code '104'")
    #expect(try bench.orgreg("find", "Dale", "--known-on", "1").status == 1)
    let links = try bench.orgreg("successions", "--known-on", "1", "--format", "csv")
    #expect(links.lines.count == 1, "\(links)")
    let counts = try bench.orgreg("report", "counts", "--known-on", "1", "--format", "csv")
    #expect(counts.stdout == "kind,counted_by,from,to,count,bound\nmunicipality,,2000-01-01,,3,\n", "\(counts)")
  }

  @Test func `Before there was anything, nothing was known`() throws {
    #expect(try municipalities("--known-on", "2001-01-01") == [])
    #expect(try municipalities("--known-on", "0") == [])
    #expect(try municipalities("--known-on", "2999-12-31").count == 4)
  }

  @Test(.tags(.slow), .inFullRuns, arguments: ["yesterday", "2020-02-30", "1.5", "", "99999999999999999999"])
  func `A wrong value is a mistake of usage`(value: String) throws {
    for words in [
      ["list", "municipality"], ["show", "101"], ["find", "Ash"], ["successions"], ["report", "counts"],
    ] {
      expectUsage(try bench.orgreg(words + ["--known-on", value]), "--known-on", "'\(value)'")
    }
  }
}
