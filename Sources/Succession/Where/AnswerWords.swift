package import RegistryStorage

/// How the places and remarks of answers are told.
package struct AnswerWords {
  /// The keys of events, by id.
  package let events: [EventID: String]
  /// The code of a body, and its kinds on the day of the answer.
  package let body: (OrganisationID) throws(DatabaseError) -> (code: String, kinds: String)

  package init(
    events: [EventID: String], body: @escaping (OrganisationID) throws(DatabaseError) -> (code: String, kinds: String)
  ) {
    self.events = events
    self.body = body
  }

  /// The status word of a place: `mapped`, `none` or `gap`.
  package static func status(_ place: Answer.Place) -> String {
    switch place {
    case .body: "mapped"
    case .none: "none"
    case .gap: "gap"
    }
  }

  /// Why a part is where it is. Nil if there is nothing to say.
  package func reason(_ part: Answer.Part, unit: (String) -> String?) throws(DatabaseError) -> String? {
    let place = try words(part.place)
    let remark = part.remark.map { words($0, unit: part.basis.flatMap(unit)) }
    let clauses = [place, remark].compactMap(\.self)
    return clauses.isEmpty ? nil : clauses.joined(separator: "; ")
  }

  /// A clause about a place that is no body of the level. Nil for a body.
  package func words(_ place: Answer.Place) throws(DatabaseError) -> String? {
    switch place {
    case .body: return nil
    case .none(.otherKind(let id)):
      let other = try body(id)
      return "in \(other.code) (\(other.kinds))"
    case .none(.noBody(let day)): return "in no body on \(day)"
    case .gap(let gap): return try words(gap)
    }
  }

  private func words(_ gap: Answer.Gap) throws(DatabaseError) -> String {
    switch gap {
    case .notAlive(let periods):
      let shown = periods.map { "\($0.start) to \($0.lastDay.map { "\($0)" } ?? "this day")" }
      return "it did not exist on the day"
        + (shown.isEmpty ? "" : ", only from \(shown.joined(separator: " and from "))")
    case .event(let event):
      return "the event \(events[event] ?? "?") divides bodies and no source says which units, or how much, went where"
    case .ended(let id, let day):
      return "\(try body(id).code) ended on \(day.previous) and no source says who succeeded it"
    case .began(let id, let day):
      return "\(try body(id).code) began on \(day) and no source says what it came from"
    case .parent(let id, let kinds, let day, let several):
      let place = try body(id).code
      return several
        ? "what lies in \(place) counts nowhere: it has several parents of the kind \(kinds) on \(day)"
        : "what lies in \(place) counts nowhere: it has no known parent of the kind \(kinds) on \(day)"
    case .observedOnOtherDays(let basis, let from, let to):
      return "the basis \(basis) is known only from \(from) to \(to)"
    case .notMeasured: return "no basis that was asked for measures it"
    }
  }

  /// A clause about a remark.
  /// - Parameter unit: what the amounts of the part count.
  package func words(_ remark: Answer.Remark, unit: String?) -> String {
    switch remark {
    case .duties: "by its duties, which are all that is known to have passed"
    case .voices(let heard, let all):
      "by \(heard.text) of \(all.text)" + (unit.map { " \($0)" } ?? "") + ", the rest having no known place"
    }
  }
}
