/// What somebody wants to say to the register, in the order in which they said it: the only door for writes.
///
/// A change set is plain data. `Registry.preview` tells what it would do, `Registry.record` does it, whole or not at all.
public struct ChangeSet: Sendable {
  public var changes: [Change]
  /// The files it was read from; remembered with the revision.
  public var files: [RevisionFile]

  public init(changes: [Change] = [], files: [RevisionFile] = []) {
    self.changes = changes
    self.files = files
  }
}

public struct RevisionFile: Equatable, Sendable {
  public let name: String
  /// 64 lower-case hexadecimal digits.
  public let sha256: String
  public let lineCount: Int
  public let rejectCount: Int

  public init(name: String, sha256: String, lineCount: Int, rejectCount: Int = 0) {
    self.name = name
    self.sha256 = sha256
    self.lineCount = lineCount
    self.rejectCount = rejectCount
  }
}

/// One statement: a definition, an identity, an event or a fact.
public struct Change: Equatable, Sendable {
  /// The permanent key of the fact. Nil: made from what the fact says, so that saying it twice changes nothing.
  public var key: String?
  public var content: Content
  /// When a dated fact begins; nil for the rest.
  public var start: Start?
  /// The first day on which a dated fact no longer holds; nil: not said.
  public var end: Day?
  /// The key of the event whose day is that day; the end moves with it when the event is amended.
  public var endEvent: String?
  public var status: Certainty
  public var endStatus: Certainty
  /// The key of the source; nil: that of the event.
  public var source: String?
  public var note: String?
  public var origin: Origin?

  public init(
    _ content: Content, key: String? = nil, start: Start? = nil, end: Day? = nil, endEvent: String? = nil,
    status: Certainty = .stated, endStatus: Certainty = .stated, source: String? = nil, note: String? = nil,
    origin: Origin? = nil
  ) {
    self.key = key
    self.content = content
    self.start = start
    self.end = end
    self.endEvent = endEvent
    self.status = status
    self.endStatus = endStatus
    self.source = source
    self.note = note
    self.origin = origin
  }

  public enum Start: Equatable, Sendable {
    case day(Day)
    /// The day of the event with this key; the fact moves with it when the event is amended.
    case event(String)
  }

  /// Where it was written: a file and a line, counted from 1.
  public struct Origin: Hashable, Sendable, CustomStringConvertible {
    public let file: String
    public let line: Int

    public init(file: String, line: Int) {
      self.file = file
      self.line = line
    }

    public var description: String { "\(file):\(line)" }
  }

  /// Bodies, events, parcels and words are named by their keys; a body may also be named by a code of the day.
  ///
  /// What is long and seldom said is indirect: files come to hundreds of thousands of statements.
  public enum Content: Equatable, Sendable {
    case scheme(Scheme)
    case kind(Kind)
    case relationshipKind(RelationshipKind)
    case partition(Partition)
    indirect case basis(Basis)
    case measureKind(MeasureKind)
    case service(Service)
    case seat(Seat)
    indirect case source(key: String, Citation)
    case organisation(key: String)
    case parcel(key: String, partition: String)
    case event(key: String, EventDetail)

    /// The event establishes the body: its life begins, with this kind.
    case open(event: String, organisation: String, kind: String?)
    /// The event ends the body: its life and all its codes, names, roles and relationships end.
    case close(event: String, organisation: String)
    case succession(event: String, predecessor: String, successor: String, nature: SuccessionNature)
    case movement(event: String, parcel: String, successor: String)
    /// - Parameter predecessor: nil: from no body of the register.
    case flow(event: String, predecessor: String?, successor: String, basis: String, amount: Double)

    case life(organisation: String, timeline: Timeline)
    case code(organisation: String, scheme: String, value: String)
    case name(organisation: String, scheme: String, value: String)
    case role(organisation: String, kind: String, scheme: String?)
    case relationship(organisation: String, kind: String, superior: String, grade: String?)
    case measure(organisation: String, kind: String, amount: Double, nature: MeasureNature?)
    /// - Parameter beneficiary: an exception, which holds only for this body and what lies in it; nil: everywhere.
    case responsibility(
      service: String, commissioner: Commissioner, beneficiary: String?, nature: ResponsibilityNature)
    indirect case appointment(organisation: String, Appointment)
    case constitution(organisation: String, version: String)

    /// - Parameters:
    ///   - organisation: the one body that the claim is about, which then has a topic; nil: bodies of the kind.
    ///   - to: half-open; nil: to this day.
    ///   - amount: how many bodies of the kind there were; nil: the figure is no count of them all.
    ///   - topic: what the figure is about, which then has no amount; nil: it counts bodies of the kind.
    case claim(
      kind: String, organisation: String?, from: Day, to: Day?, value: String, amount: Double?, scheme: String?,
      topic: ClaimTopic?)
    case seatRule(SeatRule)
    case anchor(parcel: String, organisation: String, on: Day)
    case unit(partition: String, code: String, parcel: String, amounts: [UnitAmount])
    indirect case observation(
      predecessor: String, predecessorDay: Day, successor: String, successorDay: Day, basis: String, amount: Double)

    /// An event that is to be recorded later: the words of the command that would record it. It makes no facts.
    case plan(key: String, for: Day, words: [String])

    /// The fact with `key` was wrong: it ends as recorded and nothing takes its place.
    case retract(key: String)
    /// The name of a holder is forgotten, in what is known now and in what was known before; nothing brings it back.
    /// `Registry.eraseRemains` then makes the file forget it too.
    case redact(holder: String)
    /// Every fact that the revision opened, changed or ended becomes what it was before it.
    case undo(revision: Int64)
  }
}

/// What a unit amounts to in a basis.
public struct UnitAmount: Equatable, Sendable {
  public let basis: String
  public let amount: Double

  public init(basis: String, amount: Double) {
    self.basis = basis
    self.amount = amount
  }
}

public enum Timeline: String, Sendable, CaseIterable {
  case legal, operational
}

/// What a succession carries.
public enum SuccessionNature: String, Sendable, CaseIterable {
  /// The body as a whole: whatever nobody says goes elsewhere goes here.
  case succession
  /// Only what movements and flows show.
  case territory
  /// Functions and duties, no territory.
  case duties
}

public enum MeasureNature: String, Sendable, CaseIterable {
  case final, indicative
}

/// Who commissions a service: the bodies of a kind, each for its own people, or one body.
public enum Commissioner: Equatable, Sendable {
  case kind(String)
  case organisation(String)
}

public enum ResponsibilityNature: String, Sendable, CaseIterable {
  case sole, joint
  /// Done for another one, who stays responsible by law.
  case delegated
}

public enum EventType: String, Sendable, CaseIterable {
  case establishment, closure, merger, absorption, split, transfer, succession, rename, recode, reclassification
  case reparenting
}

public struct EventDetail: Equatable, Sendable {
  public var type: EventType
  /// The legal date: the first day of the new state.
  public var day: Day
  /// The first day of the new state in operation, if it is another.
  public var operationalDay: Day?
  public var title: String?

  public init(type: EventType, day: Day, operationalDay: Day? = nil, title: String? = nil) {
    self.type = type
    self.day = day
    self.operationalDay = operationalDay
    self.title = title
  }
}

extension EventDetail {
  /// The first day of the new state, in law or in operation.
  func day(_ timeline: Timeline) -> Day { timeline == .operational ? operationalDay ?? day : day }
}

/// How a source is cited.
public struct Citation: Equatable, Sendable {
  public var title: String
  public var instrument: Instrument?
  public var year: Int?
  /// Of the instrument, for example `2072`.
  public var number: String?
  public var provision: String?
  public var made: Day?
  public var inForce: Day?
  public var url: String?
  public var retrieved: Day?

  public init(
    title: String, instrument: Instrument? = nil, year: Int? = nil, number: String? = nil, provision: String? = nil,
    made: Day? = nil, inForce: Day? = nil, url: String? = nil, retrieved: Day? = nil
  ) {
    self.title = title
    self.instrument = instrument
    self.year = year
    self.number = number
    self.provision = provision
    self.made = made
    self.inForce = inForce
    self.url = url
    self.retrieved = retrieved
  }

  public enum Instrument: String, Sendable, CaseIterable {
    case act = "ukpga"
    case statutoryInstrument = "uksi"
    case order = "nhse_order"
    case decision = "nhse_decision"
    case odsRecord = "ods_record"
    case codeHistory = "ons_chd"
    case other
  }
}
