package import RegistryStorage

/// A piece with the key of its parcel and its own amounts, so that tests can ask where it lay and how large it is.
package struct LocatedPiece {
  package let parcel: String
  /// An amount for each basis, in the order of `Territory.bases`, or nil if the basis is of another partition.
  package let amounts: [Amount?]
  package let divisions: [EventID]
  package let placements: [(place: Territory.Place, period: Period)]

  package func place(on day: Day) -> Territory.Place {
    placements.first { $0.period.contains(day) }?.place ?? .unplaced
  }
}

extension Territory {
  package var pieces: [LocatedPiece] {
    parcels.flatMap { parcel in
      parcel.pieces.map { piece in
        LocatedPiece(
          parcel: parcel.key, amounts: piece.amounts, divisions: piece.divisions, placements: piece.placements)
      }
    }
  }
}
