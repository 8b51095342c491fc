import DataEntry
import RegistryStorage
import RegistryTestSupport
import Testing

/// Somebody takes a seat of a governing body or leaves it.
@Suite struct SeatEventTests {
  private let bench: EntryBench

  init() throws { bench = try EntryBench() }

  private func appoint(
    _ seat: String, on text: String, _ appointee: EventWriter.Appointee = .init()
  ) throws -> (entered: EnteredEvent, holder: String?) {
    var holder: String?
    let entered = try bench.record(on: text) { writer in
      let result = try writer.appoint("A1", to: seat, appointee)
      holder = result.holder
      return result.entered
    }
    return (entered, holder)
  }

  /// The seats of Alpha: seat, nature, first and last day.
  private func seats() throws -> [String] {
    try bench.registry.rows(
      """
      SELECT seat.key, nature, valid_from, ifnull(valid_to, '') FROM appointment JOIN seat ON seat.id = seat_id
      WHERE superseded_in IS NULL ORDER BY valid_from, appointment.key
      """)
  }

  // MARK: Appoint

  @Test func `Somebody is appointed, known by a key and a name`() throws {
    let (entered, holder) = try appoint("chair", on: "2010-04-01", .init(profession: "gp", holder: "Max Muster"))
    let key = try #require(holder)
    #expect(
      entered.changes.changes == [
        Change(
          .appointment(
            organisation: "group-A1", Appointment(seat: "chair", profession: "gp", holder: key, name: "Max Muster")),
          key: "group-A1/seat/chair/\(key)@2010-04-01", start: .day(try day("2010-04-01")), source: "law")
      ])
    #expect(entered.eventKey == nil && entered.warnings.isEmpty)
    #expect(try seats() == ["chair|held|2010-04-01|"])
  }

  @Test func `A new chair ends the time of the one before`() throws {
    _ = try appoint("chair", on: "2010-04-01", .init(holder: "Max Muster"))
    _ = try appoint("chair", on: "2012-04-01", .init(holder: "Eva Beispiel"))
    #expect(try seats() == ["chair|held|2010-04-01|2012-04-01", "chair|held|2012-04-01|"])
    #expect(try bench.registry.check() == [])
  }

  @Test func `Several may hold a seat that is not single`() throws {
    for (name, isAnother) in [("Max", false), ("Eva", false)] {
      _ = try appoint("lay", on: "2010-04-01", .init(holder: name, isAnother: isAnother))
    }
    #expect(try seats().count == 2)
    // Without a holder, two appointments are alike.
    _ = try appoint("lay", on: "2011-04-01")
    let again = try bench.entered(on: "2011-04-01") { try $0.appoint("A1", to: "lay", .init()).entered }
    #expect(
      again.warnings == [
        "'group-A1/seat/lay@2011-04-01' is recorded already: if this is one more like it, say --another"
      ])
    #expect(try bench.registry.preview(again.changes).isEmpty)
    let (another, _) = try appoint("lay", on: "2011-04-01", .init(isAnother: true))
    #expect(another.changes.changes.last?.key == "group-A1/seat/lay@2011-04-01-2")
  }

  @Test func `A namesake deserves a second look`() throws {
    let holder = try #require(try appoint("lay", on: "2010-04-01", .init(holder: "Max Muster")).holder)
    let (entered, other) = try appoint("chair", on: "2010-04-01", .init(holder: "Max Muster"))
    #expect(other != holder)
    #expect(entered.warnings == ["\(holder) has the same name: if it is the same person, say --holder \(holder)"])
    let (same, key) = try appoint("chair", on: "2011-04-01", .init(holder: holder))
    #expect(key == holder && same.warnings.isEmpty)
  }

  @Test func `An appointment that cannot be is refused`() throws {
    try bench.expectRefusal("unknown seat 'king' (known: chair, lay)", on: "2010-04-01") {
      try $0.appoint("A1", to: "king", .init()).entered
    }
    let holder = try #require(try appoint("lay", on: "2010-04-01", .init(holder: "Max")).holder)
    try bench.expectRefusal("\(holder) is Lay member of A1 on 2011-04-01 already", on: "2011-04-01") {
      try $0.appoint("A1", to: "lay", .init(holder: holder)).entered
    }
    _ = try appoint("chair", on: "2010-04-01")
    try bench.expectRefusal(
      "'group-A1/seat/chair@2010-04-01' begins on 2010-04-01 itself: retract that fact first", on: "2010-04-01"
    ) { try $0.appoint("A1", to: "chair", .init(holder: "Eva")).entered }
    var writer = try EventWriter(try register(vocabulary, "record,key\norganisation,x"), EventWords(day: .epoch))
    #expect(throws: EntryError.self) { try writer.appoint("x", to: "chair", .init()) }
  }

  // MARK: Vacate

  @Test func `A seat is vacant from the day on`() throws {
    _ = try appoint("chair", on: "2010-04-01", .init(holder: "Max"))
    let entered = try bench.entered(on: "2012-04-01") { try $0.vacate("A1", seat: "chair") }
    #expect(entered.changes.changes.count == 2)
    #expect(entered.changes.changes.first?.end == (try day("2012-04-01")))
    #expect(
      entered.changes.changes.last
        == Change(
          .appointment(organisation: "group-A1", Appointment(seat: "chair", nature: .vacant)),
          key: "group-A1/seat/chair/vacant@2012-04-01", start: .day(try day("2012-04-01")), source: "law"))
    try bench.registry.say(entered.changes)
    #expect(try bench.registry.check() == [])
    // The next appointment ends the vacancy.
    _ = try appoint("chair", on: "2013-04-01")
    #expect(
      try seats() == [
        "chair|held|2010-04-01|2012-04-01", "chair|vacant|2012-04-01|2013-04-01", "chair|held|2013-04-01|",
      ])
  }

  @Test func `Who leaves must be plain`() throws {
    try bench.expectRefusal(
      "nobody is recorded as Lay member of A1 on 2011-03-31, the day before", on: "2011-04-01"
    ) { try $0.vacate("A1", seat: "lay") }
    let max = try #require(try appoint("lay", on: "2010-04-01", .init(holder: "Max")).holder)
    try bench.expectRefusal(
      "no such holder is recorded as Lay member of A1 on 2011-03-31: there are \(max)", on: "2011-04-01"
    ) { try $0.vacate("A1", seat: "lay", holder: "h-9") }
    _ = try appoint("lay", on: "2010-04-01")
    try bench.expectRefusal(
      """
      2 are recorded as Lay member of A1 on 2011-03-31: say --holder or --key; \
      there are \(max), --key group-A1/seat/lay@2010-04-01
      """, on: "2011-04-01"
    ) { try $0.vacate("A1", seat: "lay") }
    try bench.record(on: "2011-04-01") { try $0.vacate("A1", seat: "lay", key: "group-A1/seat/lay@2010-04-01") }
    #expect(try seats().contains("lay|held|2010-04-01|2011-04-01"))
  }
}
