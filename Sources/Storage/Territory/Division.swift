/// How stated amounts divide the pieces of a body.
///
/// Kept here:
/// 1. The parts of a piece add up to it, in every basis.
/// 2. A body that ended is divided in the ratio of the amounts: each part of a piece is cut off at the last decimal, and
///    the last one is the rest. The order of the successors is that of their keys.
/// 3. Of a body that goes on, the successors get exactly what is stated, and it keeps the rest. It cannot give more than
///    it has.
struct Division {
  /// What goes to one body.
  struct Part {
    let organisation: OrganisationID
    var amounts: [Int64: Amount] = [:]
  }

  private let flows: [TerritoryFacts.Flow]
  private let successors: [OrganisationID]
  /// The bases of the partition.
  private let bases: [Int64]
  private let partitionOfBasis: [Int64: Int64?]

  /// - Parameter flows: the flows of one body on one day that measure the partition, one of them positive. They are in
  ///   the order of the keys of the successors.
  init(_ flows: [TerritoryFacts.Flow], _ bases: [Int64], _ partitionOfBasis: [Int64: Int64?]) {
    self.flows = flows.filter { $0.amount > .zero }
    successors = self.flows.reduce(into: []) { if !$0.contains($1.successor) { $0.append($1.successor) } }
    self.bases = bases
    self.partitionOfBasis = partitionOfBasis
  }

  /// Divides a piece of a body that ended.
  func parts(of piece: Replay.Piece) -> [Part] {
    var shares = Shares(successors, bases)
    for basis in bases { shares.divide(piece.amounts[basis], basis, by: weights(known(in: basis))) }
    return shares.parts
  }

  /// Divides all pieces of a body that goes on.
  /// - Returns: the parts of each piece, or nil if the body gives more than it has.
  func parts(of pieces: [Replay.Piece], keeping giver: OrganisationID) -> [[Part]]? {
    var shares = pieces.map { _ in Shares(successors + [giver], bases) }
    for basis in bases {
      let used = known(in: basis)
      let measure = used.first?.basis ?? basis
      let isOwn = (partitionOfBasis[measure] ?? nil) != nil
      let stated = weights(used)
      let given = stated.reduce(.zero, +)
      // An amount without a partition is a share of the whole.
      var total = isOwn ? pieces.reduce(.zero) { $0 + ($1.amounts[measure] ?? .zero) } : 1
      guard given <= total else { return nil }
      guard measure == basis else {
        for (index, piece) in pieces.enumerated() {
          shares[index].divide(piece.amounts[basis], basis, by: stated + [total - given])
        }
        continue
      }
      // What is left to give shrinks with what is left to divide, so that the last piece gives exactly the last of it.
      var left = stated
      for (index, piece) in pieces.enumerated() {
        let amount = piece.amounts[basis] ?? .zero
        let parts = left.map { amount.part($0, of: total) }
        for (successor, part) in parts.enumerated() { left[successor] = left[successor] - part }
        total = total - amount
        shares[index].add(parts + [amount - parts.reduce(.zero, +)], basis)
      }
    }
    return shares.map(\.parts)
  }

  /// The flows by which a basis is divided: its own, or else shares without a partition, or else those of another basis
  /// of its partition.
  private func known(in basis: Int64) -> [TerritoryFacts.Flow] {
    let own = flows.filter { $0.basis == basis }
    if !own.isEmpty { return own }
    let shared = flows.filter { (partitionOfBasis[$0.basis] ?? nil) == nil }
    let first = (shared.isEmpty ? flows : shared).map(\.basis).min()
    return flows.filter { $0.basis == first }
  }

  private func weights(_ flows: [TerritoryFacts.Flow]) -> [Amount] {
    successors.map { successor in flows.reduce(.zero) { $1.successor == successor ? $0 + $1.amount : $0 } }
  }

  /// The parts of one piece.
  private struct Shares {
    private var all: [Part]
    /// Whether a part has a share in some basis.
    private var isPresent: [Bool]

    init(_ organisations: [OrganisationID], _ bases: [Int64]) {
      all = organisations.map { Part(organisation: $0) }
      isPresent = organisations.map { _ in false }
    }

    /// - Parameter amount: nil if the basis does not measure the piece.
    mutating func divide(_ amount: Amount?, _ basis: Int64, by weights: [Amount]) {
      for (index, weight) in weights.enumerated() where weight > .zero { isPresent[index] = true }
      if let amount { set(amount.divided(by: weights), basis) }
    }

    mutating func add(_ parts: [Amount], _ basis: Int64) {
      for (index, part) in parts.enumerated() where part > .zero { isPresent[index] = true }
      set(parts, basis)
    }

    private mutating func set(_ parts: [Amount], _ basis: Int64) {
      for (index, part) in parts.enumerated() { all[index].amounts[basis] = part }
    }

    /// What is left out weighs nothing in any basis.
    var parts: [Part] { all.indices.filter { isPresent[$0] }.map { all[$0] } }
  }
}
