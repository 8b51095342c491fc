import DataEntry
import RegistryStorage
import RegistryTestSupport
import Testing

/// Corrections of a recorded fact or event.
@Suite struct AmendTests {
  private let bench: EntryBench

  init() throws { bench = try EntryBench() }

  private func amended(_ key: String, _ edit: (inout Amendment) throws -> Void) throws -> EnteredEvent {
    var amendment = Amendment()
    try edit(&amendment)
    return try amendment.statements(for: key, in: bench.registry)
  }

  private func expectRefusal(
    _ sentence: String, _ key: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ edit: (inout Amendment) throws -> Void
  ) throws {
    do {
      let entered = try amended(key, edit)
      Issue.record("not refused: \(entered.changes.changes)", sourceLocation: sourceLocation)
    } catch let error as EntryError {
      #expect(error.description == sentence, sourceLocation: sourceLocation)
    }
  }

  /// The permanent key of a fact, by its table and its body.
  private func key(_ table: String, of body: String) throws -> String {
    try #require(
      bench.registry.rows(
        """
        SELECT fact.key FROM \(table) AS fact JOIN organisation ON organisation.id = organisation_id
        WHERE organisation.key = ?1 AND superseded_in IS NULL
        """, [.text(body)]
      ).first)
  }

  /// Records a fact that no event dates.
  /// - Returns: its key.
  private func dated(_ line: String) throws -> String {
    try bench.registry.say("record,key,organisation,scheme,kind,nature,value,amount,from,to,source\n\(line)")
    return "mine"
  }

  // MARK: Facts

  @Test func `A name is corrected and keeps what else is said of it`() throws {
    let key = try key("name", of: "group-A1")
    let entered = try amended(key) {
      $0.value = "Alphaville"
      $0.note = "a misprint"
    }
    #expect(
      entered.changes.changes == [
        Change(
          .name(organisation: "group-A1", scheme: "ods", value: "Alphaville"), key: key, start: .event("founding"),
          source: "law", note: "a misprint")
      ])
    try bench.registry.say(entered.changes)
    #expect(try bench.registry.rows("SELECT name FROM current_name WHERE organisation = 'group-A1'") == ["Alphaville"])
  }

  @Test(arguments: [
    "code,mine,group-A1,ons,,,E1,,2001-01-01,2001-12-31,law",
    "constitution,mine,group-A1,,,,1.0,,2001-01-01,2001-12-31,law",
  ])
  func `Value and days of a fact are corrected`(line: String) throws {
    let key = try dated(line)
    let entered = try amended(key) {
      $0.value = "E2"
      $0.day = try day("2002-01-01")
      $0.lastDay = try day("2002-12-31")
    }
    let fact = try #require(entered.changes.changes.first)
    #expect(entered.changes.changes.count == 1 && fact.key == key)
    #expect(fact.start == .day(try day("2002-01-01")))
    #expect(fact.end == (try day("2003-01-01")))
    let said: [Change.Content] = [
      .code(organisation: "group-A1", scheme: "ons", value: "E2"),
      .constitution(organisation: "group-A1", version: "E2"),
    ]
    #expect(said.contains(fact.content))
    try bench.registry.say(entered.changes)
  }

  @Test func `An amount is corrected, with a new source`() throws {
    let key = try dated("measure,mine,group-A1,,patients,final,,100,2001-01-01,,law")
    let entered = try amended(key) {
      $0.amount = 200
      $0.source = "A letter"
    }
    #expect(
      entered.changes.changes == [
        Change(.source(key: "a-letter", Citation(title: "A letter"))),
        Change(
          .measure(organisation: "group-A1", kind: "patients", amount: 200, nature: .final), key: key,
          start: .day(try day("2001-01-01")), source: "a-letter"),
      ])
  }

  @Test func `What a fact does not have is refused`() throws {
    let role = try key("life", of: "group-A1")
    try expectRefusal("'\(role)' has no value: leave that option out", role) { $0.value = "x" }
    try expectRefusal("'\(role)' has no amount: leave that option out", role) { $0.amount = 1 }
    try expectRefusal("'\(role)' has no operational day: leave that option out", role) { $0.operationalDay = .epoch }
    let name = try key("name", of: "group-A1")
    try expectRefusal("'\(name)' begins with the event 'founding': amend that event", name) { $0.day = .epoch }
    try expectRefusal("'founding' has no amount: leave that option out", "founding") { $0.amount = 1 }
    try expectRefusal("'founding' has no last day: leave that option out", "founding") { $0.lastDay = .epoch }
    try expectRefusal(
      "no event and no current fact has the key 'nothing' (see 'orgreg show CODE --keys')", "nothing"
    ) { $0.value = "x" }
  }

  @Test func `What an event ends, the event dates`() throws {
    try bench.record(on: "2010-04-01") { try $0.rename("A1", to: "Later", scheme: nil) }
    let name = try #require(
      bench.registry.rows(
        "SELECT key FROM name WHERE value = 'Alpha' AND superseded_in IS NULL AND to_event_id IS NOT NULL"
      ).first)
    try expectRefusal("'\(name)' ends with the event '2010-04-01-rename-A1': amend that event", name) {
      $0.lastDay = try day("2009-03-31")
    }
  }

  // MARK: Events

  @Test func `An event moves, and what it dates moves with it`() throws {
    try bench.record(on: "2010-04-01") { try $0.rename("A1", to: "Later", scheme: nil) }
    let key = "2010-04-01-rename-A1"
    let entered = try amended(key) {
      $0.day = try day("2011-04-01")
      $0.operationalDay = try day("2011-10-01")
      $0.value = "The renaming"
    }
    #expect(entered.changes.changes.count == 1)
    #expect(
      entered.changes.changes.first?.content
        == .event(
          key: key,
          EventDetail(
            type: .rename, day: try day("2011-04-01"), operationalDay: try day("2011-10-01"), title: "The renaming")))
    try bench.registry.say(entered.changes)
    #expect(
      try bench.registry.rows("SELECT valid_from FROM current_name WHERE name = 'Later'") == ["2011-04-01"])
    #expect(try bench.registry.check() == [])
  }
}
