import Foundation
import Testing

/// `orgreg apply` shows the difference, asks, and then writes all or nothing.
@Suite(.enabled(if: Workbench.has("sqlite3"), "needs the sqlite3 shell"))
struct ApplyCommandTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
  }

  @Test func `A file that is named twice is refused`() throws {
    expectRefused(try bench.orgreg("apply", "merger.csv", "merger.csv", "--yes"), "merger.csv: ", "named twice")
  }

  @Test func `A merger of two bodies is entered, and read back`() throws {
    let run = try bench.orgreg(
      "apply", "merger.csv", "--yes", "--by", "clerk", "--reason", "order of 12 March", "--format", "csv")
    expectDone(run)
    #expect(run.lines.first == "action,table,key,before,after", "\(run)")
    #expect(run.complaints.last?.hasPrefix("orgreg: recorded revision 2 (undo: ") ?? false, "\(run)")

    let before = try bench.orgreg("list", "municipality", "--on", "2019-12-31", "--format", "csv")
    #expect(
      before.stdout == """
        no_code,name,kind,from,to
        101,Ash,municipality,2000-01-01,2019-12-31
        102,Birch,municipality,2000-01-01,2019-12-31
        103,Cedar,municipality,2000-01-01,

        """, "\(before)")
    let after = try bench.orgreg("list", "municipality", "--on", "2020-01-01", "--format", "csv")
    #expect(
      after.stdout == """
        no_code,name,kind,from,to
        103,Cedar,municipality,2000-01-01,
        104,Dale,municipality,2020-01-01,

        """, "\(after)")
    let links = try bench.orgreg("successions", "--format", "csv")
    #expect(
      links.stdout == """
        predecessor,successor,date,type,share,basis,method,event,source
        101,104,2020-01-01,merger,1,tracts,whole,union,"The Gazette, a paper of no country"
        102,104,2020-01-01,merger,1,tracts,whole,union,"The Gazette, a paper of no country"

        """, "\(links)")
    let revision = try bench.orgreg(
      "sql", "SELECT actor, command, reason FROM revision WHERE id = 2", "--format", "csv")
    #expect(revision.lines.last == "clerk,apply merger.csv,order of 12 March", "\(revision)")
    expectDone(try bench.orgreg("check"))
  }

  @Test func `A dry run prints the difference and changes nothing`() throws {
    let before = try bench.dump()
    let dry = try bench.orgreg("apply", "merger.csv", "--dry-run", "--format", "csv")
    expectDone(dry)
    #expect(dry.complaints.count == 1 && dry.stderr.contains("nothing was changed"), "\(dry)")
    #expect(try bench.dump() == before)
    // --dry-run writes nothing even with --yes.
    expectDone(try bench.orgreg("apply", "merger.csv", "--dry-run", "--yes"))
    #expect(try bench.dump() == before)
    // Without it, the tool writes what it has shown.
    let real = try bench.orgreg("apply", "merger.csv", "--yes", "--format", "csv")
    expectDone(real)
    #expect(real.stdout == dry.stdout)
    #expect(try bench.dump() != before)
  }

  @Test func `Without a terminal it needs --yes`() throws {
    let before = try bench.dump()
    for input in [nil, "y\n"] {
      let run = try bench.orgreg("apply", "merger.csv", input: input)
      #expect(run.status == 2 && run.stderr.contains("--yes") && run.complaints.count == 1, "\(run)")
    }
    #expect(try bench.dump() == before)
  }

  @Test(
    .enabled(if: Workbench.has("script"), "needs 'script' of util-linux"),
    arguments: [("y", true), ("YES", true), ("n", false), ("", false), ("yesterday", false)])
  func `At a terminal it asks`(answer: String, isWritten: Bool) throws {
    let before = try bench.dump()
    let run = try bench.bash(
      "script -qec \"$orgreg apply merger.csv\" /dev/null", input: answer + "\n")
    #expect(run.stdout.contains("? [y]es [n]o"), "\(run)")
    #expect(run.status == (isWritten ? 0 : 3), "\(run)")
    #expect(run.stdout.contains(isWritten ? "recorded revision 2" : "nothing was changed"), "\(run)")
    #expect((try bench.dump() != before) == isWritten)
  }

  @Test func `Applying twice says that there is nothing to do`() throws {
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
    let before = try bench.dump()
    for words in [["--yes"], [], ["--dry-run"]] {
      let run = try bench.orgreg(["apply", "merger.csv"] + words)
      expectDone(run)
      #expect(run.complaints == ["orgreg: nothing to do: the register says all of this already"], "\(run)")
    }
    #expect(try bench.dump() == before)
  }

  @Test func `All of a file is entered or nothing of it`() throws {
    let before = try bench.dump()
    try bench.write(TinyCountry.merger + "name,,union,m-nobody,,no,,,,Nobody,,gazette\n", to: "bad.csv")
    expectRefused(try bench.orgreg("apply", "bad.csv", "--yes"), "bad.csv:11:", "m-nobody", "1 problem", lines: 2)
    // The same holds for several files, even if the first is good.
    expectRefused(try bench.orgreg("apply", "county.csv", "bad.csv", "--yes"), "bad.csv:11:", lines: 2)
    expectRefused(try bench.orgreg("apply", "county.csv", "missing.csv", "--yes"), "missing.csv")
    #expect(try bench.dump() == before)
  }

  @Test func `A change that would break a rule is refused with its line`() throws {
    let before = try bench.dump()
    // Cedar already has this code.
    try bench.write(TinyCountry.merger.replacing(",104,", with: ",103,"), to: "bad.csv")
    let run = try bench.orgreg("apply", "bad.csv", "--yes")
    #expect(run.status == 2 && run.stdout.isEmpty, "\(run)")
    #expect(run.stderr.contains("bad.csv:9:") && run.stderr.contains("nothing was changed"), "\(run)")
    #expect(try bench.dump() == before)
  }

  @Test func `Standard input is a change file too`() throws {
    let run = try bench.orgreg("apply", "-", "--yes", input: TinyCountry.merger)
    expectDone(run)
    #expect(run.stderr.contains("recorded revision 2"), "\(run)")
  }
}
