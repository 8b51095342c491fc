import RegistryStorage

/// Who stands under whom after the events of a day.
///
/// Kept here:
/// 1. A body that opens stands where all its predecessors stood on the day before. What stood under a body that ends
///    stands under its successor. Both ends are followed over all successions of the day: those of this event, and
///    those that the register has. So the order in which the events of a day are told does not matter.
/// 2. Where the predecessors differ, or a body has several successors, nothing is stated: somebody must decide.
/// 3. What another event of the day says of a body counts more than what is carried.
extension EventWriter {
  /// Puts the successors, and the bodies that stood under the predecessors, where the events of the day leave them.
  /// - Parameters:
  ///   - predecessors: the bodies that end by this event.
  ///   - successors: the keys of the bodies that succeed them.
  mutating func carryTies(of predecessors: [Organisation], to successors: [String]) throws(EntryError) {
    try carrySuperiors(to: successors)
    for tie in try heirs(under: predecessors) where !successors.contains(tie.heir) {
      try place(tie.heir, below: Set(predecessors.map(\.key)))
    }
  }

  /// Puts those of the bodies that are new where their predecessors stood.
  mutating func carrySuperiors(to successors: [String]) throws(EntryError) {
    for key in successors where try opens(key) { try place(key, below: nil) }
  }

  /// Names the bodies that stand under nothing because a body ends, with what is to be done.
  mutating func leaveOpen(under body: Organisation, _ advice: String) throws(EntryError) {
    for tie in try heirs(under: [body]) {
      leaveOpen("\(try named(key: tie.heir)) is no longer \(spoken(tie: tie.kind)) \(spoken(body)): \(advice)")
    }
  }

  /// The bodies that stood under others on the day before, or the one that succeeds each, and how they stood.
  private func heirs(under bodies: [Organisation]) throws(EntryError) -> [(heir: String, kind: String)] {
    var heirs: [(heir: String, kind: String)] = []
    for tie in try subordinates(of: bodies) {
      guard let key = try after(tie.organisation).only, !heirs.contains(where: { $0.heir == key }) else { continue }
      heirs.append((key, tie.kind))
    }
    return heirs
  }

  /// States under whom a body stands.
  /// - Parameter ending: leaves alone what stood under other bodies than these. Nil if everything is to be stated.
  private mutating func place(_ key: String, below ending: Set<String>?) throws(EntryError) {
    let givers = try opens(key) ? givers(to: key) : [key]
    /// What the givers stood under, by kind and superior of the day; and whether this event is about it.
    var stood: [String: [String: (givers: [String], isMeant: Bool)]] = [:]
    var isLost: Set<String> = []
    for giver in givers {
      guard let body = try known(giver) else { continue }
      for tie in ties(try asked(facts.facts(.relationship, of: body.id, on: dayBefore))) {
        if giver == key, try isEndedByItself(tie, of: body) { continue }
        let landing = try after(tie.superior)
        let superior = landing.only ?? tie.superior
        if landing.only == nil { isLost.insert(superior) }
        var place = stood[tie.kind]?[superior] ?? ([], false)
        place.givers.append(spoken(body))
        place.isMeant = place.isMeant || ending?.contains(tie.superior) ?? true
        stood[tie.kind, default: [:]][superior] = place
      }
    }
    let word = try spoken(key: key)
    for (kind, bySuperior) in stood.sorted(by: { $0.key < $1.key }) where try !isDecided(kind, of: key) {
      for (superior, place) in bySuperior.sorted(by: { $0.key < $1.key }) where place.isMeant && superior != key {
        if place.givers.count < givers.count {
          let some = "only \(place.givers.joined(separator: ", ")) \(place.givers.count == 1 ? "is" : "are")"
          let above = "\(spoken(tie: kind)) \(try named(key: superior))"
          leaveOpen("whether \(word) is \(above), as \(some) (say attach)")
          try takeBack(kind, superior, of: key)
        } else if isLost.contains(superior) {
          leaveOpen("\(try named(key: superior)) ends on \(dayBefore): attach \(word) to another body")
        } else if try held(kind, superior, by: key) == nil {
          sayFromEvent(.relationship(organisation: key, kind: kind, superior: superior, grade: nil))
        }
      }
    }
  }

  // MARK: What the day leaves

  /// The bodies that a body is from the day on: itself if it goes on, or else its successors.
  private func after(_ key: String) throws(EntryError) -> [String] {
    guard try ends(key) else { return [key] }
    var successors = said { $0.predecessor == key ? ($0.successor, $0.nature) : nil }
    if let body = try known(key) { successors += try asked(registry.successors(of: body.id, on: day)) }
    // Whoever gets a part of a body, or a duty, does not take its place if another succeeds it as a whole.
    let whole = successors.filter { $0.nature == .succession }
    return Set((whole.isEmpty ? successors.filter { $0.nature == .duties } : whole).map(\.key)).sorted()
  }

  /// The bodies that a body succeeds on the day.
  private func givers(to key: String) throws(EntryError) -> [String] {
    var givers = said { $0.successor == key ? ($0.predecessor, $0.nature) : nil }
    if let body = try known(key) { givers += try asked(registry.predecessors(of: body.id, on: day)) }
    let whole = givers.filter { $0.nature != .territory }
    return Set((whole.isEmpty ? givers : whole).map(\.key)).sorted()
  }

  private func said(
    _ side: ((predecessor: String, successor: String, nature: SuccessionNature)) -> (String, SuccessionNature)?
  ) -> [(key: String, nature: SuccessionNature)] {
    event.changes.changes.compactMap { change in
      guard case .fact(let fact) = change.content, fact.kind == .succession else { return nil }
      let nature = fact.values[3].text.flatMap(SuccessionNature.init) ?? .territory
      return side((fact.bodies[0], fact.bodies[1], nature))
    }
  }

  /// Whether the body is new on the day.
  private func opens(_ key: String) throws(EntryError) -> Bool {
    guard let body = try known(key) else { return true }
    return body.firstDay == day
  }

  private func ends(_ key: String) throws(EntryError) -> Bool {
    let isClosed = event.changes.changes.contains { change in
      if case .close(_, let body) = change.content { body == key } else { false }
    }
    if isClosed { return true }
    return try !lives(key)
  }

  /// Whether the body lives on the day by the register.
  private func lives(_ key: String) throws(EntryError) -> Bool {
    guard let body = try known(key) else { return true }
    return body.lastDay.map { $0 >= day } ?? true
  }

  /// Whether another event of the day ended a tie between bodies that go on.
  private func isEndedByItself(_ tie: Relationship, of body: Organisation) throws(EntryError) -> Bool {
    guard try lives(body.key), try lives(tie.superior) else { return false }
    return try held(tie.kind, tie.superior, by: body.key) == nil
  }

  /// The statement that a body stands under another on the day, if the register has it.
  private func held(_ kind: String, _ superior: String, by key: String) throws(EntryError) -> Change? {
    guard let body = try known(key) else { return nil }
    return try asked(facts.facts(.relationship, of: body.id, on: day)).first { fact in
      ties([fact]).contains { $0.kind == kind && $0.superior == superior }
    }
  }

  /// Whether somebody said under whom a new body stands.
  private func isDecided(_ kind: String, of key: String) throws(EntryError) -> Bool {
    guard try opens(key), let body = try known(key) else { return false }
    let held = try asked(facts.facts(.relationship, of: body.id, on: day))
    for fact in held where ties([fact]).first?.kind == kind {
      if try !isCarried(fact) { return true }
    }
    return false
  }

  /// Whether an event of the day carried a tie over.
  func isCarried(_ fact: Change) throws(EntryError) -> Bool {
    guard case .event(let event) = fact.start,
      let detail = try asked(facts.event(event))?.content.event?.detail
    else { return false }
    return detail.type.makesSuccessors && detail.day == day
  }

  /// Takes back a tie of a new body that an event carried over before all its predecessors were known.
  private mutating func takeBack(_ kind: String, _ superior: String, of key: String) throws(EntryError) {
    guard let fact = try held(kind, superior, by: key), let factKey = fact.key, try isCarried(fact) else { return }
    guard !words.isProposed else {
      // Both are statements of one revision, and one of them would take back what the other has yet to say.
      return leaveOpen("\(try named(key: key)) is \(spoken(tie: kind)) \(try named(key: superior)) by another event")
    }
    say(.retract(key: factKey))
  }

  private func known(_ key: String) throws(EntryError) -> Organisation? {
    try asked(registry.organisations(withKeys: [key])[key])
  }

  /// What sentences call a body that may be new: its code.
  private func spoken(key: String) throws(EntryError) -> String {
    if let body = try known(key) { return spoken(body) }
    let codes = event.changes.changes.compactMap { change -> String? in
      guard case .fact(let fact) = change.content, fact.kind == .code, fact.bodies.first == key else { return nil }
      return fact.values[2].text
    }
    return codes.first ?? key
  }
}

extension [String] {
  /// The element, if there is only one.
  fileprivate var only: String? { count == 1 ? self[0] : nil }
}

extension EventType {
  /// Whether such an event lets a body stand where its predecessors stood.
  fileprivate var makesSuccessors: Bool { [.merger, .split, .absorption].contains(self) }
}
