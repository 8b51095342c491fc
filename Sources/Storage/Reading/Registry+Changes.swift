/// What happened on one day to one or more bodies: an event, or facts that changed without one.
public struct Happening: Sendable {
  /// The day on which it happened.
  public let day: Day
  /// What type of event it is.
  public let type: EventType
  /// The key of the event. Nil if facts changed without one.
  public let event: String?
  /// What happened, in a few words.
  public let title: String?
  /// The title of the source.
  public let source: String?
  /// The ids of bodies that began.
  public internal(set) var opened: Set<OrganisationID> = []
  /// The ids of bodies that ended.
  public internal(set) var closed: Set<OrganisationID> = []
  /// The ids of bodies that were succeeded.
  public internal(set) var predecessors: Set<OrganisationID> = []
  /// The ids of bodies that succeeded them.
  public internal(set) var successors: Set<OrganisationID> = []
  /// Bodies that went on with another code, name, role or parent.
  public internal(set) var changed: Set<OrganisationID> = []
}

extension Registry {
  /// Everything that happened from `firstDay` to `lastDay`, both inclusive, in the order of time.
  public func happenings(
    from firstDay: Day, to lastDay: Day, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [Happening] {
    let values: [Value] = [.integer(revision), Value(firstDay), Value(lastDay)]
    var happenings = try database.query(
      """
      SELECT happened_on, event_detail.type, change_event.key, event_detail.title, citation.title
      FROM event_detail JOIN change_event ON change_event.id = event_id
        LEFT JOIN citation ON citation.source_id = event_detail.source_id AND \(Self.known("citation"))
      WHERE \(Self.known("event_detail")) AND happened_on BETWEEN ?2 AND ?3
      ORDER BY happened_on, change_event.key
      """, values
    ) {
      Happening(
        day: $0.day(0), type: EventType(rawValue: $0.text(1)) ?? .succession, event: $0.text(2),
        title: $0.optionalText(3), source: $0.optionalText(4))
    }
    let index = Dictionary(uniqueKeysWithValues: happenings.enumerated().map { ($1.event ?? "", $0) })
    for link in try successions(from: firstDay, to: lastDay, knownIn: revision) {
      guard let index = index[link.event] else { continue }
      happenings[index].predecessors.insert(link.predecessor)
      happenings[index].successors.insert(link.successor)
    }
    for (table, isStart) in [
      ("life", true), ("life", false), ("code", true), ("name", true), ("role", true), ("relationship", true),
    ] {
      try database.each(
        """
        SELECT change_event.key, organisation_id FROM \(table)
          JOIN change_event ON change_event.id = \(isStart ? "from_event_id" : "to_event_id")
          JOIN event_detail ON event_detail.event_id = change_event.id
        WHERE \(Self.known(table)) AND \(Self.known("event_detail")) AND happened_on BETWEEN ?2 AND ?3
        """, values
      ) { row in
        guard let index = index[row.text(0)] else { return }
        switch (table, isStart) {
        case ("life", true): happenings[index].opened.insert(row.organisation(1))
        case ("life", false): happenings[index].closed.insert(row.organisation(1))
        default: happenings[index].changed.insert(row.organisation(1))
        }
      }
    }
    for index in happenings.indices {
      happenings[index].changed.subtract(happenings[index].opened.union(happenings[index].closed))
    }
    return (happenings + (try changesWithoutEvent(values))).sorted {
      ($0.day, $0.event ?? "\u{10FFFF}", $0.type.rawValue) < ($1.day, $1.event ?? "\u{10FFFF}", $1.type.rawValue)
    }
  }

  /// Names, codes and parents that changed without an event: one happening for each day and type.
  private func changesWithoutEvent(_ values: [Value]) throws(DatabaseError) -> [Happening] {
    var happenings: [Happening] = []
    for (table, type, same) in [
      ("code", EventType.recode, "before.scheme_id = this.scheme_id"),
      ("name", .rename, "before.scheme_id = this.scheme_id"),
      ("relationship", .reparenting, "before.kind_id = this.kind_id"),
    ] {
      let rows = try database.query(
        """
        SELECT DISTINCT this.valid_from, this.organisation_id FROM \(table) AS this
        JOIN \(table) AS before ON before.organisation_id = this.organisation_id AND before.valid_to = this.valid_from
          AND \(same) AND \(Self.known("before"))
        WHERE \(Self.known("this")) AND this.from_event_id IS NULL AND this.valid_from BETWEEN ?2 AND ?3
        ORDER BY this.valid_from
        """, values
      ) { ($0.day(0), $0.organisation(1)) }
      for (day, rows) in Dictionary(grouping: rows, by: \.0) {
        happenings.append(
          Happening(day: day, type: type, event: nil, title: nil, source: nil, changed: Set(rows.map(\.1))))
      }
    }
    return happenings
  }
}
