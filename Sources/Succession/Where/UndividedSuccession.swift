package import RegistryStorage

/// Where bodies without a tier went: nobody knows of territory of theirs, so each goes as a whole or is a gap.
///
/// Kept here:
/// 1. Forward a body goes on if all that it became is one body, backward if all that it came from is one body; a body that
///    itself lives on beside its successors, or lived before beside its predecessors, counts among them.
/// 2. An event counts from its own day on; events of one day count together.
/// 3. A body that ended without a successor, or began without a predecessor, lies in no body beyond.
package struct UndividedSuccession: Sendable {
  private let outward: [Int64: [Crosswalk.Link]]
  private let inward: [Int64: [Crosswalk.Link]]
  private let lives: [Int64: [Period]]

  /// - Parameters:
  ///   - links: all links that are more than duties.
  ///   - lives: when each body lived.
  package init(_ links: [Crosswalk.Link], lives: [Int64: [Period]]) {
    outward = Dictionary(grouping: links, by: \.predecessor)
    inward = Dictionary(grouping: links, by: \.successor)
    self.lives = lives
  }

  /// Where a body of one day is on the other, which may be the earlier one: share one, or a gap; no amount, no basis.
  package func row(of body: Int64, from: Day, to: Day) -> Crosswalk.Row {
    var place = body
    var day = from
    var events: [Int64] = []
    while let step = from < to ? stepForward(of: place, after: day, to) : stepBackward(of: place, before: day, to) {
      events += step.links.map(\.event)
      guard step.bodies.count == 1, let next = step.bodies.first else {
        return row(of: body, share: nil, events: [], gap: step.links.first.map { .event($0.event) })
      }
      (place, day) = (next, step.day)
    }
    return row(of: body, to: isAlive(place, on: to) ? place : nil, share: 1, events: Set(events).sorted())
  }

  private func row(
    of body: Int64, to place: Int64? = nil, share: Double?, events: [Int64], gap: Crosswalk.Gap? = nil
  ) -> Crosswalk.Row {
    Crosswalk.Row(
      from: body, to: place, share: share, amount: nil, basis: nil, method: gap == nil ? .exact : nil, events: events,
      gap: gap)
  }

  /// What a body became at one day's events, or what it came from.
  private struct Step {
    let links: [Crosswalk.Link]
    var bodies: Set<Int64>
    /// Later steps are looked for after it, or before it.
    let day: Day
  }

  private func stepForward(of body: Int64, after day: Day, _ last: Day) -> Step? {
    let later = (outward[body] ?? []).filter { $0.day > day && $0.day <= last }
    guard let first = later.map(\.day).min() else { return nil }
    let links = later.filter { $0.day == first }
    let goesOn = isAlive(body, on: first) ? [body] : []
    return Step(links: links, bodies: Set(links.map(\.successor) + goesOn), day: first)
  }

  private func stepBackward(of body: Int64, before day: Day, _ first: Day) -> Step? {
    let earlier = (inward[body] ?? []).filter { $0.day > first && $0.day <= day }
    guard let last = earlier.map(\.day).max() else { return nil }
    let links = earlier.filter { $0.day == last }
    let wasThere = isAlive(body, on: last.previous) ? [body] : []
    return Step(links: links, bodies: Set(links.map(\.predecessor) + wasThere), day: last.previous)
  }

  private func isAlive(_ body: Int64, on day: Day) -> Bool { lives[body]?.contains { $0.contains(day) } ?? false }
}
