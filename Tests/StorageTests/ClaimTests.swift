import Storage
import TestSupport
import Testing

/// What somebody published of the groups.
private let published = """
  record,key,kind,type,value,amount,from,source
  claim,count,group,,two,2,2001-01-01,law
  claim,leaders,group,governance,most of them,,2001-01-01,law
  claim,patients,group,patients,about a thousand,,2001-01-01,law
  """

@Suite struct ClaimTests {
  private func topics(_ registry: Registry, knownIn revision: Int64 = latest) throws -> [String: ClaimTopic?] {
    try Dictionary(uniqueKeysWithValues: registry.claims(knownIn: revision).map { ($0.key, $0.topic) })
  }

  @Test func `A claim keeps its topic, and saying the same again changes nothing`() throws {
    let registry = try register(vocabulary, published)
    let topics = try topics(registry)
    #expect(topics == ["count": .none, "leaders": .governance, "patients": .measure(kind: "patients")])
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
    #expect(now == ["count": .none, "leaders": .measure(kind: "patients"), "patients": .localGovernment])
    let before = try topics(registry, knownIn: try #require(revision) - 1)
    #expect(before == ["count": .none, "leaders": .governance, "patients": .measure(kind: "patients")])
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
      "unknown topic 'governence' of a claim (known: authorisation, governance, local-government, patients)"
    ),
    (
      "claim,c,group,governance,some,2,2001-01-01,law",
      "a claim with a topic counts no bodies: leave its amount blank, or the topic"
    ),
  ])
  func `What cannot be said of a claim is refused`(line: String, reason: String) throws {
    let registry = try register(vocabulary)
    let problems = try registry.problems(of: "record,key,kind,type,value,amount,from,source\n\(line)")
    #expect(problems.map(\.message) == [reason])
  }

  @Test(arguments: [
    "topic = 'leaders'", "topic = 'governance', amount = 2", "measure_kind_id = 1, amount = 2",
    "topic = 'governance', measure_kind_id = 1", "measure_kind_id = 2",
  ])
  func `The schema takes no topic that it does not know, and none beside an amount or another`(said: String) throws {
    let database = try register(vocabulary, published).database
    // Rows are never rewritten; without that trigger, it is the constraints that speak.
    try database.run("DROP TRIGGER claim_is_never_rewritten")
    let error = try #require(throws: DatabaseError.self) {
      try database.run("UPDATE claim SET amount = NULL, topic = NULL, measure_kind_id = NULL, \(said)")
    }
    #expect(error.message.contains("constraint failed"), "\(error.message)")
  }
}
