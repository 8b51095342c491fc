/// The kinds of facts, in the order in which their rows may refer to each other.
public enum FactKind: UInt8, CaseIterable, Sendable {
  /// What describes sources and events.
  case citation, eventDetail
  /// What holds for a period.
  case life, code, name, role, relationship, measure, responsibility, appointment, constitution, identifier
  /// What events did, where territory lay, and what others published.
  case succession, anchor, movement, unitMove, flow, observation, claim, seatRule, mayStandUnder
  /// What is proposed.
  case proposalDetail, proposalBase, proposalStatement

  /// How facts of this kind are stored, stated and shown.
  package var schema: FactSchema { Self.schemas[Int(rawValue)] }

  private static let schemas: [FactSchema] = [
    .citation, .eventDetail,
    .life, .code, .name, .role, .relationship, .measure, .responsibility, .appointment, .constitution, .identifier,
    .succession, .anchor, .movement, .unitMove, .flow, .observation, .claim, .seatRule, .mayStandUnder,
    .proposalDetail, .proposalBase, .proposalStatement,
  ]

  /// The kinds whose facts hold for a period.
  public static let dated = allCases.filter(\.schema.isDated)

  /// The dated kinds that are about one body.
  package static let ofBodies = dated.filter { $0.schema.columns[$0.schema.owner].isRequired }

  /// The kind that a line of a change file states, by the first word of the line.
  package static let byRecord = Dictionary(uniqueKeysWithValues: allCases.map { ($0.schema.record, $0) })
}

/// A fact as somebody states it. It names events, parcels and words by their keys, and bodies by a key or a code.
public struct Fact: Equatable, Sendable {
  /// What kind of fact it is.
  public let kind: FactKind
  /// What each column of the schema says, followed by what is not stored.
  package var values: [Value]

  package init(_ kind: FactKind, _ values: [Value]) {
    self.kind = kind
    self.values = values
  }

  /// The bodies that the fact names, its owner first.
  package var bodies: [String] { kind.schema.bodies.compactMap { values[$0].text } }

  /// The event to which the fact belongs. Events that only date the fact do not count.
  package var event: String? { kind.schema.event.flatMap { values[$0].text } }

  /// The event, source or proposal that the fact describes.
  package var established: String? {
    guard let column = kind.schema.columns.first, case .establishes = column.type else { return nil }
    return values[0].text
  }

  package var parcel: String? {
    get { kind.schema.parcel.flatMap { values[$0].text } }
    set { if let column = kind.schema.parcel { values[column] = Value(newValue) } }
  }

  /// Whether the fact says where a parcel or a unit lies.
  package var placesUnits: Bool { kind.schema.parcel != nil || kind == .unitMove }

  /// The words of the register that the fact uses.
  package var words: [String] {
    zip(kind.schema.columns, values).compactMap { column, value in
      if case .word = column.type { value.text } else { nil }
    }
  }
}

extension Change.Content {
  /// Replaces the text of a fact.
  /// - Returns: false if the fact has no text.
  package mutating func amend(value: String) -> Bool {
    amend(.text(value)) { type in
      switch type {
      case .text, .code: true
      default: false
      }
    }
  }

  /// Replaces the amount of a fact.
  /// - Returns: false if the fact has no amount.
  package mutating func amend(amount: Double) -> Bool {
    amend(.real(amount)) { if case .number = $0 { true } else { false } }
  }

  /// Replaces the day of a fact that has no period.
  /// - Returns: false if the fact has no day.
  package mutating func amend(day: Day) -> Bool { amend(Value(day)) { if case .day = $0 { true } else { false } } }

  private mutating func amend(_ value: Value, _ isMeant: (ColumnType) -> Bool) -> Bool {
    guard case .fact(var fact) = self,
      let column = fact.kind.schema.columns.firstIndex(where: { $0.isRequired && isMeant($0.type) })
    else { return false }
    fact.values[column] = value
    self = .fact(fact)
    return true
  }

  static func fact(_ kind: FactKind, _ values: [Value]) -> Self { .fact(Fact(kind, values)) }
}

/// A row of a table of facts, without the revisions that opened and superseded it. It has ids in place of keys.
struct FactRow: Equatable {
  let kind: FactKind
  let key: String
  /// In the order of the columns of the schema.
  var values: [Value]
  var validity: Validity?
  var source: Int64?
  var note: String?

  /// The body that a dated fact is about. In any other fact, the first reference.
  var owner: Int64 { values[kind.schema.owner].integer ?? 0 }

  /// The second body of a dated fact that names two.
  var other: Int64? { kind.schema.otherBody.flatMap { values[$0].integer } }

  /// The event to which the fact belongs, or which it describes. Events that only date the fact do not count.
  var event: Int64? { (kind.schema.event ?? kind.schema.describedEvent).flatMap { values[$0].integer } }

  /// Appends what the columns of the table hold, and the revision that opens the row.
  func append(to columns: inout [Value], openedIn revision: Int64) {
    columns.append(.text(key))
    columns += values
    if let validity {
      columns.append(Value(validity.period.start))
      columns.append(Value(validity.period.end))
      columns.append(.text(validity.startStatus.rawValue))
      columns.append(.text(validity.endStatus.rawValue))
      columns.append(Value(validity.startEvent))
      columns.append(Value(validity.endEvent))
    }
    if kind.schema.hasSource { columns.append(Value(source)) }
    columns.append(Value(note))
    columns.append(.integer(revision))
  }

  /// What the row says, in a few words, for people who review a change.
  var summary: String {
    var text = ""
    func add(_ word: String) {
      if !text.isEmpty { text += " " }
      text += word
    }
    for position in kind.schema.spoken {
      switch values[position] {
      case .null: break
      case .integer(let integer): add(String(integer))
      case .real(let real): add(String(real))
      case .text(let word): add(word)
      }
    }
    if let period = validity?.period { add(period.words) }
    return text
  }
}

extension FactRow {
  /// Reads a row of `FactSchema.selectCurrent`, whose first column is the id.
  init(_ kind: FactKind, reading statement: Statement) {
    let schema = kind.schema
    self.kind = kind
    key = statement.text(1)
    var next = 2
    values = schema.columns.indices.map { statement.value(next + $0) }
    next += values.count
    if schema.isDated {
      validity = Validity(
        period: statement.period(next), startStatus: statement.certainty(next + 2),
        endStatus: statement.certainty(next + 3), startEvent: statement.optionalInteger(next + 4),
        endEvent: statement.optionalInteger(next + 5))
      next += FactSchema.periodColumns.count
    }
    if schema.hasSource {
      source = statement.optionalInteger(next)
      next += 1
    }
    note = statement.optionalText(next)
  }
}

/// The period for which a fact holds, with what is known about its two boundaries.
struct Validity: Equatable {
  var period: Period
  var startStatus: Certainty
  var endStatus: Certainty
  var startEvent: Int64?
  var endEvent: Int64?

  var start: Day { period.start }

  /// A boundary: the day, where it comes from, and the id of the event that dates it.
  typealias Boundary = (day: Day?, status: Certainty, event: Int64?)

  var beginning: Boundary { (period.start, startStatus, startEvent) }

  var ending: Boundary {
    get { (period.end, endStatus, endEvent) }
    set { (period.end, endStatus, endEvent) = newValue }
  }

  func isDated(by event: Int64) -> Bool { startEvent == event || endEvent == event }

  /// Moves the boundaries that an event dates to its new day.
  mutating func move(_ event: Int64, from old: EventDetail, to new: EventDetail) {
    func moved(_ day: Day) -> Day {
      day != old.day && day == old.operationalDay ? new.operationalDay ?? new.day : new.day
    }
    if startEvent == event { period.start = moved(period.start) }
    if endEvent == event { period.end = period.end.map(moved) }
  }
}
