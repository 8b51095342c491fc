/// What the lint commands compare the codes of a file with.

/// A kind that a body had for a time.
package struct DatedKind: Hashable, Sendable {
  package let organisation: OrganisationID
  package let kind: String
  package let period: Period
}

extension Registry {
  /// All codes, and the permanent keys of all bodies, cut to the lives of the bodies, in the order of time. The legal
  /// life counts, or else the operational one.
  package func codesOfLivingOrganisations(knownIn revision: Int64 = latest) throws(DatabaseError) -> [DatedCode] {
    try database.query(
      """
      WITH effective AS (
        SELECT organisation_id, valid_from, ifnull(valid_to, '9999-12-31') AS valid_to FROM life AS this
        WHERE \(Self.known("this")) AND (timeline = 'legal' OR NOT EXISTS (
          SELECT 1 FROM life AS other
          WHERE other.organisation_id = this.organisation_id AND other.timeline = 'legal' AND \(Self.known("other"))))
      ), used AS (
        SELECT scheme.key AS scheme, value, code.organisation_id, max(code.valid_from, effective.valid_from) AS first,
          min(ifnull(code.valid_to, '9999-12-31'), effective.valid_to) AS last
        FROM code JOIN scheme ON scheme.id = scheme_id
          JOIN effective ON effective.organisation_id = code.organisation_id
        WHERE \(Self.known("code"))
        UNION ALL
        SELECT NULL, organisation.key, organisation_id, valid_from, valid_to
        FROM effective JOIN organisation ON organisation.id = organisation_id
      )
      SELECT scheme, value, organisation_id, first, nullif(last, '9999-12-31') FROM used
      WHERE first < last ORDER BY first, organisation_id, value
      """, [.integer(revision)]
    ) {
      DatedCode(value: $0.text(1), scheme: $0.optionalText(0), organisation: $0.organisation(2), period: $0.period(3))
    }
  }

  /// The kinds of all bodies, in the order of time, including those that only the owner of one scheme asserts.
  package func datedKinds(knownIn revision: Int64 = latest) throws(DatabaseError) -> [DatedKind] {
    try database.query(
      """
      SELECT DISTINCT organisation_id, kind.key, valid_from, valid_to FROM role JOIN kind ON kind.id = kind_id
      WHERE \(Self.known("role")) ORDER BY valid_from, organisation_id, kind.id
      """, [.integer(revision)]
    ) { DatedKind(organisation: $0.organisation(0), kind: $0.text(1), period: $0.period(2)) }
  }
}
