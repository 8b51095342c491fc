import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// Units that nobody names, units that move by themselves, and amounts of units that nobody names.
@Suite struct UnitsTests {
  /// a has the areas P1 (100 people) and P2 (300), and four practices. In 2010 it is divided into b and c: P1 and two
  /// practices go to b, P2 and one practice to c, and nobody says where the fourth went.
  private static let country = """
    record,key,event,organisation,other,parcel,partition,kind,type,nature,from,source
    organisation,a
    organisation,b
    organisation,c
    organisation,d
    event,founding,,,,,,,establishment,,2000-04-01,law
    event,split,,,,,,,split,,2010-04-01,law
    open,,founding,a,,,,group
    open,,founding,d,,,,group
    open,,split,b,,,,group
    open,,split,c,,,,group
    succession,,split,a,b,,,,,territory
    succession,,split,a,c,,,,,territory
    movement,,split,,b,P1
    movement,,split,,c,P2
    movement,,split,,b,Q1
    movement,,split,,b,Q2
    movement,,split,,c,Q3
    close,,split,a
    \((1...2).map { "parcel,P\($0),,,,,area,,,,,law" }.joined(separator: "\n"))
    \((1...5).map { "parcel,Q\($0),,,,,practice,,,,,law" }.joined(separator: "\n"))
    \(["P1", "P2", "Q1", "Q2", "Q3", "Q4"].map { "anchor,,,a,,\($0),,,,,2000-04-01,law" }.joined(separator: "\n"))
    anchor,,,d,,Q5,,,,,2000-04-01,law

    record,partition,unit,parcel,amount:people,source
    unit,area,u1,P1,100,law
    unit,area,u2,P2,300,law
    \((1...5).map { "unit,practice,q\($0),Q\($0),,law" }.joined(separator: "\n"))
    """

  private func asked(_ more: String...) throws -> Asked {
    let registry = try register(vocabulary, Self.country)
    for file in more { try registry.say(file) }
    return try Asked(registry)
  }

  @Test func `A unit that nobody names has no voice`() throws {
    let asked = try asked()
    #expect(
      try asked.parts("a", "2005-01-01", "2011-01-01", bases: ["practices"])
        == ["b 2/3 practices exact by 3 of 4", "c 1/3 practices exact by 3 of 4"])
    #expect(
      try asked.parts("a", "2005-01-01", "2011-01-01") == ["b 1/4 people exact", "c 3/4 people exact"])
    // On its own it is a gap, and before the division it is where its body is.
    func place(_ to: String) throws -> [String] {
      try asked.whereabouts.answer(forParcel: "Q4", asked.question("2005-01-01", to)).parts.map(asked.words)
    }
    #expect(try place("2011-01-01") == ["gap: split"])
    #expect(try place("2010-03-31") == ["a whole"])
  }

  @Test func `If no unit has a voice it is a gap`() throws {
    // In 2012 b and d are divided into e and f, and the sources name d's practice alone.
    let asked = try asked(
      """
      record,key,event,organisation,other,parcel,kind,type,nature,from,source
      organisation,e
      organisation,f
      event,reform,,,,,,split,,2012-04-01,law
      open,,reform,e,,,group
      open,,reform,f,,,group
      succession,,reform,b,e,,,,territory
      succession,,reform,b,f,,,,territory
      succession,,reform,d,e,,,,territory
      succession,,reform,d,f,,,,territory
      movement,,reform,,e,Q5
      close,,reform,b
      close,,reform,d
      """)
    #expect(try asked.parts("b", "2011-01-01", "2013-01-01", bases: ["practices"]) == ["gap: reform practices"])
    #expect(try asked.parts("d", "2011-01-01", "2013-01-01") == ["e practices whole"])
    #expect(try asked.answer("b", "2011-01-01", "2013-01-01").isWhole)
  }

  // MARK: Units that move by themselves

  private static let move = """
    record,partition,unit,organisation,other,from,source
    move,practice,q4,a,d,2007-04-01,law
    """

  @Test func `A unit that moves by itself leaves its body whole`() throws {
    let asked = try asked(Self.move)
    for (from, to) in [("2005-01-01", "2008-01-01"), ("2008-01-01", "2005-01-01")] {
      #expect(try asked.parts("a", from, to) == ["a people whole"])
      #expect(try asked.parts("d", from, to) == ["d practices whole"])
      #expect(try asked.parts("a", from, to, bases: ["people"]) == ["a people whole"])
      #expect(try asked.parts("a", from, to, bases: ["areas"]) == ["a areas whole"])
    }
    // It moves in its partition.
    #expect(
      try asked.parts("a", "2005-01-01", "2008-01-01", bases: ["practices"])
        == ["a 3/4 practices exact", "d 1/4 practices exact"])
    #expect(
      try asked.whereabouts.answer(forParcel: "Q4", asked.question("2005-01-01", "2008-01-01")).parts.map(asked.words)
        == ["d whole"])
    #expect(try asked.answer("a", "2005-01-01", "2008-01-01").trace.steps.isEmpty)
  }

  @Test func `A unit that moved before a division takes no part in it`() throws {
    let asked = try asked(
      Self.move.replacing("2007-04-01", with: "2009-04-01"))
    #expect(
      try asked.parts("a", "2009-06-01", "2011-01-01", bases: ["practices"])
        == ["b 2/3 practices exact", "c 1/3 practices exact"])
    #expect(
      try asked.parts("a", "2005-01-01", "2011-01-01", bases: ["practices"])
        == ["b 1/2 practices exact", "c 1/4 practices exact", "d 1/4 practices exact"])
  }

  // MARK: Amounts of units

  private static func gift(_ amount: String) -> String {
    """
    record,key,event,organisation,other,basis,type,nature,amount,from,source
    event,gift,,,,,transfer,,,2005-04-01,law
    succession,,gift,a,d,,,territory
    flow,,gift,a,d,areas,,,\(amount)
    """
  }

  @Test func `A body gives so many of its units and keeps the rest`() throws {
    let asked = try asked(Self.gift("0.5"))
    #expect(
      try asked.parts("a", "2004-01-01", "2006-01-01", bases: ["areas"])
        == ["a 3/4 areas proportional", "d 1/4 areas proportional"])
    let people = try asked.answer("a", "2004-01-01", "2006-01-01")
    #expect(people.isWhole && people.parts.map(\.amount) == [Amount(300), Amount(100)])
    // The division of 2010 then divides what a kept.
    #expect(
      try asked.parts("a", "2006-01-01", "2011-01-01", bases: ["areas"])
        .allSatisfy { $0.hasPrefix("b 1/2") || $0.hasPrefix("c 1/2") })
  }
}
