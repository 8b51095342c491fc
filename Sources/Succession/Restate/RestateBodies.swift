import RegistryStorage

/// What is written for a body: its code on the target day, and the other columns asked for.
final class RestateBodies {
  private let registry: Registry
  private let revision: Int64
  private let request: RestateRequest
  private let scheme: String
  private let hierarchy: Hierarchy
  private var known: [OrganisationID: Shown] = [:]
  private var hierarchies: [Day: Hierarchy] = [:]
  private var factsOf: [BodyOnDay: (name: String?, codes: [String: String])] = [:]

  private struct BodyOnDay: Hashable {
    let body: OrganisationID
    let day: Day
  }

  /// A warning for each body that does not have exactly one parent of a kind that is asked for.
  private(set) var withoutParent: Set<String> = []

  struct Shown {
    let code: String
    /// The name and the codes of other schemes, if they are asked for.
    let besideCode: [String]
    /// The fields of the columns at the end.
    let parents: [String]
  }

  init(_ registry: Registry, _ revision: Int64, _ request: RestateRequest) throws(DatabaseError) {
    self.registry = registry
    self.revision = revision
    self.request = request
    let firstScheme = try registry.schemes().first?.key ?? ""
    scheme = request.scheme ?? firstScheme
    hierarchy = try registry.hierarchy(on: request.to, knownIn: revision)
  }

  func shown(_ body: OrganisationID) throws(DatabaseError) -> Shown {
    if let shown = known[body] { return shown }
    let summary = try summary(body)
    let code = summary.code
    var parents: [String] = []
    for kind in request.parents {
      var fields = ["", ""]
      if case .one(let parent) = hierarchy.ancestor(of: body, kinds: [kind]) {
        let found = try self.summary(parent)
        fields = [found.code, found.name]
      } else {
        withoutParent.insert("\(code) has no single parent of the kind \(kind)")
      }
      parents += request.addsNames ? fields : [fields[0]]
    }
    let besideCode = (request.addsNames ? [summary.name] : []) + request.addedSchemes.map { summary.codes[$0] ?? "" }
    let shown = Shown(code: code, besideCode: besideCode, parents: parents)
    known[body] = shown
    return shown
  }

  var target: Day { request.to }

  /// The bodies above others on a day.
  func hierarchy(on day: Day) throws(DatabaseError) -> Hierarchy {
    if day == request.to { return hierarchy }
    if let known = hierarchies[day] { return known }
    let found = try registry.hierarchy(on: day, knownIn: revision)
    hierarchies[day] = found
    return found
  }

  /// The name and the codes of a body on a day.
  func facts(of body: OrganisationID, on day: Day) throws(DatabaseError) -> (name: String?, codes: [String: String]) {
    let key = BodyOnDay(body: body, day: day)
    if let known = factsOf[key] { return known }
    let found = try registry.organisations(withIDs: [body], on: day, knownIn: revision).first
    let facts = (name: found?.name, codes: found?.codes ?? [:])
    factsOf[key] = facts
    return facts
  }

  private func summary(
    _ body: OrganisationID
  ) throws(DatabaseError) -> (code: String, name: String, codes: [String: String]) {
    let found = try registry.organisations(withIDs: [body], on: request.to, knownIn: revision).first
    return (found.map { $0.codes[scheme] ?? $0.key } ?? "", found?.name ?? "", found?.codes ?? [:])
  }

  /// The codes of bodies on a day, in order.
  func codes(of bodies: [OrganisationID], on day: Day) throws(DatabaseError) -> [String] {
    try registry.organisations(withIDs: bodies, on: day, knownIn: revision).map { $0.codes[scheme] ?? $0.key }.sorted()
  }

  /// The code of a body on the target day, or else its last one, and its kinds.
  func codeAndKinds(of body: OrganisationID) throws(DatabaseError) -> (code: String, kinds: String) {
    let onDay = try registry.organisations(withIDs: [body], on: request.to, knownIn: revision).first
    if let onDay, let code = onDay.codes[scheme] { return (code, onDay.kinds.joined(separator: ", ")) }
    let found = try registry.organisations(withIDs: [body], knownIn: revision).first ?? onDay
    return (found.map { $0.codes[scheme] ?? $0.key } ?? "", found?.kinds.joined(separator: ", ") ?? "")
  }
}

struct RestateReasons {
  let words: AnswerWords
  /// The codes that a damaged one may have been.
  let likely: () -> LikelyCodes
  /// The codes of bodies, in order.
  let codes: ([OrganisationID]) throws(DatabaseError) -> [String]

  func words(_ reason: RestatePlaces.Reason, code: String) throws(DatabaseError) -> String {
    switch reason {
    case .blank: return "the code is blank"
    case .unknown: return likely().damage(of: code) ?? "the register does not know this code"
    case .unknownName: return "no body has this name on the day of the row; see 'orgreg lint names'"
    case .severalBodies(let bodies):
      return "several bodies have this name: \(try codes(bodies).joined(separator: ", "))"
    case .placeholder(let meaning): return meaning
    case .passedOver(let mistake): return "the row was passed over: \(mistake)"
    case .outsideItsDates(let periods):
      let shown = periods.map { "\($0.start) to \($0.lastDay.map { "\($0)" } ?? "this day")" }
      return "the code was not in use on the day of the row, only from \(shown.joined(separator: " and from "))"
    case .lies(let place): return try words.words(place) ?? ""
    }
  }
}
