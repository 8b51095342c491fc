import RegistryStorage
import RegistryTestSupport
import Testing

/// Claims about all groups.
private let published = """
  record,key,kind,type,value,amount,from,source
  claim,count,group,,two,2,2001-01-01,law
  claim,leaders,group,governance,most of them,,2001-01-01,law
  claim,patients,group,patients,about a thousand,,2001-01-01,law
  """

/// Claims about one group.
private let aboutOne = """
  record,key,organisation,kind,type,value,from,to,source
  organisation,a
  role,,a,group,,,2001-01-01,,law
  claim,a-authorised,a,group,authorisation,with 22 conditions,2001-01-01,2001-01-31,law
  claim,a-patients,a,group,patients,a good thousand,2001-01-01,2001-01-31,law
  """

@Suite struct ClaimTests {
  private func topics(_ registry: Registry, knownIn revision: Int64 = latest) throws -> [String: ClaimTopic?] {
    try Dictionary(uniqueKeysWithValues: registry.claims(knownIn: revision).map { ($0.key, $0.topic) })
  }

  @Test func `A claim keeps its topic, and saying the same again changes nothing`() throws {
    let registry = try register(vocabulary, published)
    let topics = try topics(registry)
    #expect(topics == ["count": .none, "leaders": .governance, "patients": .amounts(of: "patients")])
    #expect(try registry.say(published).revision == nil)
  }

  @Test func `A topic is superseded like the rest of a claim, and what was known before stays readable`() throws {
    let registry = try register(vocabulary, published)
    let (revision, _) = try registry.say(
      """
      record,key,kind,type,value,from,source
      claim,leaders,group,patients,most of them,2001-01-01,law
      claim,patients,group,local-government,about a thousand,2001-01-01,law
      """)
    let now = try topics(registry)
    #expect(now == ["count": .none, "leaders": .amounts(of: "patients"), "patients": .localGovernment])
    let before = try topics(registry, knownIn: try #require(revision) - 1)
    #expect(before == ["count": .none, "leaders": .governance, "patients": .amounts(of: "patients")])
  }

  @Test func `A correction of a topic can be undone`() throws {
    let registry = try register(vocabulary, published)
    let rows = try registry.currentRows()
    let (revision, _) = try registry.say(
      "record,key,kind,type,value,from,source\nclaim,leaders,group,patients,most of them,2001-01-01,law")
    #expect(try registry.currentRows() != rows)
    try registry.undo(try #require(revision))
    #expect(try registry.currentRows() == rows)
  }

  @Test(arguments: [
    (
      "claim,c,group,governence,some,,2001-01-01,law",
      "unknown topic or measure kind 'governence' (known: "
        + "authorisation, governance, local-government, dates, support, corrections, patients); did you mean governance?"
    ),
    (
      "claim,c,group,governance,some,2,2001-01-01,law",
      "a claim with a topic counts no bodies: leave its amount blank, or the topic, or give it a statistic"
    ),
    (
      "claim,c,group,,some,,2001-01-01,law,a",
      "a claim about one body counts no bodies: give it a topic, and leave its amount blank"
    ),
    (
      "claim,c,group,governance,some,2,2001-01-01,law,a",
      "a claim about one body counts no bodies: give it a topic, and leave its amount blank"
    ),
    (
      "claim,c,group,governance,some,,2001-01-01,law,b",
      "no organisation has the key or, on 2001-01-01, the code 'b'"
    ),
  ])
  func `What cannot be said of a claim is refused`(line: String, reason: String) throws {
    let registry = try register(vocabulary, aboutOne)
    let problems = try registry.problems(of: "record,key,kind,type,value,amount,from,source,organisation\n\(line)")
    #expect(problems.map(\.message) == [reason])
  }

  @Test(arguments: [
    "topic = 'leaders'", "topic = 'governance', amount = 2", "measure_kind_id = 1, amount = 2",
    "topic = 'governance', measure_kind_id = 1", "measure_kind_id = 2", "organisation_id = 1", "organisation_id = 2",
  ])
  func `The schema takes no topic that it does not know, none beside an amount, and no body without one`(
    said: String
  ) throws {
    let database = try register(vocabulary, published, aboutOne).database
    // A trigger prevents any change of a row. Without it, the constraints refuse the change.
    try database.run("DROP TRIGGER claim_is_never_rewritten")
    let error = try #require(throws: DatabaseError.self) {
      try database.run(
        "UPDATE claim SET amount = NULL, organisation_id = NULL, topic = NULL, measure_kind_id = NULL, \(said)")
    }
    #expect(error.message.contains("constraint failed"), "\(error.message)")
  }

  // MARK: Beside the register's own figure

  private static let header = "record,key,kind,type,value,amount,statistic,from,organisation"

  @Test func `A claim names the figure against which it is held`() throws {
    let registry = try register(
      vocabulary,
      """
      \(Self.header)
      claim,average,group,patients,a good thousand,1000,average,2001-01-01,
      claim,border,group,local-government,most,,crosses,2001-01-01,
      claim,end,group,dates,by 2002,,last-day,2002-01-01,
      """)
    let claims = try registry.claims()
    #expect(claims.map(\.statistic) == [.average, .crosses, .lastDay])
    #expect(claims.map(\.amount) == [1000, nil, nil])
    #expect(try registry.check() == [])
  }

  @Test(arguments: [
    ("claim,c,group,patients,many,,first-day,2001-01-01,", "is none of smallest, largest, average, total"),
    ("claim,c,group,governance,many,,largest,2001-01-01,", "a claim about 'governance' has no statistic"),
    ("claim,c,group,,many,2,largest,2001-01-01,", "a claim about a count has no statistic"),
    ("claim,c,group,dates,soon,2,first-day,2001-01-01,", "the statistic 'first-day' is no number"),
    ("claim,c,group,patients,many,,largest,2001-01-01,a", "is about a kind, not about one body"),
  ])
  func `A statistic fits its topic`(line: String, reason: String) throws {
    let problems = try register(vocabulary, aboutOne).problems(of: "\(Self.header)\n\(line)")
    #expect(problems.count == 1 && problems.allSatisfy { $0.message.contains(reason) }, "\(problems)")
  }

  @Test func `A claim has no status, and a line that gives one is refused`() throws {
    let problems = try register(vocabulary).problems(
      of: "record,key,kind,value,from,status\nclaim,c,group,two,2001-01-01,unknown")
    #expect(problems.map(\.message) == ["a line 'claim' has no use for 'status'"])
  }

  // MARK: About one body

  private func told(_ registry: Registry, knownIn revision: Int64 = latest, on day: Day? = nil) throws -> [String] {
    let body = try registry.id("a")
    let detail = try #require(try registry.detail(of: body, on: day, knownIn: revision))
    return detail[.claim].map { "\($0["topic"] ?? ""): \($0["value"] ?? "")" }
  }

  @Test func `A claim about one body stands by the body, and not among those about its kind`() throws {
    let registry = try register(vocabulary, published, aboutOne)
    #expect(try told(registry) == ["authorisation: with 22 conditions", "patients: a good thousand"])
    #expect(try registry.claims().map(\.key) == ["count", "leaders", "patients"])
    let claims = try registry.claimsAboutBodies()
    #expect(claims.map(\.key) == ["a-authorised", "a-patients"])
    #expect(claims.allSatisfy { $0.organisation != nil && $0.kind == "group" && $0.amount == nil })
    #expect(try registry.say(aboutOne).revision == nil)
    #expect(try registry.check() == [])
  }

  @Test func `It tells of its own days`() throws {
    let registry = try register(vocabulary, aboutOne)
    #expect(try told(registry, on: Day("2001-01-31")).count == 2)
    #expect(try told(registry, on: Day("2001-02-01")) == [])
  }

  @Test func `It is superseded, known as it was, told in the history, and can be undone`() throws {
    let registry = try register(vocabulary, aboutOne)
    let rows = try registry.currentRows()
    let (number, _) = try registry.say(
      """
      record,key,organisation,kind,type,value,from,to,source
      claim,a-authorised,a,group,authorisation,without conditions,2001-01-01,2001-01-31,law
      retract,a-patients
      """)
    let revision = try #require(number)
    #expect(try told(registry) == ["authorisation: without conditions"])
    #expect(
      try told(registry, knownIn: revision - 1) == ["authorisation: with 22 conditions", "patients: a good thousand"])
    let body = try #require(try registry.claimsAboutBodies().first?.organisation)
    let history = try registry.history(of: body).filter { $0.version.kind == .claim }
    #expect(history.map { $0.version["value"] } == ["with 22 conditions", "a good thousand", "without conditions"])
    #expect(history.map { $0.version.superseded } == [revision, revision, nil])
    #expect(try registry.revisions(touching: [body]).map(\.number).contains(revision))
    try registry.undo(revision)
    #expect(try registry.currentRows() == rows)
  }

  @Test func `A correction may move it to another body`() throws {
    let registry = try register(vocabulary, aboutOne)
    try registry.say(
      """
      record,key,organisation,kind,type,value,from,to,source
      organisation,b
      role,,b,group,,,2001-01-01,,law
      claim,a-authorised,b,group,authorisation,with 22 conditions,2001-01-01,2001-01-31,law
      """)
    #expect(try told(registry) == ["patients: a good thousand"])
    #expect(Set(try registry.claimsAboutBodies().map(\.organisation)).count == 2)
  }
}
