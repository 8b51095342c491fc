package import RegistryStorage

/// The bodies of a register by their names.
///
/// 1. A name that several bodies may have is never given to one of them.
package struct NameBook: Sendable {
  /// How sure it is that a name means a body.
  package enum Sureness: String, Sendable {
    /// The register has the same name, but for case and blanks.
    case exact
    /// The same words, in another order or with other marks between them.
    case spelling
    /// Several bodies may be meant.
    case several
    case none
  }

  package struct Match: Sendable {
    package let sureness: Sureness
    /// In the order of their ids. One if it is sure.
    package let bodies: [OrganisationID]
  }

  private var exact: [String: Set<OrganisationID>] = [:]
  private var byWords: [NameWords: Set<OrganisationID>] = [:]
  private var byBareWords: [NameWords: Set<OrganisationID>] = [:]
  private let lives: [OrganisationID: [Period]]
  private let kindsOf: [OrganisationID: [DatedKind]]

  package init(_ registry: Registry, knownIn revision: Int64) throws(DatabaseError) {
    for name in try registry.datedNames(knownIn: revision) {
      let words = NameWords(name.value)
      exact[Self.folded(name.value), default: []].insert(name.organisation)
      byWords[words, default: []].insert(name.organisation)
      byBareWords[words.bare, default: []].insert(name.organisation)
    }
    let keys = try registry.codesOfLivingOrganisations(knownIn: revision).filter { $0.scheme == nil }
    lives = Dictionary(grouping: keys, by: \.organisation).mapValues { $0.map(\.period) }
    kindsOf = Dictionary(grouping: try registry.datedKinds(knownIn: revision), by: \.organisation)
  }

  /// The bodies that a name may mean.
  /// - Parameters:
  ///   - day: only bodies that live on it. Nil for any day.
  ///   - kind: the kind that is taken if bodies of several kinds have the name. Nil if none is.
  package func match(_ name: String, on day: Day?, kind: String? = nil) -> Match {
    let words = NameWords(name)
    if words.isEmpty { return Match(sureness: .none, bodies: []) }
    let steps: [(Sureness, Set<OrganisationID>?)] = [
      (.exact, exact[Self.folded(name)]), (.spelling, byWords[words]),
      (.spelling, words.bare.isEmpty ? nil : byBareWords[words.bare]),
    ]
    for (sureness, found) in steps {
      var bodies = (found ?? []).filter { body in
        day.map { day in lives[body]?.contains { $0.contains(day) } ?? false } ?? true
      }
      if bodies.count > 1, let kind {
        let own = bodies.filter { body in
          kindsOf[body]?.contains { $0.kind == kind && (day == nil || day.map($0.period.contains) == true) } ?? false
        }
        if !own.isEmpty { bodies = own }
      }
      if bodies.count == 1 { return Match(sureness: sureness, bodies: Array(bodies)) }
      if !bodies.isEmpty { return Match(sureness: .several, bodies: bodies.sorted()) }
    }
    return Match(sureness: .none, bodies: [])
  }

  /// The kind that most of the names have which mean one body. Nil if no name does.
  package func usualKind(of names: some Sequence<String>, on day: Day?) -> String? {
    var counts: [String: Int] = [:]
    for name in names {
      let match = match(name, on: day)
      guard match.bodies.count == 1, let kinds = kindsOf[match.bodies[0]] else { continue }
      for kind in Set(kinds.filter { day.map($0.period.contains) ?? true }.map(\.kind)) {
        counts[kind, default: 0] += 1
      }
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  private static func folded(_ name: String) -> String { CodeSpelling.tidied(name).lowercased() }
}
