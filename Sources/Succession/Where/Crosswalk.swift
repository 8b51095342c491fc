public import RegistryStorage

/// Where the bodies of one day lie on another, in shares.
///
/// Kept here:
/// 1. Each piece of territory is looked up on both days. No shares are multiplied along a chain of events.
/// 2. The shares of a body add up to 1, and parts in no body count. Otherwise the body is a gap, a row without a share.
/// 3. A gap does not stop the answer for the other bodies.
/// 4. A body of an upper tier consists of the bodies below it. Each of these counts through its one parent on the day.
public struct Crosswalk: Sendable {
  /// Part of a body, and where it lies on the other day.
  public struct Row: Sendable {
    /// The id of the body.
    public let from: Int64
    /// The id of the body on the other day. Nil if the part lies in no body, or for a gap.
    public let to: Int64?
    /// The share of the from body. Nil for a gap.
    public let share: Double?
    /// The amount of the part in the basis, on the first day.
    public let amount: Double?
    /// The key of the basis that measured the share.
    public let basis: String?
    /// How the share was found. Nil for a gap.
    public let method: Method?
    /// The events between the two days that took this part along, in the order of time.
    public let events: [Int64]
    /// What is missing. Nil unless the row is a gap.
    public let gap: Gap?

    /// The same part, in the one body of `kinds` in which it lies on the day of `hierarchy`.
    package func read(through hierarchy: Hierarchy, kinds: [String]) -> Row {
      guard let to else { return self }
      switch Counted(to, kinds, hierarchy) {
      case .body(let body):
        return Row(
          from: from, to: body, share: share, amount: amount, basis: basis, method: method, events: events, gap: nil)
      case .none: return self
      case .gap(let gap):
        return Row(from: from, to: nil, share: nil, amount: nil, basis: nil, method: nil, events: [], gap: gap)
      }
    }
  }

  /// What is missing to say where a body went.
  public enum Gap: Hashable, Sendable {
    /// An event that divides bodies says nothing about any partition that covers the body.
    case event(Int64)
    /// A body of the place tier has no parent, or several, of the kind that is asked for.
    case parent(of: Int64, kinds: String, on: Day, several: Bool)
    /// The register knows no territory of the body.
    case noTerritory
    /// The basis is known only between two other days, or in the other direction.
    case observedOnOtherDays(basis: String)
  }

  /// How a share was found.
  public enum Method: String, Sendable {
    /// From units, or because a body went as a whole.
    case exact
    /// From published or observed amounts.
    case proportional
  }

  /// A row for each body and each place where part of it lies on the other day, in the order of the bodies given.
  public let rows: [Row]

  /// An event that took territory from one body to another.
  package struct Link: Sendable {
    package let event: Int64
    package let day: Day
    package let predecessor: Int64
    package let successor: Int64

    package init(event: Int64, day: Day, predecessor: Int64, successor: Int64) {
      self.event = event
      self.day = day
      self.predecessor = predecessor
      self.successor = successor
    }

    /// Nil if the link carries nothing but duties.
    package init?(_ link: SuccessionLink) {
      guard link.nature != .duties else { return nil }
      self.init(event: link.eventID, day: link.day, predecessor: link.predecessor, successor: link.successor)
    }
  }

  /// The body that counts when a piece lies in a body of the place tier.
  package enum Counted: Sendable {
    case body(Int64)
    /// The piece is in none of the bodies that are asked about.
    case none
    case gap(Gap)

    /// Finds the one body of `kinds` that `place` is or lies in.
    init(_ place: Int64, _ kinds: [String], _ hierarchy: Hierarchy) {
      let spoken = kinds.joined(separator: " or ")
      switch hierarchy.ancestor(of: place, kinds: Set(kinds)) {
      case .one(let body): self = .body(body)
      case .none: self = .gap(.parent(of: place, kinds: spoken, on: hierarchy.day, several: false))
      case .several: self = .gap(.parent(of: place, kinds: spoken, on: hierarchy.day, several: true))
      }
    }
  }

  /// - Parameters:
  ///   - bodies: the from bodies, in the order of the rows.
  ///   - from: the day of the from bodies. It may be the later one.
  ///   - to: the other day.
  ///   - bases: indices of the territory's bases, in the order in which to try them.
  ///   - links: all links that carry territory.
  ///   - source, target: the body that counts for the one in which a piece lies, on the first and on the other day.
  package init(
    of bodies: [Int64], from: Day, to: Day, bases: [Int], territory: Territory, links: [Link] = [],
    observations: [Observation] = [], source: (Int64) -> Counted = { .body($0) },
    target: (Int64) -> Counted = { .body($0) }
  ) {
    let journeys = Journeys(links, from: from, to: to)
    let dividing = Set(territory.eventDays.filter { journeys.passes($0.value) }.keys)
    var parts: [Int64: [Part: Amounts]] = [:]
    for parcel in territory.parcels {
      // Pieces that lie together on both days count as one: they were not divided between the days.
      var groups: [Destination: [Territory.Piece]] = [:]
      for piece in parcel.pieces {
        guard case .organisation(let place) = piece.place(on: from), case .body(let body) = source(place) else {
          continue
        }
        let part: Part =
          switch piece.place(on: to) {
          case .unplaced: .nowhere
          case .gap(let event), .silent(let event): .gap(.event(event))
          case .organisation(let place):
            switch target(place) {
            case .body(let body): .organisation(body)
            case .none: .nowhere
            case .gap(let gap): .gap(gap)
            }
          }
        groups[Destination(body: body, part: part), default: []].append(piece)
      }
      for (destination, pieces) in groups {
        let isWhole = pieces.count == parcel.pieces.count
        parts[destination.body, default: [:]][destination.part, default: Amounts(count: territory.bases.count)]
          .add(pieces, isWhole: isWhole, dividing: dividing, events: pieces.flatMap(journeys.events))
      }
    }
    let observed = observations.filter { $0.predecessorDay == from && $0.successorDay == to }
    rows = bodies.flatMap { body in Self.rows(of: body, parts[body] ?? [:], bases, territory, observed) }
  }

  /// Makes a crosswalk between bodies of two kinds. Above the place tier, each body is found as the one parent.
  /// - Parameter toKinds: the kinds of the to bodies. Nil for whatever body of the place tier a part lies in.
  package init(
    of bodies: [Int64], kind: String, toKinds: [String]?, before: Hierarchy, after: Hierarchy, bases: [Int],
    territory: Territory, links: [Link], observations: [Observation]
  ) {
    self.init(
      of: bodies, from: before.day, to: after.day, bases: bases, territory: territory, links: links,
      observations: observations, source: { Counted($0, [kind], before) },
      target: { place in toKinds.map { Counted(place, $0, after) } ?? .body(place) })
  }

  // MARK: One body

  private enum Part: Hashable {
    case organisation(Int64)
    case nowhere
    case gap(Gap)

    var organisation: Int64? { if case .organisation(let id) = self { id } else { nil } }
  }

  private struct Amounts {
    var byBasis: [Amount?]
    /// Whether the amount of a basis is divided by amounts alone. One partition may know the units, another may not.
    var isDivided: [Bool]
    var events: Set<Int64> = []

    init(count: Int) {
      byBasis = [Amount?](repeating: nil, count: count)
      isDivided = [Bool](repeating: false, count: count)
    }

    mutating func add(_ pieces: [Territory.Piece], isWhole: Bool, dividing: Set<Int64>, events: [Int64]) {
      let isDivided = !isWhole && pieces.contains { $0.divisions.contains { dividing.contains($0) } }
      for piece in pieces {
        for (basis, amount) in piece.amounts.enumerated() {
          guard let amount else { continue }
          byBasis[basis] = (byBasis[basis] ?? .zero) + amount
          self.isDivided[basis] = self.isDivided[basis] || isDivided
        }
      }
      self.events.formUnion(events)
    }
  }

  private struct Destination: Hashable {
    let body: Int64
    let part: Part
  }

  private static func rows(
    of body: Int64, _ parts: [Part: Amounts], _ bases: [Int], _ territory: Territory, _ observations: [Observation]
  ) -> [Row] {
    var firstGap: Gap?
    for basis in bases {
      if territory.bases[basis].partition == nil {
        let observed = observedRows(of: body, territory.bases[basis].key, observations)
        if !observed.isEmpty { return observed }
        firstGap = firstGap ?? .observedOnOtherDays(basis: territory.bases[basis].key)
        continue
      }
      let measured = parts.filter { ($0.value.byBasis[basis] ?? .zero) > .zero }
      guard !measured.isEmpty else { continue }
      if let gap = measured.keys.compactMap(gap(of:)).min(by: { "\($0)" < "\($1)" }) {
        firstGap = firstGap ?? gap
        continue
      }
      return rows(of: body, measured, basis, territory)
    }
    let gap = firstGap ?? parts.keys.compactMap(gap(of:)).min(by: { "\($0)" < "\($1)" }) ?? .noTerritory
    return [Row(from: body, to: nil, share: nil, amount: nil, basis: nil, method: nil, events: [], gap: gap)]
  }

  private static func gap(of part: Part) -> Gap? { if case .gap(let gap) = part { gap } else { nil } }

  private static func rows(
    of body: Int64, _ parts: [Part: Amounts], _ basis: Int, _ territory: Territory
  ) -> [Row] {
    let ordered = parts.sorted { ($0.key.organisation ?? .max) < ($1.key.organisation ?? .max) }
    let total = ordered.reduce(.zero) { $0 + ($1.value.byBasis[basis] ?? .zero) }.double
    return ordered.map { part, amounts in
      let amount = (amounts.byBasis[basis] ?? .zero).double
      // What goes wholly to one place is exact, however its parts were divided.
      let isProportional = amounts.isDivided[basis] && parts.count > 1
      return Row(
        from: body, to: part.organisation, share: amount / total, amount: amount, basis: territory.bases[basis].key,
        method: isProportional ? .proportional : .exact,
        events: amounts.events.sorted {
          (territory.eventDays[$0] ?? .distantPast, $0) < (territory.eventDays[$1] ?? .distantPast, $1)
        }, gap: nil)
    }
  }

  /// Observations lead from a body on one day to bodies on another. They hold for these days and this direction only.
  private static func observedRows(of body: Int64, _ basis: String, _ observations: [Observation]) -> [Row] {
    let own = observations.filter { $0.basis == basis && $0.predecessor == body }
    let total = own.reduce(0) { $0 + $1.amount }
    guard total > 0 else { return [] }
    return own.map {
      Row(
        from: body, to: $0.successor, share: $0.amount / total, amount: $0.amount, basis: basis, method: .proportional,
        events: [], gap: nil)
    }
  }
}

/// The events that pieces went through between two days.
private struct Journeys {
  private let first: Day
  private let last: Day
  private var byDay: [Day: [Crosswalk.Link]] = [:]

  init(_ links: [Crosswalk.Link], from: Day, to: Day) {
    (first, last) = (min(from, to), max(from, to))
    for link in links where passes(link.day) { byDay[link.day, default: []].append(link) }
  }

  /// Whether an event of `day` lies between the two days. An event of the later day does, because that day shows it.
  func passes(_ day: Day) -> Bool { day > first && day <= last }

  func events(of piece: Territory.Piece) -> [Int64] {
    var events: [Int64] = []
    for (earlier, later) in zip(piece.placements, piece.placements.dropFirst()) {
      let day = later.period.start
      guard passes(day), earlier.period.end == day,
        case .organisation(let predecessor) = earlier.place, case .organisation(let successor) = later.place
      else { continue }
      events += (byDay[day] ?? []).filter { $0.predecessor == predecessor && $0.successor == successor }.map(\.event)
    }
    return events
  }
}
