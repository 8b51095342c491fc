import RegistryStorage
import RegistryTestSupport
import Testing

/// A random history of bodies that merge, split, close and give parcels to each other. Walking through the days, one
/// event at a time, finds where each parcel lies.
struct History {
  /// The lines of a change file, those of each event together.
  var events: [(type: String, lines: [String])] = []
  /// Where each parcel lies from a day on. Nil if it lies nowhere.
  var states: [(day: Day, place: [String: String?])] = []

  static let header = "record,key,event,organisation,other,parcel,partition,basis,kind,type,nature,amount,from,source"

  /// - Parameter proportional: whether some splits are known by amounts alone. Then `states` means nothing for the
  ///   parcels of the bodies that were split in this way.
  init(seed: UInt64, proportional: Bool) {
    var generator = SeededGenerator(seed: seed)
    var living: [String] = []
    var place: [String: String?] = [:]
    var bodies = 0
    var day = Day("2000-04-01") ?? .epoch

    func line(
      _ record: String, key: String = "", event: String = "", organisation: String = "", other: String = "",
      parcel: String = "", partition: String = "", basis: String = "", kind: String = "", type: String = "",
      nature: String = "", amount: String = "", from: String = "", source: String = ""
    ) -> String {
      [
        record, key, event, organisation, other, parcel, partition, basis, kind, type, nature, amount, from, source,
      ].joined(separator: ",")
    }
    func newBody(_ event: String, _ lines: inout [String]) -> String {
      bodies += 1
      lines.append(line("organisation", key: "b\(bodies)"))
      lines.append(line("open", event: event, organisation: "b\(bodies)", kind: "group"))
      return "b\(bodies)"
    }

    var lines = [line("event", key: "founding", type: "establishment", from: "\(day)", source: "law")]
    for _ in 1...6 { living.append(newBody("founding", &lines)) }
    for number in 1...20 {
      let body = living.randomElement(using: &generator) ?? "b1"
      let parcel = "P\(number)"
      lines.append(line("parcel", key: parcel, partition: "area"))
      lines.append(line("anchor", organisation: body, parcel: parcel, from: "\(day)", source: "law"))
      place[parcel] = .some(body)
    }
    events.append(("establishment", lines))
    states.append((day, place))

    for number in 1...12 {
      day = day.advanced(by: .random(in: 1...400, using: &generator))
      let before = place
      // Several events of one day are about different bodies.
      var free = living.shuffled(using: &generator)
      for part in 1...Int.random(in: 1...2, using: &generator) {
        let event = "e\(number)-\(part)"
        func held(_ body: String) -> [String] { before.filter { $0.value == .some(body) }.keys.sorted() }
        func take() -> String { free.removeLast() }
        switch Int.random(in: 0...9, using: &generator) {
        case 0...3 where free.count >= 3:
          var lines = [line("event", key: event, type: "merger", from: "\(day)", source: "law")]
          let old = (1...Int.random(in: 2...3, using: &generator)).map { _ in take() }
          let new = newBody(event, &lines)
          for body in old {
            lines.append(line("succession", event: event, organisation: body, other: new, nature: "succession"))
            lines.append(line("close", event: event, organisation: body))
            for parcel in held(body) { place[parcel] = .some(new) }
          }
          living = living.filter { !old.contains($0) } + [new]
          events.append(("merger", lines))
        case 4...6 where free.count >= 1:
          var lines = [line("event", key: event, type: "split", from: "\(day)", source: "law")]
          let old = take()
          let new = (1...Int.random(in: 2...3, using: &generator)).map { _ in newBody(event, &lines) }
          for body in new {
            lines.append(line("succession", event: event, organisation: old, other: body, nature: "territory"))
          }
          if proportional, Bool.random(using: &generator) {
            for basis in ["areas", "people"] where basis == "areas" || Bool.random(using: &generator) {
              var amounts = new.map { _ in Int.random(in: 0...5, using: &generator) }
              amounts[0] += 1
              for (body, amount) in zip(new, amounts) {
                lines.append(
                  line("flow", event: event, organisation: old, other: body, basis: basis, amount: "\(amount)"))
              }
            }
          } else {
            // At least one parcel is named if the body has one. Otherwise an amount says that nothing is known to go.
            for parcel in held(old) {
              let target = new.randomElement(using: &generator) ?? new[0]
              lines.append(line("movement", event: event, other: target, parcel: parcel))
              place[parcel] = .some(target)
            }
          }
          lines.append(line("close", event: event, organisation: old))
          living = living.filter { $0 != old } + new
          events.append(("split", lines))
        case 7...8 where free.count >= 2:
          let (giver, taker) = (take(), take())
          let given = held(giver).filter { _ in Bool.random(using: &generator) }
          guard !given.isEmpty else { continue }
          var lines = [line("event", key: event, type: "transfer", from: "\(day)", source: "law")]
          lines.append(line("succession", event: event, organisation: giver, other: taker, nature: "territory"))
          for parcel in given {
            lines.append(line("movement", event: event, other: taker, parcel: parcel))
            place[parcel] = .some(taker)
          }
          events.append(("transfer", lines))
        case 9 where free.count >= 1 && living.count > 4:
          let body = take()
          for parcel in held(body) { place[parcel] = .some(nil) }
          living = living.filter { $0 != body }
          events.append(
            (
              "closure",
              [
                line("event", key: event, type: "closure", from: "\(day)", source: "law"),
                line("close", event: event, organisation: body),
              ]
            ))
        default: continue
        }
      }
      states.append((day, place))
    }
  }

  var file: String { Self.file(events.flatMap(\.lines)) }

  static func file(_ lines: [String]) -> String { "\(header)\n" + lines.map(sourced).joined(separator: "\n") }

  /// Parcels need a source.
  private static func sourced(_ line: String) -> String { line.hasPrefix("parcel,") ? line + "law" : line }

  /// The units. Each parcel has as many areas as its number says.
  static let units =
    "record,partition,unit,parcel,amount:people,source\n"
    + (1...20).flatMap { parcel in (1...parcel).map { "unit,area,u\(parcel)-\($0),P\(parcel),\(parcel * 7 + $0),law" } }
    .joined(separator: "\n")

  func place(of parcel: String, on day: Day) -> String? { states.last { $0.day <= day }?.place[parcel] ?? nil }

  /// The first and last day of every state, and a day between.
  var days: [Day] {
    states.flatMap { [$0.day.previous, $0.day, $0.day.next] } + [Day("2050-01-01") ?? .distantFuture]
  }
}

private func register(_ history: History) throws -> Registry {
  try RegistryTestSupport.register(vocabulary, history.file + "\n\n" + History.units)
}

/// For each parcel, its places in words on a day.
private func places(_ registry: Registry, on day: Day) throws -> [String: [String]] {
  let keys = Dictionary(
    uniqueKeysWithValues: try registry.database.query("SELECT id, key FROM organisation") {
      ($0.organisation(0), $0.text(1))
    })
  return Dictionary(grouping: try registry.territory().pieces, by: \.parcel).mapValues { pieces in
    pieces.map { piece in
      switch piece.place(on: day) {
      case .organisation(let id): keys[id] ?? "?"
      case .unplaced: "nowhere"
      case .gap, .silent: "gap"
      }
    }.sorted()
  }
}

@Suite struct ReplayPropertyTests {
  @Test(arguments: 1...12) func `Placements are those of a walk through the days`(seed: UInt64) throws {
    let history = History(seed: seed, proportional: false)
    let registry = try register(history)
    for day in history.days {
      let found = try places(registry, on: day)
      for number in 1...20 {
        let expected = history.place(of: "P\(number)", on: day) ?? "nowhere"
        #expect(found["P\(number)"] == [expected], "P\(number) on \(day)")
      }
    }
    #expect(try registry.check().isEmpty)
  }

  @Test(arguments: 101...112) func `The pieces of a parcel amount to it and lie in one place at most`(seed: UInt64)
    throws
  {
    let registry = try register(History(seed: seed, proportional: true))
    let territory = try registry.territory()
    for (parcel, pieces) in Dictionary(grouping: territory.pieces, by: \.parcel) {
      let number = try #require(Int(parcel.dropFirst()))
      let areas = pieces.reduce(Amount.zero) { $0 + ($1.amounts[0] ?? 0) }
      let people = pieces.reduce(Amount.zero) { $0 + ($1.amounts[1] ?? 0) }
      #expect(areas == Amount(number))
      #expect(people == Amount((1...number).reduce(0) { $0 + number * 7 + $1 }))
      for piece in pieces {
        #expect(piece.amounts[0] ?? -1 >= 0)
        for (left, right) in zip(piece.placements, piece.placements.dropFirst()) {
          #expect(try #require(left.period.end) <= right.period.start)
        }
      }
    }
    #expect(try registry.check().isEmpty)
  }

  @Test func `Random histories divide`() throws {
    let divided = try (101...112).map { seed in
      try register(History(seed: seed, proportional: true)).territory().pieces.count { !$0.divisions.isEmpty }
    }
    #expect(divided.count { $0 > 0 } > 6, "\(divided)")
  }

  @Test(arguments: [1, 5, 101, 107] as [UInt64]) func `The order of entry does not matter`(seed: UInt64) throws {
    let history = History(seed: seed, proportional: seed > 100)
    let state = try register(history).state()
    var generator = SeededGenerator(seed: seed)
    for _ in 1...3 {
      let lines = history.events.flatMap(\.lines).shuffled(using: &generator)
      let registry = try RegistryTestSupport.register(vocabulary, History.file(lines) + "\n\n" + History.units)
      #expect(try registry.state() == state)
    }
  }

  /// The units come last, and transfers come long after later events, each in a revision of its own. An event that
  /// takes a parcel from a body waits until a transfer has brought it there.
  @Test(arguments: [1, 2, 3, 105] as [UInt64]) func `A late event gives the same history`(seed: UInt64) throws {
    let history = History(seed: seed, proportional: seed > 100)
    let state = try register(history).state()
    var generator = SeededGenerator(seed: seed)
    let registry = try RegistryTestSupport.register(vocabulary)
    var waiting = history.events.filter { $0.type != "transfer" }
    for transfer in [nil] + history.events.filter({ $0.type == "transfer" }).shuffled(using: &generator) {
      if let transfer { waiting.append(transfer) }
      waiting = try waiting.filter { try !enters($0.lines, registry) }
    }
    while !waiting.isEmpty {
      let count = waiting.count
      waiting = try waiting.filter { try !enters($0.lines, registry) }
      try #require(waiting.count < count, "\(waiting.first?.lines ?? [])")
    }
    try registry.say(History.units)
    #expect(try registry.state() == state)
    #expect(try registry.check().isEmpty)
  }

  /// Whether the register takes an event.
  private func enters(_ lines: [String], _ registry: Registry) throws -> Bool {
    try registry.problems(of: History.file(lines)).isEmpty
  }

  /// Going back from its last place, a parcel was in the same places, or in a gap if only a merger could tell.
  @Test(arguments: 1...6) func `The way back is the way forth or a gap`(seed: UInt64) throws {
    let history = History(seed: seed, proportional: false)
    let registry = try register(history)
    let last = try #require(Day("2049-01-01"))
    var lines: [String] = []
    for number in 1...20 {
      if let body = history.place(of: "P\(number)", on: last) {
        lines.append("anchor,,,\(body),,P\(number),,,,,,,\(last),law")
      }
    }
    #expect(!lines.isEmpty)
    try registry.say(History.file(lines))
    var sure = 0
    for day in history.days {
      let found = try places(registry, on: day)
      for number in 1...20 where history.place(of: "P\(number)", on: last) != nil {
        let expected = history.place(of: "P\(number)", on: day) ?? "nowhere"
        let place = try #require(found["P\(number)"]?.first)
        #expect(place == expected || place == "gap", "P\(number) on \(day)")
        if place == expected, expected != "nowhere" { sure += 1 }
      }
    }
    #expect(sure > 20)
  }
}
