import RegistryStorage

/// What bodies of the place tier amount to on a day, in one basis.
struct BodyAmounts {
  /// A piece of a parcel that lay in a body.
  private typealias PlacedPiece = (parcel: Int, piece: Int, period: Period)

  private let territory: Territory
  private var pieces: [Int64: [PlacedPiece]] = [:]

  init(_ territory: Territory) {
    self.territory = territory
    for (index, parcel) in territory.parcels.enumerated() {
      for (part, piece) in parcel.pieces.enumerated() {
        for (place, period) in piece.placements {
          guard case .organisation(let body) = place else { continue }
          pieces[body, default: []].append((index, part, period))
        }
      }
    }
  }

  /// Nil if the register knows no territory of the body that the basis measures.
  func amount(of body: Int64, on day: Day, in basis: Int) -> Double? {
    var sum: Amount?
    for place in pieces[body] ?? [] where place.period.contains(day) {
      guard let amount = territory.parcels[place.parcel].pieces[place.piece].amounts[basis] else { continue }
      sum = (sum ?? .zero) + amount
    }
    return sum?.double
  }

  /// The bases that measure people or the like, rather than count units, in the order of the register.
  var measuring: [Int] {
    territory.bases.indices.filter { territory.bases[$0].partition != nil && !territory.bases[$0].countsUnits }
  }

  /// The first such basis that knows all the bodies on the day, and what they amount to together.
  func total(of bodies: some Collection<Int64>, on day: Day) -> (amount: Double, basis: Int)? {
    for basis in measuring {
      let amounts = bodies.compactMap { amount(of: $0, on: day, in: basis) }
      if !amounts.isEmpty, amounts.count == bodies.count { return (amounts.reduce(0, +), basis) }
    }
    return nil
  }
}
