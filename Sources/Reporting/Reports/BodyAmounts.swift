import RegistryFormats
import RegistryStorage

/// What bodies of the place tier amount to on a day, in one basis.
struct BodyAmounts {
  private typealias PlacedPiece = (amounts: [Amount?], period: Period)

  private let bases: [Basis]
  private var pieces: [OrganisationID: [PlacedPiece]] = [:]

  init(_ territory: Territory) {
    bases = territory.bases
    for piece in territory.parcels.lazy.flatMap(\.pieces) {
      for (place, period) in piece.placements {
        guard case .organisation(let body) = place else { continue }
        pieces[body, default: []].append((piece.amounts, period))
      }
    }
  }

  /// Nil if the register knows no territory of the body that the basis measures.
  func amount(of body: OrganisationID, on day: Day, in basis: Int) -> Amount? {
    var sum: Amount?
    for piece in pieces[body] ?? [] where piece.period.contains(day) {
      guard let amount = piece.amounts[basis] else { continue }
      sum = (sum ?? .zero) + amount
    }
    return sum
  }

  /// The bases that measure people or the like, rather than count units, in the order of the register.
  var measuring: [Int] {
    bases.indices.filter { bases[$0].partition != nil && !bases[$0].countsUnits }
  }

  /// The first such basis that knows all the bodies on the day, and what they amount to together.
  func total(of bodies: some Collection<OrganisationID>, on day: Day) -> (amount: Amount, basis: Int)? {
    for basis in measuring {
      let amounts = bodies.compactMap { amount(of: $0, on: day, in: basis) }
      if !amounts.isEmpty, amounts.count == bodies.count { return (amounts.reduce(.zero, +), basis) }
    }
    return nil
  }
}

extension Amount {
  /// The nearest whole number, as text.
  var rounded: String { number(double.rounded()) }
}
