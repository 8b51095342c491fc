import RegistryFormats
import RegistryStorage

extension Registry {
  /// Refuses words that the register does not have.
  func mustKnow(kind: String) throws { try mustKnow("kind", kind, try kinds().map(\.key)) }
  func mustKnow(scheme: String) throws { try mustKnow("scheme", scheme, try schemes().map(\.key)) }
  func mustKnow(basis: String) throws { try mustKnow("basis", basis, try bases().map(\.key)) }

  /// Refuses a kind that no body has on a day.
  func mustHave(kind: String, on day: Day, knownIn revision: Int64) throws {
    guard try bodyCounts(on: day, knownIn: revision)[kind] ?? 0 == 0 else { return }
    let first = try organisations(kind: kind, knownIn: revision).compactMap(\.firstDay).min()
    throw Failure(
      "no body has the kind '\(kind)' on \(day): name another kind, or a day on which it had bodies"
        + (first.map { " (the first one began on \($0))" } ?? ""))
  }

  /// Says on standard error why an answer about the bodies of a kind on a day is empty: when the first lived, or the last.
  /// - Parameter scheme: the scheme whose owner counts. Nil means any.
  func explainNone(
    of kind: String, on day: Day, _ timeline: Timeline = .legal, scheme: String? = nil, knownIn revision: Int64
  ) throws {
    let own = try counts(timeline: timeline, knownIn: revision).filter { count in
      count.kind == kind && (count.scheme == nil || scheme == nil || count.scheme == scheme)
    }
    let known = own.contains { $0.isAtLeast && $0.period.contains(day) } ? " is known to have" : ""
    var reasons: [String] = []
    let periods = own.filter { $0.count > 0 }.map(\.period)
    let (before, after) = (periods.compactMap(\.lastDay).filter { $0 < day }, periods.map(\.start).filter { $0 > day })
    if let last = before.max() { reasons.append("the last lived to \(last)") }
    if let first = after.min() {
      reasons.append("the \(reasons.isEmpty ? "first" : "next")\(known.isEmpty ? "" : " known") are of \(first)")
    }
    if reasons.isEmpty { reasons.append("the register has no days of any") }
    remark("orgreg: no \(kind)\(known) lived on \(day); \(reasons.joined(separator: ", and "))")
  }

  /// Refuses a basis that was only observed, unless it was observed from the one day to the other.
  func mustObserve(basis: String, from: Day?, to: Day, knownIn revision: Int64) throws {
    let own = try observations(knownIn: revision).filter { $0.basis == basis }
    guard let known = own.first, !own.contains(where: { $0.predecessorDay == from && $0.successorDay == to }) else {
      return
    }
    throw Failure(
      """
      the basis \(basis) is known only from \(known.predecessorDay) to \(known.successorDay): ask for these two days, in \
      this order, or name another basis
      """)
  }

  /// Refuses days before the register begins.
  func mustReach(_ days: Day?..., knownIn revision: Int64) throws {
    guard let first = try firstDay(knownIn: revision) else { return }
    for day in days.compactMap({ $0 }) where day < first {
      throw Failure("\(day) is before the first day that the register knows, \(first)")
    }
  }

  private func mustKnow(_ word: String, _ key: String, _ known: [String]) throws {
    guard !known.contains(key) else { return }
    throw Failure("unknown \(word) '\(key)' (known: \(known.joined(separator: ", ")))\(didYouMean(key, among: known))")
  }
}

extension Registry {
  /// The bodies that a code or key names, in order of time, and the units; there is at least one of either.
  func bodiesAndUnits(
    _ reference: String, on day: Day?, knownIn revision: Int64
  ) throws -> (bodies: [OrganisationID], units: [UnitDetail]) {
    for spelling in CodeSpelling.candidates(reference) {
      let units = try units(named: spelling.code, on: day, knownIn: revision)
      guard !units.isEmpty else { continue }
      tell(spelling, reference)
      return (try organisations(named: spelling.code, on: day, knownIn: revision), units)
    }
    return (try bodies(reference, on: day, knownIn: revision), [])
  }

  /// The bodies that a code or key names, in order of time; there is at least one.
  func bodies(_ reference: String, on day: Day?, knownIn revision: Int64) throws -> [OrganisationID] {
    for spelling in CodeSpelling.candidates(reference) {
      let ids = try organisations(named: spelling.code, on: day, knownIn: revision)
      guard !ids.isEmpty else { continue }
      tell(spelling, reference)
      return ids
    }
    throw Failure(try notFound(reference, on: day, knownIn: revision))
  }

  /// Says what a code was read as, if that is not plain.
  private func tell(_ spelling: CodeSpelling, _ reference: String) {
    if spelling.style == .padded { remark("orgreg: '\(reference)' is read as \(spelling.code)") }
  }

  /// The message about a code that nobody has: who has it on other days, or which codes are near.
  private func notFound(_ reference: String, on day: Day?, knownIn revision: Int64) throws -> String {
    if let day {
      let others = try organisations(
        withIDs: organisations(named: reference.uppercased(), knownIn: revision), knownIn: revision)
      if !others.isEmpty {
        let lives = others.map { body in
          "\(body.key) (\(body.firstDay?.description ?? "?") to \(body.lastDay?.description ?? "today"))"
        }
        return
          "no body has the code '\(reference)' on \(day); on other days it belongs to \(lives.joined(separator: ", "))"
      }
    }
    if let damage = CodeDamage.finding(in: reference) { return damage }
    let close = try nearBodies(reference, on: day)
    return "unknown code '\(reference)'"
      + (close.isEmpty ? " (try 'orgreg find')" : "; did you mean \(close.joined(separator: ", or "))?")
  }
}
