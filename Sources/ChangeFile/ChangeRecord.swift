import RegistryFormats
import RegistryStorage

/// Reads the lines of one record from one file. The columns that the record uses are found once for all its lines.
struct ChangeRecord {
  struct Mistake: Error {
    let message: String

    init(_ message: String) { self.message = message }
  }

  /// What a line of the record states.
  private enum Form {
    case fact(FactKind)
    case word(WordKind)
    case organisation, parcel, open, close, unit, retract
  }

  /// A column of the record, and its position if the file has it.
  private typealias Place = (column: FactColumn, position: Int?)

  private let record: String
  private let form: Form
  private let places: [Place]
  private let amounts: [(basis: String, position: Int)]
  private let header: Header
  /// For each column of the file, whether the record uses it.
  private let used: [Bool]

  /// The columns of a file, with their positions.
  struct Header {
    let columns: [String]
    let positions: [String: Int]
    let amounts: [(basis: String, position: Int)]

    /// The fields of a line that are not blank, by column.
    func said(_ fields: [String]) -> [String: String] {
      var said: [String: String] = [:]
      for (column, field) in zip(columns, fields) where !field.isEmpty { said[column] = field }
      return said
    }

    func text(_ column: String, _ fields: [String]) -> String? {
      guard let position = positions[column], !fields[position].isEmpty else { return nil }
      return fields[position]
    }
  }

  init(_ record: String, in header: Header) throws(Mistake) {
    self.record = record
    self.header = header
    var columns: [FactColumn] = []
    var names = ["record", "note"]
    if let kind = FactKind.byRecord[record], kind != .proposalStatement {
      form = .fact(kind)
      columns = kind.schema.columns + kind.schema.unstored
      names += Self.names(besides: kind.schema)
    } else if let kind = WordKind.byRecord[record] {
      form = .word(kind)
      columns = kind.columns
      names = ["record", "key"]
    } else {
      switch record {
      case "organisation": (form, names) = (.organisation, names + ["key"])
      case "parcel": (form, names) = (.parcel, names + ["key", "partition", "source"])
      case "open": (form, names) = (.open, names + ["event", "organisation", "kind", "status", "source"])
      case "close": (form, names) = (.close, names + ["event", "organisation", "status", "source"])
      case "unit": (form, names) = (.unit, names + ["partition", "unit", "parcel", "from", "to", "source"])
      case "retract": (form, names) = (.retract, names + ["key"])
      case "": throw Mistake("the column 'record' is empty")
      default: throw Mistake("unknown record '\(record)'")
      }
    }
    places = columns.map { ($0, $0.field.flatMap { header.positions[$0] }) }
    amounts = if case .unit = form { header.amounts } else { [] }
    let known = Set(names + columns.compactMap(\.field) + amounts.map { "amount:\($0.basis)" })
    used = header.columns.map(known.contains)
  }

  /// The columns that a fact has besides those of its schema.
  private static func names(besides schema: FactSchema) -> [String] {
    var names = schema.hasSource ? ["source"] : []
    let hasStatus = schema.columns.contains { if case .status = $0.type { true } else { false } }
    if schema.isDated || hasStatus { names.append("status") }
    if schema.isDated { names += ["event", "from", "to", "to_event", "to_status"] }
    return names + ["key"]
  }

  /// What a line states.
  /// - Parameter fields: as many as the header has columns.
  func change(_ fields: [String]) throws(Mistake) -> Change {
    var change = try statement(fields)
    if let unused = fields.indices.first(where: { !used[$0] && !fields[$0].isEmpty }) {
      throw Mistake("a line '\(record)' has no use for '\(header.columns[unused])'")
    }
    change.note = header.text("note", fields)
    return change
  }

  private func statement(_ fields: [String]) throws(Mistake) -> Change {
    switch form {
    case .fact(let kind): return try fact(kind, fields)
    case .word(let kind):
      let key = try required("key", fields)
      return Change(.word(Word(kind, key, try values(fields))))
    case .organisation: return Change(.organisation(key: try required("key", fields)))
    case .parcel:
      return Change(
        .parcel(key: try required("key", fields), partition: try required("partition", fields)),
        source: header.text("source", fields))
    case .open:
      return try step(
        .open(
          event: try required("event", fields), organisation: try required("organisation", fields),
          kind: header.text("kind", fields)), fields)
    case .close:
      return try step(
        .close(event: try required("event", fields), organisation: try required("organisation", fields)), fields)
    case .unit:
      var known: [UnitAmount] = []
      for (basis, position) in amounts where !fields[position].isEmpty {
        let amount = try number("amount:\(basis)", fields[position], isNegative: false)
        known.append(UnitAmount(basis: basis, amount: amount))
      }
      var change = Change(
        .unit(
          partition: try required("partition", fields), code: try required("unit", fields),
          parcel: try required("parcel", fields), amounts: known), source: header.text("source", fields))
      let (from, to) = try period(fields)
      change.start = from.map { .day($0) }
      change.end = to?.next
      return change
    case .retract: return Change(.retract(key: try required("key", fields)))
    }
  }

  private func step(_ content: Change.Content, _ fields: [String]) throws(Mistake) -> Change {
    Change(content, status: try certainty("status", fields), source: header.text("source", fields))
  }

  // MARK: Facts

  private func fact(_ kind: FactKind, _ fields: [String]) throws(Mistake) -> Change {
    let schema = kind.schema
    let values = try values(fields)
    if let flaw = schema.flaw(values) { throw Mistake(flaw) }
    let isNamedByKey = schema.columns.contains { $0.field == "key" }
    var change = Change(
      .fact(Fact(kind, values)), key: isNamedByKey ? nil : header.text("key", fields),
      status: try certainty("status", fields), source: schema.hasSource ? header.text("source", fields) : nil)
    guard schema.isDated else { return change }
    change.endStatus = try certainty("to_status", fields)
    let event = header.text("event", fields)
    let (from, to) = try period(fields)
    guard event == nil || from == nil else { throw Mistake("give 'from' or 'event', not both") }
    change.endEvent = header.text("to_event", fields)
    guard change.endEvent == nil || to == nil else { throw Mistake("give 'to' or 'to_event', not both") }
    change.start = event.map { .event($0) } ?? from.map { .day($0) }
    change.end = to?.next
    return change
  }

  private func values(_ fields: [String]) throws(Mistake) -> [Value] {
    try places.map { place throws(Mistake) in try value(place, fields) }
  }

  private func value(_ place: Place, _ fields: [String]) throws(Mistake) -> Value {
    let column = place.column
    let field = column.field ?? ""
    guard let position = place.position, !fields[position].isEmpty else {
      if case .flag = column.type { return .integer(0) }
      if column.isRequired, column.field != nil { throw missing(column.type, field) }
      return column.otherwise
    }
    let text = fields[position]
    switch column.type {
    case .text(let only): return only.isEmpty || only.contains(text) ? .text(text) : .null
    case .code:
      if let damage = CodeDamage.finding(in: text) { throw Mistake(damage) }
      return .text(text)
    case .day: return Value(try day(field, fields))
    case .dayAfter: return Value(try day(field, fields)?.next)
    case .number(let isNegative): return .real(try number(field, text, isNegative: isNegative))
    case .integer(let range):
      guard let integer = Int64(text), range.contains(integer) else {
        throw Mistake("'\(field)': '\(text)' is not a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return .integer(integer)
    case .choice(let choices):
      guard choices.contains(text) else {
        throw Mistake("'\(field)': '\(text)' is none of \(choices.joined(separator: ", "))")
      }
      return .text(text)
    case .flag(let word):
      guard text == word else { throw Mistake("'\(field)' of a \(record) is '\(word)' or blank") }
      return .integer(1)
    case .word(_, let besides): return besides.contains(text) ? .null : .text(text)
    case .tag, .event, .proposal, .establishes, .body, .parcel, .holder, .personName, .status: return .text(text)
    }
  }

  private func missing(_ type: ColumnType, _ field: String) -> Mistake {
    switch type {
    case .day, .dayAfter: Mistake("a line '\(record)' needs a day in '\(field)'")
    case .number, .integer: Mistake("a line '\(record)' needs a number in '\(field)'")
    case .choice(let choices):
      Mistake(
        "a line '\(record)' needs a '\(field)': \(choices.dropLast().joined(separator: ", ")) or \(choices.last ?? "")")
    default: Mistake("a line '\(record)' needs a '\(field)'")
    }
  }

  // MARK: Fields

  private func required(_ column: String, _ fields: [String]) throws(Mistake) -> String {
    guard let value = header.text(column, fields) else { throw Mistake("a line '\(record)' needs a '\(column)'") }
    return value
  }

  private func day(_ column: String, _ fields: [String]) throws(Mistake) -> Day? {
    guard let text = header.text(column, fields) else { return nil }
    guard let day = Day(text) else { throw Mistake("'\(column)': '\(text)' is not a day (write YYYY-MM-DD)") }
    return day
  }

  /// The first and the last day, as far as they are given.
  private func period(_ fields: [String]) throws(Mistake) -> (from: Day?, to: Day?) {
    let (from, to) = (try day("from", fields), try day("to", fields))
    if let from, let to, to < from { throw Mistake("the last day \(to) is before the first day \(from)") }
    return (from, to)
  }

  private func number(_ column: String, _ text: String, isNegative: Bool) throws(Mistake) -> Double {
    guard let number = Double(text), number.isFinite else { throw Mistake("'\(column)': '\(text)' is not a number") }
    guard isNegative || number >= 0 else { throw Mistake("'\(column)': an amount cannot be negative") }
    return number
  }

  private func certainty(_ column: String, _ fields: [String]) throws(Mistake) -> Certainty {
    guard let text = header.text(column, fields) else { return .stated }
    guard let certainty = Certainty(rawValue: text) else {
      throw Mistake("'\(column)': '\(text)' is none of \(Certainty.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return certainty
  }
}
