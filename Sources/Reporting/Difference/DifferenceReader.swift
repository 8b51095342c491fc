import RegistryFormats
import RegistryStorage

/// Reads a difference event by event, and makes its lines.
struct DifferenceReader {
  typealias Line = DifferenceView.Line

  private let deltas: [FactDelta]
  let bodies: [String: Organisation]
  let schemes: [String]
  /// The kind of relationship that is meant if none is named.
  let usualTie: String?
  private let citations: [String: Citation]
  private let newSources: Set<String>
  private let events: [String: (type: String, day: Day, title: String?, source: String?)]
  /// What the lost bodies were called, for the register says nothing of them any more.
  private var lost: [String: (codes: [String: String], name: String?)] = [:]

  init(_ deltas: [FactDelta], in registry: Registry) throws(DatabaseError) {
    self.deltas = deltas
    schemes = try registry.schemes().map(\.key)
    usualTie = try registry.relationshipKinds().first(where: \.isParent)?.key
    var keys: Set<String> = []
    for side in deltas.flatMap({ [$0.before, $0.after].compactMap(\.self) }) {
      guard case .fact(let fact) = side.change.content else { continue }
      keys.formUnion(fact.bodies)
    }
    bodies = try registry.organisations(withKeys: keys)
    newSources = Set(
      deltas.filter { $0.kind == .citation && $0.before == nil }.compactMap { $0.said?.fact?.established })
    let facts = StatedFacts(registry)
    var events: [String: (type: String, day: Day, title: String?, source: String?)] = [:]
    for key in Set(deltas.compactMap { Self.group(of: $0) }) {
      let taken = deltas.first { $0.kind == .eventDetail && $0.said?.change.content.event?.key == key }?.said?.change
      guard let change = try facts.event(key) ?? taken, let (_, detail) = change.content.event else { continue }
      events[key] = (detail.type.rawValue, detail.day, detail.title, change.source)
    }
    self.events = events
    let lostCitations = deltas.filter { $0.kind == .citation && $0.after == nil }.compactMap(\.before?.fact)
    citations = try registry.citations(
      Set(events.values.compactMap(\.source) + deltas.compactMap { $0.said?.change.source }).union(newSources)
    ).merging(lostCitations.compactMap { fact in fact.citation.map { (fact.established ?? "", $0) } }) { $1 }
    for delta in deltas where delta.after == nil {
      guard let fact = delta.before?.fact, let body = fact.bodies.first else { continue }
      switch delta.kind {
      case .code: lost[body, default: ([:], nil)].codes[fact.values[1].text ?? ""] = fact.values[2].text
      case .name: lost[body, default: ([:], nil)].name = fact.values[2].text
      default: break
      }
    }
  }

  /// The event that a change belongs to: the one that began or ended a fact, or of which the fact is a part.
  private static func group(of delta: FactDelta) -> String? {
    guard let said = delta.said else { return nil }
    if let (event, _) = said.change.content.event { return event }
    if let event = said.fact?.event { return event }
    guard let before = delta.before, let after = delta.after else { return said.change.startingEvent }
    if before.period?.end != after.period?.end || before.change.endEvent != after.change.endEvent {
      return after.change.endEvent ?? before.change.endEvent
    }
    return after.change.startingEvent
  }

  mutating func groups() throws(DatabaseError) -> [DifferenceView.Group] {
    var grouped: [String?: [FactDelta]] = [:]
    for delta in deltas { grouped[Self.group(of: delta), default: []].append(delta) }
    var order = grouped.keys.compactMap(\.self)
    order.sort { (events[$0]?.day ?? .distantPast, $0) < (events[$1]?.day ?? .distantPast, $1) }
    var told: Set<String> = []
    var groups: [DifferenceView.Group] = []
    for event in order {
      let lines = lines(grouped[event] ?? [], event: event)
      if !lines.isEmpty { groups.append(DifferenceView.Group(head: head(event, &told), lines: lines)) }
    }
    var rest = DifferenceView.Group(lines: lines((grouped[nil] ?? []).filter { $0.kind != .citation }, event: nil))
    rest.lines += sources(besides: told)
    if !rest.lines.isEmpty { groups.append(rest) }
    return groups
  }

  /// `On 2027-04-01   merger   SI 2027/12 The South London Order (new source)`.
  private func head(_ key: String, _ told: inout Set<String>) -> String {
    guard let event = events[key] else { return key }
    var words = "On \(event.day)   \(event.type)"
    if let source = event.source {
      words += "   \(citations[source]?.spoken ?? source)"
      if newSources.contains(source) {
        words += " (new source)"
        told.insert(source)
      }
    }
    return words
  }

  /// The sources that no event names.
  private func sources(besides told: Set<String>) -> [Line] {
    deltas.filter { $0.kind == .citation }.compactMap { delta in
      guard let key = delta.said?.fact?.established, !told.contains(key) else { return nil }
      let title = delta.said?.fact?.values[1].text ?? ""
      return Line(
        mark: delta.mark, verb: "source", code: key, name: citations[key]?.spoken ?? title, details: delta.action)
    }
  }

  // MARK: Words

  /// A body by its code and name. Without a code, by its name and key.
  func face(_ key: String) -> (code: String, name: String) {
    let codes = codes(key)
    let name = bodies[key]?.name ?? lost[key]?.name
    guard let code = schemes.lazy.compactMap({ codes[$0] }).first else { return (key, name ?? "") }
    return (code, name ?? Organisation.unknownName)
  }

  func codes(_ key: String) -> [String: String] {
    let known = bodies[key]?.codes ?? [:]
    return known.isEmpty ? lost[key]?.codes ?? [:] : known
  }

  func spoken(_ key: String) -> String {
    let (code, name) = face(key)
    return name.isEmpty ? code : "\(code) \(name)"
  }

  func short(_ key: String) -> String { face(key).code }

  /// `part of`, of the word `part-of`.
  func words(ofTie tie: String) -> String { tie.replacing("-", with: " ") }
}

extension FactDelta {
  var mark: DifferenceView.Line.Mark { before == nil ? .new : after == nil ? .gone : .changed }

  var action: [String] { [before == nil ? "new" : after == nil ? "taken back" : "changed"] }

  /// Whether the fact is as it was, but for its end.
  var endsDifferently: Bool {
    guard let before, let after, let (was, now) = periods else { return false }
    return before.change.content == after.change.content && was.start == now.start && was.end != now.end
  }

  var periods: (before: Period, after: Period)? {
    guard let was = before?.period, let now = after?.period else { return nil }
    return (was, now)
  }
}

extension Fact {
  /// How a source is cited, if the fact says that.
  fileprivate var citation: Citation? {
    guard kind == .citation, let title = values[1].text else { return nil }
    return Citation(
      title: title, instrument: values[2].text.flatMap(Citation.Instrument.init), year: values[3].integer.map(Int.init),
      number: values[4].text)
  }
}

extension FactDelta.Side {
  var fact: Fact? { if case .fact(let fact) = change.content { fact } else { nil } }
}

extension Change {
  var startingEvent: String? { if case .event(let key)? = start { key } else { nil } }
}
