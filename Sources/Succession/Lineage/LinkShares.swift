package import RegistryStorage

/// How much of the predecessor went along each link.
package struct LinkShares: Sendable {
  package struct Share: Sendable {
    /// The part of the predecessor, from 0 to 1.
    package let share: Double
    package let basis: String
    package let method: Crosswalk.Method
  }

  private struct Key: Hashable {
    let day: Day
    let predecessor: Int64
  }

  private let rows: [Key: [Crosswalk.Row]]

  package init(_ links: [SuccessionLink], _ territory: Territory) {
    var rows: [Key: [Crosswalk.Row]] = [:]
    for (day, links) in Dictionary(grouping: links.filter { $0.nature != .duties }, by: \.day) {
      let crosswalk = Crosswalk(
        of: Set(links.map(\.predecessor)).sorted(), from: day.previous, to: day,
        bases: Array(territory.bases.indices), territory: territory)
      for row in crosswalk.rows { rows[Key(day: day, predecessor: row.from), default: []].append(row) }
    }
    self.rows = rows
  }

  /// Nil if only duties pass, or if no source says how much went. Zero if it is known where the predecessor went, and
  /// nothing went this way.
  package func share(of link: SuccessionLink) -> Share? {
    guard link.nature != .duties else { return nil }
    let own = rows[Key(day: link.day, predecessor: link.predecessor)] ?? []
    guard let known = own.first(where: { $0.share != nil }), let basis = known.basis, let method = known.method else {
      return nil
    }
    let part = own.first { $0.to == link.successor }
    return Share(share: part?.share ?? 0, basis: part?.basis ?? basis, method: part?.method ?? method)
  }
}
