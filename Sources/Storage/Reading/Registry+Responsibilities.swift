/// Who commissions what.
extension Registry {
  /// The service lines, in the order in which the register learnt them.
  package func services() throws(DatabaseError) -> [Service] {
    try database.query("SELECT key, name FROM service ORDER BY id") { Service(key: $0.text(0), name: $0.text(1)) }
  }

  /// Who is responsible for which service, by service and then in the order of time.
  package func responsibilities(knownIn revision: Int64 = latest) throws(DatabaseError) -> [Responsibility] {
    try database.query(
      """
      SELECT service.key, kind.key, organisation_id, for_id, nature, valid_from, valid_to, citation.title,
        citation.provision, responsibility.note
      FROM responsibility JOIN service ON service.id = service_id LEFT JOIN kind ON kind.id = kind_id
        LEFT JOIN citation ON citation.source_id = responsibility.source_id AND \(Self.known("citation"))
      WHERE \(Self.known("responsibility"))
      ORDER BY service.id, valid_from, responsibility.key
      """, [.integer(revision)]
    ) {
      Responsibility(
        service: $0.text(0), kind: $0.optionalText(1), organisation: $0.optionalOrganisation(2),
        beneficiary: $0.optionalOrganisation(3), nature: ResponsibilityNature(rawValue: $0.text(4)) ?? .sole,
        period: $0.period(5), source: $0.optionalText(7), provision: $0.optionalText(8), note: $0.optionalText(9))
    }
  }

  /// The bodies in which a unit of any partition, for example a practice, lies on `day`, in the order of their ids.
  /// Empty if no unit has this code, or if no source says where it lies.
  package func bodies(
    ofUnit code: String, on day: Day, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [OrganisationID] {
    let parcels = try database.query(
      """
      SELECT parcel.key FROM unit JOIN parcel ON parcel.id = parcel_id WHERE unit.code = ?2 AND \(Self.known("unit"))
      """, [.integer(revision), .text(code)]
    ) { $0.text(0) }
    guard !parcels.isEmpty else { return [] }
    var bodies: Set<OrganisationID> = []
    for parcel in try territory(on: day...day, knownIn: revision).parcels where parcels.contains(parcel.key) {
      for piece in parcel.pieces {
        if case .organisation(let body) = piece.place(on: day) { bodies.insert(body) }
      }
    }
    return bodies.sorted()
  }
}

/// Who is responsible for a service for a period.
package struct Responsibility: Sendable {
  /// The key of the service.
  package let service: String
  /// The kind whose bodies commission it, each for its own people. Nil if one body does.
  package let kind: String?
  package let organisation: OrganisationID?
  /// The only body, with what lies in it, for which this holds. Nil if it holds everywhere.
  package let beneficiary: OrganisationID?
  package let nature: ResponsibilityNature
  package let period: Period
  /// The title of its source.
  package let source: String?
  /// The place in the source.
  package let provision: String?
  package let note: String?
}
