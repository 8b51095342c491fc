/// What a published figure about bodies of a kind says, if it does not count them.
///
/// Reports choose claims by topic and never by the words of a text, so that they work in any language.
package enum ClaimTopic: Equatable, Sendable {
  /// How the bodies came to be: proposed, tried out, authorised.
  case authorisation
  /// Who leads the bodies and sits in their governing bodies.
  case governance
  /// How the bodies match those of local government.
  case localGovernment
  /// An amount that is measured of the bodies.
  /// - Parameter kind: the key of a measure kind.
  case measure(kind: String)

  /// The topics that every register has.
  package static let unmeasured: [ClaimTopic] = [.authorisation, .governance, .localGovernment]

  /// - Parameter word: the word of an unmeasured topic, or the key of a measure kind.
  package init(_ word: String) { self = Self.unmeasured.first { $0.word == word } ?? .measure(kind: word) }

  /// The topic in change files and exports.
  package var word: String {
    switch self {
    case .authorisation: "authorisation"
    case .governance: "governance"
    case .localGovernment: "local-government"
    case .measure(let kind): kind
    }
  }
}

extension FactSchema {
  private static let topics = ClaimTopic.unmeasured.map(\.word)

  static let claim = FactSchema(
    "claim", "What was published elsewhere: a figure to be held against what the tables count, or a statement.",
    topic: .publications,
    [
      FactColumn("kind", .word(.kind), "the bodies that it is about"),
      FactColumn(
        "organisation", .body(.onDay(column: 5)), required: false,
        "the one body that it is about. NULL if it is about all bodies of the kind"),
      FactColumn(
        "topic", .text(only: topics), field: "type", required: false,
        "authorisation, governance, local-government or a measure_kind. NULL if it counts the bodies"),
      FactColumn("measure_kind", .word(.measureKind, besides: topics), field: "type", required: false),
      FactColumn("scheme", .word(.scheme), required: false, "whose reading of the kind is meant"),
      FactColumn("claimed_from", .day, field: "from", "the first day"),
      FactColumn(
        "claimed_to", .dayAfter, field: "to", required: false, "the first day after. NULL if it holds to this day"),
      FactColumn("value", .text(), exported: "wording", "the figure as published"),
      FactColumn("amount", .number(isNegative: true), required: false, "the count as a number"),
    ],
    stage: .links, isDated: false, path: { _ in nil },
    flaw: { values in
      let hasTopic = values[2] != .null || values[3] != .null
      let hasAmount = values[8] != .null
      if values[1] != .null, !hasTopic || hasAmount {
        return "a claim about one body counts no bodies: give it a topic, and leave its amount blank"
      }
      return hasTopic && hasAmount
        ? "a claim with a topic counts no bodies: leave its amount blank, or the topic" : nil
    })
}

extension Change.Content {
  /// - Parameters:
  ///   - organisation: the one body that the claim is about, which needs a topic. Nil if it is about the whole kind.
  ///   - to: the first day after the claim. Nil if it still holds.
  ///   - amount: how many bodies of the kind there were. Nil if the figure does not count them all.
  ///   - topic: what the figure is about. Such a claim has no amount. Nil if it counts bodies of the kind.
  package static func claim(
    kind: String, organisation: String?, from: Day, to: Day?, value: String, amount: Double?, scheme: String?,
    topic: ClaimTopic?
  ) -> Self {
    let measure: String? = if case .measure(let kind)? = topic { kind } else { nil }
    return .fact(
      .claim,
      [
        .text(kind), Value(organisation), measure == nil ? Value(topic?.word) : .null, Value(measure), Value(scheme),
        Value(from), Value(to), .text(value), Value(amount),
      ])
  }
}
