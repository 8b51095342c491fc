import RegistryStorage
import RegistryTestSupport
import Testing

/// Replay back in time, where sources are silent, and after corrections.
@Suite struct ReplayBackwardTests {
  // MARK: Backward

  /// n lives from 2010. P9 is placed in it on 2012-04-01.
  private func backward(_ lines: String) throws -> Registry {
    try register(
      vocabulary, replayFounding, replayHeader + lines,
      """
      record,key,organisation,parcel,partition,from,source
      parcel,P9,,,area
      anchor,,n,P9,,2012-04-01,law

      record,partition,unit,parcel,amount:people,source
      unit,area,u9,P9,80,law
      """)
  }

  @Test func `A parcel placed later is followed back through a succession`() throws {
    let registry = try backward(
      """
      event,e,,,,,,,succession,,,2010-04-01,law
      open,,e,n,,,group
      succession,,e,a,n,,,,,succession
      close,,e,a
      """)
    #expect(try places(registry, "P9") == ["P9 a 2000-04-01..2010-03-31", "P9 n 2010-04-01.."])
  }

  /// Back through a merger of a and b, of which amounts are known.
  private func merger(_ flows: String) throws -> [String] {
    let registry = try backward(
      """
      event,e,,,,,,,merger,,,2010-04-01,law
      open,,e,n,,,group
      succession,,e,a,n,,,,,succession
      succession,,e,b,n,,,,,succession
      \(flows)
      close,,e,a
      close,,e,b
      """)
    return try places(registry, "P9")
  }

  @Test func `Back through amounts from several givers is a gap, because they do not say which piece came from whom`()
    throws
  {
    let lost = ["P9 lost at e 0001-01-01..2010-03-31", "P9 n 2010-04-01.."]
    #expect(try merger("flow,,e,a,n,,,areas,,,3\nflow,,e,b,n,,,areas,,,1") == lost)
    #expect(try merger("flow,,e,a,n,,,areas,,,3\nflow,,e,,n,,,areas,,,1") == lost)
  }

  @Test func `Back through amounts from one giver a piece comes from it whole`() throws {
    let whole = ["P9 a 2000-04-01..2010-03-31", "P9 n 2010-04-01.."]
    #expect(try merger("flow,,e,a,n,,,areas,,,3") == whole)
    #expect(try merger("flow,,e,a,n,,,areas,,,3\nflow,,e,b,n,,,areas,,,0") == whole)
    #expect(try merger("flow,,e,,n,,,areas,,,3") == ["P9 n 2010-04-01.."])
  }

  @Test func `Back into a body that was there before, amounts do not say what was its own`() throws {
    let registry = try backward(
      """
      event,opening,,,,,,,establishment,,,2003-04-01,law
      open,,opening,n,,,group
      event,e,,,,,,,transfer,,,2010-04-01,law
      succession,,e,a,n,,,,,territory
      flow,,e,a,n,,,share,,,0.5
      """)
    #expect(try places(registry, "P9") == ["P9 lost at e 0001-01-01..2010-03-31", "P9 n 2010-04-01.."])
  }

  @Test func `Back through a merger without amounts is a gap`() throws {
    let registry = try backward(
      """
      event,e,,,,,,,merger,,,2010-04-01,law
      open,,e,n,,,group
      succession,,e,a,n,,,,,succession
      succession,,e,b,n,,,,,succession
      close,,e,a
      close,,e,b
      """)
    #expect(try places(registry, "P9") == ["P9 lost at e 0001-01-01..2010-03-31", "P9 n 2010-04-01.."])
  }

  @Test func `Back through a transfer a parcel that nobody named stays`() throws {
    let registry = try backward(
      """
      event,opening,,,,,,,establishment,,,2003-04-01,law
      open,,opening,n,,,group
      event,e,,,,,,,transfer,,,2010-04-01,law
      succession,,e,a,n,,,,,territory
      movement,,e,,n,P1
      flow,,e,a,n,,,practices,,,0
      """)
    #expect(try places(registry, "P9") == ["P9 n 2003-04-01.."])
    #expect(try places(registry, "P1") == ["P1 a 2000-04-01..2010-03-31", "P1 n 2010-04-01.."])
  }

  @Test func `An anchor in the middle is followed both ways`() throws {
    let registry = try backward(
      """
      event,e,,,,,,,succession,,,2010-04-01,law
      open,,e,n,,,group
      succession,,e,a,n,,,,,succession
      close,,e,a
      event,later,,,,,,,succession,,,2015-04-01,law
      open,,later,m,,,group
      succession,,later,n,m,,,,,succession
      close,,later,n
      """)
    #expect(
      try places(registry, "P9")
        == ["P9 a 2000-04-01..2010-03-31", "P9 n 2010-04-01..2015-03-31", "P9 m 2015-04-01.."])
  }

  // MARK: Gaps

  @Test func `A dividing event that is silent about a partition is a gap there forward`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,e,,,,,,,transfer,,,2010-04-01,law
        succession,,e,a,b,,,,,territory
        movement,,e,,b,P1
        """)
    #expect(
      try places(registry, "P1", "P2", "Q1") == [
        "P1 a 2000-04-01..2010-03-31", "P1 b 2010-04-01..", "P2 a 2000-04-01..",
        "Q1 a 2000-04-01..2010-03-31", "Q1 lost at e 2010-04-01..",
      ])
    let event = try #require(
      try registry.database.first("SELECT id FROM change_event WHERE key = 'e'") { $0.event(0) })
    let piece = try #require(try registry.territory().pieces.first { $0.parcel == "Q1" })
    #expect(piece.place(on: try #require(Day("2020-01-01"))) == .gap(event: event))
  }

  @Test func `A dividing event that is silent about a partition is a gap there backward`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,e,,,,,,,transfer,,,2010-04-01,law
        succession,,e,a,b,,,,,territory
        movement,,e,,b,P1
        """,
      """
      record,key,organisation,parcel,partition,from,source
      parcel,Q9,,,practice
      anchor,,b,Q9,,2012-04-01,law
      """)
    #expect(try places(registry, "Q9") == ["Q9 lost at e 0001-01-01..2010-03-31", "Q9 b 2010-04-01.."])
  }

  @Test func `Two successors as a whole without amounts are a gap`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,e,,,,,,,split,,,2010-04-01,law
        succession,,e,a,b,,,,,succession
        succession,,e,a,c,,,,,succession
        close,,e,a
        """)
    #expect(try places(registry, "P1") == ["P1 a 2000-04-01..2010-03-31", "P1 lost at e 2010-04-01.."])
  }

  // MARK: Silence

  /// a ends, and c, n and m get parts of it.
  private let division = """
    event,e,,,,,,,split,,,2010-04-01,law
    open,,e,n,,,group
    open,,e,m,,,group
    succession,,e,a,n,,,,,territory
    succession,,e,a,m,,,,,territory
    movement,,e,,n,P1
    close,,e,a

    """

  @Test func `A parcel that a division does not name is silent, and what nobody knows of is a gap`() throws {
    let registry = try register(vocabulary, replayFounding, replayHeader + division)
    #expect(
      try places(registry, "P1", "P2", "Q1") == [
        "P1 a 2000-04-01..2010-03-31", "P1 n 2010-04-01..", "P2 a 2000-04-01..2010-03-31",
        "P2 silent at e 2010-04-01..", "Q1 a 2000-04-01..2010-03-31", "Q1 lost at e 2010-04-01..",
      ])
    let event = try #require(
      try registry.database.first("SELECT id FROM change_event WHERE key = 'e'") { $0.event(0) })
    let piece = try #require(try registry.territory().pieces.first { $0.parcel == "P2" })
    #expect(piece.place(on: try #require(Day("2010-04-01"))) == .silent(event: event))
    #expect(try registry.check().isEmpty)
  }

  @Test func `A parcel with one heir goes there, whatever the event says of others`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + division.replacing("a,m,,,,,territory", with: "a,m,,,,,succession"))
    #expect(try places(registry, "P2") == ["P2 a 2000-04-01..2010-03-31", "P2 m 2010-04-01.."])
  }

  @Test func `Back into a new body a parcel that the event does not name is silent`() throws {
    #expect(
      try places(backward(division), "P1", "P9") == [
        "P1 a 2000-04-01..2010-03-31", "P1 n 2010-04-01..", "P9 silent at e 0001-01-01..2010-03-31",
        "P9 n 2010-04-01..",
      ])
  }

  // MARK: Corrections

  @Test func `A late event moves what followed`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,merger,,,,,,,merger,,,2010-04-01,law
        open,,merger,n,,,group
        succession,,merger,a,n,,,,,succession
        close,,merger,a
        """,
      replayHeader + """
        event,transfer,,,,,,,transfer,,,2005-04-01,law
        succession,,transfer,a,b,,,,,territory
        movement,,transfer,,b,P1
        flow,,transfer,a,b,,,practices,,,0
        """)
    #expect(
      try places(registry, "P1", "P2") == [
        "P1 a 2000-04-01..2005-03-31", "P1 b 2005-04-01..", "P2 a 2000-04-01..2010-03-31", "P2 n 2010-04-01..",
      ])
    // What was known before the correction is the same.
    let known = try registry.territory(knownIn: 3).pieces.first { $0.parcel == "P1" }
    #expect(known?.place(on: try #require(Day("2011-01-01"))) == .organisation(try registry.id("n")))
    #expect(try registry.check().isEmpty)
  }

  @Test func `A moved anchor moves the parcel`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      "record,organisation,parcel,from,source\nanchor,c,P1,2000-04-01,law")
    #expect(try places(registry, "P1") == ["P1 c 2000-04-01.."])
  }
}
