extension FactSchema {
  static let constitution = FactSchema(
    "constitution", "The version by which a body is governed.", topic: .governance, heading: "under",
    [.organisation, FactColumn("version", .text(), field: "value", "as the body calls it")],
    timeline: Rivals(sharing: [0]),
    exclusion: Exclusion(rule: "constitution-does-not-overlap", rivals: Rivals(sharing: [0])),
    told: "'a constitution'", path: { _ in "constitution" })
}

extension Change.Content {
  package static func constitution(organisation: String, version: String) -> Self {
    .fact(.constitution, [.text(organisation), .text(version)])
  }
}
