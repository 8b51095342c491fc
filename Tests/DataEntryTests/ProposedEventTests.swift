import ChangeFiles
import DataEntry
import RegistryStorage
import RegistryTestSupport
import Testing

/// An event that is proposed and then enacted makes the same facts as one that is recorded at once.
@Suite struct ProposedEventTests {
  typealias Entry = @Sendable (inout EventWriter) throws -> EnteredEvent

  static let entries: [(name: String, entry: Entry)] = [
    ("establish", { try $0.establish(.init(code: "D1", name: "Delta", kind: "group"), partOf: ["N1"], as: nil) }),
    ("close", { try $0.close("Z1") }),
    ("merge", { try $0.merge(["A1", "B1"], into: .init(code: "D1", name: "Delta")) }),
    ("absorb", { try $0.absorb(["A1"], into: "B1") }),
    (
      "split by units",
      {
        try $0.split(
          "A1", into: [.new(.init(code: "D1", name: "Delta")), .new(.init(code: "E1", name: "Epsilon"))], goesOn: false,
          .units([("u1", "D1"), ("u2", "E1")]))
      }
    ),
    ("transfer of a unit", { try $0.transfer(from: "A1", to: "B1", .units([("u2", "B1")])) }),
    ("transfer of an amount", { try $0.transfer(from: "A1", to: "B1", .amounts([("people", "B1", 150.25)])) }),
    ("rename", { try $0.rename("A1", to: "Alpha, \"the\" new; and long", scheme: nil) }),
    ("recode", { try $0.recode("A1", to: "A2", scheme: nil) }),
    ("reclassify", { try $0.reclassify("A1", as: "proxy") }),
    ("attach", { try $0.attach("A1", to: "S1", as: nil, beside: false) }),
    ("detach", { try $0.detach("A1", from: "N1", as: nil) }),
  ]

  /// All current facts, with `event` in place of the key of the event, and the places of units.
  private func facts(_ registry: Registry, event: String) throws -> [String] {
    let proposals: [FactKind] = [.proposalDetail, .proposalBase, .proposalStatement]
    let facts = StatedFacts(registry)
    let said = try facts.eventsAndFacts().filter { change in
      if case .fact(let fact) = change.content { !proposals.contains(fact.kind) } else { true }
    }
    return try (said + facts.identities() + facts.citations() + facts.units()).map {
      "\($0)".replacing(event, with: "EVENT")
    }.sorted()
  }

  /// - Returns: the facts, and the register.
  private func enacted(
    _ entry: Entry, planned: String, on other: String?
  ) throws -> (facts: [String], registry: Registry) {
    let registry = try register(entryCountry)
    let words = EventWords(
      day: try day(planned), source: "The Order 2029", title: "What \"happens\"", note: "noted", isProposed: true)
    var writer = try EventWriter(registry, words)
    let entered = try entry(&writer)
    let key = try #require(entered.proposalKey)
    let changes = entered.changes.changes
    let citations = changes.prefix { $0.content.event == nil }
    let proposal = try Proposal(
      Change(.proposal(key: key, ProposalDetail(day: day(planned), title: "Some"))),
      stating: Array(changes.dropFirst(citations.count)), moving: entered.movements)
    let before = try facts(registry, event: "-")
    try registry.say(ChangeSet(changes: citations + proposal.additions()))
    #expect(try facts(registry, event: "-").filter { !$0.contains("The Order 2029") } == before, "nothing yet")
    let stored = try Proposal(key, in: registry)
    try registry.say(stored.enactment(on: other.map { try day($0) }, in: registry).changes)
    #expect(try registry.check() == [])
    return (try facts(registry, event: try #require(entered.eventKey)), registry)
  }

  private func direct(_ entry: Entry, on text: String) throws -> [String] {
    let registry = try register(entryCountry)
    let words = EventWords(
      day: try day(text), source: "The Order 2029", title: "What \"happens\"", note: "noted")
    var writer = try EventWriter(registry, words)
    let entered = try entry(&writer)
    try registry.say(entered.changes)
    return try facts(registry, event: try #require(entered.eventKey))
  }

  @Test(arguments: entries.indices) func `Enacting says what recording says`(index: Int) throws {
    let (name, entry) = Self.entries[index]
    let recorded = try direct(entry, on: "2030-04-01")
    #expect(try enacted(entry, planned: "2030-04-01", on: nil).facts == recorded, "\(name)")
    #expect(try enacted(entry, planned: "2029-04-01", on: "2030-04-01").facts == recorded, "\(name), on another day")
  }

  @Test func `A proposed event has keys without a day`() throws {
    let registry = try register(entryCountry)
    func merged(key: String? = nil) throws -> EnteredEvent {
      var writer = try EventWriter(
        registry, EventWords(day: try day("2030-04-01"), source: "law", key: key, isProposed: true))
      return try writer.merge(["A1", "B1"], into: .init(code: "D1", name: "Delta"))
    }
    let entered = try merged()
    #expect(entered.proposalKey == "merger-D1" && entered.eventKey == "merger-D1/merger-D1")
    #expect(entered.warnings.isEmpty, "that the day lies in the future is no surprise")
    let named = try merged(key: "order")
    #expect(named.proposalKey == "order" && named.eventKey == "order/merger-D1")
    try registry.say("record,key,value,from\nproposal,merger-D1,Some,2030-04-01")
    #expect(try merged().proposalKey == "merger-D1-2")
    #expect(throws: EntryError.self) { try merged(key: "merger-D1") }
  }
}
