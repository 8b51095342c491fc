package import RegistryStorage

/// A random country: bodies that merge, absorb, split, close and give territory to each other, and what became of each
/// parcel, found by walking through the days one event at a time.
///
/// Kept here:
/// 1. Bodies are named by their keys. The same seed makes the same country.
/// 2. A body takes part in one event a day at most.
package struct RandomCountry {
  /// Where a part of a parcel lies.
  package enum Place: Hashable, Sendable {
    case body(String)
    /// The event divides its body and says nothing about its partition.
    case gap(event: String)
    /// The event divides its body and names other parcels of the partition.
    case silent(event: String)
    /// Its body ended, and nobody says who succeeded it.
    case ended(body: String, Day)
  }

  /// A parcel, or a part of one that was divided by amounts.
  package struct Fragment {
    package let parcel: String
    package let partition: String
    /// By basis.
    package var amounts: [String: Double]
    /// From a day on.
    package var places: [(day: Day, place: Place)]
    /// The events that divided it by amounts.
    package var divisions: Set<String> = []

    /// Nil before the first day.
    package func place(on day: Day) -> Place? { places.last { $0.day <= day }?.place }
  }

  package struct Body {
    package let key: String
    package let kind: String
    package let opened: Day
    package var closed: Day?
    /// The boards above it.
    package let boards: [String]

    package func lives(on day: Day) -> Bool { opened <= day && closed.map { day < $0 } ?? true }
  }

  /// What happened to bodies on a day.
  package struct Event {
    package let key: String
    package let day: Day
    /// The bodies from which it takes, and the bodies to which it brings, those included that go on.
    package let steps: [(from: String, to: [String])]
    /// By giver, basis and taker. The basis `share` counts parts of one.
    package var amounts: [String: [String: [String: Double]]] = [:]
  }

  package static let boards = ["w1", "w2", "w3"]
  package static let bases = ["people", "areas", "patients", "practices", "share"]

  package private(set) var bodies: [String: Body] = [:]
  package private(set) var events: [Event] = []
  package private(set) var fragments: [Fragment] = []
  private var lines: [String] = []
  private var moves: [String] = []
  private var moveDays: [Day] = []

  private var generator: SeededGenerator
  private var day: Day
  /// The living bodies of the place tier, and those without a tier.
  private var living: [String] = []
  private var proxies: [String] = []

  package init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    day = Day("2000-04-01") ?? .epoch
    found()
    for number in 1...14 {
      day = day.advanced(by: .random(in: 1...400, using: &generator))
      var free = living.shuffled(using: &generator)
      for part in 1...Int.random(in: 1...2, using: &generator) { happen("e\(number)-\(part)", &free) }
      if chance(3) { proxyEvent("f\(number)") }
      if chance(2) { moveUnit() }
    }
  }

  /// The register of the country, in memory.
  package func register() throws -> Registry {
    let registry = try Registry.inMemory()
    try tell(registry)
    return registry
  }

  /// The register of the country, as a file.
  package func makeRegister(at path: String) throws {
    let registry = try Registry.create(path)
    try tell(registry)
    try registry.seal()
  }

  private func tell(_ registry: Registry) throws {
    let moves = "record,partition,unit,organisation,other,from,source\n" + moves.joined(separator: "\n")
    try registry.say(Self.words)
    // A body may give so many people only if its units say that it has them.
    try registry.say([Self.header + lines.joined(separator: "\n"), units, moves].joined(separator: "\n\n"))
  }

  /// The days before, on and after every event, and one long after all.
  package var days: [Day] {
    let changes = events.map(\.day) + moveDays
    return Set(changes.flatMap { [$0.previous, $0, $0.next] } + [Day("2050-01-01") ?? .distantFuture]).sorted()
  }

  private static let words = """
    \(vocabulary)
    kind,hub,Hub,place,body
    basis,patients,Patients,,,,,practice,person,2013-06-30
    """

  private static let header =
    "record,key,event,organisation,other,parcel,partition,basis,kind,type,nature,scheme,value,amount,from,to,source\n"

  private var units: String {
    let rows = Dictionary(grouping: fragments, by: \.parcel).keys.sorted().map { parcel in
      let number = Int(parcel.dropFirst()) ?? 0
      let isArea = parcel.hasPrefix("P")
      return (1...(isArea ? number % 4 + 1 : 1)).map { unit in
        "unit,\(isArea ? "area" : "practice"),u\(parcel)-\(unit),\(parcel),"
          + (isArea ? "\(Self.people(number, unit)),,law" : ",\(Self.patients(number)),law")
      }.joined(separator: "\n")
    }
    return "record,partition,unit,parcel,amount:people,amount:patients,source\n" + rows.joined(separator: "\n")
  }

  /// Some areas have no people, and some practices no patients.
  private static func people(_ parcel: Int, _ unit: Int) -> Int { parcel % 5 == 0 ? 0 : parcel * 7 + unit }
  private static func patients(_ parcel: Int) -> Int { parcel % 4 == 0 ? 0 : parcel * 11 }

  // MARK: Lines

  private mutating func line(
    _ record: String, key: String = "", event: String = "", organisation: String = "", other: String = "",
    parcel: String = "", partition: String = "", basis: String = "", kind: String = "", type: String = "",
    nature: String = "", scheme: String = "", value: String = "", amount: String = "", from: Day? = nil,
    to: Day? = nil, source: String = ""
  ) {
    lines.append(
      [
        record, key, event, organisation, other, parcel, partition, basis, kind, type, nature, scheme, value, amount,
        from.map { "\($0)" } ?? "", to.map { "\($0)" } ?? "", source,
      ].joined(separator: ","))
  }

  private mutating func chance(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &generator) == 0 }

  private mutating func open(_ event: String, kind: String, boards: [String] = []) -> String {
    let key = "b\(bodies.count + 1)"
    bodies[key] = Body(key: key, kind: kind, opened: day, boards: boards)
    line("organisation", key: key)
    line("open", event: event, organisation: key, kind: kind)
    line("code", event: event, organisation: key, scheme: "ods", value: "C\(bodies.count)")
    for board in boards {
      line("relationship", organisation: key, other: board, kind: "part-of", from: day, source: "law")
    }
    return key
  }

  private mutating func openPlace(_ event: String) -> String {
    let boards = Self.boards.shuffled(using: &generator)
    let count = Int.random(in: 0...11, using: &generator)
    return open(
      event, kind: chance(5) ? "hub" : "group", boards: Array(boards.prefix(count == 0 ? 0 : count == 1 ? 2 : 1)))
  }

  private mutating func close(_ body: String, _ event: String) {
    bodies[body]?.closed = day
    living.removeAll { $0 == body }
    proxies.removeAll { $0 == body }
    line("close", event: event, organisation: body)
  }

  private mutating func link(_ event: String, _ from: String, _ to: String, isWhole: Bool) {
    line(
      "succession", event: event, organisation: from, other: to, nature: isWhole ? "succession" : "territory")
  }

  private mutating func event(_ key: String, _ type: String) {
    line("event", key: key, type: type, from: day, source: "law")
  }

  // MARK: Events

  private mutating func found() {
    event("founding", "establishment")
    for board in Self.boards {
      line("organisation", key: board)
      line("open", event: "founding", organisation: board, kind: "board")
      line("code", event: "founding", organisation: board, scheme: "ods", value: board.uppercased())
      bodies[board] = Body(key: board, kind: "board", opened: day, boards: [])
    }
    for _ in 1...6 { living.append(openPlace("founding")) }
    for _ in 1...4 { proxies.append(open("founding", kind: "proxy")) }
    events.append(Event(key: "founding", day: day, steps: []))
    for number in 1...26 {
      let isArea = number <= 16
      let parcel = isArea ? "P\(number)" : "Q\(number)"
      // The last body of the founding has no practices, and the one before it no areas.
      let holders = living.filter { $0 != (isArea ? living[4] : living[5]) }
      let body = holders.randomElement(using: &generator) ?? living[0]
      line("parcel", key: parcel, partition: isArea ? "area" : "practice", source: "law")
      line("anchor", organisation: body, parcel: parcel, from: day, source: "law")
      let units = isArea ? number % 4 + 1 : 1
      let amounts: [String: Double] =
        isArea
        ? ["areas": Double(units), "people": Double((1...units).reduce(0) { $0 + Self.people(number, $1) })]
        : ["practices": 1, "patients": Double(Self.patients(number))]
      fragments.append(
        Fragment(
          parcel: parcel, partition: isArea ? "area" : "practice", amounts: amounts, places: [(day, .body(body))]))
    }
  }

  private func held(_ body: String) -> [Int] {
    fragments.indices.filter { fragments[$0].places.last?.place == .body(body) }
  }

  private mutating func put(_ indices: [Int], _ place: Place) {
    for index in indices { fragments[index].places.append((day, place)) }
  }

  private mutating func happen(_ key: String, _ free: inout [String]) {
    switch Int.random(in: 0...11, using: &generator) {
    case 0...2 where free.count >= 3:
      let old = [free.removeLast(), free.removeLast()]
      event(key, "merger")
      let new = openPlace(key)
      for body in old {
        link(key, body, new, isWhole: true)
        put(held(body), .body(new))
        close(body, key)
      }
      living.append(new)
      events.append(Event(key: key, day: day, steps: old.map { ($0, [new]) }))
    case 3 where free.count >= 3:
      let (old, by) = (free.removeLast(), free.removeLast())
      event(key, "absorption")
      link(key, old, by, isWhole: true)
      put(held(old), .body(by))
      close(old, key)
      events.append(Event(key: key, day: day, steps: [(old, [by])]))
    case 4 where free.count >= 1:
      let old = free.removeLast()
      event(key, "succession")
      let new = openPlace(key)
      link(key, old, new, isWhole: true)
      put(held(old), .body(new))
      close(old, key)
      living.append(new)
      events.append(Event(key: key, day: day, steps: [(old, [new])]))
    case 5...8 where free.count >= 1: split(free.removeLast(), key)
    case 9...10 where free.count >= 2: transfer(from: free.removeLast(), to: free.removeLast(), key)
    case 11 where free.count >= 1 && living.count > 4:
      let body = free.removeLast()
      event(key, "closure")
      put(held(body), .ended(body: body, day))
      close(body, key)
      events.append(Event(key: key, day: day, steps: [(body, [])]))
    default: break
    }
  }

  private mutating func split(_ old: String, _ key: String) {
    event(key, "split")
    let children = (1...Int.random(in: 2...3, using: &generator)).map { _ in openPlace(key) }
    for child in children { link(key, old, child, isWhole: false) }
    var happened = Event(key: key, day: day, steps: [(old, children)])
    let own = held(old)
    if chance(3) {
      // By amounts alone.
      for basis in ["people", "share", "patients"] where basis == "people" || chance(2) {
        for child in children {
          let amount = Double(Int.random(in: 1...5, using: &generator))
          happened.amounts[old, default: [:]][basis, default: [:]][child] = amount
          line("flow", event: key, organisation: old, other: child, basis: basis, amount: "\(Int(amount))")
        }
      }
      divide(own, by: happened.amounts[old] ?? [:], key)
    } else {
      for partition in ["area", "practice"] {
        let all = own.filter { fragments[$0].partition == partition }
        // Whole parcels move by name. A parcel that was divided before is one of several fragments.
        let whole = all.filter { index in fragments[index].divisions.isEmpty }
        var named = chance(6) ? [] : whole
        if named.count > 1, chance(4) { named.removeLast() }
        for index in named {
          let child = children.randomElement(using: &generator) ?? children[0]
          line("movement", event: key, other: child, parcel: fragments[index].parcel)
          put([index], .body(child))
        }
        let rest = all.filter { !named.contains($0) }
        put(rest, named.isEmpty ? .gap(event: key) : .silent(event: key))
      }
    }
    close(old, key)
    living += children
    events.append(happened)
  }

  /// A practice goes to another body by itself. It is no event.
  private mutating func moveUnit() {
    day = day.advanced(by: .random(in: 2...40, using: &generator))
    let units = fragments.indices.filter { index in
      guard fragments[index].partition == "practice", fragments[index].divisions.isEmpty,
        case .body? = fragments[index].places.last?.place
      else { return false }
      return true
    }
    guard let index = units.randomElement(using: &generator),
      case .body(let old)? = fragments[index].places.last?.place,
      let new = living.filter({ $0 != old }).randomElement(using: &generator)
    else { return }
    moves.append("move,practice,u\(fragments[index].parcel)-1,\(old),\(new),\(day),law")
    moveDays.append(day)
    put([index], .body(new))
  }

  private mutating func transfer(from giver: String, to taker: String, _ key: String) {
    let own = held(giver)
    let people = own.reduce(0) { $0 + (fragments[$1].amounts["people"] ?? 0) }
    if people > 20, chance(4) {
      // So many people, of whichever areas. Practices are not named.
      event(key, "transfer")
      link(key, giver, taker, isWhole: false)
      line("flow", event: key, organisation: giver, other: taker, basis: "people", amount: "10")
      divide(own, by: ["people": [taker: 10, giver: people - 10]], key)
      events.append(Event(key: key, day: day, steps: [(giver, [giver, taker])]))
      return
    }
    let whole = own.filter { index in fragments[index].divisions.isEmpty }
    var happened = Event(key: key, day: day, steps: [(giver, [giver, taker])])
    if chance(4) || whole.isEmpty {
      // Amounts of one, of which the giver keeps the rest.
      event(key, "transfer")
      link(key, giver, taker, isWhole: false)
      line("flow", event: key, organisation: giver, other: taker, basis: "share", amount: "0.25")
      happened.amounts[giver] = ["share": [taker: 0.25, giver: 0.75]]
      divide(own, by: ["share": [taker: 0.25, giver: 0.75]], key)
    } else {
      let given = whole.filter { _ in chance(2) }
      guard !given.isEmpty else { return }
      event(key, "transfer")
      link(key, giver, taker, isWhole: false)
      for index in given {
        line("movement", event: key, other: taker, parcel: fragments[index].parcel)
        put([index], .body(taker))
      }
      let named = Set(given.map { fragments[$0].partition })
      put(own.filter { !named.contains(fragments[$0].partition) }, .gap(event: key))
    }
    events.append(happened)
  }

  /// Each basis is divided by its own amounts, else by parts of one, else by those of the other basis of its partition.
  private mutating func divide(_ indices: [Int], by amounts: [String: [String: Double]], _ key: String) {
    let partners = ["people": "areas", "areas": "people", "patients": "practices", "practices": "patients"]
    for index in indices {
      let fragment = fragments[index]
      var parts: [String: [String: Double]] = [:]
      for (basis, amount) in fragment.amounts {
        let used = amounts[basis] ?? amounts["share"] ?? partners[basis].flatMap { amounts[$0] } ?? [:]
        let total = used.values.reduce(0, +)
        for (body, weight) in used { parts[body, default: [:]][basis] = amount * weight / total }
      }
      guard !parts.isEmpty else {
        put([index], .gap(event: key))
        continue
      }
      let divided = parts.sorted { $0.key < $1.key }.map { body, amounts in
        var part = fragment
        part.amounts = amounts
        part.divisions.insert(key)
        if fragment.places.last?.place != .body(body) { part.places.append((day, .body(body))) }
        return part
      }
      fragments[index] = divided[0]
      fragments += divided.dropFirst()
    }
  }

  private mutating func proxyEvent(_ key: String) {
    guard proxies.count > 2 else { return }
    let old = [proxies.removeLast(), proxies.removeFirst()]
    event(key, "merger")
    let new = open(key, kind: "proxy")
    for body in old {
      link(key, body, new, isWhole: true)
      close(body, key)
    }
    proxies.append(new)
    events.append(Event(key: key, day: day, steps: old.map { ($0, [new]) }))
  }
}
