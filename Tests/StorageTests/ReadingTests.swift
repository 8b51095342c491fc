import RegistryStorage
import RegistryTestSupport
import Testing

/// All reads in one closure see the same moment, and nothing can be recorded meanwhile.
@Suite struct ReadingTests {
  /// A register file, open twice.
  private struct Desk {
    let folder: TemporaryFolder
    let reader: Registry
    let writer: Registry

    init() throws {
      folder = try TemporaryFolder()
      writer = try Registry.create(folder.file("r.sqlite"))
      try writer.say(vocabulary)
      reader = try Registry.open(folder.file("r.sqlite"), .write)
    }
  }

  @Test func `A read does not see what others write meanwhile`() throws {
    let desk = try Desk()
    try desk.reader.read {
      #expect(try desk.reader.latestRevision() == 1)
      try desk.writer.say(smallWorld)
      #expect(try desk.writer.latestRevision() == 2)
      #expect(try desk.reader.latestRevision() == 1)
      // A read within a read sees the same moment.
      let inner = try desk.reader.read { try desk.reader.latestRevision() }
      #expect(inner == 1)
      #expect(try desk.reader.latestRevision() == 1)
    }
    #expect(try desk.reader.latestRevision() == 2)
  }

  @Test func `What is recorded inside a read is refused, and nothing is lost`() throws {
    let registry = try Desk().reader
    let world = try changes(smallWorld)
    let signature = Registry.Signature(actor: "clerk", command: "test")
    let (state, sizes) = (try registry.state(), try registry.sizes())
    try registry.read {
      let error = try #require(throws: ChangeError.self) { try registry.record(world, signature) }
      #expect("\(error)" == "nothing can be written inside a read: write after it; nothing was changed")
      #expect(throws: ChangeError.self) { try registry.preview(world) }
      #expect(throws: DatabaseError.self) { try registry.together { (.commit, ()) } }
      #expect(throws: DatabaseError.self) { try registry.eraseRemains() }
      #expect(throws: DatabaseError.self) { try registry.seal() }
      #expect(throws: DatabaseError.self) { try Registry.inMemory().replaceContents(of: registry) { true } }
      // The inner read has ended, but the outer one has not.
      try registry.read {}
      #expect(throws: ChangeError.self) { try registry.record(world, signature) }
    }
    #expect(try registry.state() == state)
    #expect(try registry.sizes() == sizes)
    #expect(try registry.record(world, signature).revision == 2)
  }

  @Test func `A read ends when it throws`() throws {
    struct Mishap: Error {}
    let registry = try Desk().reader
    #expect(throws: Mishap.self) {
      try registry.read {
        _ = try registry.latestRevision()
        throw Mishap()
      }
    }
    #expect(try registry.say(smallWorld).revision == 2)
  }

  @Test func `A read gives what its body gives, and its errors have one type`() throws {
    let registry = try register(vocabulary)
    let count = try registry.read(
      { () throws(EntryMishap) in
        do { return try registry.kinds().count } catch { throw EntryMishap() }
      }, failing: { _ in EntryMishap() })
    #expect(count == (try registry.kinds().count))
    #expect(count > 0)
  }

  private struct EntryMishap: Error {}

  @Test func `What is recorded together can be read before it stands`() throws {
    let registry = try register(vocabulary)
    try registry.together {
      try registry.say(smallWorld)
      let newest = try registry.read { try registry.latestRevision() }
      #expect(newest == 2)
      return (.rollback, ())
    }
    #expect(try registry.latestRevision() == 1)
  }
}

/// What the answers to "where did it go" are made from.
@Suite struct TerritoryReadingTests {
  private let lines =
    replayHeader + """
      event,e,,,,,,,split,,,2010-04-01,law
      open,,e,n,,,group
      open,,e,m,,,group
      succession,,e,a,n,,,,,territory
      succession,,e,a,m,,,,,territory
      flow,,e,a,n,,,people,,,0.1
      flow,,e,,m,,,areas,,,3
      close,,e,a
      """

  @Test func `Stated amounts are read with their day and basis`() throws {
    let registry = try register(vocabulary, replayFounding, lines)
    let bases = try registry.territory().bases.map(\.key)
    let keys = Dictionary(uniqueKeysWithValues: try registry.organisationKeys().map { ($0.id, $0.key) })
    func key(_ id: OrganisationID?) -> String { id.flatMap { keys[$0] } ?? "-" }
    let flows = try registry.flows().map { flow in
      "\(flow.day) \(key(flow.predecessor)) \(key(flow.successor)) \(bases[flow.basis]) \(flow.amount)"
    }
    #expect(flows == ["2010-04-01 - m areas 3", "2010-04-01 a n people 0.1"])
    #expect(try registry.flows(knownIn: 2).isEmpty)
  }

  @Test func `Lives are read by timeline`() throws {
    let registry = try register(vocabulary, replayFounding, lines)
    try registry.say(
      "record,organisation,timeline,from,to,source\nlife,a,operational,2000-06-01,2010-03-31,law")
    let lives = try #require(try registry.timelines()[registry.id("a")])
    #expect(lives.legal.map(\.words) == ["from 2000-04-01 to 2010-03-31"])
    #expect(lives.operational.map(\.words) == ["from 2000-06-01 to 2010-03-31"])
    #expect(try registry.timelines(knownIn: 2)[registry.id("a")]?.legal.map(\.words) == ["from 2000-04-01"])
  }
}
