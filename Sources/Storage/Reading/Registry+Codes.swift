/// All codes of the register at once, for files that contain many of them.
extension Registry {
  /// All codes of all schemes, in the order of time. Then the permanent keys, as codes without a scheme, for the lives
  /// of their bodies.
  package func datedCodes(knownIn revision: Int64 = latest) throws(DatabaseError) -> [DatedCode] {
    let codes = try database.query(
      """
      SELECT value, scheme.key, organisation_id, valid_from, valid_to
      FROM code JOIN scheme ON scheme.id = scheme_id WHERE \(Self.known("code"))
      ORDER BY valid_from, organisation_id
      """, [.integer(revision)]
    ) { DatedCode(value: $0.text(0), scheme: $0.text(1), organisation: $0.organisation(2), period: $0.period(3)) }
    let keys = try database.query(
      """
      SELECT organisation.key, life.organisation_id, valid_from, valid_to
      FROM life JOIN organisation ON organisation.id = life.organisation_id WHERE \(Self.known("life"))
      ORDER BY valid_from, life.organisation_id
      """, [.integer(revision)]
    ) { DatedCode(value: $0.text(0), scheme: nil, organisation: $0.organisation(1), period: $0.period(2)) }
    return codes + keys
  }

  /// Every unit with its parcel. A code that two partitions use occurs twice.
  package func placedUnits(knownIn revision: Int64 = latest) throws(DatabaseError) -> [PlacedUnit] {
    try database.query(
      """
      SELECT unit.code, partition.key, parcel.key
      FROM unit JOIN parcel ON parcel.id = parcel_id JOIN partition ON partition.id = unit.partition_id
      WHERE \(Self.known("unit"))
      """, [.integer(revision)]
    ) { PlacedUnit(code: $0.text(0), partition: $0.text(1), parcel: $0.text(2)) }
  }

  /// The partitions that have units with these codes, by code, in the order of the vocabulary. Other codes are left out.
  package func partitions(
    ofUnits codes: [String], knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [String: [String]] {
    var found: [String: [String]] = [:]
    guard !codes.isEmpty else { return found }
    // All units are read once. An index of the current ones is no help for what the register once knew.
    try database.each(
      """
      SELECT unit.code, partition.key
      FROM unit CROSS JOIN partition ON partition.id = unit.partition_id
      WHERE unit.code IN (SELECT value FROM json_each(?2)) AND \(Self.known("unit")) ORDER BY partition.id
      """, [.integer(revision), Self.list(codes)]
    ) { found[$0.text(0), default: []].append($0.text(1)) }
    return found
  }

  /// The days of units themselves, by partition and code, where a source says them.
  package func livesOfUnits(knownIn revision: Int64 = latest) throws(DatabaseError) -> [String: [String: Period]] {
    var lives: [String: [String: Period]] = [:]
    try database.each(
      """
      SELECT partition.key, unit.code, valid_from, valid_to FROM unit JOIN partition ON partition.id = partition_id
      WHERE \(Self.known("unit")) AND (valid_from IS NOT NULL OR valid_to IS NOT NULL)
      """, [.integer(revision)]
    ) { lives[$0.text(0), default: [:]][$0.text(1)] = $0.period(2) }
    return lives
  }

  /// The first day on which any body lives. Nil if there are no bodies.
  package func firstDay(knownIn revision: Int64 = latest) throws(DatabaseError) -> Day? {
    try database.first("SELECT min(valid_from) FROM life WHERE \(Self.known("life"))", [.integer(revision)]) {
      $0.optionalDay(0)
    } ?? nil
  }

  /// The days on which codes, roles or relationships begin or end, in the order of time.
  package func daysOfChange(knownIn revision: Int64 = latest) throws(DatabaseError) -> [Day] {
    let tables = ["code", "role", "relationship"]
    let days = tables.flatMap { table in
      ["valid_from", "valid_to"].map { "SELECT \($0) AS day FROM \(table) WHERE \(Self.known(table))" }
    }
    return try database.query(
      "SELECT day FROM (\(days.joined(separator: " UNION "))) WHERE day IS NOT NULL ORDER BY day", [.integer(revision)]
    ) { $0.day(0) }
  }
}

/// A code or permanent key of a body for a period.
package struct DatedCode: Hashable, Sendable {
  package let value: String
  /// Nil if the value is a permanent key.
  package let scheme: String?
  package let organisation: OrganisationID
  package let period: Period

  package init(value: String, scheme: String?, organisation: OrganisationID, period: Period) {
    (self.value, self.scheme, self.organisation, self.period) = (value, scheme, organisation, period)
  }
}
