package import RegistryStorage

/// A register, or what concerns some of its bodies, as statements.
///
/// Kept here:
/// 1. The statements can be recorded in an empty register: they include every word, source, body and event that one of
///    them names.
/// 2. Their order depends on what they say, never on when it was recorded. Only words and the statements of one
///    proposal keep the order of the register, because that order has a meaning.
package struct RegisterExport {
  package private(set) var changes: [Change]

  /// Everything that the register says now.
  package init(_ facts: StatedFacts) throws(DatabaseError) {
    changes =
      try facts.words() + facts.citations() + facts.identities() + facts.eventsAndFacts() + facts.units()
  }

  /// What the register says about `bodies`: their facts, what was observed of them, the events that touch them with all
  /// links of these events, and the lives of the other bodies that are named. Territory is left out: where parcels lie
  /// can only be said of all bodies together.
  package init(_ facts: StatedFacts, about bodies: Set<String>) throws(DatabaseError) {
    let statements = try facts.eventsAndFacts()
    let events = Self.events(touching: bodies, in: statements)
    var chosen = statements.map { Self.concerns($0, bodies, events) }
    var need = Need(bodies: bodies)
    for (statement, isChosen) in zip(statements, chosen) where isChosen { need.add(statement) }
    // The lives of the other bodies name events of their own. These name only sources, so that this ends.
    for (index, statement) in statements.enumerated() {
      guard case .fact(let fact) = statement.content, fact.kind == .life, !chosen[index],
        fact.bodies.contains(where: need.bodies.contains)
      else { continue }
      chosen[index] = true
      need.add(statement)
    }
    for (index, statement) in statements.enumerated() {
      guard let event = statement.content.event, need.events.contains(event.key) else { continue }
      chosen[index] = true
      need.add(statement)
    }
    changes = try need.words(among: facts.words())
    changes += try (facts.citations() + facts.identities()).filter(need.names)
    changes += zip(statements, chosen).filter(\.1).map(\.0)
  }

  /// The events that date facts of `bodies`, or link them to others.
  private static func events(touching bodies: Set<String>, in statements: [Change]) -> Set<String> {
    var events: Set<String> = []
    for statement in statements {
      guard case .fact(let fact) = statement.content, fact.subjects.contains(where: bodies.contains) else { continue }
      events.formUnion(statement.events)
    }
    return events
  }

  private static func concerns(_ statement: Change, _ bodies: Set<String>, _ events: Set<String>) -> Bool {
    guard case .fact(let fact) = statement.content else { return false }
    if let event = fact.kind == .eventDetail ? fact.established : fact.event {
      return !fact.placesUnits && events.contains(event)
    }
    return fact.subjects.contains(where: bodies.contains)
  }
}

extension Fact {
  /// The bodies that the fact is about: only the one that has it, if one does. Where parcels and units lie is about no body.
  fileprivate var subjects: ArraySlice<String> {
    if placesUnits { return [] }
    return FactKind.ofBodies.contains(kind) ? bodies.prefix(1) : bodies[...]
  }
}

extension Change {
  /// The events that a fact belongs to, or that date it.
  fileprivate var events: [String] {
    guard case .fact(let fact) = content, !fact.placesUnits else { return [] }
    let start: String? = if case .event(let event)? = start { event } else { nil }
    return [start, endEvent, fact.event].compactMap { $0 }
  }
}

/// What statements name, and what must therefore be stated with them.
private struct Need {
  var bodies: Set<String>
  var events: Set<String> = []
  var sources: Set<String> = []
  var wordKeys: Set<String> = []

  init(bodies: Set<String>) { self.bodies = bodies }

  mutating func add(_ statement: Change) {
    events.formUnion(statement.events)
    if case .fact(let fact) = statement.content {
      bodies.formUnion(fact.bodies)
      wordKeys.formUnion(fact.words)
    }
    if let source = statement.source { sources.insert(source) }
  }

  /// Whether an identity or a citation is needed.
  func names(_ statement: Change) -> Bool {
    switch statement.content {
    case .organisation(let key): bodies.contains(key)
    case .fact(let fact): fact.established.map(sources.contains) ?? false
    default: false
    }
  }

  /// The words that are used, and the partitions of the bases among them. A key that two words share brings both.
  func words(among all: [Change]) -> [Change] {
    let words = all.compactMap { if case .word(let word) = $0.content { word } else { nil } }
    let used = wordKeys.union(words.filter { wordKeys.contains($0.key) }.flatMap(\.words))
    return all.filter { if case .word(let word) = $0.content { used.contains(word.key) } else { false } }
  }
}
