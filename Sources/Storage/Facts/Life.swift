/// Whether dates are those in law or in operation. A body without dates on one timeline has those of the other.
public enum Timeline: String, Sendable, CaseIterable {
  /// The dates in law, or those in practice.
  case legal, operational
}

extension FactSchema {
  static let life = FactSchema(
    "life", "When a body existed.", topic: .lives, heading: "lived",
    [
      .organisation,
      FactColumn("timeline", .choice(Timeline.self), "legal or operational; where one is missing the other counts"),
    ],
    stage: .lives, endsWithBodies: false, isTerritorial: true, isExpected: true,
    exclusion: Exclusion(rule: "life-does-not-overlap", rivals: Rivals(sharing: [0, 1])), told: "'the life'",
    path: { $0[1].text.map { "life/\($0)" } })
}

extension Change.Content {
  package static func life(organisation: String, timeline: Timeline) -> Self {
    .fact(.life, [.text(organisation), .text(timeline.rawValue)])
  }
}

extension FactRow {
  /// The timeline of a life.
  var timeline: Timeline { values[1].text.flatMap(Timeline.init) ?? .legal }
}
