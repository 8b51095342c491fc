extension Registry {
  /// Everything that was ever recorded about a body, in the order in which it was recorded.
  /// - Parameters:
  ///   - organisation: the id of the body.
  ///   - day: keeps only what was said to hold on it. Without a day, everything.
  ///   - revision: the last revision that counts.
  public func history(
    of organisation: OrganisationID, on day: Day? = nil, knownIn revision: Int64 = latest
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
    let body = try detail(word("organisation", organisation.number))
    // A link is dated by the day that its event had when it was recorded.
    let links = try versions(
      .succession,
      on: """
        (SELECT happened_on FROM event_detail AS detail
          WHERE detail.event_id = succession.event_id AND detail.opened_in <= succession.opened_in
            AND (detail.superseded_in IS NULL OR detail.superseded_in > succession.opened_in))
        """, where: "(predecessor_id = ?2 OR successor_id = ?2)", Value(organisation))
    let facts = body.datedFacts.filter { !$0.kind.schema.tiesBodies || $0["direction"] == "to" }
    let keys = facts.flatMap { [$0.startEvent, $0.endEvent] } + links.map { $0["event"] }
    var events: [FactVersion] = []
    for key in Set(keys.compactMap { $0 }).sorted() {
      events += try versions(
        .eventDetail, on: "happened_on", where: "event_id = (SELECT id FROM change_event WHERE key = ?2)", .text(key))
    }
    return facts + body[.claim] + events + links
  }

  /// All versions of facts that hold on one day, in the order in which they were recorded.
  /// - Parameters:
  ///   - day: the column that holds the day, or a query for it.
  ///   - condition: which rows are meant, in SQL. Its ?2 is `value`.
  private func versions(
    _ kind: FactKind, on day: String, where condition: String, _ value: Value
  ) throws(DatabaseError) -> [FactVersion] {
    let schema = kind.schema
    return try database.query(
      """
      SELECT key, \(day), source_id, note, opened_in, superseded_in, \(schema.columns.map(\.sql).joined(separator: ", "))
      FROM \(schema.table) WHERE \(condition) AND \(readable(schema.table)) ORDER BY id
      """, [.integer(revision), value]
    ) { row throws(DatabaseError) in
      var status = Certainty.stated
      var content: [(name: String, value: String)] = []
      for (position, column) in zip(6..., schema.columns) where column.sql != day && !row.isNull(position) {
        if case .status = column.type {
          status = row.certainty(position)
        } else if let table = column.type.referredTable {
          content.append((column.name, try word(table, row.integer(position))))
        } else {
          content.append((column.name, row.text(position)))
        }
      }
      return FactVersion(
        kind: kind, key: row.text(0), content: content, period: Period(row.day(1), row.day(1).next),
        firstDayStatus: status, lastDayStatus: status, startEvent: nil, endEvent: nil,
        source: try title(ofSource: row.optionalInteger(2)), note: row.optionalText(3), opened: row.integer(4),
        superseded: end(row.optionalInteger(5)))
    }
  }
}
