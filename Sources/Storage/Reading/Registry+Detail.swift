extension Registry {
  /// Everything about one body.
  /// - Parameters:
  ///   - organisation: the id of the body.
  ///   - day: keeps only the facts that hold on it. Without a day, all facts.
  ///   - revision: the revision whose knowledge counts.
  /// - Returns: nil if there is no such body.
  public func detail(
    of organisation: OrganisationID, on day: Day? = nil, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> OrganisationDetail? {
    let key = try database.first(
      "SELECT key FROM organisation WHERE id = ?2 AND opened_in <= ?1", [.integer(revision), Value(organisation)]
    ) { $0.text(0) }
    guard let key else { return nil }
    let reader = DetailReader(database, organisation: organisation, knownIn: revision)
    var detail = try reader.detail(key)
    detail.organisation = OrganisationFacts(detail).organisation(
      organisation, key, on: day, timeline: .legal, schemes: try schemes(), kinds: reader.kinds)
    if let day { detail.keepOnly(day) }
    return detail
  }
}

/// Reads the facts of one body, and the words behind the ids in them.
///
/// It looks up each word once and sorts the facts itself. For one body this is faster than a query that joins and
/// sorts, because compiling such a query takes longer than running it.
final class DetailReader {
  let database: Database
  let organisation: OrganisationID
  let revision: Int64
  /// Whether it also reads facts that were superseded by then.
  private let readsSuperseded: Bool
  private var words: [String: [Int64: String]] = [:]

  init(_ database: Database, organisation: OrganisationID, knownIn revision: Int64, readsSuperseded: Bool = false) {
    self.database = database
    self.organisation = organisation
    self.revision = revision
    self.readsSuperseded = readsSuperseded
  }

  /// The kinds that occurred so far, in the order of the register.
  var kinds: [String] { (words["kind"] ?? [:]).sorted { $0.key < $1.key }.map(\.value) }

  func detail(_ key: String) throws(DatabaseError) -> OrganisationDetail {
    var detail = OrganisationDetail(organisation: Organisation(id: organisation, key: key))
    var dating: Set<String> = []
    for kind in FactKind.dated {
      let schema = kind.schema
      let own = try versions(kind, by: schema.owner)
      dating.formUnion(own.flatMap { [$0.startEvent, $0.endEvent].compactMap { $0 } })
      // One fact may name the body in both columns: a body can commission for itself alone.
      let others = try schema.otherBody.map { column throws(DatabaseError) in try versions(kind, by: column) } ?? []
      let known = Set(own.map(\.key))
      detail.facts[kind] = own + (schema.tiesBodies ? others : others.filter { !known.contains($0.key) })
    }
    detail.facts[.claim] = try published()
    detail.events = try events(and: dating)
    return detail
  }

  /// Claims. Their days are those of the publication, so none is derived or unknown.
  private func published() throws(DatabaseError) -> [FactVersion] {
    try database.query(
      """
      SELECT key, claimed_from, claimed_to, topic, measure_kind_id, value, source_id, note, opened_in, superseded_in
      FROM claim WHERE organisation_id = ?2 AND \(readable("claim"))
      """, [.integer(revision), Value(organisation)]
    ) { row throws(DatabaseError) in
      let measure = try self.optionalWord("measure_kind", row.optionalInteger(4))
      return FactVersion(
        kind: .claim, key: row.text(0),
        content: [("topic", row.optionalText(3) ?? measure ?? ""), ("value", row.text(5))],
        period: row.period(1), firstDayStatus: .stated, lastDayStatus: .stated, startEvent: nil, endEvent: nil,
        source: try self.title(ofSource: row.optionalInteger(6)), note: row.optionalText(7), opened: row.integer(8),
        superseded: self.end(row.optionalInteger(9)))
    }.sorted { ($0.firstDay, $0.key) < ($1.firstDay, $1.key) }
  }

  /// Reads a whole number without a decimal point, if SQLite keeps it to the last digit.
  static func plain(_ column: String) -> String {
    "iif(abs(\(column)) < 1e15 AND \(column) = round(\(column)), CAST(\(column) AS INTEGER), \(column))"
  }

  /// The facts of a dated kind that name the body in a column, in the order of time.
  private func versions(_ kind: FactKind, by bodyColumn: Int) throws(DatabaseError) -> [FactVersion] {
    let schema = kind.schema
    let columns = schema.columns.map { column in
      if case .number = column.type { Self.plain(column.sql) } else { column.sql }
    }
    return try database.query(
      """
      SELECT key, valid_from, valid_to, from_status, to_status, from_event_id, to_event_id, source_id, note,
        opened_in, superseded_in, \(columns.joined(separator: ", "))
      FROM \(schema.table) WHERE \(schema.columns[bodyColumn].sql) = ?2 AND \(readable(schema.table))
      """, [.integer(revision), Value(organisation)]
    ) { row throws(DatabaseError) in
      FactVersion(
        kind: kind, key: row.text(0), content: try self.content(schema, by: bodyColumn, row, from: 11),
        period: row.period(1), firstDayStatus: row.certainty(3), lastDayStatus: row.certainty(4),
        startEvent: try self.optionalWord("change_event", row.optionalInteger(5)),
        endEvent: try self.optionalWord("change_event", row.optionalInteger(6)),
        source: try self.title(ofSource: row.optionalInteger(7)), note: row.optionalText(8), opened: row.integer(9),
        superseded: self.end(row.optionalInteger(10)))
    }.sorted { ($0.firstDay, $0.key) < ($1.firstDay, $1.key) }
  }

  /// What a row says about the body, by the names under which its columns are shown.
  private func content(
    _ schema: FactSchema, by bodyColumn: Int, _ row: Statement, from first: Int
  ) throws(DatabaseError) -> [(name: String, value: String)] {
    var content: [(name: String, value: String)] = []
    for (index, column) in schema.columns.enumerated() {
      let position = first + index
      if schema.tiesBodies, column.type.isBody {
        guard index == schema.otherBody else { continue }
        // Shows the other body, and the side of the tie on which this body is.
        let isOwner = bodyColumn == schema.owner
        content.append(("direction", isOwner ? "to" : "from"))
        let other = isOwner ? position : first + schema.owner
        content.append(("organisation", try word("organisation", row.integer(other))))
        continue
      }
      if index == schema.owner, column.isRequired { continue }
      if let table = column.type.referredTable {
        guard let id = row.optionalInteger(position) else { continue }
        content.append((column.name, try word(table, id)))
        if case .holder = column.type { content += try names(schema, ofHolder: id) }
      } else if let text = row.optionalText(position) {
        content.append((column.name, text))
        if case .number = column.type, let unit = try unit(schema, row, from: first) { content.append(("unit", unit)) }
      }
    }
    return content
  }

  /// What a measure counts.
  private func unit(_ schema: FactSchema, _ row: Statement, from first: Int) throws(DatabaseError) -> String? {
    for (index, column) in schema.columns.enumerated() {
      guard case .word(.measureKind, _) = column.type else { continue }
      return try unit(ofMeasure: row.integer(first + index))
    }
    return nil
  }

  /// The name of a holder. A history leaves it out, because histories are kept and names must not be.
  private func names(
    _ schema: FactSchema, ofHolder id: Int64
  ) throws(DatabaseError) -> [(name: String, value: String)] {
    guard !readsSuperseded else { return [] }
    let name = try database.first("SELECT name FROM holder WHERE id = ?1", [.integer(id)]) { $0.optionalText(0) } ?? nil
    return schema.unstored.compactMap { column in
      guard case .personName = column.type, let name else { return nil }
      return (column.name, name)
    }
  }

  /// The condition for the rows of `table` that this reader reads.
  func readable(_ table: String) -> String {
    readsSuperseded ? "\(table).opened_in <= ?1" : Registry.known(table)
  }

  /// The revision that superseded a row, if that was known by then.
  func end(_ superseded: Int64?) -> Int64? { superseded.flatMap { $0 <= revision ? $0 : nil } }

  /// The events with these keys and those that link the body to others, in the order of time.
  private func events(and keys: Set<String>) throws(DatabaseError) -> [EventSummary] {
    let pairs = try database.query(
      """
      SELECT event_id, predecessor_id, successor_id FROM succession
      WHERE (predecessor_id = ?2 OR successor_id = ?2) AND \(Registry.known("succession"))
      """, [.integer(revision), Value(organisation)]
    ) { row throws(DatabaseError) in
      (
        event: try self.word("change_event", row.integer(0)),
        predecessor: try self.word("organisation", row.integer(1)),
        successor: try self.word("organisation", row.integer(2))
      )
    }
    let links = Dictionary(grouping: pairs, by: \.event)
    var events: [EventSummary] = []
    for key in keys.union(links.keys) {
      let own = links[key] ?? []
      events += try database.query(
        """
        SELECT event_detail.type, happened_on, title, status, source_id
        FROM change_event JOIN event_detail ON event_id = change_event.id
        WHERE change_event.key = ?2 AND \(Registry.known("event_detail"))
        """, [.integer(revision), .text(key)]
      ) { row throws(DatabaseError) in
        EventSummary(
          key: key, type: EventType(rawValue: row.text(0)) ?? .succession, day: row.day(1),
          title: row.optionalText(2), status: row.certainty(3),
          source: try self.title(ofSource: row.optionalInteger(4)),
          predecessors: Set(own.map(\.predecessor)).sorted(), successors: Set(own.map(\.successor)).sorted())
      }
    }
    return events.sorted { ($0.day, $0.key) < ($1.day, $1.key) }
  }

  // MARK: Words

  /// The key behind an id of `table`.
  func word(_ table: String, _ id: Int64) throws(DatabaseError) -> String {
    if let word = words[table]?[id] { return word }
    let word = try database.first("SELECT key FROM \(table) WHERE id = ?1", [.integer(id)]) { $0.text(0) } ?? ""
    words[table, default: [:]][id] = word
    return word
  }

  private func unit(ofMeasure kind: Int64) throws(DatabaseError) -> String {
    if let unit = words["unit"]?[kind] { return unit }
    let unit = try database.first("SELECT unit_name FROM measure_kind WHERE id = ?1", [.integer(kind)]) { $0.text(0) }
    words["unit", default: [:]][kind] = unit
    return unit ?? ""
  }

  private func optionalWord(_ table: String, _ id: Int64?) throws(DatabaseError) -> String? {
    guard let id else { return nil }
    return try word(table, id)
  }

  func title(ofSource id: Int64?) throws(DatabaseError) -> String? {
    guard let id else { return nil }
    if let title = words["citation"]?[id] { return title }
    let title = try database.first(
      "SELECT title FROM citation WHERE source_id = ?2 AND \(Registry.known("citation"))",
      [.integer(revision), .integer(id)]
    ) { $0.text(0) }
    words["citation", default: [:]][id] = title
    return title
  }
}

extension OrganisationDetail {
  fileprivate mutating func keepOnly(_ day: Day) {
    facts = facts.mapValues { $0.filter { $0.period.contains(day) } }
    events = events.filter { $0.day == day }
  }
}

extension OrganisationFacts {
  fileprivate init(_ detail: OrganisationDetail) {
    codes = detail[.code].map { ($0["scheme"] ?? "", $0["value"] ?? "", $0.period) }
    names = detail[.name].map { ($0["scheme"] ?? "", $0["value"] ?? "", $0.period) }
    roles = detail[.role].map { ($0["kind"] ?? "", $0.period) }
    lives = detail[.life].map {
      (Timeline(rawValue: $0["timeline"] ?? "") ?? .legal, $0.period, $0.firstDayStatus, $0.lastDayStatus)
    }
  }
}
