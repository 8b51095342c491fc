/// What data entry asks before it states an event.
extension Registry {
  /// Whether anything is stated about a body. Nothing is, once all that was stated is undone.
  package func isDescribed(organisation key: String) throws(DatabaseError) -> Bool {
    let facts = FactKind.ofBodies.map { kind in
      "SELECT 1 FROM \(kind.schema.table) WHERE \(kind.schema.columns[kind.schema.owner].sql) = body.id "
        + "AND superseded_in IS NULL"
    }
    return try database.hasRow(
      "SELECT 1 FROM organisation AS body WHERE key = ?1 AND EXISTS (\(facts.joined(separator: " UNION ALL ")))",
      [.text(key)])
  }

  /// Whether a source is described. It is not, once its description is undone.
  package func hasSource(_ key: String) throws(DatabaseError) -> Bool {
    try database.hasRow(
      """
      SELECT 1 FROM source JOIN citation ON citation.source_id = source.id
      WHERE source.key = ?1 AND superseded_in IS NULL
      """, [.text(key)])
  }

  /// The key of the source that is cited by this instrument, year and number, or by this title.
  package func source(cited citation: Citation) throws(DatabaseError) -> String? {
    try database.first(
      """
      SELECT source.key FROM citation JOIN source ON source.id = citation.source_id
      WHERE superseded_in IS NULL AND (title = ?1 OR instrument = ?2 AND year = ?3 AND number = ?4)
      ORDER BY source.id
      """,
      [
        .text(citation.title), Value(citation.instrument?.rawValue), Value(citation.year.map(Int64.init)),
        Value(citation.number),
      ]
    ) { $0.text(0) }
  }

  /// Whether any body has this name on `day`, in any scheme.
  package func isNameTaken(_ name: String, on day: Day) throws(DatabaseError) -> Bool {
    try database.hasRow(
      "SELECT 1 FROM name WHERE value = ?1 AND superseded_in IS NULL AND \(Self.holds("name", on: "?2"))",
      [.text(name), Value(day)])
  }

  /// The day and the source of the event that was recorded last, if any was recorded since the register was made.
  package func lastEntry() throws(DatabaseError) -> (day: Day, source: Suggestion?)? {
    try database.first(
      """
      SELECT happened_on, source.key, citation.title
      FROM event_detail LEFT JOIN source ON source.id = event_detail.source_id
        LEFT JOIN citation ON citation.source_id = source.id AND citation.superseded_in IS NULL
      WHERE event_detail.opened_in = (SELECT max(opened_in) FROM event_detail WHERE superseded_in IS NULL)
        AND event_detail.opened_in > 1 AND event_detail.superseded_in IS NULL
      ORDER BY event_detail.id DESC LIMIT 1
      """
    ) { row in
      (row.day(0), row.optionalText(1).map { Suggestion($0, row.optionalText(2) ?? $0) })
    }
  }

  package func relationshipKinds() throws(DatabaseError) -> [RelationshipKind] {
    try database.query("SELECT key, name, is_parent FROM relationship_kind ORDER BY id") {
      RelationshipKind(key: $0.text(0), name: $0.text(1), isParent: $0.integer(2) != 0)
    }
  }

  /// The keys of the partitions, in the order in which they are asked where a body lies.
  package func partitions() throws(DatabaseError) -> [String] {
    try database.query("SELECT key FROM partition ORDER BY id") { $0.text(0) }
  }

  /// What sources measured of the units of a partition, by basis and unit.
  package func amounts(ofUnitsIn partition: String) throws(DatabaseError) -> [String: [String: Double]] {
    var amounts: [String: [String: Double]] = [:]
    try database.each(
      """
      SELECT basis.key, unit_code, amount
      FROM unit_amount JOIN basis ON basis.id = basis_id JOIN partition ON partition.id = basis.partition_id
      WHERE partition.key = ?1 AND unit_amount.superseded_in IS NULL
      """, [.text(partition)]
    ) { amounts[$0.text(0), default: [:]][$0.text(1)] = $0.real(2) }
    return amounts
  }

  /// The units that lie wholly in a body on `day`.
  package func units(in organisation: OrganisationID, on day: Day) throws(DatabaseError) -> [PlacedUnit] {
    try database.query(
      """
      SELECT unit.code, partition.key, parcel.key
      FROM unit JOIN parcel ON parcel.id = unit.parcel_id JOIN partition ON partition.id = unit.partition_id
      WHERE unit.superseded_in IS NULL AND parcel.id IN (
        SELECT piece.parcel_id FROM placement JOIN piece ON piece.id = placement.piece_id
        WHERE placement.organisation_id = ?1 AND \(Self.holds("placement", on: "?2")))
      ORDER BY unit.code
      """, [Value(organisation), Value(day)]
    ) { PlacedUnit(code: $0.text(0), partition: $0.text(1), parcel: $0.text(2)) }
  }

  /// Where the units of a partition lie on `day`: the permanent keys of the bodies, by the code of the unit. A unit
  /// without bodies lies where no source says. A unit with several has a parcel that is divided among them. The result
  /// is empty if the register has no such partition.
  package func bodies(ofUnitsIn partition: String, on day: Day) throws(DatabaseError) -> [String: [String]] {
    var bodies: [String: [String]] = [:]
    try database.each(
      """
      SELECT DISTINCT unit.code, organisation.key
      FROM unit JOIN partition ON partition.id = unit.partition_id
        LEFT JOIN piece ON piece.parcel_id = unit.parcel_id
        LEFT JOIN placement ON placement.piece_id = piece.id AND \(Self.holds("placement", on: "?2"))
        LEFT JOIN organisation ON organisation.id = placement.organisation_id
      WHERE unit.superseded_in IS NULL AND partition.key = ?1
      ORDER BY organisation.key
      """, [.text(partition), Value(day)]
    ) { bodies[$0.text(0), default: []] += $0.optionalText(1).map { [$0] } ?? [] }
    return bodies
  }
}

/// A unit and the parcel that holds it.
package struct PlacedUnit: Sendable {
  package let code: String
  package let partition: String
  package let parcel: String
}
