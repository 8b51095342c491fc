import RegistryStorage

/// How bodies stand to each other, before and after an event.
extension EventWriter {
  /// The kind of relationship with this name, or the first of the register through which territory is read.
  func relationshipKind(_ name: String?) throws(EntryError) -> String {
    let known = try asked(registry.relationshipKinds())
    if let name {
      try mustKnow(name, among: known.map(\.key), as: "relationship")
      return name
    }
    guard let first = known.first(where: \.isParent) ?? known.first else {
      throw .refused("the register has no kind of relationship yet")
    }
    return first.key
  }

  /// The relationships in which the bodies are the superiors on the day before.
  func subordinates(of bodies: [Organisation]) throws(EntryError) -> [Relationship] {
    var found: [Relationship] = []
    for body in bodies {
      found += ties(try asked(facts.relationships(under: body.id, on: dayBefore)))
    }
    return found.filter { tie in !bodies.contains { $0.key == tie.organisation } }
  }

  /// Relationships without their grades, because the evidence was not about the body that takes them over.
  private func ties(_ relationships: [Change]) -> [Relationship] {
    relationships.compactMap { fact in
      guard var tie = Relationship(fact.content) else { return nil }
      tie.grade = nil
      return tie
    }
  }

  /// Puts the new body under each body that all predecessors were under. Where they differ, a warning says so.
  /// - Parameter word: what sentences call the new body.
  mutating func carrySuperiors(
    of predecessors: [Organisation], to key: String, called word: String
  ) throws(EntryError) {
    var superiors: [String: [String: [String]]] = [:]
    for body in predecessors {
      let held = ties(try asked(facts.facts(.relationship, of: body.id, on: dayBefore)))
      for tie in held { superiors[tie.kind, default: [:]][tie.superior, default: []].append(spoken(body)) }
    }
    for (kind, bySuperior) in superiors.sorted(by: { $0.key < $1.key }) {
      for (superior, bodies) in bySuperior.sorted(by: { $0.key < $1.key }) {
        if bodies.count == predecessors.count {
          guard try isAlive(superior) else {
            leaveOpen("\(try named(key: superior)) ends on \(dayBefore): attach \(word) to another body")
            continue
          }
          sayFromEvent(.relationship(organisation: key, kind: kind, superior: superior, grade: nil))
        } else {
          let above = "\(spoken(tie: kind)) \(try named(key: superior))"
          let some = "only \(bodies.joined(separator: ", ")) \(bodies.count == 1 ? "is" : "are")"
          leaveOpen("whether \(word) is \(above), as \(some) (say attach)")
        }
      }
    }
  }

  /// Puts the bodies under a predecessor under the successor.
  mutating func carrySubordinates(of predecessors: [Organisation], to key: String) throws(EntryError) {
    var seen: Set<Relationship> = []
    for tie in try subordinates(of: predecessors) where tie.organisation != key {
      var successor = tie
      successor.superior = key
      guard seen.insert(successor).inserted, try isAlive(tie.organisation), try !holds(successor) else { continue }
      sayFromEvent(.relationship(organisation: tie.organisation, kind: tie.kind, superior: key, grade: nil))
    }
  }

  /// Whether the relationship already holds on the day of the event.
  private func holds(_ tie: Relationship) throws(EntryError) -> Bool {
    let id = try asked(registry.organisations(named: tie.organisation).first)
    guard let id else { return false }
    return ties(try asked(facts.facts(.relationship, of: id, on: day))).contains(tie)
  }

  private func isAlive(_ key: String) throws(EntryError) -> Bool {
    let found = try asked(registry.organisations(withIDs: registry.organisations(named: key)))
    return found.contains { $0.key == key && ($0.lastDay.map { $0 >= day } ?? true) }
  }
}
