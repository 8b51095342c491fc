package import RegistryStorage

/// Who commissions services on a day: kinds of bodies or, for the people of a body, the bodies themselves.
///
/// Kept here:
/// 1. An exception for a body, or for the nearest one above it that has any, replaces the rule for all.
/// 2. A kind means the body itself if it is of that kind, else those above it, else those below it. Relationships
///    through which territory is read come before others, such as membership of a board.
/// 3. If no such body is known, the kind is named, never a guess.
/// 4. Where it varies from body to body and no exception says who, it is not known for this one.
package struct CommissionersReport {
  package let table: DataTable
  /// A sentence for each service that nobody is known to commission on the day.
  package let gaps: [String]
  /// What the table does not show.
  package let remarks: [String]

  private struct Answer {
    let service: Service
    let responsibility: Responsibility
    /// Nil if only a kind is known.
    var body: OrganisationID?
    /// Whether it varies, and the register does not know how it is for the bodies that were asked about.
    var isNotKnown = false
  }

  /// - Parameter bodies: The bodies whose people are asked about. Without them, only kinds are shown.
  package init(
    _ services: [Service], on day: Day, for bodies: [OrganisationID]?, of registry: Registry,
    knownIn revision: Int64 = latest
  ) throws(DatabaseError) {
    let known = try registry.responsibilities(knownIn: revision)
    let around = try bodies.map { bodies throws(DatabaseError) in
      try Surroundings(of: bodies, on: day, in: registry, knownIn: revision)
    }
    var answers: [Answer] = []
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
        if around != nil, responsibility.nature == .varies {
          answers.append(Answer(service: service, responsibility: responsibility, isNotKnown: true))
          remarks.append(Self.varying(service))
          continue
        }
        let found = around?.commissioners(responsibility) ?? responsibility.organisation.map { [$0] } ?? []
        if found.isEmpty, let kind = responsibility.kind, let around, around.hasBodies(of: kind) {
          remarks.append(
            "the register does not know which body of the kind \(kind) commissions '\(service.name)' there")
        }
        answers +=
          found.isEmpty
          ? [Answer(service: service, responsibility: responsibility)]
          : found.map { Answer(service: service, responsibility: responsibility, body: $0) }
      }
    }
    table = try Self.table(of: answers, on: day, RegisterView(registry, knownIn: revision))
    (self.gaps, self.remarks) = (gaps, remarks)
  }

  /// What a body itself commissions: for its own people, or for others by an exception.
  package init(
    _ services: [Service], on day: Day, by body: OrganisationID, of registry: Registry, knownIn revision: Int64 = latest
  ) throws(DatabaseError) {
    let known = try registry.responsibilities(knownIn: revision)
    let around = try Surroundings(of: [body], on: day, in: registry, knownIn: revision)
    var answers: [Answer] = []
    var remarks: [String] = []
    for service in services {
      let holding = known.filter { $0.service == service.key && $0.period.contains(day) }
      let own = around.choose(among: holding)
      let forOthers = holding.filter { one in
        one.organisation == body && one.beneficiary != nil && !own.contains { $0.beneficiary == one.beneficiary }
      }
      for responsibility in own + forOthers {
        guard responsibility.nature == .varies else {
          if around.commissioners(responsibility).contains(body) {
            answers.append(Answer(service: service, responsibility: responsibility, body: body))
          }
          continue
        }
        // It varies between the kind of the rule and the kinds of those that exceptions name.
        let others = holding.compactMap(\.organisation)
        guard around.isOfKind(responsibility.kind) || others.contains(where: around.isOfKind(of:)) else { continue }
        answers.append(Answer(service: service, responsibility: responsibility, isNotKnown: true))
        remarks.append(Self.varying(service))
      }
    }
    table = try Self.table(of: answers, on: day, RegisterView(registry, knownIn: revision))
    gaps = answers.isEmpty ? ["nothing is known that it commissions on \(day)"] : []
    self.remarks = remarks
  }

  private static func table(of answers: [Answer], on day: Day, _ view: RegisterView) throws(DatabaseError) -> DataTable
  {
    let summaries = try view.bodies(Set(answers.compactMap(\.body)), on: day)
    let schemes = try view.registry.schemes().map(\.key)
    return DataTable(
      columns: [
        "service", "commissioner_code", "commissioner_name", "commissioner_kind", "nature", "from", "to", "basis",
        "note",
      ],
      rows: answers.map { answer in
        let responsibility = answer.responsibility
        let summary = answer.body.flatMap { summaries[$0] }
        let kind = answer.isNotKnown ? nil : responsibility.kind
        let name = summary.map { $0.name ?? $0.key } ?? kind.map(view.title)
        return [
          answer.service.name, summary.map { body in schemes.lazy.compactMap { body.codes[$0] }.first ?? body.key },
          answer.isNotKnown ? "not known for this one" : name, kind ?? summary?.kinds.joined(separator: "|"),
          responsibility.nature.rawValue, responsibility.period.start.description,
          responsibility.period.lastDay?.description, responsibility.basis, responsibility.note,
        ]
      })
  }

  private static func varying(_ service: Service) -> String {
    "who commissions '\(service.name)' varies from body to body, and the register does not know it for this one"
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
  private let bodies: [OrganisationID]
  /// From the closest relation to the widest.
  private let directions: [Hierarchy]

  init(
    of bodies: [OrganisationID], on day: Day, in registry: Registry, knownIn revision: Int64
  ) throws(DatabaseError) {
    self.bodies = bodies
    let narrow = try registry.hierarchy(on: day, knownIn: revision)
    let wide = try registry.hierarchy(on: day, throughAll: true, knownIn: revision)
    directions = [narrow, narrow.inverted, wide, wide.inverted]
  }

  func hasBodies(of kind: String) -> Bool { directions[0].kinds.values.contains { $0.contains(kind) } }

  /// Whether one of the bodies is of the kind.
  func isOfKind(_ kind: String?) -> Bool {
    guard let kind else { return false }
    return bodies.contains { directions[0].kinds[$0]?.contains(kind) ?? false }
  }

  /// Whether one of the bodies is of a kind of another body.
  func isOfKind(of other: OrganisationID) -> Bool { (directions[0].kinds[other] ?? []).contains { isOfKind($0) } }

  /// Invariant 1.
  func choose(among holding: [Responsibility]) -> [Responsibility] {
    var level = Set(bodies)
    var seen: Set<OrganisationID> = []
    while !level.isEmpty {
      let exceptions = holding.filter { $0.beneficiary.map(level.contains) ?? false }
      guard exceptions.isEmpty else { return exceptions }
      seen.formUnion(level)
      level = Set(level.flatMap { directions[0].parents[$0] ?? [] }).subtracting(seen)
    }
    return holding.filter { $0.beneficiary == nil }
  }

  /// Invariant 2.
  func commissioners(_ responsibility: Responsibility) -> [OrganisationID] {
    guard let kind = responsibility.kind else { return responsibility.organisation.map { [$0] } ?? [] }
    for hierarchy in directions {
      var found: Set<OrganisationID> = []
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
