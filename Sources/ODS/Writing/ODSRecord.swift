package import RegistryStorage

/// What the Organisation Data Service would say about one code.
///
/// Kept here:
/// 1. A record covers all bodies that had its code, such as a group and the location that took its code.
/// 2. A record has one primary role. A care trust is a primary care trust too, but the service gives it one role.
/// 3. The status is Active until all dates of the record have passed.
struct ODSRecord {
  typealias Dates = ODSOrganisation.Dates
  typealias Target = ODSOrganisation.Target

  struct Role {
    let role: ODSRole
    let isPrimary: Bool
    var dates: Dates
  }

  struct Relationship {
    /// `RE4` (is commissioned by) or `RE5` (is located in the geography of).
    let id: String
    let target: Target
    var period: Period
  }

  struct Succession {
    let isForward: Bool
    let target: Target
    /// The first day of the successor.
    let day: Day
    /// Whether the target has itself been succeeded.
    let goesOn: Bool
  }

  let code: String
  /// Nil if the register has none.
  let name: String?
  let dates: Dates
  /// When something about it was last recorded: `YYYY-MM-DD`.
  let lastChange: String
  /// The primary one first.
  let roles: [Role]
  let relationships: [Relationship]
  let successions: [Succession]
}

/// The records of a register on one day.
package struct ODSRecords {
  let directory: ODSDirectory
  let entries: [ODSDirectory.Entry]
  private let primaryRoles: [String: String]
  private let links: [OrganisationID: [SuccessionLink]]
  private let succeeded: Set<OrganisationID>

  package var count: Int { entries.count { hasRecord($0.code) } }

  /// - Parameters:
  ///   - kind: only codes of bodies that were of this kind by the day. Without it, all codes.
  ///   - day: the day of issue.
  package init(_ registry: Registry, kind: String? = nil, on day: Day) throws(DatabaseError) {
    directory = try ODSDirectory(registry, on: day)
    let all = directory.entries
    primaryRoles = Dictionary(
      uniqueKeysWithValues: all.compactMap { entry in
        Self.primaryRole(of: entry.bearers.flatMap { $0.body.kinds.map(\.content) }).map { (entry.code, $0.id) }
      })
    entries = all.filter { entry in
      kind.map { kind in entry.bearers.contains { $0.body.kinds.contains { $0.content == kind } } } ?? true
    }
    let said = try registry.successions(to: day)
      .filter { $0.nature != .territory }
    succeeded = Set(said.map(\.predecessor))
    var links: [OrganisationID: [SuccessionLink]] = [:]
    for link in said {
      links[link.predecessor, default: []].append(link)
      links[link.successor, default: []].append(link)
    }
    self.links = links
  }

  /// The code of a body on the day, or the nearest one as `ODSDirectory` finds it. Nil if it never had one.
  package func code(of organisation: OrganisationID) -> String? {
    directory.bodies[organisation]?.code(on: directory.day)
  }

  package func hasRecord(_ code: String) -> Bool { primaryRoles[code] != nil }

  /// The record of a code. Nil if no kind of its bodies has a role.
  func record(_ entry: ODSDirectory.Entry) -> ODSRecord? {
    guard let primary = primaryRoles[entry.code], let last = entry.bearers.last else { return nil }
    let dates = dates(of: entry)
    return ODSRecord(
      code: entry.code, name: directory.name(of: last.body), dates: dates,
      lastChange: entry.bearers.map(\.body.lastChange).max() ?? "", roles: roles(of: entry, primary, dates),
      relationships: relationships(of: entry), successions: successions(of: entry))
  }

  // MARK: Parts

  /// The role of a care trust goes before that of a primary care trust (invariant 2).
  private static func primaryRole(of kinds: [String]) -> ODSRole? {
    ODSRole.roles(ofKind: kinds.contains("care-trust") ? "care-trust" : "").primary
      ?? kinds.lazy.compactMap { ODSRole.roles(ofKind: $0).primary }.last
  }

  /// `period` without the time in which the body had another code.
  private func cut(
    _ period: Period, to bearer: (body: ODSDirectory.Organisation, id: OrganisationID, period: Period)
  ) -> Period? {
    let isFirst = bearer.body.codes.first?.period == bearer.period
    let isLast = bearer.body.codes.last?.period == bearer.period
    let start = isFirst ? period.start : max(period.start, bearer.period.start)
    let end = isLast ? period.end : [period.end, bearer.period.end].compactMap { $0 }.min()
    return end.map { start < $0 } ?? true ? Period(start, end) : nil
  }

  /// The dates on each timeline. If the last body lacks one that an earlier body has, its other timeline gives the end.
  private func dates(of entry: ODSDirectory.Entry) -> ODSRecord.Dates {
    func span(_ timeline: (ODSDirectory.Organisation) -> Period?, _ other: (ODSDirectory.Organisation) -> Period?)
      -> Period?
    {
      guard let first = entry.bearers.first(where: { timeline($0.body) != nil }), let last = entry.bearers.last,
        let start = timeline(first.body).flatMap({ cut($0, to: first) })?.start,
        let end = (timeline(last.body) ?? other(last.body)).flatMap({ cut($0, to: last) })
      else { return nil }
      return Period(start, end.end)
    }
    var dates = ODSRecord.Dates(legal: span(\.legal, \.operational), operational: span(\.operational, \.legal))
    // A body may begin to operate before it exists in law.
    if let legal = dates.legal, let first = entry.bearers.first, let before = first.body.operation,
      dates.operational != nil || before.start < legal.start
    {
      let start = cut(before, to: first)?.start ?? before.start
      let known = dates.operational ?? legal
      dates.operational = Period(min(start, known.start), known.end)
    }
    return dates
  }

  private func roles(
    of entry: ODSDirectory.Entry, _ primary: String, _ dates: ODSRecord.Dates
  ) -> [ODSRecord.Role] {
    var periods: [String: (role: ODSRole, period: Period)] = [:]
    for bearer in entry.bearers {
      for kind in bearer.body.kinds {
        guard let period = cut(kind.period, to: bearer) else { continue }
        let roles = ODSRole.roles(ofKind: kind.content)
        for role in [roles.primary, roles.other].compactMap({ $0 })
        where role.id == primary || role.id == roles.other?.id {
          periods[role.id] = (role, periods[role.id].map { Self.joined($0.period, period) } ?? period)
        }
      }
    }
    return periods.values.map { role, period in
      let isWhole = dates.periods.contains { period.contains($0) }
      return ODSRecord.Role(
        role: role, isPrimary: role.id == primary,
        dates: role.id == primary || isWhole ? dates : ODSRecord.Dates(operational: period))
    }
    .sorted { ($0.isPrimary ? 0 : 1, $0.role.id) < ($1.isPrimary ? 0 : 1, $1.role.id) }
  }

  private static func joined(_ period: Period, _ other: Period) -> Period {
    let ends = [period.end, other.end]
    return Period(min(period.start, other.start), ends.contains(nil) ? nil : ends.compactMap { $0 }.max())
  }

  private func target(_ organisation: OrganisationID, on day: Day) -> ODSRecord.Target? {
    guard let code = directory.bodies[organisation]?.code(on: day), let role = primaryRoles[code] else { return nil }
    return ODSRecord.Target(code: code, primaryRole: role)
  }

  /// Where bodies lie, and who commissions them. A relationship that goes on with another body of the same code is one.
  private func relationships(of entry: ODSDirectory.Entry) -> [ODSRecord.Relationship] {
    var relationships: [ODSRecord.Relationship] = []
    for superior in entry.bearers.flatMap({ bearer in
      bearer.body.superiors.compactMap { superior in cut(superior.period, to: bearer).map { (superior.content, $0) } }
    }).sorted(by: { $0.1.start < $1.1.start }) {
      guard let target = target(superior.0.body, on: superior.1.start), target.code != entry.code else { continue }
      let id: String
      switch superior.0.kind {
      case "part-of" where ODSRole.upper.contains(target.primaryRole): id = "RE5"
      case "member-of": id = "RE4"
      default: continue
      }
      if let index = relationships.firstIndex(where: {
        $0.id == id && $0.target.code == target.code && $0.period.end == superior.1.start
      }) {
        relationships[index].period.end = superior.1.end
      } else {
        relationships.append(ODSRecord.Relationship(id: id, target: target, period: superior.1))
      }
    }
    return relationships.sorted { ($0.period.start, $0.id, $0.target.code) < ($1.period.start, $1.id, $1.target.code) }
  }

  private func successions(of entry: ODSDirectory.Entry) -> [ODSRecord.Succession] {
    var seen: Set<[String]> = []
    return entry.bearers.flatMap { bearer -> [ODSRecord.Succession] in
      (links[bearer.id] ?? []).compactMap { link in
        let isForward = link.predecessor == bearer.id
        let other = isForward ? link.successor : link.predecessor
        guard bearer.body.code(on: isForward ? link.day.previous : link.day) == entry.code,
          let target = target(other, on: isForward ? link.day : link.day.previous), target.code != entry.code,
          seen.insert(["\(isForward)", target.code, link.day.description]).inserted
        else { return nil }
        return ODSRecord.Succession(
          isForward: isForward, target: target, day: link.day, goesOn: isForward && succeeded.contains(other))
      }
    }
    .sorted { ($0.day, $0.isForward ? 1 : 0, $0.target.code) < ($1.day, $1.isForward ? 1 : 0, $1.target.code) }
  }
}
