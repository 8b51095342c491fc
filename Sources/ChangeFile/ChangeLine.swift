import RegistryFormats
import RegistryStorage

/// One statement as the fields of a line.
struct ChangeLine {
  static let amountPrefix = "amount:"

  /// By column. A column without a value is absent.
  private(set) var fields: [String: String] = [:]

  init(_ change: Change) throws(Unwritable) {
    fields["source"] = change.source
    fields["note"] = change.note
    if change.status != .stated { fields["status"] = change.status.rawValue }
    if change.endStatus != .stated { fields["to_status"] = change.endStatus.rawValue }
    switch change.content {
    case .word(let word):
      say(word.kind.record, ["key": word.key])
      say(word.kind.columns, word.values)
    case .organisation(let key): say("organisation", ["key": key])
    case .parcel(let key, let partition): say("parcel", ["key": key, "partition": partition])
    case .fact(let fact):
      if let proposed = change.content.proposed {
        try say(proposed, note: change.note)
      } else {
        say(fact, change)
      }
    case .open(let event, let organisation, let kind):
      say("open", ["event": event, "organisation": organisation, "kind": kind])
    case .close(let event, let organisation): say("close", ["event": event, "organisation": organisation])
    case .unit(let partition, let code, let parcel, let amounts):
      say("unit", ["partition": partition, "unit": code, "parcel": parcel])
      if case .day(let day)? = change.start { fields["from"] = day.description }
      fields["to"] = change.end?.previous.description
      for amount in amounts { fields[Self.amountPrefix + amount.basis] = number(amount.amount) }
    case .retract(let key): say("retract", ["key": key])
    case .redact(let holder):
      throw Unwritable(
        "a change file cannot say that the name of \(holder) is erased: say 'orgreg redact'")
    case .undo(let revision):
      throw Unwritable(
        "a change file cannot say that revision \(revision) is undone: revisions belong to one register")
    }
  }

  private mutating func say(_ record: String, _ said: [String: String?]) {
    fields["record"] = record
    for (column, value) in said {
      if let value, !value.isEmpty { fields[column] = value }
    }
  }

  private mutating func say(_ fact: Fact, _ change: Change) {
    let schema = fact.kind.schema
    say(schema.record, ["key": change.key])
    say(schema.columns + schema.unstored, fact.values)
    guard schema.isDated else { return }
    switch change.start {
    case .day(let day): fields["from"] = day.description
    case .event(let event): fields["event"] = event
    case nil: break
    }
    if let event = change.endEvent {
      fields["to_event"] = event
    } else {
      fields["to"] = change.end?.previous.description
    }
  }

  private mutating func say(
    _ proposed: (proposal: String, position: Int64?, record: String, fields: String), note: String?
  ) throws(Unwritable) {
    do throws(ProposedStatement.Unreadable) {
      let said = try ProposedStatement(record: proposed.record, fields: proposed.fields, note: note).fields
      fields.merge(said) { $1 }
      fields["proposal"] = proposed.proposal
    } catch {
      throw Unwritable("proposal '\(proposed.proposal)': \(error)")
    }
  }

  private mutating func say(_ columns: [FactColumn], _ values: [Value]) {
    for (column, value) in zip(columns, values) {
      guard let field = column.field, let text = Self.text(value, column.type), !text.isEmpty else { continue }
      fields[field] = text
    }
  }

  private static func text(_ value: Value, _ type: ColumnType) -> String? {
    switch (type, value) {
    case (_, .null): nil
    case (.dayAfter, _): value.day?.previous.description
    case (.flag(let word), .integer(let flag)): flag == 0 ? nil : word
    case (_, .text(let text)): text
    case (_, .integer(let integer)): String(integer)
    case (_, .real(let real)): number(real)
    }
  }
}
