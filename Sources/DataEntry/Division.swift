import RegistryStorage

/// What goes where when a body is divided.
public enum Division: Sendable {
  /// The units that go, each with the code of the body that gets it.
  case units([(code: String, successor: String)])
  /// How much goes, by basis. The rest stays, or is not stated.
  case amounts([(basis: String, successor: String, amount: Double)])
  /// No source says, so crosswalks show a gap.
  case unknown
}

extension EventWriter {
  /// - Parameter successors: the keys of the bodies that get a part, by the codes that the division uses.
  mutating func divide(
    _ predecessor: Organisation, among successors: [String: String], _ division: Division?
  ) throws(EntryError) {
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
        let successor = try self.successor(code, successors)
        // What stays needs no flow.
        guard successor != predecessor.key else { continue }
        say(
          .flow(event: eventKey, predecessor: predecessor.key, successor: successor, basis: basis, amount: amount))
      }
    case .units(let units): try move(units, of: predecessor, to: successors)
    }
  }

  private func successor(_ code: String, _ successors: [String: String]) throws(EntryError) -> String {
    if let key = successors[code] { return key }
    throw .refused("nothing can go to '\(code)': the parts are \(successors.keys.sorted().joined(separator: ", "))")
  }

  private mutating func move(
    _ units: [(code: String, successor: String)], of predecessor: Organisation, to successors: [String: String]
  ) throws(EntryError) {
    guard !units.isEmpty else { throw .refused("the list of units is empty") }
    let held = try asked(registry.units(in: predecessor.id, on: dayBefore))
    let codes = Set(held.map(\.code))
    var destinations: [String: String] = [:]
    for (code, name) in units {
      guard codes.contains(code) else {
        throw .refused("the unit \(code) does not lie in \(spoken(predecessor)) on \(dayBefore)")
      }
      guard destinations[code] == nil else { throw .refused("the unit \(code) is listed twice") }
      destinations[code] = try successor(name, successors)
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
}
