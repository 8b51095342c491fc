import Reconcile
import RegistryStorage
import RegistryTestSupport
import Testing

/// Four offices without territory, and a group that holds territory. One office has closed, and one was first seen in
/// 2005.
private let offices = """
  \(vocabulary)

  record,key,organisation,scheme,kind,timeline,value,from,to,status,source
  organisation,north
  life,,north,,,operational,,2000-04-01,,,law
  code,,north,ods,,,N1,2000-04-01,,,law
  name,,north,ods,,,North & South Office,2000-04-01,,,law
  role,,north,,proxy,,,2000-04-01,,,law
  organisation,east
  life,,east,,,operational,,2005-04-01,,unknown,law
  code,,east,ods,,,E1,2005-04-01,,unknown,law
  name,,east,ods,,,East Office,2005-04-01,,unknown,law
  role,,east,,proxy,,,2005-04-01,,unknown,law
  organisation,west
  life,,west,,,operational,,2000-04-01,2009-12-31,,law
  code,,west,ods,,,W1,2000-04-01,2009-12-31,,law
  name,,west,ods,,,West Office,2000-04-01,2009-12-31,,law
  role,,west,,proxy,,,2000-04-01,2009-12-31,,law
  organisation,group
  life,,group,,,operational,,2000-04-01,,,law
  code,,group,ods,,,G1,2000-04-01,,,law
  name,,group,ods,,,The Group,2000-04-01,,,law
  role,,group,,group,,,2000-04-01,,,law
  """

/// What files say about bodies is compared with a small register.
@Suite struct ReconcilerTests {
  let registry: Registry

  init() throws { registry = try register(offices) }

  private func reconciler(issued: String = "2020-06-30", _ policy: Reconciler.Policy = .keep) throws -> Reconciler {
    try Reconciler(registry, file: "file.csv", Issue("file", try day(issued)), policy: policy)
  }

  private func body(
    _ line: Int, _ code: String, _ name: String? = nil, kinds: [String] = [], from: String? = "2000-04-01",
    to: String? = nil
  ) throws -> SourceRecord.Organisation {
    SourceRecord.Organisation(
      line: line, code: code, name: name, roles: kinds.map { SourceRecord.Organisation.Role($0) },
      operational: try from.map { Period(from: try day($0), through: try to.map { try day($0) }) })
  }

  /// The numbers of new, same, differing and rejected rows.
  private func verdicts(_ reconciler: Reconciler) -> [Int] {
    let (new, same, differing) = reconciler.verdicts
    return [new, same, differing, reconciler.rejects.count]
  }

  /// Records what is new and expects that the register is sound after that.
  private func record(_ reconciler: Reconciler, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try registry.say(
      ChangeSet(changes: [Change(.source(key: reconciler.source, Citation(title: "A file")))] + reconciler.changes))
    #expect(try registry.check() == [], sourceLocation: sourceLocation)
  }

  /// The current facts of a body in one table: the days, and what is known about the first.
  private func facts(_ table: String, of body: String) throws -> [String] {
    try registry.rows(
      """
      SELECT valid_from, ifnull(valid_to, ''), from_status FROM \(table)
        JOIN organisation ON organisation.id = organisation_id
      WHERE organisation.key = ?1 AND superseded_in IS NULL ORDER BY 1
      """, [.text(body)])
  }

  // MARK: New bodies

  @Test func `A body that nobody knows is entered with all that the row says`() throws {
    var reconciler = try reconciler()
    reconciler.judge(try body(2, "P1", "New Office", kinds: ["proxy"], from: "2015-04-01", to: "2019-03-31"))
    #expect(verdicts(reconciler) == [1, 0, 0, 0])
    #expect(reconciler.changes.allSatisfy { $0.origin == Change.Origin(file: "file.csv", line: 2) })
    let (start, end) = (try day("2015-04-01"), try day("2019-04-01"))
    #expect(
      reconciler.changes.map(\.content) == [
        .organisation(key: "proxy-P1"), .life(organisation: "proxy-P1", timeline: .operational),
        .code(organisation: "proxy-P1", scheme: "ods", value: "P1"),
        .role(organisation: "proxy-P1", kind: "proxy", scheme: nil),
        .name(organisation: "proxy-P1", scheme: "ods", value: "New Office"),
      ])
    for change in reconciler.changes[1...3] { #expect(change.start == .day(start) && change.end == end) }
    // The file does not say since when it had this name. It had it on its last day.
    let name = try #require(reconciler.changes.last)
    #expect(name.start == .day(end.previous) && name.status == .unknown)
    try record(reconciler)
  }

  @Test func `What a row has added the next row is held against`() throws {
    var reconciler = try reconciler()
    for line in 2...3 { reconciler.judge(try body(line, "P1", "New Office", kinds: ["proxy"], from: "2015-04-01")) }
    #expect(verdicts(reconciler) == [1, 1, 0, 0])
    try record(reconciler)
  }

  @Test func `One row of a code that passed on is two bodies`() throws {
    var reconciler = try reconciler()
    var row = try body(2, "P1", "New Office", kinds: ["proxy"], from: "2015-04-01")
    row.before = ("group", try day("2018-04-01"))
    reconciler.judge(row)
    try record(reconciler)
    #expect(try facts("life", of: "group-P1") == ["2015-04-01|2018-04-01|stated"])
    #expect(try facts("life", of: "proxy-P1") == ["2018-04-01||derived"])
    #expect(try facts("name", of: "group-P1") == [])
  }

  @Test func `A new body without a kind or a first day is rejected`() throws {
    var reconciler = try reconciler()
    reconciler.judge(try body(2, "P1", "New Office"))
    reconciler.judge(try body(3, "P2", "New Office", kinds: ["proxy"], from: nil))
    #expect(verdicts(reconciler) == [0, 0, 0, 2])
    #expect(reconciler.rejects.map(\.line) == [2, 3])
    #expect(reconciler.rejects[0].reason.contains("the file does not say of what kind it is: say --kind to enter it"))
    #expect(reconciler.rejects[1].reason == "the opening date is missing")
    #expect(reconciler.changes.isEmpty)
  }

  // MARK: Known bodies

  @Test(arguments: ["North & South Office", "NORTH AND SOUTH OFFICE", "North & South, Office."])
  func `A row that says the same is the same, however the name is written`(name: String) throws {
    var reconciler = try reconciler()
    reconciler.judge(try body(2, "N1", name))
    reconciler.judge(try body(3, "W1", "West Office", to: "2009-12-31"))
    #expect(verdicts(reconciler) == [0, 2, 0, 0])
    #expect(reconciler.changes.isEmpty && reconciler.findings.isEmpty)
  }

  @Test func `What differs is told, and what the register says is kept`() throws {
    var reconciler = try reconciler()
    reconciler.judge(try body(2, "N1", "Another Office", kinds: ["board"], from: "1999-04-01"))
    #expect(verdicts(reconciler) == [0, 0, 1, 0])
    #expect(reconciler.findings.map(\.what) == ["opened", "name", "kind"])
    #expect(reconciler.findings.map(\.register) == ["2000-04-01 (law)", "North & South Office (law)", "proxy (law)"])
    #expect(reconciler.findings.map(\.file) == ["1999-04-01", "Another Office", "board"])
    #expect(reconciler.findings.allSatisfy { $0.outcome == .kept && $0.line == 2 && $0.code == "N1" })
    #expect(reconciler.changes.isEmpty)
  }

  @Test func `What the source says is taken if that is asked for`() throws {
    var reconciler = try reconciler(.preferSource)
    reconciler.judge(try body(2, "N1", "Another Office", from: "1999-04-01"))
    #expect(reconciler.findings.map(\.outcome) == [.replaced, .replaced])
    try record(reconciler)
    for table in ["life", "code", "role"] {
      #expect(try facts(table, of: "north") == ["1999-04-01||stated"], "\(table)")
    }
    // The name changes on the day of the file, and the earlier name stays.
    #expect(
      try registry.rows("SELECT name, valid_from FROM current_name WHERE organisation = 'north' ORDER BY 2")
        == ["North & South Office|2000-04-01", "Another Office|2020-06-30"])
  }

  @Test func `A first day on which a body was only seen makes way for an earlier one`() throws {
    var reconciler = try reconciler()
    reconciler.judge(try body(2, "E1", "East Office", from: "2001-04-01"))
    #expect(verdicts(reconciler) == [1, 0, 0, 0])
    try record(reconciler)
    #expect(try facts("life", of: "east") == ["2001-04-01||stated"])
    #expect(try facts("name", of: "east") == ["2005-04-01||unknown"])
  }

  @Test func `A body that closes ends with all that is said of it`() throws {
    var reconciler = try reconciler()
    reconciler.judge(try body(2, "N1", "North & South Office", to: "2019-12-31"))
    #expect(verdicts(reconciler) == [1, 0, 0, 0])
    try record(reconciler)
    for table in ["life", "code", "name", "role"] {
      #expect(try facts(table, of: "north") == ["2000-04-01|2020-01-01|stated"], "\(table)")
    }
  }

  @Test func `A body that may hold territory is closed by nobody but an event`() throws {
    var reconciler = try reconciler(.preferSource)
    reconciler.judge(try body(2, "G1", "The Group", to: "2019-12-31"))
    #expect(reconciler.findings.map(\.what) == ["closed"])
    #expect(reconciler.findings.map(\.register) == ["open (law)"])
    #expect(reconciler.findings.map(\.outcome) == [.kept])
    #expect(reconciler.changes.isEmpty)
  }

  @Test func `An older file turns nothing back`() throws {
    var reconciler = try reconciler(issued: "2008-06-30")
    // The office was open then and closed later.
    reconciler.judge(try body(2, "W1", "West Office"))
    #expect(verdicts(reconciler) == [0, 1, 0, 0])
  }

  @Test func `A name of a later file holds from an earlier one on`() throws {
    var late = try reconciler()
    late.judge(try body(2, "P1", "New Office", kinds: ["proxy"], from: "2015-04-01"))
    try record(late)
    var early = try reconciler(issued: "2016-06-30")
    early.judge(try body(2, "P1", "NEW OFFICE", from: "2015-04-01"))
    try record(early)
    #expect(try facts("name", of: "proxy-P1") == ["2016-06-30||unknown"])
  }

  @Test func `A file that knows a body before it opened says so`() throws {
    var reconciler = try reconciler(issued: "1999-06-30")
    reconciler.judge(try body(2, "N1", "North & South Office", from: "1999-04-01"))
    #expect(reconciler.findings.map(\.what) == ["opened"])
    #expect(reconciler.findings.map(\.register) == ["later than the issue of the file"])
  }
}
