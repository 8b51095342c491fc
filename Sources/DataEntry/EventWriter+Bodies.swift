import RegistryStorage

/// Events that open and close bodies.
extension EventWriter {
  /// A new body.
  public struct Newcomer: Sendable {
    /// Its code.
    public var code: String
    /// Its name.
    public var name: String
    /// Its kind. Nil means the kind that all predecessors have.
    public var kind: String?
    /// The scheme of its code and name. Nil means the first of the register.
    public var scheme: String?
    /// Its permanent key. Nil means a key made from kind and code.
    public var key: String?
    /// Its codes in other schemes.
    public var otherCodes: [(scheme: String, code: String)] = []
    /// Its names in other schemes.
    public var otherNames: [(scheme: String, name: String)] = []

    /// Describes a body that begins.
    public init(code: String, name: String, kind: String? = nil, scheme: String? = nil, key: String? = nil) {
      self.code = code
      self.name = name
      self.kind = kind
      self.scheme = scheme
      self.key = key
    }
  }

  /// A body that gets a part of one that is divided.
  public enum Part: Sendable {
    /// A body that begins.
    case new(Newcomer)
    /// A body that lives on the day, by its code or key. Another event may open it on that day.
    case living(String)
  }

  /// A body begins that succeeds nobody.
  /// - Parameters:
  ///   - newcomer: the body. It must have a kind.
  ///   - superiors: the bodies under which it stands from the first day.
  ///   - relationship: the kind of relationship. Nil means the first through which territory is read.
  public mutating func establish(
    _ newcomer: Newcomer, partOf superiors: [String], as relationship: String?
  ) throws(EntryError) -> EnteredEvent {
    guard let kind = newcomer.kind else { throw .refused("say what the body is (--kind)") }
    try mustKnow(kind: kind)
    let newcomer = try spelled(newcomer)
    try mustBeFree(newcomer.code)
    let scheme = try self.scheme(newcomer.scheme)
    try begin(.establishment, code: newcomer.code, title: "\(newcomer.name) is established")
    let key = try open(newcomer, kind: kind, scheme: scheme)
    for superior in superiors {
      let superior = try self.body(superior, on: day)
      sayFromEvent(
        .relationship(
          organisation: key, kind: try relationshipKind(relationship), superior: superior.key, grade: nil))
    }
    return event
  }

  /// A body ends, and nobody succeeds it.
  public mutating func close(_ reference: String) throws(EntryError) -> EnteredEvent {
    let body = try self.body(reference, on: dayBefore)
    try begin(.closure, code: spoken(body), title: "\(body.name ?? body.key) closes")
    say(.close(event: eventKey, organisation: body.key))
    try leaveOpen(under: body, "attach it to another body")
    return event
  }

  /// Bodies end, and one new body succeeds all of them as a whole.
  public mutating func merge(_ references: [String], into newcomer: Newcomer) throws(EntryError) -> EnteredEvent {
    let predecessors = try distinctBodies(references)
    guard predecessors.count > 1 else {
      throw .refused(
        "a merger needs two bodies or more: use recode for a new code, or rename for a new name")
    }
    let newcomer = try spelled(newcomer)
    if let same = predecessors.first(where: { spoken($0) == newcomer.code }) {
      throw .refused(
        "\(newcomer.code) is one of those that merge: if it goes on, say absorb ... --into \(spoken(same))")
    }
    try mustBeFree(newcomer.code)
    let kind = if let kind = newcomer.kind { kind } else { try commonKind(of: predecessors) }
    try mustKnow(kind: kind)
    let scheme = try self.scheme(newcomer.scheme)
    let list = predecessors.map(spoken).joined(separator: ", ")
    try begin(.merger, code: newcomer.code, title: "\(list) merge into \(newcomer.name)")
    let key = try open(newcomer, kind: kind, scheme: scheme)
    for predecessor in predecessors {
      saySuccession(of: predecessor, by: key)
      say(.close(event: eventKey, organisation: predecessor.key))
    }
    try carryRoles(of: predecessors, to: key, besides: kind)
    try carryTies(of: predecessors, to: [key])
    return event
  }

  /// Bodies end, and a body that goes on succeeds them as a whole.
  public mutating func absorb(_ references: [String], into reference: String) throws(EntryError) -> EnteredEvent {
    let predecessors = try distinctBodies(references)
    let successor = try body(reference, on: day)
    guard !predecessors.contains(where: { $0.key == successor.key }) else {
      throw .refused("\(reference) cannot absorb itself: leave it out of the bodies that end")
    }
    let list = predecessors.map(spoken).joined(separator: ", ")
    try begin(.absorption, code: spoken(successor), title: "\(successor.name ?? successor.key) absorbs \(list)")
    for predecessor in predecessors {
      saySuccession(of: predecessor, by: successor.key)
      say(.close(event: eventKey, organisation: predecessor.key))
    }
    try carryTies(of: predecessors, to: [successor.key])
    return event
  }

  /// A body is divided among others.
  /// - Parameters:
  ///   - reference: the body.
  ///   - parts: the bodies that get a part.
  ///   - goesOn: whether the body lives on and keeps a part itself.
  ///   - division: what goes where. It must be nil if, and only if, the body holds no territory of its own.
  ///   - rest: the part that gets the units that `division` does not list. Nil means that no source says where they go.
  public mutating func split(
    _ reference: String, into parts: [Part], goesOn: Bool, _ division: Division?, rest: String? = nil
  ) throws(EntryError) -> EnteredEvent {
    let predecessor = try body(reference, on: dayBefore)
    guard parts.count + (goesOn ? 1 : 0) > 1 else {
      throw .refused("a split needs two parts or more: say --into again, or --goes-on")
    }
    var successors: [Successor] = []
    for part in parts {
      let successor = try self.successor(part, of: predecessor)
      guard !successors.contains(where: { $0.code == successor.code }) else {
        throw .refused("a code occurs twice in --into")
      }
      successors.append(successor)
    }
    let names = successors.map(\.name).joined(separator: ", ")
    try begin(.split, code: spoken(predecessor), title: "\(predecessor.name ?? predecessor.key) is divided: \(names)")
    var keys: [String: String] = goesOn ? [spoken(predecessor): predecessor.key] : [:]
    for successor in successors {
      let key = try begin(successor, after: predecessor, goesOn: goesOn)
      keys[successor.code] = key
      saySuccession(of: predecessor, by: key, inPart: goesOn)
    }
    if !goesOn { say(.close(event: eventKey, organisation: predecessor.key)) }
    try carrySuperiors(to: successors.compactMap { keys[$0.code] })
    if !goesOn {
      try leaveOpen(under: predecessor, "attach it to one of the parts")
    }
    try divide(predecessor, among: keys, division, rest: rest)
    return event
  }

  /// A body that gets a part, as the register spells it.
  private struct Successor {
    let code: String
    let name: String
    /// A body that lives is given by its key.
    let part: Part
  }

  private func successor(_ part: Part, of predecessor: Organisation) throws(EntryError) -> Successor {
    switch part {
    case .new(let newcomer):
      let newcomer = try spelled(newcomer)
      return Successor(code: newcomer.code, name: newcomer.name, part: .new(newcomer))
    case .living(let reference):
      let body = try self.body(reference, on: day)
      guard body.key != predecessor.key else {
        throw .refused("\(reference) is the body that is divided: say --goes-on if it keeps a part")
      }
      return Successor(code: spoken(body), name: body.name ?? body.key, part: .living(body.key))
    }
  }

  /// Opens the body unless it lives already.
  /// - Returns: its permanent key.
  private mutating func begin(_ successor: Successor, after predecessor: Organisation, goesOn: Bool) throws(EntryError)
    -> String
  {
    switch successor.part {
    case .living(let key): return key
    case .new(let newcomer):
      try mustBeFree(newcomer.code, closing: goesOn ? [] : [predecessor])
      let kind = if let kind = newcomer.kind { kind } else { try commonKind(of: [predecessor]) }
      try mustKnow(kind: kind)
      return try open(newcomer, kind: kind, scheme: try scheme(newcomer.scheme))
    }
  }

  /// Territory goes from one body to another, and both go on. If only units go that do not decide whether the giver is
  /// divided, such as a practice of a body that has small areas, they move by themselves, and no event is recorded.
  public mutating func transfer(
    from reference: String, to other: String, _ division: Division?
  ) throws(EntryError) -> EnteredEvent {
    let predecessor = try body(reference, on: dayBefore)
    let successor = try body(other, on: day)
    guard predecessor.key != successor.key else { throw .refused("\(reference) cannot give anything to itself") }
    let successors = [spoken(successor): successor.key]
    if case .units(let units)? = division, !isUpperTier(predecessor),
      try moveAlone(units, of: predecessor, to: successors)
    {
      return event
    }
    try begin(
      .transfer, code: "\(spoken(predecessor))-\(spoken(successor))",
      title: "Territory of \(predecessor.name ?? predecessor.key) goes to \(successor.name ?? successor.key)")
    saySuccession(of: predecessor, by: successor.key, inPart: true)
    try divide(predecessor, among: successors, division)
    return event
  }

  // MARK: What bodies have in common

  /// States that a body succeeds another. Bodies of upper tiers pass on no territory, because they hold none.
  private mutating func saySuccession(of body: Organisation, by successor: String, inPart: Bool = false) {
    let nature: SuccessionNature = isUpperTier(body) ? .duties : inPart ? .territory : .succession
    say(.succession(event: eventKey, predecessor: body.key, successor: successor, nature: nature))
  }

  func isUpperTier(_ body: Organisation) -> Bool {
    let tiers = kinds.filter { body.kinds.contains($0.key) }.compactMap(\.tier)
    return !tiers.isEmpty && !tiers.contains(Kind.placeTier)
  }

  private func distinctBodies(_ references: [String]) throws(EntryError) -> [Organisation] {
    var bodies: [Organisation] = []
    for reference in references {
      let body = try self.body(reference, on: dayBefore)
      if bodies.contains(where: { $0.key == body.key }) { throw .refused("\(reference) is named twice") }
      bodies.append(body)
    }
    return bodies
  }

  /// The first kind, in the order of the register, that all the bodies have on the day before.
  private func commonKind(of bodies: [Organisation]) throws(EntryError) -> String {
    let held = try bodies.map { body throws(EntryError) in Set(try roles(of: body).map(\.kind)) }
    let common = held.dropFirst().reduce(held.first ?? []) { $0.intersection($1) }
    guard let kind = kinds.first(where: { common.contains($0.key) }) else {
      throw .refused("the bodies have no kind in common: say what the new one is (--kind)")
    }
    return kind.key
  }

  private func roles(of body: Organisation) throws(EntryError) -> [Role] {
    try asked(facts.facts(.role, of: body.id, on: dayBefore)).compactMap { Role($0.content) }
  }

  /// Gives the new body the other kinds that all predecessors have.
  private mutating func carryRoles(
    of predecessors: [Organisation], to key: String, besides kind: String
  ) throws(EntryError) {
    let held = try predecessors.map { body throws(EntryError) in try roles(of: body) }
    for role in held.first ?? [] where role.kind != kind {
      let isCommon = held.allSatisfy { $0.contains { $0.kind == role.kind && $0.scheme == role.scheme } }
      let group = kinds.first { $0.key == kind }?.exclusiveGroup
      let excluded = group != nil && kinds.first { $0.key == role.kind }?.exclusiveGroup == group
      if isCommon, !excluded { sayFromEvent(.role(organisation: key, kind: role.kind, scheme: role.scheme)) }
    }
  }
}
