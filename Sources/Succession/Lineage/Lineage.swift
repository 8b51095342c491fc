public import RegistryStorage

/// What a body came from and what became of it: the links that lead to it and away from it, in the order of time.
///
/// Kept here:
/// 1. Each step forward leads to a later event, and each step backward to an earlier one. What happened to a successor
///    before it succeeded is not part of the story.
/// 2. Every link occurs once, however many ways lead to it.
/// 3. A story follows the pieces of territory that weigh something in a basis of people: an ancestor is a body from
///    which such a piece came, a descendant one that got one. Bodies without territory are followed through their links.
/// 4. Duties lead on, and what they lead to is followed with all that it holds then.
public struct Lineage {
  /// Which way a story is followed.
  public enum Direction: Sendable {
    /// What became of the body, what it came from, or both.
    case forward, backward, both
  }

  /// The id of the body that the story is about.
  public let root: OrganisationID
  /// In the order of time.
  public let links: [SuccessionLink]
  /// The links that were left out because they carry less than the tolerance of both bodies.
  public let slivers: [SuccessionLink]

  /// The ids of the body itself and of all bodies in the links, sorted.
  public var bodies: [OrganisationID] { Set(links.flatMap { [$0.predecessor, $0.successor] } + [root]).sorted() }

  /// - Parameters:
  ///   - root: the id of the body.
  ///   - whereabouts: what the register knows.
  ///   - direction: what became of the body, what it came from, or both.
  ///   - until: forward, the last day of events that count. Backward, the day on which the story begins, so that only
  ///     later events count. In both directions, it limits only what became of the body. Nil for all events.
  ///   - tolerance: links that carry a smaller share of the predecessor, and make up a smaller share of the successor,
  ///     are left out. From 0 to 1.
  /// - Throws: an error of the database.
  public init(
    of root: OrganisationID, in whereabouts: Whereabouts, _ direction: Direction, until: Day? = nil,
    tolerance: Double = 0
  ) throws(DatabaseError) {
    self.root = root
    var story = Story(root, whereabouts, tolerance)
    if direction != .backward { try story.followForward(until: until) }
    if direction != .forward { try story.followBackward(until: direction == .backward ? until : nil) }
    links = story.ordered(story.found)
    slivers = story.ordered(story.slivers.subtracting(story.found))
  }
}

/// The links found so far.
private struct Story {
  /// What the story follows out of a body.
  private struct Carried {
    /// The day on which the body entered the story.
    var since: Day
    /// The indices of pieces. Nil for all that the body holds.
    var pieces: Set<Int>?
  }

  private let root: OrganisationID
  private let whereabouts: Whereabouts
  private let shares: LinkShares
  private let tolerance: Double
  private(set) var found: Set<Int> = []
  private(set) var slivers: Set<Int> = []

  init(_ root: OrganisationID, _ whereabouts: Whereabouts, _ tolerance: Double) {
    (self.root, self.whereabouts, self.tolerance) = (root, whereabouts, tolerance)
    shares = LinkShares(whereabouts)
  }

  func ordered(_ indices: Set<Int>) -> [SuccessionLink] {
    indices.map { whereabouts.links[$0] }.sorted {
      ($0.day, $0.event, $0.predecessor, $0.successor) < ($1.day, $1.event, $1.predecessor, $1.successor)
    }
  }

  mutating func followForward(until: Day?) throws(DatabaseError) {
    let threads = whereabouts.threads.filter { thread in until.map { thread.day <= $0 } ?? true }
    try follow(threads, isForward: true)
  }

  mutating func followBackward(until: Day?) throws(DatabaseError) {
    let threads = whereabouts.threads.reversed().filter { thread in until.map { thread.day > $0 } ?? true }
    try follow(threads, isForward: false)
  }

  /// Goes through the links in the order of the direction.
  private mutating func follow(_ threads: [Whereabouts.Thread], isForward: Bool) throws(DatabaseError) {
    var story = [root: Carried(since: isForward ? .distantPast : .distantFuture)]
    for thread in threads {
      let (near, far) =
        isForward ? (thread.predecessor, thread.successor) : (thread.successor, thread.predecessor)
      guard let carried = story[near], isForward ? carried.since < thread.day : carried.since > thread.day else {
        continue
      }
      let moved: Set<Int>?
      if thread.isDuties {
        moved = nil
      } else {
        guard let pieces = moving(along: thread, carried.pieces, from: near, to: far) else { continue }
        // What no partition describes is followed with all that the body holds.
        moved = pieces.isEmpty ? nil : pieces
        if tolerance > 0, try shares.isSliver(whereabouts.links[thread.link], tolerance: tolerance) {
          slivers.insert(thread.link)
          continue
        }
      }
      found.insert(thread.link)
      guard var known = story[far] else {
        story[far] = Carried(since: thread.day, pieces: moved)
        continue
      }
      known.pieces = known.pieces.flatMap { own in moved.map { own.union($0) } }
      story[far] = known
    }
  }

  /// The carried pieces that went along a link and weigh something. Empty if no partition says where they went, or if
  /// the body has no territory. Nil if they went elsewhere.
  private func moving(
    along thread: Whereabouts.Thread, _ carried: Set<Int>?, from body: OrganisationID, to target: OrganisationID
  ) -> Set<Int>? {
    let isForward = body == thread.predecessor
    let day = isForward ? thread.day.previous : thread.day
    let own = (carried.map { $0.sorted() } ?? whereabouts.piecesByBody[body] ?? []).filter {
      whereabouts.place(of: $0, on: day) == .organisation(body) && whereabouts.isPopulated[$0]
    }
    if own.isEmpty { return whereabouts.piecesByBody[body] == nil || carried == nil ? [] : nil }
    let other = isForward ? thread.day : thread.day.previous
    let moved = own.filter { whereabouts.place(of: $0, on: other) == .organisation(target) }
    if !moved.isEmpty { return Set(moved) }
    return own.allSatisfy { whereabouts.place(of: $0, on: other).organisation == nil } ? [] : nil
  }
}
