import RegistryStorage

/// What events did to a body as a whole, between two days.
struct Journey {
  enum End {
    /// It is one body.
    case one(OrganisationID, Answer.Remark?)
    /// An event divided it, or it came from several.
    case divided
    /// Nobody says what became of it, or what it came from.
    case nowhere(Answer.Gap)
  }

  var steps: [Answer.Trace.Step]
  var end: End
}

/// A journey as far as it is known. A journey to a nearer day is the beginning of it.
struct Route {
  struct Leg {
    let step: Answer.Trace.Step
    /// Whether only duties passed.
    let isDuties: Bool
  }

  let isForward: Bool
  let start: OrganisationID
  var legs: [Leg] = []
  /// The day from which on nobody says where the body is.
  var end: (day: Day, gap: Answer.Gap)?

  /// - Parameter last: not beyond the day to which the body was followed.
  func journey(to last: Day) -> Journey {
    func isReached(_ day: Day) -> Bool { isForward ? day <= last : day > last }
    var journey = Journey(steps: [], end: .one(start, nil))
    var remark: Answer.Remark?
    for leg in legs {
      guard isReached(leg.step.day) else { return journey }
      journey.steps.append(leg.step)
      guard leg.step.to.count == 1 else {
        journey.end = .divided
        return journey
      }
      if leg.isDuties { remark = .duties }
      journey.end = .one(leg.step.to[0], remark)
    }
    if let end, isReached(end.day) { journey.end = .nowhere(end.gap) }
    return journey
  }
}

/// Invariants 1 and 2. Forward, an event counts that takes from the body. Backward, one counts that brings to it.
extension Whereabouts {
  /// What a body becomes through the events of one day, or what it comes from.
  struct Stage {
    /// The day of the events.
    let day: Day
    /// The bodies after the day forward, or before it backward.
    let bodies: [OrganisationID]
    let links: [SuccessionLink]
    /// Whether only duties passed.
    let isDuties: Bool
    let gap: Answer.Gap?
  }

  func journey(of body: OrganisationID, _ question: Question, hasTerritory: Bool) -> Journey {
    route(of: body, from: question.from, to: question.to, hasTerritory: hasTerritory).journey(to: question.to)
  }

  /// Follows a body as far as it goes as one, from a day to another.
  func route(of body: OrganisationID, from first: Day, to last: Day, hasTerritory: Bool) -> Route {
    var route = Route(isForward: first <= last, start: body)
    var place = body
    var day = first
    while let stage = stage(of: place, from: day, to: last, dutiesCount: !hasTerritory) {
      if let gap = stage.gap {
        route.end = (stage.day, gap)
        return route
      }
      route.legs.append(
        Route.Leg(
          step: Answer.Trace.Step(
            day: stage.day, from: place, to: stage.bodies, events: Set(stage.links.map(\.eventID)).sorted()),
          isDuties: stage.isDuties))
      guard stage.bodies.count == 1 else { return route }
      place = stage.bodies[0]
      day = route.isForward ? stage.day : stage.day.previous
    }
    return route
  }

  /// The next stage of a body. Nil if nothing happens to it.
  func stage(of body: OrganisationID, from day: Day, to last: Day, dutiesCount: Bool) -> Stage? {
    day <= last ? forward(body, after: day, last, dutiesCount) : backward(body, before: day, last, dutiesCount)
  }

  private func forward(_ body: OrganisationID, after day: Day, _ last: Day, _ dutiesCount: Bool) -> Stage? {
    let later = (linksOut[body] ?? []).filter { $0.day > day && $0.day <= last }
    let end = lives[body]?.periods(.legal).compactMap(\.end).filter { $0 > day && $0 <= last }.min()
    let carrying = later.filter { $0.nature != .duties }
    guard let next = [carrying.map(\.day).min(), end].compactMap(\.self).min() else { return nil }
    let links = carrying.filter { $0.day == next }
    let goesOn = isAlive(body, on: next, .legal)
    if !links.isEmpty {
      let bodies = Set(links.map(\.successor) + (goesOn ? [body] : []))
      return Stage(day: next, bodies: bodies.sorted(), links: links, isDuties: false, gap: nil)
    }
    if goesOn { return forward(body, after: next, last, dutiesCount) }
    let duties = dutiesCount ? later.filter { $0.day == next } : []
    let heirs = Set(duties.map(\.successor))
    return Stage(
      day: next, bodies: heirs.sorted(), links: duties, isDuties: true,
      gap: heirs.count == 1 ? nil : .ended(body, next))
  }

  private func backward(_ body: OrganisationID, before day: Day, _ first: Day, _ dutiesCount: Bool) -> Stage? {
    let earlier = (linksIn[body] ?? []).filter { $0.day > first && $0.day <= day }
    let start = lives[body]?.periods(.legal).map(\.start).filter { $0 > first && $0 <= day }.max()
    let carrying = earlier.filter { $0.nature != .duties }
    guard let previous = [carrying.map(\.day).max(), start].compactMap(\.self).max() else { return nil }
    let links = carrying.filter { $0.day == previous }
    let wasThere = isAlive(body, on: previous.previous, .legal)
    if !links.isEmpty {
      let bodies = Set(links.map(\.predecessor) + (wasThere ? [body] : []))
      return Stage(day: previous, bodies: bodies.sorted(), links: links, isDuties: false, gap: nil)
    }
    if wasThere { return backward(body, before: previous.previous, first, dutiesCount) }
    let duties = dutiesCount ? earlier.filter { $0.day == previous } : []
    let origins = Set(duties.map(\.predecessor))
    return Stage(
      day: previous, bodies: origins.sorted(), links: duties, isDuties: true,
      gap: origins.count == 1 ? nil : .began(body, previous))
  }
}
