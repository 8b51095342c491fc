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
        proposal,planned_for,title,note
        merger-104,2020-01-01,"101, 102 merge into Dale",

        """)
    expectDone(try bench.orgreg("enact", "merger-104", "--yes"))
    #expect(try municipalities("2021-01-01") == 2)
    #expect(try planned() == "proposal,planned_for,title,note\n")
    expectDone(try bench.orgreg("check"))
    #expect(try bench.orgreg("list", "planned", "--known-on", "2", "--format", "csv").stdout.contains("merger-104"))
  }

  @Test func `A plan is enacted on another day`() throws {
    expectDone(try bench.orgreg(merger + ["--planned", "--yes"]))
    expectDone(try bench.orgreg("enact", "merger-104", "--on", "2020-07-01", "--yes"))
    #expect(try municipalities("2020-06-30") == 3)
    #expect(try municipalities("2020-07-01") == 2)
    #expect(try bench.orgreg("successions", "--format", "csv").stdout.contains("merger-104/merger-104"))
  }

  @Test func `A plan is withdrawn, and stays in the past`() throws {
    expectDone(try bench.orgreg(merger + ["--planned", "--yes"]))
    expectDone(try bench.orgreg("withdraw", "merger-104", "--yes"))
    #expect(try planned() == "proposal,planned_for,title,note\n")
    expectRefused(
      try bench.orgreg("enact", "merger-104", "--yes"), "the proposal 'merger-104' is withdrawn", "nothing was changed")
    expectRefused(try bench.orgreg("withdraw", "nothing", "--yes"), "no event 'nothing' is planned")
  }

  @Test func `Undoing an enactment opens the plan again`() throws {
    expectDone(try bench.orgreg(merger + ["--planned", "--yes"]))
    let before = try planned()
    expectDone(try bench.orgreg("enact", "merger-104", "--yes"))
    expectRefused(try bench.orgreg("enact", "merger-104", "--yes"), "the proposal 'merger-104' is enacted")
    expectDone(try bench.orgreg("undo", "3", "--yes"))
    #expect(try planned() == before)
    #expect(try municipalities("2021-01-01") == 3)
    expectDone(try bench.orgreg("enact", "merger-104", "--yes"))
    #expect(try municipalities("2021-01-01") == 2)
  }

  @Test func `Nothing is enacted where nothing is stated`() throws {
    try bench.write("record,key,from,value\nproposal,later,2020-01-01,Something\n", to: "later.csv")
    expectDone(try bench.orgreg("apply", "later.csv", "--yes"))
    expectRefused(
      try bench.orgreg("enact", "later", "--yes"), "the proposal 'later' has no statements", "nothing was changed")
  }

  @Test func `Two plans do not give one key to two bodies`() throws {
    expectDone(try bench.orgreg(merger + ["--planned", "--yes"]))
    let other = [
      "merge", "101", "103", "--into", "104", "--name", "Elm", "--on", "2021-01-01", "--source", "gazette", "--planned",
    ]
    expectDone(try bench.orgreg(other + ["--yes"]))
    let bodies = try bench.orgreg(
      "sql", "SELECT fields ->> '$.key' AS key FROM proposal_statement WHERE record = 'organisation' ORDER BY id",
      "--format", "csv")
    #expect(bodies.stdout == "key\nmunicipality-104\nmunicipality-104-2\n", "\(bodies)")
    #expect(try planned().contains("merger-104-2"))
  }

  @Test func `Enacting checks again`() throws {
    expectDone(try bench.orgreg(merger + ["--planned", "--yes"]))
    expectDone(try bench.orgreg("close", "101", "--on", "2019-01-01", "--source", "gazette", "--yes"))
    expectRefused(
      try bench.orgreg("enact", "merger-104", "--yes"),
      "'m-ash' ended already, on 2019-01-01 by the event 2019-01-01-closure-101", "nothing was changed", lines: 2)
    #expect(try planned().contains("merger-104"))
  }

  @Test func `A plan does not need the file of units any more`() throws {
    try bench.write("unit\nT2\n", to: "units.csv")
    expectDone(
      try bench.orgreg(
        "transfer", "101", "--to", "103", "--on", "2020-01-01", "--units", "units.csv", "--source", "gazette",
        "--planned", "--yes"))
    try bench.write("", to: "units.csv")
    expectDone(try bench.orgreg("enact", "transfer-101-103", "--yes"))
    let crosswalk = try bench.orgreg("crosswalk", "--from", "2019-12-31", "--to", "2020-01-01", "--format", "csv")
    #expect(crosswalk.stdout.contains("101,Ash,103,Cedar,0.5,"), "\(crosswalk)")
  }

  @Test func `Words with blanks, quotes and line ends are kept as they are`() throws {
    let note = "said \"so\",\nand 'more' \\ é\u{1}\r"
    expectDone(
      try bench.orgreg(
        "rename", "101", "--name", "Ash \"upon\" Sea", "--on", "2020-01-01", "--source", "gazette", "--note", note,
        "--planned", "--yes"))
    expectDone(try bench.orgreg("enact", "rename-101", "--yes"))
    let run = try bench.orgreg("list", "municipality", "--on", "2020-01-01", "--format", "csv")
    #expect(run.stdout.contains("101,\"Ash \"\"upon\"\" Sea\","), "\(run)")
    let kept = try bench.orgreg(
      "sql", "SELECT note FROM event_detail WHERE key = 'rename-101/rename-101/detail'", "--format", "json")
    #expect(kept.stdout.contains(#"said \"so\",\nand 'more' \\ é\u0001\r"#), "\(kept)")
  }
}
