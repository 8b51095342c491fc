/// How one body stands under another.
package struct Relationship: Hashable, Sendable {
  package var organisation: String
  package var kind: String
  package var superior: String
  /// How good the evidence is.
  package var grade: String?

  /// The relationship that a statement describes. Nil if it describes none.
  package init?(_ content: Change.Content) {
    guard case .fact(let fact) = content, fact.kind == .relationship else { return nil }
    (organisation, kind) = (fact.values[0].text ?? "", fact.values[1].text ?? "")
    (superior, grade) = (fact.values[2].text ?? "", fact.values[3].text)
  }
}

extension FactSchema {
  static let relationship = FactSchema(
    "relationship", "How a body stands under another.", topic: .ties,
    [
      .organisation,
      FactColumn("kind", .word(.relationshipKind), exported: "relationship_kind", "in what way"),
      FactColumn("superior", .body(.onFirstDay), field: "other", "the body above"),
      FactColumn("grade", .text(), required: false, "how good the evidence is"),
    ],
    exclusion: Exclusion(rule: "relationship-does-not-overlap", rivals: Rivals(sharing: [0, 1, 2])),
    told: "'the relationship'", path: { "\($0[1].word)/\($0[2].word)" })

  static let mayStandUnder = FactSchema(
    "may-stand-under", table: "may_stand_under",
    "A kind under which bodies of a kind may stand. A kind without any may stand under every kind.",
    [
      FactColumn("kind", .word(.kind), "the kind of the body below"),
      FactColumn("relationship_kind", .word(.relationshipKind), field: "type", "in what way"),
      FactColumn("superior_kind", .word(.kind), field: "other", "the kind of the body above"),
    ],
    stage: .links, isDated: false, hasSource: false,
    path: { "\($0[0].word)/\($0[1].word)/\($0[2].word)" })
}

extension Change.Content {
  /// States how one body stands under another.
  /// - Parameters:
  ///   - organisation: the body below.
  ///   - kind: the key of the kind of relationship.
  ///   - superior: the body above.
  ///   - grade: how good the evidence is, in a word. Nil if nobody judged it.
  public static func relationship(organisation: String, kind: String, superior: String, grade: String?) -> Self {
    .fact(.relationship, [.text(organisation), .text(kind), .text(superior), Value(grade)])
  }
}
