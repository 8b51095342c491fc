package import RegistryFormats
package import RegistryStorage

/// A register as it would be if what is planned happened.
///
/// Kept here:
/// 1. It is a copy in memory. The register itself is neither written nor locked.
/// 2. Proposals are enacted one by one on their planned days: what others build on first, then by day, then by key. One
///    that is refused changes nothing, and is told.
package struct Outlook {
  /// A proposal that could not be enacted, with the reason.
  package struct Obstacle: Sendable {
    package let proposal: String
    package let reason: String
  }

  /// The register itself if nothing was enacted.
  package let registry: Registry
  package private(set) var obstacles: [Obstacle] = []

  /// The keys of the proposals that were enacted, in that order.
  package var enacted: [String] { registry.supposed }

  /// - Parameter wanted: the keys of the proposals that happen. What they build on happens too. Nil means all.
  package init(on registry: Registry, _ wanted: [String]? = nil) throws {
    var open = try Self.open(in: registry, wanted)
    guard !open.isEmpty else {
      self.registry = registry
      return
    }
    let copy = try registry.copyInMemory()
    self.registry = copy
    let facts = StatedFacts(copy)
    while let place = try open.firstIndex(where: { try facts.openBases(of: $0.key).isEmpty }) {
      let proposal = open.remove(at: place)
      do {
        try Self.enact(proposal.key, in: copy)
      } catch let error as DatabaseError {
        throw error
      } catch ChangeError.database(let error) {
        throw error
      } catch ChangeError.refused(let problems) {
        obstacles.append(Obstacle(proposal: proposal.key, reason: problems.first?.message ?? "it is refused"))
      } catch {
        obstacles.append(Obstacle(proposal: proposal.key, reason: "\(error)"))
      }
    }
    for proposal in open {
      let bases = try facts.openBases(of: proposal.key)
      obstacles.append(Obstacle(proposal: proposal.key, reason: "it builds on \(bases.joined(separator: ", "))"))
    }
  }

  /// Refuses if a proposal could not be enacted.
  package func mustBeWhole() throws(Refusal) {
    guard let first = obstacles.first else { return }
    throw Refusal("the proposal '\(first.proposal)' could not be enacted as things stand: \(first.reason)")
  }

  /// Why a proposal could not be enacted after `changes`. Nil if it could, or if the changes themselves are refused.
  package static func obstacle(of proposal: String, after changes: [Change], on registry: Registry) throws -> String? {
    let copy = try registry.copyInMemory()
    do {
      try copy.record(ChangeSet(changes: changes), Registry.Signature(actor: "outlook", command: "outlook"))
    } catch ChangeError.refused {
      return nil
    }
    return try Outlook(on: copy, [proposal]).obstacles.last?.reason
  }

  private static func open(in registry: Registry, _ wanted: [String]?) throws -> [(key: String, day: Day)] {
    let facts = StatedFacts(registry)
    let open = try facts.proposals(.open).compactMap { change in
      change.content.proposal.map { (key: $0.key, day: $0.detail.day) }
    }
    guard let wanted else { return open }
    var needed = Set(wanted)
    var unread = wanted
    while let key = unread.popLast() {
      for base in try facts.openBases(of: key) where needed.insert(base).inserted { unread.append(base) }
    }
    return open.filter { needed.contains($0.key) }
  }

  private static func enact(_ key: String, in copy: Registry) throws {
    let proposal = try Proposal(key, in: copy)
    // Others may be added to it, so that it is no obstacle to them.
    guard !proposal.isEmpty else { return try copy.suppose(key, ChangeSet(changes: [proposal.detail(.enacted)])) }
    try copy.suppose(key, proposal.enactment(on: nil, in: copy).changes)
  }

  // MARK: Remarks on what is planned

  /// What deserves attention in the open proposals of a register, by proposal: its day has passed, or it could not be
  /// enacted, perhaps because another one contradicts it.
  package static func remarks(on registry: Registry) throws -> [String: String] {
    let all = try Outlook(on: registry)
    var remarks: [String: [String]] = [:]
    for (key, day) in try open(in: registry, nil) where day < Moment.today {
      remarks[key, default: []].append("its day has passed")
    }
    for obstacle in all.obstacles {
      let key = obstacle.proposal
      let alone = try Outlook(on: registry, [key]).obstacles.last
      var words = "could not be enacted: \(alone?.reason ?? obstacle.reason)"
      if alone == nil {
        let other = try all.enacted.first { try !Outlook(on: registry, [$0, key]).obstacles.isEmpty }
        words = "contradicts \(other ?? "the others"): \(obstacle.reason)"
      }
      remarks[key, default: []].append(words)
    }
    return remarks.mapValues { $0.joined(separator: "; ") }
  }
}
