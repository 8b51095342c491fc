import RegistryStorage
import RegistryTestSupport
import Testing

/// Amounts that a body gives while it goes on.
@Suite struct ReplayGiftTests {
  /// a has 3 areas and 900 people on 2010-03-31, in the parcels P1 (2, 300) and P2 (1, 600).
  private func gift(_ lines: String) throws -> Registry {
    try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,e,,,,,,,transfer,,,2010-04-01,law
        succession,,e,a,b,,,,,territory
        succession,,e,a,c,,,,,territory
        \(lines)
        """)
  }

  private let day = "2010-04-01"

  @Test func `The successors get what is stated and the giver keeps the rest`() throws {
    let registry = try gift(
      """
      flow,,e,a,b,,,areas,,,1
      flow,,e,a,c,,,areas,,,0.5
      flow,,e,a,b,,,people,,,100
      flow,,e,a,c,,,people,,,7
      """)
    #expect(try amounts(registry, "a", day) == ["areas": try #require(Amount("1.5")), "people": 793])
    #expect(try amounts(registry, "b", day) == ["areas": 2, "people": 150])
    #expect(try amounts(registry, "c", day) == ["areas": try #require(Amount("1.5")), "people": 77])
    #expect(try amounts(registry, "a", "2010-03-31") == ["areas": 3, "people": 900, "practices": 1])
    #expect(try registry.check().isEmpty)
  }

  @Test func `A third of three pieces is exactly one piece`() throws {
    let registry = try gift("flow,,e,a,b,,,areas,,,1\nflow,,e,a,c,,,areas,,,0")
    #expect(try amounts(registry, "b", day)["areas"] == 2)
    #expect(try amounts(registry, "a", day)["areas"] == 2)
    let pieces = try registry.territory().pieces.filter { ["P1", "P2"].contains($0.parcel) }
    #expect(pieces.count == 4)
    #expect(pieces.reduce(0) { $0 + ($1.amounts[1] ?? 0) } == 900)
    #expect(try registry.check().isEmpty)
  }

  @Test func `A basis without amounts is divided like another of its partition`() throws {
    let registry = try gift("flow,,e,a,b,,,areas,,,1\nflow,,e,a,c,,,areas,,,0")
    // A third of 300 and of 600.
    #expect(try amounts(registry, "b", day)["people"] == 350)
    #expect(try amounts(registry, "a", day)["people"] == 600)
  }

  @Test func `A body can give all that it has and go on`() throws {
    let registry = try gift("flow,,e,a,b,,,areas,,,3\nflow,,e,a,c,,,areas,,,0")
    #expect(try places(registry, "P1") == ["P1 a 2000-04-01..2010-03-31", "P1 b 2010-04-01.."])
    #expect(try amounts(registry, "b", day)["areas"] == 4)
  }

  @Test func `More than a body has is refused`() throws {
    let refusal = #expect(throws: Refused.self) { try gift("flow,,e,a,b,,,areas,,,3\nflow,,e,a,c,,,areas,,,0.1") }
    #expect(refusal?.problems.map(\.rule) == ["amounts-are-parts-of-a-whole"])
  }

  @Test func `Shares of the whole work without an amount of the giver`() throws {
    let registry = try gift("flow,,e,a,b,,,share,,,0.25\nflow,,e,a,c,,,share,,,0.25")
    #expect(try amounts(registry, "a", day)["people"] == 450)
    #expect(try amounts(registry, "b", day)["people"] == 275)
  }

  @Test func `A later gift starts from what an earlier one left`() throws {
    let registry = try gift("flow,,e,a,b,,,areas,,,1\nflow,,e,a,c,,,areas,,,0")
    let later = """
      event,f,,,,,,,transfer,,,2012-04-01,law
      succession,,f,a,c,,,,,territory
      flow,,f,a,c,,,areas,,,
      """
    try registry.say(replayHeader + later + "2")
    #expect(try amounts(registry, "a", "2012-04-01")["areas"] == nil)
    #expect(try amounts(registry, "c", "2012-04-01")["areas"] == 3)
    #expect(try registry.check().isEmpty)
    let more = try gift("flow,,e,a,b,,,areas,,,1\nflow,,e,a,c,,,areas,,,0")
    let refusal = #expect(throws: Refused.self) { try more.say(replayHeader + later + "2.5") }
    #expect(refusal?.problems.map(\.rule) == ["amounts-are-parts-of-a-whole"])
  }

  @Test func `What a source places later is not given`() throws {
    let registry = try gift("flow,,e,a,b,,,areas,,,1\nflow,,e,a,c,,,areas,,,0")
    try registry.say("record,organisation,parcel,from,source\nanchor,a,P2,2015-01-01,law")
    #expect(try places(registry, "P2") == ["P2 a 2000-04-01.."])
    #expect(try amounts(registry, "b", day)["areas"] == 2)
    #expect(try amounts(registry, "a", day)["areas"] == 2)
    #expect(try registry.check().isEmpty)
  }
}
