/// Writes units at once and not through `PendingFacts`, because they are many and never overlap.
final class UnitWriter {
  struct Unit {
    let partition: Int64
    let code: String
    let parcel: Int64
    /// The first day of the unit itself, if it is stated.
    let start: Day?
    /// The first day after it, if it is stated.
    let end: Day?
  }

  /// How many rows were written.
  private(set) var rowCount = 0
  private let database: Database
  private let revision: Int64
  private let startsEmpty: Bool
  private let unitStatements = Statements(.unit)
  private let amountStatements = Statements(.unitAmount)

  init(_ database: Database, revision: Int64, startsEmpty: Bool) {
    self.database = database
    self.revision = revision
    self.startsEmpty = startsEmpty
  }

  /// Places a unit in a parcel, unless it is already there. Days that are not stated stay as they are.
  func place(_ unit: Unit, source: Int64?, note: String?) throws(DatabaseError) {
    try write(
      unitStatements, [.integer(unit.partition), .text(unit.code)],
      [.integer(unit.parcel), Value(unit.start), Value(unit.end), Value(source), Value(note)], keeping: 1...2)
  }

  /// Records what a unit amounts to in a basis, unless that is already known.
  func measure(_ code: String, basis: Int64, amount: Double, source: Int64?, note: String?) throws(DatabaseError) {
    try write(amountStatements, [.integer(basis), .text(code)], [.real(amount), Value(source), Value(note)])
  }

  /// Puts back the earlier `row`, or nothing if it is nil.
  func replace(in table: RecordedTable, _ identity: [Value], with row: [Value]?) throws(DatabaseError) {
    try write(Statements(table), identity, row.map { Array($0.dropFirst(identity.count)) })
  }

  /// Makes `facts` what is stored about what `identity` names. Nil means that nothing is stored.
  /// - Parameter kept: the positions at which a blank keeps what was stored.
  private func write(
    _ statements: Statements, _ identity: [Value], _ facts: [Value]?, keeping kept: ClosedRange<Int>? = nil
  ) throws(DatabaseError) {
    var facts = facts
    if !startsEmpty,
      let known = try database.first(
        statements.stored, identity, { (id: $0.integer(0), facts: (1..<$0.columnCount).map($0.value)) })
    {
      if let kept {
        for index in kept where facts?[index] == .null { facts?[index] = known.facts[index] }
      }
      guard known.facts != facts else { return }
      try database.run(statements.superseding, [.integer(revision), .integer(known.id)])
    }
    if let facts { try database.run(statements.inserting, identity + facts + [.integer(revision)]) }
    rowCount += 1
  }

  /// The statements that read and write a table. They are made once, because there are many units.
  private struct Statements {
    let stored: String
    let superseding: String
    let inserting: String

    init(_ table: RecordedTable) {
      let facts = table.columns.dropFirst(table.identity.count).joined(separator: ", ")
      let conditions = table.identity.enumerated().map { "\($1) = ?\($0 + 1)" }.joined(separator: " AND ")
      let marks = (1...table.columns.count + 1).map { "?\($0)" }.joined(separator: ", ")
      stored = "SELECT id, \(facts) FROM \(table.name) WHERE \(conditions) AND superseded_in IS NULL"
      superseding = "UPDATE \(table.name) SET superseded_in = ?1 WHERE id = ?2"
      inserting = "INSERT INTO \(table.name) (\(table.columns.joined(separator: ", ")), opened_in) VALUES (\(marks))"
    }
  }
}
