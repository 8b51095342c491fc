import RegistryFormats
import RegistryStorage

/// A statement of a proposal: the fields of one line, which become a change when the proposal is enacted.
///
/// Kept here:
/// 1. Stored fields can be read, because they were read once before they were stored.
/// 2. An event without a day happens on the day of the proposal.
/// 3. Units that move are named by their codes. Which parcels move is known only when the proposal is enacted, because
///    others may have divided them by then.
struct ProposedStatement {
  /// Stored fields that are not what this program writes.
  struct Unreadable: Error, CustomStringConvertible {
    let description: String
  }

  /// What a statement means.
  enum Meaning {
    case change(Change)
    case unit(UnitMovement)
  }

  /// By column of the change file, with the record and the note.
  private(set) var fields: [String: String]

  init(_ fields: [String: String]) {
    self.fields = fields
    self.fields["proposal"] = nil
  }

  /// - Parameter day: the day of the proposal.
  init(_ change: Change, plannedFor day: Day) throws(Unwritable) {
    self.init(try ChangeLine(change).fields)
    if change.content.event?.detail.day == day { fields["from"] = nil }
  }

  init(_ movement: UnitMovement) {
    fields = [
      "record": FactKind.movement.schema.record, "event": movement.event, "organisation": movement.predecessor,
      "unit": movement.unit, "other": movement.successor,
    ]
  }

  /// Reads what is stored.
  init(record: String, fields text: String, note: String?) throws(Unreadable) {
    let value: JSONValue
    do { value = try JSONReader.read(Array(text.utf8)) } catch { throw Unreadable(description: "\(error)") }
    guard case .object(let members) = value else { throw Unreadable(description: "the fields are no object") }
    fields = ["record": record]
    for member in members {
      guard case .string(let text) = member.value else { throw Unreadable(description: "'\(member.name)' is no text") }
      fields[member.name] = text
    }
    fields["note"] = note
  }

  private var record: String { fields["record"] ?? "" }

  /// The statement as a change of a proposal. It is read once first, so that mistakes show now.
  func change(in proposal: String) throws(ChangeRecord.Mistake) -> Change {
    // The day is not known here, and any day will do.
    if case .change(let change) = try meaning(on: .distantPast), change.namesPerson {
      throw ChangeRecord.Mistake(
        "a proposal keeps no names of people, which could not be erased there: name the holder by a key, in 'other'")
    }
    let members = fields.filter { $0.key != "record" && $0.key != "note" }.sorted { $0.key < $1.key }
    let text = JSONValue.object(members.map { JSONValue.Member($0.key, .string($0.value)) }).text(style: .compact)
    let content = Change.Content.proposed(in: proposal, record: record, fields: String(text.dropLast()))
    if case .fact(let fact) = content, let flaw = fact.kind.schema.flaw(fact.values) {
      throw ChangeRecord.Mistake(flaw)
    }
    return Change(content, note: fields["note"])
  }

  /// What the statement means if the proposal is enacted on `day`.
  func meaning(on day: Day) throws(ChangeRecord.Mistake) -> Meaning {
    if record == FactKind.movement.schema.record, fields["unit"] != nil, fields["parcel"] == nil {
      return .unit(try unitMovement())
    }
    var said = fields
    if record == FactKind.eventDetail.schema.record, said["from"] == nil { said["from"] = day.description }
    let columns = said.keys.sorted()
    let header = ChangeRecord.Header(
      columns: columns,
      positions: Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($0.element, $0.offset) }), amounts: [])
    return .change(try ChangeRecord(record, in: header).change(columns.map { said[$0] ?? "" }))
  }

  private func unitMovement() throws(ChangeRecord.Mistake) -> UnitMovement {
    let used: Set<String> = ["record", "event", "organisation", "unit", "other", "note"]
    if let unused = fields.keys.sorted().first(where: { !used.contains($0) }) {
      throw ChangeRecord.Mistake("a line '\(record)' of a unit has no use for '\(unused)'")
    }
    func required(_ column: String) throws(ChangeRecord.Mistake) -> String {
      guard let text = fields[column] else {
        throw ChangeRecord.Mistake("a line '\(record)' of a unit needs a '\(column)'")
      }
      return text
    }
    return UnitMovement(
      event: try required("event"), predecessor: try required("organisation"), unit: try required("unit"),
      successor: try required("other"))
  }
}

extension Change {
  fileprivate var namesPerson: Bool {
    guard case .fact(let fact) = content else { return false }
    return zip(fact.kind.schema.unstored, fact.values[fact.kind.schema.columns.count...]).contains { column, value in
      if case .personName = column.type { value != .null } else { false }
    }
  }
}
