package import RegistryStorage

/// How much of the predecessor went along each link, and how much of the successor came along it.
package struct LinkShares {
  package struct Share: Sendable {
    /// From 0 to 1.
    package let share: Double
    /// Nil if nothing had to be measured.
    package let basis: String?
    package let method: Answer.Method
  }

  private let whereabouts: Whereabouts

  package init(_ whereabouts: Whereabouts) { self.whereabouts = whereabouts }

  /// The share of the predecessor. Nil if only duties pass, or if no source says how much went. Zero if it is known
  /// where the predecessor went, and nothing went this way.
  package func share(of link: SuccessionLink) throws(DatabaseError) -> Share? {
    guard link.nature != .duties else { return nil }
    return try share(of: link.predecessor, in: link.successor, from: link.day.previous, to: link.day)
  }

  /// The share of the successor that came from the predecessor. Nil in the same cases.
  package func backwardShare(of link: SuccessionLink) throws(DatabaseError) -> Share? {
    guard link.nature != .duties else { return nil }
    return try share(of: link.successor, in: link.predecessor, from: link.day, to: link.day.previous)
  }

  /// Whether less than the tolerance of both bodies went along a link. Unknown shares are no slivers.
  package func isSliver(_ link: SuccessionLink, tolerance: Double) throws(DatabaseError) -> Bool {
    guard let forward = try share(of: link), forward.share < tolerance, let backward = try backwardShare(of: link)
    else { return false }
    return backward.share < tolerance
  }

  private func share(
    of body: OrganisationID, in other: OrganisationID, from: Day, to: Day
  ) throws(DatabaseError) -> Share? {
    let answer = try whereabouts.answer(for: body, Question(from: from, to: to))
    if let part = answer.parts.first(where: { $0.place == .body(other) }), let method = part.method {
      return Share(share: part.share, basis: part.basis, method: method)
    }
    guard let known = answer.parts.first(where: { $0.method != nil }), let method = known.method else { return nil }
    return Share(share: 0, basis: known.basis, method: method)
  }
}
