/// Lists of bodies, and bodies by code, key or words.
extension Registry {
  /// The revision that was the newest at the end of `day` (UTC); 0 if nothing was recorded by then.
  public func revision(knownOn day: Day) throws(DatabaseError) -> Int64 {
    try database.first("SELECT ifnull(max(id), 0) FROM revision WHERE recorded_at < ?1", [Value(day.next)]) {
      $0.integer(0)
    } ?? 0
  }

  public func schemes() throws(DatabaseError) -> [Scheme] {
    try database.query("SELECT key, name, rank FROM scheme ORDER BY id") {
      Scheme(key: $0.text(0), name: $0.text(1), rank: Int($0.integer(2)))
    }
  }

  public func kinds() throws(DatabaseError) -> [Kind] {
    try database.query("SELECT key, name, tier, exclusive_group FROM kind ORDER BY id") {
      Kind(key: $0.text(0), name: $0.text(1), tier: $0.optionalText(2), exclusiveGroup: $0.optionalText(3))
    }
  }

  /// Bodies of a kind: those that had it on `day` while they lived, or all that ever had it.
  /// - Parameters:
  ///   - timeline: whose dates say whether a body lived, and are shown; each falls back to the other.
  ///   - scheme: where the owners of schemes disagree, whose word counts; nil: the first scheme's.
  public func organisations(
    kind: String, on day: Day? = nil, timeline: Timeline = .legal, scheme: String? = nil,
    knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [OrganisationSummary] {
    let ids = try database.query(
      """
      SELECT DISTINCT role.organisation_id FROM role JOIN kind ON kind.id = role.kind_id
      WHERE \(Self.known("role")) AND kind.key = ?2
        AND (role.scheme_id IS NULL
          OR role.scheme_id = ifnull((SELECT id FROM scheme WHERE key = ?3), (SELECT min(id) FROM scheme)))
        AND (?4 IS NULL OR (\(Self.holds("role", on: "?4"))) OR ?5 = 'operational')
      """, [.integer(revision), .text(kind), Value(scheme), Value(day), .text(timeline.rawValue)]
    ) { $0.integer(0) }
    return try summaries(of: ids, on: day, timeline: timeline, knownIn: revision)
      .filter { summary in
        guard let day else { return true }
        guard let first = summary.firstDay else { return true }
        return Period(first, summary.lastDay?.next).contains(day)
      }
  }

  /// The bodies that `reference` may mean: a permanent key, or a code (on `day`, or on any day), in the order of time.
  public func organisations(
    named reference: String, on day: Day? = nil, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [Int64] {
    try database.query(
      """
      SELECT organisation_id FROM (
        SELECT id AS organisation_id, '0001-01-01' AS valid_from FROM organisation WHERE key = ?2 AND opened_in <= ?1
        UNION ALL
        SELECT organisation_id, valid_from FROM code
        WHERE value = ?2 AND \(Self.known("code")) AND (?3 IS NULL OR \(Self.holds("code", on: "?3")))
      ) GROUP BY organisation_id ORDER BY min(valid_from)
      """, [.integer(revision), .text(reference), Value(day)]
    ) { $0.integer(0) }
  }

  /// Bodies whose code or key is `text`, or of which some name contains it (any case), on `day` or on any day.
  public func organisations(
    matching text: String, on day: Day? = nil, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [OrganisationSummary] {
    let pattern = "%" + text.replacing("\\", with: "\\\\").replacing("%", with: "\\%").replacing("_", with: "\\_") + "%"
    let ids = try database.query(
      """
      SELECT organisation_id FROM name
      WHERE \(Self.known("name")) AND value LIKE ?3 ESCAPE '\\' AND (?4 IS NULL OR \(Self.holds("name", on: "?4")))
      UNION
      SELECT organisation_id FROM code
      WHERE \(Self.known("code")) AND value = ?2 COLLATE NOCASE AND (?4 IS NULL OR \(Self.holds("code", on: "?4")))
      UNION
      SELECT id FROM organisation WHERE key = ?2 COLLATE NOCASE AND opened_in <= ?1
      """, [.integer(revision), .text(text), .text(pattern), Value(day)]
    ) { $0.integer(0) }
    return try summaries(of: ids, on: day, knownIn: revision)
  }

  /// Codes, name, kinds and dates of bodies, as on `day`, or, without one, as at their last.
  /// - Returns: sorted by the first scheme's code, then by key.
  public func summaries(
    of ids: [Int64], on day: Day? = nil, timeline: Timeline = .legal, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [OrganisationSummary] {
    let list = Value.text("[" + ids.map(String.init).joined(separator: ",") + "]")
    let values = [.integer(revision), list, Value(day)]
    let inList = "IN (SELECT value FROM json_each(?2))"
    var found: [Int64: OrganisationSummary] = [:]
    for (id, key) in try database.query(
      "SELECT id, key FROM organisation WHERE id \(inList) AND opened_in <= ?1", [.integer(revision), list],
      { ($0.integer(0), $0.text(1)) })
    {
      found[id] = OrganisationSummary(id: id, key: key)
    }
    // On a day: what holds then. Otherwise, and as the last resort, the latest.
    for (id, scheme, code) in try database.query(
      """
      SELECT organisation_id, scheme.key, value FROM code JOIN scheme ON scheme.id = scheme_id
      WHERE organisation_id \(inList) AND \(Self.known("code")) AND (?3 IS NULL OR \(Self.holds("code", on: "?3")))
      ORDER BY valid_from
      """, values, { ($0.integer(0), $0.text(1), $0.text(2)) })
    {
      found[id]?.codes[scheme] = code
    }
    // A name whose first day is unknown is the best that there is for the days before it.
    for (id, name) in try database.query(
      """
      SELECT organisation_id, value FROM name JOIN scheme ON scheme.id = scheme_id
      WHERE organisation_id \(inList) AND \(Self.known("name"))
        AND (?3 IS NULL OR \(Self.holds("name", on: "?3")) OR (from_status = 'unknown' AND valid_from > ?3))
      ORDER BY ?3 IS NULL OR valid_from <= ?3, scheme.rank DESC,
        iif(?3 IS NOT NULL AND valid_from > ?3, -julianday(valid_from), julianday(valid_from))
      """, values, { ($0.integer(0), $0.text(1)) })
    {
      found[id]?.name = name
    }
    for (id, kind) in try database.query(
      """
      SELECT organisation_id, kind.key FROM role JOIN kind ON kind.id = kind_id
      WHERE organisation_id \(inList) AND \(Self.known("role")) AND (?3 IS NULL OR \(Self.holds("role", on: "?3")))
      GROUP BY organisation_id, kind.id ORDER BY kind.id
      """, values, { ($0.integer(0), $0.text(1)) })
    {
      found[id]?.kinds.append(kind)
    }
    for (id, period, from, to) in try database.query(
      """
      SELECT organisation_id, min(valid_from), nullif(max(ifnull(valid_to, '9999-12-31')), '9999-12-31'), from_status, to_status
      FROM life AS this
      WHERE organisation_id \(inList) AND \(Self.known("this")) AND (timeline = ?3 OR NOT EXISTS (
        SELECT 1 FROM life AS other
        WHERE other.organisation_id = this.organisation_id AND other.timeline = ?3 AND \(Self.known("other"))))
      GROUP BY organisation_id
      """, [.integer(revision), list, .text(timeline.rawValue)],
      { ($0.integer(0), Period($0.day(1), $0.optionalDay(2)), $0.text(3), $0.text(4)) })
    {
      found[id]?.firstDay = period.start
      found[id]?.lastDay = period.lastDay
      found[id]?.firstDayStatus = Certainty(rawValue: from) ?? .stated
      found[id]?.lastDayStatus = Certainty(rawValue: to) ?? .stated
    }
    let first = try schemes().first?.key ?? ""
    return found.values.sorted { ($0.codes[first] ?? "", $0.key) < ($1.codes[first] ?? "", $1.key) }
  }

  /// Codes and names that are close to `reference`, for a message that helps.
  public func nearMisses(_ reference: String) throws(DatabaseError) -> [String] {
    let wanted = reference.uppercased()
    return try database.query("SELECT DISTINCT value FROM code WHERE superseded_in IS NULL ORDER BY value") {
      $0.text(0)
    }
    .filter { code in
      code.utf8.count == wanted.utf8.count && zip(code.utf8, wanted.utf8).count(where: { $0 != $1 }) <= 1
    }
  }

  /// Rows of `table` that were current in the revision ?1.
  static func known(_ table: String) -> String { TerritoryFacts.known(table) }

  /// Rows of `table` that hold on a day.
  static func holds(_ table: String, on day: String) -> String {
    "\(table).valid_from <= \(day) AND (\(table).valid_to IS NULL OR \(table).valid_to > \(day))"
  }
}
