package import RegistryStorage

/// Every code and permanent key of a register, with the bodies that it means and the days on which it means them.
package struct CodeBook: Sendable {
  /// By code, in the order of time.
  private let usesOf: [String: [DatedCode]]
  private let usesBy: [OrganisationID: [DatedCode]]
  private let kindsOf: [OrganisationID: [DatedKind]]
  private let names: [OrganisationID: String]
  private let heirsOf: [OrganisationID: Set<OrganisationID>]
  private let alike: [String: Set<String>]
  /// The keys of all kinds, in their order.
  private let kinds: [String]
  /// By the code of a unit, such as a practice or a small area, the partitions that have it. Only those that are asked
  /// about.
  package var partitionsOfUnits: [String: [String]] = [:]
  /// What a text stands for that is no body. Nil for other texts.
  package var placeholder: @Sendable (String) -> String? = { _ in nil }

  /// - Parameters:
  ///   - codes, datedKinds: all of the register, in the order of time.
  ///   - names: the last name of each body.
  ///   - links: all links between bodies.
  ///   - kinds: the keys of all kinds, in their order.
  package init(
    codes: [DatedCode], datedKinds: [DatedKind], names: [OrganisationID: String], links: [SuccessionLink],
    kinds: [String]
  ) {
    usesOf = Dictionary(grouping: codes, by: \.value)
    usesBy = Dictionary(grouping: codes, by: \.organisation)
    kindsOf = Dictionary(grouping: datedKinds, by: \.organisation)
    self.names = names
    self.kinds = kinds
    heirsOf = Dictionary(grouping: links.filter { $0.nature == .succession }, by: \.predecessor)
      .mapValues { Set($0.map(\.successor)) }
    var alike: [String: Set<String>] = [:]
    for datedKinds in kindsOf.values {
      let held = Set(datedKinds.map(\.kind))
      for kind in held { alike[kind, default: []].formUnion(held) }
    }
    self.alike = alike
  }

  /// The days on which `value` meant a body, in the order of time.
  func uses(of value: String) -> [DatedCode] { usesOf[value] ?? [] }

  /// Which code a text of a file is.
  func spelling(of text: String) -> CodeSpelling {
    CodeSpelling.reading(text) { !uses(of: $0).isEmpty || partitionsOfUnits[$0] != nil }
      ?? CodeSpelling(noCode: text)
  }

  /// The use of `value` on `day`. If there are several, the one in `scheme` comes first.
  func use(of value: String, on day: Day, scheme: String? = nil) -> DatedCode? {
    let held = uses(of: value).filter { $0.period.contains(day) }
    return held.first { $0.scheme == scheme } ?? held.first
  }

  /// The use of `value` on `day`, else the last one before it, else the first one.
  func nearestUse(of value: String, to day: Day, scheme: String? = nil) -> DatedCode? {
    let uses = uses(of: value)
    return use(of: value, on: day, scheme: scheme) ?? uses.last { $0.period.start < day } ?? uses.first
  }

  func lives(_ body: OrganisationID, on day: Day) -> Bool {
    usesBy[body]?.contains { $0.scheme == nil && $0.period.contains(day) } ?? false
  }

  /// Whether the body lived on some day from `first` to `last`.
  func lives(_ body: OrganisationID, from first: Day, to last: Day) -> Bool {
    usesBy[body]?.contains { $0.scheme == nil && $0.period.overlaps(Period(first, last.next)) } ?? false
  }

  /// The kinds of a body on `day`. If it had none then, the last ones before, else the first ones.
  func kinds(of body: OrganisationID, near day: Day) -> Set<String> {
    let known = kindsOf[body] ?? []
    let held = known.filter { $0.period.contains(day) }
    if !held.isEmpty { return Set(held.map(\.kind)) }
    let last = known.filter { $0.period.start < day }.compactMap(\.period.end).max()
    let near = last.map { end in known.filter { $0.period.end == end } } ?? Array(known.prefix(1))
    return Set(near.map(\.kind))
  }

  /// The kind itself, and every kind that a body of this kind also had: a care trust is a PCT, an STP became an ICS.
  func kinds(alike kind: String) -> Set<String> { alike[kind] ?? [kind] }

  /// The most frequent kind of `bodies` on `day`. Of equally frequent kinds, it is the first of the register.
  func mostFrequentKind(of bodies: some Sequence<OrganisationID>, near day: Day) -> String? {
    mostFrequentKinds(of: bodies, near: day).first
  }

  /// The most frequent kinds of `bodies` on `day`. There are several if all have several, as care trusts are PCTs too.
  func mostFrequentKinds(of bodies: some Sequence<OrganisationID>, near day: Day) -> [String] {
    var counts: [String: Int] = [:]
    for body in bodies { for kind in kinds(of: body, near: day) { counts[kind, default: 0] += 1 } }
    guard let most = counts.values.max() else { return [] }
    return kinds.filter { counts[$0] == most }
  }

  /// All bodies that have one of `wanted` on `day` while they live.
  func bodies(ofKinds wanted: Set<String>, on day: Day) -> [OrganisationID] {
    kindsOf.filter { body, held in
      held.contains { wanted.contains($0.kind) && $0.period.contains(day) } && lives(body, on: day)
    }.keys.sorted()
  }

  /// The code of a body in `scheme` on `day`. Nil if it has none then.
  func code(of body: OrganisationID, in scheme: String?, on day: Day) -> String? {
    usesBy[body]?.first { $0.scheme == scheme && $0.period.contains(day) }?.value
  }

  /// The code of a body for a sentence: its code on `day`, else its last code, else its key.
  func spokenCode(of body: OrganisationID, in scheme: String?, on day: Day) -> String {
    let uses = usesBy[body] ?? []
    return code(of: body, in: scheme, on: day) ?? uses.last { $0.scheme == scheme }?.value
      ?? uses.first { $0.scheme == nil }?.value ?? "?"
  }

  /// A kind and the name, such as `ccg NHS Ashford CCG`.
  func spoken(_ body: OrganisationID, near day: Day) -> String {
    let held = kinds(of: body, near: day)
    return ([kinds.first { held.contains($0) }, names[body]].compactMap { $0 }).joined(separator: " ")
  }

  /// The first successors of a body that live on `day`, found by following one succession after another.
  func heirs(of body: OrganisationID, on day: Day) -> [OrganisationID] {
    var found: Set<OrganisationID> = []
    var seen: Set<OrganisationID> = [body]
    var next = heirsOf[body] ?? []
    while let heir = next.popFirst() {
      guard seen.insert(heir).inserted else { continue }
      if lives(heir, on: day) { found.insert(heir) } else { next.formUnion(heirsOf[heir] ?? []) }
    }
    return found.sorted()
  }

  /// All codes in use on `day`, sorted. Without a day, all codes that were ever in use. Permanent keys are not codes.
  func codes(on day: Day?) -> [String] {
    usesOf.filter { _, uses in
      uses.contains { use in use.scheme != nil && (day.map { use.period.contains($0) } ?? true) }
    }.keys.sorted()
  }
}
