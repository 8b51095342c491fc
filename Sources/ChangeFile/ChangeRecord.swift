import Formats
import RegistryStorage

/// One line of a change file on its way to a change.
struct ChangeRecord {
  struct Mistake: Error {
    let message: String

    init(_ message: String) { self.message = message }
  }

  private let fields: [String]
  private let indexOf: [String: Int]
  private let amountColumns: [(basis: String, index: Int)]
  /// By column, whether the record has asked for it.
  private var used: [Bool]

  init(fields: [String], indexOf: [String: Int], amountColumns: [(basis: String, index: Int)]) {
    self.fields = fields
    used = [Bool](repeating: false, count: fields.count)
    self.indexOf = indexOf
    self.amountColumns = amountColumns
  }

  var type: String { indexOf["record"].map { fields[$0] } ?? "" }

  /// A column that is filled in though its record does not use it.
  var unusedColumn: String? {
    let forgotten = fields.indices.filter { !used[$0] && !fields[$0].isEmpty }
    guard forgotten.count > 1 || forgotten.first != indexOf["record"] else { return nil }
    return indexOf.filter { forgotten.contains($0.value) && $0.key != "record" }.keys.min()
  }

  // MARK: Fields

  private mutating func text(_ column: String) -> String? {
    guard let index = indexOf[column] else { return nil }
    used[index] = true
    return fields[index].isEmpty ? nil : fields[index]
  }

  private mutating func required(_ column: String) throws(Mistake) -> String {
    guard let value = text(column) else { throw Mistake("a line '\(type)' needs a '\(column)'") }
    return value
  }

  private mutating func day(_ column: String) throws(Mistake) -> Day? {
    guard let value = text(column) else { return nil }
    guard let day = Day(value) else { throw Mistake("'\(column)': '\(value)' is not a day (write YYYY-MM-DD)") }
    return day
  }

  private mutating func requiredDay(_ column: String) throws(Mistake) -> Day {
    guard let day = try day(column) else { throw Mistake("a line '\(type)' needs a day in '\(column)'") }
    return day
  }

  private mutating func number(_ column: String) throws(Mistake) -> Double? {
    guard let value = text(column) else { return nil }
    guard let number = Double(value), number.isFinite else { throw Mistake("'\(column)': '\(value)' is not a number") }
    return number
  }

  private mutating func requiredNumber(_ column: String) throws(Mistake) -> Double {
    guard let number = try number(column) else { throw Mistake("a line '\(type)' needs a number in '\(column)'") }
    return number
  }

  private mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ column: String, _: Choice.Type
  ) throws(Mistake) -> Choice? where Choice.RawValue == String {
    guard let value = text(column) else { return nil }
    guard let choice = Choice(rawValue: value) else {
      throw Mistake("'\(column)': '\(value)' is none of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return choice
  }

  // MARK: Records

  mutating func change() throws(Mistake) -> Change {
    var change: Change
    switch type {
    case "scheme", "kind", "relationship-kind", "partition", "basis", "measure-kind", "service", "seat":
      return Change(try word())
    case "source":
      change = Change(.source(key: try required("key"), try citation()))
    case "organisation":
      change = Change(.organisation(key: try required("key")))
    case "parcel":
      change = Change(.parcel(key: try required("key"), partition: try required("partition")))
      change.source = text("source")
    case "event":
      change = Change(try event())
      (change.status, _) = try statuses()
      change.source = text("source")
    case "open", "close", "succession", "movement", "flow":
      change = Change(try step())
      (change.status, _) = try statuses()
      change.source = text("source")
      if type == "succession" || type == "movement" || type == "flow" { change.key = text("key") }
    case "life", "code", "name", "role", "relationship", "measure", "responsibility", "appointment", "constitution":
      change = try dated()
    case "claim", "seat-rule", "anchor", "unit", "observed":
      change = Change(try evidence())
      (change.status, _) = try statuses()
      change.source = text("source")
      change.key = type == "unit" ? nil : text("key")
    case "plan":
      change = Change(try plan())
    case "retract":
      change = Change(.retract(key: try required("key")))
    case "": throw Mistake("the column 'record' is empty")
    default:
      throw Mistake("unknown record '\(type)'")
    }
    change.note = text("note")
    return change
  }

  private mutating func statuses() throws(Mistake) -> (start: Certainty, end: Certainty) {
    (try choice("status", Certainty.self) ?? .stated, try choice("to_status", Certainty.self) ?? .stated)
  }

  private mutating func word() throws(Mistake) -> Change.Content {
    let key = try required("key")
    let name = try required("value")
    switch type {
    case "scheme": return .scheme(Scheme(key: key, name: name, rank: Int(try number("rank") ?? 0)))
    case "kind": return .kind(Kind(key: key, name: name, tier: text("tier"), exclusiveGroup: text("group")))
    case "relationship-kind":
      let type = text("type")
      guard type == nil || type == "parent" else { throw Mistake("'type' of a relationship-kind is 'parent' or blank") }
      return .relationshipKind(RelationshipKind(key: key, name: name, isParent: type == "parent"))
    case "partition": return .partition(Partition(key: key, name: name, unitName: try required("unit")))
    case "basis":
      let type = text("type")
      guard type == nil || type == "count" else { throw Mistake("'type' of a basis is 'count' or blank") }
      let partition = text("partition")
      guard type == nil || partition != nil else { throw Mistake("a basis that counts units needs a 'partition'") }
      return .basis(
        Basis(
          key: key, name: name, partition: partition, unitName: try required("unit"), asAt: try day("from"),
          countsUnits: type == "count"))
    case "service": return .service(Service(key: key, name: name))
    case "seat":
      let type = text("type")
      guard type == nil || type == "single" else { throw Mistake("'type' of a seat is 'single' or blank") }
      return .seat(Seat(key: key, name: name, isSingle: type == "single"))
    default: return .measureKind(MeasureKind(key: key, name: name, unitName: try required("unit")))
    }
  }

  private mutating func citation() throws(Mistake) -> Citation {
    let year = try number("year")
    guard year.map({ $0.rounded() == $0 && (1_000...9_999).contains($0) }) ?? true else {
      throw Mistake("'year' is not a year")
    }
    return Citation(
      title: try required("value"), instrument: try choice("instrument", Citation.Instrument.self),
      year: year.map { Int($0) }, number: text("number"), provision: text("provision"), made: try day("made"),
      inForce: try day("in_force"), url: text("url"), retrieved: try day("retrieved"))
  }

  private mutating func event() throws(Mistake) -> Change.Content {
    guard let type = try choice("type", EventType.self) else { throw Mistake("an event needs a 'type'") }
    return .event(
      key: try required("key"),
      EventDetail(
        type: type, day: try requiredDay("from"), operationalDay: try day("operational"), title: text("value")))
  }

  private mutating func plan() throws(Mistake) -> Change.Content {
    let line = try required("value")
    guard let words = [String](shellWords: line), !words.isEmpty else {
      throw Mistake("'value': a quote is not closed, or there are no words: write them as for a shell")
    }
    return .plan(key: try required("key"), for: try requiredDay("from"), words: words)
  }

  private mutating func step() throws(Mistake) -> Change.Content {
    let event = try required("event")
    switch type {
    case "open": return .open(event: event, organisation: try required("organisation"), kind: text("kind"))
    case "close": return .close(event: event, organisation: try required("organisation"))
    case "succession":
      guard let nature = try choice("nature", SuccessionNature.self) else {
        throw Mistake("a succession needs a 'nature': succession, territory or duties")
      }
      return .succession(
        event: event, predecessor: try required("organisation"), successor: try required("other"), nature: nature)
    case "movement": return .movement(event: event, parcel: try required("parcel"), successor: try required("other"))
    default:
      return .flow(
        event: event, predecessor: text("organisation"), successor: try required("other"),
        basis: try required("basis"), amount: try amount("amount"))
    }
  }

  private mutating func dated() throws(Mistake) -> Change {
    let content = type == "responsibility" ? try responsibility() : try factOfBody()
    let event = text("event")
    let from = try day("from")
    guard event == nil || from == nil else { throw Mistake("give 'from' or 'event', not both") }
    let to = try day("to")
    if let from, let to, to < from { throw Mistake("the last day \(to) is before the first day \(from)") }
    let endEvent = text("to_event")
    guard endEvent == nil || to == nil else { throw Mistake("give 'to' or 'to_event', not both") }
    var change = Change(content, key: text("key"), end: to?.next, endEvent: endEvent, source: text("source"))
    change.start = event.map { .event($0) } ?? from.map { .day($0) }
    (change.status, change.endStatus) = try statuses()
    return change
  }

  private mutating func responsibility() throws(Mistake) -> Change.Content {
    let kind = text("kind")
    let organisation = text("organisation")
    guard (kind == nil) != (organisation == nil) else {
      throw Mistake("a responsibility needs either a 'kind' or an 'organisation': who commissions the service")
    }
    guard let nature = try choice("nature", ResponsibilityNature.self) else {
      throw Mistake("a responsibility needs a 'nature': sole, joint or delegated")
    }
    return .responsibility(
      service: try required("service"), commissioner: kind.map { .kind($0) } ?? .organisation(organisation ?? ""),
      beneficiary: text("other"), nature: nature)
  }

  private mutating func factOfBody() throws(Mistake) -> Change.Content {
    let organisation = try required("organisation")
    switch type {
    case "life":
      guard let timeline = try choice("timeline", Timeline.self) else {
        throw Mistake("a life needs a 'timeline': legal or operational")
      }
      return .life(organisation: organisation, timeline: timeline)
    case "code":
      let value = try required("value")
      if let damage = CodeDamage.finding(in: value) { throw Mistake(damage) }
      guard value.allSatisfy({ !$0.isWhitespace }) else { throw Mistake("the code '\(value)' has blanks in it") }
      return .code(organisation: organisation, scheme: try required("scheme"), value: value)
    case "name":
      return .name(organisation: organisation, scheme: try required("scheme"), value: try required("value"))
    case "role": return .role(organisation: organisation, kind: try required("kind"), scheme: text("scheme"))
    case "relationship":
      return .relationship(
        organisation: organisation, kind: try required("kind"), superior: try required("other"), grade: text("grade"))
    case "appointment": return .appointment(organisation: organisation, try appointment())
    case "constitution": return .constitution(organisation: organisation, version: try required("value"))
    default:
      return .measure(
        organisation: organisation, kind: try required("kind"), amount: try requiredNumber("amount"),
        nature: try choice("nature", MeasureNature.self))
    }
  }

  private mutating func appointment() throws(Mistake) -> Appointment {
    Appointment(
      seat: try required("type"), nature: try choice("nature", AppointmentNature.self) ?? .held,
      profession: text("group"), holder: text("other"), name: text("value"))
  }

  private mutating func evidence() throws(Mistake) -> Change.Content {
    switch type {
    case "claim":
      return .claim(
        kind: try required("kind"), organisation: text("organisation"), from: try requiredDay("from"),
        to: try day("to")?.next, value: try required("value"), amount: try number("amount"), scheme: text("scheme"),
        topic: text("type").map { ClaimTopic($0) })
    case "seat-rule":
      let minimum = try number("amount")
      guard minimum.map({ $0.rounded() == $0 && (1...1_000).contains($0) }) ?? true else {
        throw Mistake("'amount' of a seat-rule is a whole number from 1 on, or blank")
      }
      return .seatRule(
        SeatRule(
          kind: try required("kind"), seat: try required("type"), minimum: minimum.map { Int($0) },
          start: try requiredDay("from"), end: try day("to")?.next))
    case "anchor":
      return .anchor(
        parcel: try required("parcel"), organisation: try required("organisation"), on: try requiredDay("from"))
    case "unit":
      var amounts: [UnitAmount] = []
      for (basis, _) in amountColumns where text("amount:\(basis)") != nil {
        amounts.append(UnitAmount(basis: basis, amount: try amount("amount:\(basis)")))
      }
      return .unit(
        partition: try required("partition"), code: try required("unit"), parcel: try required("parcel"),
        amounts: amounts)
    default:
      return .observation(
        predecessor: try required("organisation"), predecessorDay: try requiredDay("from"),
        successor: try required("other"), successorDay: try requiredDay("to"), basis: try required("basis"),
        amount: try amount("amount"))
    }
  }

  /// An amount of people or places: never negative.
  private mutating func amount(_ column: String) throws(Mistake) -> Double {
    let amount = try requiredNumber(column)
    guard amount >= 0 else { throw Mistake("'\(column)': an amount is not negative") }
    return amount
  }
}
