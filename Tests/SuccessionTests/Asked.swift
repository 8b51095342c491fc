import RegistryStorage
import RegistryTestSupport
import Succession

/// Questions to a register about bodies by their keys, with answers in words.
struct Asked {
  let registry: Registry
  let whereabouts: Whereabouts
  private let keys: [OrganisationID: String]
  private let events: [EventID: String]

  init(_ registry: Registry) throws {
    self.registry = registry
    whereabouts = try Whereabouts(of: registry)
    keys = Dictionary(uniqueKeysWithValues: try registry.organisationKeys().map { ($0.id, $0.key) })
    events = Dictionary(
      uniqueKeysWithValues: try registry.database.query("SELECT id, key FROM change_event") {
        ($0.event(0), $0.text(1))
      })
  }

  func question(
    _ from: String, _ to: String, toKind: String? = nil, bases: [String]? = nil,
    otherKinds: Question.OtherKinds = .keep, dates: Timeline = .legal
  ) throws -> Question {
    Question(
      from: try day(from), to: try day(to), toKind: toKind, bases: bases, otherKinds: otherKinds, dates: dates)
  }

  func answer(
    _ body: String, _ from: String, _ to: String, toKind: String? = nil, bases: [String]? = nil,
    otherKinds: Question.OtherKinds = .keep, dates: Timeline = .legal
  ) throws -> Answer {
    try whereabouts.answer(
      for: registry.id(body),
      question(from, to, toKind: toKind, bases: bases, otherKinds: otherKinds, dates: dates))
  }

  /// The parts in words: `n 3/4 people exact`, `gap transfer`, `none in h (board) 1/2 areas`.
  func parts(
    _ body: String, _ from: String, _ to: String, toKind: String? = nil, bases: [String]? = nil,
    otherKinds: Question.OtherKinds = .keep, dates: Timeline = .legal
  ) throws -> [String] {
    try answer(body, from, to, toKind: toKind, bases: bases, otherKinds: otherKinds, dates: dates).parts.map(words)
  }

  func words(_ part: Answer.Part) -> String {
    let ratio =
      part.ratio == .whole
      ? nil : part.isWeightless ? "0" : "\(part.ratio.numerator)/\(part.ratio.denominator)"
    let remark: String? =
      switch part.remark {
      case nil: nil
      case .duties: "duties"
      case .voices(let heard, let all): "by \(heard) of \(all)"
      }
    return [words(part.place), ratio, part.basis, part.method?.rawValue, remark].compactMap(\.self)
      .joined(separator: " ")
  }

  func words(_ place: Answer.Place) -> String {
    func key(_ id: OrganisationID) -> String { keys[id] ?? "?" }
    func event(_ id: EventID) -> String { events[id] ?? "?" }
    switch place {
    case .body(let id): return key(id)
    case .none(.otherKind(let id)): return "in \(key(id))"
    case .none(.noBody): return "in no body"
    case .gap(.notAlive(let periods)): return "gap: lived \(periods.map { "\($0.start)" }.joined(separator: ", "))"
    case .gap(.event(let id)): return "gap: \(event(id))"
    case .gap(.ended(let id, let day)): return "gap: \(key(id)) ended \(day)"
    case .gap(.began(let id, let day)): return "gap: \(key(id)) began \(day)"
    case .gap(.parent(let id, let kinds, _, let several)):
      return "gap: \(key(id)) has \(several ? "several" : "no") \(kinds)"
    case .gap(.observedOnOtherDays(let basis, let from, let to)): return "gap: \(basis) only \(from) to \(to)"
    case .gap(.notMeasured): return "gap: not measured"
    }
  }

  /// The keys of the events of a part.
  func events(of part: Answer.Part) -> [String] { part.events.map { events[$0] ?? "?" } }
}

extension Answer {
  /// Whether the parts add up to the whole exactly, in ratios and in amounts.
  var isWhole: Bool {
    guard let total = parts.first?.total else { return parts.count == 1 && parts[0].ratio == .whole }
    let sum = parts.reduce(Amount.zero) { $0 + ($1.amount ?? .zero) }
    return sum == total
      && parts.allSatisfy { part in
        let (factor, rest) = total.units.magnitude.quotientAndRemainder(dividingBy: part.ratio.denominator)
        return part.total == total && rest == 0 && part.ratio.numerator * factor == part.amount?.units.magnitude
      }
  }
}
