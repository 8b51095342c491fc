import RegistryStorage
import RegistryTestSupport
import Testing

/// A board over two groups, and who commissions checks and clinics.
private let world = """
  record,key,event,organisation,other,scheme,kind,type,nature,value,from,to,source,service
  organisation,a
  organisation,b
  organisation,board
  event,founding,,,,,,establishment,,,2000-04-01,,law
  open,,founding,a,,,group
  open,,founding,b,,,group
  open,,founding,board,,,board
  relationship,,founding,a,board,,part-of
  responsibility,,founding,,,,board,,sole,,,,,checks
  responsibility,own,,a,a,,,,delegated,,2005-01-01,,law,checks
  responsibility,for-b,,board,b,,,,sole,,2003-01-01,,law,clinics
  """

private let closure = """
  record,key,event,organisation,type,from,source
  event,closure,,,closure,2010-04-01,law
  close,,closure,a
  close,,closure,b
  """

@Suite struct ResponsibilityTests {
  private static let periods = """
    SELECT kind, organisation, for_organisation, nature, valid_from, last_day FROM current_responsibility
    ORDER BY service, valid_from, nature
    """

  @Test func `Who commissions what stands in the view`() throws {
    let registry = try register(vocabulary, world)
    #expect(
      try registry.rows(Self.periods) == [
        "board|-|-|sole|2000-04-01|-", "-|a|a|delegated|2005-01-01|-", "-|board|b|sole|2003-01-01|-",
      ])
    #expect(
      try registry.rows("SELECT key FROM responsibility ORDER BY id")
        == ["board/commissions/checks@founding", "own", "for-b"])
    #expect(try registry.check() == [])
  }

  @Test func `A responsibility moves with the event that dates it`() throws {
    let registry = try register(vocabulary, world)
    try registry.say("record,key,type,from,source\nevent,founding,establishment,1999-04-01,law")
    #expect(try registry.rows(Self.periods).first == "board|-|-|sole|1999-04-01|-")
  }

  @Test func `It ends with the body that commissions and with the one that it is for`() throws {
    let registry = try register(vocabulary, world, closure)
    let ended = [
      "board|-|-|sole|2000-04-01|-", "-|a|a|delegated|2005-01-01|2010-03-31", "-|board|b|sole|2003-01-01|2010-03-31",
    ]
    #expect(try registry.rows(Self.periods) == ended)
    // It does not matter which was recorded first.
    let isException = { (line: Substring) in line.contains(",own,") || line.contains(",for-b,") }
    let lines = world.split(separator: "\n")
    let late = try register(
      vocabulary, lines.filter { !isException($0) }.joined(separator: "\n"), closure,
      ([lines[0]] + lines.filter(isException)).joined(separator: "\n"))
    #expect(try late.rows(Self.periods) == ended)
  }

  private static let header = "record,key,kind,organisation,other,service,nature,from,to,source\n"

  @Test(arguments: [
    // Joint in one scope, delegated beside the rule, in another scope, and at another time.
    "responsibility,,group,,,clinics,joint,2003-01-01,,law\nresponsibility,,board,,,clinics,joint,2003-01-01,,law",
    "responsibility,,group,,,checks,delegated,2003-01-01,,law",
    "responsibility,,group,,b,checks,sole,2003-01-01,,law",
    "responsibility,,group,,,checks,sole,1999-01-01,2000-03-31,law",
    // It varies, and an exception says how it is for one body.
    "responsibility,,group,,,clinics,varies,2011-01-01,,law\nresponsibility,,group,,a,clinics,delegated,2011-01-01,,law",
  ]) func `What does not contradict stands side by side`(lines: String) throws {
    let registry = try register(vocabulary, world)
    #expect(try registry.problems(of: Self.header + lines) == [])
    #expect(try registry.check() == [])
  }

  @Test(arguments: [
    "responsibility,,group,,,checks,sole,2003-01-01,,law", "responsibility,,group,,,checks,joint,2003-01-01,,law",
    "responsibility,,group,,,checks,varies,2003-01-01,,law",
    "responsibility,again,board,,,checks,delegated,2003-01-01,,law",
    "responsibility,again,,a,a,checks,joint,2006-01-01,,law", "responsibility,,group,,b,clinics,sole,2001-01-01,,law",
  ]) func `What contradicts is refused`(line: String) throws {
    let problems = try register(vocabulary, world).problems(of: Self.header + line)
    #expect(problems.count == 1 && problems[0].message.contains("a sole responsibility excludes others"))
    #expect(problems.first?.origin?.line == 2)
  }

  @Test(arguments: [
    ("responsibility,,group,,,jokes,sole,2003-01-01,,law", "unknown service 'jokes' (known: checks, clinics)"),
    ("responsibility,,,nobody,,checks,sole,2003-01-01,,law", "'nobody'"),
    ("responsibility,,group,,nobody,checks,joint,2003-01-01,,law", "'nobody'"),
    ("responsibility,,group,a,,checks,joint,2003-01-01,,law", "either a 'kind' or an 'organisation'"),
    ("responsibility,,,,,checks,joint,2003-01-01,,law", "either a 'kind' or an 'organisation'"),
    ("responsibility,,group,,,checks,,2003-01-01,,law", "needs a 'nature': sole, joint, delegated or varies"),
    ("responsibility,,group,,,checks,partly,2003-01-01,,law", "'partly' is none of sole, joint, delegated, varies"),
    ("responsibility,,group,,,,sole,2003-01-01,,law", "needs a 'service'"),
    ("responsibility,,group,,,checks,joint,,,law", "needs a first day"),
  ]) func `What is missing or unknown is said`(line: String, words: String) throws {
    let problems = try register(vocabulary, world).problems(of: Self.header + line)
    #expect(problems.contains { $0.message.contains(words) }, "\(problems)")
  }

  @Test(arguments: [
    "responsibility,,,a,,clinics,sole,2009-04-01,2010-04-01,law",
    "responsibility,,group,,a,clinics,sole,1999-04-01,2001-03-31,law",
  ]) func `Neither the commissioner nor an exception goes beyond a life`(line: String) throws {
    let problems = try register(vocabulary, world, closure).problems(of: Self.header + line)
    #expect(problems.map(\.rule) == ["fact-inside-life"], "\(problems)")
  }

  @Test func `A service means one thing`() throws {
    let registry = try register(vocabulary, world)
    #expect(try registry.problems(of: "record,key,value\nservice,checks,Health checks") == [])
    #expect(
      try registry.problems(of: "record,key,value\nservice,checks,Other").map(\.message)
        == ["the service 'checks' already means something else in this register"])
  }

  // MARK: Recorded time

  @Test func `An undone responsibility is as it was`() throws {
    let registry = try register(vocabulary, world)
    let before = try registry.currentRows()
    try registry.say(Self.header + "responsibility,own,,a,a,checks,joint,2006-01-01,,law")
    #expect(try registry.undo(3).difference.rows.map(\.table) == ["responsibility"])
    #expect(try registry.currentRows() == before)
    try registry.say(closure)
    try registry.undo(5)
    #expect(try registry.currentRows() == before)
  }

  @Test func `What took the place of a responsibility stands in the way of an undo`() throws {
    let registry = try register(
      vocabulary, world, "record,key\nretract,board/commissions/checks@founding",
      header("responsibility,new,group,,,checks,sole,2001-01-01,,law"))
    let refusal = try #require(throws: Refused.self) { try registry.undo(3) }
    #expect(refusal.problems.count == 1)
    #expect(refusal.description.contains("revision 4") && refusal.description.contains("'new', which"), "\(refusal)")
    try registry.undo(4)
    try registry.undo(3)
    #expect(try registry.rows(Self.periods).first == "board|-|-|sole|2000-04-01|-")
  }

  private func header(_ line: String) -> String { Self.header + line }

  @Test func `What a body commissioned is read as it was known`() throws {
    let registry = try register(vocabulary, world, closure)
    let (a, b) = (try registry.id("a"), try registry.id("b"))
    let now = try #require(try registry.detail(of: a))[.responsibility]
    #expect(now.map(\.key) == ["own"])
    #expect(now[0].lastDay == Day("2010-03-31") && now[0].endEvent == "closure" && now[0].source == "The law")
    #expect(now[0].content.map(\.value) == ["checks", "a", "a", "delegated"])
    let before = try #require(try registry.detail(of: b, knownIn: 2))[.responsibility]
    #expect(before.map(\.key) == ["for-b"] && before[0].lastDay == nil)
    #expect(try registry.detail(of: a, on: Day("2001-01-01"))?[.responsibility].isEmpty == true)
    #expect(try registry.history(of: b).filter { $0.version.kind == .responsibility }.count == 2)
    #expect(try registry.responsibilities(knownIn: 2).allSatisfy { $0.period.end == nil })
    #expect(try registry.responsibilities().filter { $0.period.end != nil }.count == 2)
    #expect(try registry.responsibilities(knownIn: 1).isEmpty)
  }

  @Test func `The log names the revisions that touched a body as an exception`() throws {
    let registry = try register(
      vocabulary, world, header("responsibility,,group,,b,checks,sole,2003-01-01,,law"),
      header("responsibility,,group,,,clinics,sole,2003-01-01,,law"))
    #expect(try registry.revisions(touching: [registry.id("b")]).map(\.number) == [2, 3])
  }

  // MARK: Upgrade

  private func seeded(_ files: String...) throws -> Registry {
    let registry = try Registry.inMemory()
    let said = try files.map { try changes($0) }
    _ = try registry.record(ChangeSet(changes: said.flatMap(\.changes)), .init(actor: "orgreg", command: "init"))
    return registry
  }

  @Test func `Newer seeds bring services and responsibilities`() throws {
    let registry = try seeded(vocabulary, world)
    try registry.say(header("responsibility,mine,group,,,clinics,sole,2003-01-01,,law"))
    let seeds = try seeded(
      vocabulary, world.replacing("own,,a,a,,,,delegated,,2005-01-01", with: "own,,a,a,,,,delegated,,2005-06-01"),
      closure, "record,key,value\nservice,visits,Visits",
      header("responsibility,new,group,,,visits,sole,2003-01-01,,law"))
    let upgrade = try Upgrade(of: registry, to: seeds)
    #expect(upgrade.kept.isEmpty)
    try registry.say(ChangeSet(changes: upgrade.changes))
    #expect(try Set(registry.state()).subtracting(seeds.state()).count == 1)
    #expect(try Set(seeds.state()).isSubset(of: registry.state()))
  }
}
