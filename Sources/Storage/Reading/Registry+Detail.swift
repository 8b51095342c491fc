/// Everything about one body, and the links between bodies.
extension Registry {
  /// - Parameter day: only the facts that hold on it; nil: all.
  public func detail(
    of organisation: Int64, on day: Day? = nil, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> OrganisationDetail? {
    let key = try database.first(
      "SELECT key FROM organisation WHERE id = ?2 AND opened_in <= ?1", [.integer(revision), .integer(organisation)]
    ) { $0.text(0) }
    guard let key else { return nil }
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
        WHERE \(owner) = ?2 AND \(Self.known(table))
        ORDER BY valid_from, \(table).key
        """, [.integer(revision), .integer(organisation)]
      ) { Self.statement($0, names) }
    }
    let relationshipNames = ["kind", "direction", "organisation", "grade"]
    var detail = OrganisationDetail(
      summary: OrganisationSummary(id: organisation, key: key),
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
      events: [])
    let dating = (detail.lives + detail.codes + detail.names + detail.roles + detail.relationships)
      .filter { $0["direction"] != "from" }
    detail.events = try events(
      of: organisation, and: Set(dating.flatMap { [$0.startEvent, $0.endEvent] }.compactMap { $0 }), on: day,
      knownIn: revision)
    detail.summary = BodyFacts(detail).summary(
      organisation, key, on: day, timeline: .legal, schemes: try schemes(), kinds: try kinds().map(\.key))
    if let day { detail.keepOnly(day) }
    return detail
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

  /// The events with these keys, and those that link the body to others, in the order of time.
  /// - Parameter day: only those of this day.
  private func events(
    of organisation: Int64, and keys: Set<String>, on day: Day?, knownIn revision: Int64
  ) throws(DatabaseError) -> [EventSummary] {
    let links = Dictionary(
      grouping: try database.query(
        """
        SELECT change_event.key, predecessor.key, successor.key FROM succession
          JOIN change_event ON change_event.id = event_id
          JOIN organisation AS predecessor ON predecessor.id = predecessor_id
          JOIN organisation AS successor ON successor.id = successor_id
        WHERE (predecessor_id = ?2 OR successor_id = ?2) AND \(Self.known("succession"))
        ORDER BY predecessor.key, successor.key
        """, [.integer(revision), .integer(organisation)]
      ) { (event: $0.text(0), predecessor: $0.text(1), successor: $0.text(2)) }, by: \.event)
    let list = Self.list(keys.union(links.keys).sorted())
    return try database.query(
      """
      SELECT change_event.key, event_detail.type, happened_on, event_detail.title, status, citation.title
      FROM json_each(?2) JOIN change_event ON change_event.key = json_each.value
        JOIN event_detail ON event_detail.event_id = change_event.id AND \(Self.known("event_detail"))
        LEFT JOIN citation ON citation.source_id = event_detail.source_id AND \(Self.known("citation"))
      ORDER BY happened_on, change_event.key
      """, [.integer(revision), list]
    ) { row in
      let own = links[row.text(0)] ?? []
      return EventSummary(
        key: row.text(0), type: EventType(rawValue: row.text(1)) ?? .succession, day: row.day(2),
        title: row.optionalText(3), status: Certainty(rawValue: row.text(4)) ?? .stated, source: row.optionalText(5),
        predecessors: Set(own.map(\.predecessor)).sorted(), successors: Set(own.map(\.successor)).sorted())
    }.filter { event in day.map { $0 == event.day } ?? true }
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

extension OrganisationDetail {
  fileprivate mutating func keepOnly(_ day: Day) {
    func holds(_ statement: DatedStatement) -> Bool { statement.period.contains(day) }
    lives = lives.filter(holds)
    codes = codes.filter(holds)
    names = names.filter(holds)
    roles = roles.filter(holds)
    relationships = relationships.filter(holds)
    measures = measures.filter(holds)
  }
}

extension BodyFacts {
  fileprivate init(_ detail: OrganisationDetail) {
    codes = detail.codes.map { ($0["scheme"] ?? "", $0["value"] ?? "", $0.period) }
    names = detail.names.map { ($0["scheme"] ?? "", $0["value"] ?? "", $0.period) }
    roles = detail.roles.map { ($0["kind"] ?? "", $0.period) }
    lives = detail.lives.map {
      (Timeline(rawValue: $0["timeline"] ?? "") ?? .legal, $0.period, $0.firstDayStatus, $0.lastDayStatus)
    }
  }
}
