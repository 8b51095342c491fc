package import RegistryStorage

/// A piece of what a body holds on the first day of a question, and where that lies on the other.
package struct Voice: Sendable {
  /// The key of the parcel: of units that moved together.
  package let parcel: String
  package let partition: String
  /// By basis, in the order of `Territory.bases`.
  package let amounts: [Amount?]
  /// Where it lies, read through the level of the question.
  package let place: Answer.Place
  /// Whether an event names other parcels of the body, but not this one. Such a piece does not count.
  package let isSilent: Bool
}

extension Whereabouts {
  /// The pieces from which an answer about a body is made, in the order of their parcels.
  package func voices(of body: OrganisationID, _ question: Question) throws(DatabaseError) -> [Voice] {
    let level = try level(of: body, question)
    let asked = inTerritory(body, question)
    var bodies = [body]
    if level.tier != nil, level.tier != Kind.placeTier {
      let places = try placesBelow(body, on: asked.from)
      if !places.isEmpty { bodies = places }
    }
    var voices: [Voice] = []
    for index in bodies.flatMap({ pieces(in: $0, on: asked.from) }).sorted() {
      let piece = pieces[index]
      var isSilent = false
      if case .silent = piece.piece.place(on: asked.to) { isSilent = true }
      voices.append(
        Voice(
          parcel: territory.parcels[piece.parcel].key, partition: piece.partition, amounts: piece.piece.amounts,
          place: try lifted(place(of: index, asked), asked, level), isSilent: isSilent))
    }
    return voices
  }
}
