/// The tables whose rows can be corrected, and how a row of them is written.
enum FactTable: String, CaseIterable {
  // In the order in which rows may refer to each other.
  case citation
  case eventDetail = "event_detail"
  case life, code, name, role, relationship, measure, responsibility, appointment, constitution
  case succession, anchor, movement, flow, observation, claim
  case seatRule = "seat_rule"
  case plannedEvent = "planned_event"

  /// Its place among all cases.
  var position: Int {
    switch self {
    case .citation: 0
    case .eventDetail: 1
    case .life: 2
    case .code: 3
    case .name: 4
    case .role: 5
    case .relationship: 6
    case .measure: 7
    case .responsibility: 8
    case .appointment: 9
    case .constitution: 10
    case .succession: 11
    case .anchor: 12
    case .movement: 13
    case .flow: 14
    case .observation: 15
    case .claim: 16
    case .seatRule: 17
    case .plannedEvent: 18
    }
  }

  /// What the names of columns tell, by position: made once, for they are needed for every fact.
  private static let columnNames = allCases.map(\.namesOfColumns)
  private static let otherColumns = allCases.map { table in
    table.otherBody.flatMap { table.columns.firstIndex(of: $0.rawValue) }
  }
  private static let bodies: Set = ["organisation_id", "superior_id", "for_id", "predecessor_id", "successor_id"]
  private static let columnsOfBodies = columnNames.map { names in names.indices.filter { bodies.contains(names[$0]) } }
  private static let columnsOfWords = columnNames.map { names in names.indices.filter { !names[$0].hasSuffix("_id") } }

  /// The columns that say what the fact is, without key, period, source, note and revisions.
  var columns: [String] { Self.columnNames[position] }

  /// Which of `columns` names the other body of a fact.
  var otherColumn: Int? { Self.otherColumns[position] }

  /// Which of `columns` say something to people: the others are ids.
  var spokenColumns: [Int] { Self.columnsOfWords[position] }

  /// Which of `columns` name bodies.
  var bodyColumns: [Int] { Self.columnsOfBodies[position] }

  private var namesOfColumns: [String] {
    switch self {
    case .citation:
      [
        "source_id", "title", "instrument", "year", "number", "provision", "made_on", "in_force_on", "url",
        "retrieved_on",
      ]
    case .eventDetail: ["event_id", "type", "happened_on", "operational_on", "title", "status"]
    case .life: ["organisation_id", "timeline"]
    case .code, .name: ["organisation_id", "scheme_id", "value"]
    case .role: ["organisation_id", "kind_id", "scheme_id"]
    case .relationship: ["organisation_id", "kind_id", "superior_id", "grade"]
    case .measure: ["organisation_id", "kind_id", "amount", "nature"]
    case .responsibility: ["organisation_id", "kind_id", "service_id", "for_id", "nature"]
    case .appointment: ["organisation_id", "seat_id", "nature", "profession", "holder_id"]
    case .constitution: ["organisation_id", "version"]
    case .succession: ["event_id", "predecessor_id", "successor_id", "nature", "status"]
    case .anchor: ["parcel_id", "organisation_id", "anchored_on", "status"]
    case .movement: ["event_id", "parcel_id", "successor_id"]
    case .flow: ["event_id", "predecessor_id", "successor_id", "basis_id", "amount"]
    case .observation: ["predecessor_id", "predecessor_on", "successor_id", "successor_on", "basis_id", "amount"]
    case .claim:
      [
        "kind_id", "organisation_id", "topic", "measure_kind_id", "claimed_from", "claimed_to", "value", "amount",
        "scheme_id",
      ]
    case .seatRule: ["kind_id", "seat_id", "minimum", "valid_from", "valid_to", "status"]
    case .plannedEvent: ["planned_for", "words"]
    }
  }

  /// Whether rows hold over a period; then the first column is the organisation (of responsibilities: if it is one body's).
  var isDated: Bool {
    switch self {
    case .life, .code, .name, .role, .relationship, .measure, .responsibility, .appointment, .constitution: true
    default: false
    }
  }

  /// Whether facts end with the body that they are about, or with the other one that they name.
  var endsWithBodies: Bool {
    switch self {
    case .code, .name, .role, .relationship, .responsibility, .appointment, .constitution: true
    default: false
    }
  }

  /// The column that names the other body of a fact.
  var otherBody: Reference? {
    switch self {
    case .relationship: .superior
    case .responsibility: .beneficiary
    default: nil
    }
  }

  /// A citation is how a source is cited, and needs no source itself; a plan names its own among its words.
  var hasSource: Bool { self != .citation && self != .plannedEvent }

  static let periodColumns = ["valid_from", "valid_to", "from_status", "to_status", "from_event_id", "to_event_id"]

  var allColumns: [String] {
    ["key"] + columns + (isDated ? Self.periodColumns : []) + (hasSource ? ["source_id"] : []) + ["note"]
  }

  var selectCurrent: String { Self.selections[self]?[nil] ?? "" }

  /// A column by which current rows are looked up.
  enum Reference: String, CaseIterable {
    case key
    case organisation = "organisation_id"
    case superior = "superior_id"
    case beneficiary = "for_id"
    case startEvent = "from_event_id"
    case endEvent = "to_event_id"
  }

  /// The current rows whose column has the value ?1.
  func selectCurrent(where column: Reference) -> String { Self.selections[self]?[column] ?? "" }

  /// Made once: they are needed for every fact.
  private static let selections: [FactTable: [Reference?: String]] = Dictionary(
    uniqueKeysWithValues: allCases.map { table in
      let all =
        "SELECT id, \(table.allColumns.joined(separator: ", ")) FROM \(table.rawValue) WHERE superseded_in IS NULL"
      let byColumn = Reference.allCases.map { column -> (Reference?, String) in
        (column, "\(all) AND \(column.rawValue) = ?1")
      }
      return (table, Dictionary(uniqueKeysWithValues: byColumn + [(nil, all)]))
    })

  /// Tables that say where parcels lie: a change in one of them calls for a replay.
  var isTerritorial: Bool {
    switch self {
    case .eventDetail, .life, .succession, .anchor, .movement, .flow: true
    default: false
    }
  }
}

/// A row of a fact table, without the revisions that opened and superseded it.
struct FactRow: Equatable {
  let table: FactTable
  let key: String
  var columns: [Value]
  var period: DatedPeriod?
  var source: Int64?
  var note: String?

  /// The organisation of a dated fact; the first reference of any other.
  var owner: Int64 { columns.first?.integer ?? 0 }

  /// The other body of a dated fact about two.
  var other: Int64? {
    table.otherColumn.flatMap { columns[$0].integer }
  }

  /// What stands in `FactTable.allColumns`, and the revision that opens the row.
  func values(openedIn revision: Int64) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(columns.count + FactTable.periodColumns.count + 4)
    values.append(.text(key))
    values += columns
    if let period {
      values.append(Value(period.start))
      values.append(Value(period.end))
      values.append(.text(period.startStatus.rawValue))
      values.append(.text(period.endStatus.rawValue))
      values.append(Value(period.startEvent))
      values.append(Value(period.endEvent))
    }
    if table.hasSource { values.append(Value(source)) }
    values.append(Value(note))
    values.append(.integer(revision))
    return values
  }

  init(table: FactTable, key: String, columns: [Value], period: DatedPeriod? = nil, source: Int64?, note: String?) {
    self.table = table
    self.key = key
    self.columns = columns
    self.period = period
    self.source = source
    self.note = note
  }

  /// Reads what `FactTable.selectCurrent` selects, after the id.
  init(table: FactTable, reading statement: Statement) {
    self.table = table
    key = statement.text(1)
    var next = 2
    columns = table.columns.indices.map { statement.value(next + $0) }
    next += columns.count
    if table.isDated {
      period = DatedPeriod(
        start: statement.day(next), end: statement.optionalDay(next + 1),
        startStatus: Certainty(rawValue: statement.text(next + 2)) ?? .stated,
        endStatus: Certainty(rawValue: statement.text(next + 3)) ?? .stated,
        startEvent: statement.optionalInteger(next + 4), endEvent: statement.optionalInteger(next + 5))
      next += FactTable.periodColumns.count
    }
    if table.hasSource {
      source = statement.optionalInteger(next)
      next += 1
    }
    note = statement.optionalText(next)
  }
}

/// A period with what is known about its two boundaries.
struct DatedPeriod: Equatable {
  var start: Day
  var end: Day?
  var startStatus: Certainty
  var endStatus: Certainty
  var startEvent: Int64?
  var endEvent: Int64?

  var period: Period { Period(start, end) }

  func isDated(by event: Int64) -> Bool { startEvent == event || endEvent == event }

  /// Moves the boundaries that an event dates along with it.
  mutating func move(_ event: Int64, from old: EventDetail, to new: EventDetail) {
    func moved(_ day: Day) -> Day {
      day != old.day && day == old.operationalDay ? new.operationalDay ?? new.day : new.day
    }
    if startEvent == event { start = moved(start) }
    if endEvent == event { end = end.map(moved) }
  }
}
