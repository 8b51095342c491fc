/// What is known of one body, in the order of time. It decides how lists show the body.
struct OrganisationFacts {
  var codes: [(scheme: String, value: String, period: Period)] = []
  var names: [(scheme: String, value: String, period: Period)] = []
  var roles: [(kind: String, period: Period)] = []
  var lives: [(timeline: Timeline, period: Period, startStatus: Certainty, endStatus: Certainty)] = []

  /// The body on `day`. Without a day, as it was last.
  /// - Parameters:
  ///   - timeline: the timeline whose dates are shown, if it has any.
  ///   - schemes: all schemes of the register.
  ///   - kinds: the keys of all kinds, in their order.
  func organisation(
    _ id: OrganisationID, _ key: String, on day: Day?, timeline: Timeline, schemes: [Scheme], kinds: [String]
  ) -> Organisation {
    func holds(_ period: Period) -> Bool { day.map { period.contains($0) } ?? true }
    var organisation = Organisation(id: id, key: key)
    for code in codes where holds(code.period) { organisation.codes[code.scheme] = code.value }
    organisation.name = name(on: day, schemes)
    let held = Set(roles.filter { holds($0.period) }.map(\.kind))
    organisation.kinds = kinds.filter { held.contains($0) }
    let asked = lives.filter { $0.timeline == timeline }
    let shown = asked.isEmpty ? lives : asked
    organisation.firstDay = shown.first?.period.start
    organisation.firstDayStatus = shown.first?.startStatus ?? .stated
    organisation.lastDay = shown.contains { $0.period.end == nil } ? nil : shown.last?.period.lastDay
    organisation.lastDayStatus = shown.last?.endStatus ?? .stated
    return organisation
  }

  /// The name on `day`, in the scheme of lowest rank that has one. If the day has no name, the first later one serves.
  /// Without a day, the last name.
  private func name(on day: Day?, _ schemes: [Scheme]) -> String? {
    let ranked = schemes.sorted { $0.rank < $1.rank }
    for scheme in ranked {
      let own = names.filter { $0.scheme == scheme.key }
      if let found = day.map({ day in own.last { $0.period.contains(day) } }) ?? own.last { return found.value }
    }
    guard let day else { return nil }
    return ranked.lazy.compactMap { scheme in
      names.first { $0.scheme == scheme.key && $0.period.start > day }?.value
    }.first
  }
}
