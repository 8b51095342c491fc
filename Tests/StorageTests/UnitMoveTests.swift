import RegistryStorage
import RegistryTestSupport
import Testing

/// Units that leave their body by themselves.
@Suite struct UnitMoveTests {
  private let header = "record,partition,unit,organisation,other,from,source\n"

  private func moved(_ moves: String, after lines: String = "") throws -> Registry {
    let registry = try register(vocabulary, replayFounding)
    if !lines.isEmpty { try registry.say(replayHeader + lines) }
    try registry.say(header + moves)
    return registry
  }

  private let merger = """
    event,merger,,,,,,,merger,,,2010-04-01,law
    open,,merger,n,,,group
    succession,,merger,a,n,,,,,succession
    succession,,merger,b,n,,,,,succession
    close,,merger,a
    close,,merger,b
    """

  @Test func `A unit goes alone, and then follows its new body`() throws {
    let registry = try moved("move,area,u2,a,b,2005-07-01,law", after: merger)
    #expect(
      try places(registry, "P1", "P2", "Q1") == [
        "P1 a 2000-04-01..2010-03-31", "P1 n 2010-04-01..", "P2 a 2000-04-01..2005-06-30",
        "P2 b 2005-07-01..2010-03-31", "P2 n 2010-04-01..", "Q1 a 2000-04-01..2010-03-31", "Q1 n 2010-04-01..",
      ])
    #expect(try registry.check().isEmpty)
  }

  @Test func `A unit goes with others of its parcel, there and back`() throws {
    let registry = try moved(
      """
      move,area,u11,a,c,2005-07-01,law
      move,area,u12,a,c,2005-07-01,law
      move,area,u11,c,a,2007-01-01,law
      move,area,u12,c,a,2007-01-01,law
      """)
    #expect(
      try places(registry, "P1") == [
        "P1 a 2000-04-01..2005-06-30", "P1 c 2005-07-01..2006-12-31", "P1 a 2007-01-01..",
      ])
  }

  @Test func `Backward a unit comes from the body that it left`() throws {
    let registry = try register(vocabulary, replayFounding)
    try registry.say("record,organisation,parcel,from,source\nanchor,n,P2,2012-01-01,law\n\n\(replayHeader)\(merger)")
    #expect(try places(registry, "P2") == ["P2 lost at merger 0001-01-01..2010-03-31", "P2 n 2010-04-01.."])
    try registry.say(header + "move,area,u2,b,n,2010-04-01,law")
    #expect(try places(registry, "P2") == ["P2 b 2000-04-01..2010-03-31", "P2 n 2010-04-01.."])
    try registry.say(header + "move,area,u2,a,b,2005-07-01,law")
    #expect(
      try places(registry, "P2") == [
        "P2 a 2000-04-01..2005-06-30", "P2 b 2005-07-01..2010-03-31", "P2 n 2010-04-01..",
      ])
    #expect(try registry.check().isEmpty)
  }

  @Test func `On the day on which its body ends a unit goes by itself, and nothing becomes silent or a gap`() throws {
    let registry = try moved("move,area,u2,a,c,2010-04-01,law", after: merger)
    #expect(
      try places(registry, "P1", "P2", "P3") == [
        "P1 a 2000-04-01..2010-03-31", "P1 n 2010-04-01..", "P2 a 2000-04-01..2010-03-31", "P2 c 2010-04-01..",
        "P3 b 2000-04-01..2010-03-31", "P3 n 2010-04-01..",
      ])
  }

  @Test func `A unit that moves by itself on the day of a gift is not part of it`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,e,,,,,,,transfer,,,2010-04-01,law
        succession,,e,a,b,,,,,territory
        flow,,e,a,b,,,areas,,,1
        """)
    try registry.say(header + "move,area,u2,a,c,2010-04-01,law")
    #expect(try amounts(registry, "a", "2010-04-01")["areas"] == 1)
    #expect(try amounts(registry, "b", "2010-04-01")["areas"] == 2)
    #expect(try amounts(registry, "c", "2010-04-01")["areas"] == 2)
    #expect(try registry.check().isEmpty)
  }

  @Test func `A move makes no link, and says nothing about other partitions`() throws {
    let registry = try moved("move,practice,q1,a,b,2005-07-01,law")
    #expect(try registry.successions().isEmpty)
    #expect(
      try places(registry, "P1", "Q1") == ["P1 a 2000-04-01..", "Q1 a 2000-04-01..2005-06-30", "Q1 b 2005-07-01.."])
  }

  @Test(arguments: [
    ("move,area,u3,a,c,2005-07-01,law", "u3 does not lie in the body that it leaves on 2005-06-30"),
    ("move,area,u2,b,c,2005-07-01,law", "u2 does not lie in the body that it leaves on 2005-06-30"),
    (
      "move,area,u2,a,b,2005-07-01,law\nmove,area,u2,a,c,2007-01-01,law",
      "u2 does not lie in the body that it leaves on 2006-12-31"
    ),
    ("move,area,u11,a,b,2005-07-01,law", "u12 of its parcel P1 does not go with it"),
  ]) func `A unit moves only out of the body in which it lies, with its parcel`(lines: String, words: String) throws {
    let registry = try register(vocabulary, replayFounding)
    let problems = try registry.problems(of: header + lines)
    #expect(problems.contains { $0.message.contains(words) }, "\(problems)")
  }

  @Test func `A later event that takes the unit elsewhere is refused, and names the move`() throws {
    let registry = try moved("move,area,u2,a,b,2005-07-01,law")
    let problems = try registry.problems(
      of: replayHeader + """
        event,e,,,,,,,transfer,,,2003-04-01,law
        succession,,e,a,c,,,,,territory
        movement,,e,,c,P2
        """)
    #expect(problems.contains { $0.message.contains("u2 does not lie in the body that it leaves") }, "\(problems)")
  }
}
