/// The kind of a body.
package struct Role: FactContent {
  package static let kind = FactKind.role

  package var organisation: String
  package var kind: String
  /// The scheme whose owner alone says so. Nil if nobody disagrees.
  package var scheme: String?

  package init(values: [Value]) {
    (organisation, kind, scheme) = (values[0].text ?? "", values[1].text ?? "", values[2].text)
  }

  package var values: [Value] { [.text(organisation), .text(kind), Value(scheme)] }
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
      line: "organisation_id || '/' || (SELECT ifnull(exclusive_group, key) FROM kind WHERE kind.id = role.kind_id)"),
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
