/// Current facts as the statements that say them.
///
/// 1. Recording what stands here changes nothing.
/// 2. Each statement names its fact by its key, so that a changed copy amends that fact and no other.
public final class StatedFacts {
  let database: Database
  private let namesHolders: Bool
  private var keys: [String: [Int64: String]] = [:]

  /// - Parameter namesHolders: whether appointments say the names of their holders, as far as they are known.
  public init(_ registry: Registry, namingHolders namesHolders: Bool = false) {
    database = registry.database
    self.namesHolders = namesHolders
  }

  /// The fact with this key; nil: there is none.
  public func fact(_ key: String) throws(DatabaseError) -> Change? {
    for table in FactTable.allCases {
      if let row = try rows(table, where: "key", .text(key)).first { return try change(row) }
    }
    return nil
  }

  /// The relationships of a body to others, and of others to it, that hold on `day`.
  public func relationships(of organisation: Int64, on day: Day) throws(DatabaseError) -> [Change] {
    try changes(.relationship, where: "organisation_id", .integer(organisation), on: day)
  }

  public func relationships(under organisation: Int64, on day: Day) throws(DatabaseError) -> [Change] {
    try changes(.relationship, where: "superior_id", .integer(organisation), on: day)
  }

  /// The anchor of a parcel, and its movements.
  public func whereabouts(of parcel: String) throws(DatabaseError) -> [Change] {
    let id = try database.first("SELECT id FROM parcel WHERE key = ?1", [.text(parcel)]) { $0.integer(0) }
    guard let id else { return [] }
    var changes: [Change] = []
    for table in [FactTable.anchor, .movement] {
      for row in try rows(table, where: "parcel_id", .integer(id)) { changes.append(try change(row)) }
    }
    return changes
  }

  /// The roles of a body that hold on `day`.
  public func roles(of organisation: Int64, on day: Day) throws(DatabaseError) -> [Change] {
    try changes(.role, where: "organisation_id", .integer(organisation), on: day)
  }

  /// What is said of the seats of a body on `day`.
  public func appointments(of organisation: Int64, on day: Day) throws(DatabaseError) -> [Change] {
    try changes(.appointment, where: "organisation_id", .integer(organisation), on: day)
  }

  private func changes(
    _ table: FactTable, where column: String, _ value: Value, on day: Day
  ) throws(DatabaseError) -> [Change] {
    var changes: [Change] = []
    for row in try rows(table, where: column, value) where row.period?.period.contains(day) ?? false {
      changes.append(try change(row))
    }
    return changes
  }

  private func rows(_ table: FactTable, where column: String, _ value: Value) throws(DatabaseError) -> [FactRow] {
    try database.query("\(table.selectCurrent) AND \(column) = ?1 ORDER BY id", [value]) {
      FactRow(table: table, reading: $0)
    }
  }

  // MARK: Rows as statements

  func change(_ row: FactRow) throws(DatabaseError) -> Change {
    var change = Change(try content(row), key: row.key, note: row.note)
    change.source = try row.source.map { id throws(DatabaseError) in try self.key("source", id) }
    if let period = row.period {
      change.start =
        if let event = period.startEvent { .event(try key("change_event", event)) } else { .day(period.start) }
      if let event = period.endEvent {
        change.endEvent = try key("change_event", event)
      } else {
        change.end = period.end
      }
      (change.status, change.endStatus) = (period.startStatus, period.endStatus)
    } else if let index = row.table.columns.firstIndex(of: "status"), let status = row.columns[index].text {
      change.status = Certainty(rawValue: status) ?? .stated
    }
    return change
  }

  private func content(_ row: FactRow) throws(DatabaseError) -> Change.Content {
    let fields = Fields(row: row)
    func key(_ table: String, _ column: String) throws(DatabaseError) -> String {
      try self.key(table, fields.integer(column))
    }
    func optionalKey(_ table: String, _ column: String) throws(DatabaseError) -> String? {
      try fields.optionalInteger(column).map { id throws(DatabaseError) in try self.key(table, id) }
    }
    switch row.table {
    case .citation: return .source(key: try key("source", "source_id"), Citation(row))
    case .eventDetail:
      let type = EventType(rawValue: fields.text("type")) ?? .succession
      return .event(
        key: try key("change_event", "event_id"),
        EventDetail(
          type: type, day: fields.day("happened_on"), operationalDay: fields.optionalDay("operational_on"),
          title: fields.optionalText("title")))
    case .life:
      return .life(
        organisation: try key("organisation", "organisation_id"),
        timeline: Timeline(rawValue: fields.text("timeline")) ?? .legal)
    case .code:
      return .code(
        organisation: try key("organisation", "organisation_id"), scheme: try key("scheme", "scheme_id"),
        value: fields.text("value"))
    case .name:
      return .name(
        organisation: try key("organisation", "organisation_id"), scheme: try key("scheme", "scheme_id"),
        value: fields.text("value"))
    case .role:
      return .role(
        organisation: try key("organisation", "organisation_id"), kind: try key("kind", "kind_id"),
        scheme: try optionalKey("scheme", "scheme_id"))
    case .relationship:
      return .relationship(
        organisation: try key("organisation", "organisation_id"), kind: try key("relationship_kind", "kind_id"),
        superior: try key("organisation", "superior_id"), grade: fields.optionalText("grade"))
    case .measure:
      return .measure(
        organisation: try key("organisation", "organisation_id"), kind: try key("measure_kind", "kind_id"),
        amount: fields.real("amount"), nature: fields.optionalText("nature").flatMap(MeasureNature.init))
    case .responsibility:
      let commissioner: Commissioner =
        if let kind = try optionalKey("kind", "kind_id") {
          .kind(kind)
        } else {
          .organisation(try key("organisation", "organisation_id"))
        }
      return .responsibility(
        service: try key("service", "service_id"), commissioner: commissioner,
        beneficiary: try optionalKey("organisation", "for_id"),
        nature: ResponsibilityNature(rawValue: fields.text("nature")) ?? .sole)
    case .appointment:
      var appointment = Appointment(
        seat: try key("seat", "seat_id"), nature: AppointmentNature(rawValue: fields.text("nature")) ?? .held,
        profession: fields.optionalText("profession"), holder: try optionalKey("holder", "holder_id"))
      if namesHolders, let holder = fields.optionalInteger("holder_id") {
        appointment.name = try name(ofHolder: holder)
      }
      return .appointment(organisation: try key("organisation", "organisation_id"), appointment)
    case .constitution:
      return .constitution(
        organisation: try key("organisation", "organisation_id"), version: fields.text("version"))
    case .succession:
      return .succession(
        event: try key("change_event", "event_id"), predecessor: try key("organisation", "predecessor_id"),
        successor: try key("organisation", "successor_id"),
        nature: SuccessionNature(rawValue: fields.text("nature")) ?? .succession)
    case .anchor:
      return .anchor(
        parcel: try key("parcel", "parcel_id"), organisation: try key("organisation", "organisation_id"),
        on: fields.day("anchored_on"))
    case .movement:
      return .movement(
        event: try key("change_event", "event_id"), parcel: try key("parcel", "parcel_id"),
        successor: try key("organisation", "successor_id"))
    case .flow:
      return .flow(
        event: try key("change_event", "event_id"), predecessor: try optionalKey("organisation", "predecessor_id"),
        successor: try key("organisation", "successor_id"), basis: try key("basis", "basis_id"),
        amount: fields.real("amount"))
    case .observation:
      return .observation(
        predecessor: try key("organisation", "predecessor_id"), predecessorDay: fields.day("predecessor_on"),
        successor: try key("organisation", "successor_id"), successorDay: fields.day("successor_on"),
        basis: try key("basis", "basis_id"), amount: fields.real("amount"))
    case .claim:
      let measure = try optionalKey("measure_kind", "measure_kind_id")
      return .claim(
        kind: try key("kind", "kind_id"), organisation: try optionalKey("organisation", "organisation_id"),
        from: fields.day("claimed_from"), to: fields.optionalDay("claimed_to"), value: fields.text("value"),
        amount: fields.optionalReal("amount"), scheme: try optionalKey("scheme", "scheme_id"),
        topic: (fields.optionalText("topic") ?? measure).map { ClaimTopic($0) })
    case .seatRule:
      return .seatRule(
        SeatRule(
          kind: try key("kind", "kind_id"), seat: try key("seat", "seat_id"),
          minimum: fields.optionalInteger("minimum").map(Int.init), start: fields.day("valid_from"),
          end: fields.optionalDay("valid_to")))
    case .plannedEvent:
      let words = try database.query("SELECT value FROM json_each(?1)", [.text(fields.text("words"))]) { $0.text(0) }
      return .plan(key: row.key, for: fields.day("planned_for"), words: words)
    }
  }

  /// What is planned, or was as the register knew it in a revision; in the order of time.
  public func plans(knownIn revision: Int64 = latest) throws(DatabaseError) -> [Change] {
    var plans: [Change] = []
    let table = FactTable.plannedEvent
    let rows = try database.query(
      """
      SELECT id, \(table.allColumns.joined(separator: ", ")) FROM planned_event
      WHERE \(Registry.known("planned_event")) ORDER BY planned_for, key
      """, [.integer(revision)]
    ) { FactRow(table: table, reading: $0) }
    for row in rows {
      plans.append(try change(row))
    }
    return plans
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

/// The columns of a row by their names.
private struct Fields {
  let row: FactRow

  private func value(_ column: String) -> Value {
    row.table.columns.firstIndex(of: column).map { row.columns[$0] } ?? .null
  }

  func optionalText(_ column: String) -> String? { value(column).text }
  func text(_ column: String) -> String { value(column).text ?? "" }
  func optionalInteger(_ column: String) -> Int64? { value(column).integer }
  func integer(_ column: String) -> Int64 { value(column).integer ?? 0 }
  func optionalDay(_ column: String) -> Day? { value(column).day }
  func day(_ column: String) -> Day { value(column).day ?? .distantPast }
  func optionalReal(_ column: String) -> Double? { value(column).real }
  func real(_ column: String) -> Double { value(column).real ?? 0 }
}

extension Citation {
  fileprivate init(_ row: FactRow) {
    let fields = Fields(row: row)
    self.init(
      title: fields.text("title"), instrument: fields.optionalText("instrument").flatMap(Instrument.init),
      year: fields.optionalInteger("year").map(Int.init), number: fields.optionalText("number"),
      provision: fields.optionalText("provision"), made: fields.optionalDay("made_on"),
      inForce: fields.optionalDay("in_force_on"), url: fields.optionalText("url"),
      retrieved: fields.optionalDay("retrieved_on"))
  }
}
