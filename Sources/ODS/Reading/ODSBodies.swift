package import Reconcile
package import RegistryStorage

/// What a 27-column file is about, told from its contents, and what its rows say in the words of the register.
///
/// Kept here:
/// 1. A code whose row is now a sub-ICB location was that of a clinical commissioning group until the Health and Care
///    Act 2022 took effect: one row, two bodies.
/// 2. The commissioner of a practice is where it belongs, which is a relationship; its territory is another matter. It
///    is read whether or not the user says the kind.
/// 3. The sub-type of a group says nothing about a body that opened when there were no groups any more.
package struct ODSBodies: SourceContents {
  private enum Category: String {
    case commissioners = "commissioners (eccg)"
    case practices = "practices and other prescribers (epraccur)"
    case trusts = "trusts (etr)"
    case other = "another file of 27 columns"
  }

  private let category: Category
  private let file: ODSFile
  private let statedKind: String?

  /// - Parameter kind: the kind of all bodies of the file. Without it, the contents tell their kinds.
  package init(_ file: ODSFile, kind: String? = nil) {
    self.file = file
    statedKind = kind
    category = Self.category(of: file)
  }

  package var lineCount: Int { file.lineCount }
  package var rejects: [Reject] { file.rejects }
  package var doubts: [String] { file.doubts }
  package var latestDay: Day? {
    let hasLocations = file.rows.contains { $0.roles.contains(ODSRole.subICBLocation.id) }
    let days = [file.latestDay, hasLocations ? Day.healthAndCareAct : nil]
    return days.compactMap(\.self).max()
  }
  package var title: String { "Organisation Data Service, file of \(category.rawValue)" }

  package var stem: String {
    switch category {
    case .commissioners: "eccg"
    case .practices: "epraccur"
    case .trusts: "etr"
    case .other: statedKind ?? "bodies"
    }
  }

  private static func category(of file: ODSFile) -> Category {
    func most(_ condition: (ODSFile.Row) -> Bool) -> Bool { file.rows.count(where: condition) * 2 > file.rows.count }
    if most({ !$0.setting.isEmpty && ($0.roles == ["B"] || $0.roles == ["Z"]) }) { return .practices }
    let commissioners = file.rows.count { !$0.roles.isEmpty && commissionerKinds(of: $0) != nil }
    let strangers = file.rows.count { commissionerKinds(of: $0) == nil }
    if commissioners > 0, commissioners >= strangers { return .commissioners }
    if most({ $0.roles.isEmpty && $0.parent.isEmpty && $0.provider.count == 1 && $0.code.hasPrefix("R") }) {
      return .trusts
    }
    return .other
  }

  package func reconcile(
    with reconciler: inout Reconciler, _ registry: Registry, _ options: ImportOptions
  ) -> [String] {
    // Commissioners that the register lacks are made without a kind.
    if options.createsMissing {
      var stubs = Stubs()
      for parent in file.rows.compactMap(parent(of:)) {
        stubs.add(parent.superior, nil, parent.period, line: parent.line)
      }
      stubs.make(in: &reconciler)
    }
    for row in file.rows {
      let role = row.roles.joined(separator: "|")
      guard var roles = roles(of: row) else {
        reconciler.judge { $0.reject(row.line, 14, role, "'\(role)' is no sub-type of a commissioner") }
        continue
      }
      guard let firstDay = row.firstDay else {
        reconciler.judge { $0.reject(row.line, 11, "", "the opening date is missing") }
        continue
      }
      if statedKind == nil, roles == ["ccg"], firstDay >= Day.healthAndCareAct {
        guard reconciler.index.isKnown(row.code, reconciler.scheme) else {
          reconciler.judge {
            $0.reject(row.line, 14, role, "\(ODSRole.noGroup(since: firstDay)): say --kind to enter it", way: .kind)
          }
          continue
        }
        roles = []
      }
      var record = SourceRecord.Organisation(
        line: row.line, code: row.code, name: row.name, roles: roles.map { SourceRecord.Organisation.Role($0) },
        operational: Period(from: firstDay, through: row.lastDay))
      if roles.first == "sub-icb-location" { record.before = ("ccg", Day.healthAndCareAct) }
      reconciler.judge(record, under: parent(of: row))
    }
    return [rowsOfKinds] + (file.trimmedFields > 0 ? ["blanks were cut from \(file.trimmedFields) fields"] : [])
  }

  private func parent(of row: ODSFile.Row) -> SourceRecord.Relationship? {
    let isMember = category == .practices || statedKind.map(ODSRole.members.contains) ?? false
    guard isMember, !row.parent.isEmpty, let joined = row.joined else { return nil }
    var relationship = SourceRecord.Relationship(
      line: row.line, code: row.code, superior: row.parent, kind: "member-of",
      period: Period(from: joined, through: row.left))
    relationship.isExclusive = true
    return relationship
  }

  // MARK: Kinds

  /// How many rows there are of each kind: `3 ccg or sub-icb-location, 1 commissioning-hub`.
  private var rowsOfKinds: String {
    var counts: [String: Int] = [:]
    for row in file.rows { counts[words(for: row), default: 0] += 1 }
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return sorted.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
  }

  /// The kinds that a row stands for. Nil if one is not known.
  private func roles(of row: ODSFile.Row) -> [String]? {
    if let statedKind { return [statedKind] }
    switch category {
    case .commissioners: return Self.commissionerKinds(of: row)
    case .practices: return [["4", "RO76"].contains(row.setting) ? "gp-practice" : "prescribing-cost-centre"]
    case .trusts: return ["nhs-trust"]
    case .other: return []
    }
  }

  private func words(for row: ODSFile.Row) -> String {
    guard let kind = roles(of: row)?.first else { return "without a kind" }
    return category == .commissioners && ["ccg", "sub-icb-location"].contains(kind) ? "ccg or sub-icb-location" : kind
  }

  /// The kinds that the sub-types of a commissioner stand for, the main one first. Nil if one is not known.
  private static func commissionerKinds(of row: ODSFile.Row) -> [String]? {
    // In the current dialect a closed clinical commissioning group has no sub-type.
    if row.roles.isEmpty { return row.lastDay == nil ? nil : ["ccg"] }
    let kinds = row.roles.map { ODSRole.kindsOfSubTypes[$0] }
    return kinds.contains(nil)
      ? nil : kinds.compactMap { $0 }.sorted { $0 != "icb-commissioning-proxy" && $1 == "icb-commissioning-proxy" }
  }
}
