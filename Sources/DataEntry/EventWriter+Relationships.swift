import RegistryStorage

/// How bodies stand to each other before an event.
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
  func ties(_ relationships: [Change]) -> [Relationship] {
    relationships.compactMap { fact in
      guard var tie = Relationship(fact.content) else { return nil }
      tie.grade = nil
      return tie
    }
  }
}
