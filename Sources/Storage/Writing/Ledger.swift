/// The current facts that a change set touches, as they were and as they shall be.
///
/// Kept here:
/// 1. Facts are read from the file once, when first asked for, and written once, in `flush`. For many statements whole
///    tables are read, which is quicker than to ask for each fact.
/// 2. `flush` first supersedes, then opens: every state that a trigger sees is part of the final one.
/// 3. A row that ends up as it was is not written.
final class Ledger {
  private let database: Database
  /// Whether the file holds no facts yet, so that nothing needs to be looked up.
  let startsEmpty: Bool
  private let readsWholeTables: Bool
  /// By the position of the table.
  private var books = FactTable.allCases.map { _ in FactBook() }
  private var wholeTables: Set<FactTable> = []
  private var loadedOwners: [FactTable: Set<Int64>] = [:]
  private var loadedOthers: [FactTable: Set<Int64>] = [:]

  init(_ database: Database, readingWholeTables: Bool) throws(DatabaseError) {
    self.database = database
    readsWholeTables = readingWholeTables
    let tables = FactTable.allCases.map(\.rawValue) + [RecordedTable.unit.name, RecordedTable.unitAmount.name]
    startsEmpty =
      try database.first(tables.map { "SELECT 1 FROM \($0)" }.joined(separator: " UNION ALL ") + " LIMIT 1") { _ in
        true
      } == nil
  }

  // MARK: Reading

  func row(_ table: FactTable, _ key: String) throws(DatabaseError) -> FactRow? {
    if !startsEmpty, !books[table.position].knows(key) { try load(table, .key, .text(key)) }
    return books[table.position].row(key)
  }

  /// The facts of one body in a dated table, in the order of their start.
  func rows(_ table: FactTable, of organisation: Int64) throws(DatabaseError) -> [FactRow] {
    if !startsEmpty, mustLoad(organisation, \.loadedOwners, table) {
      try load(table, .organisation, .integer(organisation))
    }
    return books[table.position].rows(of: organisation)
  }

  /// The facts of a dated table in which a body is the other one: the superior, or the one that an exception is for.
  func rows(_ table: FactTable, naming organisation: Int64) throws(DatabaseError) -> [FactRow] {
    guard let column = table.otherBody else { return [] }
    if !startsEmpty, mustLoad(organisation, \.loadedOthers, table) {
      try load(table, column, .integer(organisation))
    }
    return books[table.position].rows(naming: organisation)
  }

  /// The dated facts that an event begins or ends.
  func rows(datedBy event: Int64) throws(DatabaseError) -> [FactRow] {
    let tables = FactTable.allCases.filter(\.isDated)
    if !startsEmpty {
      for table in tables {
        for column in [FactTable.Reference.startEvent, .endEvent] { try load(table, column, .integer(event)) }
      }
    }
    return tables.flatMap { books[$0.position].rows(datedBy: event) }
  }

  /// Whether the facts of a body in a table were not asked for before.
  private func mustLoad(
    _ organisation: Int64, _ loaded: ReferenceWritableKeyPath<Ledger, [FactTable: Set<Int64>]>, _ table: FactTable
  ) -> Bool {
    !wholeTables.contains(table) && self[keyPath: loaded][table, default: []].insert(organisation).inserted
  }

  private func load(_ table: FactTable, _ column: FactTable.Reference, _ value: Value) throws(DatabaseError) {
    if readsWholeTables { return try loadWhole(table) }
    let found = try database.query(table.selectCurrent(where: column), [value]) {
      (id: $0.integer(0), row: FactRow(table: table, reading: $0))
    }
    for (id, row) in found { books[table.position].keep(id, row) }
  }

  private func loadWhole(_ table: FactTable) throws(DatabaseError) {
    guard wholeTables.insert(table).inserted else { return }
    for (id, row) in try database.query(
      table.selectCurrent, [], { ($0.integer(0), FactRow(table: table, reading: $0)) })
    { books[table.position].keep(id, row) }
  }

  // MARK: Writing

  /// Call after `row` or `rows` has loaded what the file has under this key.
  func put(_ row: FactRow, origin: Change.Origin?) { books[row.table.position].put(row, origin: origin) }

  /// The line that said the fact with this key, whatever its table.
  func origin(of key: String) -> Change.Origin? { books.lazy.compactMap { $0.origin(key) }.first }

  func remove(_ table: FactTable, _ key: String) { books[table.position].remove(key) }

  /// Writes what changed.
  /// - Throws: `.refused` if a rule of the schema forbids a row, with the line that said it.
  func flush(in revision: Int64) throws(ChangeError) -> (changes: [RowChange], organisations: Set<Int64>, replay: Bool)
  {
    var changes: [RowChange] = []
    var organisations: Set<Int64> = []
    var replay = false
    let differences = FactTable.allCases.map { table in
      (table: table, replaced: books[table.position].replacements, added: books[table.position].additions)
    }
    for (table, replaced, added) in differences {
      for fact in replaced {
        changes.append(
          RowChange(
            action: fact.after == nil ? .retracted : .changed, table: table.rawValue, key: fact.before.key,
            before: fact.before.summary, after: fact.after?.summary))
        organisations.formUnion(fact.before.organisations + (fact.after?.organisations ?? []))
      }
      for row in added {
        changes.append(RowChange(action: .new, table: table.rawValue, key: row.key, before: nil, after: row.summary))
        for id in row.organisations { organisations.insert(id) }
      }
      replay = replay || (table.isTerritorial && !(replaced.isEmpty && added.isEmpty))
    }
    var problems: [Problem] = []
    do {
      for (table, replaced, _) in differences { try supersede(replaced, of: table, in: revision) }
      for (table, replaced, added) in differences {
        problems += try open(replaced.compactMap(\.after) + added, of: table, in: revision)
      }
    } catch {
      throw .database(error)
    }
    guard problems.isEmpty else { throw .refused(problems) }
    return (changes, organisations, replay)
  }

  private func supersede(
    _ facts: [FactBook.Replacement], of table: FactTable, in revision: Int64
  ) throws(DatabaseError) {
    for fact in facts {
      try database.run(
        "UPDATE \(table.rawValue) SET superseded_in = ?1 WHERE id = ?2", [.integer(revision), .integer(fact.id)])
    }
  }

  /// Opens many rows in one statement, for each of which SQLite keeps anew all pages that it changes; where a rule of the
  /// schema forbids some of them, one after the other.
  /// - Returns: the rows that a rule forbids.
  private func open(
    _ rows: [FactRow], of table: FactTable, in revision: Int64
  ) throws(DatabaseError) -> [Problem] {
    var problems: [Problem] = []
    var rest = rows[...]
    while !rest.isEmpty {
      let next = rest.prefix(FactTable.rowsOfStatement)
      rest = rest.dropFirst(FactTable.rowsOfStatement)
      if next.count == FactTable.rowsOfStatement, try insert(next, table.insertMany, in: revision) == nil { continue }
      for row in next {
        guard let error = try insert([row], table.insert, in: revision) else { continue }
        problems.append(
          Problem(
            origin: books[table.position].origin(row.key), rule: table.rawValue,
            message: "\(error.message): \(table.rawValue) \(row.key) (\(row.summary))"))
      }
    }
    return problems
  }

  /// - Returns: what rule forbids it; then no row was inserted.
  private func insert(
    _ rows: ArraySlice<FactRow>, _ sql: String, in revision: Int64
  ) throws(DatabaseError) -> DatabaseError? {
    do {
      try database.run(sql, rows.flatMap { $0.values(openedIn: revision) })
      return nil
    } catch {
      guard error.isConstraint else { throw error }
      return error
    }
  }
}

extension FactTable {
  /// Inserts a row.
  var insert: String { Self.inserts[position] }

  /// Inserts `rowsOfStatement` rows.
  var insertMany: String { Self.insertsOfMany[position] }

  static let rowsOfStatement = 32

  private static let inserts = allCases.map { $0.insert(1) }
  private static let insertsOfMany = allCases.map { $0.insert(rowsOfStatement) }

  private func insert(_ count: Int) -> String {
    let names = allColumns + ["opened_in"]
    let row = "(" + repeatElement("?", count: names.count).joined(separator: ", ") + ")"
    return "INSERT INTO \(rawValue) (\(names.joined(separator: ", "))) VALUES "
      + repeatElement(row, count: count).joined(separator: ", ")
  }
}

extension FactRow {
  /// The bodies that the row names.
  var organisations: [Int64] { table.bodyColumns.compactMap { columns[$0].integer } }

  /// What the row says, in a few words, for people who review a change.
  var summary: String {
    var words = table.spokenColumns.compactMap { position -> String? in
      switch columns[position] {
      case .null: nil
      case .integer(let integer): String(integer)
      case .real(let real): String(real)
      case .text(let text): text
      }
    }
    if let period {
      words.append("from \(period.start)" + (period.period.lastDay.map { " to \($0)" } ?? ""))
    }
    return words.joined(separator: " ")
  }
}
