/// The kind of a body.
package struct Role: Sendable {
  package let kind: String
  /// The scheme whose owner alone says so. Nil if nobody disagrees.
  package let scheme: String?

  /// The role that a statement describes. Nil if it describes none.
  package init?(_ content: Change.Content) {
    guard case .fact(let fact) = content, fact.kind == .role else { return nil }
    (kind, scheme) = (fact.values[1].text ?? "", fact.values[2].text)
  }
}

extension FactSchema {
  private static let kindsOfOneGroup = Rivals(
    sharing: [0], test: { one, other, keys in keys.exclude(one[1].integer ?? 0, other[1].integer ?? 0) })

  static let role = FactSchema(
    "role", "What kind of body it is.", topic: .kinds, heading: "kind",
    [
      .organisation, FactColumn("kind", .word(.kind), "the kind"),
      FactColumn(
        "scheme", .word(.scheme), name: "asserted_by", required: false,
        "given: only the owner of this scheme says so"),
    ],
    timeline: kindsOfOneGroup,
    exclusion: Exclusion(
      rule: "role-excludes-others", rivals: kindsOfOneGroup,
      shared: [
        { "\($0).organisation_id" },
        { "(SELECT ifnull(exclusive_group, key) FROM kind WHERE kind.id = \($0).kind_id)" },
      ]),
    told: "'a role'", path: { "role/\($0[1].word)" })
}

extension Change.Content {
  /// States the kind of a body.
  /// - Parameters:
  ///   - organisation: the body.
  ///   - kind: the key of the kind.
  ///   - scheme: the scheme whose owner alone says so. Nil if nobody disagrees.
  public static func role(organisation: String, kind: String, scheme: String?) -> Self {
    .fact(.role, [.text(organisation), .text(kind), Value(scheme)])
  }
}
