import Testing

/// A register of another country, with its own schemes, kinds and partitions, answers as England's does.
@Suite struct OtherCountryTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
  }

  @Test func `A crosswalk reads its municipalities over a merger`() throws {
    let run = try bench.orgreg("crosswalk", "--from", "2019-01-01", "--to", "2021-01-01", "--format", "csv")
    expectDone(run)
    // Cedar has no tracts. Nothing happened to it, so it is itself.
    #expect(
      run.lines == [
        "from_code,from_name,to_code,to_name,share,amount,basis,method,events,status,reason",
        "101,Ash,104,Dale,1,2,tracts,whole,union,mapped,", "102,Birch,104,Dale,1,1,tracts,whole,union,mapped,",
        "103,Cedar,103,Cedar,1,,,whole,,mapped,",
      ], "\(run)")
  }

  @Test func `Figures on its old codes are restated to the codes of another day`() throws {
    try bench.write("kommune,year,people\n101,2019-01,10\n102,2019-01,5\n104,2021-01,17\n", to: "figures.csv")
    let run = try bench.orgreg(
      "restate", "figures.csv", "--code", "kommune", "--date", "year", "--to", "2021-01-01", "--sum", "people")
    expectDone(run)
    #expect(run.lines == ["kommune,year,people", "104,2019-01,15", "104,2021-01,17"], "\(run)")
  }

  // MARK: What others published

  /// Figures without an English word. Only their topics tell what they are about.
  private static let published = """
    record,key,value,unit,event,kind,organisation,other,basis,type,amount,from,to,source
    measure-kind,population,Innbyggere,innbyggere,,,,,,,,,,
    measure-kind,allocation,Tilskudd,kroner,,,,,,,,,,
    basis,deler,Deler,deler,,,,,,,,,,
    seat,ordforer,Ordfører,,,,,,,,,,,
    seat-rule,,,,,municipality,,,,ordforer,1,2000-01-01,,gazette
    organisation,k-nord,,,,,,,,,,,,
    open,,,,founding,county,k-nord,,,,,,,
    observed,,,,,,m-cedar,k-nord,deler,,3,2010-01-01,2010-01-01,gazette
    measure,,,,,population,m-cedar,,,,7,2010-01-01,2010-12-31,gazette
    measure,,,,,allocation,m-cedar,,,,9,2010-01-01,2010-12-31,gazette
    claim,c1,hver tredje,,,municipality,,,,governance,,2010-01-01,,gazette
    claim,c2,førti meldte seg,,,municipality,,,,authorisation,,2010-01-01,,gazette
    claim,c3,to av tre,,,municipality,,,,local-government,,2010-01-01,,gazette
    claim,c4,omtrent sju,,,municipality,,,,population,,2010-01-01,,gazette
    claim,c5,ni millioner,,,municipality,,,,allocation,,2010-01-01,,gazette

    """

  @Test(arguments: [
    ("governance --on 2010-01-01", "hver tredje"), ("oversight --on 2010-01-01", "førti meldte seg"),
    ("coterminosity --on 2010-01-01 --authority-kind county", "to av tre"), ("population", "omtrent sju"),
    ("allocation", "ni millioner"),
  ])
  func `Of what was published, a report shows what its topic is, in whatever language`(
    report: String, figure: String
  ) throws {
    try bench.write(Self.published, to: "published.csv")
    expectDone(try bench.orgreg("apply", "published.csv", "--yes"))
    let run = try bench.orgreg(["report"] + report.split(separator: " ").map(String.init))
    expectDone(run)
    let figures = ["hver tredje", "førti meldte seg", "to av tre", "omtrent sju", "ni millioner"]
    #expect(figures.filter { run.stdout.contains($0) } == [figure], "\(run)")
  }

  @Test func `The topic of what was published goes out with it`() throws {
    try bench.write(Self.published, to: "published.csv")
    expectDone(try bench.orgreg("apply", "published.csv", "--yes"))
    expectDone(try bench.orgreg("export", "sqlite", "copy.sqlite"))
    let topics = try bench.bash("sqlite3 copy.sqlite 'SELECT fact_key, topic FROM claim ORDER BY fact_key'")
    #expect(
      topics.lines == ["c1|governance", "c2|authorisation", "c3|local-government", "c4|population", "c5|allocation"],
      "\(topics)")
  }

  // MARK: What others published about one body

  private static let single = """
    record,key,kind,organisation,type,value,from,to,source,note
    claim,c1,municipality,,authorisation,førti meldte seg,2010-01-01,2010-01-01,gazette,
    claim,c2,municipality,m-ash,authorisation,med vilkår,1999-12-01,1999-12-31,gazette,etter to forsøk
    claim,c3,municipality,m-birch,local-government,godt naboskap,2010-01-01,2010-01-01,gazette,

    """

  @Test func `Whoever was authorised is told beside the body, and not among what holds for all`() throws {
    let before = try bench.orgreg("report", "oversight", "--on", "2010-01-01", "--format", "csv")
    #expect(before.lines.first == "code,name,kind", "\(before)")
    try bench.write(Self.single, to: "single.csv")
    expectDone(try bench.orgreg("apply", "single.csv", "--yes"))
    let run = try bench.orgreg("report", "oversight", "--on", "2010-01-01", "--format", "csv")
    #expect(
      run.lines.prefix(4) == [
        "code,name,kind,authorisation", "101,Ash,municipality,med vilkår", "102,Birch,municipality,",
        "103,Cedar,municipality,",
      ], "\(run)")
    let page = try bench.orgreg("report", "oversight", "--on", "2010-01-01", "--format", "markdown")
    #expect(page.stdout.contains("Of 1 something is known about their authorisation."), "\(page)")
    #expect(page.stdout.contains("førti meldte seg") && !page.stdout.contains("godt naboskap"), "\(page)")
    // The body is gone, and its authorisation with it.
    let after = try bench.orgreg("report", "oversight", "--on", "2021-01-01", "--format", "csv")
    #expect(after.lines.first == "code,name,kind", "\(after)")
  }

  @Test func `What was published about a body stands in its biography, and in no count`() throws {
    let blank = try bench.orgreg("show", "m-ash", "--format", "text")
    try bench.write(Self.single, to: "single.csv")
    expectDone(try bench.orgreg("apply", "single.csv", "--yes"))
    let section = try bench.orgreg("show", "m-ash", "--section", "published", "--format", "text")
    #expect(
      section.lines == [
        "Ash  [m-ash]", "  claim    1999-12-01 to 1999-12-31   authorisation: med vilkår [1]", "  sources",
        "    [1] The Gazette, a paper of no country",
      ], "\(section)")
    let whole = try bench.orgreg("show", "m-ash", "--format", "text")
    #expect(!blank.stdout.contains("claim") && whole.stdout.contains("authorisation: med vilkår"), "\(whole)")
    let page = try bench.orgreg("report", "body", "m-ash", "--format", "markdown")
    for words in ["What was published about it", "med vilkår", "etter to forsøk"] {
      #expect(page.stdout.contains(words), "\(page)")
    }
    let counts = try bench.orgreg("report", "reconcile", "--format", "csv")
    #expect(!counts.stdout.contains("med vilkår") && counts.stdout.contains("førti meldte seg"), "\(counts)")
  }

  @Test func `A part of the register brings what was published about its bodies, and about no others`() throws {
    try bench.write(Self.single, to: "single.csv")
    try bench.write(
      """
      record,key,organisation,event,type,kind,value,from,source
      organisation,k-nord,,,,,,,
      open,,k-nord,founding,,county,,,
      claim,c4,k-nord,,authorisation,county,uten vilkår,1999-12-01,gazette

      """, to: "county.csv")
    expectDone(try bench.orgreg("apply", "single.csv", "county.csv", "--yes"))
    for (kind, expected) in [("municipality", ["c1|", "c2|m-ash", "c3|m-birch"]), ("county", ["c4|k-nord"])] {
      expectDone(try bench.orgreg("export", "sqlite", "\(kind).sqlite", "--kind", kind))
      let claims = try bench.bash(
        "sqlite3 \(kind).sqlite 'SELECT fact_key, organisation FROM claim ORDER BY fact_key; PRAGMA foreign_key_check'")
      #expect(claims.lines == expected, "\(claims)")
    }
  }

  @Test func `Its closed and unknown codes are found`() throws {
    try bench.write("kommune\n101\n104\n999\n", to: "codes.csv")
    let run = try bench.orgreg(
      "lint", "codes", "codes.csv", "--code", "kommune", "--as-at", "2021-01-01", "--format", "csv")
    expectDone(run, status: 1)
    #expect(run.stdout.contains("2,101,closed,") && run.stdout.contains("succeeded by 104"), "\(run)")
    #expect(run.stdout.contains("4,999,unknown,"), "\(run)")
  }

  @Test func `A crosswalk of somebody else is held against it`() throws {
    try bench.write("old,new\n101,104\n102,103\n", to: "theirs.csv")
    let run = try bench.orgreg(
      "lint", "crosswalk", "theirs.csv", "--from-column", "old", "--to-column", "new", "--from", "2019-01-01", "--to",
      "2021-01-01", "--format", "csv")
    expectDone(run, status: 1)
    #expect(run.stdout.contains("102") && run.stdout.contains("104"), "\(run)")
  }
}
