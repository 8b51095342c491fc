package import RegistryStorage

/// Who commissions services on a day: kinds of bodies or, for the people of a body, the bodies themselves.
///
/// Kept here:
/// 1. An exception for a body, or for the nearest one above it that has any, replaces the rule for all.
/// 2. A kind means the body itself if it is of that kind, else those above it, else those below it. Relationships
///    through which territory is read come before others, such as membership of a board.
/// 3. If no such body is known, the kind is named, never a guess.
package struct CommissionersReport {
  package let table: DataTable
  /// A sentence for each service that nobody is known to commission on the day.
  package let gaps: [String]
  /// What the table does not show.
  package let remarks: [String]

  /// - Parameter bodies: The bodies whose people are asked about. Without them, only kinds are shown.
  package init(
    _ services: [Service], on day: Day, for bodies: [Int64]?, of registry: Registry, knownIn revision: Int64 = latest
  ) throws(DatabaseError) {
    let known = try registry.responsibilities(knownIn: revision)
    let around = try bodies.map { bodies throws(DatabaseError) in
      try Surroundings(of: bodies, on: day, in: registry, knownIn: revision)
    }
    var answers: [(service: Service, responsibility: Responsibility, body: Int64?)] = []
    var gaps: [String] = []
    var remarks: [String] = []
    for service in services {
      let all = known.filter { $0.service == service.key }
      let holding = all.filter { $0.period.contains(day) }
      let chosen = around?.choose(among: holding) ?? holding.filter { $0.beneficiary == nil }
      if chosen.isEmpty { gaps.append(Self.gap(service, day, all)) }
      let exceptions = holding.count { $0.beneficiary != nil }
      if around == nil, exceptions > 0 {
        remarks.append("'\(service.name)' has exceptions for single bodies (\(exceptions)): name a body to see its own")
      }
      for responsibility in chosen {
        let found = around?.commissioners(responsibility) ?? responsibility.organisation.map { [$0] } ?? []
        if found.isEmpty, let kind = responsibility.kind, let around, around.hasBodies(of: kind) {
          remarks.append(
            "the register does not know which body of the kind \(kind) commissions '\(service.name)' there")
        }
        answers += found.isEmpty ? [(service, responsibility, nil)] : found.map { (service, responsibility, $0) }
      }
    }
    let view = try RegisterView(registry, knownIn: revision)
    let summaries = try view.bodies(Set(answers.compactMap(\.body)), on: day)
    let schemes = try registry.schemes().map(\.key)
    table = DataTable(
      columns: [
        "service", "commissioner_code", "commissioner_name", "commissioner_kind", "nature", "from", "to", "basis",
        "note",
      ],
      rows: answers.map { service, responsibility, body in
        let summary = body.flatMap { summaries[$0] }
        let kind = responsibility.kind
        return [
          service.name, summary.map { body in schemes.lazy.compactMap { body.codes[$0] }.first ?? body.key },
          summary.map { $0.name ?? $0.key } ?? kind.map(view.title),
          kind ?? summary?.kinds.joined(separator: "|"), responsibility.nature.rawValue,
          responsibility.period.start.description, responsibility.period.lastDay?.description, responsibility.basis,
          responsibility.note,
        ]
      })
    (self.gaps, self.remarks) = (gaps, remarks)
  }

  private static func gap(_ service: Service, _ day: Day, _ all: [Responsibility]) -> String {
    let others = all.filter { $0.beneficiary == nil }.map { responsibility in
      "\(responsibility.kind ?? "one body") from \(responsibility.period.start)"
        + (responsibility.period.lastDay.map { " to \($0)" } ?? "")
    }
    return "nobody is known to commission '\(service.name)' on \(day)"
      + (others.isEmpty ? "" : " (known: \(others.joined(separator: ", ")))")
  }
}

extension Responsibility {
  /// The source, and where in it.
  fileprivate var basis: String? {
    let parts = [source, provision].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}

/// What stands above and below some bodies on a day.
private struct Surroundings {
  private let bodies: [Int64]
  /// From the closest relation to the widest.
  private let directions: [Hierarchy]

  init(
    of bodies: [Int64], on day: Day, in registry: Registry, knownIn revision: Int64
  ) throws(DatabaseError) {
    self.bodies = bodies
    let narrow = try registry.hierarchy(on: day, knownIn: revision)
    let wide = try registry.hierarchy(on: day, throughAll: true, knownIn: revision)
    directions = [narrow, narrow.inverted, wide, wide.inverted]
  }

  func hasBodies(of kind: String) -> Bool { directions[0].kinds.values.contains { $0.contains(kind) } }

  /// Invariant 1.
  func choose(among holding: [Responsibility]) -> [Responsibility] {
    var level = Set(bodies)
    var seen: Set<Int64> = []
    while !level.isEmpty {
      let exceptions = holding.filter { $0.beneficiary.map(level.contains) ?? false }
      guard exceptions.isEmpty else { return exceptions }
      seen.formUnion(level)
      level = Set(level.flatMap { directions[0].parents[$0] ?? [] }).subtracting(seen)
    }
    return holding.filter { $0.beneficiary == nil }
  }

  /// Invariant 2.
  func commissioners(_ responsibility: Responsibility) -> [Int64] {
    guard let kind = responsibility.kind else { return responsibility.organisation.map { [$0] } ?? [] }
    for hierarchy in directions {
      var found: Set<Int64> = []
      for body in bodies {
        switch hierarchy.ancestor(of: body, kinds: [kind]) {
        case .none: continue
        case .one(let id): found.insert(id)
        case .several(let ids): found.formUnion(ids)
        }
      }
      if !found.isEmpty { return found.sorted() }
    }
    return []
  }
}
