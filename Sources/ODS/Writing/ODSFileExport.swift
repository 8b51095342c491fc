package import RegistryFormats
import Reconcile
package import RegistryStorage

/// Bodies as a 27-column file of the Organisation Data Service.
///
/// Kept here:
/// 1. The form is that in which the service issues its files: every field is quoted, lines end with CR and LF, days are
///    YYYYMMDD, names are in capitals, rows are in the order of codes, and there is no header or byte order mark.
/// 2. A code that passed from a clinical commissioning group to a sub-ICB location is one row, opened with the group.
/// 3. What the register lacks (addresses, telephones, the region of a trust) is blank.
/// 4. For a body that exists on the day of issue, column 3 is its region then, and column 4 its office, system or
///    authority.
package struct ODSFileExport {
  package enum Dialect: String, Sendable, CaseIterable {
    /// Until 2022: letters as sub-types, `A` and `C` as states, numbers as settings.
    case legacy
    /// Since 2022: ids of roles.
    case current
  }

  /// What a file says, and what it cannot say.
  package struct Summary: Sendable {
    package var rows = 0
    /// Rows whose opening day is only the first on which a source shows the body.
    package var unknownOpenings = 0
    /// Rows of bodies that have no name in the register.
    package var nameless = 0
  }

  /// The kinds in the service's file of commissioners (eccg).
  package static let commissioners = ["ccg", "sub-icb-location", "commissioning-hub", "sub-icb-reporting-entity"]
  /// The kinds in its file of prescribers (epraccur).
  package static let practices = ["gp-practice", "prescribing-cost-centre"]

  private let directory: ODSDirectory
  private let hierarchy: Hierarchy
  private let kinds: Set<String>
  private let dialect: Dialect
  private let layout = ODSLayout.issued
  private var rows: [[String]] = []
  package private(set) var summary = Summary()

  /// - Parameters:
  ///   - kinds: the file has the bodies that were of one of these by the day of issue.
  ///   - dialect: Without it, the dialect of the day of issue.
  package init(
    _ directory: ODSDirectory, _ hierarchy: Hierarchy, kinds: [String], dialect: Dialect? = nil
  ) throws(Unwritable) {
    self.directory = directory
    self.hierarchy = hierarchy
    self.kinds = Set(kinds)
    self.dialect = dialect ?? (directory.day < .healthAndCareAct ? .legacy : .current)
    for entry in directory.entries { try add(entry) }
  }

  package func write(to sink: any ByteSink) throws(WriteError) { try Self.write(rows, to: sink) }

  /// Writes the rows of a file of the service, whatever its columns.
  static func write(_ rows: [[String]], to sink: any ByteSink) throws(WriteError) {
    var options = CSVWriter.Options()
    (options.lineEnd, options.quoting) = (.crlf, .all)
    var writer = CSVWriter(sink, options: options)
    for row in rows { try writer.write(row) }
  }

  // MARK: Rows

  private mutating func add(_ entry: ODSDirectory.Entry) throws(Unwritable) {
    guard let last = entry.bearers.last(where: { !kinds.isDisjoint(with: $0.body.kinds.map(\.content)) }),
      let opening = opening(of: last, in: entry)
    else { return }
    let body = last.body
    let closing = body.codes.last?.content == entry.code ? body.operation?.end : last.period.end
    var row = [String](repeating: "", count: layout.columnCount)
    row[layout.code] = entry.code
    row[layout.name] = directory.name(of: body) ?? ""
    row[layout.firstDay] = opening.day.compact
    row[layout.lastDay] = closing?.previous.compact ?? ""
    row[21] = dialect == .legacy ? "0" : "1"
    if kinds.isSubset(of: Self.practices) {
      fill(&row, ofPractice: body, isClosed: closing != nil)
    } else {
      row[layout.subType] = try subType(of: body, entry.code, isClosed: closing != nil)
    }
    if closing == nil { place(&row, last.id, body) }
    rows.append(row)
    summary.rows += 1
    if opening.isUnknown { summary.unknownOpenings += 1 }
    if row[layout.name].isEmpty { summary.nameless += 1 }
  }

  /// The first day of a row (invariant 2).
  private func opening(
    of last: (body: ODSDirectory.Organisation, id: OrganisationID, period: Period), in entry: ODSDirectory.Entry
  ) -> (day: Day, isUnknown: Bool)? {
    var first = last
    if directory.kinds(of: last.body).contains("sub-icb-location"),
      let group = entry.bearers.last(where: { $0.period.end == last.period.start }),
      group.body.kinds.contains(where: { $0.content == "ccg" })
    {
      first = group
    }
    guard first.body.codes.first?.content == entry.code else { return (first.period.start, false) }
    return first.body.operation.map { ($0.start, first.body.isFirstDayUnknown) }
  }

  private func subType(of body: ODSDirectory.Organisation, _ code: String, isClosed: Bool) throws(Unwritable) -> String
  {
    let words = dialect == .legacy ? ODSRole.legacySubTypes : ODSRole.subTypes
    let kinds = directory.kinds(of: body)
    for kind in kinds where words[kind] == nil && Self.commissioners.contains(kind) {
      // In the current dialect a closed group has no sub-type.
      if kind == "ccg", isClosed { continue }
      throw Unwritable(
        """
        the \(dialect.rawValue) dialect has no sub-type for '\(code)', which is a \(kind) on \(directory.day): say \
        --dialect \(dialect == .legacy ? Dialect.current.rawValue : Dialect.legacy.rawValue), or another day
        """)
    }
    return kinds.compactMap { words[$0] }.sorted().joined(separator: "|")
  }

  private func fill(_ row: inout [String], ofPractice body: ODSDirectory.Organisation, isClosed: Bool) {
    row[12] = dialect == .legacy ? (isClosed ? "C" : "A") : (isClosed ? "INACTIVE" : "ACTIVE")
    if directory.kinds(of: body).contains("gp-practice") { row[layout.setting] = dialect == .legacy ? "4" : "RO76" }
    let parent = commissioner(of: body)
    row[layout.subType] = parent == nil ? "Z" : "B"
    guard let parent, let superior = directory.bodies[parent.content.body] else { return }
    row[layout.parent] = superior.code(on: parent.period.lastDay ?? directory.day) ?? ""
    row[layout.joined] = parent.period.start.compact
    row[layout.left] = parent.period.lastDay?.compact ?? ""
  }

  /// The last body that a practice belongs to and that has a code of the service. Boards have none.
  private func commissioner(
    of body: ODSDirectory.Organisation
  ) -> ODSDirectory.Fact<(kind: String, body: OrganisationID)>? {
    body.superiors.last {
      $0.content.kind == "member-of" && !(directory.bodies[$0.content.body]?.codes.isEmpty ?? true)
    }
  }

  /// Invariant 4.
  private func place(_ row: inout [String], _ id: OrganisationID, _ body: ODSDirectory.Organisation) {
    let start = commissioner(of: body)?.content.body ?? id
    func code(_ kinds: Set<String>) -> String? {
      guard case .one(let above) = hierarchy.ancestor(of: start, kinds: kinds), above != id else { return nil }
      return directory.bodies[above]?.code(on: directory.day)
    }
    row[2] = code(["region"]) ?? ""
    row[3] = code(["area-team", "local-office"]) ?? code(["stp", "ics", "icb"]) ?? code(["sha"]) ?? ""
  }
}

extension Day {
  /// As the service writes it: `20130401`.
  var compact: String { description.replacing("-", with: "") }
}
