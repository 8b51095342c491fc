import DataEntry
import RegistryStorage
import RegistryTestSupport
import Testing

/// Events after which the territory of one body lies in several.
@Suite struct DivisionEventTests {
  private let bench: EntryBench

  init() throws { bench = try EntryBench() }

  private static let parts: [EventWriter.Part] = [
    .new(.init(code: "D1", name: "Delta")), .new(.init(code: "E1", name: "Epsilon")),
  ]

  private func contents(_ entered: EnteredEvent) -> [Change.Content] { entered.changes.changes.map(\.content) }

  // MARK: Split

  @Test func `A body that is split by units ends, and each part has its units`() throws {
    let entered = try bench.entered(on: "2010-04-01") {
      try $0.split("A1", into: Self.parts, goesOn: false, .units([("u1", "D1"), ("u2", "E1")]))
    }
    let key = "2010-04-01-split-A1"
    let parcel = "P1/\(key)/group-D1"
    let openings = [("group-D1", "D1", "Delta"), ("group-E1", "E1", "Epsilon")].flatMap { body, code, name in
      [
        Change(.organisation(key: body)), Change(.open(event: key, organisation: body, kind: "group")),
        Change(.code(organisation: body, scheme: "ods", value: code), start: .event(key)),
        Change(.name(organisation: body, scheme: "ods", value: name), start: .event(key)),
        Change(.succession(event: key, predecessor: "group-A1", successor: body, nature: .succession)),
      ]
    }
    let ties = ["group-D1", "group-E1"].map { body in
      Change(.relationship(organisation: body, kind: "part-of", superior: "board-N1", grade: nil), start: .event(key))
    }
    let detail = EventDetail(type: .split, day: try day("2010-04-01"), title: "Alpha is divided: Delta, Epsilon")
    try bench.expect(
      entered,
      says: [Change(.event(key: key, detail), source: "law")] + openings
        + [Change(.close(event: key, organisation: "group-A1"))] + ties
        + [
          Change(.parcel(key: parcel, partition: "area")),
          Change(.unit(partition: "area", code: "u1", parcel: parcel, amounts: []), source: "law"),
          Change(
            .anchor(parcel: parcel, organisation: "group-A1", on: try day("2000-04-01")), source: "law"),
          Change(.movement(event: key, parcel: parcel, successor: "group-D1")),
          Change(.movement(event: key, parcel: "P1", successor: "group-E1")),
        ])
    let placed = try bench.registry.units(in: bench.registry.id("group-D1"), on: try day("2010-04-01"))
    #expect(placed.map(\.code) == ["u1"])
  }

  @Test func `A body that goes on keeps what nobody takes`() throws {
    let entered = try bench.entered(on: "2010-04-01") {
      try $0.split("A1", into: [Self.parts[0]], goesOn: true, .units([("u1", "D1"), ("u2", "A1")]))
    }
    let key = "2010-04-01-split-A1"
    #expect(
      contents(entered).contains(
        .succession(event: key, predecessor: "group-A1", successor: "group-D1", nature: .territory)))
    #expect(!contents(entered).contains(.close(event: key, organisation: "group-A1")))
    try bench.registry.say(entered.changes)
    let left = try bench.registry.units(in: bench.registry.id("group-A1"), on: try day("2010-04-01"))
    #expect(left.map(\.code) == ["u2"])
  }

  @Test func `Amounts become flows, also of what stays`() throws {
    let entered = try bench.entered(on: "2010-04-01") {
      try $0.split(
        "A1", into: [Self.parts[0]], goesOn: true, .amounts([("people", "D1", 150), ("people", "A1", 250)]))
    }
    let flows = contents(entered).filter { if case .fact(let fact) = $0 { fact.kind == .flow } else { false } }
    #expect(
      flows
        == [("group-D1", 150), ("group-A1", 250)].map { successor, amount in
          .flow(
            event: "2010-04-01-split-A1", predecessor: "group-A1", successor: successor, basis: "people", amount: amount
          )
        })
    try bench.registry.say(entered.changes)
    #expect(try bench.registry.check() == [])
  }

  @Test func `Amounts that nobody knows are a gap, which is told`() throws {
    let entered = try bench.entered(on: "2010-04-01") {
      try $0.split("A1", into: Self.parts, goesOn: false, .unknown)
    }
    #expect(
      entered.warnings == ["no source says what went where: crosswalks across 2010-04-01 show a gap for A1"])
    try bench.registry.say(entered.changes)
    #expect(try bench.registry.check() == [])
  }

  @Test func `A part may take over the code of the body that ends`() throws {
    let entered = try bench.entered(on: "2010-04-01") {
      try $0.split(
        "A1", into: [.new(.init(code: "A1", name: "Alpha North")), Self.parts[0]], goesOn: false, .unknown)
    }
    #expect(contents(entered).contains(.code(organisation: "group-A1-2", scheme: "ods", value: "A1")))
  }

  @Test func `A body is divided among one that another event of the day opened and a new one`()
    throws
  {
    try bench.record(on: "2010-04-01") {
      try $0.merge(["B1", "Z1"], into: .init(code: "D1", name: "Delta", kind: "group"))
    }
    let entered = try bench.entered(on: "2010-04-01") {
      try $0.split(
        "A1", into: [.living("D1"), .new(.init(code: "E1", name: "Epsilon"))], goesOn: false, .units([("u1", "D1")]),
        rest: "E1")
    }
    #expect(!contents(entered).contains(.organisation(key: "group-D1")))
    try bench.registry.say(entered.changes)
    #expect(try bench.registry.check() == [])
    for (body, units) in [("group-D1", ["u1"]), ("group-E1", ["u2"])] {
      let placed = try bench.registry.units(in: bench.registry.id(body), on: try day("2010-04-01"))
      #expect(placed.map(\.code).filter { ["u1", "u2"].contains($0) } == units)
    }
  }

  @Test func `What was opened on the day absorbs on the day`() throws {
    try bench.record(on: "2010-04-01") {
      try $0.split("A1", into: Self.parts, goesOn: false, .units([("u1", "D1"), ("u2", "E1")]))
    }
    try bench.record(on: "2010-04-01") { try $0.absorb(["B1"], into: "D1") }
    #expect(try bench.registry.check() == [])
  }

  @Test func `A part that is divided itself, and a rest of nothing that is listed, are refused`() throws {
    try bench.expectRefusal("A1 is the body that is divided: say --goes-on if it keeps a part", on: "2010-04-01") {
      try $0.split("A1", into: [.living("A1"), Self.parts[0]], goesOn: false, .unknown)
    }
    try bench.expectRefusal("--rest needs the units that do not belong to it (--units)", on: "2010-04-01") {
      try $0.split("A1", into: Self.parts, goesOn: false, .unknown, rest: "D1")
    }
    try bench.expectRefusal("nothing can go to 'X1': the parts are D1, E1", on: "2010-04-01") {
      try $0.split("A1", into: Self.parts, goesOn: false, .units([("u1", "D1")]), rest: "X1")
    }
  }

  @Test func `A board is divided without territory, and those under it are told of`() throws {
    let parts: [EventWriter.Part] = [.new(.init(code: "X1", name: "East")), .new(.init(code: "Y1", name: "West"))]
    let entered = try bench.entered(on: "2010-04-01") { try $0.split("N1", into: parts, goesOn: false, nil) }
    #expect(
      contents(entered).contains(
        .succession(
          event: "2010-04-01-split-N1", predecessor: "board-N1", successor: "board-X1", nature: .duties)))
    #expect(
      entered.undecided
        == ["A1 Alpha", "B1 Beta"].map { "\($0) is no longer part of N1: attach it to one of the parts" })
    try bench.expectRefusal(
      "N1 holds no territory of its own: attach the bodies under it, instead of saying what goes", on: "2010-04-01"
    ) { try $0.split("N1", into: parts, goesOn: false, .unknown) }
  }

  @Test func `A split that leaves something open is refused`() throws {
    try bench.expectRefusal("a split needs two parts or more: say --into again, or --goes-on", on: "2010-04-01") {
      try $0.split("A1", into: [Self.parts[0]], goesOn: false, .unknown)
    }
    try bench.expectRefusal("a code occurs twice in --into", on: "2010-04-01") {
      try $0.split("A1", into: [Self.parts[0], Self.parts[0]], goesOn: false, .unknown)
    }
    try bench.expectRefusal(
      "the code A1 is in use on 2010-04-01, by group-A1 (Alpha): choose another, or absorb into that body",
      on: "2010-04-01"
    ) { try $0.split("A1", into: [.new(.init(code: "A1", name: "Alpha North"))], goesOn: true, .unknown) }
    try bench.expectRefusal(
      "say what goes where, in one way: --units FILE, --amount BASIS:CODE=AMOUNT, or --amounts-unknown",
      on: "2010-04-01"
    ) { try $0.split("A1", into: Self.parts, goesOn: false, nil) }
  }

  @Test func `A division that names what is not there is refused`() throws {
    let refusals: [(Division, String)] = [
      (.units([]), "the list of units is empty"),
      (.units([("u3", "D1")]), "the unit u3 does not lie in A1 on 2010-03-31"),
      (.units([("u1", "D1"), ("u1", "E1")]), "the unit u1 is listed twice"),
      (.units([("u1", "X1")]), "nothing can go to 'X1': the parts are D1, E1"),
      (.amounts([("people", "X1", 1)]), "nothing can go to 'X1': the parts are D1, E1"),
      (.amounts([("sheep", "D1", 1)]), "unknown basis 'sheep' (known: areas, people, practices, share)"),
    ]
    for (division, sentence) in refusals {
      try bench.expectRefusal(sentence, on: "2010-04-01") {
        try $0.split("A1", into: Self.parts, goesOn: false, division)
      }
    }
  }

  // MARK: Transfer

  @Test func `Territory goes from one body to another, and both go on`() throws {
    let entered = try bench.entered(on: "2010-04-01") { try $0.transfer(from: "B1", to: "C1", .units([("u3", "C1")])) }
    let key = "2010-04-01-transfer-B1-C1"
    let detail = EventDetail(type: .transfer, day: try day("2010-04-01"), title: "Territory of Beta goes to Gamma")
    try bench.expect(
      entered,
      says: [
        Change(.event(key: key, detail), source: "law"),
        Change(.succession(event: key, predecessor: "group-B1", successor: "group-C1", nature: .territory)),
        Change(.movement(event: key, parcel: "P2", successor: "group-C1")),
      ])
  }

  // MARK: Units that move by themselves

  /// Alpha also has three practices.
  private func addPractices() throws {
    try bench.registry.say(
      """
      record,key,partition,organisation,parcel,unit,from,to,source,note
      parcel,Q,practice
      anchor,,,group-A1,Q,,2000-04-01,,law
      unit,,practice,,Q,p1,1998-01-01,2019-12-31,law,as it says
      unit,,practice,,Q,p2,,,law
      unit,,practice,,Q,p3,,,law
      """)
  }

  @Test func `A practice of a body with areas moves by itself, and no event is stated`() throws {
    try addPractices()
    let entered = try bench.entered(on: "2010-04-01") { try $0.transfer(from: "A1", to: "B1", .units([("p1", "B1")])) }
    let days = (try day("1998-01-01"), try day("2020-01-01"))
    let move = Change.Content.move(
      partition: "practice", unit: "p1", from: "group-A1", to: "group-B1", on: try day("2010-04-01"))
    #expect(entered.eventKey == nil)
    try bench.expect(
      entered,
      says: [
        Change(.parcel(key: "Q/p1", partition: "practice")),
        Change(
          .unit(partition: "practice", code: "p1", parcel: "Q/p1", amounts: []), start: .day(days.0), end: days.1,
          source: "law", note: "as it says"),
        Change(.anchor(parcel: "Q/p1", organisation: "group-A1", on: try day("2000-04-01")), source: "law"),
        Change(move, source: "law"),
      ],
      warnings: [
        "no unit of the partition area leaves A1, so it stays whole: this is no event, but the unit p1 moves by itself"
      ])
    #expect(try bench.registry.successions().isEmpty)
  }

  @Test func `Practices that go together keep one parcel, and a whole parcel stays as it is`() throws {
    try addPractices()
    try bench.record(on: "2010-04-01") { try $0.transfer(from: "A1", to: "B1", .units([("p1", "B1"), ("p3", "B1")])) }
    #expect(try bench.registry.units(named: "p3").map(\.parcel) == ["Q/p1"])
    #expect(try bench.registry.units(named: "p2").map(\.parcel) == ["Q"])
    let rest = try bench.record(on: "2010-05-01") { try $0.transfer(from: "A1", to: "C1", .units([("p2", "C1")])) }
    #expect(
      contents(rest) == [
        .move(partition: "practice", unit: "p2", from: "group-A1", to: "group-C1", on: try day("2010-05-01"))
      ])
  }

  @Test func `The day of a move is amended, and its unit is not`() throws {
    try addPractices()
    try bench.record(on: "2010-04-01") { try $0.transfer(from: "A1", to: "B1", .units([("p1", "B1")])) }
    let key = "practice/p1/move@2010-04-01"
    var amendment = Amendment()
    amendment.day = try day("2011-04-01")
    try bench.registry.say(amendment.statements(for: key, in: bench.registry).changes)
    #expect(try bench.registry.units(named: "p1")[0].moves.map(\.day) == [try day("2011-04-01")])
    #expect(try bench.registry.check() == [])
    var renamed = Amendment()
    renamed.value = "p2"
    #expect(throws: EntryError.self) { try renamed.statements(for: key, in: bench.registry) }
  }

  @Test func `With an area among them, or where practices decide, the units go by an event`() throws {
    try addPractices()
    for (giver, units) in [("A1", [("u1", "C1"), ("p1", "C1")]), ("B1", [("p9", "C1")])] {
      if giver == "B1" {
        // From now on Beta has a practice and no area.
        try bench.record(on: "2005-04-01") { try $0.transfer(from: "B1", to: "C1", .units([("u3", "C1")])) }
        try bench.registry.say(
          """
          record,key,partition,organisation,parcel,unit,from,source
          parcel,R,practice
          anchor,,,group-B1,R,,2006-04-01,law
          unit,,practice,,R,p9,,law
          """)
      }
      let entered = try bench.entered(on: "2010-04-01") {
        try $0.transfer(from: giver, to: "C1", .units(units.map { (code: $0.0, successor: $0.1) }))
      }
      #expect(entered.eventKey == "2010-04-01-transfer-\(giver)-C1")
      try bench.registry.say(entered.changes)
      #expect(try bench.registry.check() == [])
    }
    #expect(try bench.registry.unitMoves(from: .distantPast, to: .distantFuture).isEmpty)
  }

  @Test func `A move by itself has no title and no key, and is not planned`() throws {
    try addPractices()
    let refusals: [(EventWords, String)] = [
      (
        EventWords(day: try day("2010-04-01"), title: "It goes"),
        "A1 is not divided, but the unit p1 moves by itself: that is no event, so leave out --title"
      ),
      (
        EventWords(day: try day("2010-04-01"), key: "k"),
        "A1 is not divided, but the unit p1 moves by itself: that is no event, so leave out --key"
      ),
      (
        EventWords(day: try day("2010-04-01"), isProposed: true),
        "A1 is not divided, but the unit p1 moves by itself: that is no event and cannot be planned, so enter it later"
      ),
    ]
    for (words, sentence) in refusals {
      let refusal = #expect(throws: EntryError.self) {
        try bench.entered(words) { try $0.transfer(from: "A1", to: "B1", .units([("p1", "B1")])) }
      }
      #expect(refusal?.description == sentence)
    }
  }

  @Test func `A transfer to the giver is refused`() throws {
    try bench.expectRefusal("B1 cannot give anything to itself", on: "2010-04-01") {
      try $0.transfer(from: "B1", to: "group-B1", .unknown)
    }
    try bench.expectRefusal("nothing can go to 'A1': the parts are C1", on: "2010-04-01") {
      try $0.transfer(from: "B1", to: "C1", .units([("u3", "A1")]))
    }
  }
}
