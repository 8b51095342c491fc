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
  private var wholeTables: Set<FactTable> = []
  private var stored: [FactTable: [String: (id: Int64, row: FactRow)]] = [:]
  private var current: [FactTable: [String: FactRow]] = [:]
  private var keysOf: [FactTable: [Int64: Set<String>]] = [:]
  private var loadedOwners: [FactTable: Set<Int64>] = [:]
  private var keysOfOther: [FactTable: [Int64: Set<String>]] = [:]
  private var loadedOthers: [FactTable: Set<Int64>] = [:]
  private var order: [FactTable: [String]] = [:]
  private var origins: [FactTable: [String: Change.Origin]] = [:]

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
    if let row = current[table]?[key] { return row }
    guard !startsEmpty, stored[table]?[key] == nil else { return nil }
    try load(table, .key, .text(key))
    return current[table]?[key]
  }

  /// The facts of one body in a dated table, in the order of their start.
  func rows(_ table: FactTable, of organisation: Int64) throws(DatabaseError) -> [FactRow] {
    if !startsEmpty, loadedOwners[table, default: []].insert(organisation).inserted {
      try load(table, .organisation, .integer(organisation))
    }
    return sorted((keysOf[table]?[organisation] ?? []).compactMap { current[table]?[$0] })
  }

  /// The facts of a dated table in which a body is the other one: the superior, or the one that an exception is for.
  func rows(_ table: FactTable, naming organisation: Int64) throws(DatabaseError) -> [FactRow] {
    guard let column = table.otherBody else { return [] }
    if !startsEmpty, loadedOthers[table, default: []].insert(organisation).inserted {
      try load(table, column, .integer(organisation))
    }
    return sorted((keysOfOther[table]?[organisation] ?? []).compactMap { current[table]?[$0] })
  }

  /// The dated facts that an event begins or ends.
  func rows(datedBy event: Int64) throws(DatabaseError) -> [FactRow] {
    let tables = FactTable.allCases.filter(\.isDated)
    if !startsEmpty {
      for table in tables {
        for column in [FactTable.Reference.startEvent, .endEvent] { try load(table, column, .integer(event)) }
      }
    }
    return tables.flatMap { table in
      sorted((current[table] ?? [:]).values.filter { $0.period?.isDated(by: event) ?? false })
    }
  }

  private func sorted(_ rows: [FactRow]) -> [FactRow] {
    rows.sorted { ($0.period?.start ?? .distantPast, $0.key) < ($1.period?.start ?? .distantPast, $1.key) }
  }

  private func load(_ table: FactTable, _ column: FactTable.Reference, _ value: Value) throws(DatabaseError) {
    if readsWholeTables { return try loadWhole(table) }
    let found = try database.query(table.selectCurrent(where: column), [value]) {
      (id: $0.integer(0), row: FactRow(table: table, reading: $0))
    }
    for (id, row) in found where stored[table]?[row.key] == nil { keep(id, row) }
  }

  private func loadWhole(_ table: FactTable) throws(DatabaseError) {
    guard wholeTables.insert(table).inserted else { return }
    for (id, row) in try database.query(
      table.selectCurrent, [], { ($0.integer(0), FactRow(table: table, reading: $0)) })
    { keep(id, row) }
  }

  private func keep(_ id: Int64, _ row: FactRow) {
    stored[row.table, default: [:]][row.key] = (id, row)
    remember(row)
  }

  private func remember(_ row: FactRow) {
    current[row.table, default: [:]][row.key] = row
    guard row.table.isDated else { return }
    keysOf[row.table, default: [:]][row.owner, default: []].insert(row.key)
    if let other = row.other { keysOfOther[row.table, default: [:]][other, default: []].insert(row.key) }
  }

  // MARK: Writing

  /// Call after `row` or `rows` has loaded what the file has under this key.
  func put(_ row: FactRow, origin: Change.Origin?) {
    if current[row.table]?[row.key] == nil, stored[row.table]?[row.key] == nil {
      order[row.table, default: []].append(row.key)
    }
    remember(row)
    if let origin { origins[row.table, default: [:]][row.key] = origin }
  }

  /// The line that said the fact with this key, whatever its table.
  func origin(of key: String) -> Change.Origin? { FactTable.allCases.lazy.compactMap { self.origins[$0]?[key] }.first }

  func remove(_ table: FactTable, _ key: String) { current[table]?[key] = nil }

  /// Writes what changed.
  /// - Throws: `.refused` if a rule of the schema forbids a row, with the line that said it.
  func flush(in revision: Int64) throws(ChangeError) -> (changes: [RowChange], organisations: Set<Int64>, replay: Bool)
  {
    var superseded: [(table: FactTable, id: Int64)] = []
    var opened: [FactRow] = []
    var changes: [RowChange] = []
    var organisations: Set<Int64> = []
    var replay = false
    for table in FactTable.allCases {
      let existing = (stored[table] ?? [:]).sorted { $0.value.id < $1.value.id }
      for (key, (id, before)) in existing {
        let after = current[table]?[key]
        guard after != before else { continue }
        superseded.append((table, id))
        if let after { opened.append(after) }
        changes.append(
          RowChange(
            action: after == nil ? .retracted : .changed, table: table.rawValue, key: key,
            before: before.summary, after: after?.summary))
        touch(before, after, &organisations)
        replay = replay || table.isTerritorial
      }
      for key in order[table] ?? [] {
        guard let row = current[table]?[key] else { continue }
        opened.append(row)
        changes.append(RowChange(action: .new, table: table.rawValue, key: key, before: nil, after: row.summary))
        touch(nil, row, &organisations)
        replay = replay || table.isTerritorial
      }
    }
    try write(superseded, opened, in: revision)
    return (changes, organisations, replay)
  }

  private func touch(_ before: FactRow?, _ after: FactRow?, _ organisations: inout Set<Int64>) {
    for row in [before, after].compactMap({ $0 }) {
      for (column, value) in zip(row.table.columns, row.columns) {
        switch column {
        case "organisation_id", "superior_id", "for_id", "predecessor_id", "successor_id":
          if let id = value.integer { organisations.insert(id) }
        default: break
        }
      }
    }
  }

  private func write(
    _ superseded: [(table: FactTable, id: Int64)], _ opened: [FactRow], in revision: Int64
  ) throws(ChangeError) {
    do {
      for (table, id) in superseded {
        try database.run(
          "UPDATE \(table.rawValue) SET superseded_in = ?1 WHERE id = ?2", [.integer(revision), .integer(id)])
      }
    } catch {
      throw .database(error)
    }
    var problems: [Problem] = []
    for row in opened.sorted(by: { FactTable.order($0.table) < FactTable.order($1.table) }) {
      do {
        try database.run(row.table.insert, row.values + [.integer(revision)])
      } catch  where error.isConstraint {
        problems.append(
          Problem(
            origin: origins[row.table]?[row.key], rule: row.table.rawValue,
            message: "\(error.message): \(row.table.rawValue) \(row.key) (\(row.summary))"))
      } catch {
        throw .database(error)
      }
    }
    guard problems.isEmpty else { throw .refused(problems) }
  }
}

extension FactTable {
  static func order(_ table: FactTable) -> Int { allCases.firstIndex(of: table) ?? 0 }

  var insert: String { Self.inserts[self] ?? "" }

  private static let inserts = Dictionary(
    uniqueKeysWithValues: allCases.map { table in
      let names = table.allColumns + ["opened_in"]
      let marks = names.indices.map { "?\($0 + 1)" }.joined(separator: ", ")
      return (table, "INSERT INTO \(table.rawValue) (\(names.joined(separator: ", "))) VALUES (\(marks))")
    })
}

extension FactRow {
  /// What the row says, in a few words, for people who review a change.
  var summary: String {
    var words = zip(table.columns, columns).compactMap { column, value -> String? in
      switch value {
      case .null: nil
      case .integer where column.hasSuffix("_id"): nil
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
