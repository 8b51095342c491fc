import Testing

/// The commands that record one event each, in a country that does not exist.
@Suite struct EntryCommandTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
  }

  private func enter(_ words: String...) throws -> Run { try bench.orgreg(words + ["--source", "gazette", "--yes"]) }

  private func list(_ kind: String, _ day: String) throws -> [String] {
    try bench.orgreg("list", kind, "--on", day, "--format", "csv").stdout.split(separator: "\n").dropFirst().map(
      String.init)
  }

  private func checked() throws { expectDone(try bench.orgreg("check")) }

  // MARK: Bodies

  @Test func `A merger closes, opens, succeeds and carries over`() throws {
    expectDone(try bench.orgreg("apply", "county.csv", "--yes"))
    expectDone(try enter("establish", "C1", "--name", "Shire", "--kind", "county", "--on", "2010-01-01"))
    for code in ["101", "102"] { expectDone(try enter("attach", code, "--to", "C1", "--on", "2010-01-01")) }
    let run = try enter("merge", "101", "102", "--into", "104", "--name", "Dale", "--on", "2020-01-01")
    expectDone(run)
    #expect(try list("municipality", "2019-12-31").count == 3)
    #expect(
      try list("municipality", "2020-01-01") == [
        "103,Cedar,municipality,2000-01-01,", "104,Dale,municipality,2020-01-01,",
      ])
    let crosswalk = try bench.orgreg("crosswalk", "--from", "2019-12-31", "--to", "2020-01-01", "--format", "csv")
    #expect(crosswalk.stdout.contains("101,Ash,104,Dale,1,2,tracts,whole,2020-01-01-merger-104"), "\(crosswalk)")
    let parent = try bench.orgreg(
      "sql", "SELECT superior FROM current_relationship WHERE organisation = 'municipality-104'", "--format", "csv")
    #expect(parent.stdout == "superior\ncounty-C1\n", "\(parent)")
    try checked()
  }

  @Test func `A parent that only some predecessors have is named, not guessed`() throws {
    expectDone(try enter("establish", "C1", "--name", "Shire", "--kind", "county", "--on", "2010-01-01"))
    expectDone(try enter("attach", "101", "--to", "C1", "--on", "2010-01-01"))
    let run = try enter("merge", "101", "102", "--into", "104", "--name", "Dale", "--on", "2020-01-01")
    expectDone(run)
    #expect(run.stderr.contains("? whether 104 is part of C1 Shire, as only 101 is (say attach)\n"))
  }

  @Test func `A body absorbs another and keeps its code`() throws {
    expectDone(try enter("absorb", "102", "--into", "101", "--on", "2020-01-01"))
    #expect(try list("municipality", "2020-01-01").map { $0.prefix(3) } == ["101", "103"])
    let crosswalk = try bench.orgreg("crosswalk", "--from", "2020-01-01", "--to", "2019-12-31", "--format", "csv")
    #expect(crosswalk.stdout.contains("101,Ash,101,Ash,0.666666666666"), "\(crosswalk)")
    try checked()
  }

  @Test func `A split by units divides a parcel that had always moved together`() throws {
    try bench.write("unit,to\nT1,105\nT2,106\n", to: "units.csv")
    expectDone(
      try enter(
        "split", "101", "--into", "105=Ash East", "--into", "106=Ash West", "--on", "2020-01-01", "--units", "units.csv"
      ))
    let crosswalk = try bench.orgreg("crosswalk", "--from", "2019-12-31", "--to", "2020-01-01", "--format", "csv")
    #expect(crosswalk.stdout.contains("101,Ash,105,Ash East,0.5,1,tracts,exact"), "\(crosswalk)")
    #expect(crosswalk.stdout.contains("101,Ash,106,Ash West,0.5,1,tracts,exact"), "\(crosswalk)")
    try checked()
  }

  @Test func `New bodies have all their codes and names at once`() throws {
    let bench = try Workbench()
    try bench.copyEngland()
    let split =
      ["split", "72Q", "--into", "36L", "--into", "A1A=East", "--into", "A1B=West", "--on", "2027-04-01"]
      + ["--amounts-unknown", "--source", "a list", "--dry-run"]
    let run = try bench.orgreg(split + ["--code", "A1B:ons=E38999999"])
    expectDone(run)
    #expect(run.stdout.contains("into 36L, A1A, A1B") && !run.stdout.contains("new   36L"), "\(run)")
    let west = run.stdout[try #require(run.stdout.firstRange(of: "new   A1B")?.lowerBound)...]
    #expect(west.contains("ods A1B, ons E38999999"), "\(run)")
    expectUsage(try bench.orgreg(split + ["--code", "ons=E38999999"]), "NEW:SCHEME=CODE")
    expectUsage(try bench.orgreg(split + ["--code", "A1C:ons=E38999999"]), "NEW:SCHEME=CODE")
    expectUsage(try bench.orgreg(split + ["--into", "=North"]), "CODE=NAME")
    expectRefused(try bench.orgreg(split + ["--rest", "A1A"]), "--rest needs the units")

    let merge = ["merge", "QKK", "QWE", "--into", "Q9S", "--on", "2027-04-01", "--source", "a list", "--dry-run"]
    let both = try bench.orgreg(merge + ["--name", "South", "--name", "ons=The South", "--code", "ons=E54999999"])
    expectDone(both)
    #expect(both.stdout.contains("The South") && both.stdout.contains("ons E54999999"), "\(both)")
    expectUsage(try bench.orgreg(merge + ["--name", "ons=The South"]), "without a scheme")
    expectUsage(try bench.orgreg(merge + ["--name", "South", "--code", "E54999999"]), "SCHEME=CODE")
  }

  @Test func `A split without amounts is a gap that names its event`() throws {
    expectDone(
      try enter(
        "split", "101", "--into", "105=East", "--into", "106=West", "--on", "2020-01-01", "--amounts-unknown"))
    let crosswalk = try bench.orgreg("crosswalk", "--from", "2019-12-31", "--to", "2020-01-01", "--format", "csv")
    #expect(crosswalk.status == 1)
    #expect(crosswalk.stderr.contains("101: all of it is a gap: the event 2020-01-01-split-101"), "\(crosswalk)")
    try checked()
  }

  @Test func `A transfer moves units and nothing else`() throws {
    try bench.write("unit\nT2\n", to: "units.csv")
    expectDone(try enter("transfer", "101", "--to", "103", "--on", "2020-01-01", "--units", "units.csv"))
    let crosswalk = try bench.orgreg("crosswalk", "--from", "2019-12-31", "--to", "2020-01-01", "--format", "csv")
    #expect(crosswalk.stdout.contains("101,Ash,101,Ash,0.5,"), "\(crosswalk)")
    #expect(crosswalk.stdout.contains("101,Ash,103,Cedar,0.5,"), "\(crosswalk)")
    // The same units move again on the day after.
    expectDone(try enter("transfer", "103", "--to", "101", "--on", "2020-01-02", "--units", "units.csv"))
    let back = try bench.orgreg("crosswalk", "--from", "2019-12-31", "--to", "2020-01-02", "--format", "csv")
    #expect(back.stdout.contains("101,Ash,101,Ash,1,2,"), "\(back)")
    try checked()
  }

  @Test func `A closure without a successor is a gap that names the body`() throws {
    expectDone(try enter("close", "101", "--on", "2020-01-01"))
    let crosswalk = try bench.orgreg("crosswalk", "--from", "2019-12-31", "--to", "2020-01-01", "--format", "csv")
    let gap = "101,Ash,,,1,2,tracts,,,gap,101 ended on 2019-12-31 and no source says who succeeded it"
    #expect(crosswalk.status == 1 && crosswalk.lines.contains(gap), "\(crosswalk)")
    try checked()
  }

  // MARK: Facts

  @Test func `Names, codes and kinds change on a day`() throws {
    expectDone(try enter("rename", "101", "--name", "Ashe", "--on", "2015-01-01"))
    expectDone(try enter("recode", "101", "--to", "111", "--on", "2016-01-01"))
    #expect(try list("municipality", "2014-12-31")[0] == "101,Ash,municipality,2000-01-01,")
    #expect(try list("municipality", "2015-01-01")[0] == "101,Ashe,municipality,2000-01-01,")
    #expect(try list("municipality", "2016-01-01").contains("111,Ashe,municipality,2000-01-01,"))
    expectDone(try enter("reclassify", "103", "--kind", "county", "--on", "2017-01-01"))
    #expect(try list("county", "2017-01-01") == ["103,Cedar,municipality|county,2000-01-01,"])
    try checked()
  }

  @Test func `Attaching ends what was there, and detaching ends that`() throws {
    for code in ["C1", "C2"] {
      expectDone(try enter("establish", code, "--name", code, "--kind", "county", "--on", "2010-01-01"))
    }
    expectDone(try enter("attach", "101", "--to", "C1", "--on", "2011-01-01"))
    expectDone(try enter("attach", "101", "--to", "C2", "--on", "2012-01-01"))
    expectDone(try enter("detach", "101", "--from", "C2", "--on", "2013-01-01"))
    let rows = try bench.orgreg(
      "sql", "SELECT superior, valid_from, last_day FROM current_relationship ORDER BY valid_from", "--format", "csv")
    #expect(
      rows.stdout == """
        superior,valid_from,last_day
        county-C1,2011-01-01,2011-12-31
        county-C2,2012-01-01,2012-12-31

        """, "\(rows)")
    // The end of a fact moves with the event that ended it.
    expectDone(try bench.orgreg("amend", "2013-01-01-reparenting-101", "--on", "2014-01-01", "--yes"))
    #expect(try bench.orgreg("show", "101", "--format", "json").stdout.contains("2013-12-31"))
    try checked()
  }

  @Test func `What begins on the day does not end on it`() throws {
    for code in ["C1", "C2"] {
      expectDone(try enter("establish", code, "--name", code, "--kind", "county", "--on", "2010-01-01"))
    }
    expectDone(try enter("attach", "101", "--to", "C1", "--on", "2011-01-01"))
    expectRefused(
      try enter("attach", "101", "--to", "C2", "--on", "2011-01-01"),
      "'m-ash/part-of/county-C1@2011-01-01-reparenting-101' begins on 2011-01-01 itself: retract that fact")
  }

  @Test func `A fact is amended and taken back by its key`() throws {
    expectDone(try bench.orgreg("amend", "m-ash/name/no@founding", "--value", "Aesc", "--yes"))
    #expect(try list("municipality", "2015-01-01")[0] == "101,Aesc,municipality,2000-01-01,")
    expectDone(try bench.orgreg("retract", "m-ash/name/no@founding", "--yes"))
    #expect(try list("municipality", "2015-01-01")[0] == "101,,municipality,2000-01-01,")
    let known = try bench.orgreg("list", "municipality", "--known-on", "1", "--on", "2015-01-01", "--format", "csv")
    #expect(known.stdout.contains("101,Ash,"), "\(known)")
    try checked()
  }

  @Test func `An event's day is amended, with all that it dates`() throws {
    expectDone(try enter("merge", "101", "102", "--into", "104", "--name", "Dale", "--on", "2020-01-01"))
    expectDone(try bench.orgreg("amend", "2020-01-01-merger-104", "--on", "2021-01-01", "--yes"))
    #expect(try list("municipality", "2020-12-31").count == 3)
    #expect(try list("municipality", "2021-01-01").count == 2)
    try checked()
  }

  // MARK: What is refused

  @Test(arguments: [
    ("merge 101 101 --into 104 --name X --on 2020-01-01", "101 is named twice"),
    ("merge 101 --into 104 --name X --on 2020-01-01", "a merger needs two bodies or more"),
    ("merge 101 999 --into 104 --name X --on 2020-01-01", "no body has the key or code '999'"),
    ("merge 101 102 --into 103 --name X --on 2020-01-01", "the code 103 is in use on 2020-01-01, by m-cedar (Cedar)"),
    ("merge 101 102 --into 101 --name X --on 2020-01-01", "say absorb"),
    ("merge 101 102 --into 104 --name X --on 2000-01-01", "101 (m-ash) opens on 2000-01-01, after 1999-12-31"),
    ("merge 101 102 --into 104 --name X --kind duchy --on 2020-01-01", "unknown kind 'duchy'"),
    ("absorb 101 --into 101 --on 2020-01-01", "101 cannot absorb itself"),
    ("transfer 101 --to 101 --on 2020-01-01 --amounts-unknown", "101 cannot give anything to itself"),
    ("transfer 101 --to 103 --on 2020-01-01", "say what goes where, in one way"),
    ("transfer 101 --to 103 --on 2020-01-01 --amount acres:103=1", "unknown basis 'acres'"),
    ("transfer 101 --to 103 --on 2020-01-01 --amount tracts:104=1", "nothing can go to '104'"),
    ("split 101 --into 105=X --on 2020-01-01 --amounts-unknown", "a split needs two parts or more"),
    ("rename 101 --name Ash --on 2020-01-01", "101 has the name 'Ash' already"),
    ("recode 101 --to 102 --on 2020-01-01", "the code 102 is in use on 2020-01-01, by m-birch"),
    ("attach 101 --to 101 --on 2020-01-01", "101 cannot be under itself"),
    ("detach 101 --from 102 --on 2020-01-01", "101 is not part-of 102"),
    ("attach 101 --to 102 --relationship of --on 2020-01-01", "unknown relationship 'of'"),
    ("amend nothing --value X", "no event and no current fact has the key 'nothing'"),
    ("amend m-ash/nam/no@founding --value X", "did you mean m-ash/name/no@founding?"),
    ("amend fonding --value X", "did you mean founding?"),
    ("retract m-ash/mame/no", "did you mean m-ash/name/no@founding?"),
    ("amend m-ash/name/no@founding --on 2001-01-01", "begins with the event 'founding': amend that event"),
    ("amend founding --amount 3", "'founding' has no amount"),
    ("retract nothing", "no current fact has the key 'nothing'"),
  ]) func `What cannot be is refused with what to do instead`(words: String, reason: String) throws {
    let before = try bench.orgreg("status").stdout
    let run = try bench.orgreg(words.split(separator: " ").map(String.init) + ["--yes"])
    #expect(run.status == 2, "\(run)")
    #expect(run.stdout.isEmpty, "\(run)")
    #expect(run.stderr.contains(reason), "\(run)")
    #expect(run.stderr.contains("nothing was changed"), "\(run)")
    #expect(try bench.orgreg("status").stdout == before)
  }

  @Test func `A body that closed is not merged again`() throws {
    expectDone(try enter("merge", "101", "102", "--into", "104", "--name", "Dale", "--on", "2020-01-01"))
    let run = try enter("merge", "101", "103", "--into", "105", "--name", "Vale", "--on", "2022-01-01")
    expectRefused(run, "101 (m-ash) closed on 2019-12-31, before 2021-12-31: name the body that succeeded it")
  }

  @Test(arguments: [
    ("T9", "the unit T9 does not lie in 101 on 2019-12-31"), ("T3", "the unit T3 does not lie in 101"),
    ("T1\nT1", "the unit T1 is listed twice"),
  ]) func `Units that cannot go are refused`(units: String, reason: String) throws {
    try bench.write("unit\n\(units)\n", to: "units.csv")
    expectRefused(
      try enter("transfer", "101", "--to", "103", "--on", "2020-01-01", "--units", "units.csv"), reason)
  }

  @Test(arguments: [
    ("", "units.csv: the file is empty"), ("code\nT1\n", "units.csv:1: there is no column 'unit'"),
    ("unit,to\nT1\n", "units.csv:2: 1 fields, the header names 2"),
  ]) func `A damaged list of units is refused with its line`(text: String, reason: String) throws {
    try bench.write(text, to: "units.csv")
    expectRefused(
      try enter("transfer", "101", "--to", "103", "--on", "2020-01-01", "--units", "units.csv"), reason)
  }

  // MARK: How it is recorded

  @Test func `A dry run shows the difference and writes nothing`() throws {
    let before = try bench.orgreg("status").stdout
    let run = try bench.orgreg(
      "merge", "101", "102", "--into", "104", "--name", "Dale", "--on", "2020-01-01", "--dry-run")
    expectDone(run)
    #expect(run.stdout.contains("ends  101  Ash"), "\(run)")
    #expect(run.stderr.contains("! the event has no source"), "\(run)")
    #expect(try bench.orgreg("status").stdout == before)
  }

  @Test func `Without a terminal it needs to be told to write`() throws {
    let run = try bench.orgreg("rename", "101", "--name", "Ashe", "--on", "2015-01-01", "--source", "gazette")
    #expect(run.status == 2)
    #expect(run.stderr.contains("say --yes"), "\(run)")
  }

  @Test func `A citation becomes a source, once`() throws {
    let citation = "uksi 2019/77 The Dale Order https://example.org/77"
    for (code, name) in [("101", "Ashe"), ("102", "Birke")] {
      expectDone(
        try bench.orgreg("rename", code, "--name", name, "--on", "2015-01-01", "--source", citation, "--yes"))
    }
    let rows = try bench.orgreg(
      "sql",
      "SELECT source.key, title, instrument, year, number, url FROM citation JOIN source ON source.id = source_id WHERE year = 2019",
      "--format", "csv")
    #expect(
      rows.stdout == """
        key,title,instrument,year,number,url
        uksi-2019-77,The Dale Order,uksi,2019,77,https://example.org/77

        """, "\(rows)")
  }
}
