package import RegistryStorage

/// What codes meant on their days, and where that lies on the target day.
///
/// Kept here:
/// 1. `Whereabouts` decides where something lies. What decides here is only what a code means: the body that has it on
///    the day, else a unit, else a body that had it on other days.
/// 2. Every part counts, with its reason if it lies in no body, unless it weighs nothing.
/// 3. All days between two changes of a body have the same answer, which is found once.
package final class RestatePlaces {
  package struct Target: Sendable {
    package var day: Day
    /// Nil for the tier of the code.
    package var kind: String?
    /// The keys of bases, in the order in which to try them. Nil for the order of the register.
    package var bases: [String]?
    package var otherKinds = Question.OtherKinds.keep
    package var dates = Timeline.legal
    /// Whether a code that only one body ever had is understood outside its dates.
    package var acceptsLateCodes = false

    package init(day: Day, kind: String? = nil, bases: [String]? = nil) {
      self.day = day
      self.kind = kind
      self.bases = bases
    }

    func question(from day: Day) -> Question {
      Question(from: day, to: self.day, toKind: kind, bases: bases, otherKinds: otherKinds, dates: dates)
    }
  }

  /// Why something is in no body on the target day.
  package enum Reason: Hashable, Sendable {
    case blank
    case unknown
    /// No body has this name on the day.
    case unknownName
    /// Several bodies have this name on the day.
    case severalBodies([OrganisationID])
    /// It stands for something that is no body, such as the whole country.
    case placeholder(String)
    /// The row has a mistake, and was passed over.
    case passedOver(String)
    /// Bodies had the code only on other days.
    case outsideItsDates([Period])
    /// What the register says of a part that lies in no body of the kind.
    case lies(Answer.Place)
  }

  package enum Place: Hashable, Sendable {
    case body(OrganisationID)
    case unmapped(Reason)
  }

  /// What a code means on a day, and where that lies on the target day. It is an object, because codes of many days
  /// share it.
  package final class Reading {
    /// Where the parts lie, in the order of the weights of the apportionment.
    package let places: [Place]
    package let apportionment: Apportionment
    /// The scheme or partition of the code. Nil for permanent keys and unknown codes.
    package fileprivate(set) var origin: String?
    /// The tier of the body. Nil for units and for bodies without a tier.
    package fileprivate(set) var tier: String?
    /// The body that has the code. Nil for units and unknown codes.
    package fileprivate(set) var body: OrganisationID?
    /// The day as at which the body was asked about, if that is not the day of the row.
    package fileprivate(set) var otherDay: Day?
    /// Whether the code was read outside its dates.
    package fileprivate(set) var isLate = false
    package let basis: String?
    package let events: Set<EventID>
    package let isProportional: Bool
    /// The days of the unit itself, if the day of the row is none of them.
    package fileprivate(set) var unitLife: Period?

    /// Whether all of it has one place: a body or none.
    package var isWhole: Bool { places.count == 1 }
    package var isUnmapped: Bool { places.allSatisfy { if case .unmapped = $0 { true } else { false } } }

    init(_ answer: Answer) {
      let parts = answer.weighty
      places = parts.map { if case .body(let body) = $0.place { .body(body) } else { .unmapped(.lies($0.place)) } }
      apportionment = Apportionment(parts.map(\.ratio))
      basis = parts.count > 1 ? answer.basis : nil
      events = Set(parts.flatMap(\.events))
      isProportional = parts.count > 1 && parts.contains { $0.method == .proportional }
    }

    init(unmapped reason: Reason) {
      places = [.unmapped(reason)]
      apportionment = Apportionment([1])
      basis = nil
      events = []
      isProportional = false
    }

    fileprivate init(copying other: Reading) {
      (places, apportionment, basis, events) = (other.places, other.apportionment, other.basis, other.events)
      (isProportional, origin, tier, body) = (other.isProportional, other.origin, other.tier, other.body)
      (otherDay, isLate, unitLife) = (other.otherDay, other.isLate, other.unitLife)
    }
  }

  let whereabouts: Whereabouts
  let target: Target
  let days: RestateDays
  private let holders: [String: [DatedCode]]
  private let placeholder: (String) -> String?
  private var spellings: [String: CodeSpelling] = [:]
  /// The names of bodies, if the file has names instead of codes, and the kind that most of them have.
  var names: (book: NameBook, kind: String?)?
  /// How many names were understood though they are written otherwise than in the register.
  private(set) var respelledNames: [String: OrganisationID] = [:]
  private var units: [String: [PlacedUnit]]?
  private var livesOfUnits: [String: [String: Period]] = [:]
  private var readings: [Asked: Reading] = [:]
  private var changes: [Subject: [Day]] = [:]

  /// What a code means.
  private enum Subject: Hashable {
    case body(OrganisationID, scheme: String?)
    case parcel(String, partition: String)
  }

  private struct Asked: Hashable {
    let subject: Subject
    let day: Day
  }

  /// - Parameter placeholder: what a text stands for that is no body. Nil for other texts.
  package init(
    _ whereabouts: Whereabouts, target: Target, placeholder: @escaping (String) -> String? = { _ in nil }
  ) throws(DatabaseError) {
    self.whereabouts = whereabouts
    self.placeholder = placeholder
    self.target = target
    days = RestateDays(whereabouts)
    holders = Dictionary(
      grouping: try whereabouts.registry.datedCodes(knownIn: whereabouts.revision), by: \.value)
  }

  // MARK: What a code means

  package func reading(of code: String, on day: Day) throws(DatabaseError) -> Reading {
    if let names { return try reading(ofName: code, names.book.match(code, on: day, kind: names.kind), on: day) }
    let spelling = try spelling(of: code)
    if spelling.code.isEmpty { return Reading(unmapped: .blank) }
    return try reading(exactly: spelling.code, on: day)
  }

  private func reading(ofName name: String, _ match: NameBook.Match, on day: Day) throws(DatabaseError) -> Reading {
    switch match.sureness {
    case .exact, .spelling:
      if match.sureness == .spelling { respelledNames[name] = match.bodies[0] }
      return try reading(of: .body(match.bodies[0], scheme: nil), on: day)
    case .several: return Reading(unmapped: .severalBodies(match.bodies))
    case .none:
      if CodeSpelling.tidied(name).isEmpty { return Reading(unmapped: .blank) }
      return Reading(unmapped: placeholder(name).map { .placeholder($0) } ?? .unknownName)
    }
  }

  /// Which code a text of the file is.
  func spelling(of text: String) throws(DatabaseError) -> CodeSpelling {
    if let known = spellings[text] { return known }
    let found = try CodeSpelling.reading(text) { code throws(DatabaseError) in try isKnown(code) }
    let spelling = found ?? CodeSpelling(noCode: text)
    spellings[text] = spelling
    return spelling
  }

  /// Whether a body or a unit ever had a code.
  private func isKnown(_ code: String) throws(DatabaseError) -> Bool {
    if holders[code] != nil { return true }
    return try !units(of: code).isEmpty
  }

  /// Whether a text is a code, however it is written.
  func isCode(_ text: String) throws(DatabaseError) -> Bool {
    if let names { return names.book.match(text, on: nil).sureness != .none }
    let code = try spelling(of: text).code
    if code.isEmpty { return false }
    return try isKnown(code)
  }

  /// All codes of bodies, those that are in use on a day before the others.
  func codes(on day: Day) -> (live: [String], others: [String]) {
    let own = holders.filter { $0.value.contains { $0.scheme != nil } }
    let live = own.filter { $0.value.contains { $0.scheme != nil && $0.period.contains(day) } }
    return (live.keys.sorted(), own.keys.filter { live[$0] == nil }.sorted())
  }

  private func reading(exactly code: String, on day: Day) throws(DatabaseError) -> Reading {
    let holders = holders[code] ?? []
    if let holder = holders.first(where: { $0.period.contains(day) }) { return try reading(of: holder, on: day) }
    if let unit = try units(of: code).first {
      let shared = try reading(of: .parcel(unit.parcel, partition: unit.partition), on: day)
      // A unit follows its body before it opened and after it closed as well.
      guard let life = livesOfUnits[unit.partition]?[unit.code], !life.contains(day) else { return shared }
      let reading = Reading(copying: shared)
      reading.unitLife = life
      return reading
    }
    if let meaning = placeholder(code) { return Reading(unmapped: .placeholder(meaning)) }
    guard !holders.isEmpty else { return Reading(unmapped: .unknown) }
    if target.acceptsLateCodes, Set(holders.map(\.organisation)).count == 1,
      let (holder, lateDay) = Self.nearest(holders, to: day)
    {
      let reading = Reading(copying: try reading(of: holder, on: lateDay))
      reading.otherDay = reading.otherDay ?? lateDay
      reading.isLate = true
      return reading
    }
    let reading = Reading(unmapped: .outsideItsDates(holders.map(\.period)))
    reading.origin = holders.first?.scheme
    return reading
  }

  /// The last day before `day` on which one of `holders` had the code, else the first day after it.
  private static func nearest(_ holders: [DatedCode], to day: Day) -> (holder: DatedCode, day: Day)? {
    let before = holders.compactMap { holder in
      holder.period.lastDay.flatMap { $0 < day ? (holder: holder, day: $0) : nil }
    }.max { $0.day < $1.day }
    return before ?? holders.min { $0.period.start < $1.period.start }.map { ($0, $0.period.start) }
  }

  private func units(of code: String) throws(DatabaseError) -> [PlacedUnit] {
    if let units { return units[code] ?? [] }
    let read = Dictionary(
      grouping: try whereabouts.registry.placedUnits(knownIn: whereabouts.revision), by: \.code)
    units = read
    livesOfUnits = try whereabouts.registry.livesOfUnits(knownIn: whereabouts.revision)
    return read[code] ?? []
  }

  // MARK: Where it went

  private func reading(of holder: DatedCode, on day: Day) throws(DatabaseError) -> Reading {
    try reading(of: .body(holder.organisation, scheme: holder.scheme), on: day)
  }

  private func reading(of subject: Subject, on day: Day) throws(DatabaseError) -> Reading {
    let first = try changes(of: subject).last { $0 <= day } ?? .distantPast
    let asked = Asked(subject: subject, day: first)
    if let known = readings[asked] { return known }
    let question = target.question(from: first)
    let reading: Reading
    switch subject {
    case .body(let body, let scheme):
      reading = Reading(try whereabouts.answer(for: body, question))
      reading.body = body
      reading.origin = scheme
      reading.tier = try whereabouts.tier(of: body, on: first)
      // A body that is there before the law knows it is asked about as at its first day in law.
      let asked = whereabouts.inTerritory(body, question).from
      if asked != first { reading.otherDay = asked }
    case .parcel(let key, let partition):
      reading = Reading(try whereabouts.answer(forParcel: key, question))
      reading.origin = partition
    }
    readings[asked] = reading
    return reading
  }

  private func changes(of subject: Subject) throws(DatabaseError) -> [Day] {
    if let known = changes[subject] { return known }
    var found =
      switch subject {
      case .body(let body, _): try days.changes(of: body)
      case .parcel(let key, _): days.changes(ofParcel: key)
      }
    // The answer may also change where the day passes the target day.
    found.formUnion([target.day, target.day.next])
    let sorted = found.sorted()
    changes[subject] = sorted
    return sorted
  }
}
