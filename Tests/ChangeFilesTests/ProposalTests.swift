import ChangeFiles
import RegistryFormats
import RegistryStorage
import RegistryTestSupport
import Testing

/// Proposals that a change file states and enacts.
@Suite struct ProposalTests {
  private static let world = """
    record,key,event,organisation,scheme,kind,type,value,from,parcel,partition,source
    organisation,a
    event,founding,,,,,establishment,,2000-04-01,,,law
    open,,founding,a,,group
    code,,founding,a,ods,,,00A
    parcel,P,,,,,,,,,area
    anchor,,,a,,,,,2000-04-01,P,,law

    record,partition,unit,parcel,source
    unit,area,u1,P,law
    unit,area,u2,P,law
    """

  private static let order = """
    record,key,event,organisation,other,scheme,kind,type,nature,value,from,unit,proposal,source,note
    proposal,order,,,,,,,,An order,2030-04-01,,,law
    organisation,b,,,,,,,,,,,order
    event,order/split,,,,,,split,,A part goes,,,order,law,by decree
    event,order/late,,,,,,rename,,A new name,2031-01-01,,order,law
    open,,order/split,b,,,group,,,,,,order
    code,,order/split,b,,ods,,,,00B,,,order
    name,,order/late,a,,ods,,,,Alpha,,,order
    succession,,order/split,a,b,,,,territory,,,,order
    movement,,order/split,a,b,,,,,,,u2,order
    """

  private func proposed() throws -> Registry { try register(vocabulary, Self.world, Self.order) }

  private func enact(_ registry: Registry, on text: String? = nil) throws -> [String] {
    let (changes, warnings) = try Proposal("order", in: registry)
      .enactment(on: try text.map { try day($0) }, in: registry)
    try registry.say(changes)
    #expect(try registry.check() == [])
    return warnings
  }

  private func openings(_ registry: Registry) throws -> [String] {
    try registry.rows("SELECT key, value, valid_from FROM code WHERE value = '00B' AND superseded_in IS NULL")
      + registry.rows("SELECT value, valid_from FROM name WHERE superseded_in IS NULL")
  }

  @Test func `Enacted as planned, the statements are facts`() throws {
    let registry = try proposed()
    #expect(try openings(registry) == [])
    #expect(try enact(registry) == [])
    #expect(try openings(registry) == ["b/code/ods/00B@order/split|00B|2030-04-01", "Alpha|2031-01-01"])
    #expect(
      try registry.rows("SELECT note FROM event_detail WHERE key = 'order/split/detail'") == ["by decree"])
    #expect(try registry.units(in: registry.id("b"), on: day("2030-04-01")).map(\.code) == ["u2"])
    #expect(throws: Refusal.self) { try Proposal("order", in: registry) }
  }

  @Test func `On another day the events without a day move, with their dates, and no key changes`() throws {
    let registry = try proposed()
    #expect(
      try enact(registry, on: "2030-07-01") == ["the event 'order/late' has a day of its own, and stays on 2031-01-01"])
    #expect(try openings(registry) == ["b/code/ods/00B@order/split|00B|2030-07-01", "Alpha|2031-01-01"])
    #expect(try registry.units(in: registry.id("b"), on: day("2030-06-30")).isEmpty)
    #expect(
      try registry.rows("SELECT planned_for, state FROM proposal_detail ORDER BY id DESC LIMIT 1") == [
        "2030-04-01|enacted"
      ])
  }

  @Test func `Undoing the enactment opens the proposal, which is enacted again`() throws {
    let registry = try proposed()
    let before = try registry.state()
    _ = try enact(registry)
    let after = try registry.state()
    try registry.undo(4)
    #expect(try registry.state() == before)
    _ = try enact(registry)
    #expect(try registry.state() == after)
  }

  @Test func `Withdrawn, it makes nothing any more`() throws {
    let registry = try proposed()
    try registry.say(Proposal("order", in: registry).withdrawal())
    let refusal = try #require(throws: Refusal.self) { try Proposal("order", in: registry) }
    #expect(refusal.description == "the proposal 'order' is withdrawn")
  }

  @Test func `A parcel that others divided meanwhile is divided as it is then`() throws {
    let registry = try proposed()
    try registry.say("record,partition,unit,parcel,source\nunit,area,u3,P,law")
    _ = try enact(registry)
    #expect(try registry.units(in: registry.id("a"), on: day("2030-04-01")).map(\.code) == ["u1", "u3"])
    let other = try proposed()
    try other.say(
      """
      record,key,partition,unit,parcel,organisation,from,source
      parcel,Q,area
      anchor,,,,Q,a,2000-04-01,law
      unit,,area,u2,Q,,,law
      """)
    _ = try enact(other)
    #expect(try other.rows("SELECT key FROM parcel ORDER BY key") == ["P", "Q"])
    #expect(try other.units(in: other.id("b"), on: day("2030-04-01")).map(\.parcel) == ["Q"])
  }

  @Test(arguments: [
    (
      "record,key,value,from,type,source\nevent,order/split,Something,2029-01-01,split,law",
      "the event 'order/split' of the proposal 'order' is recorded already"
    ),
    (
      "record,key,organisation,timeline,from,source\norganisation,b\nlife,,b,legal,2029-01-01,law",
      "the body 'b' of the proposal 'order' is in the register already"
    ),
    (
      "record,key,value,from,other\nproposal,first,First of all,2029-01-01\nproposal-base,order,,,first",
      "the proposal 'order' builds on 'first': enact that one first"
    ),
  ])
  func `What stands in the way is named`(file: String, sentence: String) throws {
    let registry = try proposed()
    try registry.say(file)
    let refusal = try #require(throws: Refusal.self) { try enact(registry) }
    #expect(refusal.description == sentence)
  }

  @Test func `What the register has become decides whether it can be enacted`() throws {
    let registry = try proposed()
    try registry.say(
      "record,key,event,organisation,value,from,type,source\nevent,end,,,A ends,2029-01-01,closure,law\nclose,,end,a")
    let error = try #require(throws: Refusal.self) { try enact(registry) }
    #expect(error.description == "the proposal 'order': the unit u2 does not lie in a on 2030-03-31")
  }
}
