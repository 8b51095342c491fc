extension Registry {
  /// The source of each event that has one, by the key of the event.
  package func eventSources(knownIn revision: Int64 = latest) throws(DatabaseError) -> [String: String] {
    let rows = try database.query(
      """
      SELECT change_event.key, citation.title
      FROM event_detail JOIN change_event ON change_event.id = event_detail.event_id
        JOIN citation ON citation.source_id = event_detail.source_id AND \(Self.known("citation"))
      WHERE \(Self.known("event_detail"))
      """, [.integer(revision)]
    ) { ($0.text(0), $0.text(1)) }
    return Dictionary(rows, uniquingKeysWith: { first, _ in first })
  }

  /// All links between bodies, in the order of time.
  /// - Parameters:
  ///   - kind: a kind that the successor has on the day of the link, or the predecessor the day before.
  ///   - firstDay: leaves out earlier events. Nil means no limit.
  ///   - lastDay: leaves out later events. Nil means no limit.
  ///   - revision: the revision whose knowledge counts.
  public func successions(
    kind: String? = nil, from firstDay: Day? = nil, to lastDay: Day? = nil, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [SuccessionLink] {
    try database.query(
      """
      SELECT change_event.key, change_event.id, type, happened_on, predecessor_id, successor_id, nature, succession.status,
        citation.title
      FROM succession JOIN change_event ON change_event.id = succession.event_id
        JOIN event_detail ON event_detail.event_id = succession.event_id AND \(Self.known("event_detail"))
        LEFT JOIN citation ON citation.source_id = succession.source_id AND \(Self.known("citation"))
      WHERE \(Self.known("succession"))
        AND happened_on BETWEEN ifnull(?3, '0001-01-01') AND ifnull(?4, '9999-12-31')
        AND (?2 IS NULL OR EXISTS (
          SELECT 1 FROM role JOIN kind ON kind.id = kind_id
          WHERE kind.key = ?2 AND organisation_id = predecessor_id AND \(Self.known("role"))
            AND valid_from < happened_on AND (valid_to IS NULL OR valid_to >= happened_on))
        OR EXISTS (
          SELECT 1 FROM role JOIN kind ON kind.id = kind_id
          WHERE kind.key = ?2 AND organisation_id = successor_id AND \(Self.known("role"))
            AND \(Self.holds("role", on: "happened_on"))))
      ORDER BY happened_on, change_event.key, predecessor_id, successor_id
      """, [.integer(revision), Value(kind), Value(firstDay), Value(lastDay)]
    ) {
      SuccessionLink(
        event: $0.text(0), eventID: $0.event(1), type: EventType(rawValue: $0.text(2)) ?? .succession, day: $0.day(3),
        predecessor: $0.organisation(4), successor: $0.organisation(5),
        nature: SuccessionNature(rawValue: $0.text(6)) ?? .territory, status: $0.certainty(7),
        source: $0.optionalText(8))
    }
  }

  /// The bodies that succeed a body on `day`, each with what it got, in the order of their keys.
  package func successors(
    of body: OrganisationID, on day: Day
  ) throws(DatabaseError) -> [(key: String, nature: SuccessionNature)] {
    try links(of: body, "predecessor_id", to: "successor_id", on: day)
  }

  /// The bodies that a body succeeds on `day`, each with what it gave, in the order of their keys.
  package func predecessors(
    of body: OrganisationID, on day: Day
  ) throws(DatabaseError) -> [(key: String, nature: SuccessionNature)] {
    try links(of: body, "successor_id", to: "predecessor_id", on: day)
  }

  private func links(
    of body: OrganisationID, _ near: String, to far: String, on day: Day
  ) throws(DatabaseError) -> [(key: String, nature: SuccessionNature)] {
    try database.query(
      """
      SELECT organisation.key, nature
      FROM succession JOIN organisation ON organisation.id = \(far)
        JOIN event_detail ON event_detail.event_id = succession.event_id AND event_detail.superseded_in IS NULL
      WHERE \(near) = ?1 AND happened_on = ?2 AND succession.superseded_in IS NULL
      ORDER BY organisation.key
      """, [Value(body), Value(day)]
    ) { ($0.text(0), SuccessionNature(rawValue: $0.text(1)) ?? .territory) }
  }
}
