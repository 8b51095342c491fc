import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// a (P1: 100, P2: 300) and b (P3: 600) become n in 2010. In 2015 n gives P1 to c.
private let mergerThenTransfer = """
  record,key,event,organisation,other,parcel,partition,kind,type,nature,from,source
  organisation,a
  organisation,b
  organisation,c
  organisation,n
  event,founding,,,,,,,establishment,,2000-04-01,law
  event,merger,,,,,,,merger,,2010-04-01,law
  event,transfer,,,,,,,transfer,,2015-04-01,law
  open,,founding,a,,,,group
  open,,founding,b,,,,group
  open,,founding,c,,,,group
  open,,merger,n,,,,group
  succession,,merger,a,n,,,,,succession
  succession,,merger,b,n,,,,,succession
  close,,merger,a
  close,,merger,b
  succession,,transfer,n,c,,,,,territory
  movement,,transfer,,c,P1
  parcel,P1,,,,,area
  parcel,P2,,,,,area
  parcel,P3,,,,,area
  anchor,,,a,,P1,,,,,2000-04-01,law
  anchor,,,a,,P2,,,,,2000-04-01,law
  anchor,,,b,,P3,,,,,2000-04-01,law

  record,partition,unit,parcel,amount:people,source
  unit,area,u1,P1,100,law
  unit,area,u2,P2,300,law
  unit,area,u3,P3,600,law
  """

/// What was divided lies where its units lie, and a basis weighs them.
@Suite struct DividedTests {
  private func asked(_ more: String...) throws -> Asked {
    let registry = try register(vocabulary, mergerThenTransfer)
    for file in more { try registry.say(file) }
    return try Asked(registry)
  }

  @Test func `What was merged does not mix`() throws {
    let asked = try asked()
    let answer = try asked.answer("a", "2009-04-01", "2016-04-01")
    #expect(answer.parts.map(asked.words) == ["c 1/4 people exact", "n 3/4 people exact"])
    #expect(answer.parts.map(\.amount) == [Amount(100), Amount(300)])
    #expect(answer.parts.allSatisfy { $0.total == Amount(400) })
    #expect(answer.parts.map(asked.events) == [["merger", "transfer"], ["merger"]])
    #expect(
      try asked.parts("a", "2009-04-01", "2016-04-01", bases: ["areas"]) == ["c 1/2 areas exact", "n 1/2 areas exact"])
    // b went as one, so nothing had to be measured, but it can be.
    let whole = try asked.answer("b", "2009-04-01", "2016-04-01")
    #expect(whole.parts.map(asked.words) == ["n people whole"])
    #expect(whole.parts[0].amount == Amount(600) && whole.parts[0].total == Amount(600))
  }

  @Test func `The way back comes from the same pieces`() throws {
    let asked = try asked()
    #expect(try asked.parts("c", "2016-04-01", "2009-04-01") == ["a people whole"])
    #expect(try asked.parts("n", "2016-04-01", "2009-04-01") == ["a 1/3 people exact", "b 2/3 people exact"])
  }

  @Test func `On one day every body is itself`() throws {
    let asked = try asked()
    #expect(try asked.parts("n", "2012-04-01", "2012-04-01") == ["n people whole"])
    #expect(try asked.parts("a", "2012-04-01", "2012-04-01") == ["gap: lived 2000-04-01"])
  }

  @Test func `A body that gave nothing away is itself, although it was merged long ago`() throws {
    let asked = try asked()
    #expect(try asked.parts("n", "2010-04-01", "2015-03-31") == ["n people whole"])
    #expect(try asked.parts("n", "2010-04-01", "2015-04-01").count == 2)
  }

  @Test func `A basis of no piece measures nothing`() throws {
    let asked = try asked()
    #expect(try asked.parts("a", "2009-04-01", "2016-04-01", bases: ["practices"]).first?.hasPrefix("gap: ") == true)
    #expect(try asked.answer("a", "2009-04-01", "2016-04-01", bases: ["practices", "people"]).basis == "people")
    let trace = try asked.answer("a", "2009-04-01", "2016-04-01", bases: ["practices", "people", "areas"]).trace
    #expect(trace.bases.map(\.basis) == ["practices", "people"])
    #expect(trace.bases.map(\.outcome) == [.measuresNothing, .taken])
  }

  @Test func `A part that weighs nothing comes last, with a share of zero`() throws {
    let asked = try asked(
      """
      record,partition,unit,parcel,amount:people,source
      unit,area,u1,P1,0,law
      """)
    #expect(try asked.parts("a", "2009-04-01", "2016-04-01") == ["n people exact", "c 0 people exact"])
    #expect(try asked.answer("a", "2009-04-01", "2016-04-01").body == (try asked.registry.id("n")))
  }

  // MARK: Which basis

  /// a has two practices, of which the second goes to c with no word of the areas it serves, which stay.
  private static let practices = """
    record,key,organisation,event,other,parcel,partition,unit,from,source
    parcel,Q1,,,,,practice,,,law
    parcel,Q2,,,,,practice,,,law
    anchor,,a,,,Q1,,,2000-04-01,law
    anchor,,a,,,Q2,,,2000-04-01,law
    unit,,,,,Q1,practice,q1,,law
    unit,,,,,Q2,practice,q2,,law
    """

  @Test func `People come before counts, and the first partition before the second`() throws {
    let asked = try asked(
      Self.practices,
      "record,event,other,parcel\nmovement,transfer,c,Q1")
    #expect(try asked.answer("a", "2009-04-01", "2016-04-01").basis == "people")
    #expect(
      try asked.parts("a", "2009-04-01", "2016-04-01", bases: ["practices"])
        == ["c 1/2 practices exact", "n 1/2 practices exact"])
    #expect(
      try asked.parts("a", "2009-04-01", "2016-04-01", bases: ["practices", "people"])
        == ["c 1/2 practices exact", "n 1/2 practices exact"])
  }

  @Test func `The first partition that holds all of a body says that it was not divided`() throws {
    // b gives nothing but a practice, and its area stays where it was.
    let asked = try asked(
      Self.practices.replacing("anchor,,a,,,Q2", with: "anchor,,b,,,Q2"),
      "record,event,other,parcel\nmovement,transfer,c,Q2")
    #expect(try asked.parts("b", "2009-04-01", "2016-04-01") == ["n people whole"])
    #expect(try asked.parts("b", "2009-04-01", "2016-04-01", bases: ["practices"]) == ["c practices whole"])
  }

  @Test func `A basis with a gap gives way to one without`() throws {
    // The transfer of 2015 says nothing about practices.
    let asked = try asked(Self.practices)
    let later = try asked.answer("a", "2009-04-01", "2016-04-01", bases: ["practices", "areas"])
    #expect(later.basis == "areas")
    #expect(try asked.parts("a", "2009-04-01", "2016-04-01", bases: ["practices"]) == ["gap: transfer practices"])
    #expect(
      try asked.parts("a", "2009-04-01", "2014-04-01", bases: ["practices", "areas"]) == ["n practices whole"])
    guard case .gaps(let share, _)? = later.trace.bases.first?.outcome else {
      Issue.record("\(later.trace)")
      return
    }
    #expect(share == .whole)
  }

  @Test func `A gap is only a part`() throws {
    let asked = try asked(
      """
      record,key,event,organisation,other,parcel,kind,type,nature,from,source
      organisation,d
      event,end,,,,,,closure,,2018-04-01,law
      succession,,end,c,d,,,,succession
      open,,end,d,,,group
      close,,end,c
      event,loss,,,,,,closure,,2020-04-01,law
      close,,loss,d
      """)
    #expect(
      try asked.parts("a", "2009-04-01", "2021-04-01") == ["n 3/4 people exact", "gap: d ended 2020-04-01 1/4 people"])
  }

  // MARK: Divisions by amounts alone

  /// n is divided between x and y by shares in 2020, and x becomes z in 2022.
  private func divided() throws -> Asked {
    try asked(
      """
      record,key,event,organisation,other,basis,kind,type,nature,amount,from,source
      organisation,x
      organisation,y
      organisation,z
      event,split,,,,,,split,,,2020-04-01,law
      open,,split,x,,,group
      open,,split,y,,,group
      succession,,split,n,x,,,,territory
      succession,,split,n,y,,,,territory
      flow,,split,n,x,share,,,,0.3
      flow,,split,n,y,share,,,,0.7
      close,,split,n
      event,renewal,,,,,,succession,,,2022-04-01,law
      open,,renewal,z,,,group
      succession,,renewal,x,z,,,,succession
      close,,renewal,x
      """)
  }

  @Test func `A share is proportional only if a division by amounts falls between the days`() throws {
    let asked = try divided()
    #expect(
      try asked.parts("n", "2020-03-31", "2020-04-01")
        == ["x 3/10 people proportional", "y 7/10 people proportional"])
    #expect(
      try asked.parts("n", "2019-04-01", "2023-04-01")
        == ["y 7/10 people proportional", "z 3/10 people proportional"])
    #expect(
      try asked.parts("a", "2009-04-01", "2023-04-01") == [
        "c 1/4 people exact", "y 21/40 people proportional", "z 9/40 people proportional",
      ])
    // Both days are on one side of the division.
    #expect(try asked.parts("x", "2020-04-01", "2023-04-01") == ["z people whole"])
    #expect(try asked.parts("n", "2015-04-01", "2020-03-31") == ["n people whole"])
    // Backward, the whole of x came from n, however n was divided.
    #expect(try asked.parts("x", "2020-04-01", "2020-03-31") == ["n people whole"])
  }

  @Test func `Parts of every body add up to it exactly`() throws {
    let asked = try divided()
    var measured = 0
    for (from, to) in [("2009-04-01", "2023-04-01"), ("2023-04-01", "2009-04-01"), ("2016-04-01", "2020-04-01")] {
      for body in ["a", "b", "c", "n", "x", "y", "z"] {
        for basis in ["areas", "people"] {
          let answer = try asked.answer(body, from, to, bases: [basis])
          #expect(answer.isWhole, "\(body) \(from) \(to)")
          if answer.parts[0].total != nil { measured += 1 }
        }
      }
    }
    #expect(measured == 14)
  }
}
