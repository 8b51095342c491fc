import RegistryStorage
import RegistryTestSupport
import Testing

/// Recording replays only what it may have moved. What is stored equals a replay of everything.
@Suite struct PlacementUpdateTests {
  @Test(arguments: [1, 2, 101, 102, 103] as [UInt64]) func `After every event of a random history nothing differs`(
    seed: UInt64
  ) throws {
    let history = History(seed: seed, proportional: seed > 100)
    let registry = try register(vocabulary, History.file(history.events[0].lines), History.units)
    for event in history.events.dropFirst() {
      try registry.say(History.file(event.lines))
      try #require(try registry.check() == [], "\(event.lines)")
    }
    #expect(try registry.state() == register(vocabulary, history.file, History.units).state())
  }

  @Test(arguments: 1...6) func `After every correction of a random history nothing differs`(seed: UInt64) throws {
    let registry = try register(
      vocabulary, History(seed: seed + 200, proportional: true).file, History.units)
    var generator = SeededGenerator(seed: seed)
    var done: [String: Int] = [:]
    for number in 1...60 {
      let correction = try #require(try Correction(number, of: registry, using: &generator))
      do {
        if let revision = correction.undone {
          try registry.undo(revision)
        } else {
          try registry.say(correction.lines)
        }
        done[correction.kind, default: 0] += 1
      } catch is Refused {
        continue
      }
      try #require(try registry.check() == [], "\(correction)")
    }
    #expect(done.count >= 5, "\(done)")
  }

  /// Numbers are what other tables refer to.
  @Test func `A change of one parcel leaves the numbers of the other pieces`() throws {
    let registry = try register(vocabulary, replayFounding)
    let numbers = { try registry.rows("SELECT parcel.key, piece.id FROM piece JOIN parcel ON parcel.id = parcel_id") }
    let before = try numbers()
    try registry.say(
      replayHeader + """
        event,e,,,,,,,split,,,2010-04-01,law
        open,,e,n,,,group
        open,,e,m,,,group
        succession,,e,b,n,,,,,territory
        succession,,e,b,m,,,,,territory
        flow,,e,b,n,,,areas,,,1
        flow,,e,b,m,,,areas,,,1
        flow,,e,b,n,,,practices,,,0
        close,,e,b
        """)
    let after = try numbers()
    #expect(after.count == before.count + 1)
    #expect(after.starts(with: before))
    try registry.undo(3)
    #expect(try numbers() == before)
  }

  @Test func `A part of a gift changes with what another body gave before`() throws {
    let registry = try register(
      vocabulary, replayFounding,
      replayHeader + """
        event,gift,,,,,,,transfer,,,2010-04-01,law
        succession,,gift,a,b,,,,,territory
        flow,,gift,a,b,,,areas,,,1
        """)
    #expect(try amounts(registry, "b", "2010-04-01")["people"] == 350)
    // c gives P4 to a, which had 3 areas. Now a quarter of each parcel of a goes to b.
    try registry.say(
      replayHeader + """
        event,early,,,,,,,transfer,,,2005-04-01,law
        succession,,early,c,a,,,,,territory
        movement,,early,,a,P4
        """)
    #expect(try amounts(registry, "b", "2010-04-01")["people"] == Amount("292.5"))
    #expect(try registry.check() == [])
    try registry.undo(4)
    #expect(try amounts(registry, "b", "2010-04-01")["people"] == 350)
    #expect(try registry.check() == [])
  }
}

/// A change of something that a register says already.
private struct Correction {
  let kind: String
  var lines = ""
  var undone: Int64?

  /// - Parameter number: tells the events of several corrections apart.
  init?(_ number: Int, of registry: Registry, using generator: inout SeededGenerator) throws {
    func any(_ query: String) throws -> [String]? {
      try registry.rows(query).randomElement(using: &generator)?.split(
        separator: "|", omittingEmptySubsequences: false
      ).map(String.init)
    }
    let placement = "SELECT parcel, organisation, valid_from FROM current_placement WHERE organisation IS NOT NULL"
    guard let placed = try any(placement), let other = try any(placement) else { return nil }
    let (parcel, body, day) = (placed[0], placed[1], other[2])
    switch number % 7 {
    case 0:
      kind = "anchor"
      lines = "record,organisation,parcel,from,source\nanchor,\(other[1]),\(parcel),\(day),law"
    case 1:
      kind = "unit"
      let units = "SELECT code, key FROM unit JOIN parcel ON parcel.id = parcel_id WHERE superseded_in IS NULL"
      guard let unit = try any(units) else { return nil }
      let home = number.isMultiple(of: 2) ? unit[1] : parcel
      lines = "record,partition,unit,parcel,amount:people,source\nunit,area,\(unit[0]),\(home),\(number),law"
    case 2:
      kind = "move"
      let units = try registry.rows(
        "SELECT code FROM unit JOIN parcel ON parcel.id = parcel_id WHERE superseded_in IS NULL AND key = ?1",
        [.text(parcel)])
      lines =
        "record,partition,unit,organisation,other,from,source\n"
        + units.map { "move,area,\($0),\(body),\(other[1]),\(day),law" }.joined(separator: "\n")
    case 3, 4:
      kind = number % 7 == 3 ? "gift" : "transfer"
      let part =
        number % 7 == 3
        ? "flow,,c\(number),\(body),\(other[1]),,,areas,,,0.5" : "movement,,c\(number),,\(other[1]),\(parcel)"
      lines =
        replayHeader + """
          event,c\(number),,,,,,,transfer,,,\(day),law
          succession,,c\(number),\(body),\(other[1]),,,,,territory
          \(part)
          """
    case 5:
      kind = "date"
      guard let event = try any("SELECT event, type, happened_on FROM current_event WHERE type <> 'establishment'")
      else { return nil }
      lines = "record,key,type,from,source\nevent,\(event[0]),\(event[1]),\(day),law"
    default:
      kind = "undo"
      undone = Int64.random(in: 4...max(4, try registry.latestRevision()), using: &generator)
    }
  }
}
