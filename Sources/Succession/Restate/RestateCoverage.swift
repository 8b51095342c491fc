import RegistryStorage

/// How much of each target the rows of a day cover.
///
/// Kept here:
/// 1. The coverage of a target is the sum of its shares, taken back to the day of the rows, over the bodies that have a
///    value in a row of that day. It does not matter which groups they have rows in.
/// 2. What no source divides backward is shared alike by the bodies that it may have come from. So a target is whole if
///    all of them have rows, and bodies without territory are counted.
/// 3. Territory that lay in no body on the day has no rows to miss, so it does not count.
/// 4. Targets of which nothing can be said are not judged: those that get rows of units, which say nothing about bodies.
final class RestateCoverage {
  /// What is covered of a target on a day.
  struct Cover {
    /// From 0 to 1. It is 1 if nothing is missing.
    let share: Double
    /// The bodies that are missing.
    let missing: [OrganisationID]
    /// How many bodies the target consists of on the day.
    let bodyCount: Int
  }

  private let places: RestatePlaces
  private let whereabouts: Whereabouts
  /// By amount column, whether a body has a value on a day.
  private var hasValue: [BodyOnDay: [Bool]] = [:]
  /// By day, what codes mean that were read as at another day.
  private var otherMeanings: [Day: [RestateTally.Meaning]] = [:]
  private var stretches: [Asked: [Stretch]] = [:]

  private struct BodyOnDay: Hashable {
    let body: OrganisationID
    let day: Day
  }

  private struct Asked: Hashable {
    let body: OrganisationID
    let tier: String?
  }

  /// The sources of a target for a stretch of days, which are found when they are first needed.
  private struct Stretch {
    let start: Day
    /// The bodies in which it lay, in the order of their numbers, with shares that add up to 1.
    var sources: [(body: OrganisationID, share: Double)]?
  }

  init(_ places: RestatePlaces, _ meanings: [RestateTally.Meaning]) {
    self.places = places
    whereabouts = places.whereabouts
    for meaning in meanings {
      guard let body = meaning.reading.body else { continue }
      if meaning.reading.otherDay != nil {
        otherMeanings[meaning.day, default: []].append(meaning)
        continue
      }
      let key = BodyOnDay(body: body, day: meaning.day)
      // A body may have codes of several schemes.
      hasValue[key] = hasValue[key].map { zip($0, meaning.hasValue).map { $0 || $1 } } ?? meaning.hasValue
    }
  }

  /// What the rows of the target's day cover of it.
  /// - Parameters:
  ///   - column: the amount column in which a body must have a value.
  ///   - absent: bodies that count as if they had none.
  /// - Returns: nil if the target is not judged.
  func cover(
    of target: RestateTally.Target, column: Int, without absent: Set<OrganisationID> = []
  ) throws(DatabaseError) -> Cover? {
    guard !target.hasUnits else { return nil }
    let expected = try sources(of: target.body, on: target.day, target.tier)
    guard !expected.isEmpty else { return nil }
    var share = 1.0
    var missing: [OrganisationID] = []
    for source in expected {
      let isPresent = hasValue[BodyOnDay(body: source.body, day: target.day)]?[column] ?? false
      if isPresent, !absent.contains(source.body) { continue }
      missing.append(source.body)
      share -= source.share
    }
    if missing.isEmpty { return Cover(share: 1, missing: [], bodyCount: expected.count) }
    for meaning in otherMeanings[target.day] ?? [] where meaning.hasValue[column] {
      guard let body = meaning.reading.body, let day = meaning.reading.otherDay, !absent.contains(body) else {
        continue
      }
      share += try sources(of: target.body, on: day, target.tier).first { $0.body == body }?.share ?? 0
    }
    return Cover(share: max(0, min(1, share)), missing: missing, bodyCount: expected.count)
  }

  /// The bodies of a day in which a target lay.
  private func sources(
    of body: OrganisationID, on day: Day, _ tier: String?
  ) throws(DatabaseError) -> [(body: OrganisationID, share: Double)] {
    let asked = Asked(body: body, tier: tier)
    if stretches[asked] == nil {
      let days = try places.days.changes(backFrom: body, of: places.target.day, inTier: tier)
      let starts = days.union([.distantPast, places.target.day, places.target.day.next]).sorted()
      stretches[asked] = starts.map { Stretch(start: $0) }
    }
    guard let index = stretches[asked]?.lastIndex(where: { $0.start <= day }) else { return [] }
    if let known = stretches[asked]?[index].sources { return known }
    let start = stretches[asked]?[index].start ?? day
    let shares = try findSources(of: body, on: start, tier)
    let found = shares.sorted { $0.key < $1.key }.map { (body: $0.key, share: $0.value) }
    stretches[asked]?[index].sources = found
    return found
  }

  private func findSources(
    of body: OrganisationID, on day: Day, _ tier: String?
  ) throws(DatabaseError) -> [OrganisationID: Double] {
    let target = places.target
    let question = Question(from: target.day, to: day, bases: target.bases, dates: target.dates)
    var shares: [OrganisationID: Double] = [:]
    var unknown = 0.0
    for part in try whereabouts.answer(for: body, question, inTier: tier).weighty {
      switch part.place {
      case .body(let source): shares[source, default: 0] += part.share
      case .gap(.event), .gap(.notMeasured), .gap(.observedOnOtherDays): unknown += part.share
      case .none, .gap: break
      }
    }
    if unknown > 0 {
      var seen: Set<OrganisationID> = []
      let origins = origins(of: body, from: target.day, to: day, &seen).subtracting(shares.keys)
      for origin in origins { shares[origin] = unknown / Double(origins.count) }
    }
    let sum = shares.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
    return shares.mapValues { $0 / sum }
  }

  /// The bodies of a day from which events lead to a body.
  private func origins(of body: OrganisationID, from day: Day, to other: Day, _ seen: inout Set<OrganisationID>) -> Set<
    OrganisationID
  > {
    guard let stage = whereabouts.stage(of: body, from: day, to: other, dutiesCount: true) else { return [body] }
    let next = other < day ? stage.day.previous : stage.day
    var found: Set<OrganisationID> = []
    for origin in stage.bodies where origin == body || seen.insert(origin).inserted {
      found.formUnion(origins(of: origin, from: next, to: other, &seen))
    }
    return found
  }
}
