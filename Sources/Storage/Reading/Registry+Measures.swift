/// An amount of a body for a period, as published.
package struct MeasuredAmount: Sendable {
  package let organisation: OrganisationID
  package let period: Period
  package let amount: Double
  /// `final` or `indicative`, if the source says so.
  package let nature: String?
  package let source: String?
}

/// What a source says that a body held in a basis.
package struct Holding: Sendable {
  package let organisation: OrganisationID
  package let period: Period
  package let amount: Amount
}

extension Registry {
  /// What bodies held in a basis, by the measures whose kind has the same key.
  package func holdings(in basis: String, knownIn revision: Int64 = latest) throws(DatabaseError) -> [Holding] {
    try measures(ofKind: basis, knownIn: revision).compactMap { own in
      Amount(own.amount).map { Holding(organisation: own.organisation, period: own.period, amount: $0) }
    }
  }

  /// What can be measured of a body, in the order in which the register learnt it.
  package func measureKinds() throws(DatabaseError) -> [MeasureKind] {
    try database.query("SELECT key, name, unit_name FROM measure_kind ORDER BY id") {
      MeasureKind(key: $0.text(0), name: $0.text(1), unitName: $0.text(2))
    }
  }

  /// All amounts of a kind of measure, in the order of time.
  package func measures(ofKind kind: String, knownIn revision: Int64 = latest) throws(DatabaseError) -> [MeasuredAmount]
  {
    try database.query(
      """
      SELECT organisation_id, valid_from, valid_to, amount, nature, citation.title
      FROM measure JOIN measure_kind ON measure_kind.id = kind_id
        LEFT JOIN citation ON citation.source_id = measure.source_id AND \(Self.known("citation"))
      WHERE \(Self.known("measure")) AND measure_kind.key = ?2
      ORDER BY valid_from, organisation_id, measure.id
      """, [.integer(revision), .text(kind)]
    ) {
      MeasuredAmount(
        organisation: $0.organisation(0), period: $0.period(1), amount: $0.real(3), nature: $0.optionalText(4),
        source: $0.optionalText(5))
    }
  }
}
