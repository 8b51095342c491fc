/// What forbids an undo.
extension Undo {
  /// A statement of a later revision that would not survive, or would no longer be true.
  struct Obstacle {
    let revision: Int64
    /// What that revision did to the fact.
    let verb: String
    let fact: String
    /// Why it forbids the undo, if the verb alone does not say so.
    var reason = ""

    var deed: String { "\(verb) \(fact)\(reason)" }
  }

  /// All obstacles, newest revision first, with one reason for each fact.
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
    return facts.flatMap { obstacles($0.kind.schema.table, $0.trace) }
      + units.flatMap { obstacles($0.table.name, $0.trace) }
  }

  /// Later facts that name a body that would lose its life, or something else that would lose its description.
  private func resting() throws(DatabaseError) -> [Obstacle] {
    var obstacles: [Obstacle] = []
    for establishment in Establishment.all {
      let lost = try lost(establishment)
      guard !lost.isEmpty else { continue }
      for table in FactKind.allCases.map(\.recorded) + [.unit, .unitAmount] {
        for column in establishment.references where table.columns.contains(column) {
          obstacles += try resting(on: establishment.identity, lost, table, column)
        }
      }
    }
    return obstacles
  }

  /// The kind of fact that an identity needs before other facts may name it.
  private struct Establishment {
    let identity: Keys.Identity
    let kind: FactKind
    /// The columns in which facts name it.
    let references: [String]

    static let all = [
      Establishment(
        identity: .organisation, kind: .life,
        references: Set(FactKind.allCases.flatMap { kind in kind.schema.bodies.map { kind.schema.columns[$0].sql } })
          .sorted()),
      Establishment(
        identity: .event, kind: .eventDetail, references: ["event_id", "from_event_id", "to_event_id"]),
      Establishment(identity: .proposal, kind: .proposalDetail, references: ["proposal_id", "base_id"]),
    ]
  }

  /// The identities that nothing would establish after the undo.
  private func lost(_ establishment: Establishment) throws(DatabaseError) -> Set<Int64> {
    let schema = establishment.kind.schema
    let (table, owner) = (schema.table, schema.columns[0].sql)
    let open = facts.filter { $0.kind == establishment.kind && $0.trace.isOpen }.map(\.trace)
    let ending = open.filter { $0.before == nil }
    let owners = Set(ending.compactMap { $0.now?.owner }).subtracting(open.compactMap { $0.before?.owner })
    guard !owners.isEmpty else { return [] }
    let remaining = try database.query(
      """
      SELECT \(owner) FROM \(table)
      WHERE superseded_in IS NULL AND \(owner) IN (SELECT value FROM json_each(?1))
        AND key NOT IN (SELECT value FROM json_each(?2))
      """, [Registry.list(owners.sorted()), Registry.list(ending.compactMap { $0.identity[0].text })]
    ) { $0.integer(0) }
    return owners.subtracting(remaining)
  }

  /// Current rows of later revisions that name a lost identity. A row that already said the same in the undone
  /// revision, and was only taken back and stated again since, does not count.
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

  /// Later facts that exclude a fact that would come back. The schema would refuse both without naming their revisions.
  private func displacing(_ keys: Keys) throws(DatabaseError) -> [Obstacle] {
    let touched = Set(facts.filter { $0.trace.isOpen }.map { [$0.kind.schema.table, $0.trace.identity[0].text ?? ""] })
    var obstacles: [Obstacle] = []
    for (kind, trace) in facts where trace.isOpen {
      let schema = kind.schema
      guard let before = trace.before, let shared = schema.exclusion?.rivals.sharing else { continue }
      let conditions = shared.enumerated().map { "\(schema.columns[$0.element].sql) IS ?\($0.offset + 2)" }
      let rivals = try database.query(
        """
        SELECT id, \(schema.columnList), opened_in FROM \(schema.table)
        WHERE superseded_in IS NULL AND opened_in > ?1 AND \(conditions.joined(separator: " AND "))
        """, [.integer(target)] + shared.map { before.values[$0] }
      ) { (row: FactRow(kind, reading: $0), opened: $0.integer(schema.allColumns.count + 1)) }
      for (rival, opened) in rivals where !touched.contains([schema.table, rival.key]) {
        guard rival.excludes(before, keys) else { continue }
        obstacles.append(
          Obstacle(
            revision: opened, verb: "recorded", fact: Self.spoken(schema.table, [.text(rival.key)]),
            reason: ", which \(Self.spoken(schema.table, trace.identity)) would contradict"))
      }
    }
    return obstacles
  }

  private static func spoken(_ table: String, _ identity: [Value]) -> String {
    "the \(table.replacing("_", with: " ")) '\(identity.last?.text ?? "")'"
  }
}

extension FactRow {
  /// Whether the two facts are rivals whose periods overlap. Facts without a period always hold.
  fileprivate func excludes(_ other: FactRow, _ keys: Keys) -> Bool {
    guard let rivals = kind.schema.exclusion?.rivals else { return false }
    if let mine = validity?.period, let theirs = other.validity?.period, !mine.overlaps(theirs) { return false }
    return rivals.include(values, other.values, keys)
  }
}
