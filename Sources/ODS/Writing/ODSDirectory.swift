package import RegistryStorage

/// The bodies of a register as a file that the Organisation Data Service issues on one day would show them.
///
/// Kept here:
/// 1. A file shows what is known on its day of issue: what begins later is not in it, and what ends later goes on.
/// 2. Each table is read once, whatever the number of bodies.
/// 3. Entries are in the order of their codes, the facts of one body in the order of time.
package struct ODSDirectory {
  /// A code, a name, a kind or another body, and for how long it holds.
  struct Fact<Content> {
    let content: Content
    let period: Period
  }

  struct Organisation {
    var key = ""
    /// From the first day of the first life to the end of the last.
    var legal: Period?
    var operational: Period?
    /// Whether its first day in operation is only the first on which a source shows it.
    var isFirstDayUnknown = false
    /// In the scheme of the service.
    var codes: [Fact<String>] = []
    /// The names in all schemes. The one with the lowest rank is shown.
    var names: [Fact<(rank: Int64, value: String)>] = []
    var kinds: [Fact<String>] = []
    var superiors: [Fact<(kind: String, body: OrganisationID)>] = []
    /// When something about it was last recorded: `YYYY-MM-DD`.
    var lastChange = ""

    /// When it existed in operation. Without operational dates, the legal ones.
    var operation: Period? { operational ?? legal }

    /// The code on `day`. If it has none then, the last one before, or else the first one after.
    func code(on day: Day) -> String? {
      (codes.last { $0.period.start <= day } ?? codes.first)?.content
    }
  }

  /// A code, with the bodies that had it one after the other.
  struct Entry {
    let code: String
    let bearers: [(body: Organisation, id: OrganisationID, period: Period)]
  }

  static let scheme = "ods"

  /// The day of issue.
  package let day: Day
  private(set) var bodies: [OrganisationID: Organisation] = [:]

  package init(_ registry: Registry, on day: Day) throws(DatabaseError) {
    self.day = day
    try load(registry.database)
  }

  /// All codes, in their order.
  var entries: [Entry] {
    var bearers: [String: [(body: Organisation, id: OrganisationID, period: Period)]] = [:]
    for (id, body) in bodies {
      for code in body.codes { bearers[code.content, default: []].append((body, id, code.period)) }
    }
    return bearers.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { code, bearers in
      Entry(code: code, bearers: bearers.sorted { ($0.period.start, $0.id) < ($1.period.start, $1.id) })
    }
  }

  /// Whether a period has ended by the day of issue, its last day included.
  func hasEnded(_ period: Period) -> Bool { period.lastDay.map { $0 <= day } ?? false }

  /// Whether something goes on after the day of issue on one of its timelines.
  func isActive(_ dates: ODSOrganisation.Dates) -> Bool { !dates.periods.allSatisfy(hasEnded) }

  /// The day on which to look at a body: its last day if it has one, or else the day of issue.
  func reference(_ body: Organisation) -> Day { body.operation?.lastDay ?? day }

  /// The kinds of a body on the day on which to look at it.
  func kinds(of body: Organisation) -> [String] {
    let day = reference(body)
    let standing = body.kinds.filter { $0.period.contains(day) }
    return (standing.isEmpty ? body.kinds.suffix(1) : standing).map(\.content)
  }

  /// The name in capitals, as the service writes it. Nil if the register has none.
  func name(of body: Organisation) -> String? {
    let day = reference(body)
    for names in Dictionary(grouping: body.names, by: \.content.rank).sorted(by: { $0.key < $1.key }) {
      if let name = names.value.last(where: { $0.period.start <= day }) { return name.content.value.uppercased() }
    }
    return body.names.min { $0.period.start < $1.period.start }?.content.value.uppercased()
  }

  // MARK: Reading

  private mutating func load(_ database: Database) throws(DatabaseError) {
    let issued: [Value] = [Value(day)]
    for (id, key) in try database.query("SELECT id, key FROM organisation", [], { ($0.organisation(0), $0.text(1)) }) {
      bodies[id, default: Organisation()].key = key
    }
    for row in try database.query(
      Self.facts("timeline, from_status", "life"), issued,
      { (id: $0.organisation(0), period: clipped($0), timeline: $0.text(3), status: $0.text(4)) })
    {
      let isLegal = row.timeline == Timeline.legal.rawValue
      let known = isLegal ? bodies[row.id]?.legal : bodies[row.id]?.operational
      let period = Period(known?.start ?? row.period.start, row.period.end)
      if isLegal {
        bodies[row.id]?.legal = period
      } else {
        if known == nil { bodies[row.id]?.isFirstDayUnknown = row.status == Certainty.unknown.rawValue }
        bodies[row.id]?.operational = period
      }
    }
    let codes = Self.facts("value", "code JOIN scheme ON scheme.id = scheme_id AND scheme.key = ?2")
    try add(to: \.codes, from: database, codes, issued + [.text(Self.scheme)]) { $0.text(3) }
    try add(to: \.kinds, from: database, Self.facts("kind.key", "role JOIN kind ON kind.id = kind_id"), issued) {
      $0.text(3)
    }
    let superiors = Self.facts(
      "kind.key, superior_id", "relationship JOIN relationship_kind AS kind ON kind.id = kind_id")
    try add(to: \.superiors, from: database, superiors, issued) { (kind: $0.text(3), body: $0.organisation(4)) }
    // Names that begin later too: a body may have no other.
    let names = """
      SELECT organisation_id, valid_from, valid_to, iif(scheme.key = ?1, -1, dense_rank() OVER (ORDER BY rank)), value
      FROM name JOIN scheme ON scheme.id = scheme_id WHERE superseded_in IS NULL ORDER BY organisation_id, valid_from
      """
    try add(to: \.names, from: database, names, [.text(Self.scheme)]) { (rank: $0.integer(3), value: $0.text(4)) }
    try loadChanges(database)
  }

  /// Adds the facts that a query returns to their bodies.
  private mutating func add<Content>(
    to facts: WritableKeyPath<Organisation, [Fact<Content>]>, from database: Database, _ sql: String,
    _ values: [Value], _ content: (Statement) -> Content
  ) throws(DatabaseError) {
    for (id, fact) in try database.query(
      sql, values, { ($0.organisation(0), Fact(content: content($0), period: clipped($0))) })
    {
      bodies[id]?[keyPath: facts].append(fact)
    }
  }

  private mutating func loadChanges(_ database: Database) throws(DatabaseError) {
    let tables = ["life", "code", "name", "role", "relationship"]
    let rows = tables.map { "SELECT organisation_id, opened_in FROM \($0) WHERE superseded_in IS NULL" }
    for (id, recordedAt) in try database.query(
      """
      WITH said AS (\(rows.joined(separator: " UNION ALL "))),
      latest AS (SELECT organisation_id, max(opened_in) AS opened_in FROM said GROUP BY organisation_id)
      SELECT organisation_id, recorded_at FROM latest JOIN revision ON revision.id = latest.opened_in
      """, [], { ($0.organisation(0), $0.text(1)) })
    {
      bodies[id]?.lastChange = String(recordedAt.prefix(10))
    }
  }

  /// Facts that have begun by ?1.
  private static func facts(_ columns: String, _ tables: String) -> String {
    """
    SELECT organisation_id, valid_from, valid_to, \(columns) FROM \(tables)
    WHERE superseded_in IS NULL AND valid_from <= ?1 ORDER BY organisation_id, valid_from
    """
  }

  /// Invariant 1.
  private func clipped(_ row: Statement) -> Period {
    let period = Period(row.day(1), row.optionalDay(2))
    return hasEnded(period) ? period : Period(period.start, nil)
  }
}
