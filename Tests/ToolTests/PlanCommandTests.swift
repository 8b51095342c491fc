import Testing

/// Events that are planned, enacted and withdrawn.
@Suite struct PlanCommandTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
  }

  private let merger = [
    "merge", "101", "102", "--into", "104", "--name", "Dale", "--on", "2020-01-01", "--source", "gazette",
  ]

  private func planned() throws -> String { try bench.orgreg("list", "planned", "--format", "csv").stdout }

  private func municipalities(_ day: String) throws -> Int {
    try bench.orgreg("list", "municipality", "--on", day, "--format", "csv").stdout.split(separator: "\n").count - 1
  }

  @Test func `A plan makes no facts until it is enacted`() throws {
    let run = try bench.orgreg(merger + ["--planned", "--yes", "--reason", "draft"])
    expectDone(run)
    #expect(run.stdout.contains("m-ash/life/legal"), "the difference that it would make\(run)")
    #expect(try municipalities("2021-01-01") == 3)
    #expect(
      try planned() == """
        event,planned_for,command,note
        2020-01-01-merger-104,2020-01-01,merge 101 102 --into 104 --name Dale --on 2020-01-01 --source gazette,

        """)
    expectDone(try bench.orgreg("enact", "2020-01-01-merger-104", "--yes"))
    #expect(try municipalities("2021-01-01") == 2)
    #expect(try planned() == "event,planned_for,command,note\n")
    expectDone(try bench.orgreg("check"))
    #expect(try bench.orgreg("list", "planned", "--known-on", "2", "--format", "csv").stdout.contains("merger-104"))
  }

  @Test func `A plan is enacted on another day`() throws {
    expectDone(try bench.orgreg(merger + ["--planned", "--yes"]))
    expectDone(try bench.orgreg("enact", "2020-01-01-merger-104", "--on", "2020-07-01", "--yes"))
    #expect(try municipalities("2020-06-30") == 3)
    #expect(try municipalities("2020-07-01") == 2)
    #expect(try bench.orgreg("successions", "--format", "csv").stdout.contains("2020-07-01-merger-104"))
  }

  @Test func `A plan is withdrawn, and stays in the past`() throws {
    expectDone(try bench.orgreg(merger + ["--planned", "--yes"]))
    expectDone(try bench.orgreg("withdraw", "2020-01-01-merger-104", "--yes"))
    #expect(try planned() == "event,planned_for,command,note\n")
    expectRefused(
      try bench.orgreg("enact", "2020-01-01-merger-104", "--yes"), "no event '2020-01-01-merger-104' is planned",
      "nothing was changed")
    expectRefused(try bench.orgreg("withdraw", "nothing", "--yes"), "no event 'nothing' is planned")
  }

  @Test func `Enacting checks again`() throws {
    expectDone(try bench.orgreg(merger + ["--planned", "--yes"]))
    expectDone(try bench.orgreg("close", "101", "--on", "2019-01-01", "--source", "gazette", "--yes"))
    expectRefused(
      try bench.orgreg("enact", "2020-01-01-merger-104", "--yes"), "101 (m-ash) closed on 2018-12-31",
      "nothing was changed")
    #expect(try planned().contains("merger-104"))
  }

  @Test func `A plan does not need the file of units any more`() throws {
    try bench.write("unit\nT2\n", to: "units.csv")
    expectDone(
      try bench.orgreg(
        "transfer", "101", "--to", "103", "--on", "2020-01-01", "--units", "units.csv", "--source", "gazette",
        "--planned", "--yes"))
    #expect(try planned().contains("--unit T2=103"))
    try bench.write("", to: "units.csv")
    expectDone(try bench.orgreg("enact", "2020-01-01-transfer-101-103", "--yes"))
    let crosswalk = try bench.orgreg("crosswalk", "--from", "2019-12-31", "--to", "2020-01-01", "--format", "csv")
    #expect(crosswalk.stdout.contains("101,Ash,103,Cedar,0.5,"), "\(crosswalk)")
  }

  @Test func `Words with blanks, quotes and line ends are kept as they are`() throws {
    let note = "said \"so\",\nand 'more' \\ é\u{1}\r"
    expectDone(
      try bench.orgreg(
        "rename", "101", "--name", "Ash \"upon\" Sea", "--on", "2020-01-01", "--source", "gazette", "--note", note,
        "--planned", "--yes"))
    expectDone(try bench.orgreg("enact", "2020-01-01-rename-101", "--yes"))
    let run = try bench.orgreg("list", "municipality", "--on", "2020-01-01", "--format", "csv")
    #expect(run.stdout.contains("101,\"Ash \"\"upon\"\" Sea\","), "\(run)")
    let kept = try bench.orgreg(
      "sql", "SELECT note FROM event_detail WHERE key = '2020-01-01-rename-101/detail'", "--format", "json")
    #expect(kept.stdout.contains(#"said \"so\",\nand 'more' \\ é\u0001\r"#), "\(kept)")
  }
}
