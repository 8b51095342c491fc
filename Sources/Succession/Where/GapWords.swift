import RegistryStorage

extension Crosswalk.Gap {
  /// The body that the words speak of.
  package var body: Int64? { if case .parent(let body, _, _, _) = self { body } else { nil } }

  /// What is missing, as a clause.
  /// - Parameters:
  ///   - events: the keys of events, by id.
  ///   - code: the code of a body.
  package func words<Failure: Error>(
    events: [Int64: String], code: (Int64) throws(Failure) -> String
  ) throws(Failure) -> String {
    switch self {
    case .event(let event):
      return "the event \(events[event] ?? "?") divides bodies and no source says which units, or how much, went where"
    case .parent(let body, let kinds, let day, let several):
      let place = try code(body)
      return several
        ? "what lies in \(place) counts nowhere: it has several parents of the kind \(kinds) on \(day)"
        : "what lies in \(place) counts nowhere: it has no known parent of the kind \(kinds) on \(day)"
    case .noTerritory: return "the register knows no territory of it in these bases"
    case .observedOnOtherDays(let basis):
      return "the basis \(basis) is known between two other days, or in the other direction, only"
    }
  }
}
