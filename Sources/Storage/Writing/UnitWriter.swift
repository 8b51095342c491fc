/// Units are many and never overlap: they are written at once, without the ledger.
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

  /// Places a unit in a parcel, unless it is there already.
  func place(_ unit: Unit, source: Int64?, note: String?) throws(DatabaseError) {
    let identity: [Value] = [.integer(unit.partition), .text(unit.code)]
    let facts: [Value] = [.integer(unit.parcel), Value(source), Value(note)]
    let stored = try stored(
      """
      SELECT id, parcel_id, source_id, note FROM unit
      WHERE partition_id = ?1 AND code = ?2 AND superseded_in IS NULL
      """, identity)
    if let stored {
      guard stored.facts != facts else { return }
      try database.run(
        "UPDATE unit SET superseded_in = ?1 WHERE id = ?2", [.integer(revision), .integer(stored.id)])
    }
    try database.run(
      """
      INSERT INTO unit (partition_id, code, parcel_id, source_id, note, opened_in) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """, identity + facts + [.integer(revision)])
    rowCount += 1
  }

  /// Says what a unit amounts to in a basis, unless that is known already.
  func measure(_ code: String, basis: Int64, amount: Double, source: Int64?, note: String?) throws(DatabaseError) {
    let identity: [Value] = [.integer(basis), .text(code)]
    let facts: [Value] = [.real(amount), Value(source), Value(note)]
    let stored = try stored(
      """
      SELECT id, amount, source_id, note FROM unit_amount
      WHERE basis_id = ?1 AND unit_code = ?2 AND superseded_in IS NULL
      """, identity)
    if let stored {
      guard stored.facts != facts else { return }
      try database.run(
        "UPDATE unit_amount SET superseded_in = ?1 WHERE id = ?2", [.integer(revision), .integer(stored.id)])
    }
    try database.run(
      """
      INSERT INTO unit_amount (basis_id, unit_code, amount, source_id, note, opened_in) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      """, identity + facts + [.integer(revision)])
    rowCount += 1
  }

  private func stored(_ sql: String, _ identity: [Value]) throws(DatabaseError) -> (id: Int64, facts: [Value])? {
    guard !startsEmpty else { return nil }
    return try database.first(sql, identity) { (id: $0.integer(0), facts: (1...3).map($0.value)) }
  }
}
