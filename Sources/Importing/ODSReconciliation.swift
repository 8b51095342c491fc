import Storage

/// Holds the rows of an ODS file of commissioners (eccg) against the register.
///
/// Kept here:
/// 1. The file says what was so on the day of its issue: a name in it is the name of the body that lives then, or of the
///    closed body at its end, never of a body that had the code before.
/// 2. What the register has is kept; where the file says otherwise, that is a finding.
/// 3. A code whose row is now a sub-ICB location was that of a clinical commissioning group until the Health and Care
///    Act 2022 took effect: one row, two bodies.
public struct ODSReconciliation {
  public struct Finding: Equatable, Sendable {
    public let line: Int
    public let code: String
    /// What differs: `name`, `opened`, `closed`, `kind`.
    public let what: String
    public let register: String
    public let file: String
  }

  public private(set) var changes: [Change] = []
  public private(set) var findings: [Finding] = []
  public private(set) var rejects: [Reject] = []
  /// Rows of which the register says all.
  public private(set) var sameRows = 0
  /// How many rows there are of each sort: `ccg or sub-icb-location`, `commissioning-hub`, ...
  public private(set) var rowsOfKind: [(kind: String, count: Int)] = []

  private static let act = Day(year: 2022, month: 7, day: 1) ?? .distantFuture

  private let file: ODSFile
  private let registry: Registry
  private let issued: Day
  private let source: String
  private var differs = false

  /// - Parameters:
  ///   - issued: the day of issue; nil: the latest day that the file mentions.
  ///   - vocabulary: definitions of the schemes and kinds that an empty register lacks.
  public init(
    _ file: ODSFile, against registry: Registry, issued: Day?, vocabulary: [Change]
  ) throws {
    let known = file.rows.count { !$0.roles.isEmpty && Self.kinds(of: $0) != nil }
    let unknown = file.rows.count { Self.kinds(of: $0) == nil }
    guard known > 0, known >= unknown else {
      throw ODSFile.Refusal(
        description:
          "\(file.name): \(known == 0 ? "no row" : "only \(known) rows") of \(file.rows.count) have the sub-type of a commissioner in column 14: this is another ODS file "
          + "than eccg, the only one that is read so far; nothing was changed")
    }
    self.file = file
    self.registry = registry
    let mentioned = file.rows.flatMap { [$0.firstDay, $0.lastDay] }.compactMap { $0 }
    self.issued = issued ?? mentioned.max() ?? Moment.today
    source = "ods-csv-\(self.issued)"
    if try registry.kinds().isEmpty { changes += vocabulary }
    changes.append(
      Change(
        .source(
          key: source,
          Citation(
            title: "Organisation Data Service, file of commissioners as issued by \(self.issued)",
            instrument: .odsRecord))))
    for row in file.rows { try reconcile(row) }
    let order = ["ccg or sub-icb-location", "commissioning-hub", "sub-icb-reporting-entity"]
    rowsOfKind = order.map { kind in (kind, file.rows.count { Self.sort($0) == kind }) }
    // Nothing but the citation of a file that says nothing new is nothing.
    if changes.count == 1 { changes = [] }
  }

  // MARK: Rows

  private static func sort(_ row: ODSFile.Row) -> String? {
    kinds(of: row).map { kinds in
      kinds[0] == "ccg" || kinds[0] == "sub-icb-location" ? "ccg or sub-icb-location" : kinds[0]
    }
  }

  /// The kinds that the sub-types of a row stand for, the main one first; nil: unknown.
  private static func kinds(of row: ODSFile.Row) -> [String]? {
    let meaning = [
      "RO319": "sub-icb-location", "RO326": "icb-commissioning-proxy", "RO327": "sub-icb-reporting-entity",
      "RO218": "commissioning-hub", "C": "ccg", "H": "commissioning-hub",
    ]
    // In the current dialect a clinical commissioning group that has closed has no sub-type left.
    if row.roles.isEmpty { return row.lastDay == nil ? nil : ["ccg"] }
    let kinds = row.roles.map { meaning[$0] }
    return kinds.contains(nil)
      ? nil : kinds.compactMap { $0 }.sorted { $0 != "icb-commissioning-proxy" && $1 == "icb-commissioning-proxy" }
  }

  private mutating func reconcile(_ row: ODSFile.Row) throws(DatabaseError) {
    guard let kinds = Self.kinds(of: row) else {
      rejects.append(
        Reject(
          file: file.name, line: row.line, column: 14, value: row.roles.joined(separator: "|"),
          reason: "'\(row.roles.joined(separator: "|"))' is no sub-type of a commissioner: is this another ODS file?"))
      return
    }
    guard let firstDay = row.firstDay else {
      rejects.append(
        Reject(file: file.name, line: row.line, column: 11, value: "", reason: "the opening date is missing"))
      return
    }
    differs = false
    let before = changes.count
    let bearers = try registry.organisations(named: row.code)
    if bearers.isEmpty {
      create(row, kinds, from: firstDay)
    } else {
      try compare(row, kinds, from: firstDay, with: bearers)
    }
    if !differs, changes.count == before { sameRows += 1 }
  }

  // MARK: New bodies

  private mutating func create(_ row: ODSFile.Row, _ kinds: [String], from firstDay: Day) {
    if kinds[0] == "sub-icb-location", firstDay < Self.act {
      add("ccg-\(row.code)", row, kinds: ["ccg"], firstDay, Self.act.previous, name: nil, .stated, .derived)
      add("location-\(row.code)", row, kinds: kinds, Self.act, row.lastDay, name: row.name, .derived, .stated)
    } else {
      let prefixes = [
        "sub-icb-location": "location", "commissioning-hub": "hub", "sub-icb-reporting-entity": "reporting",
      ]
      let key = "\(prefixes[kinds[0]] ?? kinds[0])-\(row.code)"
      add(key, row, kinds: kinds, firstDay, row.lastDay, name: row.name, .stated, .stated)
    }
  }

  private mutating func add(
    _ key: String, _ row: ODSFile.Row, kinds: [String], _ firstDay: Day, _ lastDay: Day?, name: String?,
    _ status: Certainty, _ endStatus: Certainty
  ) {
    say(.organisation(key: key), row)
    let end = lastDay?.next
    say(.life(organisation: key, timeline: .operational), row, from: firstDay, end, status, endStatus)
    say(.code(organisation: key, scheme: "ods", value: row.code), row, from: firstDay, end, status, endStatus)
    for kind in kinds {
      say(.role(organisation: key, kind: kind, scheme: nil), row, from: firstDay, end, status, endStatus)
    }
    if let name {
      // The name on the day of issue, or at the end; since when, the file does not say.
      let seen = min(lastDay ?? issued, issued)
      say(
        .name(organisation: key, scheme: "ods", value: name), row, from: max(firstDay, min(seen, issued)), end,
        .unknown, endStatus)
    }
  }

  private mutating func say(
    _ content: Change.Content, _ row: ODSFile.Row, from firstDay: Day? = nil, _ end: Day? = nil,
    _ status: Certainty = .stated, _ endStatus: Certainty = .stated
  ) {
    var change = Change(content, start: firstDay.map { .day($0) }, end: end, status: status, endStatus: endStatus)
    if firstDay != nil { change.source = source }
    change.origin = Change.Origin(file: file.name, line: row.line)
    changes.append(change)
  }

  // MARK: Known bodies

  private mutating func compare(
    _ row: ODSFile.Row, _ kinds: [String], from firstDay: Day, with bearers: [Int64]
  ) throws(DatabaseError) {
    let bodies = try registry.summaries(of: bearers, timeline: .operational)
      .sorted { ($0.firstDay ?? .distantPast) < ($1.firstDay ?? .distantPast) }
    guard let first = bodies.first, let last = bodies.last(where: { $0.firstDay.map { $0 <= issued } ?? true }) else {
      return find(row, "opened", register: "later than the issue of the file", file: firstDay.description)
    }
    if let known = first.firstDay, known != firstDay, first.firstDayStatus == .stated {
      find(row, "opened", register: known.description, file: firstDay.description)
    }
    // A body that closed after the issue of the file was open in it.
    let knownEnd = last.lastDay.flatMap { $0 > issued ? nil : $0 }
    if knownEnd != row.lastDay {
      find(row, "closed", register: knownEnd?.description ?? "open", file: row.lastDay?.description ?? "open")
    }
    let day = min(knownEnd ?? issued, issued)
    guard let detail = try registry.detail(of: last.id, on: day) else { return }
    compareName(row, last, detail, on: day)
    compareKinds(row, kinds, last, detail, on: day)
  }

  private mutating func compareName(
    _ row: ODSFile.Row, _ body: OrganisationSummary, _ detail: OrganisationDetail, on day: Day
  ) {
    let names = detail.names.compactMap { $0["value"] }
    if names.isEmpty {
      say(.name(organisation: body.key, scheme: "ods", value: row.name), row, from: day, nil, .unknown)
    } else if !names.contains(where: { Self.sameName($0, row.name) }) {
      find(row, "name", register: names.joined(separator: " / "), file: row.name)
    }
  }

  private mutating func compareKinds(
    _ row: ODSFile.Row, _ kinds: [String], _ body: OrganisationSummary, _ detail: OrganisationDetail, on day: Day
  ) {
    let known = detail.roles.compactMap { $0["kind"] }
    for kind in kinds where !known.contains(kind) {
      if kind == "icb-commissioning-proxy" {
        say(.role(organisation: body.key, kind: kind, scheme: nil), row, from: day, nil, .unknown)
      } else {
        find(row, "kind", register: known.joined(separator: "|"), file: kind)
      }
    }
  }

  private mutating func find(_ row: ODSFile.Row, _ what: String, register: String, file: String) {
    differs = true
    findings.append(Finding(line: row.line, code: row.code, what: what, register: register, file: file))
  }

  /// The service writes upper case and its own punctuation: only letters and digits count.
  private static func sameName(_ left: String, _ right: String) -> Bool {
    func essence(_ name: String) -> String {
      name.uppercased().replacing("&", with: "AND").filter { $0.isLetter || $0.isNumber }
    }
    return essence(left) == essence(right)
  }
}
