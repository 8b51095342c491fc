import Reconcile
import RegistryStorage
import RegistryTestSupport
import Testing

/// Two practices, and two groups that follow one another.
private let practices = """
  \(vocabulary)

  record,key,organisation,other,scheme,kind,timeline,value,from,to,source
  organisation,surgery
  organisation,clinic
  organisation,old
  organisation,new
  life,,surgery,,,,operational,,2000-04-01,,law
  life,,clinic,,,,operational,,2015-04-01,,law
  life,,old,,,,operational,,2000-04-01,2009-12-31,law
  life,,new,,,,operational,,2010-01-01,,law
  code,,surgery,,ods,,,S1,2000-04-01,,law
  code,,clinic,,ods,,,C1,2015-04-01,,law
  code,,old,,ods,,,G1,2000-04-01,2009-12-31,law
  code,,new,,ods,,,G2,2010-01-01,,law
  role,,surgery,,,proxy,,,2000-04-01,,law
  role,,clinic,,,proxy,,,2015-04-01,,law
  role,,old,,,proxy,,,2000-04-01,2009-12-31,law
  role,,new,,,proxy,,,2010-01-01,,law
  """

/// What files say about relationships and successions is compared with a small register.
@Suite struct ReconcilerLinkTests {
  let registry: Registry

  init() throws { registry = try register(practices) }

  private func reconciler(issued: String = "2020-06-30", _ policy: Reconciler.Policy = .keep) throws -> Reconciler {
    try Reconciler(registry, file: "file.csv", Issue("file", try day(issued)), policy: policy)
  }

  private func relationship(
    _ line: Int, _ code: String, _ superior: String, _ from: String, _ to: String? = nil
  ) throws -> SourceRecord.Relationship {
    SourceRecord.Relationship(
      line: line, code: code, superior: superior, kind: "part-of",
      period: Period(from: try day(from), through: try to.map { try day($0) }))
  }

  private func verdicts(_ reconciler: Reconciler) -> [Int] {
    let (new, same, differing) = reconciler.verdicts
    return [new, same, differing, reconciler.rejects.count]
  }

  private func record(_ reconciler: Reconciler, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try registry.say(
      ChangeSet(changes: [Change(.source(key: reconciler.source, Citation(title: "A file")))] + reconciler.changes))
    #expect(try registry.check() == [], sourceLocation: sourceLocation)
  }

  private func relationships() throws -> [String] {
    try registry.rows(
      "SELECT organisation, superior, valid_from, ifnull(last_day, '') FROM current_relationship ORDER BY 3, 1, 2")
  }

  // MARK: Relationships

  @Test func `A relationship that the register lacks is entered, and then the same`() throws {
    var reconciler = try reconciler()
    for line in 2...3 { reconciler.judge(try relationship(line, "S1", "G1", "2002-04-01", "2008-03-31")) }
    #expect(verdicts(reconciler) == [1, 1, 0, 0])
    #expect(
      reconciler.changes.map(\.content) == [
        .relationship(organisation: "surgery", kind: "part-of", superior: "old", grade: nil)
      ])
    try record(reconciler)
    #expect(try relationships() == ["surgery|old|2002-04-01|2008-03-31"])
  }

  @Test func `A relationship is cut to the days on which both bodies existed`() throws {
    var reconciler = try reconciler()
    reconciler.judge(try relationship(2, "S1", "G1", "1999-04-01", "2012-03-31"))
    #expect(verdicts(reconciler) == [0, 0, 1, 0])
    #expect(reconciler.findings.map(\.outcome) == [.cut])
    #expect(reconciler.findings.map(\.register) == ["both existed from 2000-04-01 to 2009-12-31"])
    #expect(reconciler.findings.map(\.file) == ["from 1999-04-01 to 2012-03-31"])
    #expect(reconciler.changes.map(\.status) == [.derived] && reconciler.changes.map(\.endStatus) == [.derived])
    try record(reconciler)
    #expect(try relationships() == ["surgery|old|2000-04-01|2009-12-31"])
  }

  @Test func `Bodies that never met are rejected, and codes that nobody had`() throws {
    var reconciler = try reconciler()
    reconciler.judge(try relationship(2, "C1", "G1", "2015-04-01"))
    reconciler.judge(try relationship(3, "X1", "G1", "2015-04-01"))
    reconciler.judge(try relationship(4, "S1", "X2", "2015-04-01"))
    reconciler.judge(try relationship(5, "S1", "X1", "2015-04-01"))
    #expect(verdicts(reconciler) == [0, 0, 0, 4])
    #expect(
      reconciler.rejects.map(\.reason) == [
        "C1 and G1 did not both exist at any time from 2015-04-01",
        "no body of the register ever had the code 'X1'", "no body of the register ever had the code 'X2'",
        "no body of the register ever had the code 'X1'",
      ])
    #expect(reconciler.rejects.map(\.column) == [4, 1, 2, 2])
    #expect(reconciler.missing == ["X1", "X2"])
  }

  @Test func `A row that says more than a relationship is not rejected for a superior that nobody has`() throws {
    var reconciler = try reconciler()
    reconciler.judge(try relationship(2, "S1", "X2", "2015-04-01"), ofBodyRow: true)
    #expect(verdicts(reconciler) == [0, 0, 1, 0])
    #expect(reconciler.findings.map(\.register) == ["no body with the code X2"])
    #expect(reconciler.missing == ["X2"])
  }

  @Test(arguments: [Reconciler.Policy.keep, .preferSource])
  func `Other days are told, and taken if that is asked for`(policy: Reconciler.Policy) throws {
    try registry.say(
      "record,key,organisation,other,kind,from,to,source\nrelationship,mine,surgery,old,part-of,2002-04-01,2008-03-31,law"
    )
    var reconciler = try reconciler(policy)
    reconciler.judge(try relationship(2, "S1", "G1", "2003-04-01", "2008-03-31"))
    #expect(verdicts(reconciler) == [0, 0, 1, 0])
    #expect(reconciler.findings.map(\.what) == ["part-of G1"])
    #expect(reconciler.findings.map(\.register) == ["from 2002-04-01 to 2008-03-31 (law)"])
    #expect(reconciler.findings.map(\.outcome) == [policy == .keep ? .earlier : .replaced])
    #expect(reconciler.changes.map(\.key) == (policy == .keep ? [] : ["mine"]))
    try record(reconciler)
    #expect(try relationships() == ["surgery|old|\(policy == .keep ? 2002 : 2003)-04-01|2008-03-31"])
  }

  @Test func `What the register ended after the issue of the file was open in it`() throws {
    try registry.say(
      "record,organisation,other,kind,from,to,source\nrelationship,surgery,new,part-of,2012-04-01,2018-03-31,law")
    var reconciler = try reconciler(issued: "2015-06-30")
    reconciler.judge(try relationship(2, "S1", "G2", "2012-04-01"))
    #expect(verdicts(reconciler) == [0, 1, 0, 0])
  }

  // MARK: Successions

  private func judged(_ successions: [(String, String, String)]) throws -> Reconciler {
    var reconciler = try reconciler()
    let known = try KnownSuccessions(registry)
    for (index, (predecessor, successor, text)) in successions.enumerated() {
      reconciler.judge(
        SourceRecord.Succession(line: index + 2, predecessor: predecessor, successor: successor, day: try day(text)),
        known: known)
    }
    return reconciler
  }

  @Test func `A succession that the register lacks carries duties, and then is the same`() throws {
    let first = try judged([("G1", "G2", "2010-01-01")])
    #expect(verdicts(first) == [1, 0, 0, 0])
    let event = "2010-01-01-succession-G2"
    #expect(
      first.changes.map(\.content) == [
        .event(key: event, EventDetail(type: .succession, day: try day("2010-01-01"))),
        .succession(event: event, predecessor: "old", successor: "new", nature: .duties),
      ])
    try record(first)
    let again = try judged([("G1", "G2", "2010-01-01"), ("G1", "G2", "2010-01-02")])
    #expect(verdicts(again) == [0, 1, 1, 0])
    #expect(again.findings.map(\.what) == ["succession by G2"])
    #expect(again.findings.map(\.register) == ["2010-01-01"])
  }

  @Test func `A succession that cannot be is rejected`() throws {
    try registry.say(
      "record,organisation,scheme,value,from,source\ncode,new,ons,E1,2010-01-01,law")
    let reconciler = try judged([
      ("G1", "G1", "2010-01-01"), ("X1", "G2", "2010-01-01"), ("G1", "X1", "2010-01-01"), ("G1", "G2", "2011-01-01"),
    ])
    #expect(
      reconciler.rejects.map(\.reason) == [
        "'G1' cannot succeed itself", "no body of the register ever had the code 'X1'",
        "no body of the register ever had the code 'X1'",
        "'G1' does not live on 2010-12-31, or 'G2' not on 2011-01-01",
      ])
    #expect(reconciler.rejects.map(\.line) == [2, 3, 4, 5])
    #expect(reconciler.missing == ["X1"])
  }

  @Test func `A new code of the same body is no succession`() throws {
    try registry.say(
      """
      record,key,organisation,scheme,value,from,to,source
      retract,\(try key(of: "S1"))

      record,organisation,scheme,value,from,to,source
      code,surgery,ods,S1,2000-04-01,2012-03-31,law
      code,surgery,ods,S2,2012-04-01,,law
      """)
    let reconciler = try judged([("S1", "S2", "2012-04-01")])
    #expect(
      reconciler.rejects.map(\.reason) == ["'S1' and 'S2' are codes of one body: a new code is no succession"])
  }

  private func key(of code: String) throws -> String {
    try #require(
      registry.rows("SELECT key FROM code WHERE value = ?1 AND superseded_in IS NULL", [.text(code)]).first)
  }
}
