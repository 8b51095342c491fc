@testable import RegistryStorage
import RegistryTestSupport
import Testing

/// Single units: when they existed, where they lay, and how they moved by themselves.
@Suite struct UnitTests {
  private let registry: Registry

  init() throws {
    registry = try register(
      vocabulary,
      """
      record,key,event,organisation,kind,type,from,parcel,partition,source
      organisation,a
      organisation,b
      organisation,late
      event,founding,,,,establishment,2000-04-01,,,law
      event,opening,,,,establishment,2010-04-01,,,law
      open,,founding,a,group
      open,,founding,b,group
      open,,opening,late,group
      parcel,P,,,,,,,practice
      parcel,Q,,,,,,,practice
      anchor,,,a,,,2000-04-01,P,,law
      anchor,,,a,,,2000-04-01,Q,,law

      record,partition,unit,parcel,from,to,source,note
      unit,practice,p1,P,1999-01-01,2012-03-31,law,a note
      unit,practice,q1,Q,,,law
      unit,practice,q2,Q,,,law
      """)
  }

  private static let header = "record,key,partition,unit,organisation,other,from,source\n"
  private static let move = header + "move,,practice,p1,a,b,2005-04-01,law"

  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  private func days(_ code: String) throws -> [String] {
    try registry.units(named: code).map { "\($0.firstDay?.description ?? "?") \($0.lastDay?.description ?? "?")" }
  }

  // MARK: Their own days

  @Test func `A unit has days of its own, which are stored half-open`() throws {
    #expect(try days("p1") == ["1999-01-01 2012-03-31"])
    #expect(try days("q1") == ["? ?"])
    let stored = "SELECT valid_from, valid_to FROM unit WHERE code = 'p1' AND superseded_in IS NULL"
    #expect(try registry.rows(stored) == ["1999-01-01|2012-04-01"])
  }

  @Test func `A line without days keeps them, and a line with one replaces that one`() throws {
    try registry.say("record,partition,unit,parcel,source,note\nunit,practice,p1,P,law,another note")
    #expect(try days("p1") == ["1999-01-01 2012-03-31"])
    #expect(try registry.units(named: "p1").map(\.note) == ["another note"])
    try registry.say("record,partition,unit,parcel,to,source\nunit,practice,p1,P,2013-03-31,law")
    #expect(try days("p1") == ["1999-01-01 2013-03-31"])
    try registry.undo(4)
    #expect(try days("p1") == ["1999-01-01 2012-03-31"])
    #expect(try registry.check() == [])
  }

  @Test func `The days of a unit do not decide where it lies`() throws {
    let places = try registry.units(named: "p1")[0].places
    #expect(places.map(\.organisation) == ["a"])
    #expect(places.map(\.firstDay) == [try day("2000-04-01")] && places.map(\.lastDay) == [nil])
  }

  @Test func `A unit does not end before it begins`() throws {
    let change = Change(
      .unit(partition: "practice", code: "p1", parcel: "P", amounts: []), start: .day(try day("2001-01-01")),
      end: try day("2001-01-01"))
    let refusal = #expect(throws: Refused.self) { try registry.say(ChangeSet(changes: [change])) }
    #expect(
      refusal?.description == "the last day of the unit 'p1', 2000-12-31, is before its first day 2001-01-01")
  }

  // MARK: Moves

  @Test func `A move belongs to its unit, and to no event of bodies`() throws {
    try registry.say(Self.move)
    let unit = try registry.units(named: "p1")[0]
    #expect(
      unit.moves.map { "\($0.key): \($0.day) \($0.predecessor.key) \($0.successor.key) \($0.source ?? "")" } == [
        "practice/p1/move@2005-04-01: 2005-04-01 a b The law"
      ])
    #expect(try registry.units(named: "q1")[0].moves.isEmpty)
    #expect(try registry.successions().isEmpty)
    #expect(try registry.happenings(from: day("2005-04-01"), to: day("2005-04-01")).isEmpty)
    for body in ["a", "b"] {
      let detail = try #require(try registry.detail(of: registry.id(body)))
      #expect(detail.events.map(\.key) == ["founding"])
    }
  }

  @Test func `Moves are listed by day, and as known in a revision`() throws {
    try registry.say(Self.move)
    let (first, last) = (try day("2005-04-01"), try day("2005-04-30"))
    #expect(try registry.unitMoves(from: first, to: first).map(\.unit) == ["p1"])
    #expect(try registry.unitMoves(from: first.next, to: last).isEmpty)
    #expect(try registry.unitMoves(from: first, to: last, knownIn: 2).isEmpty)
    #expect(try registry.units(named: "p1", knownIn: 2)[0].moves.isEmpty)
    #expect(try registry.units(named: "p1", on: last)[0].moves.isEmpty)
    #expect(try registry.units(named: "p1", on: first)[0].moves.count == 1)
  }

  @Test func `Stating a move again changes nothing, and another body on the day corrects it`() throws {
    try registry.say(Self.move)
    #expect(try registry.say(Self.move).revision == nil)
    try registry.say(
      "record,key,event,organisation,kind,type,from,source\norganisation,c\nopen,,founding,c,group")
    try registry.say(Self.header + "move,,practice,p1,a,c,2005-04-01,law")
    #expect(try registry.units(named: "p1")[0].moves.map(\.successor.key) == ["c"])
  }

  @Test func `A move is undone and taken back`() throws {
    let before = try registry.currentRows()
    try registry.say(Self.move)
    try registry.undo(3)
    #expect(try registry.currentRows() == before)
    try registry.say(Self.move)
    try registry.say("record,key\nretract,practice/p1/move@2005-04-01")
    #expect(try registry.currentRows() == before)
  }

  static let refusals: [(line: String, message: String)] = [
    ("move,,practice,p1,a,a,2005-04-01,law", "test.csv:2: 'a' is both the body before and the body after"),
    (
      "move,,practice,p9,a,b,2005-04-01,law",
      "test.csv:2: practice/p9/move@2005-04-01: the register has no unit p9 of practice"
    ),
    (
      "move,,practice,q1,a,b,2005-04-01,law",
      "test.csv:2: practice/q1/move@2005-04-01: the unit q1 moves, but q2 of its parcel Q does not go with it: "
        + "give what moves a parcel of its own"
    ),
    (
      "move,,practice,p1,a,late,2005-04-01,law",
      "test.csv:2: practice/p1/move@2005-04-01: the body that the unit joins does not live on 2005-04-01"
    ),
    (
      "move,,practice,p1,late,b,2010-04-01,law",
      "test.csv:2: practice/p1/move@2010-04-01: the body that the unit leaves does not live on 2010-03-31, the day before"
    ),
  ]

  @Test(arguments: refusals) func `A move that cannot be is refused in words`(line: String, message: String) throws {
    #expect(try registry.problems(of: Self.header + line).map(\.description).contains(message))
  }

  @Test func `Units of one parcel move if all of them do`() throws {
    try registry.say(
      Self.header + "move,,practice,q1,a,b,2005-04-01,law\nmove,,practice,q2,a,b,2005-04-01,law")
    let problems = try registry.problems(of: "record,key\nretract,practice/q2/move@2005-04-01")
    #expect(problems.map(\.rule) == ["units-of-a-parcel-move-together"])
  }

  @Test func `A unit with a move is not taken away`() throws {
    try registry.say("record,key,partition,parcel,organisation,from\nparcel,R,practice,,,\nanchor,,,R,a,2000-04-01")
    try registry.say("record,partition,unit,parcel\nunit,practice,r1,R")
    try registry.say(Self.header + "move,,practice,r1,a,b,2005-04-01,law")
    let refusal = #expect(throws: Refused.self) { try registry.undo(4) }
    #expect(refusal?.problems.map(\.rule) == ["moving-unit-is-known"])
  }
}
