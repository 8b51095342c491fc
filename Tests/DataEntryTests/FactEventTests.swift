import DataEntry
import RegistryStorage
import RegistryTestSupport
import Testing

/// Events that change a fact of a body that lives on.
@Suite struct FactEventTests {
  private let bench: EntryBench

  init() throws { bench = try EntryBench() }

  private func event(_ key: String, _ type: EventType, _ title: String) throws -> Change {
    Change(.event(key: key, EventDetail(type: type, day: try day("2010-04-01"), title: title)), source: "law")
  }

  // MARK: Names, codes, kinds

  @Test func `A body gets another name`() throws {
    let entered = try bench.entered(on: "2010-04-01") { try $0.rename("A1", to: "Alpha Valley", scheme: nil) }
    let key = "2010-04-01-rename-A1"
    try bench.expect(
      entered,
      says: [
        try event(key, .rename, "Alpha becomes Alpha Valley"),
        Change(.name(organisation: "group-A1", scheme: "ods", value: "Alpha Valley"), start: .event(key)),
      ])
  }

  @Test func `The name that changes is the one that is shown, unless a scheme is said`() throws {
    try bench.registry.say(
      "record,organisation,scheme,value,from,source\nname,group-A1,ons,Alpha of ONS,2001-01-01,law")
    let shown = try bench.entered(on: "2010-04-01") { try $0.rename("A1", to: "New", scheme: nil) }
    #expect(shown.changes.changes.last?.content == .name(organisation: "group-A1", scheme: "ons", value: "New"))
    let other = try bench.entered(on: "2010-04-01") { try $0.rename("A1", to: "New", scheme: "ods") }
    #expect(other.changes.changes.last?.content == .name(organisation: "group-A1", scheme: "ods", value: "New"))
  }

  @Test func `A body gets another code`() throws {
    let entered = try bench.entered(on: "2010-04-01") { try $0.recode("A1", to: "A2", scheme: nil) }
    let key = "2010-04-01-recode-A1"
    try bench.expect(
      entered,
      says: [
        try event(key, .recode, "A1 becomes A2"),
        Change(.code(organisation: "group-A1", scheme: "ods", value: "A2"), start: .event(key)),
      ])
  }

  @Test func `A body becomes of another kind`() throws {
    let entered = try bench.entered(on: "2010-04-01") { try $0.reclassify("A1", as: "proxy") }
    let key = "2010-04-01-reclassification-A1"
    try bench.expect(
      entered,
      says: [
        try event(key, .reclassification, "Alpha becomes a proxy"),
        Change(.role(organisation: "group-A1", kind: "proxy", scheme: nil), start: .event(key)),
      ])
  }

  @Test func `What is so already is refused`() throws {
    try bench.expectRefusal("A1 has the name 'Alpha' already", on: "2010-04-01") {
      try $0.rename("A1", to: "Alpha", scheme: nil)
    }
    try bench.expectRefusal("A1 has the code A1 already", on: "2010-04-01") {
      try $0.recode("A1", to: "A1", scheme: nil)
    }
    try bench.expectRefusal(
      "the code B1 is in use on 2010-04-01, by group-B1 (Beta): choose another, or absorb into that body",
      on: "2010-04-01"
    ) { try $0.recode("A1", to: "B1", scheme: nil) }
    try bench.expectRefusal("A1 is of the kind group already", on: "2010-04-01") {
      try $0.reclassify("A1", as: "group")
    }
  }

  // MARK: Relationships

  @Test func `A body comes under another, and what it was under ends`() throws {
    let entered = try bench.entered(on: "2010-04-01") { try $0.attach("A1", to: "S1", as: nil, beside: false) }
    let key = "2010-04-01-reparenting-A1"
    let ended = try #require(entered.changes.changes.dropFirst().first)
    #expect(
      ended.content == .relationship(organisation: "group-A1", kind: "part-of", superior: "board-N1", grade: nil))
    #expect(ended.key != nil && ended.start == .event("founding") && ended.endEvent == key && ended.end == nil)
    try bench.expect(
      entered,
      says: [
        try event(key, .reparenting, "Alpha comes under South"), ended,
        Change(
          .relationship(organisation: "group-A1", kind: "part-of", superior: "board-S1", grade: nil),
          start: .event(key)),
      ])
    #expect(
      try bench.registry.rows(
        "SELECT superior, ifnull(last_day, '') FROM current_relationship WHERE organisation = 'group-A1' ORDER BY 1")
        == ["board-N1|2010-03-31", "board-S1|"])
  }

  @Test func `A body may come under another beside what it is under`() throws {
    let entered = try bench.entered(on: "2010-04-01") { try $0.attach("A1", to: "S1", as: "part-of", beside: true) }
    #expect(entered.changes.changes.count == 2)
    // Another kind of relationship ends nothing.
    let support = try bench.entered(on: "2010-04-01") { try $0.attach("A1", to: "S1", as: "supports", beside: false) }
    #expect(support.changes.changes.count == 2)
  }

  @Test func `A body leaves another`() throws {
    let entered = try bench.entered(on: "2010-04-01") { try $0.detach("A1", from: "N1", as: nil) }
    let key = "2010-04-01-reparenting-A1"
    let ended = try #require(entered.changes.changes.last)
    #expect(ended.endEvent == key)
    try bench.expect(entered, says: [try event(key, .reparenting, "Alpha leaves North"), ended])
    #expect(
      try bench.registry.rows("SELECT last_day FROM current_relationship WHERE organisation = 'group-A1'")
        == ["2010-03-31"])
  }

  @Test func `A relationship that cannot begin or end is refused`() throws {
    try bench.expectRefusal("A1 cannot be under itself", on: "2010-04-01") {
      try $0.attach("A1", to: "group-A1", as: nil, beside: false)
    }
    try bench.expectRefusal("A1 is part-of N1 on 2010-04-01 already", on: "2010-04-01") {
      try $0.attach("A1", to: "N1", as: nil, beside: false)
    }
    try bench.expectRefusal("A1 is not part-of S1 on 2010-04-01", on: "2010-04-01") {
      try $0.detach("A1", from: "S1", as: nil)
    }
    try bench.expectRefusal("unknown relationship 'owns' (known: part-of, supports)", on: "2010-04-01") {
      try $0.attach("A1", to: "S1", as: "owns", beside: false)
    }
    try bench.record(on: "2010-04-01") { try $0.attach("A1", to: "S1", as: nil, beside: false) }
    let key = try #require(
      bench.registry.rows(
        """
        SELECT relationship.key FROM relationship JOIN organisation ON organisation.id = superior_id
        WHERE organisation.key = 'board-S1' AND valid_from = '2010-04-01' AND superseded_in IS NULL
        """
      ).first)
    try bench.expectRefusal(
      "'\(key)' begins on 2010-04-01 itself: retract that fact, or amend what dates it", on: "2010-04-01"
    ) { try $0.attach("A1", to: "N1", as: nil, beside: false) }
  }

  // MARK: Amounts

  @Test func `An amount over a period is no event`() throws {
    let entered = try bench.entered(on: "2010-04-01") {
      try $0.measure("A1", kind: "patients", amount: 1_000.5, until: try day("2011-03-31"), nature: .final)
    }
    #expect(entered.eventKey == nil)
    try bench.expect(
      entered,
      says: [
        Change(
          .measure(organisation: "group-A1", kind: "patients", amount: 1_000.5, nature: .final),
          start: .day(try day("2010-04-01")), end: try day("2011-04-01"), source: "law")
      ])
  }

  @Test func `An amount of nobody is refused`() throws {
    try bench.expectRefusal(
      "no body has the key or code 'Q1' (try 'orgreg find'); did you mean A1 Alpha, or B1 Beta, or C1 Gamma, or N1 North?",
      on: "2010-04-01"
    ) {
      try $0.measure("Q1", kind: "patients", amount: 1, until: nil, nature: nil)
    }
  }
}
