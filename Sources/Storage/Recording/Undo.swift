/// The inverse of one revision.
///
/// Kept here:
/// 1. Every fact and unit that the revision opened, changed or ended becomes what it was before, with the same key and
///    columns. This is recorded like any other change, and nothing is deleted.
/// 2. Nothing is undone if later revisions depend on it: if they changed the same fact, name a body, event or source
///    that would no longer be established, or took the place of a fact that would come back. The error names them.
/// 3. Identities and words stay, because they are permanent.
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
    self.facts = facts
    self.units = units
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
