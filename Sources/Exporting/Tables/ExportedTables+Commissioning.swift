import RegistryStorage

/// Who commissions what, and who sits in governing bodies. Tables never hold names of persons: a holder is a key.
extension ExportedTable {
  static let commissioning: [ExportedTable] =
    [
      ofWords(.service), ofWords(.seat),
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
        .seatRule, checks: ["valid_to > valid_from", "minimum > 0"], within: { $0.overlaps("seat_rule") }),
      ofKind(.mayStandUnder),
    ]
}
