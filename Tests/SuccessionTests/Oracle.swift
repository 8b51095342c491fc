import RegistryStorage
import RegistryTestSupport

/// Where bodies of a random country went, told from what the country says of itself. It shares no code with the engine:
/// it walks through the events, looks up each fragment on both days, and adds up binary numbers.
struct Oracle {
  struct Query {
    var body: String
    var from: Day
    var to: Day
    var kind: String?
    var bases: [String]?
    var isSpread = false
  }

  struct Result {
    /// By the words of places, as `Asked` has them.
    var amounts: [String: Double]
    /// Nil if nothing had to be measured and nothing measures it. Then the amounts are parts of one.
    var basis: String?

    var total: Double { amounts.values.reduce(0, +) }
  }

  let country: RandomCountry

  private static let partitions = ["area", "practice"]
  private static let partitionOf = [
    "people": "area", "areas": "area", "patients": "practice", "practices": "practice",
  ]

  // MARK: Questions

  func answer(_ query: Query) -> Result {
    guard let body = country.bodies[query.body] else { return Result(amounts: [:]) }
    guard body.lives(on: query.from) else { return Result(amounts: ["gap: lived \(body.opened)": 1]) }
    if body.kind == "board" {
      let below = country.bodies.values.filter { $0.boards == [body.key] && $0.lives(on: query.from) }.map(\.key)
      if !below.isEmpty { return upper(below.sorted(), query) }
    }
    return place(query.body, query).result
  }

  private func upper(_ below: [String], _ query: Query) -> Result {
    let answers = below.map { place($0, query) }
    let wholes = Set(answers.flatMap(\.result.amounts.keys))
    let own = below.flatMap { fragments(in: $0, query.from) }
    if answers.allSatisfy(\.isWhole), wholes.count == 1, let only = wholes.first, country.bodies[only] != nil {
      return measured(own, only, query)
    }
    return weighed(own, nil, query) ?? Result(amounts: ["gap: not measured": 1])
  }

  private func place(_ body: String, _ query: Query) -> (result: Result, isWhole: Bool) {
    let own = fragments(in: body, query.from)
    let (end, lastEvent) = journey(of: body, query)
    switch end {
    case .one(let place):
      if lastEvent == nil, query.bases == nil { return (measured(own, lift(place, query), query), true) }
      let known = firstKnowing(own, query)
      if known?.allSatisfy({ $0.place(on: query.to) == .body(place) }) ?? true {
        return (measured(own, lift(place, query), query), true)
      }
    case .nowhere(let gap): return (measured(own, gap, query), false)
    case .divided:
      let known = Set((firstKnowing(own, query) ?? []).map { $0.place(on: query.to) })
      if known.count == 1, case .body(let place)?? = known.first {
        return (measured(own, lift(place, query), query), true)
      }
    }
    let gap = lastEvent.map { "gap: \($0)" } ?? "gap: not measured"
    return (weighed(own, body, query) ?? Result(amounts: [gap: 1]), false)
  }

  private func fragments(in body: String, _ day: Day) -> [RandomCountry.Fragment] {
    country.fragments.filter { $0.place(on: day) == .body(body) }
  }

  // MARK: As a whole

  private enum End {
    case one(String)
    case divided
    case nowhere(String)
  }

  /// - Returns: where it ends, and the last event on the way.
  private func journey(of body: String, _ query: Query) -> (End, event: String?) {
    var place = body
    var last: String?
    let isForward = query.from <= query.to
    let (first, end) = (min(query.from, query.to), max(query.from, query.to))
    let days = Set(country.events.map(\.day)).filter { $0 > first && $0 <= end }.sorted()
    for day in isForward ? days : days.reversed() {
      var next: Set<String> = []
      var touching: String?
      for event in country.events where event.day == day {
        for step in event.steps {
          if isForward, step.from == place {
            touching = event.key
            next.formUnion(step.to)
          }
          if !isForward, step.to.contains(place), step.from != place {
            touching = event.key
            next.insert(step.from)
            if country.bodies[place]?.lives(on: day.previous) == true { next.insert(place) }
          }
        }
      }
      if let touching {
        if next.isEmpty { return (.nowhere("gap: \(place) ended \(day)"), last) }
        last = touching
        if next.count > 1 { return (.divided, last) }
        place = next.first ?? place
      } else if !isForward, country.bodies[place]?.opened == day {
        return (.nowhere("gap: \(place) began \(day)"), last)
      }
    }
    return (.one(place), last)
  }

  /// The fragments of the first partition of which all lie in bodies on the other day.
  private func firstKnowing(_ own: [RandomCountry.Fragment], _ query: Query) -> [RandomCountry.Fragment]? {
    let partitions = query.bases?.compactMap { Self.partitionOf[$0] } ?? Self.partitions
    return partitions.lazy.map { partition in own.filter { $0.partition == partition } }.first { fragments in
      !fragments.isEmpty
        && fragments.allSatisfy { if case .body = $0.place(on: query.to) { true } else { false } }
    }
  }

  /// All of it in one place, in the first basis that measures it and places all that it measures, else in the first.
  private func measured(_ own: [RandomCountry.Fragment], _ place: String, _ query: Query) -> Result {
    var best: (basis: String, amount: Double)?
    for basis in query.bases ?? RandomCountry.bases {
      let counting = own.filter { ($0.amounts[basis] ?? 0) > 0 }
      guard !counting.isEmpty else { continue }
      let amount = counting.reduce(0) { $0 + ($1.amounts[basis] ?? 0) }
      if counting.allSatisfy({ if case .body = $0.place(on: query.to) { true } else { false } }) {
        return Result(amounts: [place: amount], basis: basis)
      }
      best = best ?? (basis, amount)
    }
    return Result(amounts: [place: best?.amount ?? 1], basis: best?.basis)
  }

  // MARK: By weight

  private func weighed(_ own: [RandomCountry.Fragment], _ body: String?, _ query: Query) -> Result? {
    var best: (result: Result, missing: Double)?
    for basis in query.bases ?? RandomCountry.bases {
      guard let places = tally(own, body, basis, query) else { continue }
      let total = places.values.reduce(0, +)
      let gap = places.filter { $0.key.hasPrefix("gap: ") }.values.reduce(0, +)
      let missing = abs(gap - total) < 1e-9 ? 1 : gap / total
      let result = Result(amounts: levelled(places, query), basis: basis)
      if missing == 0 { return result }
      if best.map({ missing < $0.missing - 1e-12 }) ?? true { best = (result, missing) }
    }
    return best?.result
  }

  /// What lies where by a basis, before it is read through the level. Nil if the basis measures nothing.
  private func tally(
    _ own: [RandomCountry.Fragment], _ body: String?, _ basis: String, _ query: Query
  ) -> [String: Double]? {
    let known = own.filter { $0.amounts[basis] != nil }
    if known.isEmpty { return body.flatMap { stated($0, basis, query) } }
    var places: [String: Double] = [:]
    var silence: (event: String, amount: Double)?
    for fragment in known {
      let amount = fragment.amounts[basis] ?? 0
      switch fragment.place(on: query.to) {
      case .body(let body): places[body, default: 0] += amount
      case .gap(let event): places["gap: \(event)", default: 0] += amount
      case .ended(let body, let day): places["gap: \(body) ended \(day)", default: 0] += amount
      case .silent(let event): silence = (silence?.event ?? event, (silence?.amount ?? 0) + amount)
      case nil:
        if case .body(let body)? = fragment.places.first?.place {
          places["gap: \(body) began \(fragment.places[0].day)", default: 0] += amount
        }
      }
    }
    if places.values.contains(where: { $0 > 0 }) { return places }
    guard let silence, silence.amount > 0 else { return nil }
    return ["gap: \(silence.event)": silence.amount]
  }

  /// Follows a body without units through divisions by amounts.
  private func stated(_ body: String, _ basis: String, _ query: Query) -> [String: Double]? {
    guard query.from <= query.to else { return nil }
    var places: [String: Double] = [:]
    var isMeasured = false
    func follow(_ body: String, _ amount: Double?, after day: Day) {
      for event in country.events where event.day > day && event.day <= query.to {
        guard let step = event.steps.first(where: { $0.from == body }) else { continue }
        if step.to.isEmpty {
          places["gap: \(body) ended \(event.day)", default: 0] += amount ?? 0
          return
        }
        if step.to.count == 1 { return follow(step.to[0], amount, after: event.day) }
        guard let weights = event.amounts[body]?[basis] else {
          places["gap: \(event.key)", default: 0] += amount ?? 0
          return
        }
        isMeasured = true
        let total = weights.values.reduce(0, +)
        for (taker, weight) in weights { follow(taker, amount.map { $0 * weight / total } ?? weight, after: event.day) }
        return
      }
      places[body, default: 0] += amount ?? 0
    }
    follow(body, nil, after: query.from)
    return isMeasured ? places : nil
  }

  // MARK: Levels

  private func levelled(_ places: [String: Double], _ query: Query) -> [String: Double] {
    var found: [String: Double] = [:]
    for (place, amount) in places {
      found[country.bodies[place] == nil ? place : lift(place, query), default: 0] += amount
    }
    guard query.isSpread else { return found }
    let kept = found.filter { !$0.key.hasPrefix("in ") }
    return kept.values.contains { $0 > 0 } ? kept : found
  }

  private func lift(_ body: String, _ query: Query) -> String {
    let own = country.bodies[query.body]?.kind == "board" ? "board" : nil
    guard let wanted = query.kind ?? own, let found = country.bodies[body], found.kind != wanted else { return body }
    guard wanted == "board" else { return "in \(body)" }
    switch found.boards.count {
    case 0: return "gap: \(body) has no board"
    case 1: return found.boards[0]
    default: return "gap: \(body) has several board"
    }
  }
}
