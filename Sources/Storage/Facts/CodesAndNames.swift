extension FactSchema {
  static let code = FactSchema(
    "code", "A code of a body. Within one scheme a code means one body on any day.", topic: .codes,
    [
      .organisation, FactColumn("scheme", .word(.scheme), "the scheme that the code is of"),
      FactColumn("value", .code, exported: "code", "the code, as its scheme writes it"),
    ],
    isExpected: true, timeline: Rivals(sharing: [0, 1]),
    exclusion: Exclusion(rule: "code-means-one-organisation", rivals: Rivals(sharing: [1, 2])),
    told: "'the code ' || value", path: { "code/\($0[1].word)/\($0[2].word)" })

  static let name = FactSchema(
    "name", "A name of a body, as the owner of a scheme writes it.", topic: .names,
    [
      .organisation, FactColumn("scheme", .word(.scheme), "whose owner writes it so"),
      FactColumn("value", .text(), exported: "name", "the name"),
    ],
    isExpected: true, timeline: Rivals(sharing: [0, 1]),
    exclusion: Exclusion(rule: "name-does-not-overlap", rivals: Rivals(sharing: [0, 1])),
    told: "'the name ' || value", path: { "name/\($0[1].word)" })

  /// A number under which another register has the body, such as a Companies House number or an LEI.
  static let identifier = FactSchema(
    "identifier", "An identifier of a body in another register, such as a company number.", topic: .codes,
    heading: "number",
    [
      .organisation, FactColumn("register", .tag, field: "type", "the other register, for example companies-house"),
      FactColumn("value", .code, exported: "identifier", "the identifier, as that register writes it"),
    ],
    exclusion: Exclusion(rule: "identifier-means-one-organisation", rivals: Rivals(sharing: [1, 2])),
    told: "'the identifier ' || value", path: { "identifier/\($0[1].word)/\($0[2].word)" })
}

extension Change.Content {
  /// States that a body has a code of a scheme. The body and the scheme are given by their keys.
  public static func code(organisation: String, scheme: String, value: String) -> Self {
    .fact(.code, [.text(organisation), .text(scheme), .text(value)])
  }

  /// States that the owner of a scheme calls a body by a name.
  public static func name(organisation: String, scheme: String, value: String) -> Self {
    .fact(.name, [.text(organisation), .text(scheme), .text(value)])
  }

  /// States that another register knows a body under an identifier.
  ///
  /// - Parameters:
  ///   - organisation: the body.
  ///   - register: the other register, in one word, for example `lei`.
  ///   - value: the identifier, as that register writes it.
  public static func identifier(organisation: String, register: String, value: String) -> Self {
    .fact(.identifier, [.text(organisation), .text(register), .text(value)])
  }
}
