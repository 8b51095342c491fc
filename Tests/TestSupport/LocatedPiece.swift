import RegistryStorage

/// A piece with its parcel's key and its own amounts, so that tests can ask where it lay and how much it is.
public struct LocatedPiece {
  public let parcel: String
  /// By basis, in the order of `Territory.bases`; nil where the basis is of another partition.
  public let amounts: [Double?]
  public let divisions: [Int64]
  public let placements: [(place: Territory.Place, period: Period)]

  public func place(on day: Day) -> Territory.Place {
    placements.first { $0.period.contains(day) }?.place ?? .unplaced
  }
}

extension Territory {
  public var pieces: [LocatedPiece] {
    parcels.flatMap { parcel in
      parcel.pieces.map { piece in
        LocatedPiece(
          parcel: parcel.key,
          amounts: zip(parcel.amounts, piece.shares).map { amount, share in amount.map { $0 * share } },
          divisions: piece.divisions, placements: piece.placements)
      }
    }
  }
}
