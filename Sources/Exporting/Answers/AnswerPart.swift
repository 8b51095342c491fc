import RegistryStorage
import Succession

/// A part of an answer as a row has it, whatever the days are.
struct AnswerPart: Equatable {
  let status: String
  let target: OrganisationID?
  /// Of a part in no body, only the remark: the day that the reason names is that of the question.
  let reason: String?
  /// Nil if it is all that the body amounts to on the first day.
  var amount: Amount?
  var total: Amount?
  /// Nil if no basis measures it.
  var basis: String?
  let method: String?
  let events: [EventID]
}

extension [AnswerPart] {
  /// Whether it is one part whose amount is that of the body.
  private var isWhole: Bool { count == 1 && self[0].total == nil }

  /// The same answer, if a named basis measures the body and divides it no more than the default ones do.
  func measured(by basis: String, _ amount: Amount?) -> [AnswerPart] {
    guard isWhole, self[0].basis != nil else { return self }
    var part = self[0]
    part.basis = amount == nil ? nil : basis
    return [part]
  }
}

/// How answers become parts.
struct AnswerParts {
  private let words: AnswerWords
  private let units: [String: String]
  private let indexOfBasis: [String: Int]

  init(_ whereabouts: Whereabouts, _ facts: BodyFacts) {
    let events = Dictionary(whereabouts.links.map { ($0.eventID, $0.event) }, uniquingKeysWith: { first, _ in first })
    words = AnswerWords(events: events) { (facts.code($0), "") }
    let bases = whereabouts.territory.bases
    units = Dictionary(bases.map { ($0.key, $0.unitName) }, uniquingKeysWith: { first, _ in first })
    indexOfBasis = Dictionary(bases.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// - Parameter amounts: what the body amounts to on the first day, by basis.
  func parts(of answer: Answer, _ amounts: [Amount?]) throws(DatabaseError) -> [AnswerPart] {
    let weighty = answer.weighty
    var parts: [AnswerPart] = []
    for part in weighty {
      var target: OrganisationID?
      if case .body(let body) = part.place { target = body }
      var reason: String?
      if case .none(.noBody) = part.place {
        reason = part.remark.map { words.words($0, unit: part.basis.flatMap { units[$0] }) }
      } else {
        reason = try words.reason(part) { units[$0] }
      }
      let whole = part.basis.flatMap { indexOfBasis[$0] }.flatMap { amounts[$0] }
      let isWhole = weighty.count == 1 && part.amount == part.total && part.amount == whole
      parts.append(
        AnswerPart(
          status: AnswerWords.status(part.place), target: target, reason: reason, amount: isWhole ? nil : part.amount,
          total: isWhole ? nil : part.total, basis: part.basis, method: part.method?.rawValue, events: part.events))
    }
    return parts
  }
}
