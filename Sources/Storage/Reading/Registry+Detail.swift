extension Registry {
  /// Everything about one body.
  /// - Parameter day: only the facts that hold on it; nil: all.
  public func detail(
    of organisation: Int64, on day: Day? = nil, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> OrganisationDetail? {
    let key = try database.first(
      "SELECT key FROM organisation WHERE id = ?2 AND opened_in <= ?1", [.integer(revision), .integer(organisation)]
    ) { $0.text(0) }
    guard let key else { return nil }
    let reader = DetailReader(database, organisation: organisation, knownIn: revision)
    var detail = try reader.detail(key)
    detail.summary = BodyFacts(detail).summary(
      organisation, key, on: day, timeline: .legal, schemes: try schemes(), kinds: reader.kinds)
    if let day { detail.keepOnly(day) }
    return detail
  }
}

/// Reads the facts of one body, and the words behind the numbers in them.
///
/// Words are looked up when they are met, each once, and statements are put in order here: for one body that is faster
/// than a query that joins and sorts, because compiling a query takes longer than running it.
final class DetailReader {
  let database: Database
  let organisation: Int64
  let revision: Int64
  /// Whether statements that were superseded by then are read too.
  private let readsSuperseded: Bool
  private var words: [String: [Int64: String]] = [:]

  init(_ database: Database, organisation: Int64, knownIn revision: Int64, readsSuperseded: Bool = false) {
    self.database = database
    self.organisation = organisation
    self.revision = revision
    self.readsSuperseded = readsSuperseded
  }

  /// The kinds that were met, in the order of the register.
  var kinds: [String] { (words["kind"] ?? [:]).sorted { $0.key < $1.key }.map(\.value) }

  func detail(_ key: String) throws(DatabaseError) -> OrganisationDetail {
    let above = try statements("relationship", "kind_id, superior_id, grade") { row throws(DatabaseError) in
      try self.relationship(row, "to")
    }
    let below = try statements("relationship", "kind_id, organisation_id, grade", of: "superior_id") {
      row throws(DatabaseError) in try self.relationship(row, "from")
    }
    let own = try responsibilities(of: "organisation_id")
    // An exception may be for the very body that commissions.
    let others = try responsibilities(of: "for_id").filter { $0["organisation"] != key }
    var detail = OrganisationDetail(
      summary: OrganisationSummary(id: organisation, key: key),
      lives: try statements("life", "timeline") { [("timeline", $0.text(9))] },
      codes: try statements("code", "scheme_id, value") { row throws(DatabaseError) in
        [("scheme", try self.word("scheme", row.integer(9))), ("value", row.text(10))]
      },
      names: try statements("name", "scheme_id, value") { row throws(DatabaseError) in
        [("scheme", try self.word("scheme", row.integer(9))), ("value", row.text(10))]
      },
      roles: try statements("role", "kind_id, scheme_id") { row throws(DatabaseError) in
        [
          ("kind", try self.word("kind", row.integer(9))),
          ("asserted_by", try self.optionalWord("scheme", row.optionalInteger(10))),
        ]
      },
      relationships: above + below,
      measures: try statements("measure", "kind_id, \(Self.plainAmount), nature") { row throws(DatabaseError) in
        [
          ("kind", try self.word("measure_kind", row.integer(9))), ("amount", row.text(10)),
          ("unit", try self.unit(ofMeasure: row.integer(9))), ("nature", row.optionalText(11)),
        ]
      },
      responsibilities: own + others,
      appointments: try statements("appointment", "seat_id, nature, profession, holder_id") {
        row throws(DatabaseError) in
        [
          ("seat", try self.word("seat", row.integer(9))), ("nature", row.text(10)),
          ("profession", row.optionalText(11)),
          ("holder", try self.optionalWord("holder", row.optionalInteger(12))),
          ("name", try self.name(ofHolder: row.optionalInteger(12))),
        ]
      },
      constitutions: try statements("constitution", "version") { [("version", $0.text(9))] },
      published: try published(),
      events: [])
    let dating =
      detail.lives + detail.codes + detail.names + detail.roles + above + own + detail.appointments
      + detail.constitutions
    detail.events = try events(and: Set(dating.flatMap { [$0.startEvent, $0.endEvent] }.compactMap { $0 }))
    return detail
  }

  /// A whole number is read without a decimal point, as far as it is held to the last digit.
  private static let plainAmount =
    "iif(abs(amount) < 1e15 AND amount = round(amount), CAST(amount AS INTEGER), amount)"

  private func responsibilities(of owner: String) throws(DatabaseError) -> [DatedStatement] {
    try statements("responsibility", "service_id, kind_id, organisation_id, for_id, nature", of: owner) {
      row throws(DatabaseError) in
      [
        ("service", try self.word("service", row.integer(9))),
        ("kind", try self.optionalWord("kind", row.optionalInteger(10))),
        ("organisation", try self.optionalWord("organisation", row.optionalInteger(11))),
        ("for", try self.optionalWord("organisation", row.optionalInteger(12))), ("nature", row.text(13)),
      ]
    }
  }

  /// Of a claim the days are those of what was published: nothing about them is derived or unknown.
  private func published() throws(DatabaseError) -> [DatedStatement] {
    try database.query(
      """
      SELECT key, claimed_from, claimed_to, topic, measure_kind_id, value, source_id, note, opened_in, superseded_in
      FROM claim WHERE organisation_id = ?2 AND \(readable("claim"))
      """, [.integer(revision), .integer(organisation)]
    ) { row throws(DatabaseError) in
      let measure = try self.optionalWord("measure_kind", row.optionalInteger(4))
      return DatedStatement(
        key: row.text(0), content: [("topic", row.optionalText(3) ?? measure ?? ""), ("value", row.text(5))],
        firstDay: row.day(1), lastDay: row.optionalDay(2)?.previous, firstDayStatus: .stated, lastDayStatus: .stated,
        startEvent: nil, endEvent: nil, source: try self.title(ofSource: row.optionalInteger(6)),
        note: row.optionalText(7), opened: row.integer(8), superseded: self.end(row.optionalInteger(9)))
    }.sorted { ($0.firstDay, $0.key) < ($1.firstDay, $1.key) }
  }

  private typealias Content = [(name: String, value: String?)]

  private func relationship(_ row: Statement, _ direction: String) throws(DatabaseError) -> Content {
    [
      ("kind", try word("relationship_kind", row.integer(9))), ("direction", direction),
      ("organisation", try word("organisation", row.integer(10))), ("grade", row.optionalText(11)),
    ]
  }

  private func statements(
    _ table: String, _ columns: String, of owner: String = "organisation_id",
    _ content: (Statement) throws(DatabaseError) -> Content
  ) throws(DatabaseError) -> [DatedStatement] {
    try database.query(
      """
      SELECT key, valid_from, valid_to, from_status, to_status, from_event_id, to_event_id, source_id, note, \(columns),
        opened_in, superseded_in
      FROM \(table) WHERE \(owner) = ?2 AND \(readable(table))
      """, [.integer(revision), .integer(organisation)]
    ) { row throws(DatabaseError) in
      DatedStatement(
        key: row.text(0),
        content: try content(row).compactMap { name, value in value.map { (name: name, value: $0) } },
        firstDay: row.day(1), lastDay: row.optionalDay(2)?.previous,
        firstDayStatus: Certainty(rawValue: row.text(3)) ?? .stated,
        lastDayStatus: Certainty(rawValue: row.text(4)) ?? .stated,
        startEvent: try self.optionalWord("change_event", row.optionalInteger(5)),
        endEvent: try self.optionalWord("change_event", row.optionalInteger(6)),
        source: try self.title(ofSource: row.optionalInteger(7)), note: row.optionalText(8),
        opened: row.integer(row.columnCount - 2), superseded: self.end(row.optionalInteger(row.columnCount - 1)))
    }.sorted { ($0.firstDay, $0.key) < ($1.firstDay, $1.key) }
  }

  /// The rows of `table` that this reader is about.
  func readable(_ table: String) -> String {
    readsSuperseded ? "\(table).opened_in <= ?1" : Registry.known(table)
  }

  /// The revision that superseded a row, if that was known by then.
  func end(_ superseded: Int64?) -> Int64? { superseded.flatMap { $0 <= revision ? $0 : nil } }

  /// The events with these keys, and those that link the body to others, in the order of time.
  private func events(and keys: Set<String>) throws(DatabaseError) -> [EventSummary] {
    let pairs = try database.query(
      """
      SELECT event_id, predecessor_id, successor_id FROM succession
      WHERE (predecessor_id = ?2 OR successor_id = ?2) AND \(Registry.known("succession"))
      """, [.integer(revision), .integer(organisation)]
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
          title: row.optionalText(2), status: Certainty(rawValue: row.text(3)) ?? .stated,
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

  /// Not of what was recorded: a history is kept, and a name must not be kept with it.
  private func name(ofHolder id: Int64?) throws(DatabaseError) -> String? {
    guard let id, !readsSuperseded else { return nil }
    return try database.first("SELECT name FROM holder WHERE id = ?1", [.integer(id)]) { $0.optionalText(0) } ?? nil
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
    func holds(_ statement: DatedStatement) -> Bool { statement.period.contains(day) }
    lives = lives.filter(holds)
    codes = codes.filter(holds)
    names = names.filter(holds)
    roles = roles.filter(holds)
    relationships = relationships.filter(holds)
    measures = measures.filter(holds)
    responsibilities = responsibilities.filter(holds)
    appointments = appointments.filter(holds)
    constitutions = constitutions.filter(holds)
    published = published.filter(holds)
    events = events.filter { $0.day == day }
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
