import RegistryStorage

/// The days on which answers may change as the day of a row moves. Between two of them, one question is enough.
final class RestateDays {
  private let whereabouts: Whereabouts
  private var allDays: Set<Day>?

  init(_ whereabouts: Whereabouts) { self.whereabouts = whereabouts }

  /// The days on which it may change where a body of the day of a row lies on the target day.
  ///
  /// Only what happens to the body itself counts. What happens to its successors stays between the two days.
  func changes(of body: OrganisationID) throws(DatabaseError) -> Set<Day> {
    if try whereabouts.isEverUpper(body) { return try all() }
    var days = happenings(to: body)
    for kind in try whereabouts.datedKinds(of: body) { days.insert(kind.period) }
    for piece in whereabouts.piecesByBody[body] ?? [] {
      for placement in whereabouts.pieces[piece].piece.placements where placement.place.organisation == body {
        days.insert(placement.period)
      }
    }
    return days
  }

  /// The days on which it may change where a parcel lies on the target day.
  func changes(ofParcel key: String) -> Set<Day> {
    guard let number = whereabouts.territory.parcels.firstIndex(where: { $0.key == key }) else { return [] }
    var days: Set<Day> = []
    for piece in whereabouts.territory.parcels[number].pieces { insert(piece, into: &days) }
    return days
  }

  /// The days on which it may change where a body of the target day lies on the day of a row.
  /// - Parameter tier: the tier of the bodies of that day.
  func changes(backFrom body: OrganisationID, of day: Day, inTier tier: String?) throws(DatabaseError) -> Set<Day> {
    if tier != nil, tier != Kind.placeTier { return try all() }
    if try whereabouts.isEverUpper(body) { return try all() }
    var days: Set<Day> = []
    for relative in whereabouts.relatives(of: body) { days.formUnion(happenings(to: relative)) }
    for piece in whereabouts.pieces(in: body, on: day) { insert(whereabouts.pieces[piece].piece, into: &days) }
    return days
  }

  /// The days of the events that name a body, of its lives and of what was observed of it.
  private func happenings(to body: OrganisationID) -> Set<Day> {
    var days = Set(((whereabouts.linksOut[body] ?? []) + (whereabouts.linksIn[body] ?? [])).map(\.day))
    for period in whereabouts.lives[body].map({ $0.legal + $0.operational }) ?? [] { days.insert(period) }
    // An observation holds on one day only.
    for own in whereabouts.observations where own.predecessor == body {
      days.formUnion([own.predecessorDay, own.predecessorDay.next])
    }
    return days
  }

  /// A body of an upper tier is what lies in it, so any change may count.
  private func all() throws(DatabaseError) -> Set<Day> {
    if let allDays { return allDays }
    var days = Set(try whereabouts.registry.daysOfChange(knownIn: whereabouts.revision))
    days.formUnion(whereabouts.links.map(\.day))
    for lives in whereabouts.lives.values {
      for period in lives.legal + lives.operational { days.insert(period) }
    }
    for piece in whereabouts.pieces { insert(piece.piece, into: &days) }
    allDays = days
    return days
  }

  private func insert(_ piece: Territory.Piece, into days: inout Set<Day>) {
    for placement in piece.placements { days.insert(placement.period) }
    days.formUnion(piece.divisions.compactMap { whereabouts.territory.eventDays[$0] })
  }
}

extension Set<Day> {
  /// Inserts the first day of a period and the day after its last.
  fileprivate mutating func insert(_ period: Period) {
    insert(period.start)
    if let end = period.end { insert(end) }
  }
}
