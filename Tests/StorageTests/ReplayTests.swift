import RegistryStorage
import RegistryTestSupport
import Testing

@Suite struct ReplayTests {
  // MARK: Undivided

  @Test func `What a body holds follows it into a merger`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,merger,,,,,,,merger,,,2010-04-01,law
        open,,merger,n,,,group
        succession,,merger,a,n,,,,,succession
        succession,,merger,b,n,,,,,succession
        close,,merger,a
        close,,merger,b
        """)
    #expect(
      try places(registry) == [
        "P1 a 2000-04-01..2010-03-31", "P1 n 2010-04-01..", "P2 a 2000-04-01..2010-03-31", "P2 n 2010-04-01..",
        "P3 b 2000-04-01..2010-03-31", "P3 n 2010-04-01..", "P4 c 2000-04-01..", "Q1 a 2000-04-01..2010-03-31",
        "Q1 n 2010-04-01..",
      ])
    #expect(try amounts(registry, "n", "2010-04-01") == ["areas": 4, "people": 950, "practices": 1])
    #expect(try amounts(registry, "n", "2010-03-31") == [:])
  }

  @Test func `A body that closes without a successor leaves its parcels nowhere`() throws {
    let registry = try register(
      vocabulary, replayFounding, replayHeader + "event,end,,,,,,,closure,,,2010-04-01,law\nclose,,end,b")
    #expect(try places(registry, "P3") == ["P3 b 2000-04-01..2010-03-31"])
    let piece = try #require(try registry.territory().pieces.first { $0.parcel == "P3" })
    #expect(piece.place(on: try #require(Day("2010-04-01"))) == .unplaced)
    #expect(piece.place(on: try #require(Day("2000-03-31"))) == .unplaced)
  }

  @Test func `A parcel without an anchor is a piece that lies nowhere`() throws {
    let registry = try register(
      vocabulary, replayFounding, "record,key,partition,source\nparcel,P9,area,law")
    #expect(try places(registry, "P9").isEmpty)
    #expect(try registry.territory().pieces.contains { $0.parcel == "P9" })
    #expect(try registry.check().isEmpty)
  }

  @Test func `A new basis measures the parcels that are there`() throws {
    let registry = try register(
      vocabulary, replayFounding, "record,key,value,partition,unit,type\nbasis,again,Areas again,area,area,count")
    #expect(try registry.territory().pieces.first { $0.parcel == "P1" }?.amounts == [2, 300, nil, nil, 2])
    #expect(try registry.check().isEmpty)
  }

  @Test func `Duties carry no parcels`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + "event,e,,,,,,,succession,,,2010-04-01,law\nsuccession,,e,a,b,,,,,duties")
    #expect(try places(registry, "P1", "P2") == ["P1 a 2000-04-01..", "P2 a 2000-04-01.."])
  }

  // MARK: Named parcels

  @Test func `A split sends each parcel where it is said to go`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,split,,,,,,,split,,,2010-04-01,law
        open,,split,n,,,group
        open,,split,m,,,group
        succession,,split,a,n,,,,,territory
        succession,,split,a,m,,,,,territory
        movement,,split,,n,P1
        movement,,split,,m,P2
        movement,,split,,m,Q1
        close,,split,a
        """)
    #expect(
      try places(registry, "P1", "P2", "Q1") == [
        "P1 a 2000-04-01..2010-03-31", "P1 n 2010-04-01..", "P2 a 2000-04-01..2010-03-31", "P2 m 2010-04-01..",
        "Q1 a 2000-04-01..2010-03-31", "Q1 m 2010-04-01..",
      ])
  }

  @Test func `A transfer moves only what it names while nobody closes`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,transfer,,,,,,,transfer,,,2010-04-01,law
        succession,,transfer,a,b,,,,,territory
        movement,,transfer,,b,P1
        flow,,transfer,a,b,,,practices,,,0
        """)
    #expect(
      try places(registry) == [
        "P1 a 2000-04-01..2010-03-31", "P1 b 2010-04-01..", "P2 a 2000-04-01..", "P3 b 2000-04-01..",
        "P4 c 2000-04-01..", "Q1 a 2000-04-01..",
      ])
  }

  @Test func `Events of one day apply together to the day before`() throws {
    // c takes P1 from a, while a and b become n: P1 does not pass through n.
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,merger,,,,,,,merger,,,2010-04-01,law
        open,,merger,n,,,group
        succession,,merger,a,n,,,,,succession
        succession,,merger,b,n,,,,,succession
        close,,merger,a
        close,,merger,b
        event,transfer,,,,,,,transfer,,,2010-04-01,law
        succession,,transfer,a,c,,,,,territory
        movement,,transfer,,c,P1
        flow,,transfer,a,c,,,practices,,,0
        """)
    #expect(
      try places(registry) == [
        "P1 a 2000-04-01..2010-03-31", "P1 c 2010-04-01..", "P2 a 2000-04-01..2010-03-31", "P2 n 2010-04-01..",
        "P3 b 2000-04-01..2010-03-31", "P3 n 2010-04-01..", "P4 c 2000-04-01..", "Q1 a 2000-04-01..2010-03-31",
        "Q1 n 2010-04-01..",
      ])
  }

  @Test func `A parcel may go and come back`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,there,,,,,,,transfer,,,2010-04-01,law
        succession,,there,a,b,,,,,territory
        movement,,there,,b,P1
        event,back,,,,,,,transfer,,,2012-04-01,law
        succession,,back,b,a,,,,,territory
        movement,,back,,a,P1
        flow,,there,a,b,,,practices,,,0
        flow,,back,b,a,,,practices,,,0
        """)
    #expect(
      try places(registry, "P1", "P3") == [
        "P1 a 2000-04-01..2010-03-31", "P1 b 2010-04-01..2012-03-31", "P1 a 2012-04-01..", "P3 b 2000-04-01..",
      ])
  }

  // MARK: Amounts alone

  /// a is divided between n, m and o by shares. Later a part moves on as a whole.
  private static let division =
    replayHeader + """
      event,split,,,,,,,split,,,2010-04-01,law
      open,,split,n,,,group
      open,,split,m,,,group
      open,,split,o,,,group
      succession,,split,a,n,,,,,territory
      succession,,split,a,m,,,,,territory
      succession,,split,a,o,,,,,territory
      flow,,split,a,n,,,share,,,0.18204175443292
      flow,,split,a,m,,,share,,,0.229339252148803
      flow,,split,a,o,,,share,,,0.588618993418278
      close,,split,a
      """

  @Test func `A division by shares makes pieces that sum to the parcel`() throws {
    let registry = try register(vocabulary, replayFounding, Self.division)
    let pieces = try registry.territory().pieces.filter { $0.parcel == "P1" }
    #expect(pieces.count == 3)
    let day = try #require(Day("2010-04-01"))
    let people = Dictionary(uniqueKeysWithValues: pieces.map { ($0.place(on: day), $0.amounts[1]) })
    // The published shares sum to 1.000000000000001. In the order of the keys, m, n and o, the last one gets the rest.
    #expect(people[.organisation(try registry.id("m"))] == Amount("68.801775644640831198"))
    #expect(people[.organisation(try registry.id("n"))] == Amount("54.612526329875945387"))
    #expect(people[.organisation(try registry.id("o"))] == Amount("176.585698025483223415"))
    #expect(people.values.reduce(0) { $0 + ($1 ?? 0) } == 300)
    #expect(Set(pieces.map { $0.place(on: day.previous) }) == [.organisation(try registry.id("a"))])
    #expect(pieces.allSatisfy { $0.divisions.count == 1 })
    #expect(try registry.territory().pieces.filter { $0.parcel == "P4" }.allSatisfy { $0.divisions.isEmpty })
    #expect(try registry.check().isEmpty)
  }

  @Test func `The pieces of a division inherit later moves`() throws {
    let registry = try register(
      vocabulary, replayFounding, Self.division,
      replayHeader + """
        event,merger,,,,,,,merger,,,2012-04-01,law
        succession,,merger,n,c,,,,,succession
        close,,merger,n
        """)
    let total = try amounts(registry, "c", "2012-04-01")
    let before = try amounts(registry, "c", "2012-03-31")
    let joined = try amounts(registry, "n", "2012-03-31")
    #expect(before == ["areas": 1, "people": 70])
    // Each of its two pieces is cut off at the last decimal.
    #expect(joined["people"] == Amount("163.837578989627836161"))
    for basis in ["areas", "people"] { #expect(total[basis] == (before[basis] ?? 0) + (joined[basis] ?? 0)) }
  }

  @Test func `Giving the units later replaces the proportion and keeps the totals`() throws {
    let registry = try register(vocabulary, replayFounding, Self.division)
    try registry.say(
      """
      record,event,other,parcel
      movement,split,n,P1
      movement,split,o,P2
      """)
    #expect(
      try places(registry, "P1", "P2") == [
        "P1 a 2000-04-01..2010-03-31", "P1 n 2010-04-01..", "P2 a 2000-04-01..2010-03-31", "P2 o 2010-04-01..",
      ])
    #expect(try amounts(registry, "n", "2010-04-01")["people"] == 300)
    #expect(try amounts(registry, "o", "2010-04-01")["people"] == 600)
    // In the other partition only shares are known.
    #expect(try registry.territory().pieces.filter { $0.parcel == "Q1" }.count == 3)
    #expect(
      try registry.territory().pieces.filter { $0.parcel == "P1" || $0.parcel == "P2" }
        .allSatisfy { $0.divisions.isEmpty })
    #expect(try registry.check().isEmpty)
    // What was known before still has the proportions.
    #expect(try registry.territory(knownIn: 3).pieces.filter { $0.parcel == "P1" }.count == 3)
  }

  @Test func `Each basis is divided by its own amounts`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,split,,,,,,,split,,,2010-04-01,law
        open,,split,n,,,group
        open,,split,m,,,group
        succession,,split,a,n,,,,,territory
        succession,,split,a,m,,,,,territory
        flow,,split,a,n,,,areas,,,1
        flow,,split,a,m,,,areas,,,3
        flow,,split,a,n,,,people,,,900
        flow,,split,a,m,,,people,,,100
        flow,,split,a,n,,,practices,,,1
        flow,,split,a,m,,,practices,,,0
        close,,split,a
        """)
    let (n, m) = (try amounts(registry, "n", "2010-04-01"), try amounts(registry, "m", "2010-04-01"))
    #expect(n == ["areas": try #require(Amount("0.75")), "people": 810, "practices": 1])
    #expect(m == ["areas": try #require(Amount("2.25")), "people": 90])
    // Where everything goes to one body, nothing is divided.
    #expect(try places(registry, "Q1") == ["Q1 a 2000-04-01..2010-03-31", "Q1 n 2010-04-01.."])
  }

  @Test func `A flow of zero is a statement and everything follows the body`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,e,,,,,,,split,,,2010-04-01,law
        open,,e,n,,,group
        succession,,e,a,n,,,,,succession
        succession,,e,a,c,,,,,territory
        movement,,e,,c,P1
        flow,,e,a,c,,,practices,,,0
        close,,e,a
        """)
    #expect(
      try places(registry, "P1", "P2", "Q1") == [
        "P1 a 2000-04-01..2010-03-31", "P1 c 2010-04-01..", "P2 a 2000-04-01..2010-03-31", "P2 n 2010-04-01..",
        "Q1 a 2000-04-01..2010-03-31", "Q1 n 2010-04-01..",
      ])
  }
}
