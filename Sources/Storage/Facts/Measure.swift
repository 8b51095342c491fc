/// Whether a published amount may still change.
public enum MeasureNature: String, Sendable, CaseIterable {
  /// Settled, or still to be settled.
  case final, indicative
}

extension FactSchema {
  static let measure = FactSchema(
    "measure", "An amount of a body over a period, as published.", topic: .amounts,
    [
      .organisation, FactColumn("kind", .word(.measureKind), exported: "measure_kind", "what is measured"),
      FactColumn("amount", .number(isNegative: true), "how much"),
      FactColumn("nature", .choice(MeasureNature.self), required: false, "final or indicative"),
    ],
    endsWithBodies: false, told: "'a measure'",
    path: { "measure/\($0[1].word)" + ($0[3].text.map { "/\($0)" } ?? "") })
}

extension Change.Content {
  package static func measure(organisation: String, kind: String, amount: Double, nature: MeasureNature?) -> Self {
    .fact(.measure, [.text(organisation), .text(kind), .real(amount), Value(nature?.rawValue)])
  }
}
