import RegistryStorage

/// What is written for a body: its code on the target day, and the other columns asked for.
final class RestateBodies {
  private let registry: Registry
  private let revision: Int64
  private let request: RestateRequest
  private let scheme: String
  private let hierarchy: Hierarchy
  private var known: [OrganisationID: Shown] = [:]
  /// A warning for each body that does not have exactly one parent of a kind that is asked for.
  private(set) var withoutParent: Set<String> = []

  struct Shown {
    let code: String
    /// The name, if names are asked for.
    let name: [String]
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
    let shown = Shown(code: code, name: request.addsNames ? [summary.name] : [], parents: parents)
    known[body] = shown
    return shown
  }

  private func summary(_ body: OrganisationID) throws(DatabaseError) -> (code: String, name: String) {
    let found = try registry.organisations(withIDs: [body], on: request.to, knownIn: revision).first
    return (found.map { $0.codes[scheme] ?? $0.key } ?? "", found?.name ?? "")
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
  /// What a spreadsheet has done to a code. Nil if the code is not damaged.
  let damage: (String) -> String?

  func words(_ reason: RestatePlaces.Reason, code: String) throws(DatabaseError) -> String {
    switch reason {
    case .blank: return "the code is blank"
    case .unknown: return damage(code) ?? "the register does not know this code"
    case .outsideItsDates(let periods):
      let shown = periods.map { "\($0.start) to \($0.lastDay.map { "\($0)" } ?? "this day")" }
      return "the code was not in use on the day of the row, only from \(shown.joined(separator: " and from "))"
    case .lies(let place): return try words.words(place) ?? ""
    }
  }
}
