import RegistryTestSupport
import Testing

/// `orgreg crosswalk` as a user runs it: bodies without territory, and refusals.
@Suite struct CrosswalkCommandTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Two trusts merge in 2010, and the trust that they became is divided in 2020.
  private static let trusts = """
    record,key,event,organisation,other,scheme,kind,type,nature,value,from,source
    source,gazette,,,,,,,,The Gazette,,
    scheme,no,,,,,,,,Number,,
    kind,trust,,,,,,,,trust,,
    event,founding,,,,,,establishment,,Trusts are founded,2000-01-01,gazette
    event,union,,,,,,merger,,A and B become C,2010-01-01,gazette
    event,parting,,,,,,split,,C becomes D and E,2020-01-01,gazette
    organisation,t-a,,,,,,,,,,
    organisation,t-b,,,,,,,,,,
    organisation,t-c,,,,,,,,,,
    organisation,t-d,,,,,,,,,,
    organisation,t-e,,,,,,,,,,
    open,,founding,t-a,,,trust,,,,,
    open,,founding,t-b,,,trust,,,,,
    open,,union,t-c,,,trust,,,,,
    open,,parting,t-d,,,trust,,,,,
    open,,parting,t-e,,,trust,,,,,
    close,,union,t-a,,,,,,,,
    close,,union,t-b,,,,,,,,
    close,,parting,t-c,,,,,,,,
    succession,,union,t-a,t-c,,,,succession,,,gazette
    succession,,union,t-b,t-c,,,,succession,,,gazette
    succession,,parting,t-c,t-d,,,,succession,,,gazette
    succession,,parting,t-c,t-e,,,,succession,,,gazette
    """

  private func makeTrusts() throws {
    try bench.write(Self.trusts, to: "trusts.csv")
    expectDone(try bench.orgreg("init", "--empty"))
    expectDone(try bench.orgreg("apply", "trusts.csv", "--yes"))
  }

  @Test func `Bodies without a tier go on as wholes`() throws {
    try makeTrusts()
    let run = try bench.orgreg(
      "crosswalk", "--from", "2005-01-01", "--to", "2015-01-01", "--kind", "trust", "--format", "csv")
    expectDone(run)
    #expect(
      run.stdout == """
        from_code,from_name,to_code,to_name,share,amount,basis,method,events,status,reason
        t-a,,t-c,,1,,,whole,union,mapped,
        t-b,,t-c,,1,,,whole,union,mapped,

        """, "\(run)")
  }

  @Test func `A division of bodies without a tier is a gap that names the event`() throws {
    try makeTrusts()
    let run = try bench.orgreg(
      "crosswalk", "--from", "2015-01-01", "--to", "2025-01-01", "--kind", "trust", "--format", "csv")
    #expect(run.status == 1)
    #expect(run.stdout.contains("\nt-c,,,,1,,,,,gap,\"the event parting divides bodies"), "\(run)")
    #expect(run.stderr.contains("t-c: all of it is a gap: the event parting divides bodies"), "\(run)")
    #expect(run.complaints.last == "orgreg: 1 gap", "\(run)")
  }

  @Test func `Restate brings codes of bodies without a tier to another day`() throws {
    try makeTrusts()
    try bench.write("code,n\nt-a,1\nt-b,2\n", to: "in.csv")
    let run = try bench.orgreg(
      "restate", "in.csv", "--code", "code", "--as-at", "2005-01-01", "--to", "2015-01-01", "--sum", "n")
    expectDone(run)
    #expect(run.stdout == "code,n\nt-c,3\n", "\(run)")
  }

  @Test func `A care trust that is a primary care trust goes with its territory`() throws {
    let run = try bench.orgreg(
      "crosswalk", "--from", "2012-04-01", "--to", "2022-07-01", "--kind", "care-trust", "--to-kind", "icb",
      "--format", "csv")
    let lines = run.stdout.split(separator: "\n").dropFirst()
    #expect(Set(lines.map { $0.prefix { $0 != "," } }).count == 5, "\(run)")
    #expect(lines.allSatisfy { $0.contains(",patients-2013,") }, "\(run)")
  }

  @Test(arguments: ["--from 1066-10-14 --to 2021-04-01", "--from 2013-04-01 --to 1066-10-14"])
  func `A day before the register is refused`(days: String) throws {
    let run = try bench.orgreg(["crosswalk"] + days.split(separator: " ").map(String.init))
    expectRefused(run, "1066-10-14 is before the first day that the register knows, 2000-02-17")
  }

  // MARK: England

  private func england(_ words: String) throws -> Run {
    try bench.orgreg(["crosswalk"] + words.split(separator: " ").map(String.init) + ["--format", "csv"])
  }

  private func rows(of code: String, _ run: Run) -> [String] { run.lines.filter { $0.hasPrefix("\(code),") } }

  /// Case W1.
  @Test func `Parts in which nobody lives are counted, and listed on request`() throws {
    let words = "--from 2012-04-01 --to 2013-04-01 --kind pct --to-kind ccg"
    let run = try england(words)
    expectDone(run)
    let act = "2013-04-01-health-and-social-care-act"
    let name = "NHS South Gloucestershire"
    #expect(
      rows(of: "5A3", run) == ["5A3,South Gloucestershire,12A,\(name),1,259332,patients-2013,exact,\(act),mapped,"])
    #expect(run.stderr.contains(" parts that weigh nothing left out (--all-parts lists them)"), "\(run)")
    let all = try england(words + " --all-parts")
    expectDone(all)
    let weightless = rows(of: "5A3", all).filter { $0.contains(",0,0,patients-2013,") }
    #expect(!weightless.isEmpty && rows(of: "5A3", all).count == weightless.count + 1, "\(all)")
    #expect(!all.stderr.contains("weigh"), "\(all)")
  }

  /// Case W2.
  @Test func `A part in another kind is a part, and leaves the others alone`() throws {
    let words = "--from 2012-04-01 --to 2013-04-01 --kind pct --to-kind ccg"
    let run = try england(words)
    let parts = rows(of: "5QV", run).map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(parts.map { $0[2] } == ["06H", "06K", "06N", ""], "\(run)")
    #expect(parts.map { $0[5] } == ["24213", "574350", "610700", "204"], "\(run)")
    #expect(parts.last?[4].hasPrefix("0.0001686") == true, "\(run)")
    #expect(parts.last?.suffix(2) == ["none", "in 12W (commissioning-hub)"], "\(run)")
    let spread = try england(words + " --other-kinds spread")
    #expect(rows(of: "5QV", spread).count == 3, "\(spread)")
    let shares = rows(of: "5QV", spread).compactMap { Double($0.split(separator: ",")[4]) }
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12, "\(spread)")
  }

  /// Case W5.
  @Test func `Counties that went as one have their successor, and divided ones are gaps`() throws {
    let run = try england("--from 2019-03-31 --to 2023-04-01 --kind local-authority --scheme ons")
    #expect(run.status == 1, "\(run)")
    for (county, successor) in [("E10000002", "E06000060"), ("E10000027", "E06000066"), ("E08000016", "E08000016")] {
      #expect(rows(of: county, run).count == 1, "\(county)\(run)")
      #expect(rows(of: county, run).allSatisfy { $0.contains(",\(successor),") && $0.contains(",1,,,whole,") })
    }
    for county in ["E10000009", "E10000021", "E10000006"] {
      #expect(rows(of: county, run).count == 1, "\(county)\(run)")
      #expect(rows(of: county, run).allSatisfy { $0.contains(",,,1,,,,,gap,") }, "\(county)\(run)")
    }
  }

  /// Case W13.
  @Test func `A body that the law does not know yet is one by operational days`() throws {
    let words = "--from 2015-01-15 --to 2022-07-01 --kind ccg"
    #expect(rows(of: "13T", try england(words)).isEmpty)
    let operational = try england(words + " --dates operational")
    #expect(rows(of: "13T", operational).count == 1, "\(operational)")
    #expect(rows(of: "13T", operational).allSatisfy { $0.contains(",13T,") && $0.contains(",mapped,") })
    let why = try bench.orgreg("crosswalk", "--from", "2015-01-15", "--to", "2022-07-01", "--why", "13T")
    expectDone(why)
    #expect(why.stdout.contains("it did not exist on the day, only from 2015-04-01"), "\(why)")
  }

  // MARK: Why, and how much it matters

  @Test func `An explanation names events, units and bases, in 80 columns`() throws {
    let run = try bench.orgreg(
      "crosswalk", "--from", "2012-04-01", "--to", "2013-04-01", "--kind", "pct", "--to-kind", "ccg", "--why", "5QV")
    expectDone(run)
    for words in [
      "  50.5%     06N NHS Herts Valleys\n            610,700 of 1,209,467 by patients-2013, exact\n",
      "  2013-04-01  5QV was divided among ", "(2013-04-01-health-and-social-care-act)", "\n  practice: ",
      "  patients-2013: taken\n", "not asked, because another one answers: practices",
    ] {
      #expect(run.stdout.contains(words), "\(words)\(run)")
    }
    #expect(run.lines.allSatisfy { $0.count <= 80 }, "\(run)")
  }

  @Test func `Shares in every basis stand side by side`() throws {
    let run = try england("--from 2013-04-01 --to 2022-07-01 --sensitivity")
    expectDone(run)
    let bases = "areas,population-2019,patients-2013,practices,population-2020,areas-2021-derived"
    #expect(run.lines.first == "from_code,from_name,to_code,to_name,\(bases),difference,status,reason")
    let row = rows(of: "01H", run).first?.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let shares = (row ?? []).dropFirst(4).prefix(6).compactMap(Double.init)
    #expect(shares.count == 6, "\(run)")
    let difference = try #require(row.flatMap { Double($0[10]) })
    #expect(abs(difference - ((shares.max() ?? 0) - (shares.min() ?? 0))) < 1e-11, "\(run)")
    #expect(rows(of: "00L", run).allSatisfy { $0.contains(",1,1,1,1,1,1,0,mapped,") }, "\(run)")
    #expect(run.complaints.last?.hasPrefix("orgreg: the largest difference is ") == true, "\(run)")
  }

  // MARK: Refusals

  @Test(arguments: [
    ("--from 2013-04-01 --to 2022-07-01 --basis postcodes", "known only from 2013-03-31 to 2015-04-01"),
    ("--from 2015-04-01 --to 2013-03-31 --basis postcodes", "known only from 2013-03-31 to 2015-04-01"),
    ("--from 2019-01-01 --to 2021-10-01 --kind local-authority --basis patients-2013", "leave out --basis"),
    ("--from 2013-04-01 --to 2016-04-01 --to-kind icb", "no body has the kind 'icb' on 2016-04-01"),
    ("--from 2020-04-01 --to 2021-04-01 --kind pct", "no body has the kind pct on 2020-04-01"),
    ("--from 2014-04-01 --to 2014-04-01 --kind csu --to-kind region", "leave out --to-kind"),
  ]) func `A question without an answer is refused, with what to do`(words: String, reason: String) throws {
    let run = try england(words)
    #expect(run.status == 2 && run.stdout.isEmpty, "\(run)")
    #expect(run.stderr.contains(reason), "\(run)")
  }

  @Test func `Options that exclude each other are refused`() throws {
    let days = ["crosswalk", "--from", "2013-04-01", "--to", "2021-04-01"]
    expectUsage(try bench.orgreg(days + ["--why", "00L", "--sensitivity"]), "leave one out")
    expectUsage(try bench.orgreg(days + ["--why", "00L", "--format", "csv"]), "leave out --format")
  }

  // MARK: Registers without units

  /// Case W7.
  @Test func `A register of mergers needs no units`() throws {
    guard let shared = England.shared else { return print("skipped: the folder of cases is not there") }
    expectDone(try bench.orgreg("init", "--empty"))
    expectDone(try bench.orgreg("apply", "\(shared)/cases/merger-without-units.csv", "--yes"))
    let after = try england("--from 2019-01-01 --to 2020-06-01")
    expectDone(after)
    #expect(after.lines.dropFirst() == ["0101,,0103,,1,,,whole,union,mapped,", "0102,,0103,,1,,,whole,union,mapped,"])
    let before = try england("--from 2019-01-01 --to 2019-02-01")
    expectDone(before)
    #expect(before.lines.dropFirst() == ["0101,,0101,,1,,,whole,,mapped,", "0102,,0102,,1,,,whole,,mapped,"])
    try bench.write("c,v\n0101,10\n0102,5\n", to: "in.csv")
    let restated = try bench.orgreg(
      "restate", "in.csv", "--code", "c", "--as-at", "2019-01-01", "--to", "2020-06-01", "--sum", "v")
    expectDone(restated)
    #expect(restated.stdout == "c,v\n0103,15\n", "\(restated)")
  }

  /// Case W8.
  @Test func `Amounts that a split states divide a body without units`() throws {
    try bench.write(
      """
      record,key,event,organisation,scheme,kind,type,tier,value,from,source,unit
      scheme,code,,,,,,,Municipality code,,,
      kind,municipality,,,,,,place,municipality,,,
      source,gazette,,,,,,,Official Gazette,,,
      basis,population,,,,,,,Population,,,people
      event,founding,,,,,establishment,,,1990-01-01,gazette,
      organisation,alesund,,,,,,,,,,
      open,,founding,alesund,,municipality,,,,,,
      code,,founding,alesund,code,,,,1507,,,

      """, to: "country.csv")
    expectDone(try bench.orgreg("init", "--empty"))
    expectDone(try bench.orgreg("apply", "country.csv", "--yes"))
    expectDone(
      try bench.orgreg(
        "split", "1507", "--into", "1508=Alesund", "--into", "1580=Haram", "--on", "2024-01-01", "--amount",
        "population:1508=58509", "--amount", "population:1580=9495", "--source", "Law 5", "--yes"))
    let run = try england("--from 2023-01-01 --to 2024-01-01")
    expectDone(run)
    let event = "2024-01-01-split-1507"
    #expect(
      run.lines.dropFirst() == [
        "1507,,1508,Alesund,\(58_509.0 / 68_004),58509,population,proportional,\(event),mapped,",
        "1507,,1580,Haram,\(9_495.0 / 68_004),9495,population,proportional,\(event),mapped,",
      ], "\(run)")
  }
}
