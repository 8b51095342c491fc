/// What one revision did to one fact or unit, and what later revisions did to it.
///
/// Kept here:
/// 1. Later revisions that took each other back (a change and its undo) leave no trace.
struct RevisionTrace<Row: Equatable> {
  /// What identifies the fact: its key, or the code of a unit and its partition or basis.
  let identity: [Value]
  /// What the register said before the revision, if anything.
  let before: Row?
  /// What the revision and later ones made it say, except what was taken back. A row is nil if the fact was retracted.
  private(set) var standing: [(revision: Int64, row: Row?)] = []

  /// - Parameter versions: all rows of the fact that were current in `revision` or later, or that it superseded.
  init(_ identity: [Value], of revision: Int64, _ versions: [RecordedRow<Row>]) {
    self.identity = identity
    before = versions.first { $0.superseded == revision }?.row
    var states: [Int64: Row?] = [:]
    for version in versions { if let end = version.superseded { states.updateValue(nil, forKey: end) } }
    for version in versions { states.updateValue(version.row, forKey: version.opened) }
    for (number, row) in states.sorted(by: { $0.key < $1.key }) where number >= revision {
      if let same = standing.firstIndex(where: { $0.row == row }) {
        standing.removeSubrange((same + 1)...)
      } else {
        standing.append((number, row))
      }
    }
  }

  var now: Row? { standing.last?.row }

  /// Whether something must be written to make the fact what it was before.
  var isOpen: Bool { now != before }

  /// What later revisions made of the fact, if that keeps it from becoming what it was before.
  var later: [(revision: Int64, row: Row?)] { isOpen ? Array(standing.dropFirst()) : [] }
}

/// A row with the revisions that opened and superseded it.
struct RecordedRow<Row: Equatable> {
  let row: Row
  let opened: Int64
  let superseded: Int64?
}

/// A table whose rows are opened and superseded.
///
/// Kept here:
/// 1. Rows are only ever added, so their ids grow with the revisions that open them. What the last revisions opened is at
///    the end of the table, and is found without an index.
struct RecordedTable {
  let name: String
  /// The columns that identify what a row is about. They come first.
  let identity: [String]
  /// All columns but the id and the revisions, including `identity`.
  let columns: [String]

  static let unit = RecordedTable(
    name: "unit", identity: ["partition_id", "code"],
    columns: ["partition_id", "code", "parcel_id", "valid_from", "valid_to", "source_id", "note"])
  static let unitAmount = RecordedTable(
    name: "unit_amount", identity: ["basis_id", "unit_code"],
    columns: ["basis_id", "unit_code", "amount", "source_id", "note"])

  /// The traces of everything of which `revision` opened or superseded a row, in the order of first recording.
  /// - Parameter read: reads a row from a statement whose first column is the id, followed by `columns`.
  func traces<Row>(
    of revision: Int64, in database: Database, _ read: (Statement) -> Row
  ) throws(DatabaseError) -> [RevisionTrace<Row>] {
    let names = identity.joined(separator: ", ")
    var order: [[Value]] = []
    var versions: [[Value]: [RecordedRow<Row>]] = [:]
    let all = "SELECT id, \(columns.joined(separator: ", ")), opened_in, superseded_in FROM \(name)"
    try database.each(
      """
      WITH touched AS MATERIALIZED (
        SELECT \(names) FROM \(name)
        WHERE opened_in = ?1
          AND id > ifnull((SELECT id FROM \(name) WHERE opened_in < ?1 ORDER BY id DESC LIMIT 1), 0)
        UNION SELECT \(names) FROM \(name) WHERE superseded_in = ?1
      )
      \(all) WHERE superseded_in IS NULL AND (\(names)) IN touched
      UNION ALL \(all) INDEXED BY \(name)_superseded WHERE superseded_in >= ?1 AND (\(names)) IN touched
      ORDER BY id
      """, [.integer(revision)]
    ) { statement in
      let identity = self.identity.indices.map { statement.value($0 + 1) }
      if versions[identity] == nil { order.append(identity) }
      versions[identity, default: []].append(
        RecordedRow(
          row: read(statement), opened: statement.integer(columns.count + 1),
          superseded: statement.optionalInteger(columns.count + 2)))
    }
    return order.map { RevisionTrace($0, of: revision, versions[$0] ?? []) }
  }
}

extension FactKind {
  var recorded: RecordedTable {
    RecordedTable(name: schema.table, identity: ["key"], columns: schema.allColumns)
  }

  func traces(of revision: Int64, in database: Database) throws(DatabaseError) -> [RevisionTrace<FactRow>] {
    try recorded.traces(of: revision, in: database) { FactRow(self, reading: $0) }
  }
}
