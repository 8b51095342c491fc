package import RegistryStorage

/// The bodies of a register by their codes, with all that is said about them. An import is held against it.
///
/// Kept here:
/// 1. What the import adds is in the index at once, so that the next row is held against that too.
package struct RegisterIndex {
  /// The position of a body in `bodies`.
  package typealias Index = Int

  /// A dated fact, with what is needed to state it again.
  package struct Fact {
    /// Nil if this import added the fact.
    package let key: String?
    package let word: String
    package let value: String?
    package let superior: Index?
    package var period: Period
    var startStatus: Certainty = .stated
    var endStatus: Certainty = .stated
    var startsWithEvent = false
    package var endsWithEvent = false
    package var source: String?
  }

  package struct Organisation {
    package let key: String
    package var lives: [Fact] = []
    package var codes: [Fact] = []
    package var names: [Fact] = []
    package var roles: [Fact] = []
    package var relationships: [Fact] = []
    /// The bodies whose relationships name this one as the upper one. A body may occur more than once.
    var subordinates: [Index] = []

    /// The facts of a kind that is among `factKinds`.
    subscript(kind: FactKind) -> [Fact] {
      _read {
        switch kind {
        case .life: yield lives
        case .code: yield codes
        case .name: yield names
        case .role: yield roles
        default: yield relationships
        }
      }
      _modify {
        switch kind {
        case .life: yield &lives
        case .code: yield &codes
        case .name: yield &names
        case .role: yield &roles
        default: yield &relationships
        }
      }
    }

    /// From the first day of any life to the end of the last.
    package var extent: Period? {
      guard var extent = lives.first?.period else { return nil }
      for position in lives.indices.dropFirst() {
        let life = lives[position].period
        extent.start = min(extent.start, life.start)
        extent.end = extent.end.flatMap { end in life.end.map { max(end, $0) } }
      }
      return extent
    }

    /// When the body existed in operation. Without operational dates, the legal ones.
    var operation: Fact? {
      lives.first { $0.word == Timeline.operational.rawValue } ?? lives.first
    }
  }

  /// The kinds of facts that files of bodies state.
  static let factKinds: [FactKind] = [.life, .code, .name, .role, .relationship]

  package private(set) var bodies: [Organisation] = []
  private var byKey: [String: Index] = [:]
  private var byCode: [String: [Index]] = [:]
  /// The kinds whose bodies hold territory.
  let placeKinds: Set<String>
  package let kinds: Set<String>
  private let exclusiveGroups: [String: String]

  /// - Parameter vocabulary: words that come with the import.
  package init(_ registry: Registry, vocabulary: [Change]) throws(DatabaseError) {
    let words = try registry.kinds() + vocabulary.compactMap { Kind($0.content) }
    kinds = Set(words.map(\.key))
    exclusiveGroups = Dictionary(
      uniqueKeysWithValues: words.compactMap { kind in kind.exclusiveGroup.map { (kind.key, $0) } })
    placeKinds = Set(words.filter { $0.tier == Kind.placeTier }.map(\.key))
    var indices: [OrganisationID: Index] = [:]
    for (id, key) in try registry.organisationKeys() { indices[id] = add(body: key) }
    for kind in Self.factKinds {
      try registry.eachStandingFact(kind) { fact in
        guard let body = indices[fact.organisation] else { return }
        add(
          Fact(
            key: fact.key, word: fact.word, value: fact.value, superior: fact.superior.flatMap { indices[$0] },
            period: fact.period, startStatus: fact.startStatus, endStatus: fact.endStatus,
            startsWithEvent: fact.startsWithEvent, endsWithEvent: fact.endsWithEvent, source: fact.source),
          kind, to: body)
      }
    }
  }

  // MARK: Adding

  mutating func add(body key: String) -> Index {
    byKey[key] = bodies.count
    bodies.append(Organisation(key: key))
    return bodies.count - 1
  }

  mutating func add(_ fact: Fact, _ kind: FactKind, to body: Index) {
    bodies[body][kind].append(fact)
    if kind == .code { byCode[Self.entry(fact.word, fact.value ?? ""), default: []].append(body) }
    if let superior = fact.superior { bodies[superior].subordinates.append(body) }
  }

  /// Moves a fact of a body to another period.
  mutating func move(_ key: String, _ kind: FactKind, of body: Index, to period: Period) {
    for position in bodies[body][kind].indices where bodies[body][kind][position].key == key {
      bodies[body][kind][position].period = period
    }
  }

  mutating func remove(_ key: String, _ kind: FactKind, of body: Index) {
    bodies[body][kind].removeAll { $0.key == key }
  }

  // MARK: Looking up

  /// The relationships in which a body is the upper one, each with the lower one.
  package func relationships(under superior: Index) -> [(body: Index, fact: Fact)] {
    Set(bodies[superior].subordinates).sorted().flatMap { body in
      bodies[body].relationships.filter { $0.superior == superior }.map { (body, $0) }
    }
  }

  private static func entry(_ scheme: String, _ code: String) -> String { "\(scheme)/\(code)" }

  package func body(_ key: String) -> Index? { byKey[key] }

  /// The bodies that ever had a code, each with its period, the earliest first.
  func bearers(of code: String, _ scheme: String) -> [(body: Index, period: Period)] {
    let owners = byCode[Self.entry(scheme, code)] ?? []
    var bearers: [(body: Index, period: Period)] = []
    for (place, body) in owners.enumerated() where !owners[..<place].contains(body) {
      for fact in bodies[body].codes where fact.word == scheme && fact.value == code {
        bearers.append((body, fact.period))
      }
    }
    if bearers.count > 1 { bearers.sort { $0.period.start < $1.period.start } }
    return bearers
  }

  /// Whether any body ever had a code.
  package func isKnown(_ code: String, _ scheme: String) -> Bool {
    (byCode[Self.entry(scheme, code)] ?? []).contains { body in
      bodies[body].codes.contains { $0.word == scheme && $0.value == code }
    }
  }

  /// The body that has a code on `day`. If none has it then, the last that had it before, or else the first.
  package func bearer(of code: String, _ scheme: String, on day: Day) -> Index? {
    let bearers = bearers(of: code, scheme)
    return (bearers.last { $0.period.start <= day } ?? bearers.first)?.body
  }

  /// Whether no body can be of both kinds on one day.
  func exclude(_ left: String, _ right: String) -> Bool {
    left == right || (exclusiveGroups[left] != nil && exclusiveGroups[left] == exclusiveGroups[right])
  }

  /// Whether a body ever was of a kind that holds territory.
  func mayHoldTerritory(_ body: Index) -> Bool { bodies[body].roles.contains { placeKinds.contains($0.word) } }
}
