/// The current facts that a change set touches, as they were and as they will be.
///
/// Kept here:
/// 1. Facts are read from the file once, when first needed, and written once, in `flush`. For many statements whole
///    tables are read, because that is quicker than reading each fact.
/// 2. `flush` first supersedes and then opens rows, so that every state that a trigger sees is part of the final one.
/// 3. A row that ends up as it was is not written.
final class PendingFacts {
  private let database: Database
  /// Whether the file holds no facts yet, so that there is nothing to read.
  let startsEmpty: Bool
  private let readsWholeTables: Bool
  /// By the raw value of the kind.
  private var tables = FactKind.allCases.map { _ in PendingTable() }
  private var wholeTables: Set<FactKind> = []
  private var loadedOwners: [FactKind: Set<Int64>] = [:]
  private var loadedOthers: [FactKind: Set<Int64>] = [:]

  init(_ database: Database, readingWholeTables: Bool) throws(DatabaseError) {
    self.database = database
    readsWholeTables = readingWholeTables
    let names = FactKind.allCases.map(\.schema.table) + [RecordedTable.unit.name, RecordedTable.unitAmount.name]
    startsEmpty = try !database.hasRow(
      names.map { "SELECT 1 FROM \($0)" }.joined(separator: " UNION ALL ") + " LIMIT 1")
  }

  // MARK: Reading

  func row(_ kind: FactKind, _ key: String) throws(DatabaseError) -> FactRow? {
    if !startsEmpty, !tables[Int(kind.rawValue)].knows(key) { try load(kind, "key", .text(key)) }
    return tables[Int(kind.rawValue)].row(key)
  }

  /// The facts of one body in a dated table, in the order of their start.
  func rows(_ kind: FactKind, of organisation: Int64) throws(DatabaseError) -> [FactRow] {
    if !startsEmpty, mustLoad(organisation, \.loadedOwners, kind) {
      try load(kind, kind.schema.columns[kind.schema.owner].sql, .integer(organisation))
    }
    return tables[Int(kind.rawValue)].rows(of: organisation)
  }

  /// The facts of a dated table that name a body as the other one, such as a superior or the subject of an exception.
  func rows(_ kind: FactKind, naming organisation: Int64) throws(DatabaseError) -> [FactRow] {
    guard let column = kind.schema.otherBody else { return [] }
    if !startsEmpty, mustLoad(organisation, \.loadedOthers, kind) {
      try load(kind, kind.schema.columns[column].sql, .integer(organisation))
    }
    return tables[Int(kind.rawValue)].rows(naming: organisation)
  }

  /// The dated facts that an event begins or ends.
  func rows(datedBy event: Int64) throws(DatabaseError) -> [FactRow] {
    if !startsEmpty {
      for kind in FactKind.dated {
        for column in ["from_event_id", "to_event_id"] { try load(kind, column, .integer(event)) }
      }
    }
    return FactKind.dated.flatMap { tables[Int($0.rawValue)].rows(datedBy: event) }
  }

  /// Whether the facts of a body in a table are not loaded yet.
  private func mustLoad(
    _ organisation: Int64, _ loaded: ReferenceWritableKeyPath<PendingFacts, [FactKind: Set<Int64>]>, _ kind: FactKind
  ) -> Bool {
    !wholeTables.contains(kind) && self[keyPath: loaded][kind, default: []].insert(organisation).inserted
  }

  private func load(_ kind: FactKind, _ column: String, _ value: Value) throws(DatabaseError) {
    if readsWholeTables { return try loadWhole(kind) }
    try database.each(kind.schema.selectCurrent(where: column), [value]) {
      tables[Int(kind.rawValue)].keep($0.integer(0), FactRow(kind, reading: $0))
    }
  }

  private func loadWhole(_ kind: FactKind) throws(DatabaseError) {
    guard wholeTables.insert(kind).inserted else { return }
    try database.each(kind.schema.selectCurrent) {
      tables[Int(kind.rawValue)].keep($0.integer(0), FactRow(kind, reading: $0))
    }
  }

  // MARK: Writing

  private static let rowsOfStatement = 32

  /// Puts a row in its place. First `row` or `rows` must have loaded what the file has under this key.
  func put(_ row: FactRow, origin: Change.Origin?) { tables[Int(row.kind.rawValue)].put(row, origin: origin) }

  /// The line that stated the fact with this key, whatever its kind.
  func origin(of key: String) -> Change.Origin? { tables.lazy.compactMap { $0.origin(key) }.first }

  func remove(_ kind: FactKind, _ key: String) { tables[Int(kind.rawValue)].remove(key) }

  /// Writes what changed.
  /// - Throws: `.refused` if a rule of the schema forbids a row, with the line that stated it.
  func flush(in revision: Int64) throws(ChangeError) -> (changes: [RowChange], footprint: Footprint) {
    var changes: [RowChange] = []
    var footprint = Footprint()
    let differences = FactKind.allCases.map { kind in
      (kind: kind, replaced: tables[Int(kind.rawValue)].replacements, added: tables[Int(kind.rawValue)].additions)
    }
    let isReadable = differences.reduce(0) { $0 + $1.replaced.count + $1.added.count } <= Difference.mostReadable
    for (kind, replaced, added) in differences {
      for fact in replaced {
        changes.append(
          RowChange(
            action: fact.after == nil ? .retracted : .changed, table: kind.schema.table, key: fact.before.key,
            before: fact.before.summary, after: fact.after?.summary,
            rows: isReadable ? ChangedRows(before: fact.before, after: fact.after) : nil))
        footprint.add(fact.before, and: fact.after)
      }
      changes.reserveCapacity(changes.count + added.count)
      for index in added.indices {
        changes.append(
          RowChange(
            action: .new, table: kind.schema.table, key: added[index].key, before: nil, after: added[index].summary,
            rows: isReadable ? ChangedRows(before: nil, after: added[index]) : nil))
        footprint.add(added[index])
      }
    }
    var problems: [Problem] = []
    do {
      for (kind, replaced, _) in differences { try supersede(replaced, of: kind, in: revision) }
      for (kind, replaced, added) in differences {
        problems += try open(replaced.compactMap(\.after), of: kind, in: revision)
        problems += try open(added, of: kind, in: revision)
      }
    } catch {
      throw .database(error)
    }
    guard problems.isEmpty else { throw .refused(problems) }
    return (changes, footprint)
  }

  private func supersede(
    _ facts: [PendingTable.Replacement], of kind: FactKind, in revision: Int64
  ) throws(DatabaseError) {
    for fact in facts {
      try database.run(
        "UPDATE \(kind.schema.table) SET superseded_in = ?1 WHERE id = ?2", [.integer(revision), .integer(fact.id)])
    }
  }

  /// Opens many rows with each statement, because SQLite copies the pages that a statement changes. If a rule of the
  /// schema forbids one of them, it opens them one by one.
  /// - Returns: the rows that a rule forbids.
  private func open(
    _ rows: [FactRow], of kind: FactKind, in revision: Int64
  ) throws(DatabaseError) -> [Problem] {
    guard !rows.isEmpty else { return [] }
    var problems: [Problem] = []
    var rest = rows[...]
    let one = kind.schema.insert(1)
    let many = rows.count < Self.rowsOfStatement ? "" : kind.schema.insert(Self.rowsOfStatement)
    while !rest.isEmpty {
      let next = rest.prefix(Self.rowsOfStatement)
      rest = rest.dropFirst(Self.rowsOfStatement)
      if next.count == Self.rowsOfStatement, try insert(next, many, in: revision) == nil {
        continue
      }
      for row in next {
        guard let error = try insert([row], one, in: revision) else { continue }
        problems.append(
          Problem(
            origin: tables[Int(kind.rawValue)].origin(row.key), rule: kind.schema.table,
            message: "\(kind.schema.sentence(of: error)): \(kind.schema.table) \(row.key) (\(row.summary))"))
      }
    }
    return problems
  }

  /// - Returns: the error of the rule that forbids a row. In that case no row was inserted.
  private func insert(
    _ rows: ArraySlice<FactRow>, _ sql: String, in revision: Int64
  ) throws(DatabaseError) -> DatabaseError? {
    var columns: [Value] = []
    columns.reserveCapacity(rows.count * ((rows.first?.values.count ?? 0) + 10))
    for index in rows.indices { rows[index].append(to: &columns, openedIn: revision) }
    do {
      try database.run(sql, columns)
      return nil
    } catch {
      guard error.isConstraint else { throw error }
      return error
    }
  }
}
