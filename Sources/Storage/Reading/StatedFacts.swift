/// Current facts as statements.
///
/// Kept here:
/// 1. Recording these statements again changes nothing.
/// 2. Each statement names its fact by its key, so that a changed copy amends that fact and no other.
package final class StatedFacts {
  let database: Database
  private let namesHolders: Bool
  private var keys: [String: [Int64: String]] = [:]

  /// - Parameter namesHolders: whether appointments give the names of their holders, if they are known.
  package init(_ registry: Registry, namingHolders namesHolders: Bool = false) {
    database = registry.database
    self.namesHolders = namesHolders
  }

  /// The fact with this key, if there is one.
  package func fact(_ key: String) throws(DatabaseError) -> Change? {
    for kind in FactKind.allCases {
      if let row = try rows(kind, where: "key", .text(key)).first { return try change(row) }
    }
    return nil
  }

  /// The fact that describes an event, if there is one.
  package func event(_ key: String) throws(DatabaseError) -> Change? {
    try rows(.eventDetail, where: "key", .text(EventDetail.factKey(ofEvent: key))).first.map(change)
  }

  /// The facts of a dated kind about a body that hold on `day`.
  package func facts(_ kind: FactKind, of organisation: OrganisationID, on day: Day) throws(DatabaseError) -> [Change] {
    try changes(kind, where: kind.schema.columns[kind.schema.owner].sql, organisation, on: day)
  }

  /// The relationships of others to a body that hold on `day`.
  package func relationships(under organisation: OrganisationID, on day: Day) throws(DatabaseError) -> [Change] {
    try changes(.relationship, where: "superior_id", organisation, on: day)
  }

  /// The anchor and the movements of a parcel.
  package func whereabouts(of parcel: String) throws(DatabaseError) -> [Change] {
    let id = try database.first("SELECT id FROM parcel WHERE key = ?1", [.text(parcel)]) { $0.integer(0) }
    guard let id else { return [] }
    var changes: [Change] = []
    for kind in [FactKind.anchor, .movement] {
      changes += try rows(kind, where: "parcel_id", .integer(id)).map(change)
    }
    return changes
  }

  private func changes(
    _ kind: FactKind, where column: String, _ body: OrganisationID, on day: Day
  ) throws(DatabaseError) -> [Change] {
    try rows(kind, where: column, Value(body)).filter { $0.validity?.period.contains(day) ?? false }.map(change)
  }

  private func rows(_ kind: FactKind, where column: String, _ value: Value) throws(DatabaseError) -> [FactRow] {
    try database.query("\(kind.schema.selectCurrent(where: column)) ORDER BY id", [value]) {
      FactRow(kind, reading: $0)
    }
  }

  // MARK: Rows as statements

  func change(_ row: FactRow) throws(DatabaseError) -> Change {
    var change = Change(try content(row), key: row.key, note: row.note)
    change.source = try row.source.map { id throws(DatabaseError) in try self.key("source", id) }
    if let validity = row.validity {
      change.start =
        if let event = validity.startEvent { .event(try key("change_event", event)) } else { .day(validity.start) }
      if let event = validity.endEvent {
        change.endEvent = try key("change_event", event)
      } else {
        change.end = validity.period.end
      }
      (change.status, change.endStatus) = (validity.startStatus, validity.endStatus)
    } else {
      for (column, value) in zip(row.kind.schema.columns, row.values) {
        if case .status = column.type { change.status = value.text.flatMap(Certainty.init) ?? .stated }
      }
    }
    return change
  }

  private func content(_ row: FactRow) throws(DatabaseError) -> Change.Content {
    let schema = row.kind.schema
    var values: [Value] = []
    var holder: Int64?
    for (column, value) in zip(schema.columns, row.values) {
      if case .holder = column.type { holder = value.integer }
      if case .status = column.type {
        values.append(.null)
      } else if let table = column.type.referredTable, let id = value.integer {
        values.append(.text(try key(table, id)))
      } else {
        values.append(value)
      }
    }
    for column in schema.unstored {
      guard case .personName = column.type, namesHolders, let holder else {
        values.append(.null)
        continue
      }
      values.append(Value(try name(ofHolder: holder)))
    }
    return .fact(Fact(row.kind, values))
  }

  private func name(ofHolder id: Int64) throws(DatabaseError) -> String? {
    try database.first("SELECT name FROM holder WHERE id = ?1", [.integer(id)]) { $0.optionalText(0) } ?? nil
  }

  /// The permanent key behind an id.
  func key(_ table: String, _ id: Int64) throws(DatabaseError) -> String {
    if let key = keys[table]?[id] { return key }
    let key = try database.first("SELECT key FROM \(table) WHERE id = ?1", [.integer(id)]) { $0.text(0) } ?? ""
    keys[table, default: [:]][id] = key
    return key
  }
}
