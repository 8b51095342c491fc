import RegistryStorage

/// Invariants 3 to 6: divides by what pieces weigh.
extension Whereabouts {
  /// Whether the first partition that knows all of a body agrees that all of it is in `place`. It does if none knows it.
  func agrees(_ own: Landings, _ place: OrganisationID, _ question: Question) -> Bool {
    guard let known = firstKnowing(own, question) else { return true }
    return known.body == place
  }

  /// What the first partition that knows all of a body has in one place.
  func solePlace(of own: Landings, _ question: Question) -> (body: OrganisationID, landing: Landing)? {
    guard let known = firstKnowing(own, question), let body = known.body else { return nil }
    return (body, known)
  }

  /// The pieces of the first partition that says of all of them in which bodies they lie on the other day. If bases are
  /// named, only their partitions are asked.
  private func firstKnowing(_ own: Landings, _ question: Question) -> Landing? {
    let asked =
      question.bases == nil ? Array(partitions.indices) : bases(for: question).compactMap { partitionOfBasis[$0] }
    for partition in asked {
      if let landing = own.byPartition[partition], landing.isKnown { return landing }
    }
    return nil
  }

  /// What pieces amount to in the first basis of the question that measures them. A basis that knows where they lie on
  /// both days comes first.
  func weight(of own: Landings, _ question: Question) -> Answer.Weight? {
    var first: Answer.Weight?
    for basis in bases(for: question) {
      guard let partition = partitionOfBasis[basis], let landing = own.byPartition[partition] else { continue }
      var sum = Amount.zero
      var isKnown = true
      for (position, piece) in landing.pieces.enumerated() {
        guard let amount = amount(of: piece, in: basis), amount > .zero else { continue }
        sum = sum + amount
        if !landing.isInBody(position) { isKnown = false }
      }
      guard sum > .zero else { continue }
      let weight = Answer.Weight(basis: territory.bases[basis].key, amount: sum)
      if isKnown { return weight }
      first = first ?? weight
    }
    return first
  }

  /// What lies in one place.
  struct Portion {
    var amount = Amount.zero
    var isProportional = false
    var events: [EventID] = []

    mutating func add(_ more: some Sequence<EventID>) {
      for event in more where !events.contains(event) { events.append(event) }
    }
  }

  /// What a basis says.
  struct Weighing {
    var portions: [Answer.Place: Portion] = [:]
    /// What has no voice, and the first event at which that was so.
    var silent = Amount.zero
    var silencer: EventID?

    var total: Amount { portions.values.reduce(.zero) { $0 + $1.amount } }

    /// What no source places, and one of the reasons.
    var gap: (amount: Amount, reason: Answer.Gap)? {
      let gaps = portions.compactMap { place, portion -> (amount: Amount, reason: Answer.Gap)? in
        guard case .gap(let reason) = place, portion.amount > .zero else { return nil }
        return (portion.amount, reason)
      }.sorted { $0.reason.rank < $1.reason.rank }
      return gaps.first.map { first in (gaps.reduce(.zero) { $0 + $1.amount }, first.reason) }
    }
  }

  /// Tries the bases in order.
  /// - Parameter body: the body whose pieces they are, whose stated amounts count if it has none. Nil for none.
  func weigh(
    _ own: Landings, of body: OrganisationID? = nil, _ question: Question, _ level: Level, bases: [Int],
    _ before: Answer.Trace = Answer.Trace()
  ) throws(DatabaseError) -> Answer {
    var trace = before
    var best: (basis: Int, weighing: Weighing, missing: Double, index: Int)?
    for basis in bases {
      let key = territory.bases[basis].key
      if observedBases[key] != nil {
        if let body, let observed = observed(of: body, key, question) {
          trace.bases.append((key, .taken))
          return try answer(observed, basis, question, level, trace)
        }
        trace.bases.append((key, .observedOnOtherDays))
        continue
      }
      guard let weighing = weighing(of: own, body, basis, question) else {
        trace.bases.append((key, .measuresNothing))
        continue
      }
      guard let gap = weighing.gap else {
        trace.bases.append((key, .taken))
        return try answer(weighing, basis, question, level, trace)
      }
      let ratio = Answer.Ratio(gap.amount, of: weighing.total)
      // Gaps that differ by the last decimal of a division are equal.
      if best.map({ ratio.double < $0.missing - 1e-12 }) ?? true {
        best = (basis, weighing, ratio.double, trace.bases.count)
      }
      trace.bases.append((key, .gaps(ratio, gap.reason)))
    }
    if let best {
      trace.bases[best.index].outcome = .taken
      return try answer(best.weighing, best.basis, question, level, trace)
    }
    return Answer(.gap(gap(question, bases, trace)), nil, trace)
  }

  /// Why no basis answers.
  private func gap(_ question: Question, _ bases: [Int], _ trace: Answer.Trace) -> Answer.Gap {
    for basis in bases {
      let key = territory.bases[basis].key
      if let own = observedBases[key], question.bases != nil {
        return .observedOnOtherDays(basis: key, from: own.predecessorDay, to: own.successorDay)
      }
    }
    if let event = trace.steps.last?.events.first { return .event(event) }
    return .notMeasured
  }

  private func weighing(of own: Landings, _ body: OrganisationID?, _ basis: Int, _ question: Question) -> Weighing? {
    let landing = partitionOfBasis[basis].flatMap { own.byPartition[$0] }
    let measured = landing.flatMap { weighed($0, basis) }
    guard let landing, let measured, measured.isPositive else {
      // Where units measure nothing, amounts that a source states for the whole body count.
      guard let body, measured == nil else { return nil }
      return stated(of: body, basis, question)
    }
    var result = Weighing()
    for (number, place) in landing.places.enumerated() where measured.counts[number] > 0 {
      let events =
        measured.counts[number] == landing.counts[number]
        ? landing.events(ofPlace: number, in: self)
        : events(
          of: landing.pieces.indices.filter {
            landing.numbers[$0] == number && amount(of: landing.pieces[$0], in: basis) != nil
          }.map { landing.pieces[$0] }, question)
      result.portions[place] = Portion(amount: measured.amounts[number], events: events)
    }
    result.silent = measured.silent
    if let silencer = measured.silencer, case .silent(let event) = place(of: silencer, on: question.to) {
      result.silencer = event
    }
    mark(dividedIn: landing, basis, question, &result)
    if result.total == .zero {
      guard let event = result.silencer else { return nil }
      result.portions = [.gap(.event(event)): Portion(amount: result.silent)]
      result.silent = .zero
    }
    return result
  }

  /// What a basis measures of pieces, by place.
  private struct Weighed {
    var amounts: [Amount]
    /// How many pieces of a place it measures.
    var counts: [Int]
    var silent = Amount.zero
    /// The first piece without a voice.
    var silencer: Int?
    var isPositive = false
  }

  /// Nil if the basis measures none of the pieces.
  private func weighed(_ landing: Landing, _ basis: Int) -> Weighed? {
    let empty = landing.places.count
    var result = Weighed(
      amounts: Array(repeating: .zero, count: empty), counts: Array(repeating: 0, count: empty))
    var measuresAny = false
    for (position, piece) in landing.pieces.enumerated() {
      guard let amount = amount(of: piece, in: basis) else { continue }
      measuresAny = true
      if amount > .zero { result.isPositive = true }
      if let number = landing.numbers[position] {
        result.amounts[number] = result.amounts[number] + amount
        result.counts[number] += 1
      } else {
        result.silent = result.silent + amount
        result.silencer = result.silencer ?? piece
      }
    }
    return measuresAny ? result : nil
  }

  /// Marks the places in which only a part of a parcel lies. A parcel whose parts lie together was not divided here.
  private func mark(dividedIn landing: Landing, _ basis: Int, _ question: Question, _ weighing: inout Weighing) {
    var placesOfParcel: [Int: Set<Int>] = [:]
    var divided: [(parcel: Int, place: Int)] = []
    for position in landing.divided {
      let piece = landing.pieces[position]
      guard let place = landing.numbers[position], amount(of: piece, in: basis) != nil else { continue }
      let parcel = pieces[piece].parcel
      placesOfParcel[parcel, default: []].insert(place)
      if pieces[piece].piece.divisions.contains(where: { isBetween($0, question) }) { divided.append((parcel, place)) }
    }
    for (parcel, place) in divided where (placesOfParcel[parcel]?.count ?? 0) > 1 {
      weighing.portions[landing.places[place]]?.isProportional = true
    }
  }

  private func isBetween(_ event: EventID, _ question: Question) -> Bool {
    guard let day = territory.eventDays[event] else { return false }
    return day > min(question.from, question.to) && day <= max(question.from, question.to)
  }

  // MARK: Without units

  /// Shares that somebody observed from the first day to the other. They hold for these days and this direction only.
  private func observed(of body: OrganisationID, _ basis: String, _ question: Question) -> Weighing? {
    var result = Weighing()
    for own in observationsByBody[body] ?? []
    where own.basis == basis && own.predecessorDay == question.from
      && own.successorDay == question.to
    {
      let amount = Amount(own.amount) ?? .zero
      result.portions[.body(own.successor), default: Portion(isProportional: true)].amount = amount
    }
    return result.total > .zero ? result : nil
  }

  /// Follows a body through divisions that are known by amounts alone (invariants 3 and 5).
  private func stated(of body: OrganisationID, _ basis: Int, _ question: Question) -> Weighing? {
    var result = Weighing()
    var isMeasured = false
    /// - Parameter amount: nil before the first division.
    func follow(_ body: OrganisationID, _ amount: Amount?, from day: Day, _ events: Set<EventID>) {
      func arrive(_ place: Answer.Place) {
        var portion = result.portions[place] ?? Portion()
        portion.amount = portion.amount + (amount ?? .zero)
        portion.isProportional = true
        portion.add(events)
        result.portions[place] = portion
      }
      guard let stage = stage(of: body, from: day, to: question.to, dutiesCount: true) else {
        return arrive(.body(body))
      }
      if let gap = stage.gap { return arrive(.gap(gap)) }
      let next = question.from <= question.to ? stage.day : stage.day.previous
      let events = events.union(stage.links.map(\.eventID))
      if stage.bodies.count == 1 { return follow(stage.bodies[0], amount, from: next, events) }
      guard question.from <= question.to, let shares = shares(of: body, at: stage, basis) else {
        return arrive(.gap(stage.links.first.map { .event($0.eventID) } ?? .notMeasured))
      }
      isMeasured = true
      let amounts = shares.map(\.amount)
      for (share, part) in zip(shares, amount.map { $0.divided(by: amounts) } ?? amounts) {
        follow(share.body, part, from: next, events)
      }
    }
    follow(body, nil, from: question.from, [])
    return isMeasured && result.total > .zero ? result : nil
  }

  /// The amounts in which the events of a stage divide a body. A body that goes on keeps the rest.
  private func shares(of body: OrganisationID, at stage: Stage, _ basis: Int) -> [(
    body: OrganisationID, amount: Amount
  )]? {
    let own = Set(stage.links.map(\.eventID)).flatMap { flows[$0] ?? [] }.filter {
      $0.predecessor == body && $0.basis == basis
    }
    var amounts: [OrganisationID: Amount] = [:]
    for flow in own { amounts[flow.successor] = (amounts[flow.successor] ?? .zero) + flow.amount }
    guard !amounts.isEmpty else { return nil }
    // What a body keeps may be stated too, as an amount that it gives to itself.
    if stage.bodies.contains(body), amounts[body] == nil {
      let sum = amounts.values.reduce(Amount.zero, +)
      guard let all = whole(of: body, before: stage.day, basis), sum <= all else { return nil }
      amounts[body] = all - sum
    }
    return amounts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// What a body amounts to as a whole on the day before an event: what a source measured, or all of a share.
  private func whole(of body: OrganisationID, before day: Day, _ basis: Int) -> Amount? {
    let held = holdings[basis]?[body]?.filter { $0.period.contains(day.previous) }
    if let held = held?.map(\.amount).max() { return held }
    switch territory.bases[basis].unitName {
    case "share": return Amount(1)
    case "percent": return Amount(100)
    default: return nil
    }
  }

  // MARK: Parts

  private func answer(
    _ weighing: Weighing, _ basis: Int, _ question: Question, _ level: Level, _ trace: Answer.Trace
  ) throws(DatabaseError) -> Answer {
    var portions: [Answer.Place: Portion] = [:]
    // What weighs nothing says nothing of a part that weighs something.
    for (place, portion) in weighing.portions.sorted(by: { $0.value.amount > $1.value.amount }) {
      let lifted = try lifted(place, question, level)
      var sum = portions[lifted] ?? Portion()
      guard portion.amount > .zero || sum.amount == .zero else { continue }
      sum.amount = sum.amount + portion.amount
      sum.isProportional = sum.isProportional || portion.isProportional
      sum.add(portion.events)
      portions[lifted] = sum
    }
    if question.otherKinds == .spread { portions = Self.spread(portions) }
    let total = portions.values.reduce(Amount.zero) { $0 + $1.amount }
    // What goes wholly to one place is exact, however its pieces were divided.
    let isOne = portions.values.count { $0.amount > .zero } == 1
    let remark: Answer.Remark? =
      weighing.silent > .zero ? .voices(weighing.total, of: weighing.total + weighing.silent) : nil
    let key = territory.bases[basis].key
    let parts = portions.sorted { Self.isBefore($0, $1) }.map { place, portion in
      var method: Answer.Method?
      if case .body = place { method = portion.isProportional && !isOne ? .proportional : .exact }
      return Answer.Part(
        place: place, ratio: Answer.Ratio(portion.amount, of: total), amount: portion.amount, total: total, basis: key,
        method: method, events: portion.events.sorted(by: isEarlier), remark: remark)
    }
    return Answer(parts, trace)
  }

  /// Leaves out what lies in another kind, unless nothing else would be left.
  private static func spread(_ portions: [Answer.Place: Portion]) -> [Answer.Place: Portion] {
    let kept = portions.filter { if case .none(.otherKind) = $0.key { false } else { true } }
    return kept.values.contains { $0.amount > .zero } ? kept : portions
  }

  private typealias Entry = (key: Answer.Place, value: Portion)

  /// Weighty parts first, then bodies in the order of their numbers, then what is elsewhere, then gaps.
  private static func isBefore(_ first: Entry, _ second: Entry) -> Bool {
    let (left, right) = (first.value.amount > .zero ? 0 : 1, second.value.amount > .zero ? 0 : 1)
    return left == right ? first.key.rank < second.key.rank : left < right
  }
}

extension Answer {
  /// The same shares without amounts.
  var withoutAmounts: Answer {
    Answer(
      parts.map {
        Part(
          place: $0.place, ratio: $0.ratio, amount: nil, total: nil, basis: $0.basis, method: $0.method,
          events: $0.events, remark: $0.remark)
      }, trace)
  }
}
