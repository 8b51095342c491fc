import DataEntry
import RegistryStorage
import RegistryTestSupport
import Testing

/// Events that open and close bodies and divide no territory.
@Suite struct BodyEventTests {
  private let bench: EntryBench

  init() throws { bench = try EntryBench() }

  private func event(_ key: String, _ type: EventType, _ text: String, _ title: String) throws -> Change {
    Change(.event(key: key, EventDetail(type: type, day: try day(text), title: title)), source: "law")
  }

  /// The four statements that open a body.
  private func opening(_ event: String, _ key: String, _ kind: String, _ code: String, _ name: String) -> [Change] {
    [
      Change(.organisation(key: key)), Change(.open(event: event, organisation: key, kind: kind)),
      Change(.code(organisation: key, scheme: "ods", value: code), start: .event(event)),
      Change(.name(organisation: key, scheme: "ods", value: name), start: .event(event)),
    ]
  }

  // MARK: Establish

  @Test func `A body is established under another`() throws {
    let entered = try bench.entered(on: "2010-04-01") {
      try $0.establish(.init(code: "D1", name: "Delta", kind: "group"), partOf: ["N1"], as: nil)
    }
    let key = "2010-04-01-establishment-D1"
    #expect(entered.eventKey == key)
    try bench.expect(
      entered,
      says: [try event(key, .establishment, "2010-04-01", "Delta is established")]
        + opening(key, "group-D1", "group", "D1", "Delta")
        + [
          Change(
            .relationship(organisation: "group-D1", kind: "part-of", superior: "board-N1", grade: nil),
            start: .event(key))
        ])
  }

  @Test func `A body opens with all its codes and names`() throws {
    var newcomer = EventWriter.Newcomer(code: "D1", name: "Delta", kind: "group")
    newcomer.otherCodes = [("ons", "E99")]
    newcomer.otherNames = [("ons", " Delta  of the Office ")]
    let entered = try bench.entered(on: "2010-04-01") { try $0.establish(newcomer, partOf: [], as: nil) }
    let key = "2010-04-01-establishment-D1"
    #expect(
      entered.changes.changes.suffix(2) == [
        Change(.code(organisation: "group-D1", scheme: "ons", value: "E99"), start: .event(key)),
        Change(.name(organisation: "group-D1", scheme: "ons", value: "Delta of the Office"), start: .event(key)),
      ])
    newcomer.otherCodes.append(("ods", "D2"))
    try bench.expectRefusal("the new body has a code of the scheme ods already", on: "2010-04-01") {
      try $0.establish(newcomer, partOf: [], as: nil)
    }
    newcomer.otherCodes = [("gss", "D2")]
    try bench.expectRefusal("unknown scheme 'gss' (known: ods, ons)", on: "2010-04-01") {
      try $0.establish(newcomer, partOf: [], as: nil)
    }
  }

  @Test func `A new body gets a permanent key that nobody has`() throws {
    try bench.record(on: "2010-04-01") { try $0.close("A1") }
    let entered = try bench.entered(on: "2011-04-01") {
      try $0.establish(.init(code: "A1", name: "Alpha again", kind: "group"), partOf: [], as: nil)
    }
    #expect(entered.changes.changes.contains(Change(.organisation(key: "group-A1-2"))))
    let named = try bench.entered(on: "2011-04-01") {
      try $0.establish(.init(code: "A1", name: "Alpha again", kind: "group", key: "mine"), partOf: [], as: nil)
    }
    #expect(named.changes.changes.contains(Change(.organisation(key: "mine"))))
  }

  @Test func `A name that another body has deserves a second look`() throws {
    let entered = try bench.entered(on: "2010-04-01") {
      try $0.establish(.init(code: "D1", name: "Alpha", kind: "group"), partOf: [], as: nil)
    }
    #expect(entered.warnings == ["another body has the name 'Alpha' on 2010-04-01"])
  }

  @Test func `An establishment that cannot be is refused`() throws {
    try bench.expectRefusal("say what the body is (--kind)", on: "2010-04-01") {
      try $0.establish(.init(code: "D1", name: "Delta"), partOf: [], as: nil)
    }
    try bench.expectRefusal("unknown kind 'school' (known: trust, group, board, proxy)", on: "2010-04-01") {
      try $0.establish(.init(code: "D1", name: "Delta", kind: "school"), partOf: [], as: nil)
    }
    try bench.expectRefusal("unknown scheme 'gss' (known: ods, ons)", on: "2010-04-01") {
      try $0.establish(.init(code: "D1", name: "Delta", kind: "group", scheme: "gss"), partOf: [], as: nil)
    }
    try bench.expectRefusal(
      "the code A1 is in use on 2010-04-01, by group-A1 (Alpha): choose another, or absorb into that body",
      on: "2010-04-01"
    ) {
      try $0.establish(.init(code: "A1", name: "Delta", kind: "group"), partOf: [], as: nil)
    }
    try bench.expectRefusal("unknown relationship 'owns' (known: part-of, supports)", on: "2010-04-01") {
      try $0.establish(.init(code: "D1", name: "Delta", kind: "group"), partOf: ["N1"], as: "owns")
    }
    try bench.expectRefusal(
      "no body has the key or code 'N9' (try 'orgreg find'); did you mean N1 North?", on: "2010-04-01"
    ) {
      try $0.establish(.init(code: "D1", name: "Delta", kind: "group"), partOf: ["N9"], as: nil)
    }
  }

  // MARK: Close

  @Test func `A body closes, and whoever was under it is told of`() throws {
    let entered = try bench.entered(on: "2010-04-01") { try $0.close("N1") }
    let key = "2010-04-01-closure-N1"
    try bench.expect(
      entered,
      says: [
        try event(key, .closure, "2010-04-01", "North closes"), Change(.close(event: key, organisation: "board-N1")),
      ],
      undecided: ["A1 Alpha", "B1 Beta"].map { "\($0) is no longer part of N1: attach it to another body" })
  }

  @Test func `A body that is not there the day before cannot close`() throws {
    try bench.record(on: "2010-04-01") { try $0.close("A1") }
    try bench.expectRefusal(
      "A1 (group-A1) closed on 2010-03-31, before 2010-04-01: name the body that succeeded it", on: "2010-04-02"
    ) { try $0.close("A1") }
    try bench.expectRefusal(
      "B1 (group-B1) opens on 2000-04-01, after 2000-03-31: correct the day, or amend the event that opens it",
      on: "2000-04-01"
    ) { try $0.close("B1") }
  }

  // MARK: Merge

  @Test func `A merger opens one body, closes the others and carries over what they share`() throws {
    let entered = try bench.entered(on: "2010-04-01") {
      try $0.merge(["A1", "b1"], into: .init(code: "D1", name: "Delta"))
    }
    let key = "2010-04-01-merger-D1"
    let closing = ["group-A1", "group-B1"].flatMap { body in
      [
        Change(.succession(event: key, predecessor: body, successor: "group-D1", nature: .succession)),
        Change(.close(event: key, organisation: body)),
      ]
    }
    try bench.expect(
      entered,
      says: [try event(key, .merger, "2010-04-01", "A1, B1 merge into Delta")]
        + opening(key, "group-D1", "group", "D1", "Delta") + closing
        + [
          Change(
            .relationship(organisation: "group-D1", kind: "part-of", superior: "board-N1", grade: nil),
            start: .event(key))
        ])
    #expect(try bench.registry.rows("SELECT key FROM organisation WHERE key = 'group-D1'") == ["group-D1"])
  }

  @Test func `A superior that only some of the predecessors have is not carried over`() throws {
    let entered = try bench.entered(on: "2010-04-01") {
      try $0.merge(["A1", "B1", "C1"], into: .init(code: "D1", name: "Delta"))
    }
    #expect(
      entered.undecided == [
        "whether D1 is part of N1 North, as only A1, B1 are (say attach)",
        "whether D1 is part of S1 South, as only C1 is (say attach)",
      ])
    #expect(!entered.changes.changes.contains { Relationship($0.content) != nil })
  }

  @Test func `Boards that merge pass on duties and those who were under them`() throws {
    let entered = try bench.entered(on: "2010-04-01") {
      try $0.merge(["N1", "S1"], into: .init(code: "E1", name: "East"))
    }
    let key = "2010-04-01-merger-E1"
    #expect(
      entered.changes.changes.contains(
        Change(.succession(event: key, predecessor: "board-N1", successor: "board-E1", nature: .duties))))
    let carried = entered.changes.changes.compactMap { change -> String? in
      guard let tie = Relationship(change.content), change.start == .event(key) else { return nil }
      #expect(tie.kind == "part-of" && tie.superior == "board-E1" && tie.grade == nil)
      return tie.organisation
    }
    #expect(carried == ["group-A1", "group-B1", "group-C1"])
  }

  @Test func `A kind that all predecessors have beside their main one is carried over`() throws {
    for code in ["A1", "B1"] { try bench.record(on: "2005-04-01") { try $0.reclassify(code, as: "proxy") } }
    let entered = try bench.entered(on: "2010-04-01") {
      try $0.merge(["A1", "B1"], into: .init(code: "D1", name: "Delta"))
    }
    #expect(
      entered.changes.changes.contains(
        Change(
          .role(organisation: "group-D1", kind: "proxy", scheme: nil), start: .event("2010-04-01-merger-D1"))))
  }

  @Test func `A merger that is none is refused`() throws {
    try bench.expectRefusal(
      "a merger needs two bodies or more: use recode for a new code, or rename for a new name",
      on: "2010-04-01"
    ) { try $0.merge(["A1"], into: .init(code: "D1", name: "Delta")) }
    try bench.expectRefusal("group-A1 is named twice", on: "2010-04-01") {
      try $0.merge(["A1", "group-A1"], into: .init(code: "D1", name: "Delta"))
    }
    try bench.expectRefusal(
      "A1 is one of those that merge: if it goes on, say absorb ... --into A1", on: "2010-04-01"
    ) { try $0.merge(["A1", "B1"], into: .init(code: "A1", name: "Delta")) }
    try bench.expectRefusal(
      "the code C1 is in use on 2010-04-01, by group-C1 (Gamma): choose another, or absorb into that body",
      on: "2010-04-01"
    ) { try $0.merge(["A1", "B1"], into: .init(code: "C1", name: "Delta")) }
    try bench.expectRefusal("the bodies have no kind in common: say what the new one is (--kind)", on: "2010-04-01") {
      try $0.merge(["A1", "Z1"], into: .init(code: "D1", name: "Delta"))
    }
  }

  // MARK: Absorb

  @Test func `A body that absorbs others goes on`() throws {
    let entered = try bench.entered(on: "2010-04-01") { try $0.absorb(["A1", "B1"], into: "C1") }
    let key = "2010-04-01-absorption-C1"
    try bench.expect(
      entered,
      says: [try event(key, .absorption, "2010-04-01", "Gamma absorbs A1, B1")]
        + ["group-A1", "group-B1"].flatMap { body in
          [
            Change(.succession(event: key, predecessor: body, successor: "group-C1", nature: .succession)),
            Change(.close(event: key, organisation: body)),
          ]
        })
  }

  @Test func `A board that absorbs another has those who were under it`() throws {
    let entered = try bench.entered(on: "2010-04-01") { try $0.absorb(["S1"], into: "N1") }
    #expect(
      entered.changes.changes.last
        == Change(
          .relationship(organisation: "group-C1", kind: "part-of", superior: "board-N1", grade: nil),
          start: .event("2010-04-01-absorption-N1")))
  }

  @Test func `A body cannot absorb itself`() throws {
    try bench.expectRefusal(
      "B1 cannot absorb itself: leave it out of the bodies that end", on: "2010-04-01"
    ) { try $0.absorb(["A1", "B1"], into: "B1") }
  }
}
