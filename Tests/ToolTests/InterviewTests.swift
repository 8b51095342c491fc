import Testing

/// Commands without arguments ask for what they need, at a terminal.
@Suite struct InterviewTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
  }

  private func lastCommand() throws -> String {
    try bench.orgreg("log", "--last", "1", "--format", "csv").lines.last ?? ""
  }

  @Test func `A merger is asked for field by field, with codes found by names`() throws {
    let typed = [
      "2020-01", "2020-01-01", "SI 2020/7 The Dale Order", "ash", "1", "1O2", "102", "", "104", "Dale", "", "yes",
    ]
    let run = try bench.atTerminal(["merge"], typing: typed.map { $0 + "\n" }.joined())
    expectDone(run)
    let said = "orgreg merge --on 2020-01-01 --source 'SI 2020/7 The Dale Order' 101 102 --into 104 --name Dale"
    #expect(run.words.contains(said), "\(run)")
    #expect(run.stdout.contains("this is a month"), "\(run)")
    #expect(run.stdout.contains("  1  101  Ash") && run.stdout.contains("No body has this code"), "\(run)")
    #expect(try lastCommand().contains("merge --on 2020-01-01"))
  }

  @Test func `The day and the source of the last event are offered`() throws {
    expectDone(
      try bench.orgreg("rename", "101", "--name", "Ashes", "--on", "2021-03-01", "--source", "gazette", "--yes"))
    let run = try bench.atTerminal(["rename"], typing: "\n\n102\nBirches\n\nyes\n")
    expectDone(run)
    #expect(run.stdout.contains("Day (YYYY-MM-DD) [2021-03-01]: "), "\(run)")
    #expect(try lastCommand().contains("rename --on 2021-03-01 --source gazette 102 --name Birches"))
  }

  @Test func `Somebody may go back, and is asked about the future`() throws {
    let typed = ["2020-01-01", "<", "2990-01-01", "plan", "<", "plan", "gazette", "101", "yes"]
    let run = try bench.atTerminal(["close"], typing: typed.map { $0 + "\n" }.joined())
    expectDone(run)
    #expect(try lastCommand().contains("close --on 2990-01-01 --planned --source gazette 101"))
    #expect(try bench.orgreg("list", "planned").stdout.contains("closure-101"))
  }

  @Test func `What no proposal can hold is not asked about as one`() throws {
    let run = try bench.atTerminal(["measure"], typing: "2990-01-01\ngazette\n101\n\u{4}")
    #expect(run.status == 3 && !run.stdout.contains("It lies in the future"), "\(run)")
    #expect(run.stdout.contains("Kind of measure"), "\(run)")
  }

  @Test func `What is divided is asked for in the way that is chosen`() throws {
    let typed = [
      "2020-01-01", "gazette", "101", "104=Dale", "105=Dell", "", "no", "what", "unknown", "rows", "no",
    ]
    let run = try bench.atTerminal(["split"], typing: typed.map { $0 + "\n" }.joined())
    #expect(run.status == 3, "\(run)")
    #expect(run.stdout.contains("no source says: crosswalks show a gap"), "\(run)")
    let said = "--into 104=Dale --into 105=Dell --amounts-unknown"
    #expect(run.words.contains(said), "\(run)")
  }

  @Test func `The end of input gives up, and elsewhere arguments are missing as ever`() throws {
    let run = try bench.atTerminal(["merge"], typing: "2020-01-01\n\u{4}")
    #expect(run.status == 3, "\(run)")
    #expect(try bench.orgreg("merge").status == 64)
    #expect(try bench.orgreg("log", "--format", "csv").lines.count == 2)
  }

  @Test func `Every command of an event asks`() throws {
    for word in [
      "establish", "absorb", "transfer", "recode", "reclassify", "attach", "detach", "measure", "appoint", "vacate",
    ] {
      let run = try bench.atTerminal([word], typing: "\u{4}")
      #expect(run.status == 3, "\(run)")
      #expect(run.stdout.contains("Day (YYYY-MM-DD)"), "\(run)")
    }
  }
}
