/// Who commissions what, and who sits in governing bodies. Names of persons never go out in tables: a holder is a key.
extension ExportedTable {
  static let commissioning = [
    ExportedTable(
      "service", "A service line, in the words of whoever says who commissions it.", key: ["service"], from: "service",
      order: "service.id",
      columns: [
        ExportedColumn("service", .key, required: true, from: "service.key", "its short name"),
        ExportedColumn("title", .text, required: true, from: "service.name", "what it is called"), place("service"),
      ]),
    ExportedTable(
      "seat", "A seat in governing bodies.", key: ["seat"], from: "seat", order: "seat.id",
      columns: [
        ExportedColumn("seat", .key, required: true, from: "seat.key", "its short name"),
        ExportedColumn("title", .text, required: true, from: "seat.name", "what it is called"),
        ExportedColumn(
          "is_single", .integer, required: true, from: "seat.is_single", among: flag, "1: a body has just one"),
        place("seat"),
      ]),
    responsibility,
    dated(
      "appointment", "A seat of a body is held, or vacant.",
      from: "appointment LEFT JOIN seat ON seat.id = appointment.seat_id"
        + " LEFT JOIN holder ON holder.id = appointment.holder_id",
      columns: [
        ExportedColumn("seat", .key, required: true, references: "seat", from: "seat.key", "the seat"),
        ExportedColumn(
          "nature", .key, required: true, from: "appointment.nature", among: ["held", "vacant"], "held or vacant"),
        ExportedColumn("profession", .text, from: "appointment.profession", "of the holder, for example gp"),
        ExportedColumn("holder", .key, from: "holder.key", "the holder's key; names stay in the register"),
      ], indexes: [["seat"]]),
    dated(
      "constitution", "The version by which a body is governed.", from: "constitution",
      columns: [
        ExportedColumn("version", .text, required: true, from: "constitution.version", "as the body calls it")
      ]),
    ExportedTable(
      "seat_rule", "How many of a seat bodies of a kind need.", key: ["fact_key"],
      from: "seat_rule LEFT JOIN kind ON kind.id = seat_rule.kind_id LEFT JOIN seat ON seat.id = seat_rule.seat_id",
      recorded: "seat_rule", order: "seat_rule.id", checks: ["valid_to > valid_from", "minimum > 0"],
      within: { $0.overlaps("seat_rule") },
      columns: [
        factKey("seat_rule"),
        ExportedColumn("kind", .key, required: true, references: "kind", from: "kind.key", "the kind of body"),
        ExportedColumn("seat", .key, required: true, references: "seat", from: "seat.key", "the seat"),
        ExportedColumn(
          "minimum", .integer, from: "seat_rule.minimum", "at least so many; NULL: some, the source gives no number"),
        ExportedColumn("valid_from", .day, required: true, from: "seat_rule.valid_from", "the first day"),
        ExportedColumn(
          "valid_to", .day, from: "seat_rule.valid_to", "the first day after; NULL: not ended (half-open)"),
        status("seat_rule"), source("seat_rule"), note("seat_rule"),
      ], sourceOf: "seat_rule"),
  ]

  private static let responsibility = ExportedTable(
    "responsibility", "Who is responsible for a service: every body of a kind for its own people, or one body.",
    key: ["fact_key"],
    from: "responsibility LEFT JOIN service ON service.id = responsibility.service_id"
      + " LEFT JOIN organisation ON organisation.id = responsibility.organisation_id"
      + " LEFT JOIN kind ON kind.id = responsibility.kind_id"
      + " LEFT JOIN organisation AS beneficiary ON beneficiary.id = responsibility.for_id"
      + " LEFT JOIN change_event AS beginning ON beginning.id = responsibility.from_event_id"
      + " LEFT JOIN change_event AS ending ON ending.id = responsibility.to_event_id",
    recorded: "responsibility", order: "responsibility.id", indexes: [["service"], ["organisation"], ["kind"]],
    checks: ["valid_to > valid_from"],
    within: { scope in
      """
      (responsibility.organisation_id IS NULL OR responsibility.organisation_id IN named)
        AND (responsibility.for_id IS NULL OR responsibility.for_id IN named) AND \(scope.overlaps("responsibility"))
      """
    },
    columns: [
      factKey("responsibility"),
      ExportedColumn("service", .key, required: true, references: "service", from: "service.key", "the service"),
      organisation(
        "organisation", alias: "organisation", required: false, "the body that commissions; NULL: a kind does"),
      ExportedColumn(
        "kind", .key, references: "kind", from: "kind.key", "the kind of body that commissions; NULL: one body"),
      organisation(
        "beneficiary", alias: "beneficiary", required: false,
        "given: an exception, only for this body and what lies in it"),
      ExportedColumn(
        "nature", .key, required: true, from: "responsibility.nature", among: ["sole", "joint", "delegated"],
        "sole, joint, or delegated by another who stays responsible by law"),
    ] + period(of: "responsibility") + [source("responsibility"), note("responsibility")], sourceOf: "responsibility")
}
