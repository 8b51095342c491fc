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
  /// The days on which the bodies were expected to begin, to change or to end.
  case dates
  /// Who gives the bodies support, or whom they support.
  case support
  /// What an official source says of a body today, where this register says something else.
  case corrections
  /// An amount that is measured of the bodies.
  /// - Parameter kind: the key of a measure kind.
  case amounts(of: String)

  /// The topics that every register has.
  package static let unmeasured: [ClaimTopic] = [
    .authorisation, .governance, .localGovernment, .dates, .support, .corrections,
  ]

  /// - Parameter word: the word of an unmeasured topic, or the key of a measure kind.
  package init(_ word: String) { self = Self.unmeasured.first { $0.word == word } ?? .amounts(of: word) }

  /// The topic in change files and exports.
  package var word: String {
    switch self {
    case .authorisation: "authorisation"
    case .governance: "governance"
    case .localGovernment: "local-government"
    case .dates: "dates"
    case .support: "support"
    case .corrections: "corrections"
    case .amounts(let kind): kind
    }
  }
}

/// The figure of the register against which a claim is held.
package enum ClaimStatistic: String, CaseIterable, Sendable {
  /// Of what is measured of the bodies of the kind.
  case smallest, largest, average, total
  /// How many bodies fit local government in this way.
  case oneToOne = "one-to-one"
  case inside, covers, crosses
  /// When the bodies began, or ended. The days of the claim are those on which it says that this happened.
  case firstDay = "first-day"
  case lastDay = "last-day"
  /// What the register says of the body instead.
  case name, code, days

  /// Those that a claim about a topic may have. A claim without a topic counts bodies and needs none.
  package static func possible(for topic: ClaimTopic?) -> [ClaimStatistic] {
    switch topic {
    case .amounts: [.smallest, .largest, .average, .total]
    case .localGovernment: [.oneToOne, .inside, .covers, .crosses]
    case .dates: [.firstDay, .lastDay]
    case .corrections: [.name, .code, .days]
    case .authorisation, .governance, .support, nil: []
    }
  }

  /// Whether the figure is a number.
  package var isNumber: Bool {
    switch self {
    case .smallest, .largest, .average, .total, .oneToOne, .inside, .covers, .crosses: true
    case .firstDay, .lastDay, .name, .code, .days: false
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
        "\(topics.joined(separator: ", ")) or a measure_kind. NULL if it counts the bodies"),
      FactColumn("measure_kind", .word(.measureKind, besides: topics), field: "type", required: false),
      FactColumn("scheme", .word(.scheme), required: false, "whose reading of the kind is meant"),
      FactColumn("claimed_from", .day, field: "from", "the first day"),
      FactColumn(
        "claimed_to", .dayAfter, field: "to", required: false, "the first day after. NULL if it holds to this day"),
      FactColumn("value", .text(), exported: "wording", "the figure as published"),
      FactColumn(
        "amount", .number(isNegative: true), required: false, "the figure as a number; without a topic, the count"),
      FactColumn("statistic", .tag, required: false, "the figure of the register against which it is held"),
    ],
    stage: .links, isDated: false, path: { _ in nil }, flaw: flaw)

  /// What is wrong with a claim.
  @Sendable private static func flaw(_ values: [Value]) -> String? {
    let topic = (values[2].text ?? values[3].text).map { ClaimTopic($0) }
    let hasAmount = values[8] != .null
    if values[1] != .null, topic == nil || hasAmount {
      return "a claim about one body counts no bodies: give it a topic, and leave its amount blank"
    }
    guard let word = values[9].text else {
      return topic != nil && hasAmount
        ? "a claim with a topic counts no bodies: leave its amount blank, or the topic, or give it a statistic" : nil
    }
    let possible = ClaimStatistic.possible(for: topic)
    guard let statistic = possible.first(where: { $0.rawValue == word }) else {
      return possible.isEmpty
        ? "a claim about \(topic.map { "'\($0.word)'" } ?? "a count") has no statistic: leave '\(word)' out"
        : "the statistic '\(word)' is none of \(possible.map(\.rawValue).joined(separator: ", "))"
    }
    if values[1] != .null, statistic.isNumber { return "the statistic '\(word)' is about a kind, not about one body" }
    return hasAmount && !statistic.isNumber ? "the statistic '\(word)' is no number: leave the amount blank" : nil
  }
}

extension Change.Content {
  /// - Parameters:
  ///   - organisation: the one body that the claim is about, which needs a topic. Nil if it is about the whole kind.
  ///   - to: the first day after the claim. Nil if it still holds.
  ///   - amount: how many bodies of the kind there were. Nil if the figure does not count them all.
  ///   - topic: what the figure is about. Nil if it counts bodies of the kind.
  ///   - statistic: the figure of the register against which it is held. With a topic, only such a claim has an amount.
  package static func claim(
    kind: String, organisation: String?, from: Day, to: Day?, value: String, amount: Double?, scheme: String?,
    topic: ClaimTopic?, statistic: ClaimStatistic? = nil
  ) -> Self {
    let measured: String? = if case .amounts(let kind)? = topic { kind } else { nil }
    return .fact(
      .claim,
      [
        .text(kind), Value(organisation), measured == nil ? Value(topic?.word) : .null, Value(measured), Value(scheme),
        Value(from), Value(to), .text(value), Value(amount), Value(statistic?.rawValue),
      ])
  }
}
