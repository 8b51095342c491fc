/// What stands in the way of an undo.
extension Undo {
  /// A statement of a later revision that would not survive, or not be true any more.
  struct Obstacle {
    let revision: Int64
    /// What that revision did to the fact.
    let verb: String
    let fact: String
    /// Why it stands in the way, where the verb alone does not say it.
    var reason = ""

    var deed: String { "\(verb) \(fact)\(reason)" }
  }

  /// Newest revision first; for each fact one reason.
  func obstacles(_ keys: Keys) throws(DatabaseError) -> [Obstacle] {
    var seen: Set<[String]> = []
    return (changedSince + (try resting()) + (try displacing(keys)))
      .filter { seen.insert([String($0.revision), $0.fact]).inserted }
      .sorted { ($1.revision, $0.fact) < ($0.revision, $1.fact) }
  }

  /// Facts that later revisions changed.
  private var changedSince: [Obstacle] {
    func obstacles<Row>(_ table: String, _ trace: RevisionTrace<Row>) -> [Obstacle] {
      trace.later.map { revision, row in
        Obstacle(
          revision: revision, verb: row == nil ? "retracted" : "changed", fact: Self.spoken(table, trace.identity))
      }
    }
    return facts.flatMap { obstacles($0.table.rawValue, $0.trace) }
      + units.flatMap { obstacles($0.table.name, $0.trace) }
  }

  /// Later facts about a body without any life, an event without a date, or a source without a title.
  private func resting() throws(DatabaseError) -> [Obstacle] {
    var obstacles: [Obstacle] = []
    for establishment in Establishment.all {
      let lost = try lost(establishment)
      guard !lost.isEmpty else { continue }
      for table in FactTable.allCases.map(\.recorded) + [.unit, .unitAmount] {
        for column in establishment.references where table.columns.contains(column) {
          obstacles += try resting(on: establishment.identity, lost, table, column)
        }
      }
    }
    return obstacles
  }

  /// What makes an identity one that others may speak about.
  private struct Establishment {
    let identity: Keys.Identity
    let table: FactTable
    /// The columns in which facts name it.
    let references: [String]

    static let all = [
      Establishment(
        identity: .organisation, table: .life,
        references: ["organisation_id", "superior_id", "for_id", "predecessor_id", "successor_id"]),
      Establishment(
        identity: .event, table: .eventDetail, references: ["event_id", "from_event_id", "to_event_id"]),
      Establishment(identity: .source, table: .citation, references: ["source_id"]),
    ]
  }

  /// The identities that nothing would establish any more.
  private func lost(_ establishment: Establishment) throws(DatabaseError) -> Set<Int64> {
    let table = establishment.table
    let open = facts.filter { $0.table == table && $0.trace.isOpen }.map(\.trace)
    let ending = open.filter { $0.before == nil }
    let owners = Set(ending.compactMap { $0.now?.owner }).subtracting(open.compactMap { $0.before?.owner })
    guard !owners.isEmpty else { return [] }
    let remaining = try database.query(
      """
      SELECT \(table.columns[0]) FROM \(table.rawValue)
      WHERE superseded_in IS NULL AND \(table.columns[0]) IN (SELECT value FROM json_each(?1))
        AND key NOT IN (SELECT value FROM json_each(?2))
      """, [Registry.list(owners.sorted()), Registry.list(ending.compactMap { $0.identity[0].text })]
    ) { $0.integer(0) }
    return owners.subtracting(remaining)
  }

  /// Current rows of later revisions that name a lost identity; a row that said the same in the undone revision, and
  /// was only taken back and said again since, rests on nothing of it.
  private func resting(
    on identity: Keys.Identity, _ lost: Set<Int64>, _ table: RecordedTable, _ column: String
  ) throws(DatabaseError) -> [Obstacle] {
    let columns = table.columns.joined(separator: ", ")
    return try database.query(
      """
      WITH fresh AS (
        SELECT \(columns) FROM \(table.name)
        WHERE superseded_in IS NULL AND opened_in > ?1 AND \(column) IN (SELECT value FROM json_each(?2))
        EXCEPT SELECT \(columns) FROM \(table.name) WHERE \(Registry.known(table.name)))
      SELECT this.opened_in, identity.key, \(table.identity.map { "this.\($0)" }.joined(separator: ", "))
      FROM fresh JOIN \(table.name) AS this USING (\(table.identity.joined(separator: ", ")))
        JOIN \(identity.rawValue) AS identity ON identity.id = this.\(column)
      WHERE this.superseded_in IS NULL
      """, [.integer(target), Registry.list(lost.sorted())]
    ) { row in
      Obstacle(
        revision: row.integer(0), verb: "recorded",
        fact: Self.spoken(table.name, table.identity.indices.map { row.value($0 + 2) }),
        reason: ", which rests on the \(identity.spoken) '\(row.text(1))' of revision \(target)")
    }
  }

  /// Later facts that hold where one that would come back held: a schema that forbids both would not say whose they are.
  private func displacing(_ keys: Keys) throws(DatabaseError) -> [Obstacle] {
    let touched = Set(facts.filter { $0.trace.isOpen }.map { [$0.table.rawValue, $0.trace.identity[0].text ?? ""] })
    var obstacles: [Obstacle] = []
    for (table, trace) in facts where trace.isOpen {
      guard let before = trace.before, let shared = table.exclusive else { continue }
      let conditions = shared.indices.map { "\(shared[$0]) IS ?\($0 + 2)" }
      let values = shared.map { column in table.columns.firstIndex(of: column).map { before.columns[$0] } ?? .null }
      let rivals = try database.query(
        """
        SELECT id, \(table.allColumns.joined(separator: ", ")), opened_in FROM \(table.rawValue)
        WHERE superseded_in IS NULL AND opened_in > ?1 AND \(conditions.joined(separator: " AND "))
        """, [.integer(target)] + values
      ) { (row: FactRow(table: table, reading: $0), opened: $0.integer(table.allColumns.count + 1)) }
      for (rival, opened) in rivals where !touched.contains([table.rawValue, rival.key]) {
        guard rival.overlaps(before), rival.excludes(before, keys) else { continue }
        obstacles.append(
          Obstacle(
            revision: opened, verb: "recorded", fact: Self.spoken(table.rawValue, [.text(rival.key)]),
            reason: ", which \(Self.spoken(table.rawValue, trace.identity)) would contradict"))
      }
    }
    return obstacles
  }

  private static func spoken(_ table: String, _ identity: [Value]) -> String {
    "the \(table.replacing("_", with: " ")) '\(identity.last?.text ?? "")'"
  }
}

extension FactTable {
  /// Of rows that agree in these columns only one may hold on any day (roles: of one group; responsibilities: one sole
  /// one); nil: there is no such rule.
  fileprivate var exclusive: [String]? {
    switch self {
    case .life: ["organisation_id", "timeline"]
    case .code: ["scheme_id", "value"]
    case .name: ["organisation_id", "scheme_id"]
    case .role: ["organisation_id"]
    case .relationship: ["organisation_id", "kind_id", "superior_id"]
    case .responsibility: ["service_id", "for_id"]
    case .appointment: ["organisation_id", "seat_id"]
    case .constitution: ["organisation_id"]
    case .anchor: ["parcel_id"]
    default: nil
    }
  }
}

extension FactRow {
  /// Whether some day is in both periods; facts without a period always hold.
  fileprivate func overlaps(_ other: FactRow) -> Bool {
    guard let mine = period, let theirs = other.period else { return true }
    return mine.period.overlaps(theirs.period)
  }

  /// Whether the two cannot hold together, of rows that agree in the columns of `exclusive`.
  fileprivate func excludes(_ other: FactRow, _ keys: Keys) -> Bool {
    switch table {
    case .role: return keys.exclude(columns[1].integer ?? 0, other.columns[1].integer ?? 0)
    case .responsibility:
      let natures = [columns[4].text, other.columns[4].text]
      let isDelegated = natures.contains(ResponsibilityNature.delegated.rawValue)
      return columns[..<2] == other.columns[..<2]
        || natures.contains(ResponsibilityNature.sole.rawValue) && !isDelegated
    case .appointment:
      return keys.isSingle(seat: other.columns[1].integer ?? 0)
        || columns[4] == other.columns[4] && other.columns[4] != .null
    default: return true
    }
  }
}
