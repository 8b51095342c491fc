import RegistryFormats
import RegistryStorage

/// Counts what goes in, what comes out and what is unmapped.
///
/// Kept here:
/// 1. Every part of an amount that goes in counts as outgoing, withheld or unmapped. What is unmapped has a code and a
///    reason.
/// 2. A code is looked up once for each day, however many rows have it.
struct RestateTally {
  /// What a code of the file means on a day. It is an object, so that looking at one for each row copies nothing.
  final class Meaning {
    /// Its place in the meanings of the tally.
    let index: Int
    let code: String
    let day: Day
    let reading: RestatePlaces.Reading
    fileprivate(set) var rowCount = 0
    /// By amount column, whether a row has a value there.
    fileprivate(set) var hasValue: [Bool]
    /// By part, the index of its loss, or of its target.
    fileprivate(set) var indices: [Int] = []

    fileprivate init(
      _ index: Int, _ code: String, _ day: Day, _ reading: RestatePlaces.Reading, columnCount: Int
    ) {
      self.index = index
      self.code = code
      self.day = day
      self.reading = reading
      hasValue = [Bool](repeating: false, count: columnCount)
    }
  }

  /// A body that gets something from the rows of a day.
  struct Target {
    let body: OrganisationID
    let day: Day
    /// The tier of the bodies that give something: among several the place tier, or else the first in the alphabet. Nil
    /// for bodies without a tier.
    private(set) var tier: String?
    /// Whether a unit gives something.
    private(set) var hasUnits = false

    init(body: OrganisationID, day: Day) {
      self.body = body
      self.day = day
    }

    fileprivate mutating func getsSomething(of reading: RestatePlaces.Reading) {
      guard reading.body != nil else {
        hasUnits = true
        return
      }
      guard let other = reading.tier, other != tier, tier != Kind.placeTier else { return }
      tier = other == Kind.placeTier ? other : tier.map { min($0, other) } ?? other
    }
  }

  private struct Key: Hashable {
    let code: String
    let day: Day
    let mistake: String?
  }

  private struct TargetKey: Hashable {
    let body: OrganisationID
    let day: Day
  }

  private struct LossKey: Hashable {
    let code: String
    let reason: RestatePlaces.Reason
  }

  private struct Loss {
    let key: LossKey
    let isPart: Bool
    var amounts: [ExactDecimal]
  }

  private let places: RestatePlaces
  private let columnCount: Int
  private(set) var meanings: [Meaning] = []
  private(set) var targets: [Target] = []
  private(set) var totals: [RestateProof.Total]
  private var losses: [Loss] = []
  private var meaningOf: [Key: Meaning] = [:]
  private var indexOfTarget: [TargetKey: Int] = [:]
  private var indexOfLoss: [LossKey: Int] = [:]

  /// - Parameters:
  ///   - names: those of the totals.
  ///   - columnCount: the number of columns with amounts.
  init(_ names: [String], columnCount: Int, _ places: RestatePlaces) {
    self.places = places
    self.columnCount = columnCount
    totals = names.map { RestateProof.Total(name: $0) }
  }

  // MARK: Codes

  /// Looks up a code on a day, and counts rows that have it.
  /// - Parameter mistake: why the rows are passed over. Nil if they are not.
  mutating func note(
    _ code: String, _ day: Day, rowCount: Int, mistake: String? = nil
  ) throws(DatabaseError) -> Meaning {
    let key = Key(code: code, day: day, mistake: mistake)
    if let known = meaningOf[key] {
      known.rowCount += rowCount
      return known
    }
    let reading: RestatePlaces.Reading
    if let mistake {
      reading = RestatePlaces.Reading(unmapped: .passedOver(mistake))
    } else {
      reading = try places.reading(of: code, on: day)
    }
    let meaning = Meaning(meanings.count, code, day, reading, columnCount: columnCount)
    meaning.rowCount = rowCount
    for place in meaning.reading.places {
      switch place {
      case .body(let body): meaning.indices.append(target(body, meaning))
      case .unmapped(let reason): meaning.indices.append(loss(reason, meaning))
      }
    }
    meaningOf[key] = meaning
    meanings.append(meaning)
    return meaning
  }

  /// Counts more rows of a code.
  func count(_ rows: Int, of meaning: Meaning) { meaning.rowCount += rows }

  func noteValue(_ column: Int, of meaning: Meaning) { meaning.hasValue[column] = true }

  private mutating func target(_ body: OrganisationID, _ meaning: Meaning) -> Int {
    let key = TargetKey(body: body, day: meaning.day)
    let index = indexOfTarget[key] ?? targets.count
    if index == targets.count {
      indexOfTarget[key] = index
      targets.append(Target(body: body, day: meaning.day))
    }
    targets[index].getsSomething(of: meaning.reading)
    return index
  }

  private mutating func loss(_ reason: RestatePlaces.Reason, _ meaning: Meaning) -> Int {
    let key = LossKey(code: meaning.code, reason: reason)
    if let known = indexOfLoss[key] { return known }
    let zeros = totals.map { _ in ExactDecimal(digits: 0, scale: 0) }
    indexOfLoss[key] = losses.count
    losses.append(Loss(key: key, isPart: !meaning.reading.isUnmapped, amounts: zeros))
    return losses.count - 1
  }

  // MARK: Amounts

  /// Adds an amount that goes in. Its parts are added one by one.
  mutating func add(_ amount: ExactDecimal, to total: Int) throws(RowError) {
    try add(amount, to: &totals[total].incoming, total)
  }

  /// Adds a part of an amount.
  /// - Parameter number: the number of the part in what the code means.
  mutating func add(_ part: ExactDecimal, to total: Int, _ number: Int, of meaning: Meaning) throws(RowError) {
    switch meaning.reading.places[number] {
    case .body: try add(part, to: &totals[total].outgoing, total)
    case .unmapped:
      try add(part, to: &totals[total].unmapped, total)
      try add(part, to: &losses[meaning.indices[number]].amounts[total], total)
    }
  }

  /// Adds what goes in and comes out as a whole.
  mutating func addWhole(_ amount: ExactDecimal, to total: Int) throws(RowError) {
    try add(amount, to: &totals[total].incoming, total)
    try add(amount, to: &totals[total].outgoing, total)
  }

  /// Counts rows with mistakes, and what could be read of them.
  /// - Parameter amounts: by amount column.
  mutating func addPassedOver(_ rows: GroupedSums.Skipped, _ count: Int, _ amounts: [ExactDecimal?]) throws {
    let meaning = try note(rows.code, .distantPast, rowCount: count, mistake: rows.reason)
    for (total, amount) in zip(totals.indices, amounts) {
      guard let amount else { continue }
      try add(amount, to: total)
      try add(amount, to: total, 0, of: meaning)
      setDecimals(amount.scale, of: total)
    }
  }

  /// Counts an amount as withheld that counted as outgoing.
  mutating func withhold(_ amount: ExactDecimal, from total: Int) throws(RowError) {
    try add(amount, to: &totals[total].withheld, total)
    try add(ExactDecimal(digits: -amount.digits, scale: amount.scale), to: &totals[total].outgoing, total)
  }

  mutating func addBlanks(_ count: Int, to total: Int) { totals[total].blankCount += count }

  mutating func setDecimals(_ decimals: Int, of total: Int) {
    totals[total].decimals = max(totals[total].decimals, decimals)
  }

  private func add(_ amount: ExactDecimal, to sum: inout ExactDecimal, _ total: Int) throws(RowError) {
    guard let added = sum.adding(amount) else {
      throw RowError(
        line: 0, column: totals[total].name,
        message: "the total has more than \(ExactDecimal.maximumDigits) digits")
    }
    sum = added
  }

  // MARK: The proof

  /// Writes the counts into the proof.
  func complete(_ proof: inout RestateProof, reasons: RestateReasons) throws(DatabaseError) {
    var origins: [String: Int] = [:]
    var tiers: [String: Int] = [:]
    var bases: [String: Int] = [:]
    var events: Set<EventID> = []
    var late: Set<String> = []
    var rowsOfLoss = [Int](repeating: 0, count: losses.count)
    var spellings = SpellingCounts()
    for meaning in meanings {
      if case .unmapped(.passedOver) = meaning.reading.places[0] {
        proof.rowsPassedOver += meaning.rowCount
      } else {
        spellings.add(meaning.code, try places.spelling(of: meaning.code), rows: meaning.rowCount)
      }
      let (reading, rows) = (meaning.reading, meaning.rowCount)
      proof.rowsIn += rows
      var lost = 0
      for (place, index) in zip(reading.places, meaning.indices) {
        guard case .unmapped = place else { continue }
        lost += 1
        rowsOfLoss[index] += rows
      }
      if lost == 0 {
        proof.rowsMapped += rows
      } else if lost < reading.places.count {
        proof.rowsPartlyUnmapped += rows
      } else {
        proof.rowsUnmapped += rows
      }
      if let origin = reading.origin { origins[origin, default: 0] += rows }
      if reading.isUnmapped { continue }
      if let tier = reading.tier { tiers[tier, default: 0] += rows }
      if let basis = reading.basis { bases[basis, default: 0] += rows }
      events.formUnion(reading.events)
      if reading.isProportional { proof.rowsProportional += rows }
      if reading.isLate {
        proof.rowsLate += rows
        late.insert(meaning.code)
      }
    }
    proof.remarks += spellings.sentences
    proof.totals = totals
    proof.origins = Self.ordered(origins)
    proof.bases = Self.ordered(bases)
    proof.events = events.compactMap { reasons.words.events[$0] }.sorted()
    proof.lateCodes = late.sorted()
    if origins.count > 1 { proof.warnings.append("codes of several schemes or partitions: \(Self.listed(origins))") }
    if tiers.count > 1 {
      proof.warnings.append("bodies of several tiers, which may hold each other: \(Self.listed(tiers))")
    }
    var missing: [RestateProof.Missing] = []
    for (loss, rows) in zip(losses, rowsOfLoss) {
      var reason = try reasons.words(loss.key.reason, code: loss.key.code)
      if case .placeholder = loss.key.reason, isSumOfOthers(loss) { reason += "; it is the sum of all other rows" }
      missing.append(
        RestateProof.Missing(
          code: loss.key.code, reason: reason, rowCount: rows,
          isPart: loss.isPart, amounts: loss.amounts))
    }
    proof.missing = missing.sorted { ($0.code, $0.reason) < ($1.code, $1.reason) }
  }

  /// Whether the amounts of a loss are those of all other rows together, as in a line with totals.
  private func isSumOfOthers(_ loss: Loss) -> Bool {
    loss.amounts.contains { $0.digits != 0 }
      && zip(loss.amounts, totals).allSatisfy { amount, total in
        amount.adding(amount)?.scaled(to: total.incoming.scale) == total.incoming
      }
  }

  private static func ordered(_ counts: [String: Int]) -> [(name: String, rowCount: Int)] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  private static func listed(_ counts: [String: Int]) -> String {
    ordered(counts).map { "\($0.name) (\(counted($0.rowCount, "row")))" }.joined(separator: ", ")
  }
}
