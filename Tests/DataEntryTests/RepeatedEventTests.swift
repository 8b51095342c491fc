import DataEntry
import RegistryStorage
import RegistryTestSupport
import Testing

/// Somebody says the same twice.
@Suite struct RepeatedEventTests {
  private let bench: EntryBench

  init() throws { bench = try EntryBench() }

  static let newcomer = EventWriter.Newcomer(code: "Q1", name: "Q", kind: "group")
  static let entries: [(name: String, say: @Sendable (inout EventWriter) throws -> EnteredEvent)] = [
    ("establish", { try $0.establish(newcomer, partOf: ["N1"], as: nil) }),
    ("close", { try $0.close("A1") }),
    ("merge", { try $0.merge(["A1", "B1"], into: .init(code: "Q1", name: "Q")) }),
    ("absorb", { try $0.absorb(["A1"], into: "B1") }),
    (
      "split",
      {
        try $0.split(
          "A1", into: [.new(.init(code: "D1", name: "D")), .new(.init(code: "E1", name: "E"))], goesOn: false,
          .units([("u1", "D1"), ("u2", "E1")]))
      }
    ),
    (
      "split by amounts",
      { try $0.split("A1", into: [.new(newcomer)], goesOn: true, .amounts([("people", "Q1", 150)])) }
    ),
    ("transfer", { try $0.transfer(from: "A1", to: "B1", .units([("u1", "B1")])) }),
    ("rename", { try $0.rename("A1", to: "Omega", scheme: nil) }),
    ("recode", { try $0.recode("A1", to: "Q1", scheme: nil) }),
    ("reclassify", { try $0.reclassify("Z1", as: "proxy") }),
    ("attach", { try $0.attach("A1", to: "S1", as: nil, beside: false) }),
    ("attach beside", { try $0.attach("A1", to: "S1", as: nil, beside: true) }),
    ("detach", { try $0.detach("A1", from: "N1", as: nil) }),
    ("measure", { try $0.measure("A1", kind: "patients", amount: 12, until: nil, nature: nil) }),
    ("appoint", { try $0.appoint("A1", to: "chair", .init(profession: "gp", holder: "Max Muster")).entered }),
    ("appoint nobody known", { try $0.appoint("A1", to: "chair", .init(profession: "gp")).entered }),
    ("appoint to one of many seats", { try $0.appoint("A1", to: "lay", .init(holder: "Max Muster")).entered }),
  ]

  private func enter(
    _ say: (inout EventWriter) throws -> EnteredEvent, on text: String = "2010-04-01", source: String = "law",
    key: String? = nil
  ) throws -> EnteredEvent {
    try EventWriter.enter(bench.registry, EventWords(day: try day(text), source: source, key: key), say)
  }

  @Test(arguments: entries.indices) func `What is said twice changes nothing the second time`(entry: Int) throws {
    let (name, say) = Self.entries[entry]
    let first = try enter(say)
    #expect(try bench.registry.say(first.changes).revision != nil, "\(name)")
    let state = try bench.registry.state()
    let again = try enter(say)
    #expect(try bench.registry.say(again.changes).revision == nil, "\(name)")
    #expect(again.eventKey == first.eventKey, "\(name)")
    #expect(try bench.registry.state() == state)
  }

  /// Facts that are no events may be corrected by saying them again with another source.
  @Test(arguments: entries.indices.dropLast(4)) func `What differs is no repetition`(entry: Int) throws {
    let (name, say) = Self.entries[entry]
    try bench.registry.say(try enter(say).changes)
    let sizes = try bench.registry.sizes()
    do {
      try bench.registry.say(try enter(say, source: "Another Order").changes)
      Issue.record("\(name): recorded twice")
    } catch {
      #expect(error is EntryError || error is Refused, "\(name): \(error)")
    }
    #expect(try bench.registry.sizes() == sizes, "\(name)")
  }

  @Test func `A vacancy is said twice`() throws {
    try bench.registry.say(
      try enter({ try $0.appoint("A1", to: "chair", .init(holder: "Max Muster")).entered }, on: "2009-04-01").changes)
    for expected in [true, false] {
      let entered = try enter({ try $0.vacate("A1", seat: "chair") })
      let revision = try bench.registry.say(entered.changes).revision
      #expect((revision != nil) == expected)
    }
  }

  @Test func `The second of two events of one day is found too, and one with a key of its own`() throws {
    let attach: [@Sendable (inout EventWriter) throws -> EnteredEvent] = [
      { try $0.attach("A1", to: "S1", as: "supports", beside: true) },
      { try $0.attach("A1", to: "N1", as: "supports", beside: true) },
    ]
    for say in attach { try bench.registry.say(try enter(say).changes) }
    try bench.registry.say(try enter({ try $0.rename("A1", to: "Omega", scheme: nil) }, key: "own").changes)
    let state = try bench.registry.state()
    for say in attach + [{ try $0.rename("A1", to: "Omega", scheme: nil) }] {
      #expect(try bench.registry.preview(try enter(say).changes).isEmpty)
    }
    #expect(try bench.registry.state() == state)
  }

  @Test func `A body and a source that were undone come back under their keys`() throws {
    for _ in 1...2 {
      let entered = try enter(Self.entries[2].say, source: "Another Order of 2010")
      let revision = try #require(try bench.registry.say(entered.changes).revision)
      #expect(entered.eventKey == "2010-04-01-merger-Q1")
      #expect(try bench.registry.rows("SELECT organisation FROM current_code WHERE code = 'Q1'") == ["group-Q1"])
      #expect(try bench.registry.rows("SELECT key FROM source ORDER BY id") == ["law", "another-order-of-2010"])
      try bench.registry.undo(revision)
      #expect(try bench.registry.check() == [])
    }
  }

  @Test(arguments: [[0, 1, 2], [1, 0, 2]])
  func `Boards and what stands under them merge on one day in either order`(order: [Int]) throws {
    let say: [(inout EventWriter) throws -> EnteredEvent] = [
      { try $0.merge(["N1", "S1"], into: .init(code: "Q9", name: "Board")) },
      { try $0.merge(["A1", "C1"], into: .init(code: "Z9", name: "Group")) },
      { try $0.attach("Z9", to: "Q9", as: nil, beside: false) },
    ]
    let revisions = try order.map { try bench.registry.say(try enter(say[$0]).changes).revision }
    // The second merger carried over what the third command says.
    #expect(revisions == [2, 3, nil])
    #expect(
      try bench.registry.rows(
        "SELECT organisation, superior, valid_from, ifnull(last_day, '-') FROM current_relationship ORDER BY 1, 3") == [
          "group-A1|board-N1|2000-04-01|2010-03-31", "group-B1|board-N1|2000-04-01|2010-03-31",
          "group-B1|board-Q9|2010-04-01|-", "group-C1|board-S1|2000-04-01|2010-03-31",
          "group-Z9|board-Q9|2010-04-01|-",
        ])
    #expect(try bench.registry.check() == [])
    // Undoing the second brings back what it took.
    try bench.registry.undo(3)
    #expect(try bench.registry.check() == [])
  }

  @Test func `Codes and names are read as the register writes them`() throws {
    let registry = try register(
      entryCountry.replacing("scheme,ods,ODS,,,2", with: "scheme,ods,ODS,,,2,upper"))
    func enter(_ text: String, _ say: (inout EventWriter) throws -> EnteredEvent) throws -> EnteredEvent {
      try EventWriter.enter(registry, EventWords(day: try day(text), source: " law\u{A0}"), say)
    }
    try registry.say(
      try enter("2010-04-01") {
        try $0.merge(["a1 ", "\u{A0}B1"], into: .init(code: " q1\u{A0}", name: "  New   Body "))
      }.changes)
    #expect(
      try registry.rows("SELECT organisation, code FROM current_code WHERE code LIKE 'q1'") == ["group-Q1|Q1"])
    #expect(try registry.rows("SELECT name FROM current_name WHERE organisation = 'group-Q1'") == ["New Body"])
    do {
      _ = try enter("2011-04-01") { try $0.establish(.init(code: "q1", name: "X", kind: "group"), partOf: [], as: nil) }
      Issue.record("a second body with the code")
    } catch let error as EntryError {
      #expect(error.description.hasPrefix("the code Q1 is in use on 2011-04-01, by group-Q1"))
    }
  }
}
