/// Everything about one body, and the links between bodies.
extension Registry {
  /// - Parameter day: only the facts that hold on it; nil: all.
  public func detail(
    of organisation: Int64, on day: Day? = nil, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> OrganisationDetail? {
    guard let summary = try summaries(of: [organisation], on: day, knownIn: revision).first else { return nil }
    func statements(
      _ table: String, _ names: [String], _ columns: String, joining join: String = "",
      of owner: String = "organisation_id"
    ) throws(DatabaseError) -> [DatedStatement] {
      try database.query(
        """
        SELECT \(table).key, valid_from, valid_to, from_status, to_status, opening.key, closing.key, citation.title,
          \(table).note, \(columns)
        FROM \(table) \(join)
          LEFT JOIN change_event AS opening ON opening.id = from_event_id
          LEFT JOIN change_event AS closing ON closing.id = to_event_id
          LEFT JOIN citation ON citation.source_id = \(table).source_id AND \(Self.known("citation"))
        WHERE \(owner) = ?2 AND \(Self.known(table)) AND (?3 IS NULL OR \(Self.holds(table, on: "?3")))
        ORDER BY valid_from, \(table).key
        """, [.integer(revision), .integer(organisation), Value(day)]
      ) { Self.statement($0, names) }
    }
    let relationshipNames = ["kind", "direction", "organisation", "grade"]
    return OrganisationDetail(
      summary: summary,
      lives: try statements("life", ["timeline"], "timeline"),
      codes: try statements(
        "code", ["scheme", "value"], "scheme.key, value", joining: "JOIN scheme ON scheme.id = code.scheme_id"),
      names: try statements(
        "name", ["scheme", "value"], "scheme.key, value", joining: "JOIN scheme ON scheme.id = name.scheme_id"),
      roles: try statements(
        "role", ["kind", "asserted_by"], "kind.key, scheme.key",
        joining: "JOIN kind ON kind.id = role.kind_id LEFT JOIN scheme ON scheme.id = role.scheme_id"),
      relationships: try statements(
        "relationship", relationshipNames, "relationship_kind.key, 'to', other.key, grade",
        joining: """
          JOIN relationship_kind ON relationship_kind.id = relationship.kind_id
          JOIN organisation AS other ON other.id = relationship.superior_id
          """)
        + statements(
          "relationship", relationshipNames, "relationship_kind.key, 'from', other.key, grade",
          joining: """
            JOIN relationship_kind ON relationship_kind.id = relationship.kind_id
            JOIN organisation AS other ON other.id = relationship.organisation_id
            """, of: "superior_id"),
      measures: try statements(
        "measure", ["kind", "amount", "unit", "nature"], "measure_kind.key, amount, measure_kind.unit_name, nature",
        joining: "JOIN measure_kind ON measure_kind.id = measure.kind_id"),
      events: try events(of: organisation, on: day, knownIn: revision))
  }

  private static func statement(_ row: Statement, _ names: [String]) -> DatedStatement {
    var content: [(name: String, value: String)] = []
    for (index, name) in names.enumerated() {
      if let value = row.optionalText(9 + index) { content.append((name, value)) }
    }
    return DatedStatement(
      key: row.text(0), content: content, firstDay: row.day(1), lastDay: row.optionalDay(2)?.previous,
      firstDayStatus: Certainty(rawValue: row.text(3)) ?? .stated,
      lastDayStatus: Certainty(rawValue: row.text(4)) ?? .stated, startEvent: row.optionalText(5),
      endEvent: row.optionalText(6), source: row.optionalText(7), note: row.optionalText(8))
  }

  /// The events that link a body to others, or date a fact of it, in the order of time.
  private func events(of organisation: Int64, on day: Day?, knownIn revision: Int64) throws(DatabaseError)
    -> [EventSummary]
  {
    let dated = ["life", "code", "name", "role", "relationship"].map { table in
      """
      UNION SELECT from_event_id FROM \(table) WHERE organisation_id = ?2 AND \(Self.known(table))
      UNION SELECT to_event_id FROM \(table) WHERE organisation_id = ?2 AND \(Self.known(table))
      """
    }
    let events = try database.query(
      """
      SELECT change_event.id, change_event.key, type, happened_on, event_detail.title, status, citation.title
      FROM change_event JOIN event_detail ON event_detail.event_id = change_event.id AND \(Self.known("event_detail"))
        LEFT JOIN citation ON citation.source_id = event_detail.source_id AND \(Self.known("citation"))
      WHERE (?3 IS NULL OR happened_on = ?3) AND change_event.id IN (
        SELECT event_id FROM succession WHERE ?2 IN (predecessor_id, successor_id) AND \(Self.known("succession"))
        \(dated.joined(separator: "\n")))
      ORDER BY happened_on, change_event.key
      """, [.integer(revision), .integer(organisation), Value(day)]
    ) { row in
      (
        id: row.integer(0),
        summary: EventSummary(
          key: row.text(1), type: EventType(rawValue: row.text(2)) ?? .succession, day: row.day(3),
          title: row.optionalText(4), status: Certainty(rawValue: row.text(5)) ?? .stated, source: row.optionalText(6),
          predecessors: [], successors: [])
      )
    }
    var result: [EventSummary] = []
    for (id, event) in events {
      var summary = event
      let links = try database.query(
        """
        SELECT predecessor.key, successor.key FROM succession
          JOIN organisation AS predecessor ON predecessor.id = predecessor_id
          JOIN organisation AS successor ON successor.id = successor_id
        WHERE event_id = ?2 AND \(Self.known("succession")) AND ?3 IN (predecessor_id, successor_id)
        ORDER BY predecessor.key, successor.key
        """, [.integer(revision), .integer(id), .integer(organisation)]
      ) { ($0.text(0), $0.text(1)) }
      for (predecessor, successor) in links {
        if !summary.predecessors.contains(predecessor) { summary.predecessors.append(predecessor) }
        if !summary.successors.contains(successor) { summary.successors.append(successor) }
      }
      result.append(summary)
    }
    return result
  }

  /// All links between bodies, in the order of time.
  /// - Parameters:
  ///   - kind: one of the two bodies has it on the day of the link (or the day before).
  ///   - firstDay, lastDay: the days of the events, both inclusive.
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
        event: $0.text(0), eventID: $0.integer(1), type: EventType(rawValue: $0.text(2)) ?? .succession, day: $0.day(3),
        predecessor: $0.integer(4), successor: $0.integer(5),
        nature: SuccessionNature(rawValue: $0.text(6)) ?? .territory,
        status: Certainty(rawValue: $0.text(7)) ?? .stated,
        source: $0.optionalText(8))
    }
  }
}
