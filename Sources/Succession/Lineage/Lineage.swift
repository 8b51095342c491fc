public import RegistryStorage

/// What a body came from and what became of it: the links that lead to it and away from it, in the order of time.
///
/// Kept here:
/// 1. Each step forward leads to a later event, and each step backward to an earlier one. What happened to a successor
///    before it succeeded is not part of the story.
/// 2. Every link occurs once, however many ways lead to it.
public struct Lineage: Sendable {
  /// Which way a story is followed.
  public enum Direction: Sendable {
    /// What became of the body, what it came from, or both.
    case forward, backward, both
  }

  /// The id of the body that the story is about.
  public let root: Int64
  /// In the order of time.
  public let links: [SuccessionLink]

  /// The ids of the body itself and of all bodies in the links, sorted.
  public var bodies: [Int64] { Set(links.flatMap { [$0.predecessor, $0.successor] } + [root]).sorted() }

  /// - Parameters:
  ///   - root: the id of the body.
  ///   - links: all links of the register, or the ones to search.
  ///   - direction: what became of the body, what it came from, or both.
  ///   - until: forward, the last day of events that count. Backward, the day on which the story begins, so that only
  ///     later events count. In both directions, it limits only what became of the body. Nil for all events.
  public init(of root: Int64, in links: [SuccessionLink], _ direction: Direction, until: Day? = nil) {
    self.root = root
    var found: Set<Int> = []
    if direction != .backward {
      let out = Dictionary(grouping: links.indices, by: { links[$0].predecessor })
      Self.follow(from: root, after: .distantPast, &found) { body, day in
        (out[body] ?? []).filter { index in links[index].day > day && (until.map { links[index].day <= $0 } ?? true) }
          .map { ($0, links[$0].successor, links[$0].day) }
      }
    }
    if direction != .forward {
      let into = Dictionary(grouping: links.indices, by: { links[$0].successor })
      let first = direction == .backward ? until : nil
      Self.follow(from: root, after: .distantFuture, &found) { body, day in
        (into[body] ?? []).filter { index in links[index].day < day && (first.map { links[index].day > $0 } ?? true) }
          .map { ($0, links[$0].predecessor, links[$0].day) }
      }
    }
    self.links = found.map { links[$0] }.sorted {
      ($0.day, $0.event, $0.predecessor, $0.successor) < ($1.day, $1.event, $1.predecessor, $1.successor)
    }
  }

  /// Collects the indices of all links that `next` leads to from a body, seen from a day.
  private static func follow(
    from root: Int64, after day: Day, _ found: inout Set<Int>,
    _ next: (Int64, Day) -> [(link: Int, body: Int64, day: Day)]
  ) {
    var open = [(body: root, day: day)]
    var seen: Set<Int> = []
    while let (body, day) = open.popLast() {
      for step in next(body, day) where seen.insert(step.link).inserted {
        found.insert(step.link)
        open.append((step.body, step.day))
      }
    }
  }
}
