import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// Observed shares, operational days, and parcels by their keys.
@Suite struct OtherSourcesTests {
  /// a (P1: 100, P2: 300) is divided in 2010: P1 goes to b and P2 to c. Somebody observed, between a day in 2009 and one
  /// in 2011, that a fifth of a went to b. c worked from 2009-10-01 on, half a year before the law knew it.
  private let asked: Asked

  init() throws {
    asked = try Asked(
      register(
        vocabulary + "\nbasis,postcodes,Postcodes,,,,,,percent",
        """
        record,key,event,organisation,other,parcel,partition,basis,kind,type,nature,timeline,amount,from,to,source
        organisation,a
        organisation,b
        organisation,c
        event,founding,,,,,,,,establishment,,,,2000-04-01,,law
        event,split,,,,,,,,split,,,,2010-04-01,,law
        open,,founding,a,,,,,group
        open,,split,b,,,,,group
        role,,,c,,,,,group,,,,,2010-04-01,,law
        life,,,c,,,,,,,,operational,,2009-10-01,,law
        life,,,c,,,,,,,,legal,,2010-04-01,,law
        succession,,split,a,b,,,,,,territory
        succession,,split,a,c,,,,,,territory
        movement,,split,,b,P1
        movement,,split,,c,P2
        close,,split,a
        parcel,P1,,,,,area,,,,,,,,,law
        parcel,P2,,,,,area,,,,,,,,,law
        anchor,,,a,,P1,,,,,,,,2000-04-01,,law
        anchor,,,a,,P2,,,,,,,,2000-04-01,,law
        observed,,,a,b,,,postcodes,,,,,20,2009-06-30,2011-06-30,law
        observed,,,a,c,,,postcodes,,,,,80,2009-06-30,2011-06-30,law

        record,partition,unit,parcel,amount:people,source
        unit,area,u1,P1,100,law
        unit,area,u2,P2,300,law
        """))
  }

  @Test func `Observed shares count on their two days, if they are named`() throws {
    #expect(
      try asked.parts("a", "2009-06-30", "2011-06-30", bases: ["postcodes"])
        == ["b 1/5 postcodes proportional", "c 4/5 postcodes proportional"])
    #expect(
      try asked.parts("a", "2009-06-30", "2011-06-30") == ["b 1/4 people exact", "c 3/4 people exact"])
  }

  @Test func `Observed shares are refused on other days and backward`() throws {
    let refusal = ["gap: postcodes only 2009-06-30 to 2011-06-30"]
    #expect(try asked.parts("a", "2009-06-30", "2011-07-01", bases: ["postcodes"]) == refusal)
    #expect(try asked.parts("a", "2009-06-30", "2011-06-30", bases: ["postcodes", "people"]).count == 2)
    #expect(
      try asked.parts("a", "2009-06-30", "2011-07-01", bases: ["postcodes", "people"])
        == ["b 1/4 people exact", "c 3/4 people exact"])
    #expect(try asked.parts("a", "2009-06-30", "2009-07-01", bases: ["postcodes"]) == refusal)
    #expect(try asked.parts("b", "2011-06-30", "2009-06-30", bases: ["postcodes"]) == refusal)
    // Unless it is named, nothing has to be measured where nothing happened.
    #expect(try asked.parts("a", "2009-06-30", "2009-07-01") == ["a people whole"])
  }

  @Test func `On operational days, a body lives before the law knows it, with its first territory`() throws {
    #expect(try asked.parts("c", "2010-01-01", "2010-01-01") == ["gap: lived 2010-04-01"])
    #expect(try asked.parts("c", "2010-01-01", "2010-01-01", dates: .operational) == ["c people whole"])
    #expect(try asked.parts("c", "2010-01-01", "2012-01-01", dates: .operational) == ["c people whole"])
    // Nothing counts twice: a holds it until the law says otherwise.
    #expect(
      try asked.parts("a", "2010-01-01", "2012-01-01", dates: .operational)
        == ["b 1/4 people exact", "c 3/4 people exact"])
  }

  @Test func `A parcel is where its units are`() throws {
    func place(_ from: String, _ to: String) throws -> [String] {
      try asked.whereabouts.answer(forParcel: "P1", asked.question(from, to)).parts.map(asked.words)
    }
    #expect(try place("2005-01-01", "2009-01-01") == ["a whole"])
    #expect(try place("2005-01-01", "2012-01-01") == ["b whole"])
    #expect(try place("2012-01-01", "2005-01-01") == ["a whole"])
    #expect(
      try asked.whereabouts.answer(forParcel: "P9", asked.question("2005-01-01", "2012-01-01")).parts.map(asked.words)
        == ["gap: not measured"])
  }
}
