package import Reconcile
package import RegistryStorage

/// What the XML files of the Organisation Data Service (HSCOrgRefData) say, in the words of the register.
///
/// Kept here:
/// 1. The files hold everything from trusts to branch surgeries. An organisation is read if the register keeps its kind
///    or knows its code; the others are counted by role.
/// 2. One record may stand for two bodies: a commissioning group whose record became that of a sub-ICB location, or a
///    partnership whose record became that of an integrated care board.
/// 3. Relationships and successions are judged after all bodies, because the other body may come later in the file.
///    Both bodies name a succession, which is judged once.
///
/// This is a class because a file that is read as a stream cannot be copied.
package final class ODSRegister: SourceContents {
  private var file: ODSXMLFile
  package private(set) var lineCount = 0
  package private(set) var rejects: [Reject] = []
  /// How many organisations have no kind that the register keeps, by the id of their primary role.
  private var passedOver: [String: Int] = [:]
  package var passedOverCount: Int { passedOver.values.reduce(0, +) }
  private var relationships: [SourceRecord.Relationship] = []
  private var otherRelationships = 0
  private var successions: Set<Succession> = []
  private var lineOfCode: [String: Int] = [:]

  private struct Succession: Hashable {
    let predecessor: String
    let successor: String
    let day: Day
  }

  package init(_ file: consuming ODSXMLFile) { self.file = file }

  package var statedIssue: Day? { file.manifest.publicationDate }
  package var latestDay: Day? { statedIssue }
  package var stem: String { "register" }
  package var title: String { "Organisation Data Service, reference data (HSCOrgRefData)" }

  /// Reads the file to its end, and holds all that it says against the register.
  package func reconcile(
    with reconciler: inout Reconciler, _ registry: Registry, _ options: ImportOptions
  ) throws -> [String] {
    let known = try KnownSuccessions(registry)
    while let entry = try file.next() {
      lineCount += 1
      switch entry {
      case .reject(let reject): rejects.append(reject)
      case .organisation(let organisation): judge(organisation, reconciler: &reconciler)
      }
    }
    let rows = reconciler.verdicts
    for relationship in relationships.latestFirst { reconciler.judge(relationship, ofBodyRow: true) }
    for succession in successions.sorted(by: {
      ($0.day, $0.predecessor, $0.successor) < ($1.day, $1.predecessor, $1.successor)
    })
    where reconciler.index.isKnown(succession.predecessor, reconciler.scheme)
      && reconciler.index.isKnown(succession.successor, reconciler.scheme)
    {
      let line = lineOfCode[succession.successor] ?? lineOfCode[succession.predecessor] ?? 1
      reconciler.judge(
        SourceRecord.Succession(
          line: line, predecessor: succession.predecessor, successor: succession.successor, day: succession.day),
        known: known)
    }
    // These are about organisations whose rows are counted already.
    reconciler.verdicts = rows
    return remarks()
  }

  private func remarks() -> [String] {
    var remarks: [String] = []
    if !passedOver.isEmpty {
      let roles = passedOver.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let few = roles.prefix(5).map { "\($0.value) \(file.displayNames[$0.key] ?? $0.key)" }.joined(separator: ", ")
      remarks.append(
        "\(passedOverCount) organisations are of no kind that the register keeps: \(few)"
          + (roles.count > 5 ? ", ..." : ""))
    }
    remarks.append(
      "\(relationships.count) relationships and \(successions.count) successions of bodies of the register, "
        + "\(otherRelationships) relationships of other kinds")
    if let difference = file.countDifference { remarks.append(difference) }
    return remarks
  }

  // MARK: Bodies

  private func judge(_ organisation: ODSOrganisation, reconciler: inout Reconciler) {
    let kinds = Self.kinds(of: organisation).filter { reconciler.index.kinds.contains($0.kind) }
    let isKnown = reconciler.index.isKnown(organisation.code, reconciler.scheme)
    guard isKnown || !kinds.isEmpty else {
      let role = organisation.roles.first { $0.isPrimary }?.id ?? ""
      passedOver[role, default: 0] += 1
      return
    }
    if let first = lineOfCode.updateValue(organisation.line, forKey: organisation.code) {
      let reason = "'\(organisation.code)' is already in line \(first)"
      rejects.append(
        Reject(
          file: reconciler.file, line: organisation.line, column: 1, value: organisation.code, reason: reason))
      return
    }
    var record = SourceRecord.Organisation(
      line: organisation.line, code: organisation.code, name: organisation.name,
      roles: kinds.map { SourceRecord.Organisation.Role($0.kind, $0.period) },
      operational: organisation.dates.operational, legal: organisation.dates.legal)
    record.before = Self.before(kinds)
    reconciler.judge(record)
    noteRelationships(organisation, kinds)
    noteSuccessions(organisation)
  }

  private typealias DatedKind = (kind: String, period: Period?)

  private static func kinds(of organisation: ODSOrganisation) -> [DatedKind] {
    let roles = organisation.roles
    var kinds = ODSRole.kinds.compactMap { meaning in
      roles.first { $0.id == meaning.role.id }.map { (meaning.kind, period($0.dates)) }
    }
    // A practice is also a prescribing cost centre by its primary role, which says less.
    if kinds.contains(where: { $0.0 == "gp-practice" }) { kinds.removeAll { $0.0 == "prescribing-cost-centre" } }
    if kinds.isEmpty, let role = roles.first(where: { $0.id == ODSRole.commissioner.id }) {
      kinds = [("ccg", period(role.dates))]
    }
    // The role of a group says nothing about a body that opened when there were no groups any more.
    kinds.removeAll { $0.0 == "ccg" && $0.1.map { $0.start >= Day.healthAndCareAct } ?? false }
    return kinds
  }

  private static func period(_ dates: ODSOrganisation.Dates) -> Period? {
    dates.operational ?? dates.legal
  }

  /// Invariant 2.
  private static func before(_ kinds: [DatedKind]) -> (kind: String, end: Day)? {
    guard let main = kinds.first, let start = main.period?.start else { return nil }
    switch main.kind {
    case "sub-icb-location": return ("ccg", start)
    case "icb": return kinds.contains { $0.kind == "stp" } ? ("stp", start) : nil
    default: return nil
    }
  }

  // MARK: Links

  private func noteRelationships(_ organisation: ODSOrganisation, _ kinds: [DatedKind]) {
    let isMember = kinds.contains { ODSRole.members.contains($0.kind) }
    for relationship in organisation.relationships {
      let kind: String? =
        switch relationship.id {
        case "RE4" where isMember: "member-of"
        // Commissioners lie in systems, and systems in regions. For practices this says only where they are.
        case "RE5" where ODSRole.upperWhenRead.contains(relationship.target.primaryRole) && !isMember: "part-of"
        case "RE2" where ODSRole.upperWhenRead.contains(relationship.target.primaryRole): "part-of"
        default: nil
        }
      guard let kind, let period = Self.period(relationship.dates) else {
        otherRelationships += 1
        continue
      }
      var record = SourceRecord.Relationship(
        line: organisation.line, code: organisation.code, superior: relationship.target.code, kind: kind,
        period: period)
      record.isExclusive = isMember
      relationships.append(record)
    }
  }

  private func noteSuccessions(_ organisation: ODSOrganisation) {
    for succession in organisation.successions {
      let (here, there) = (organisation.code, succession.target.code)
      let isForward = succession.direction == .successor
      successions.insert(
        Succession(
          predecessor: isForward ? here : there, successor: isForward ? there : here, day: succession.firstDay))
    }
  }
}
