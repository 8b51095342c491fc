/// Works out where every parcel lay on every day, by following the events forward and backward from its anchor.
///
/// Kept here:
/// 1. Events of one day apply together to the state of the day before.
/// 2. Only movements and flows divide a body. Every other parcel goes to the one body that succeeds its own as a whole,
///    or stays with its body if that goes on.
/// 3. An event that divides a body and says nothing about a partition makes a gap in that partition, never zero. If it
///    names other parcels of the body, a parcel that it does not name is silent.
/// 4. A division known by amounts alone divides each piece that it meets, forward. If there are movements, they replace
///    it. Backward, amounts tell where a piece came from only if all of them came from one body.
/// 5. The pieces of a parcel add up to the parcel, in every basis. See `Division`.
/// 6. A parcel whose units leave a body by themselves goes with them, whatever the body does on that day. This says
///    nothing about other parcels.
struct Replay {
  /// A parcel, or a part of one that was divided by amounts.
  struct Piece: Equatable {
    var parcel: Int64
    /// By basis.
    var amounts: [Int64: Amount]
    /// The events that divided it by amounts alone. A whole parcel has none.
    var divisions: [EventID] = []
    /// Which part it was at each division, so that the pieces of a parcel can be told apart.
    var path: [Int] = []
    /// In the order of time.
    var placements: [Placement] = []

    func lies(in organisation: OrganisationID, on day: Day) -> Bool {
      placements.contains { $0.place == .organisation(organisation) && Period($0.start, $0.end).contains(day) }
    }
  }

  struct Placement: Equatable {
    var place: Territory.Place
    var start: Day
    var end: Day?
  }

  /// Where a piece goes in one step.
  private enum Step {
    case whole(OrganisationID)
    case divided(event: EventID, [Division.Part])
    /// To no body, because its body was closed or not yet established.
    case nowhere
    /// No source says where: a gap, or silence.
    case lost(Territory.Place)
  }

  private let facts: TerritoryFacts
  private let out: [OrganisationID: [TerritoryFacts.Link]]
  private let into: [OrganisationID: [TerritoryFacts.Link]]
  private let movementsOf: [Int64: [TerritoryFacts.Movement]]
  private let movesOf: [Int64: [TerritoryFacts.Move]]
  private let flowsOf: [EventID: [TerritoryFacts.Flow]]
  private let basesOf: [Int64: [Int64]]
  private let partitionOfBasis: [Int64: Int64?]
  private let gifts = Gifts()

  init(_ facts: TerritoryFacts) {
    self.facts = facts
    out = Dictionary(grouping: facts.links, by: \.predecessor)
    into = Dictionary(grouping: facts.links, by: \.successor)
    movementsOf = Dictionary(grouping: facts.movements, by: \.parcel)
    movesOf = Dictionary(grouping: facts.moves, by: \.parcel)
    flowsOf = Dictionary(grouping: facts.flows, by: \.event)
    basesOf = facts.bases.reduce(into: [:]) { result, basis in
      if let partition = basis.partition { result[partition, default: []].append(basis.id) }
    }
    partitionOfBasis = Dictionary(uniqueKeysWithValues: facts.bases.map { ($0.id, $0.partition) })
  }

  /// The pieces of every parcel, in the order of the parcels.
  func pieces() -> [(parcel: Int64, pieces: [Piece])] {
    facts.partitionOfParcel.keys.sorted().map { ($0, pieces(of: $0)) }
  }

  /// The pieces of a parcel. Without an anchor, it is one piece without placements.
  /// - Parameter limit: the events of this day and of later ones are left out. Then the last placements mean nothing
  ///   from this day on. Nil means no limit.
  private func pieces(of parcel: Int64, before limit: Day? = nil) -> [Piece] {
    let whole = Piece(parcel: parcel, amounts: facts.amounts[parcel] ?? [:])
    guard let anchor = facts.anchors[parcel], let partition = facts.partitionOfParcel[parcel] else { return [whole] }
    return forward(whole, in: anchor.organisation, from: anchor.day, before: limit, partition)
      .map { joined(backward($0, in: anchor.organisation, until: anchor.day, partition)) }
  }

  // MARK: Forward

  /// Follows `piece`, which lies in `organisation` on `day`, to the end of time.
  private func forward(
    _ piece: Piece, in organisation: OrganisationID, from day: Day, before limit: Day?, _ partition: Int64
  ) -> [Piece] {
    var (piece, organisation, day) = (piece, organisation, day)
    while true {
      let moves = (movesOf[piece.parcel] ?? []).filter { $0.predecessor == organisation }
      let end = facts.lives[organisation]?.end
      let days = (out[organisation] ?? []).map(\.day) + moves.map(\.day) + (end.map { [$0] } ?? [])
      guard let next = days.filter({ $0 > day }).min(), limit.map({ next < $0 }) ?? true else {
        return [piece.lying(.organisation(organisation), day, nil)]
      }
      piece = piece.lying(.organisation(organisation), day, next)
      day = next
      if let move = moves.first(where: { $0.day == next }) {
        organisation = move.successor
        continue
      }
      switch stepForward(piece, from: organisation, on: next, closing: end == next, partition) {
      case .whole(let successor): organisation = successor
      case .nowhere: return [piece]
      case .lost(let place): return [piece.lying(place, next, nil)]
      case .divided(let event, let parts):
        return parts.enumerated().flatMap { index, part -> [Piece] in
          var child = piece
          child.amounts = part.amounts
          child.divisions.append(event)
          child.path.append(index)
          return forward(child, in: part.organisation, from: next, before: limit, partition)
        }
      }
    }
  }

  private func stepForward(
    _ piece: Piece, from organisation: OrganisationID, on day: Day, closing: Bool, _ partition: Int64
  ) -> Step {
    let links = (out[organisation] ?? []).filter { $0.day == day }
    if let named = named(piece, in: links) { return .whole(named.successor) }
    guard let first = links.first else { return closing ? .nowhere : .whole(organisation) }
    if let unknown = unknown(links, in: partition) { return .lost(.gap(event: unknown)) }
    let flows = flows(of: links, in: partition)
    if let event = flows.first(where: { $0.amount > .zero })?.event {
      let parts =
        closing
        ? Division(flows, basesOf[partition] ?? [], partitionOfBasis).parts(of: piece)
        : gift(from: organisation, on: day, flows, partition)?[Gifts.PieceID(piece)]
      guard let parts else { return .lost(.gap(event: event)) }
      // What weighs nothing stays.
      guard let part = parts.first else { return .whole(organisation) }
      return parts.count == 1 ? .whole(part.organisation) : .divided(event: event, parts)
    }
    let heirs = closing ? Set(links.filter { $0.nature == .succession }.map(\.successor)) : [organisation]
    if let heir = heirs.first, heirs.count == 1 { return .whole(heir) }
    return .lost(silence(links, in: partition) ?? .gap(event: first.event))
  }

  // MARK: Bodies that give and go on

  /// What was worked out for all pieces of a body together.
  private final class Gifts {
    struct Key: Hashable {
      let giver: OrganisationID
      let day: Day
      let partition: Int64
    }

    struct PieceID: Hashable {
      let parcel: Int64
      let path: [Int]

      init(_ piece: Piece) {
        parcel = piece.parcel
        path = piece.path
      }
    }

    var parts: [Key: [PieceID: [Division.Part]]?] = [:]
  }

  /// The parts of every piece that lies in a body on the day before, which gives these amounts and keeps the rest.
  /// - Returns: nil if the body gives more than it has.
  private func gift(
    from giver: OrganisationID, on day: Day, _ flows: [TerritoryFacts.Flow], _ partition: Int64
  ) -> [Gifts.PieceID: [Division.Part]]? {
    let key = Gifts.Key(giver: giver, day: day, partition: partition)
    if let known = gifts.parts[key] { return known }
    let held = facts.partitionOfParcel.keys.sorted()
      .filter { facts.partitionOfParcel[$0] == partition && isGiven($0, from: giver, on: day) }
      .flatMap { pieces(of: $0, before: day) }.filter { $0.lies(in: giver, on: day.previous) }
    let parts = Division(flows, basesOf[partition] ?? [], partitionOfBasis).parts(of: held, keeping: giver)
    let result = parts.map { Dictionary(uniqueKeysWithValues: zip(held.map(Gifts.PieceID.init), $0)) }
    gifts.parts[key] = .some(result)
    return result
  }

  /// Whether a parcel may be part of what a body gives on a day. It is not if a source places it later, or it moves by
  /// itself.
  private func isGiven(_ parcel: Int64, from giver: OrganisationID, on day: Day) -> Bool {
    guard let anchor = facts.anchors[parcel], anchor.day < day else { return false }
    return !(movesOf[parcel] ?? []).contains { $0.day == day && $0.predecessor == giver }
  }

  /// The bodies whose pieces are divided together, so that the parts of one depend on the others.
  var giversThatGoOn: Set<OrganisationID> {
    Set(
      facts.flows.compactMap { flow in
        guard let giver = flow.predecessor, partitionOfBasis[flow.basis] != .some(nil),
          facts.lives[giver]?.end != flow.day
        else { return nil }
        return giver
      })
  }

  // MARK: Backward

  /// Follows `piece`, which lies in `organisation` on `day`, back to the beginning of time.
  private func backward(_ piece: Piece, in organisation: OrganisationID, until day: Day, _ partition: Int64) -> Piece {
    var (piece, organisation, day) = (piece, organisation, day)
    while true {
      let moves = (movesOf[piece.parcel] ?? []).filter { $0.successor == organisation }
      let start = facts.lives[organisation]?.start
      let days = (into[organisation] ?? []).map(\.day) + moves.map(\.day) + (start.map { [$0] } ?? [])
      guard let last = days.filter({ $0 <= day }).max() else {
        return piece.lying(.organisation(organisation), .distantPast, day.next)
      }
      piece = piece.lying(.organisation(organisation), last, day.next)
      day = last.previous
      if let move = moves.first(where: { $0.day == last }) {
        organisation = move.predecessor
        continue
      }
      switch stepBackward(piece, from: organisation, on: last, opening: start == last, partition) {
      case .whole(let predecessor): organisation = predecessor
      case .lost(let place): return piece.lying(place, .distantPast, last)
      case .nowhere, .divided: return piece
      }
    }
  }

  private func stepBackward(
    _ piece: Piece, from organisation: OrganisationID, on day: Day, opening: Bool, _ partition: Int64
  ) -> Step {
    let links = (into[organisation] ?? []).filter { $0.day == day }
    if let named = named(piece, in: links) {
      let origins = Set(links.filter { $0.event == named.event }.map(\.predecessor))
      if let origin = origins.first, origins.count == 1 { return .whole(origin) }
      return .lost(.gap(event: named.event))
    }
    guard let first = links.first else { return opening ? .nowhere : .whole(organisation) }
    if let unknown = unknown(links, in: partition) { return .lost(.gap(event: unknown)) }
    let flows = flows(of: links, in: partition) + outsideFlows(into: organisation, links, in: partition)
    // A giver without an id is no body of the register.
    let givers = Set(flows.filter { $0.amount > .zero }.map(\.predecessor))
    if !givers.isEmpty {
      guard let giver = givers.first, givers.count == 1, opening else { return .lost(.gap(event: first.event)) }
      return giver.map { .whole($0) } ?? .nowhere
    }
    let ancestors = Set(
      links.filter { $0.nature == .succession }.map(\.predecessor) + (opening ? [] : [organisation]))
    if let ancestor = ancestors.first, ancestors.count == 1 { return .whole(ancestor) }
    if let silence = silence(links, in: partition) { return .lost(silence) }
    return ancestors.isEmpty ? .nowhere : .lost(.gap(event: first.event))
  }

  // MARK: What an event knows

  /// The movement by which an event of these links names the parcel of `piece`.
  private func named(_ piece: Piece, in links: [TerritoryFacts.Link]) -> TerritoryFacts.Movement? {
    (movementsOf[piece.parcel] ?? []).first { movement in
      links.contains { $0.event == movement.event && $0.successor == movement.successor }
    }
  }

  /// The first event of these links that takes territory and says nothing about the partition.
  private func unknown(_ links: [TerritoryFacts.Link], in partition: Int64) -> EventID? {
    links.first { link in
      link.nature == .territory && !moves(partition, at: link.event) && flows(of: link, in: partition).isEmpty
    }?.event
  }

  /// The place of a parcel that none of the links names, if one of them names others of its partition.
  private func silence(_ links: [TerritoryFacts.Link], in partition: Int64) -> Territory.Place? {
    links.first { facts.movedPartitions[$0.event]?[$0.successor]?.contains(partition) ?? false }
      .map { .silent(event: $0.event) }
  }

  /// Whether an event moves parcels of the partition by name.
  private func moves(_ partition: Int64, at event: EventID) -> Bool {
    facts.movedPartitions[event]?.values.contains { $0.contains(partition) } ?? false
  }

  /// The flows along these links, unless movements replace them.
  private func flows(of links: [TerritoryFacts.Link], in partition: Int64) -> [TerritoryFacts.Flow] {
    links.contains { moves(partition, at: $0.event) } ? [] : links.flatMap { flows(of: $0, in: partition) }
  }

  private func flows(of link: TerritoryFacts.Link, in partition: Int64) -> [TerritoryFacts.Flow] {
    (flowsOf[link.event] ?? []).filter {
      $0.predecessor == link.predecessor && $0.successor == link.successor && isKnown(in: partition, $0.basis)
    }
  }

  /// The flows into a body that come from no body of the register, unless movements replace them.
  private func outsideFlows(
    into organisation: OrganisationID, _ links: [TerritoryFacts.Link], in partition: Int64
  ) -> [TerritoryFacts.Flow] {
    guard !links.contains(where: { moves(partition, at: $0.event) }) else { return [] }
    return Set(links.map(\.event)).flatMap { flowsOf[$0] ?? [] }.filter {
      $0.predecessor == nil && $0.successor == organisation && isKnown(in: partition, $0.basis)
    }
  }

  /// Whether a basis is of the partition, or of none.
  private func isKnown(in partition: Int64, _ basis: Int64) -> Bool {
    let own = partitionOfBasis[basis] ?? nil
    return own == nil || own == partition
  }

  /// Sorts the placements and joins those that continue in the same place.
  private func joined(_ piece: Piece) -> Piece {
    var piece = piece
    piece.placements = piece.placements.sorted { $0.start < $1.start }.reduce(into: []) { result, placement in
      if let last = result.last, last.place == placement.place, last.end.map({ $0 >= placement.start }) ?? true {
        // The ways forward and back overlap on the anchor's day. The longer one counts.
        result[result.count - 1].end = last.end.flatMap { end in placement.end.map { max(end, $0) } }
      } else {
        result.append(placement)
      }
    }
    piece.divisions = Set(piece.divisions).sorted()
    return piece
  }
}

extension Replay.Piece {
  fileprivate func lying(_ place: Territory.Place, _ start: Day, _ end: Day?) -> Replay.Piece {
    var piece = self
    piece.placements.append(Replay.Placement(place: place, start: start, end: end))
    return piece
  }
}
