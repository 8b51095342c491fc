extension FactSchema {
  /// What is expected to happen: the words of the command that would record it. It makes no facts.
  static let plannedEvent = FactSchema(
    "plan", table: "planned_event", "What is expected to happen: a proposal, of which no other table says anything.",
    [
      FactColumn("planned_for", .day, field: "from", "the expected day"),
      FactColumn("words", .text(), field: "value", exported: "command", "the words that would record it, as JSON"),
    ],
    stage: .links, isDated: false, hasSource: false, path: { _ in nil })
}
