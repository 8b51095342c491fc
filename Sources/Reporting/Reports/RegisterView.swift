package import RegistryStorage
import Succession

/// What reports read: a register as known in a revision, and the scheme whose codes name the bodies.
package struct RegisterView {
  package let registry: Registry
  package let revision: Int64
  /// The scheme whose codes are shown. A body without a code is named by its key.
  let scheme: String
  let kinds: [Kind]

  /// - Parameter scheme: Without it, the first scheme.
  package init(_ registry: Registry, knownIn revision: Int64, scheme: String? = nil) throws(DatabaseError) {
    self.registry = registry
    self.revision = revision
    let firstScheme = try registry.schemes().first?.key
    self.scheme = scheme ?? firstScheme ?? ""
    kinds = try registry.kinds()
  }

  /// Bodies as they were on a day. Without a day, as they last were.
  func bodies(
    _ ids: some Collection<OrganisationID>, on day: Day? = nil
  ) throws(DatabaseError) -> [OrganisationID: Organisation] {
    let summaries = try registry.organisations(withIDs: Array(ids), on: day, knownIn: revision)
    return Dictionary(uniqueKeysWithValues: summaries.map { ($0.id, $0) })
  }

  /// The paths up from a body: from whatever it belongs to, through the parents of the day. Each path occurs once.
  func paths(of body: OrganisationDetail, in hierarchy: Hierarchy) throws(DatabaseError) -> [[Organisation]] {
    let keys = Set(body[.relationship].filter { $0["direction"] == "to" }.compactMap { $0["organisation"] })
    var paths: [[OrganisationID]] = []
    for key in keys.sorted() {
      for id in try registry.organisations(named: key, knownIn: revision) {
        paths += Self.upward(from: id, in: hierarchy, path: [id])
      }
    }
    let names = try bodies(Set(paths.joined()), on: hierarchy.day)
    return paths.map { $0.compactMap { names[$0] } }
  }

  private static func upward(
    from body: OrganisationID, in hierarchy: Hierarchy, path: [OrganisationID]
  ) -> [[OrganisationID]] {
    let above = (hierarchy.parents[body] ?? []).filter { !path.contains($0) }
    return above.isEmpty ? [path] : above.flatMap { upward(from: $0, in: hierarchy, path: path + [$0]) }
  }

  /// What others published about bodies of some kinds, whatever the day.
  func claims(about topic: ClaimTopic, of kinds: some Collection<String>) throws(DatabaseError) -> [Claim] {
    try registry.claims(knownIn: revision).filter { kinds.contains($0.kind) && $0.topic == topic }
  }

  func inOrder(_ bodies: some Sequence<Organisation>) -> [Organisation] {
    bodies.sorted { (code($0), $0.key) < (code($1), $1.key) }
  }

  func code(_ body: Organisation?) -> String { body.map { $0.codes[scheme] ?? $0.key } ?? "?" }

  func name(_ body: Organisation?) -> String { body?.shownName ?? Organisation.unknownName }

  var placeKinds: [String] { kinds.filter { $0.tier == Kind.placeTier }.map(\.key) }

  func title(ofKind kind: String) -> String { kinds.first { $0.key == kind }?.name ?? kind }

  func report(
    _ title: String, lead: [String] = [], tables: [DataTable], figures: [Figure?] = [],
    outline: [Report.OutlineLine] = [], sources: [SourceUse]
  ) throws(DatabaseError) -> Report {
    Report(
      title: title, lead: lead, tables: tables, figures: figures.compactMap { $0 }, outline: outline, sources: sources,
      edition: try Edition(registry, knownIn: revision))
  }

  /// The sources that rows name, starting with those of most rows.
  static func sources(of titles: some Sequence<String?>) -> [SourceUse] {
    merged(titles.compactMap { $0.map { SourceUse(title: $0, factCount: 1) } })
  }

  /// Each source once, starting with those of most rows.
  static func merged(_ uses: [SourceUse]) -> [SourceUse] {
    Dictionary(grouping: uses, by: \.title)
      .map { SourceUse(title: $0.key, factCount: $0.value.reduce(0) { $0 + $1.factCount }) }
      .sorted { ($1.factCount, $0.title) < ($0.factCount, $1.title) }
  }
}
