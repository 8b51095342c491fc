/// Works out where every parcel lay on every day, by following the events forward and backward from its anchor.
///
/// Kept here:
/// 1. Events of one day apply together to the state of the day before.
/// 2. Only movements and flows divide a body. Every other parcel goes to the one body that succeeds its own as a whole,
///    or stays with its body if that goes on.
/// 3. An event that divides a body and says nothing about a partition makes a gap in that partition, never zero.
/// 4. A division known by amounts alone divides each piece that it meets. If there are movements, they replace it.
/// 5. The pieces of a parcel add up to the parcel, in every basis.
/// 6. Before an event that is known by amounts, its bodies amount to what was observed. So the shares forward and the
///    shares backward both equal the observed ones.
struct Replay {
  /// A parcel, or a part of one that was divided by amounts.
  struct Piece: Equatable {
    var parcel: Int64
    /// By basis.
    var shares: [Int64: Double]
    /// The events that divided it by amounts alone.
    var divisions: [Int64] = []
    /// Those of the divisions that were followed backward out of a body.
    var origins: [Origin] = []
    /// By what its amount is multiplied on the days before an event (invariant 6).
    var scales: [Scale] = []
    /// In the order of time.
    var placements: [Placement] = []
  }

  struct Origin: Hashable {
    let event: Int64
    let day: Day
    let successor: Int64
  }

  struct Scale: Equatable {
    let event: Int64
    let day: Day
    let basis: Int64
    let factor: Double
  }

  struct Placement: Equatable {
    var place: Place
    var start: Day
    var end: Day?
  }

  enum Place: Equatable {
    case organisation(Int64)
    /// Lost at this event.
    case gap(event: Int64)

    var organisation: Int64? { if case .organisation(let id) = self { id } else { nil } }
    var gapEvent: Int64? { if case .gap(let event) = self { event } else { nil } }
  }

  /// Where a piece goes in one step. The shares of several destinations add up to 1 in every basis.
  private enum Step {
    case whole(Int64)
    /// A part without an organisation comes from, or goes to, no body of the register.
    case divided(event: Int64, [(organisation: Int64?, shares: [Int64: Double])])
    /// To no body, because its body was closed or not yet established.
    case nowhere
    case gap(event: Int64)
  }

  private let facts: TerritoryFacts
  private let out: [Int64: [TerritoryFacts.Link]]
  private let into: [Int64: [TerritoryFacts.Link]]
  private let movementsOf: [Int64: [TerritoryFacts.Movement]]
  private let flowsOf: [Int64: [TerritoryFacts.Flow]]
  /// The partitions whose parcels an event moves by name.
  private let movedPartitions: [Int64: Set<Int64>]
  private let basesOf: [Int64: [Int64]]
  private let partitionOfBasis: [Int64: Int64?]

  init(_ facts: TerritoryFacts) {
    self.facts = facts
    out = Dictionary(grouping: facts.links, by: \.predecessor)
    into = Dictionary(grouping: facts.links, by: \.successor)
    movementsOf = Dictionary(grouping: facts.movements, by: \.parcel)
    flowsOf = Dictionary(grouping: facts.flows, by: \.event)
    movedPartitions = facts.movements.reduce(into: [:]) { result, movement in
      if let partition = facts.partitionOfParcel[movement.parcel] {
        result[movement.event, default: []].insert(partition)
      }
    }
    basesOf = facts.bases.reduce(into: [:]) { result, basis in
      if let partition = basis.partition { result[partition, default: []].append(basis.id) }
    }
    partitionOfBasis = Dictionary(uniqueKeysWithValues: facts.bases.map { ($0.id, $0.partition) })
  }

  /// All pieces, in the order of their parcels. A parcel without an anchor is one piece without placements.
  func pieces() -> [Piece] {
    var pieces = facts.partitionOfParcel.keys.sorted().flatMap { parcel -> [Piece] in
      let partition = facts.partitionOfParcel[parcel] ?? 0
      let whole = Piece(
        parcel: parcel, shares: Dictionary(uniqueKeysWithValues: (basesOf[partition] ?? []).map { ($0, 1) }))
      guard let anchor = facts.anchors[parcel] else { return [whole] }
      return forward(whole, in: anchor.organisation, from: anchor.day, partition)
        .flatMap { backward($0, in: anchor.organisation, until: anchor.day, partition) }
        .map(joined)
    }
    scale(&pieces)
    return pieces
  }

  /// Keeps invariant 6. It goes from the last event to the first, because each needs the amounts of the days after it.
  private func scale(_ pieces: inout [Piece]) {
    var indices: [Origin: [Int]] = [:]
    for (index, piece) in pieces.enumerated() {
      for origin in piece.origins { indices[origin, default: []].append(index) }
    }
    for (origin, own) in indices.sorted(by: {
      ($0.key.day, $0.key.event, $0.key.successor) > ($1.key.day, $1.key.event, $1.key.successor)
    }) {
      let flows = (flowsOf[origin.event] ?? []).filter { $0.successor == origin.successor }
      for (basis, flows) in Dictionary(grouping: flows, by: \.basis).sorted(by: { $0.key < $1.key }) {
        let observed = flows.reduce(0) { $0 + $1.amount }
        let amount = own.reduce(0) { $0 + scaledAmount(of: pieces[$1], in: basis) }
        guard amount > 0, observed > 0 else { continue }
        for index in own {
          pieces[index].scales.append(
            Scale(event: origin.event, day: origin.day, basis: basis, factor: observed / amount))
        }
      }
    }
  }

  private func scaledAmount(of piece: Piece, in basis: Int64) -> Double {
    guard let amount = facts.amounts[piece.parcel]?[basis] else { return 0 }
    return piece.scales.filter { $0.basis == basis }.reduce(amount * (piece.shares[basis] ?? 1)) { $0 * $1.factor }
  }

  // MARK: Forward

  /// Follows `piece`, which lies in `organisation` on `day`, to the end of time.
  private func forward(_ piece: Piece, in organisation: Int64, from day: Day, _ partition: Int64) -> [Piece] {
    let links = out[organisation] ?? []
    let end = facts.lives[organisation]?.end
    let next = (links.map(\.day) + (end.map { [$0] } ?? [])).filter { $0 > day }.min()
    guard let next else { return [piece.lying(.organisation(organisation), day, nil)] }
    let before = piece.lying(.organisation(organisation), day, next)
    switch stepForward(piece, from: organisation, links.filter { $0.day == next }, closing: end == next, partition) {
    case .whole(let successor): return forward(before, in: successor, from: next, partition)
    case .nowhere: return [before]
    case .gap(let event): return [before.lying(.gap(event: event), next, nil)]
    case .divided(let event, let parts):
      return parts.flatMap { part -> [Piece] in
        let piece = before.part(part.shares, dividedAt: event)
        return part.organisation.map { forward(piece, in: $0, from: next, partition) } ?? [piece]
      }
    }
  }

  private func stepForward(
    _ piece: Piece, from organisation: Int64, _ links: [TerritoryFacts.Link], closing: Bool, _ partition: Int64
  ) -> Step {
    if let named = named(piece, in: links) { return .whole(named.successor) }
    guard let first = links.first else { return closing ? .nowhere : .whole(organisation) }
    if let silent = links.first(where: { $0.nature == .territory && !isKnown($0, in: partition) }) {
      return .gap(event: silent.event)
    }
    let heirs = closing ? distinct(links.filter { $0.nature == .succession }.map(\.successor)) : [organisation]
    let flows = links.flatMap { self.flows(of: $0, in: partition) }
    let isMoved = links.contains { movedPartitions[$0.event]?.contains(partition) ?? false }
    if !isMoved, flows.contains(where: { $0.amount > 0 }) {
      return divided(flows, at: first.event, by: { $0.successor }, staying: closing ? nil : organisation, partition)
    }
    return heirs.count == 1 ? .whole(heirs[0]) : .gap(event: first.event)
  }

  // MARK: Backward

  /// Follows `piece`, which lies in `organisation` on `day`, back to the beginning of time.
  private func backward(_ piece: Piece, in organisation: Int64, until day: Day, _ partition: Int64) -> [Piece] {
    let links = into[organisation] ?? []
    let start = facts.lives[organisation]?.start
    let last = (links.map(\.day) + (start.map { [$0] } ?? [])).filter { $0 <= day }.max()
    guard let last else { return [piece.lying(.organisation(organisation), .distantPast, day.next)] }
    let after = piece.lying(.organisation(organisation), last, day.next)
    switch stepBackward(piece, from: organisation, links.filter { $0.day == last }, opening: start == last, partition) {
    case .whole(let predecessor): return backward(after, in: predecessor, until: last.previous, partition)
    case .nowhere: return [after]
    case .gap(let event): return [after.lying(.gap(event: event), .distantPast, last)]
    case .divided(let event, let parts):
      let origin = Origin(event: event, day: last, successor: organisation)
      return parts.flatMap { part -> [Piece] in
        var piece = after.part(part.shares, dividedAt: event)
        piece.origins.append(origin)
        return part.organisation.map { backward(piece, in: $0, until: last.previous, partition) } ?? [piece]
      }
    }
  }

  private func stepBackward(
    _ piece: Piece, from organisation: Int64, _ links: [TerritoryFacts.Link], opening: Bool, _ partition: Int64
  ) -> Step {
    if let named = named(piece, in: links) {
      let origins = distinct(links.filter { $0.event == named.event }.map(\.predecessor))
      return origins.count == 1 ? .whole(origins[0]) : .gap(event: named.event)
    }
    guard let first = links.first else { return opening ? .nowhere : .whole(organisation) }
    if let silent = links.first(where: { $0.nature == .territory && !isKnown($0, in: partition) }) {
      return .gap(event: silent.event)
    }
    let ancestors = distinct(
      links.filter { $0.nature == .succession }.map(\.predecessor) + (opening ? [] : [organisation]))
    let flows =
      links.flatMap { self.flows(of: $0, in: partition) } + outsideFlows(into: organisation, links, in: partition)
    let isMoved = links.contains { movedPartitions[$0.event]?.contains(partition) ?? false }
    if !isMoved, flows.contains(where: { $0.amount > 0 }) {
      return divided(flows, at: first.event, by: { $0.predecessor }, staying: opening ? nil : organisation, partition)
    }
    switch ancestors.count {
    case 0: return .nowhere
    case 1: return .whole(ancestors[0])
    default: return .gap(event: first.event)
    }
  }

  // MARK: What an event knows

  /// The movement by which an event of these links names the parcel of `piece`.
  private func named(_ piece: Piece, in links: [TerritoryFacts.Link]) -> TerritoryFacts.Movement? {
    (movementsOf[piece.parcel] ?? []).first { movement in
      links.contains { $0.event == movement.event && $0.successor == movement.successor }
    }
  }

  private func isKnown(_ link: TerritoryFacts.Link, in partition: Int64) -> Bool {
    movedPartitions[link.event]?.contains(partition) ?? false || !flows(of: link, in: partition).isEmpty
  }

  private func flows(of link: TerritoryFacts.Link, in partition: Int64) -> [TerritoryFacts.Flow] {
    (flowsOf[link.event] ?? []).filter { flow in
      guard flow.predecessor == link.predecessor, flow.successor == link.successor else { return false }
      let own = partitionOfBasis[flow.basis] ?? nil
      return own == nil || own == partition
    }
  }

  /// The flows into a body that come from no body of the register.
  private func outsideFlows(
    into organisation: Int64, _ links: [TerritoryFacts.Link], in partition: Int64
  ) -> [TerritoryFacts.Flow] {
    distinct(links.map(\.event)).flatMap { flowsOf[$0] ?? [] }.filter { flow in
      guard flow.predecessor == nil, flow.successor == organisation else { return false }
      let own = partitionOfBasis[flow.basis] ?? nil
      return own == nil || own == partition
    }
  }

  /// Divides by `flows`. Each basis is divided by its own amounts, or else by shares without a partition, or else by
  /// the amounts of another basis of its partition.
  private func divided(
    _ flows: [TerritoryFacts.Flow], at event: Int64, by side: (TerritoryFacts.Flow) -> Int64?, staying: Int64?,
    _ partition: Int64
  ) -> Step {
    var parts: [Int64?: [Int64: Double]] = [:]
    for basis in basesOf[partition] ?? [] {
      let own = flows.filter { $0.basis == basis }
      let shared = flows.filter { (partitionOfBasis[$0.basis] ?? nil) == nil }
      let used = !own.isEmpty ? own : !shared.isEmpty ? shared : flows.filter { $0.basis == flows[0].basis }
      var sum = used.reduce(0) { $0 + $1.amount }
      if let staying {
        // A body that goes on keeps the rest, which follows only from shares of the whole.
        guard used.allSatisfy({ (partitionOfBasis[$0.basis] ?? nil) == nil }), sum <= 1 else {
          return .gap(event: event)
        }
        parts[staying, default: [:]][basis] = 1 - sum
        sum = 1
      }
      guard sum > 0 else { return .gap(event: event) }
      for flow in used { parts[side(flow), default: [:]][basis, default: 0] += flow.amount / sum }
    }
    let present = parts.filter { $0.value.values.contains { $0 > 0 } }.sorted { ($0.key ?? .max) < ($1.key ?? .max) }
    if present.count == 1 { return present[0].key.map { .whole($0) } ?? .nowhere }
    return .divided(
      event: event,
      present.map { organisation, shares in
        (organisation, (basesOf[partition] ?? []).reduce(into: [:]) { $0[$1] = shares[$1] ?? 0 })
      })
  }

  private func distinct(_ ids: [Int64]) -> [Int64] { Array(Set(ids)).sorted() }

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
    piece.divisions.sort()
    return piece
  }
}

extension Replay.Piece {
  fileprivate func lying(_ place: Replay.Place, _ start: Day, _ end: Day?) -> Replay.Piece {
    var piece = self
    piece.placements.append(Replay.Placement(place: place, start: start, end: end))
    return piece
  }

  fileprivate func part(_ shares: [Int64: Double], dividedAt event: Int64) -> Replay.Piece {
    var piece = self
    for (basis, share) in shares { piece.shares[basis, default: 1] *= share }
    piece.divisions.append(event)
    return piece
  }
}
