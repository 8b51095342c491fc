import Formats
import RegistryStorage

/// One statement as the fields of a line.
struct ChangeLine {
  static let amountPrefix = "amount:"

  /// By column; what is not said is not there.
  private(set) var fields: [String: String] = [:]

  init(_ change: Change) throws(ChangeFileWriter.Unwritable) {
    fields["source"] = change.source
    fields["note"] = change.note
    if change.status != .stated { fields["status"] = change.status.rawValue }
    if change.endStatus != .stated { fields["to_status"] = change.endStatus.rawValue }
    switch change.content {
    case .scheme, .kind, .relationshipKind, .partition, .basis, .measureKind, .service, .seat: define(change.content)
    case .source(let key, let citation): cite(key, citation)
    case .organisation(let key): say("organisation", ["key": key])
    case .parcel(let key, let partition): say("parcel", ["key": key, "partition": partition])
    case .event(let key, let detail): describe(key, detail)
    case .open, .close, .succession, .movement, .flow: step(change)
    case .life, .code, .name, .role, .relationship, .measure, .responsibility, .appointment, .constitution: date(change)
    case .claim, .seatRule, .anchor, .unit, .observation: witness(change)
    case .plan(let key, let day, let words):
      say("plan", ["key": key, "from": day.description, "value": words.shellWords])
    case .retract(let key): say("retract", ["key": key])
    case .redact(let holder):
      throw ChangeFileWriter.Unwritable(
        description: "a change file cannot say that the name of \(holder) is erased: say 'orgreg redact'")
    case .undo(let revision):
      throw ChangeFileWriter.Unwritable(
        description: "a change file cannot say that revision \(revision) is undone: revisions belong to one register")
    }
  }

  private mutating func say(_ record: String, _ said: [String: String?]) {
    fields["record"] = record
    for (column, value) in said {
      if let value, !value.isEmpty { fields[column] = value }
    }
  }

  // MARK: Records

  private mutating func define(_ word: Change.Content) {
    switch word {
    case .scheme(let scheme):
      say("scheme", ["key": scheme.key, "value": scheme.name, "rank": String(scheme.rank)])
    case .kind(let kind):
      say("kind", ["key": kind.key, "value": kind.name, "tier": kind.tier, "group": kind.exclusiveGroup])
    case .relationshipKind(let kind):
      say("relationship-kind", ["key": kind.key, "value": kind.name, "type": kind.isParent ? "parent" : nil])
    case .partition(let partition):
      say("partition", ["key": partition.key, "value": partition.name, "unit": partition.unitName])
    case .basis(let basis):
      say(
        "basis",
        [
          "key": basis.key, "value": basis.name, "unit": basis.unitName, "partition": basis.partition,
          "from": basis.asAt?.description, "type": basis.countsUnits ? "count" : nil,
        ])
    case .measureKind(let kind):
      say("measure-kind", ["key": kind.key, "value": kind.name, "unit": kind.unitName])
    case .service(let service): say("service", ["key": service.key, "value": service.name])
    case .seat(let seat): say("seat", ["key": seat.key, "value": seat.name, "type": seat.isSingle ? "single" : nil])
    default: break
    }
  }

  private mutating func cite(_ key: String, _ citation: Citation) {
    say(
      "source",
      [
        "key": key, "value": citation.title, "instrument": citation.instrument?.rawValue,
        "year": citation.year.map { String($0) }, "number": citation.number, "provision": citation.provision,
        "made": citation.made?.description, "in_force": citation.inForce?.description, "url": citation.url,
        "retrieved": citation.retrieved?.description,
      ])
  }

  private mutating func describe(_ key: String, _ detail: EventDetail) {
    say(
      "event",
      [
        "key": key, "type": detail.type.rawValue, "from": detail.day.description,
        "operational": detail.operationalDay?.description, "value": detail.title,
      ])
  }

  /// What an event does to bodies.
  private mutating func step(_ change: Change) {
    switch change.content {
    case .open(let event, let organisation, let kind):
      say("open", ["event": event, "organisation": organisation, "kind": kind])
    case .close(let event, let organisation):
      say("close", ["event": event, "organisation": organisation])
    case .succession(let event, let predecessor, let successor, let nature):
      say(
        "succession",
        [
          "key": change.key, "event": event, "organisation": predecessor, "other": successor, "nature": nature.rawValue,
        ])
    case .movement(let event, let parcel, let successor):
      say("movement", ["key": change.key, "event": event, "parcel": parcel, "other": successor])
    case .flow(let event, let predecessor, let successor, let basis, let amount):
      say(
        "flow",
        [
          "key": change.key, "event": event, "organisation": predecessor, "other": successor, "basis": basis,
          "amount": number(amount),
        ])
    default: break
    }
  }

  private mutating func date(_ change: Change) {
    switch change.content {
    case .life(let organisation, let timeline):
      say("life", ["organisation": organisation, "timeline": timeline.rawValue])
    case .code(let organisation, let scheme, let value):
      say("code", ["organisation": organisation, "scheme": scheme, "value": value])
    case .name(let organisation, let scheme, let value):
      say("name", ["organisation": organisation, "scheme": scheme, "value": value])
    case .role(let organisation, let kind, let scheme):
      say("role", ["organisation": organisation, "kind": kind, "scheme": scheme])
    case .relationship(let organisation, let kind, let superior, let grade):
      say("relationship", ["organisation": organisation, "kind": kind, "other": superior, "grade": grade])
    case .measure(let organisation, let kind, let amount, let nature):
      say(
        "measure",
        ["organisation": organisation, "kind": kind, "amount": number(amount), "nature": nature?.rawValue])
    case .responsibility(let service, let commissioner, let beneficiary, let nature):
      say("responsibility", ["service": service, "other": beneficiary, "nature": nature.rawValue])
      switch commissioner {
      case .kind(let kind): fields["kind"] = kind
      case .organisation(let organisation): fields["organisation"] = organisation
      }
    case .appointment(let organisation, let appointment):
      say(
        "appointment",
        [
          "organisation": organisation, "type": appointment.seat, "nature": appointment.nature.rawValue,
          "group": appointment.profession, "other": appointment.holder, "value": appointment.name,
        ])
    case .constitution(let organisation, let version):
      say("constitution", ["organisation": organisation, "value": version])
    default: break
    }
    fields["key"] = change.key
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

  /// What is known of territory, and what was published.
  private mutating func witness(_ change: Change) {
    switch change.content {
    case .claim(let kind, let organisation, let from, let to, let value, let amount, let scheme, let topic):
      say(
        "claim",
        [
          "key": change.key, "kind": kind, "organisation": organisation, "from": from.description,
          "to": to?.previous.description, "value": value, "amount": amount.map(number), "scheme": scheme,
          "type": topic?.word,
        ])
    case .seatRule(let rule):
      say(
        "seat-rule",
        [
          "key": change.key, "kind": rule.kind, "type": rule.seat, "amount": rule.minimum.map { String($0) },
          "from": rule.start.description, "to": rule.end?.previous.description,
        ])
    case .anchor(let parcel, let organisation, let day):
      say(
        "anchor",
        ["key": change.key, "parcel": parcel, "organisation": organisation, "from": day.description])
    case .unit(let partition, let code, let parcel, let amounts):
      say("unit", ["partition": partition, "unit": code, "parcel": parcel])
      for amount in amounts { fields[Self.amountPrefix + amount.basis] = number(amount.amount) }
    case .observation(let predecessor, let predecessorDay, let successor, let successorDay, let basis, let amount):
      say(
        "observed",
        [
          "key": change.key, "organisation": predecessor, "from": predecessorDay.description, "other": successor,
          "to": successorDay.description, "basis": basis, "amount": number(amount),
        ])
    default: break
    }
  }
}
