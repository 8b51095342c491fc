package import RegistryStorage

/// Where bodies without a tier went. They have no known territory, so each one goes as a whole or is a gap.
///
/// Kept here:
/// 1. Forward, a body is followed if it became one body, backward if it came from one body. A body that lives on beside
///    its successors, or lived before beside its predecessors, counts as one of them.
/// 2. An event counts from its own day on. The events of one day count together.
/// 3. After the end of a body without a successor, it lies in no body. Before the start of a body without a
///    predecessor, it lies in no body either.
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

  /// Where a body of one day is on the other, which may be the earlier one. The row has the share 1, or a gap.
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

  /// What a body became through the events of one day, or what it came from.
  private struct Step {
    let links: [Crosswalk.Link]
    var bodies: Set<Int64>
    /// The day from which the next step is looked for.
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
