import RegistryStorage

/// What goes where when a body is divided.
public enum Division: Sendable {
  /// The units that go, each with the code of the body that gets it.
  case units([(code: String, successor: String)])
  /// How much goes, by basis, and how much stays if that is stated. Otherwise the rest stays.
  case amounts([(basis: String, successor: String, amount: Double)])
  /// No source says, so crosswalks show a gap.
  case unknown
}

extension EventWriter {
  /// - Parameters:
  ///   - successors: the keys of the bodies that get a part, by the codes that the division uses.
  ///   - rest: the code of the one that gets the units that are not listed.
  mutating func divide(
    _ predecessor: Organisation, among successors: [String: String], _ division: Division?, rest: String? = nil
  ) throws(EntryError) {
    if rest != nil {
      guard case .units = division else { throw .refused("--rest needs the units that do not belong to it (--units)") }
    }
    if isUpperTier(predecessor) {
      guard division == nil else {
        throw .refused(
          "\(spoken(predecessor)) holds no territory of its own: attach the bodies under it, instead of saying what goes"
        )
      }
      return
    }
    guard let division else {
      throw .refused(
        "say what goes where, in one way: --units FILE, --amount BASIS:CODE=AMOUNT, or --amounts-unknown")
    }
    switch division {
    case .unknown:
      warn("no source says what went where: crosswalks across \(day) show a gap for \(spoken(predecessor))")
    case .amounts(let amounts):
      let bases = try asked(registry.bases()).map(\.key)
      for (basis, code, amount) in amounts {
        try mustKnow(basis, among: bases, as: "basis")
        say(
          .flow(
            event: eventKey, predecessor: predecessor.key, successor: try successor(code, successors), basis: basis,
            amount: amount))
      }
    case .units(let units): try move(units, of: predecessor, to: successors, rest: rest)
    }
  }

  private func successor(_ code: String, _ successors: [String: String]) throws(EntryError) -> String {
    let code = try tidied(code)
    if let key = successors[code] ?? successors[code.uppercased()] { return key }
    throw .refused("nothing can go to '\(code)': the parts are \(successors.keys.sorted().joined(separator: ", "))")
  }

  private mutating func move(
    _ units: [(code: String, successor: String)], of predecessor: Organisation, to successors: [String: String],
    rest: String?
  ) throws(EntryError) {
    let held = try asked(registry.units(in: predecessor.id, on: dayBefore))
    var destinations = try destinations(of: units, among: held, of: predecessor, successors)
    if let rest {
      let key = try successor(rest, successors)
      // A list of practices says nothing about small areas.
      let listed = Set(held.filter { destinations[$0.code] != nil }.map(\.partition))
      for unit in held where destinations[unit.code] == nil && listed.contains(unit.partition) {
        destinations[unit.code] = key
      }
    }
    if words.isProposed {
      event.movements = destinations.sorted { $0.key < $1.key }.map { unit, successor in
        UnitMovement(event: eventKey, predecessor: predecessor.key, unit: unit, successor: successor)
      }
      return
    }
    event.changes.changes += try asked(
      UnitDivision.changes(event: eventKey, of: predecessor.key, holding: held, to: destinations, facts))
  }

  /// The keys of the bodies that get the units, by the unit's code.
  private func destinations(
    of units: [(code: String, successor: String)], among held: [PlacedUnit], of predecessor: Organisation,
    _ successors: [String: String]
  ) throws(EntryError) -> [String: String] {
    guard !units.isEmpty else { throw .refused("the list of units is empty") }
    let codes = Set(held.map(\.code))
    var destinations: [String: String] = [:]
    for (code, name) in units {
      guard codes.contains(code) else {
        throw .refused("the unit \(code) does not lie in \(spoken(predecessor)) on \(dayBefore)")
      }
      guard destinations[code] == nil else { throw .refused("the unit \(code) is listed twice") }
      destinations[code] = try successor(name, successors)
    }
    return destinations
  }

  // MARK: Units that move by themselves

  /// States that units move by themselves, if none of them is of the partition that decides whether the giver is
  /// divided: the first in which it has units on the day before.
  /// - Returns: whether they move by themselves. If not, nothing is stated.
  mutating func moveAlone(
    _ units: [(code: String, successor: String)], of predecessor: Organisation, to successors: [String: String]
  ) throws(EntryError) -> Bool {
    let held = try asked(registry.units(in: predecessor.id, on: dayBefore))
    let destinations = try destinations(of: units, among: held, of: predecessor, successors)
    let decides = try asked(registry.partitions()).first { partition in held.contains { $0.partition == partition } }
    let going = held.filter { destinations[$0.code] != nil }
    guard let decides, !going.contains(where: { $0.partition == decides }) else { return false }
    let what =
      going.count == 1 ? "the unit \(going[0].code) moves by itself" : "\(going.count) units move by themselves"
    let giver = spoken(predecessor)
    guard !words.isProposed else {
      throw .refused("\(giver) is not divided, but \(what): that is no event and cannot be planned, so enter it later")
    }
    let useless = [
      ("--title", words.title), ("--key", words.key), ("--operational", words.operationalDay?.description),
    ]
    if let (option, _) = useless.first(where: { $0.1 != nil }) {
      throw .refused("\(giver) is not divided, but \(what): that is no event, so leave out \(option)")
    }
    warn("no unit of the partition \(decides) leaves \(giver), so it stays whole: this is no event, but \(what)")
    let source = try source()
    if source == nil { warn("the move has no source (see --source)") }
    if day > Moment.today { warn("\(day) lies in the future") }
    for var change in try asked(
      UnitDivision.moves(on: day, from: predecessor.key, holding: held, to: destinations, facts))
    {
      if case .fact(let fact) = change.content, fact.kind == .unitMove {
        (change.source, change.note) = (source, words.note)
      }
      event.changes.changes.append(change)
    }
    return true
  }
}
