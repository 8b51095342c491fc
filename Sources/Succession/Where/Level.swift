import RegistryStorage

/// The level at which a question is answered.
struct Level {
  /// The tier of what is asked about. Nil for bodies without a tier.
  let tier: String?
  /// The kinds that count. Nil for any body of the place tier, or any body without a tier.
  let kinds: [String]?
}

/// Invariants 6 and 7.
extension Whereabouts {
  func level(of body: OrganisationID, _ question: Question) throws(DatabaseError) -> Level {
    let tier = try tier(of: body, on: question.from)
    if let kind = question.toKind { return Level(tier: tier, kinds: [kind] + question.kindsAlike) }
    guard let tier, tier != Kind.placeTier else { return Level(tier: tier, kinds: nil) }
    return Level(tier: tier, kinds: kinds.filter { $0.tier == tier }.map(\.key))
  }

  /// Reads a body through the level: itself, or the one body of the kinds above it.
  func lifted(_ place: Answer.Place, _ question: Question, _ level: Level) throws(DatabaseError) -> Answer.Place {
    guard case .body(let body) = place, let wanted = level.kinds else { return place }
    let hierarchy = try hierarchy(on: question.to)
    func gap(_ several: Bool) -> Answer.Place {
      .gap(.parent(of: body, kinds: wanted.joined(separator: " or "), on: question.to, several: several))
    }
    switch hierarchy.ancestor(of: body, kinds: Set(wanted)) {
    case .one(let found): return .body(found)
    case .several: return gap(true)
    case .none:
      // A kind of an upper tier is missing above the place. Any other kind is one that the place does not have.
      let isUpper = kinds.contains { wanted.contains($0.key) && $0.tier != nil && $0.tier != Kind.placeTier }
      return isUpper ? gap(false) : .none(.otherKind(body))
    }
  }

  /// Where a piece lies on the other day, before it is read through the level. One without a voice is a gap.
  func place(of piece: Int, _ question: Question) -> Answer.Place {
    switch place(of: piece, on: question.to) {
    case .organisation(let body): return .body(body)
    case .gap(let event), .silent(let event): return .gap(.event(event))
    case .unplaced: return unplaced(pieces[piece].piece, question)
    }
  }

  /// Why a piece lies in no body: its body ended or began and nobody says more, or a source placed it in none.
  private func unplaced(_ piece: Territory.Piece, _ question: Question) -> Answer.Place {
    if question.from <= question.to {
      if let last = piece.placements.last(where: { $0.period.start <= question.to }), let end = last.period.end,
        let body = last.place.organisation
      {
        return .gap(.ended(body, end))
      }
    } else if let first = piece.placements.first(where: { question.to < $0.period.start }),
      let body = first.place.organisation, (linksIn[body] ?? []).allSatisfy({ $0.day != first.period.start })
    {
      return .gap(.began(body, first.period.start))
    }
    return .none(.noBody(on: question.to))
  }
}
