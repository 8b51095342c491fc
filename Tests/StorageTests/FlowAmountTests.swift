@testable import RegistryStorage
import RegistryTestSupport
import Testing

/// Amounts that a divided body gives: they are parts of something.
@Suite struct FlowAmountTests {
  /// In 2010, `a` gives to `c` and `d` and goes on, and `b` ends and is succeeded by both. The first has two areas with
  /// 150 people, and `b` no units.
  private static let world = """
    record,key,event,organisation,other,kind,type,nature,from,parcel,partition,source
    organisation,a
    organisation,b
    organisation,c
    organisation,d
    event,founding,,,,,establishment,,2000-04-01,,,law
    event,gift,,,,,transfer,,2010-04-01,,,law
    event,split,,,,,split,,2010-04-01,,,law
    open,,founding,a,,group
    open,,founding,b,,group
    open,,founding,c,,group
    open,,founding,d,,group
    succession,,gift,a,c,,,territory
    succession,,gift,a,d,,,territory
    succession,,split,b,c,,,succession
    succession,,split,b,d,,,succession
    close,,split,b
    parcel,P,,,,,,,,,area
    anchor,,,a,,,,,2000-04-01,P,,law

    record,partition,unit,parcel,amount:people,source
    unit,area,u1,P,100,law
    unit,area,u2,P,50,law

    record,key,value,unit,type,partition
    basis,heads,Heads,person
    measure-kind,heads,Heads,person
    """

  private static let header = "record,event,organisation,other,basis,amount,kind,from,to,source\n"

  private func problems(_ lines: String, after earlier: String? = nil) throws -> [String] {
    let registry = try register(vocabulary, Self.world)
    if let earlier { try registry.say(Self.header + earlier) }
    let problems = try registry.problems(of: Self.header + lines)
    if problems.isEmpty { #expect(try registry.check() == []) }
    return problems.map(\.message)
  }

  @Test(arguments: [
    // The units of the giver are known.
    "flow,gift,a,c,people,150", "flow,gift,a,c,areas,1\nflow,gift,a,d,areas,1", "flow,gift,a,c,practices,0",
    // All parts are stated.
    "flow,split,b,c,heads,58509\nflow,split,b,d,heads,9495",
    "flow,gift,a,c,heads,3\nflow,gift,a,d,heads,4\nflow,gift,a,a,heads,5",
    // The giver was measured the day before.
    "measure,,b,,,10,heads,2009-04-01,2010-03-31,law\nflow,split,b,c,heads,10",
    // A share is of 1.
    "flow,gift,a,c,share,0.3\nflow,gift,a,d,share,0.7",
  ])
  func `Parts of a whole are recorded`(lines: String) throws {
    #expect(try problems(lines) == [])
  }

  static let refusals: [(lines: String, message: String)] = [
    (
      "flow,gift,a,c,people,151",
      "gift/flow/a/c/people: a gives 151 of people, but it had only 150 on 2010-03-31"
    ),
    (
      "flow,gift,a,c,areas,1\nflow,gift,a,d,areas,2",
      "gift/flow/a/c/areas: a gives 3 of areas, but it had only 2 on 2010-03-31"
    ),
    (
      "flow,split,b,c,heads,58509",
      "split/flow/b/c/heads: no source says how much of heads b had on 2010-03-31, so a part of it says nothing: "
        + "state all parts, also what it keeps, or its units, or a measure of the kind heads"
    ),
    (
      "flow,gift,a,c,heads,3\nflow,gift,a,d,heads,4",
      "gift/flow/a/c/heads: no source says how much of heads a had on 2010-03-31, so a part of it says nothing: "
        + "state all parts, also what it keeps, or its units, or a measure of the kind heads"
    ),
    (
      "measure,,b,,,10,heads,2009-04-01,2010-03-31,law\nflow,split,b,c,heads,10.5",
      "split/flow/b/c/heads: b gives 10.5 of heads, but it had only 10 on 2010-03-31"
    ),
    (
      "flow,gift,a,c,share,0.6\nflow,gift,a,d,share,0.7",
      "gift/flow/a/c/share: a gives 1.3 of share, but it had only 1 on 2010-03-31"
    ),
    (
      "flow,split,b,b,heads,1\nflow,split,b,c,heads,1\nflow,split,b,d,heads,1",
      "split/flow/b/b/heads: the body keeps nothing, because it does not live on 2010-04-01, the day of the event"
    ),
  ]

  @Test(arguments: refusals) func `Parts of nothing, or of more than there was, are refused with both figures`(
    lines: String, message: String
  ) throws {
    #expect(try problems(lines) == [message])
  }

  @Test func `What was given stays within what the giver had, whatever is recorded later`() throws {
    let registry = try register(vocabulary, Self.world, Self.header + "flow,gift,a,c,people,150")
    let problems = try registry.problems(of: "record,partition,unit,parcel,amount:people\nunit,area,u1,P,99")
    #expect(
      problems.map(\.message) == [
        "gift/flow/a/c/people: a gives 150 of people, but it had only 149 on 2010-03-31"
      ])
  }
}
