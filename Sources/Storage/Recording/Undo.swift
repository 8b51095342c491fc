/// The inverse of one revision.
///
/// Kept here:
/// 1. Every fact and unit that the revision opened, changed or ended becomes what it was before, with the same key and
///    columns. This is recorded like any other change, and nothing is deleted.
/// 2. Nothing is undone if later revisions depend on it: if they changed the same fact, name a body or an event that
///    would no longer be established, or took the place of a fact that would come back. The error names them.
/// 3. Identities and words stay, because they are permanent. So does the description of a source that later facts cite:
///    it says nothing of bodies.
struct Undo {
  let target: Int64
  let database: Database
  let facts: [(kind: FactKind, trace: RevisionTrace<FactRow>)]
  let units: [(table: RecordedTable, trace: RevisionTrace<[Value]>)]

  init(of revision: Int64, in database: Database) throws(DatabaseError) {
    target = revision
    self.database = database
    var facts: [(kind: FactKind, trace: RevisionTrace<FactRow>)] = []
    for kind in FactKind.allCases {
      for trace in try kind.traces(of: revision, in: database) { facts.append((kind, trace)) }
    }
    var units: [(table: RecordedTable, trace: RevisionTrace<[Value]>)] = []
    for table in [RecordedTable.unit, .unitAmount] {
      let traces = try table.traces(of: revision, in: database) { row in
        table.columns.indices.map { row.value($0 + 1) }
      }
      units += traces.map { (table, $0) }
    }
    let cited = try Self.sourcesCited(after: revision, in: database, among: facts)
    self.facts = facts.filter { kind, trace in
      guard kind == .citation, trace.before == nil, let source = trace.now?.owner else { return true }
      return !cited.contains(source)
    }
    self.units = units
  }

  /// The sources that a revision described first, and that current facts of later revisions cite.
  private static func sourcesCited(
    after revision: Int64, in database: Database, among facts: [(kind: FactKind, trace: RevisionTrace<FactRow>)]
  ) throws(DatabaseError) -> Set<Int64> {
    let described = facts.filter { $0.kind == .citation && $0.trace.before == nil }.compactMap { $0.trace.now?.owner }
    guard !described.isEmpty else { return [] }
    var cited: Set<Int64> = []
    let tables = FactKind.allCases.filter { $0 != .citation }.map(\.recorded) + [.unit, .unitAmount]
    for table in tables where table.columns.contains("source_id") {
      cited.formUnion(
        try database.query(
          """
          SELECT DISTINCT source_id FROM \(table.name)
          WHERE superseded_in IS NULL AND opened_in > ?1 AND source_id IN (SELECT value FROM json_each(?2))
          """, [.integer(revision), Registry.list(described)]
        ) { $0.integer(0) })
    }
    return cited
  }

  /// Gives `pending` and `writer` the rows that come back.
  func apply(to pending: PendingFacts, _ writer: UnitWriter) throws(DatabaseError) {
    for (kind, trace) in facts where trace.isOpen {
      guard let key = trace.identity[0].text else { continue }
      // Loads the row that the file has, so that it can be superseded.
      _ = try pending.row(kind, key)
      if let before = trace.before { pending.put(before, origin: nil) } else { pending.remove(kind, key) }
    }
    for (table, trace) in units where trace.isOpen {
      try writer.replace(in: table, trace.identity, with: trace.before)
    }
  }
}
