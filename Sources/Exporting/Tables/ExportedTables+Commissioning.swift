/// Who commissions what, and who sits in governing bodies. Names of persons never go out in tables: a holder is a key.
extension ExportedTable {
  static let commissioning =
    [
      ExportedTable(
        "service", "A service line, in the words of whoever says who commissions it.", key: ["service"],
        from: "service",
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
      ofKind(
        .responsibility, indexes: [["service"], ["organisation"], ["kind"]],
        within: { scope in
          """
          (responsibility.organisation_id IS NULL OR responsibility.organisation_id IN named)
            AND (responsibility.for_id IS NULL OR responsibility.for_id IN named) AND \(scope.overlaps("responsibility"))
          """
        }),
      ofKind(.appointment, indexes: [["seat"]]),
    ] + otherFacts + [
      ofKind(
        .seatRule, checks: ["valid_to > valid_from", "minimum > 0"], within: { $0.overlaps("seat_rule") })
    ]
}
