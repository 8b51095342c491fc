/// The dated facts about bodies, and the links between them.
extension ExportedTable {
  static let facts = [
    dated(
      "life", "When a body existed.", from: "life",
      columns: [
        ExportedColumn(
          "timeline", .key, required: true, from: "life.timeline", among: ["legal", "operational"],
          "legal or operational; where one is missing the other counts")
      ]),
    dated(
      "code", "A code of a body. Within one scheme a code means one body on any day.",
      from: "code LEFT JOIN scheme ON scheme.id = code.scheme_id",
      columns: [
        scheme("the scheme that the code is of"),
        ExportedColumn("code", .key, required: true, from: "code.value", "the code, as its scheme writes it"),
      ], indexes: [["scheme", "code"]]),
    dated(
      "name", "A name of a body, as the owner of a scheme writes it.",
      from: "name LEFT JOIN scheme ON scheme.id = name.scheme_id",
      columns: [
        scheme("whose owner writes it so"),
        ExportedColumn("name", .text, required: true, from: "name.value", "the name"),
      ]),
    dated(
      "role", "What kind of body it is.",
      from: "role LEFT JOIN kind ON kind.id = role.kind_id LEFT JOIN scheme ON scheme.id = role.scheme_id",
      columns: [
        ExportedColumn("kind", .key, required: true, references: "kind", from: "kind.key", "the kind"),
        ExportedColumn(
          "asserted_by", .key, references: "scheme", from: "scheme.key", "given: only the owner of this scheme says so"),
      ], indexes: [["kind"]]),
    dated(
      "relationship", "How a body stands under another.",
      from: "relationship LEFT JOIN relationship_kind ON relationship_kind.id = relationship.kind_id"
        + " LEFT JOIN organisation AS superior ON superior.id = relationship.superior_id",
      columns: [
        ExportedColumn(
          "relationship_kind", .key, required: true, references: "relationship_kind", from: "relationship_kind.key",
          "in what way"),
        organisation("superior", alias: "superior", "the body above"),
        ExportedColumn("grade", .text, from: "relationship.grade", "how good the evidence is"),
      ], indexes: [["superior"]], checks: ["superior <> organisation"],
      within: "(relationship.organisation_id IN chosen OR relationship.superior_id IN chosen)"),
    dated(
      "measure", "An amount of a body over a period, as published.",
      from: "measure LEFT JOIN measure_kind ON measure_kind.id = measure.kind_id",
      columns: [
        ExportedColumn(
          "measure_kind", .key, required: true, references: "measure_kind", from: "measure_kind.key", "what is measured"
        ),
        ExportedColumn("amount", .number, required: true, from: "measure.amount", "how much"),
        ExportedColumn(
          "nature", .key, from: "measure.nature", among: ["final", "indicative"], "final or indicative"
        ),
      ]),
  ]

  /// A table of dated facts: its own columns stand between the body and the period.
  static func dated(
    _ name: String, _ words: String, from tables: String, columns: [ExportedColumn], indexes: [[String]] = [],
    checks: [String] = [], within bodies: String? = nil
  ) -> ExportedTable {
    let isNamed = bodies ?? "\(name).organisation_id IN named"
    return ExportedTable(
      name, words, key: ["fact_key"],
      from: tables + " LEFT JOIN organisation ON organisation.id = \(name).organisation_id"
        + " LEFT JOIN change_event AS beginning ON beginning.id = \(name).from_event_id"
        + " LEFT JOIN change_event AS ending ON ending.id = \(name).to_event_id",
      recorded: name, order: "\(name).id", indexes: [["organisation"]] + indexes,
      checks: ["valid_to > valid_from"] + checks,
      within: { "\(isNamed) AND \($0.overlaps(name))" },
      columns: [factKey(name), organisation()] + columns + period(of: name) + [source(name), note(name)],
      sourceOf: name)
  }

  static func period(of table: String) -> [ExportedColumn] {
    [
      ExportedColumn("valid_from", .day, required: true, from: "\(table).valid_from", "the first day"),
      ExportedColumn(
        "valid_to", .day, from: "\(table).valid_to", "the first day after; NULL: not ended (half-open)"),
      ExportedColumn(
        "from_status", .key, required: true, from: "\(table).from_status", among: certainties,
        "whether valid_from is stated, derived, or unknown (then the first day on which a source shows the fact)"),
      ExportedColumn(
        "to_status", .key, required: true, from: "\(table).to_status", among: certainties,
        "the same for valid_to (unknown: the day after the last on which a source shows the fact)"),
      ExportedColumn("from_event", .key, references: "event", from: "beginning.key", "the event that began it"),
      ExportedColumn("to_event", .key, references: "event", from: "ending.key", "the event that ended it"),
    ]
  }

  private static func scheme(_ words: String) -> ExportedColumn {
    ExportedColumn("scheme", .key, required: true, references: "scheme", from: "scheme.key", words)
  }

  static let links = [
    ExportedTable(
      "succession", "A link of an event from one body to another.", key: ["fact_key"],
      from: "succession LEFT JOIN change_event ON change_event.id = succession.event_id" + bothBodies("succession"),
      recorded: "succession", order: "succession.id", indexes: [["event"], ["predecessor"], ["successor"]],
      checks: ["predecessor <> successor"],
      within: { scope in
        scope.days == nil
          ? "(succession.predecessor_id IN chosen OR succession.successor_id IN chosen)" : "succession.id IN linked"
      },
      columns: [
        factKey("succession"), event(),
        organisation("predecessor", alias: "predecessor", "the body before"),
        organisation("successor", alias: "successor", "the body after"),
        ExportedColumn(
          "nature", .key, required: true, from: "succession.nature", among: ["succession", "territory", "duties"],
          "succession: the body as a whole; territory: what movements or flows show; duties: no territory"),
        status("succession"), source("succession"), note("succession"),
      ], sourceOf: "succession"),
    ExportedTable(
      "flow", "How much of a predecessor went to a successor, where only the amount is known. Zero is a statement.",
      key: ["fact_key"],
      from: "flow LEFT JOIN change_event ON change_event.id = flow.event_id" + bothBodies("flow")
        + " LEFT JOIN basis ON basis.id = flow.basis_id",
      recorded: "flow", order: "flow.id", indexes: [["event"]], checks: ["amount >= 0"],
      within: {
        "\($0.happens("flow.event_id")) AND (flow.predecessor_id IN chosen OR flow.successor_id IN chosen)"
      },
      columns: [
        factKey("flow"), event(),
        organisation(
          "predecessor", alias: "predecessor", required: false, "the body before; NULL: no body of the register"),
        organisation("successor", alias: "successor", "the body after"), basis(),
        ExportedColumn("amount", .number, required: true, from: "flow.amount", "how much"),
        source("flow"), note("flow"),
      ], sourceOf: "flow"),
    ExportedTable(
      "observation", "How much of a body on one day lay in a body on another, as somebody observed it.",
      key: ["fact_key"],
      from: "observation" + bothBodies("observation") + " LEFT JOIN basis ON basis.id = observation.basis_id",
      recorded: "observation", order: "observation.id", indexes: [["predecessor"], ["successor"]],
      checks: ["amount >= 0"],
      within: { _ in "(observation.predecessor_id IN chosen OR observation.successor_id IN chosen)" },
      columns: [
        factKey("observation"), organisation("predecessor", alias: "predecessor", "the body on the one day"),
        ExportedColumn("predecessor_on", .day, required: true, from: "observation.predecessor_on", "the one day"),
        organisation("successor", alias: "successor", "the body on the other day"),
        ExportedColumn("successor_on", .day, required: true, from: "observation.successor_on", "the other day"),
        basis(), ExportedColumn("amount", .number, required: true, from: "observation.amount", "how much"),
        source("observation"), note("observation"),
      ], sourceOf: "observation"),
  ]

  private static func bothBodies(_ table: String) -> String {
    " LEFT JOIN organisation AS predecessor ON predecessor.id = \(table).predecessor_id"
      + " LEFT JOIN organisation AS successor ON successor.id = \(table).successor_id"
  }

  static func basis() -> ExportedColumn {
    ExportedColumn("basis", .key, required: true, references: "basis", from: "basis.key", "what the amount counts")
  }
}
