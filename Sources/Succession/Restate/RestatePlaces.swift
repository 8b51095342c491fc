package import RegistryStorage

/// What a code meant on one day, and where the parts of it lie on another.
///
/// 1. The shares of a code's parts add up to 1. Parts that are in no body count, with the reason.
/// 2. All days between two changes of the register have the same answer, which is found once.
/// 3. A code means the body that has it on the day, else a unit, else a body that had it on other days.
package final class RestatePlaces {
  /// What the register says about all codes.
  package struct Knowledge {
    package var codes: [DatedCode]
    package var kinds: [Kind]
    package var territory: Territory
    package var links: [Crosswalk.Link]
    package var observations: [Observation]
    package var lives: [Int64: [Period]]
    /// The days on which codes, roles and relationships begin or end.
    package var daysOfChange: [Day]
    /// Called at the first code that no body has.
    package var units: () throws(DatabaseError) -> [PlacedUnit]
    package var hierarchy: (Day) throws(DatabaseError) -> Hierarchy

    package init(
      codes: [DatedCode], kinds: [Kind], territory: Territory, links: [Crosswalk.Link], observations: [Observation],
      lives: [Int64: [Period]], daysOfChange: [Day], units: @escaping () throws(DatabaseError) -> [PlacedUnit],
      hierarchy: @escaping (Day) throws(DatabaseError) -> Hierarchy
    ) {
      self.codes = codes
      self.kinds = kinds
      self.territory = territory
      self.links = links
      self.observations = observations
      self.lives = lives
      self.daysOfChange = daysOfChange
      self.units = units
      self.hierarchy = hierarchy
    }
  }

  package struct Target: Sendable {
    package var day: Day
    /// Nil for the tier of the code.
    package var kind: String?
    /// Indices of the territory's bases, in the order in which to try them.
    package var bases: [Int]
    /// Whether a code that only one body ever had is understood outside its dates.
    package var acceptsLateCodes: Bool

    package init(day: Day, kind: String?, bases: [Int], acceptsLateCodes: Bool) {
      self.day = day
      self.kind = kind
      self.bases = bases
      self.acceptsLateCodes = acceptsLateCodes
    }
  }

  /// Why something is in no body on the target day.
  package enum Reason: Hashable, Sendable {
    case blank
    case unknown
    /// Bodies had the code only on other days.
    case outsideItsDates([Period])
    case gap(Crosswalk.Gap)
    case inNoBody
  }

  package struct Part: Sendable {
    package let place: Result<Int64, Unmapped>
    /// The share of what the code means.
    package let share: Double
  }

  package struct Unmapped: Error, Hashable, Sendable { public let reason: Reason }

  /// What a code means on a day, and where that lies on the target day.
  package struct Answer: Sendable {
    package let parts: [Part]
    package let apportionment: Apportionment
    /// The scheme or partition of the code. Nil for permanent keys and unknown codes.
    package var origin: String?
    /// The tier of the body. Nil for units and for bodies without a tier.
    package var tier: String?
    /// Whether the code was read outside its dates.
    package var isLate = false
    package var bases: Set<String> = []
    package var events: Set<Int64> = []
    package var isProportional = false

    /// Whether all of it has one place: a body or none.
    package var isWhole: Bool { parts.count == 1 }
    package var isUnmapped: Bool { parts.allSatisfy { if case .failure = $0.place { true } else { false } } }

    init(_ parts: [Part]) {
      self.parts = parts
      apportionment = Apportionment(parts.map(\.share))
    }

    init(unmapped reason: Reason) { self.init([Part(place: .failure(Unmapped(reason: reason)), share: 1)]) }
  }

  private let knowledge: Knowledge
  private let target: Target
  private let holders: [String: [DatedCode]]
  private let changes: [Day]
  private let after: Hierarchy
  private let undivided: UndividedSuccession
  private var units: [String: [PlacedUnit]]?
  private var parcels: [String: Territory.Parcel] = [:]
  private var answers: [Question: Answer] = [:]
  private var crosswalks: [Crossing: [Int64: [Crosswalk.Row]]] = [:]
  private var hierarchies: [Day: Hierarchy] = [:]
  private var unitAnswers: [Question: Answer] = [:]

  private struct Question: Hashable {
    let code: String
    let day: Day
  }

  private struct Crossing: Hashable {
    let day: Day
    let kind: String
  }

  package init(_ knowledge: Knowledge, target: Target) throws(DatabaseError) {
    self.knowledge = knowledge
    self.target = target
    holders = Dictionary(grouping: knowledge.codes, by: \.value)
    var days = Set(knowledge.daysOfChange)
    for piece in knowledge.territory.parcels.flatMap(\.pieces) {
      for placement in piece.placements {
        days.insert(placement.period.start)
        if let end = placement.period.end { days.insert(end) }
      }
    }
    // An observation holds on one day only.
    for observation in knowledge.observations {
      days.formUnion([observation.predecessorDay, observation.predecessorDay.next])
    }
    changes = days.sorted()
    after = try knowledge.hierarchy(target.day)
    undivided = UndividedSuccession(knowledge.links, lives: knowledge.lives)
  }

  /// The first of the days that have the same answers as `day`.
  package func firstLikeDay(_ day: Day) -> Day {
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= day { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? .distantPast : changes[low - 1]
  }

  package func answer(_ code: String, on day: Day) throws(DatabaseError) -> Answer {
    let question = Question(code: code, day: firstLikeDay(day))
    if let answer = answers[question] { return answer }
    let answer = try find(question)
    answers[question] = answer
    return answer
  }

  // MARK: What a code means

  /// Looks for the code as it is written, and then in capitals and without blanks around it.
  private func find(_ question: Question) throws(DatabaseError) -> Answer {
    let tidy = question.code.split(separator: " ").joined(separator: " ").uppercased()
    if tidy.isEmpty { return Answer(unmapped: .blank) }
    if holders[question.code] != nil { return try find(question.code, question) }
    let isUnit = try !units(of: question.code).isEmpty
    return try find(isUnit ? question.code : tidy, question)
  }

  private func find(_ code: String, _ question: Question) throws(DatabaseError) -> Answer {
    let holders = holders[code] ?? []
    if let holder = holders.first(where: { $0.period.contains(question.day) }) {
      return try answer(for: holder, on: question.day)
    }
    if let unit = try units(of: code).first { return try answer(for: unit, on: question.day) }
    guard !holders.isEmpty else { return Answer(unmapped: .unknown) }
    if target.acceptsLateCodes, Set(holders.map(\.organisation)).count == 1,
      let (holder, day) = Self.nearest(holders, to: question.day)
    {
      var answer = try answer(for: holder, on: firstLikeDay(day))
      answer.isLate = true
      return answer
    }
    var answer = Answer(unmapped: .outsideItsDates(holders.map(\.period)))
    answer.origin = holders.first?.scheme
    return answer
  }

  /// The last day before `day` on which one of `holders` had the code, else the first day after it.
  private static func nearest(_ holders: [DatedCode], to day: Day) -> (holder: DatedCode, day: Day)? {
    let before = holders.compactMap { holder in
      holder.period.lastDay.flatMap { $0 < day ? (holder: holder, day: $0) : nil }
    }.max { $0.day < $1.day }
    return before ?? holders.min { $0.period.start < $1.period.start }.map { ($0, $0.period.start) }
  }

  private func units(of code: String) throws(DatabaseError) -> [PlacedUnit] {
    if units == nil {
      units = Dictionary(grouping: try knowledge.units(), by: \.code)
      parcels = Dictionary(uniqueKeysWithValues: knowledge.territory.parcels.map { ($0.key, $0) })
    }
    return units?[code] ?? []
  }

  // MARK: Where it went

  private func answer(for holder: DatedCode, on day: Day) throws(DatabaseError) -> Answer {
    let held = try hierarchy(day).kinds[holder.organisation] ?? []
    let kinds = knowledge.kinds.filter { held.contains($0.key) }
    let kind = kinds.first { $0.tier == Kind.placeTier } ?? kinds.first { $0.tier != nil } ?? kinds.first
    var rows: [Crosswalk.Row] = []
    if let kind, kind.tier != nil {
      rows = try crossing(of: kind.key, on: day)[holder.organisation] ?? []
    } else if kind != nil {
      rows = [undivided.row(of: holder.organisation, from: day, to: target.day)]
    }
    var answer = answer(for: rows, tier: kind?.tier)
    answer.origin = holder.scheme
    answer.tier = kind?.tier
    return answer
  }

  /// The rows of all bodies of a kind on a day, which are found once.
  private func crossing(of kind: String, on day: Day) throws(DatabaseError) -> [Int64: [Crosswalk.Row]] {
    let crossing = Crossing(day: day, kind: kind)
    if let rows = crosswalks[crossing] { return rows }
    let before = try hierarchy(day)
    let crosswalk = Crosswalk(
      of: before.kinds.filter { $0.value.contains(kind) }.keys.sorted(), kind: kind, toKinds: nil, before: before,
      after: after, bases: target.bases, territory: knowledge.territory, links: knowledge.links,
      observations: knowledge.observations)
    let rows = Dictionary(grouping: crosswalk.rows, by: \.from)
    crosswalks[crossing] = rows
    return rows
  }

  private func hierarchy(_ day: Day) throws(DatabaseError) -> Hierarchy {
    if let hierarchy = hierarchies[day] { return hierarchy }
    let hierarchy = try knowledge.hierarchy(day)
    hierarchies[day] = hierarchy
    return hierarchy
  }

  /// A unit is followed through its parcel. It does not matter in which body the parcel lies on `day`.
  private func answer(for unit: PlacedUnit, on day: Day) throws(DatabaseError) -> Answer {
    let question = Question(code: unit.parcel, day: day)
    if let answer = unitAnswers[question] { return answer }
    guard let parcel = parcels[unit.parcel] else { return Answer(unmapped: .unknown) }
    let territory = Territory(
      bases: knowledge.territory.bases, parcels: [parcel], eventDays: knowledge.territory.eventDays)
    let own = knowledge.territory.bases.indices.filter { knowledge.territory.bases[$0].partition == parcel.partition }
    let bases = target.bases.filter(own.contains) + own.filter { !target.bases.contains($0) }
    // If the parcel lies in no body on the first day, its place on the target day is enough.
    let isPlaced = parcel.pieces.allSatisfy { piece in
      if case .organisation = piece.place(on: day) { true } else { false }
    }
    let crosswalk = Crosswalk(
      of: [0], from: isPlaced ? day : target.day, to: target.day, bases: bases, territory: territory,
      links: knowledge.links, source: { _ in .body(0) })
    let found = isPlaced || crosswalk.rows.contains { $0.gap == nil }
    var answer = found ? answer(for: crosswalk.rows, tier: Kind.placeTier) : Answer(unmapped: .inNoBody)
    answer.origin = unit.partition
    unitAnswers[question] = answer
    return answer
  }

  /// Reads each row of one body through the one body of the kind that is asked for.
  private func answer(for rows: [Crosswalk.Row], tier: String?) -> Answer {
    let ofTier = knowledge.kinds.filter { $0.tier == tier }.map(\.key)
    let wanted = target.kind.map { [$0] } ?? (tier == nil || tier == Kind.placeTier ? nil : ofTier)
    guard !rows.isEmpty else { return Answer(unmapped: .gap(.noTerritory)) }
    var shares: [(place: Result<Int64, Unmapped>, share: Double)] = []
    var bases: Set<String> = []
    for row in rows {
      let place = place(of: row, wanted)
      if let index = shares.firstIndex(where: { $0.place == place }) {
        shares[index].share += row.share ?? 1
      } else {
        shares.append((place, row.share ?? 1))
      }
      if let basis = row.basis { bases.insert(basis) }
    }
    var answer = Answer(shares.map { Part(place: $0.place, share: shares.count == 1 ? 1 : $0.share) })
    answer.bases = bases
    answer.events = Set(rows.flatMap(\.events))
    answer.isProportional = shares.count > 1 && rows.contains { $0.method == .proportional }
    return answer
  }

  private func place(of row: Crosswalk.Row, _ wanted: [String]?) -> Result<Int64, Unmapped> {
    func unmapped(_ reason: Reason) -> Result<Int64, Unmapped> { .failure(Unmapped(reason: reason)) }
    if let gap = row.gap { return unmapped(.gap(gap)) }
    guard let body = row.to else { return unmapped(.inNoBody) }
    guard let wanted else { return .success(body) }
    switch Crosswalk.Counted(body, wanted, after) {
    case .body(let found): return .success(found)
    case .none: return unmapped(.inNoBody)
    case .gap(let gap): return unmapped(.gap(gap))
    }
  }
}
