package import RegistryStorage

/// A stretch of days with the same answer.
package struct Stretch: Sendable {
  /// The days.
  package var period: Period
  /// The answer on each of them.
  package let answer: Answer
}

extension Whereabouts {
  /// The days on which an answer about a body may change: events of the body and of all that came of it or before it,
  /// lives that begin or end, and moves of its pieces. In order, without duplicates.
  /// - Parameter question: its level counts. Its days do not matter.
  package func daysOfChange(of body: OrganisationID, _ question: Question) throws(DatabaseError) -> [Day] {
    var days: Set<Day> = []
    var bodies = relatives(of: body)
    let isUpper = try isEverUpper(body)
    if question.toKind != nil || isUpper {
      days.formUnion(try registry.daysOfChange(knownIn: revision))
      bodies.formUnion(try registry.bodiesEverBelow(body, knownIn: revision).flatMap(relatives))
    }
    for body in bodies {
      for link in (linksOut[body] ?? []) + (linksIn[body] ?? []) { days.insert(link.day) }
      for period in lives[body].map({ $0.legal + $0.operational }) ?? [] {
        days.insert(period.start)
        if let end = period.end { days.insert(end) }
      }
      for piece in piecesByBody[body] ?? [] {
        for placement in pieces[piece].piece.placements {
          days.insert(placement.period.start)
          if let end = placement.period.end { days.insert(end) }
        }
      }
    }
    return days.sorted()
  }

  /// The stretches of days of `period` with the same answer to a question, whose first day is replaced.
  package func stretches(
    of body: OrganisationID, during period: Period, _ question: Question
  ) throws(DatabaseError) -> [Stretch] {
    var days = try daysOfChange(of: body, question)
    // The answer may also change where the first day passes the other.
    days += [question.to, question.to.next]
    var asked = question
    return try stretches(during: period, changingOn: days) { day throws(DatabaseError) in
      asked.from = day
      return try answer(for: body, asked)
    }
  }

  /// The stretches of days of `period` with the same answer to a question, whose other day is replaced.
  package func targetStretches(
    of body: OrganisationID, during period: Period, _ question: Question
  ) throws(DatabaseError) -> [Stretch] {
    let days = try daysOfChange(of: body, question) + [question.from, question.from.next]
    var asked = question
    return try stretches(during: period, changingOn: days) { day throws(DatabaseError) in
      asked.to = day
      return try answer(for: body, asked)
    }
  }

  /// The stretches of days with the same answer about a parcel, whose first day is replaced. They begin where the
  /// register first knows where the parcel lay, and the last one is open. None if the register never knows it.
  package func stretches(ofParcel key: String, _ question: Question) throws(DatabaseError) -> [Stretch] {
    let placements = territory.parcels.lazy.filter { $0.key == key }.flatMap(\.pieces).flatMap(\.placements)
    let days = placements.flatMap { [$0.period.start] + ($0.period.end.map { [$0] } ?? []) }
    guard let first = days.min() else { return [] }
    var asked = question
    return try stretches(during: Period(first, nil), changingOn: days + [question.to, question.to.next]) {
      day throws(DatabaseError) in
      asked.from = day
      return try answer(forParcel: key, asked)
    }
  }

  private func stretches(
    during period: Period, changingOn days: [Day], _ answer: (Day) throws(DatabaseError) -> Answer
  ) throws(DatabaseError) -> [Stretch] {
    let starts = [period.start] + Set(days.filter { $0 > period.start && period.contains($0) }).sorted()
    var found: [Stretch] = []
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : period.end
      let answer = try answer(start)
      if let last = found.last, last.answer.parts == answer.parts {
        found[found.count - 1].period.end = end
      } else {
        found.append(Stretch(period: Period(start, end), answer: answer))
      }
    }
    return found
  }

  /// The body, all that came of it, and all from which it came.
  func relatives(of body: OrganisationID) -> Set<OrganisationID> {
    func closure(_ next: (OrganisationID) -> [OrganisationID]) -> Set<OrganisationID> {
      var found: Set<OrganisationID> = [body]
      var open = [body]
      while let body = open.popLast() {
        for other in next(body) where found.insert(other).inserted { open.append(other) }
      }
      return found
    }
    return closure { (linksOut[$0] ?? []).map(\.successor) }.union(closure { (linksIn[$0] ?? []).map(\.predecessor) })
  }
}
