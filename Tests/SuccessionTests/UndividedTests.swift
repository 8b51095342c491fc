import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// What no event divided needs no units and no basis, whatever its kind.
@Suite struct UndividedTests {
  /// Of the place tier, of no tier, and of an upper tier.
  static let kinds = ["group", "proxy", "board"]

  /// b1 becomes b2 in 2010, b2 and b3 merge into b4 in 2015, and b4 is divided into b5 and b6 in 2020. b7 absorbs b8 in
  /// 2012 and lives on. b9 ends in 2011 without a successor. b10 lives all the time. Of b11 nobody knows when it lived.
  private func asked(_ kind: String) throws -> Asked {
    let founded = ["b1", "b3", "b7", "b8", "b9", "b10"]
    return try Asked(
      register(
        vocabulary,
        """
        record,key,event,organisation,other,kind,type,nature,from,source
        \((1...11).map { "organisation,b\($0)" }.joined(separator: "\n"))
        role,,,b11,,\(kind),,,2000-04-01,law
        event,founding,,,,,establishment,,2000-04-01,law
        event,chain,,,,,succession,,2010-04-01,law
        event,end,,,,,closure,,2011-04-01,law
        event,absorption,,,,,absorption,,2012-04-01,law
        event,merger,,,,,merger,,2015-04-01,law
        event,split,,,,,split,,2020-04-01,law
        \(founded.map { "open,,founding,\($0),,\(kind)" }.joined(separator: "\n"))
        open,,chain,b2,,\(kind)
        open,,merger,b4,,\(kind)
        open,,split,b5,,\(kind)
        open,,split,b6,,\(kind)
        succession,,chain,b1,b2,,,succession
        succession,,merger,b2,b4,,,succession
        succession,,merger,b3,b4,,,succession
        succession,,split,b4,b5,,,territory
        succession,,split,b4,b6,,,territory
        succession,,absorption,b8,b7,,,succession
        close,,chain,b1
        close,,end,b9
        close,,absorption,b8
        close,,merger,b2
        close,,merger,b3
        close,,split,b4
        """))
  }

  @Test(arguments: kinds) func `A body that nothing happened to is itself`(kind: String) throws {
    let asked = try asked(kind)
    #expect(try asked.parts("b10", "2005-01-01", "2026-01-01") == ["b10 whole"])
    #expect(try asked.parts("b10", "2026-01-01", "2005-01-01") == ["b10 whole"])
    #expect(try asked.parts("b2", "2010-04-01", "2010-04-01") == ["b2 whole"])
    #expect(try asked.parts("b11", "1990-01-01", "2026-01-01") == ["b11 whole"])
  }

  @Test(arguments: kinds) func `A body goes on as a whole along a chain`(kind: String) throws {
    let asked = try asked(kind)
    let answer = try asked.answer("b1", "2005-01-01", "2016-01-01")
    #expect(answer.parts.map(asked.words) == ["b4 whole"])
    #expect(asked.events(of: answer.parts[0]) == ["chain", "merger"])
    #expect(answer.parts[0].ratio == .whole && answer.parts[0].amount == nil && answer.basis == nil)
    #expect(answer.body == (try asked.registry.id("b4")))
    #expect(answer.trace.steps.map(\.day) == [try day("2010-04-01"), try day("2015-04-01")])
  }

  @Test(arguments: kinds) func `Days are exact`(kind: String) throws {
    let asked = try asked(kind)
    #expect(try asked.parts("b1", "2005-01-01", "2010-03-31") == ["b1 whole"])
    #expect(try asked.parts("b1", "2005-01-01", "2010-04-01") == ["b2 whole"])
    #expect(try asked.parts("b1", "2010-03-31", "2010-04-01") == ["b2 whole"])
    #expect(try asked.parts("b2", "2010-04-01", "2010-03-31") == ["b1 whole"])
  }

  @Test(arguments: kinds) func `A division without units and amounts is a gap forward and none backward`(
    kind: String
  ) throws {
    let asked = try asked(kind)
    #expect(try asked.parts("b3", "2014-01-01", "2021-01-01") == ["gap: split"])
    #expect(try asked.parts("b5", "2021-01-01", "2016-01-01") == ["b4 whole"])
  }

  @Test(arguments: kinds) func `A merger is a gap backward`(kind: String) throws {
    let asked = try asked(kind)
    #expect(try asked.parts("b4", "2016-01-01", "2014-01-01") == ["gap: merger"])
    #expect(try asked.parts("b5", "2021-01-01", "2005-01-01") == ["gap: merger"])
  }

  @Test(arguments: kinds) func `What was absorbed is in the body that lives on`(kind: String) throws {
    let asked = try asked(kind)
    #expect(try asked.parts("b8", "2010-01-01", "2013-01-01") == ["b7 whole"])
    // Forward, nothing was taken from b7. Backward, something was brought to it.
    #expect(try asked.parts("b7", "2010-01-01", "2013-01-01") == ["b7 whole"])
    #expect(try asked.parts("b7", "2013-01-01", "2010-01-01") == ["gap: absorption"])
  }

  @Test(arguments: kinds) func `Of what ended, nobody says where it went`(kind: String) throws {
    let asked = try asked(kind)
    #expect(try asked.parts("b9", "2010-01-01", "2013-01-01") == ["gap: b9 ended 2011-04-01"])
    #expect(try asked.parts("b10", "2010-01-01", "1999-01-01") == ["gap: b10 began 2000-04-01"])
    #expect(try asked.parts("b2", "2012-01-01", "1999-01-01") == ["gap: b1 began 2000-04-01"])
  }

  @Test(arguments: kinds) func `A body that does not live on the first day is one gap`(kind: String) throws {
    let asked = try asked(kind)
    #expect(try asked.parts("b2", "2009-01-01", "2016-01-01") == ["gap: lived 2010-04-01"])
    #expect(try asked.parts("b2", "2015-04-01", "2016-01-01") == ["gap: lived 2010-04-01"])
  }

  // MARK: Duties

  /// In 2010 a ends and its duties pass to n. In 2015 the duties of b pass to n and c, and b ends.
  private func duties(_ more: String = "") throws -> Asked {
    try Asked(
      register(
        vocabulary,
        """
        record,key,event,organisation,other,parcel,partition,kind,type,nature,from,source
        organisation,a
        organisation,b
        organisation,c
        organisation,n
        event,founding,,,,,,,establishment,,2000-04-01,law
        event,end,,,,,,,closure,,2010-04-01,law
        event,second,,,,,,,closure,,2015-04-01,law
        open,,founding,a,,,,group
        open,,founding,b,,,,group
        open,,founding,c,,,,group
        open,,founding,n,,,,group
        succession,,end,a,n,,,,,duties
        succession,,second,b,n,,,,,duties
        succession,,second,b,c,,,,,duties
        close,,end,a
        close,,second,b
        """ + more))
  }

  @Test func `Duties are followed if they are all that is known, and this is said`() throws {
    let asked = try duties()
    #expect(try asked.parts("a", "2005-01-01", "2012-01-01") == ["n whole duties"])
    #expect(try asked.parts("b", "2005-01-01", "2016-01-01") == ["gap: b ended 2015-04-01"])
    // A body that lives on keeps itself, whatever duties it takes over.
    #expect(try asked.parts("n", "2005-01-01", "2016-01-01") == ["n whole"])
    #expect(try asked.parts("n", "2016-01-01", "2005-01-01") == ["n whole"])
  }

  @Test func `Duties carry no territory`() throws {
    let asked = try duties(
      """

      parcel,P1,,,,,area,,,,,law
      anchor,,,a,,P1,,,,,2000-04-01,law

      record,partition,unit,parcel,amount:people,source
      unit,area,u1,P1,100,law
      """)
    #expect(try asked.parts("a", "2005-01-01", "2012-01-01") == ["gap: a ended 2010-04-01 people"])
  }
}
