import DataEntry
import RegistryStorage
import RegistryTestSupport
import Testing

/// Boards, and the groups under them, that are reorganised on one day.
private let boards = """
  record,key,event,organisation,other,scheme,kind,value
  organisation,board-W1
  organisation,board-T1
  organisation,board-T2
  organisation,group-E1
  organisation,group-F1
  open,,founding,board-W1,,,board
  open,,founding,board-T1,,,board
  open,,founding,board-T2,,,board
  open,,founding,group-E1,,,group
  open,,founding,group-F1,,,group
  code,,founding,board-W1,,ods,,W1
  code,,founding,board-T1,,ods,,T1
  code,,founding,board-T2,,ods,,T2
  code,,founding,group-E1,,ods,,E1
  code,,founding,group-F1,,ods,,F1

  record,event,organisation,other,kind
  relationship,founding,group-E1,board-W1,part-of
  relationship,founding,group-F1,board-W1,part-of
  relationship,founding,board-N1,board-T1,part-of
  relationship,founding,board-S1,board-T2,part-of
  relationship,founding,board-W1,board-T2,part-of
  """

/// The events of one day give the same facts in any order. Keys and events apart.
@Suite struct OrderOfDayTests {
  private typealias Entry = EntryBench.Entry

  /// Each can be told before or after each other one.
  private let events: [(String, Entry)] = [
    ("boards merge", { try $0.merge(["N1", "S1"], into: .init(code: "Q1", name: "North and South")) }),
    ("groups merge", { try $0.merge(["A1", "C1"], into: .init(code: "D1", name: "Delta")) }),
    ("a group is absorbed", { try $0.absorb(["E1"], into: "F1") }),
    ("what boards stand under is absorbed", { try $0.absorb(["T2"], into: "T1") }),
    ("a group goes to another board", { try $0.attach("B1", to: "W1", as: nil, beside: false) }),
    ("a trust closes", { try $0.close("Z1") }),
  ]

  private func bench() throws -> EntryBench {
    let bench = try EntryBench()
    try bench.registry.say(try changes(boards))
    return bench
  }

  /// What the register states, without keys, sources and events.
  private func facts(_ registry: Registry) throws -> [String] {
    let stated = StatedFacts(registry)
    var days: [String: Day] = [:]
    for change in try stated.eventsAndFacts() {
      if let event = change.content.event { days[event.key] = event.detail.day }
    }
    return try stated.eventsAndFacts().compactMap { change in
      guard case .fact(let fact) = change.content, fact.kind.schema.isDated else { return nil }
      let start: Day? =
        switch change.start {
        case .day(let day): day
        case .event(let key): days[key]
        case nil: nil
        }
      let end = change.end ?? change.endEvent.flatMap { days[$0] }
      return "\(fact.kind) \(fact.values) \(start.map(\.description) ?? "") \(end.map(\.description) ?? "")"
    }.sorted()
  }

  private func expectSame(_ order: [(String, Entry)], as expected: inout [String]?) throws {
    let bench = try bench()
    let together = try self.bench()
    var said: [Change] = []
    for (_, entry) in order { said += try bench.record(on: "2010-04-01", entry).changes.changes }
    #expect(try bench.registry.check() == [])
    let found = try facts(bench.registry)
    let first = expected ?? found
    expected = first
    let names = order.map(\.0).joined(separator: ", ")
    #expect(Set(found).symmetricDifference(first) == [], "\(names)")
    if !said.contains(where: { if case .retract = $0.content { true } else { false } }) {
      try together.registry.say(ChangeSet(changes: said))
      #expect(Set(try facts(together.registry)).symmetricDifference(first) == [], "in one revision: \(names)")
    }
  }

  @Test func `Events of a day are told in any order, in one revision or several`() throws {
    var expected: [String]?
    var generator = SeededGenerator(seed: 1)
    for _ in 1...rounds(40) { try expectSame(events.shuffled(using: &generator), as: &expected) }
    let ties = (expected ?? []).filter { $0.hasPrefix("relationship") && $0.contains(" 2010-04-01 ") }
    #expect(ties.count == 4, "\(ties)")
  }

  @Test func `A new body whose predecessors stood apart stands under nobody, whoever is named first`() throws {
    let parts: [(String, Entry)] = [
      (
        "one of them is divided",
        {
          try $0.split(
            "A1", into: [.living("group-D1"), .new(.init(code: "D2", name: "Rest"))], goesOn: false, .unknown)
        }
      ),
      ("another joins", { try $0.absorb(["C1"], into: "group-D1") }),
    ]
    let opening: Entry = {
      try $0.establish(.init(code: "D1", name: "Delta", kind: "group"), partOf: [], as: nil)
    }
    var expected: [String]?
    try expectSame([("a group opens", opening)] + parts, as: &expected)
    try expectSame([("a group opens", opening)] + parts.reversed(), as: &expected)
    #expect((expected ?? []).contains { $0.hasPrefix("relationship") && $0.contains("group-D1") } == false)
  }

  @Test func `What somebody said of a new body counts more than what is carried`() throws {
    let bench = try bench()
    try bench.record(on: "2010-04-01") {
      try $0.establish(.init(code: "D1", name: "Delta", kind: "group"), partOf: ["W1"], as: nil)
    }
    let absorbed = try bench.record(on: "2010-04-01") { try $0.absorb(["A1"], into: "D1") }
    #expect(
      !absorbed.changes.changes.contains {
        if case .fact(let fact) = $0.content { fact.kind == .relationship } else { false }
      })
  }

  @Test func `A new body stands where the successors of what its predecessors stood under are`() throws {
    let bench = try bench()
    try bench.record(on: "2010-04-01") { try $0.merge(["N1", "S1"], into: .init(code: "Q1", name: "Both")) }
    let merged = try bench.record(on: "2010-04-01") {
      try $0.merge(["A1", "C1"], into: .init(code: "D1", name: "Delta"))
    }
    #expect(merged.undecided == [])
    let tie = Change.Content.relationship(organisation: "group-D1", kind: "part-of", superior: "board-Q1", grade: nil)
    #expect(merged.changes.changes.contains { $0.content == tie })
  }
}
