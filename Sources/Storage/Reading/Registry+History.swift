extension Registry {
  /// Everything that was ever recorded about a body, in the order in which it was recorded.
  /// - Parameters:
  ///   - organisation: the id of the body.
  ///   - day: keeps only what was said to hold on it. Without a day, everything.
  ///   - revision: the last revision that counts.
  public func history(
    of organisation: Int64, on day: Day? = nil, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [RecordedFact] {
    let times = Dictionary(uniqueKeysWithValues: try revisions().map { ($0.number, $0.recordedAt) })
    let reader = DetailReader(database, organisation: organisation, knownIn: revision, readsSuperseded: true)
    let versions = try reader.everything().enumerated().filter { _, version in
      day.map { version.period.contains($0) } ?? true
    }
    let ordered = versions.sorted { ($0.element.opened, $0.offset) < ($1.element.opened, $1.offset) }
    return ordered.map { _, version in
      RecordedFact(
        version: version, openedAt: times[version.opened] ?? "",
        supersededAt: version.superseded.flatMap { times[$0] })
    }
  }
}

extension DetailReader {
  /// All versions of all facts, kind by kind. Ties to bodies below are left out, because they belong to those bodies.
  fileprivate func everything() throws(DatabaseError) -> [FactVersion] {
    let body = try detail(word("organisation", organisation))
    let links = try links()
    let facts = body.datedFacts.filter { !$0.kind.schema.tiesBodies || $0["direction"] == "to" }
    let keys = facts.flatMap { [$0.startEvent, $0.endEvent] } + links.map { $0["event"] }
    var events: [FactVersion] = []
    for key in Set(keys.compactMap { $0 }).sorted() { events += try versions(of: key) }
    return facts + body[.claim] + events + links
  }

  /// The links that the body ever had, dated by the day that their event had when they were recorded.
  private func links() throws(DatabaseError) -> [FactVersion] {
    try database.query(
      """
      SELECT key, event_id, predecessor_id, successor_id, nature, status, source_id, note, opened_in, superseded_in, (
          SELECT happened_on FROM event_detail AS detail
          WHERE detail.event_id = succession.event_id AND detail.opened_in <= succession.opened_in
            AND (detail.superseded_in IS NULL OR detail.superseded_in > succession.opened_in))
      FROM succession WHERE (predecessor_id = ?2 OR successor_id = ?2) AND \(readable("succession"))
      ORDER BY id
      """, [.integer(revision), .integer(organisation)]
    ) { row throws(DatabaseError) in
      let content = [
        (name: "event", value: try self.word("change_event", row.integer(1))),
        (name: "predecessor", value: try self.word("organisation", row.integer(2))),
        (name: "successor", value: try self.word("organisation", row.integer(3))),
        (name: "nature", value: row.text(4)),
      ]
      return try self.version(.succession, row, content, on: row.day(10), from: 5)
    }
  }

  /// What was ever said of an event.
  private func versions(of event: String) throws(DatabaseError) -> [FactVersion] {
    try database.query(
      """
      SELECT event_detail.key, type, happened_on, operational_on, title, status, source_id, note,
        event_detail.opened_in, superseded_in
      FROM change_event JOIN event_detail ON event_id = change_event.id
      WHERE change_event.key = ?2 AND \(readable("event_detail")) ORDER BY event_detail.id
      """, [.integer(revision), .text(event)]
    ) { row throws(DatabaseError) in
      let content = [
        ("event", event), ("type", row.text(1)), ("operational_on", row.optionalText(3)),
        ("title", row.optionalText(4)),
      ].compactMap { name, value in value.map { (name: name, value: $0) } }
      return try self.version(.eventDetail, row, content, on: row.day(2), from: 5)
    }
  }

  /// A version of a fact of one day. The row has its key in the first column. From the column `first` on it has status,
  /// source, note and the two revisions.
  private func version(
    _ kind: FactKind, _ row: Statement, _ content: [(name: String, value: String)], on day: Day, from first: Int
  ) throws(DatabaseError) -> FactVersion {
    let status = Certainty(rawValue: row.text(first)) ?? .stated
    return FactVersion(
      kind: kind, key: row.text(0), content: content, period: Period(day, day.next), firstDayStatus: status,
      lastDayStatus: status,
      startEvent: nil, endEvent: nil, source: try title(ofSource: row.optionalInteger(first + 1)),
      note: row.optionalText(first + 2), opened: row.integer(first + 3),
      superseded: end(row.optionalInteger(first + 4)))
  }
}
