import DataEntry
import RegistryStorage
import RegistryTestSupport
import Testing

/// What is said about every event, whatever its type: its key, days, title and source, and the body that is meant.
@Suite struct EventWordsTests {
  private let bench: EntryBench

  init() throws { bench = try EntryBench() }

  private func words(source: String? = "law", key: String? = nil) throws -> EventWords {
    EventWords(day: try day("2010-04-01"), source: source, key: key)
  }

  // MARK: The event

  @Test func `Days, title, note and key are taken over`() throws {
    let words = EventWords(
      day: try day("2010-04-01"), operationalDay: try day("2010-10-01"), source: "law", title: "The end",
      note: "at last",
      key: "mine")
    let entered = try bench.entered(words) { try $0.close("A1") }
    try bench.expect(
      entered,
      says: [
        Change(
          .event(
            key: "mine",
            EventDetail(
              type: .closure, day: try day("2010-04-01"), operationalDay: try day("2010-10-01"), title: "The end")),
          source: "law", note: "at last"), Change(.close(event: "mine", organisation: "group-A1")),
      ])
  }

  @Test func `A second event like another gets a number, and a key that is taken is refused`() throws {
    try bench.record(on: "2010-04-01") { try $0.rename("A1", to: "Once", scheme: nil) }
    let again = try bench.entered(on: "2010-04-01") { try $0.rename("A1", to: "Twice", scheme: "ons") }
    #expect(again.eventKey == "2010-04-01-rename-A1-2")
    do {
      _ = try bench.entered(try words(key: "founding")) { try $0.close("A1") }
      Issue.record("not refused")
    } catch let error as EntryError {
      #expect("\(error)" == "the event 'founding' is recorded already: amend it, or say another --key")
    }
  }

  @Test func `A day that has not come is told`() throws {
    let entered = try bench.entered(on: "9000-01-01") { try $0.close("A1") }
    #expect(entered.warnings == ["9000-01-01 lies in the future: --planned would keep this as a proposal"])
  }

  // MARK: Sources

  @Test func `An event without a source is recorded, and told`() throws {
    let entered = try bench.entered(try words(source: nil)) { try $0.close("A1") }
    #expect(entered.warnings == ["the event has no source (see --source)"])
    #expect(entered.changes.changes.first?.source == nil)
  }

  @Test(arguments: [
    (
      "uksi 2012/2996 The Order https://example.org/order", "uksi-2012-2996",
      Citation(
        title: "The Order", instrument: .statutoryInstrument, year: 2012, number: "2996",
        url: "https://example.org/order")
    ),
    ("ukpga 2012/7", "ukpga-2012-7", Citation(title: "ukpga 2012/7", instrument: .act, year: 2012, number: "7")),
    ("A letter, of the Board", "a-letter-of-the-board", Citation(title: "A letter, of the Board")),
    (
      "2012/99999 http://example.org", "2012-99999-http-example-org",
      Citation(title: "2012/99999 http://example.org", year: 2012, number: "99999", url: "http://example.org")
    ),
  ])
  func `A citation becomes a source`(text: String, key: String, citation: Citation) throws {
    let entered = try bench.entered(try words(source: text)) { try $0.close("A1") }
    #expect(entered.changes.changes.first == Change(.source(key: key, citation)))
    #expect(entered.changes.changes.dropFirst().first?.source == key)
  }

  @Test func `A source that the register has is not cited twice`() throws {
    for text in ["law", "The law"] {
      let entered = try bench.entered(try words(source: text)) { try $0.close("A1") }
      #expect(entered.changes.changes.count == 2 && entered.changes.changes.first?.source == "law")
    }
    do {
      _ = try bench.entered(try words(source: "...")) { try $0.close("A1") }
      Issue.record("not refused")
    } catch let error as EntryError {
      #expect("\(error)" == "--source '...' is not a citation: give at least a title")
    }
  }

  // MARK: Bodies

  @Test func `A code that several bodies have is refused with their keys`() throws {
    try bench.registry.say(
      "record,organisation,scheme,value,from,source\ncode,group-A1,ons,X9,2001-01-01,law\ncode,trust-Z1,ods,X9,2001-01-01,law"
    )
    try bench.expectRefusal(
      "'X9' means several bodies on 2010-03-31: name one by its key (group-A1 Alpha, trust-Z1 Zeta)", on: "2010-04-01"
    ) { try $0.close("X9") }
  }

  @Test func `A code of another day names nobody`() throws {
    try bench.record(on: "2010-04-01") { try $0.recode("A1", to: "A2", scheme: nil) }
    try bench.expectRefusal(
      "A1 (group-A1) has that code on other days than 2012-03-31: name it by its key", on: "2012-04-01"
    ) { try $0.close("A1") }
    for (text, reference) in [("2010-04-01", "A1"), ("2012-04-01", "A2"), ("2012-04-01", "group-A1")] {
      let entered = try bench.entered(on: text) { try $0.close(reference) }
      let event = try #require(entered.eventKey)
      #expect(entered.changes.changes.last == Change(.close(event: event, organisation: "group-A1")))
    }
  }
}
