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
    #expect(run.stdout.contains("ends  101  Ash"), "the difference that it would make\(run)")
    #expect(try municipalities("2021-01-01") == 3)
    #expect(
      try planned() == """
        proposal,planned_for,title,note,remark
        merger-104,2020-01-01,"101, 102 merge into Dale",,its day has passed

        """)
    expectDone(try bench.orgreg("enact", "merger-104", "--yes"))
    #expect(try municipalities("2021-01-01") == 2)
    #expect(try planned() == "proposal,planned_for,title,note,remark\n")
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
    #expect(try planned() == "proposal,planned_for,title,note,remark\n")
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

  @Test func `Words with blanks and quotes are kept as they are`() throws {
    let note = "said \"so\", and 'more' \\ é"
    expectDone(
      try bench.orgreg(
        "rename", "101", "--name", "Ash \"upon\" Sea", "--on", "2020-01-01", "--source", "gazette", "--note", note,
        "--planned", "--yes"))
    expectDone(try bench.orgreg("enact", "rename-101", "--yes"))
    let run = try bench.orgreg("list", "municipality", "--on", "2020-01-01", "--format", "csv")
    #expect(run.stdout.contains("101,\"Ash \"\"upon\"\" Sea\","), "\(run)")
    let kept = try bench.orgreg(
      "sql", "SELECT note FROM event_detail WHERE key = 'rename-101/rename-101/detail'", "--format", "json")
    #expect(kept.stdout.contains(#"said \"so\", and 'more' \\ é"#), "\(kept)")
  }

  // MARK: Many events of one order

  private let later = [
    "merge", "101", "102", "--into", "104", "--name", "Dale", "--on", "2090-01-01", "--source", "gazette", "--planned",
    "--key", "order", "--yes",
  ]

  @Test func `Events are added to a proposal, and enacted in one revision`() throws {
    expectDone(try bench.orgreg(later))
    let rename = try bench.orgreg(
      "rename", "104", "--name", "Vale", "--on", "2090-06-01", "--proposal", "order", "--yes")
    expectDone(rename)
    #expect(rename.stdout.contains("104  Vale"), "it is seen as if the merger had happened\(rename)")
    expectDone(try bench.orgreg("close", "103", "--proposal", "order", "--yes"))
    #expect(try bench.orgreg("list", "municipality", "--on", "2090-06-01", "--format", "csv").lines.count == 4)
    let enacted = try bench.orgreg("enact", "order", "--on", "2090-03-01", "--by", "another", "--yes")
    expectDone(enacted)
    #expect(enacted.stderr.contains("stays on 2090-06-01"), "\(enacted)")
    let events = try bench.orgreg(
      "changes", "--from", "2090-01-01", "--to", "2091-01-01", "--format", "csv"
    ).lines.dropFirst().map { $0.prefix(20) }
    #expect(
      events == ["2090-03-01,closure,o", "2090-03-01,merger,or", "2090-06-01,rename,or"], "\(enacted)")
    // The source and the day were those of the proposal.
    #expect(
      try bench.orgreg("changes", "--from", "2090-03-01", "--to", "2090-03-01", "--format", "csv").lines[1]
        .contains("The Gazette"))
    expectDone(try bench.orgreg("undo", "last", "--yes"))
    #expect(try planned().contains("order,2090-01-01"))
  }

  @Test func `The same event twice in a proposal is numbered, and days and sources are its own by default`() throws {
    expectDone(try bench.orgreg(later))
    for name in ["Vale", "Glen"] {
      let day = name == "Vale" ? "2090-02-01" : "2090-03-01"
      expectDone(try bench.orgreg("rename", "104", "--name", name, "--on", day, "--proposal", "order", "--yes"))
    }
    expectDone(try bench.orgreg("enact", "order", "--yes"))
    #expect(
      try bench.orgreg("changes", "--from", "2090-03-01", "--to", "2090-03-01", "--format", "csv").lines[1]
        .hasPrefix("2090-03-01,rename,order/rename-104-2,"))
    expectUsage(
      try bench.orgreg("close", "103", "--proposal", "order", "--planned", "--on", "2090-01-01"), "one of them")
    expectUsage(try bench.orgreg("close", "103", "--yes"), "--on YYYY-MM-DD")
    expectUsage(try bench.orgreg("close", "103", "--on", "2090-01-01", "--after", "order"), "--after needs --planned")
    expectRefused(try bench.orgreg("close", "103", "--proposal", "order", "--yes"), "'order' is enacted")
    expectRefused(try bench.orgreg("close", "103", "--proposal", "nothing", "--yes"), "'nothing'")
  }

  @Test func `A proposal builds on another`() throws {
    expectDone(try bench.orgreg(later))
    let rename = [
      "rename", "104", "--name", "Vale", "--on", "2091-01-01", "--source", "gazette", "--planned", "--yes", "--after",
    ]
    expectRefused(try bench.orgreg(rename + ["nothing"]), "'nothing'")
    expectDone(try bench.orgreg(rename + ["order"]))
    #expect(try planned().hasSuffix("rename-104,2091-01-01,Dale becomes Vale,,\n"))
    expectRefused(try bench.orgreg("enact", "rename-104", "--yes"), "builds on 'order': enact that one first")
    expectDone(try bench.orgreg("enact", "order", "--yes"))
    expectDone(try bench.orgreg("enact", "rename-104", "--yes"))
    #expect(try bench.orgreg("show", "104", "--on", "2091-01-01").stdout.contains("Vale"))
  }

  @Test func `Everything can be asked as if what is planned had happened`() throws {
    expectDone(try bench.orgreg(later))
    expectDone(try bench.orgreg("close", "101", "--on", "2089-01-01", "--source", "gazette", "--planned", "--yes"))
    #expect(try planned().contains("contradicts closure-101: 'm-ash' ended already"))
    let contradicted = try bench.orgreg("show", "104", "--with-proposals")
    #expect(contradicted.stderr.contains("warning: left out order: 'm-ash' ended already"), "\(contradicted)")
    expectDone(try bench.orgreg("withdraw", "closure-101", "--yes"))

    let before = try bench.dump("registry.sqlite")
    let list = try bench.orgreg("list", "municipality", "--on", "2090-01-01", "--with-proposals", "--format", "csv")
    expectDone(list)
    #expect(list.stdout.contains("104,Dale") && !list.stdout.contains("101,Ash"), "\(list)")
    #expect(list.stderr.contains("as if what is planned had happened: order"), "\(list)")
    let crosswalk = try bench.orgreg(
      "crosswalk", "--from", "2020-01-01", "--to", "2090-01-01", "--with-proposals", "--format", "csv")
    #expect(crosswalk.stdout.contains("101,Ash,104,Dale,1,"), "\(crosswalk)")
    let report = try bench.orgreg("report", "counts", "--with-proposals")
    #expect(
      report.stdout.contains("From revision 4 of the register") && report.stdout.contains("as if what is planned"),
      "\(report)")
    try bench.write("code,n\n101,4\n102,3\n", to: "in.csv")
    let restated = try bench.orgreg(
      "restate", "in.csv", "--code", "code", "--as-at", "2020-01-01", "--to", "2090-01-01", "--sum", "n",
      "--with-proposals", "--proof", "proof.txt")
    #expect(restated.stdout == "code,n\n104,7\n", "\(restated)")
    #expect(try bench.text("proof.txt").contains("revision 4"))
    expectUsage(
      try bench.orgreg("show", "104", "--with-proposals", "--known-on", "1"), "exclude each other")
    #expect(try bench.dump("registry.sqlite") == before)
    expectDone(try bench.orgreg("withdraw", "order", "--yes"))
    let nothing = try bench.orgreg("show", "103", "--with-proposals")
    #expect(nothing.stderr.contains("nothing is planned"), "\(nothing)")
  }

  @Test func `A proposal is postponed, and gets another title and source`() throws {
    expectDone(try bench.orgreg(later))
    let run = try bench.orgreg(
      "amend", "order", "--on", "2090-04-01", "--value", "The order", "--source", "SI 2089/7", "--yes")
    expectDone(run)
    #expect(try planned().hasSuffix("order,2090-04-01,The order,,\n"), "\(run)")
    expectDone(try bench.orgreg("enact", "order", "--yes"))
    #expect(try bench.orgreg("list", "municipality", "--on", "2090-03-31", "--format", "csv").lines.count == 4)
    expectRefused(try bench.orgreg("amend", "order", "--on", "2090-05-01", "--yes"), "the proposal 'order' is enacted")
  }

  @Test func `What cannot be said of a proposal is refused, and what no longer fits is told`() throws {
    expectDone(try bench.orgreg(later))
    expectDone(
      try bench.orgreg("rename", "104", "--name", "Vale", "--on", "2090-02-01", "--proposal", "order", "--yes"))
    expectRefused(try bench.orgreg("amend", "order", "--amount", "4", "--yes"), "no use for --amount")
    let late = try bench.orgreg("amend", "order", "--on", "2090-04-01", "--dry-run")
    #expect(late.stderr.contains("as things stand it could not be enacted"), "\(late)")
  }

  @Test func `The statements of a proposal are edited as a change file`() throws {
    expectDone(try bench.orgreg(later))
    expectDone(try bench.orgreg("close", "103", "--proposal", "order", "--yes"))
    bench.environment["EDITOR"] = "sed -i -e s/Dale/Vale/ -e /closure-103/d"
    let run = try bench.atTerminal(["amend", "order", "--edit"], typing: "y\n")
    #expect(run.status == 0, "\(run)")
    expectDone(try bench.orgreg("enact", "order", "--yes"))
    let list = try bench.orgreg("list", "municipality", "--on", "2090-01-01", "--format", "csv")
    #expect(list.stdout.contains("104,Vale") && list.stdout.contains("103,Cedar"), "\(run)\(list)")
  }
}
