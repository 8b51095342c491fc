/// Writes units at once and not through `PendingFacts`, because they are many and never overlap.
final class UnitWriter {
  struct Unit {
    let partition: Int64
    let code: String
    let parcel: Int64
  }

  /// How many rows were written.
  private(set) var rowCount = 0
  private let database: Database
  private let revision: Int64
  private let startsEmpty: Bool

  init(_ database: Database, revision: Int64, startsEmpty: Bool) {
    self.database = database
    self.revision = revision
    self.startsEmpty = startsEmpty
  }

  /// Places a unit in a parcel, unless it is already there.
  func place(_ unit: Unit, source: Int64?, note: String?) throws(DatabaseError) {
    try write(
      [.integer(unit.partition), .text(unit.code)], [.integer(unit.parcel), Value(source), Value(note)],
      stored: """
        SELECT id, parcel_id, source_id, note FROM unit
        WHERE partition_id = ?1 AND code = ?2 AND superseded_in IS NULL
        """,
      superseding: "UPDATE unit SET superseded_in = ?1 WHERE id = ?2",
      inserting: """
        INSERT INTO unit (partition_id, code, parcel_id, source_id, note, opened_in) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """)
  }

  /// Records what a unit amounts to in a basis, unless that is already known.
  func measure(_ code: String, basis: Int64, amount: Double, source: Int64?, note: String?) throws(DatabaseError) {
    try write(
      [.integer(basis), .text(code)], [.real(amount), Value(source), Value(note)],
      stored: """
        SELECT id, amount, source_id, note FROM unit_amount
        WHERE basis_id = ?1 AND unit_code = ?2 AND superseded_in IS NULL
        """,
      superseding: "UPDATE unit_amount SET superseded_in = ?1 WHERE id = ?2",
      inserting: """
        INSERT INTO unit_amount (basis_id, unit_code, amount, source_id, note, opened_in) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """)
  }

  /// Puts back the earlier `row`, or nothing if it is nil.
  func replace(
    in table: RecordedTable, _ identity: [Value], hadRow: Bool, with row: [Value]?
  ) throws(DatabaseError) {
    if hadRow {
      let conditions = table.identity.indices.map { "\(table.identity[$0]) = ?\($0 + 2)" }.joined(separator: " AND ")
      try database.run(
        "UPDATE \(table.name) SET superseded_in = ?1 WHERE \(conditions) AND superseded_in IS NULL",
        [.integer(revision)] + identity)
    }
    if let row {
      let marks = (1...row.count + 1).map { "?\($0)" }.joined(separator: ", ")
      try database.run(
        "INSERT INTO \(table.name) (\(table.columns.joined(separator: ", ")), opened_in) VALUES (\(marks))",
        row + [.integer(revision)])
    }
    rowCount += 1
  }

  /// Writes facts about what `identity` names, unless they are already stored.
  private func write(
    _ identity: [Value], _ facts: [Value], stored: String, superseding: String, inserting: String
  ) throws(DatabaseError) {
    if !startsEmpty,
      let known = try database.first(stored, identity, { (id: $0.integer(0), facts: (1...3).map($0.value)) })
    {
      guard known.facts != facts else { return }
      try database.run(superseding, [.integer(revision), .integer(known.id)])
    }
    try database.run(inserting, identity + facts + [.integer(revision)])
    rowCount += 1
  }
}
