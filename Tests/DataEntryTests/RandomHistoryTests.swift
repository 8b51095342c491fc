import ChangeFiles
import DataEntry
import RegistryStorage
import RegistryTestSupport
import Testing

/// Random histories, entered as people do: late, amended, undone, proposed and enacted in any order. A plain model
/// replays what was accepted. The register must agree with it on every day, and be sound.
///
/// One run takes twenty histories; `ORGREG_ROUNDS=50` makes it a thousand.
@Suite(.tags(.slow), .inFullRuns) struct RandomHistoryTests {
  @Test(arguments: 1...rounds(20)) func `A register agrees with a plain replay of what was accepted`(
    seed: Int
  ) throws {
    var history = try History(seed: UInt64(seed))
    for step in 1...14 {
      try history.goOn()
      let difference = try history.difference()
      #expect(difference == [], "seed \(seed), step \(step): \(history.log.suffix(4))")
      if !difference.isEmpty { break }
    }
    #expect(try history.registry.check() == [], "seed \(seed)")
    #expect(history.acceptedCount > 2, "seed \(seed)")
  }
}

/// What happens to bodies, all of them named by their codes.
private enum Happening {
  case merger([String], into: String)
  case absorption(String, into: String)
  /// The giver ends if everything goes.
  case division(String, [String: String], new: [String], ends: Bool)
  case transfer(String, to: String, [String])
  case rename(String, String)
}

/// An event of the model.
private struct Entry {
  var day: Day
  let happening: Happening
}

/// The state of a day, by plain replay.
private struct World: Equatable {
  /// The names of the living bodies, by code.
  var names = ["A1": "Alpha", "B1": "Beta", "C1": "Gamma"]
  /// Where units lie.
  var places = ["u1": "A1", "u2": "A1", "u3": "B1", "u4": "C1"]

  mutating func apply(_ happening: Happening) {
    switch happening {
    case .merger(let givers, let new):
      names[new] = "New \(new)"
      for giver in givers { end(giver, new) }
    case .absorption(let giver, let taker): end(giver, taker)
    case .division(let giver, let taken, let new, let ends):
      for code in new { names[code] = "New \(code)" }
      for (unit, taker) in taken where places[unit] == giver { places[unit] = taker }
      if ends { end(giver, nil) }
    case .transfer(let giver, let taker, let units):
      for unit in units where places[unit] == giver { places[unit] = taker }
    case .rename(let body, let name): names[body] = name
    }
  }

  private mutating func end(_ giver: String, _ taker: String?) {
    names[giver] = nil
    for (unit, place) in places where place == giver { places[unit] = taker }
  }
}

/// A register and its model, which grow together.
private struct History {
  let registry: Registry
  private var generator: SeededGenerator
  /// The events that are facts, by key.
  private var entries: [String: Entry] = [:]
  /// The events that are proposed, by the key of the proposal, with the key of the event.
  private var proposed: [String: (event: String, entry: Entry)] = [:]
  /// What the model was before each revision.
  private var before: [(revision: Int64, entries: [String: Entry], proposed: [String: (event: String, entry: Entry)])] =
    []
  private var days: Set<Day> = []
  private var count = 0
  private(set) var acceptedCount = 0
  private(set) var log: [String] = []

  init(seed: UInt64) throws {
    registry = try register(entryCountry)
    generator = SeededGenerator(seed: seed)
  }

  // MARK: Going on

  mutating func goOn() throws {
    switch Int.random(in: 0...9, using: &generator) {
    case 0: try undo()
    case 1: try amend()
    case 2: try enact()
    case 3, 4: try enter(isProposed: true)
    default: try enter(isProposed: false)
    }
  }

  private mutating func any<Element>(_ choices: [Element]) -> Element? { choices.randomElement(using: &generator) }

  /// A day on which nothing happens yet.
  private mutating func freeDay() throws -> Day {
    while true {
      let text = "20\(Int.random(in: 10...29, using: &generator))-0\(Int.random(in: 1...9, using: &generator))-01"
      let day = try RegistryTestSupport.day(text)
      if days.insert(day).inserted { return day }
    }
  }

  private mutating func enter(isProposed: Bool) throws {
    let day = try freeDay()
    let world = world(on: day)
    count += 1
    guard let happening = happening(in: world) else { return }
    var words = EventWords(day: day, source: "The Order", isProposed: isProposed)
    words.key = isProposed ? "plan\(count)" : "event\(count)"
    do {
      var writer = try EventWriter(registry, words)
      let entered = try Self.say(happening, &writer)
      let entry = Entry(day: day, happening: happening)
      guard isProposed, let key = entered.proposalKey, let event = entered.eventKey else {
        try record(entered.changes, "enter \(happening) on \(day)") { $0.entries[words.key ?? ""] = entry }
        return
      }
      let stated = entered.changes.changes.filter { !$0.content.isCitation }
      let proposal = try Proposal(
        Change(.proposal(key: key, ProposalDetail(day: day, title: "Planned"))), stating: stated,
        moving: entered.movements)
      let citations = entered.changes.changes.filter(\.content.isCitation)
      try record(ChangeSet(changes: citations + proposal.additions()), "propose \(happening) on \(day)") {
        $0.proposed[key] = (event, entry)
      }
    } catch let error as EntryError {
      log.append("refused: \(happening) on \(day): \(error)")
    }
  }

  private mutating func happening(in world: World) -> Happening? {
    let living = world.names.keys.sorted()
    guard let one = any(living), let other = any(living) else { return nil }
    let units = world.places.keys.sorted().filter { world.places[$0] == one }
    let new = "D\(count)"
    switch Int.random(in: 0...5, using: &generator) {
    case 0 where one != other: return .merger([one, other], into: new)
    case 1 where one != other: return .absorption(one, into: other)
    case 2 where units.count > 1:
      let second = "E\(count)"
      var taken: [String: String] = [:]
      for (place, unit) in units.enumerated() { taken[unit] = place == 0 ? new : second }
      return .division(one, taken, new: [new, second], ends: true)
    case 3 where !units.isEmpty: return .division(one, [units[0]: new], new: [new], ends: false)
    case 4 where one != other && !units.isEmpty: return .transfer(one, to: other, [units[0]])
    default: return .rename(one, "Name \(count)")
    }
  }

  private static func say(_ happening: Happening, _ writer: inout EventWriter) throws -> EnteredEvent {
    switch happening {
    case .merger(let givers, let new): return try writer.merge(givers, into: .init(code: new, name: "New \(new)"))
    case .absorption(let giver, let taker): return try writer.absorb([giver], into: taker)
    case .division(let giver, let taken, let new, let ends):
      return try writer.split(
        giver, into: new.map { .new(.init(code: $0, name: "New \($0)")) }, goesOn: !ends,
        .units(taken.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
    case .transfer(let giver, let taker, let units):
      return try writer.transfer(from: giver, to: taker, .units(units.map { ($0, taker) }))
    case .rename(let body, let name): return try writer.rename(body, to: name, scheme: nil)
    }
  }

  private mutating func amend() throws {
    guard let key = any(entries.keys.sorted()) else { return }
    let day = try freeDay()
    var amendment = Amendment()
    amendment.day = day
    try record(amendment.statements(for: key, in: registry).changes, "amend \(key) to \(day)") {
      $0.entries[key]?.day = day
    }
  }

  private mutating func enact() throws {
    guard let key = any(proposed.keys.sorted()), let (event, planned) = proposed[key] else { return }
    var entry = planned
    if Bool.random(using: &generator) { entry.day = try freeDay() }
    let proposal = try Proposal(key, in: registry)
    do {
      try record(proposal.enactment(on: entry.day, in: registry).changes, "enact \(key) on \(entry.day)") {
        $0.proposed[key] = nil
        $0.entries[event] = entry
      }
    } catch {
      log.append("refused: enact \(key): \(error)")
    }
  }

  /// Takes back the newest revision that is not an undo.
  private mutating func undo() throws {
    guard let last = before.popLast() else { return }
    try registry.say(ChangeSet(changes: [Change(.undo(revision: last.revision))]))
    log.append("undo \(last.revision)")
    (entries, proposed) = (last.entries, last.proposed)
  }

  private mutating func record(_ changes: ChangeSet, _ words: String, _ accepted: (inout History) -> Void) throws {
    do {
      guard let revision = try registry.say(changes).revision else { return }
      before.append((revision, entries, proposed))
      log.append(words)
      acceptedCount += 1
      accepted(&self)
    } catch let error as Refused {
      log.append("refused: \(words): \(error.problems.first?.message ?? "")")
    }
  }

  // MARK: Comparing

  private func world(on day: Day) -> World {
    var world = World()
    for entry in entries.values.filter({ $0.day <= day }).sorted(by: { $0.day < $1.day }) {
      world.apply(entry.happening)
    }
    return world
  }

  /// Where the register differs from the model, on the day of every event and on the day before.
  func difference() throws -> [String] {
    let days = Set(entries.values.flatMap { [$0.day.previous, $0.day] }).sorted()
    return try days.flatMap { day in
      let model = world(on: day)
      var found = World(names: [:], places: model.places.mapValues { _ in "" })
      found.places = [:]
      for body in try registry.organisations(kind: "group", on: day, timeline: .legal) {
        let code = body.codes["ods"] ?? body.key
        found.names[code] = body.name
        for unit in try registry.units(in: body.id, on: day) { found.places[unit.code] = code }
      }
      return found == model ? [] : ["\(day): \(found) is not \(model)"]
    }
  }
}
