import RegistryTestSupport
import Testing

/// What differs is gone through row by row.
@Suite struct ReviewTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
    try bench.write(
      """
      record,organisation,scheme,value,from,source
      name,m-ash,no,Ash Town,2010-01-01,gazette
      name,m-birch,no,Birch Town,2010-01-01,gazette
      """, to: "towns.csv")
  }

  private func names() throws -> [String] {
    try bench.orgreg(
      "sql", "SELECT organisation, name FROM current_name WHERE name LIKE '% Town' ORDER BY 1", "--format", "csv"
    ).lines.dropFirst().map { $0 }
  }

  @Test func `What is taken is recorded, and what is kept is not`() throws {
    let run = try bench.atTerminal(["apply", "towns.csv", "--review"], typing: "take\nkeep\nyes\n")
    expectDone(run)
    #expect(try names() == ["m-ash,Ash Town"], "\(run)")
    #expect(run.stdout.contains("1 of 2") && run.stdout.contains("2 of 2"), "\(run)")
  }

  @Test func `Whoever quits goes on later with the rest`() throws {
    let run = try bench.atTerminal(["apply", "towns.csv", "--review"], typing: "take\nquit\nyes\n")
    expectDone(run)
    #expect(run.words.contains("go on with 'orgreg apply left-of-towns.csv --review'"), "\(run)")
    let rest = try bench.atTerminal(["apply", "left-of-towns.csv", "--review"], typing: "take\nyes\n")
    expectDone(rest)
    #expect(try names() == ["m-ash,Ash Town", "m-birch,Birch Town"], "\(rest)")
  }

  @Test func `Nothing taken is nothing to do`() throws {
    let run = try bench.atTerminal(["apply", "towns.csv", "--review"], typing: "keep\nkeep\n")
    expectDone(run)
    #expect(run.stdout.contains("nothing to do"), "\(run)")
    #expect(try bench.orgreg("apply", "towns.csv", "--review").status == 2)
  }

  @Test func `All of a kind are decided at once`() throws {
    let run = try bench.atTerminal(["apply", "towns.csv", "--review"], typing: "all\nyes\n")
    expectDone(run)
    #expect(try names() == ["m-ash,Ash Town", "m-birch,Birch Town"], "\(run)")
  }

  @Test func `A row is edited before it is taken`() throws {
    bench.environment["EDITOR"] = "sed -i s/Town/on.the.Hill/"
    let run = try bench.atTerminal(["apply", "towns.csv", "--review"], typing: "edit\ntake\nkeep\nyes\n")
    expectDone(run)
    #expect(try bench.orgreg("show", "101").stdout.contains("Ash on.the.Hill"), "\(run)")
  }

  @Test func `Rows of an import are shown with their lines, and where they differ`() throws {
    bench.environment["ORGREG_REGISTRY"] = "england.sqlite"
    expectDone(try bench.orgreg("init"))
    func row(_ code: String, _ name: String, _ opened: String) -> String {
      var row = [code, name] + Array(repeating: "", count: 25)
      (row[10], row[13]) = (opened, "RO218")
      return row.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
    }
    try bench.write(
      row("X1A", "A NEW HUB", "20200401") + row("X1B", "ANOTHER HUB", "20200401")
        + row("13R", "LONDON, DIFFERENTLY", "20130401"), to: "hubs.csv")
    let words = ["import", "ods-csv", "hubs.csv", "--issued", "2022-01-01", "--review"]
    let run = try bench.atTerminal(words, typing: "keep\ntake\ntake\nyes\n")
    #expect(run.status == 0, "\(run)")
    let text = run.words
    #expect(text.contains("> \"X1A\",\"A NEW HUB\"") && text.contains("3 of 3"), "\(run)")
    #expect(text.contains("! name differs: the register says"), "\(run)")
    #expect(try bench.orgreg("find", "ANOTHER HUB").status == 0)
    #expect(try bench.orgreg("find", "A NEW HUB").status == 1)
    #expect(try bench.orgreg("show", "13R").stdout.contains("LONDON, DIFFERENTLY"), "\(run)")
    // What was kept is asked about again.
    let again = try bench.atTerminal(words, typing: "quit\n")
    // A script cannot review, and --yes does not stand for the answers.
    let state = try bench.orgreg("log", "--format", "csv").lines.count
    let script = try bench.orgreg(words + ["--yes"])
    #expect(script.status == 2 && script.stderr.contains("--review asks at a terminal"), "\(script)")
    #expect(try bench.orgreg("log", "--format", "csv").lines.count == state)
    #expect(again.stdout.contains("1 of 1") && again.stdout.contains("left-of-hubs.csv"), "\(again)")
  }

  @Test func `A difference is printed as a change file that is applied elsewhere`() throws {
    let run = try bench.orgreg(
      "rename", "101", "--name", "Ashes", "--on", "2020-01-01", "--source", "SI 2020/7 The Order", "--dry-run",
      "--format", "changes")
    expectDone(run)
    try bench.write(run.stdout, to: "rename.csv")
    expectDone(try bench.orgreg("apply", "rename.csv", "--yes"))
    #expect(try bench.orgreg("show", "101", "--on", "2021-01-01").stdout.contains("Ashes"))
  }
}
