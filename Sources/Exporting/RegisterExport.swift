import RegistryStorage

/// The statements that say a register, or what concerns some of its bodies.
///
/// Kept here:
/// 1. The statements can be recorded in an empty register: every word, source, body and event that one of them names is
///    among them.
/// 2. They stand in an order that depends on what is said, never on when it was recorded; only words keep the order of
///    the register, because that order has a meaning.
public struct RegisterExport {
  public private(set) var changes: [Change]

  /// Everything that the register says now.
  public init(_ facts: StatedFacts) throws(DatabaseError) {
    changes =
      try facts.words() + facts.citations() + facts.identities() + facts.eventsAndFacts() + facts.units()
  }

  /// What the register says about `bodies`: their facts, what was observed of them, the events that touch them with all
  /// links of these events, and of the other bodies that are named when they lived. Territory stays out: where parcels
  /// lie can only be said of all bodies together.
  public init(_ facts: StatedFacts, about bodies: Set<String>) throws(DatabaseError) {
    let statements = try facts.eventsAndFacts()
    let events = Self.events(touching: bodies, in: statements)
    var chosen = statements.map { Self.concerns($0, bodies, events) }
    var need = Need(bodies: bodies)
    for (statement, isChosen) in zip(statements, chosen) where isChosen { need.add(statement) }
    // The lives of the others name events of their own; these name sources only, so that this ends.
    for (index, statement) in statements.enumerated() {
      guard case .life(let body, _) = statement.content, need.bodies.contains(body), !chosen[index] else { continue }
      chosen[index] = true
      need.add(statement)
    }
    for (index, statement) in statements.enumerated() {
      guard case .event(let key, _) = statement.content, need.events.contains(key) else { continue }
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
      let parts = Parts(statement)
      guard parts.bodies.prefix(parts.isLink ? 2 : 1).contains(where: bodies.contains) else { continue }
      events.formUnion(parts.events)
    }
    return events
  }

  private static func concerns(_ statement: Change, _ bodies: Set<String>, _ events: Set<String>) -> Bool {
    switch statement.content {
    case .event(let key, _): events.contains(key)
    case .succession(let event, _, _, _), .flow(let event, _, _, _, _): events.contains(event)
    case .observation(let predecessor, _, let successor, _, _, _):
      bodies.contains(predecessor) || bodies.contains(successor)
    case .life(let body, _), .code(let body, _, _), .name(let body, _, _), .role(let body, _, _),
      .relationship(let body, _, _, _), .measure(let body, _, _, _), .appointment(let body, _),
      .constitution(let body, _):
      bodies.contains(body)
    case .responsibility, .claim: Parts(statement).bodies.contains(where: bodies.contains)
    default: false
    }
  }
}

/// What statements name, and what therefore has to be said with them.
private struct Need {
  var bodies: Set<String>
  var events: Set<String> = []
  var sources: Set<String> = []
  var wordKeys: Set<String> = []

  init(bodies: Set<String>) { self.bodies = bodies }

  mutating func add(_ statement: Change) {
    let parts = Parts(statement)
    bodies.formUnion(parts.bodies)
    events.formUnion(parts.events)
    wordKeys.formUnion(parts.words)
    if let source = statement.source { sources.insert(source) }
  }

  /// Whether an identity or a citation is needed.
  func names(_ statement: Change) -> Bool {
    switch statement.content {
    case .organisation(let key): bodies.contains(key)
    case .source(let key, _): sources.contains(key)
    default: false
    }
  }

  /// The words that are used. A key that words of two sorts have brings both.
  func words(among all: [Change]) -> [Change] {
    let partitions = Set(
      all.compactMap { word -> String? in
        if case .basis(let basis) = word.content, wordKeys.contains(basis.key) { basis.partition } else { nil }
      })
    return all.filter { word in
      switch word.content {
      case .scheme(let scheme): wordKeys.contains(scheme.key)
      case .kind(let kind): wordKeys.contains(kind.key)
      case .relationshipKind(let kind): wordKeys.contains(kind.key)
      case .basis(let basis): wordKeys.contains(basis.key)
      case .measureKind(let kind): wordKeys.contains(kind.key)
      case .service(let service): wordKeys.contains(service.key)
      case .seat(let seat): wordKeys.contains(seat.key)
      case .partition(let partition): partitions.contains(partition.key)
      default: false
      }
    }
  }
}

/// The bodies, events and words that one statement names.
private struct Parts {
  var bodies: [String] = []
  var events: [String] = []
  var words: [String] = []
  /// Whether the statement is about all bodies that it names, not about the first alone.
  var isLink = false

  init(_ statement: Change) {
    if case .event(let event) = statement.start { events.append(event) }
    if let event = statement.endEvent { events.append(event) }
    switch statement.content {
    case .life(let body, _): bodies = [body]
    case .code(let body, let scheme, _), .name(let body, let scheme, _): (bodies, words) = ([body], [scheme])
    case .role(let body, let kind, let scheme): (bodies, words) = ([body], [kind] + (scheme.map { [$0] } ?? []))
    case .relationship(let body, let kind, let superior, _): (bodies, words) = ([body, superior], [kind])
    case .measure(let body, let kind, _, _): (bodies, words) = ([body], [kind])
    case .responsibility(let service, let commissioner, let beneficiary, _):
      (bodies, words, isLink) = (beneficiary.map { [$0] } ?? [], [service], true)
      switch commissioner {
      case .kind(let kind): words.append(kind)
      case .organisation(let body): bodies.append(body)
      }
    case .appointment(let body, let appointment): (bodies, words) = ([body], [appointment.seat])
    case .constitution(let body, _): bodies = [body]
    case .claim(let kind, let body, _, _, _, _, let scheme, let topic):
      (bodies, words) = (body.map { [$0] } ?? [], [kind, scheme, topic?.word].compactMap { $0 })
    case .succession(let event, let predecessor, let successor, _):
      (bodies, events, isLink) = ([predecessor, successor], [event], true)
    case .flow(let event, let predecessor, let successor, let basis, _):
      (bodies, events, words, isLink) = ((predecessor.map { [$0] } ?? []) + [successor], [event], [basis], true)
    case .observation(let predecessor, _, let successor, _, let basis, _):
      (bodies, words, isLink) = ([predecessor, successor], [basis], true)
    default: break
    }
  }
}
