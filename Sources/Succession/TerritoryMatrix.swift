import Storage

/// What of each body on one day lies in which body on another: a self-join on placements.
///
/// Kept here:
/// 1. Forward and backward come from the same pieces: nothing is multiplied, so mergers do not mix what they join.
/// 2. In a basis, what leaves a body adds up to the body.
public struct TerritoryMatrix: Sendable {
  public struct Cell: Sendable {
    public let to: Territory.Place
    /// By basis, in the territory's order; nil where no piece is measured in it.
    public internal(set) var amounts: [Double?]
    /// Whether a division known by amounts alone falls between the two days.
    public internal(set) var isDivided: Bool
  }

  public let territory: Territory
  private let cells: [Int64: [Cell]]

  /// - Parameters:
  ///   - from, to: the two days; `from` may be the later one.
  public init(_ territory: Territory, from: Day, to: Day) {
    self.territory = territory
    let between = min(from, to).next...max(from, to).next
    let divided = Set(territory.eventDays.filter { between.contains($0.value) && $0.value <= max(from, to) }.keys)
    var cells: [Int64: [Territory.Place: Cell]] = [:]
    for piece in territory.pieces {
      guard case .organisation(let source) = piece.place(on: from) else { continue }
      let target = piece.place(on: to)
      var cell =
        cells[source]?[target]
        ?? Cell(to: target, amounts: [Double?](repeating: nil, count: territory.bases.count), isDivided: false)
      for (basis, amount) in piece.amounts.enumerated() {
        if let amount { cell.amounts[basis] = (cell.amounts[basis] ?? 0) + amount }
      }
      cell.isDivided = cell.isDivided || piece.divisions.contains { divided.contains($0) }
      cells[source, default: [:]][target] = cell
    }
    self.cells = cells.mapValues { Array($0.values) }
  }

  /// Where a body's pieces went; empty if it has none.
  public func cells(of organisation: Int64) -> [Cell] { cells[organisation] ?? [] }

  /// The first of `bases` (indices) in which the body amounts to something and none of it is lost.
  public func coveringBasis(of organisation: Int64, among bases: [Int]) -> Int? {
    bases.first { basis in
      let measured = cells(of: organisation).filter { $0.amounts[basis] != nil }
      let isLost = measured.contains { if case .gap = $0.to { true } else { false } }
      return !isLost && measured.reduce(0) { $0 + ($1.amounts[basis] ?? 0) } > 0
    }
  }

  /// The share of a body that went to another, in one basis; nil if the body amounts to nothing in it.
  public func share(of organisation: Int64, in successor: Int64, basis: Int) -> Share? {
    let measured = cells(of: organisation).filter { $0.amounts[basis] != nil }
    let total = measured.reduce(0) { $0 + ($1.amounts[basis] ?? 0) }
    guard total > 0 else { return nil }
    let cell = measured.first { $0.to == .organisation(successor) }
    let amount = cell?.amounts[basis] ?? 0
    // What goes wholly to one body is exact, however its parts were told apart.
    let method: Method = cell?.isDivided ?? false && amount < total ? .proportional : .exact
    return Share(amount: amount, share: amount / total, method: method)
  }

  public struct Share: Sendable {
    public let amount: Double
    /// From 0 to 1.
    public let share: Double
    public let method: Method
  }

  public enum Method: String, Sendable {
    /// From units, or because a body went as a whole.
    case exact
    /// From published or observed amounts.
    case proportional
  }
}
