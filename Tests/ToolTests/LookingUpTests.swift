import Testing

/// Finding what a command needs: sources, keys, revisions, and words that were misspelt.
@Suite struct LookingUpTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
  }

  private func rename(_ name: String, _ day: String, source: String, by: String = "jane") throws -> Run {
    try bench.orgreg("rename", "101", "--name", name, "--on", day, "--source", source, "--by", by, "--yes")
  }

  // MARK: Sources

  @Test(arguments: [
    "uksi 2019/77 The Dale Order", "SI 2019/77", "S.I. 2019 No. 77", "s.i. 2019 no 77 The Dale Order", "uksi-2019-77",
    "SI 2019/77 The Dale (Amended Title) Order", "The Dale Order",
  ]) func `An order is one source, however people write it`(citation: String) throws {
    expectDone(try rename("Ashe", "2015-01-01", source: "uksi 2019/77 The Dale Order"))
    expectDone(try rename("Asche", "2016-01-01", source: citation))
    let sources = try bench.orgreg("list", "sources", "--format", "csv")
    #expect(
      sources.lines.filter { $0.contains("2019") } == ["uksi-2019-77,SI 2019/77 The Dale Order,,,2,"], "\(sources)")
  }

  @Test func `A citation that is nearly known is doubted`() throws {
    expectDone(try rename("Ashe", "2015-01-01", source: "Minutes of the county council"))
    let run = try rename("Asche", "2016-01-01", source: "Minutes of the County Coucil")
    #expect(
      run.stderr.contains("'minutes-of-the-county-council' is cited nearly so: Minutes of the county council"), "\(run)"
    )
    let other = try rename("Aske", "2017-01-01", source: "Minutes of May")
    #expect(!other.stderr.contains("nearly"), "\(other)")
  }

  // MARK: Revisions

  @Test func `The log is cut to the newest, to a person and to a day`() throws {
    expectDone(try rename("Ashe", "2015-01-01", source: "gazette"))
    expectDone(try rename("Asche", "2016-01-01", source: "gazette", by: "joan"))
    expectDone(try rename("Aske", "2017-01-01", source: "gazette"))
    func numbers(_ words: String...) throws -> [String] {
      try bench.orgreg(["log", "--format", "csv"] + words).lines.dropFirst().map { String($0.prefix { $0 != "," }) }
    }
    #expect(try numbers("--last", "2") == ["4", "3"])
    #expect(try numbers("--by", "jane") == ["4", "2"])
    #expect(try numbers("--by", "jane", "--last", "1") == ["4"])
    #expect(try numbers("--since", "2026-01-01").first == "4")
    #expect(try numbers("--since", "2999-01-01").isEmpty)
    expectUsage(try bench.orgreg("log", "--last", "0"), "1 or more")
    let nobody = try bench.orgreg("log", "--by", "jnae")
    #expect(nobody.status == 1 && nobody.stderr.contains("did you mean jane?"), "\(nobody)")
  }

  @Test func `The newest revision is undone by its name`() throws {
    expectDone(try rename("Ashe", "2015-01-01", source: "gazette"))
    expectDone(try bench.orgreg("undo", "last", "--yes"))
    #expect(try bench.orgreg("log", "--last", "1", "--format", "csv").stdout.contains(",undo 2,"))
    expectUsage(try bench.orgreg("undo", "first"), "first")
  }

  // MARK: Keys

  @Test func `Keys are listed on request, and where a body has no code`() throws {
    let csv = try bench.orgreg("list", "municipality", "--keys", "--on", "2015-01-01", "--format", "csv")
    #expect(csv.lines.first == "no_code,name,kind,from,to,key" && csv.lines[1].hasSuffix(",m-ash"), "\(csv)")
    #expect(try bench.orgreg("find", "Ash", "--keys").stdout.contains("m-ash"))
    #expect(try !bench.orgreg("find", "Ash").stdout.contains("m-ash"))
    try bench.write(
      "record,key,event,kind,organisation,scheme,value\norganisation,nameless,,,,,\n"
        + "open,,founding,municipality,nameless,,\nname,,founding,,nameless,no,Ashes\n", to: "nameless.csv")
    expectDone(try bench.orgreg("apply", "nameless.csv", "--yes"))
    #expect(try bench.orgreg("find", "Ash").stdout.contains("nameless"))
    #expect(try bench.orgreg("find", "Ash", "--format", "csv").lines.first == "no_code,name,kind,from,to")
  }

  @Test func `The keys of facts are shown on request`() throws {
    let text = try bench.orgreg("show", "101", "--format", "text", "--keys")
    #expect(text.stdout.contains("m-ash/name/no@founding"), "\(text)")
    #expect(try !bench.orgreg("show", "101", "--format", "text").stdout.contains("m-ash/name/no@founding"))
  }

  // MARK: Slips

  @Test(arguments: [
    ("mrege 101 102", 64, "there is no command 'mrege' ('orgreg help' lists them); did you mean merge?"),
    ("list municipalty", 2, "did you mean municipality?"),
    ("show 1001", 2, "unknown code '1001'; did you mean 101 Ash?"),
    ("rename 1001 --name X --on 2015-01-01 --yes", 2, "did you mean 101 Ash?"),
    ("reclassify 101 --kind cuonty --on 2015-01-01 --yes", 2, "did you mean county?"),
    ("recode 101 --to 9 --scheme n --on 2015-01-01 --yes", 2, "unknown scheme 'n'"),
  ]) func `A slip is understood`(words: String, status: Int32, sentence: String) throws {
    let run = try bench.orgreg(words.split(separator: " ").map(String.init))
    #expect(run.status == status && run.stderr.contains(sentence), "\(run)")
  }

  @Test func `A slip in a change file is understood too`() throws {
    try bench.write(
      "record,key,event,kind,organisation\norganisation,new,,,\nopen,,founding,municpality,new\n", to: "slip.csv")
    let run = try bench.orgreg("apply", "slip.csv", "--yes")
    #expect(run.status == 2 && run.stderr.contains("did you mean municipality?"), "\(run)")
  }
}
