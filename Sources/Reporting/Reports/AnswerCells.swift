import RegistryFormats
import RegistryStorage
import Succession

/// The cells that tell of the parts of answers, in whatever report or table they stand.
///
/// Kept here: a part in no body, and a gap, have no code and no name. Their reason says why.
struct AnswerCells {
  private let view: RegisterView
  private let bodies: [OrganisationID: Organisation]
  /// Bodies that parts mention, as they last were.
  private let lastSeen: [OrganisationID: Organisation]
  private let events: [EventID: String]
  private let units: [String: String]

  /// - Parameters:
  ///   - answers: the answers that will be told.
  ///   - places: other places that will be told.
  ///   - day: the day on which their parts lie in bodies.
  init(
    of answers: some Sequence<Answer>, and places: [Answer.Place] = [], on day: Day, _ whereabouts: Whereabouts,
    _ view: RegisterView
  ) throws(DatabaseError) {
    self.view = view
    var mentioned = Set(places.compactMap(\.mentioned))
    for answer in answers { mentioned.formUnion(answer.parts.lazy.compactMap(\.place.mentioned)) }
    bodies = try view.bodies(mentioned, on: day)
    lastSeen = try view.bodies(bodies.values.filter { $0.codes.isEmpty }.map(\.id))
    events = Dictionary(whereabouts.links.map { ($0.eventID, $0.event) }, uniquingKeysWith: { first, _ in first })
    units = Dictionary(
      whereabouts.territory.bases.map { ($0.key, $0.unitName) }, uniquingKeysWith: { first, _ in first })
  }

  /// The body in which a part lies. Nil for a part in no body.
  func body(_ part: Answer.Part) -> Organisation? { body(at: part.place) }

  func body(at place: Answer.Place) -> Organisation? {
    guard case .body(let id) = place else { return nil }
    return bodies[id]
  }

  func code(_ part: Answer.Part) -> String? { body(part).map(view.code) }

  /// The keys of events.
  func events(_ ids: [EventID]) -> String { ids.compactMap { events[$0] }.joined(separator: "|") }

  /// Why a part is where it is. Nil if there is nothing to say.
  func reason(_ part: Answer.Part) throws(DatabaseError) -> String? { try words.reason(part) { units[$0] } }

  /// What one should know of a part. Nil if there is nothing.
  func remark(_ part: Answer.Part) -> String? {
    part.remark.map { words.words($0, unit: part.basis.flatMap { units[$0] }) }
  }

  /// Why a place is no body of the level. Nil for a body.
  func reason(_ place: Answer.Place) throws(DatabaseError) -> String? { try words.words(place) }

  private var words: AnswerWords {
    AnswerWords(events: events) { [view, bodies, lastSeen] id throws(DatabaseError) in
      let known: Organisation?
      if let loaded = bodies[id] { known = loaded } else { known = try view.bodies([id])[id] }
      let named = lastSeen[id] ?? known
      return (view.code(named), (known ?? named)?.kinds.joined(separator: "|") ?? "")
    }
  }
}

extension Answer.Part {
  /// The share in decimals.
  var shareText: String { number(share) }
}

extension Answer.Place {
  /// The body that the place names, if any.
  fileprivate var mentioned: OrganisationID? {
    switch self {
    case .body(let id), .none(.otherKind(let id)), .gap(.ended(let id, _)), .gap(.began(let id, _)),
      .gap(.parent(of: let id, kinds: _, on: _, several: _)):
      id
    case .none(.noBody), .gap(.notAlive), .gap(.event), .gap(.observedOnOtherDays), .gap(.notMeasured): nil
    }
  }
}
