/// Counts and claims.
extension Registry {
  /// How many bodies of each kind there were, with one element for each period without change.
  ///
  /// A body counts for a kind while it lives (on `timeline`) and has the role. If the owners of schemes disagree about
  /// any role of a kind, each scheme has its own series.
  public func counts(
    timeline: Timeline = .legal, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [KindCount] {
    let schemes = try schemes()
    let held = try database.query(
      """
      WITH effective AS (
        SELECT organisation_id, valid_from, valid_to FROM life AS this
        WHERE \(Self.known("this")) AND (timeline = ?2 OR NOT EXISTS (
          SELECT 1 FROM life AS other
          WHERE other.organisation_id = this.organisation_id AND other.timeline = ?2 AND \(Self.known("other"))))
      ), extremes AS (
        -- Roles follow the legal dates: at the two ends of a life they stretch to the timeline that is asked for.
        SELECT organisation_id, min(valid_from) AS first, max(ifnull(valid_to, '9999-12-31')) AS last
        FROM role WHERE \(Self.known("role")) GROUP BY organisation_id
      )
      SELECT kind.id, kind.key, scheme.key,
        max(effective.valid_from, iif(role.valid_from = extremes.first, '0001-01-01', role.valid_from)),
        nullif(min(ifnull(effective.valid_to, '9999-12-31'),
          iif(ifnull(role.valid_to, '9999-12-31') = extremes.last, '9999-12-31', role.valid_to)), '9999-12-31')
      FROM role JOIN kind ON kind.id = kind_id LEFT JOIN scheme ON scheme.id = role.scheme_id
        JOIN effective ON effective.organisation_id = role.organisation_id
        JOIN extremes ON extremes.organisation_id = role.organisation_id
      WHERE \(Self.known("role"))
      ORDER BY kind.id
      """, [.integer(revision), .text(timeline.rawValue)]
    ) { (order: $0.integer(0), kind: $0.text(1), scheme: $0.optionalText(2), period: $0.period(3)) }
    var result: [KindCount] = []
    for group in Dictionary(grouping: held, by: \.order).sorted(by: { $0.key < $1.key }).map(\.value) {
      let disputed = group.contains { $0.scheme != nil }
      for scheme in disputed ? schemes.map({ Optional($0.key) }) : [nil] {
        let counted = group.filter { $0.scheme == nil || $0.scheme == scheme }.map(\.period)
        result += Self.steps(counted).map {
          KindCount(kind: group[0].kind, scheme: scheme, period: Period($0.start, $0.end), count: $0.count)
        }
      }
    }
    return result
  }

  /// The number of overlapping periods, from the first change to the last. A zero at the end is kept.
  private static func steps(_ periods: [Period]) -> [(start: Day, end: Day?, count: Int)] {
    var changes: [Day: Int] = [:]
    for period in periods where period.end.map({ $0 > period.start }) ?? true {
      changes[period.start, default: 0] += 1
      if let end = period.end { changes[end, default: 0] -= 1 }
    }
    let days = changes.filter { $0.value != 0 }.keys.sorted()
    var count = 0
    return days.enumerated().map { index, day in
      count += changes[day] ?? 0
      return (day, index + 1 < days.count ? days[index + 1] : nil, count)
    }
  }

  /// How many bodies have each kind on a day.
  package func bodyCounts(on day: Day, knownIn revision: Int64 = latest) throws(DatabaseError) -> [String: Int] {
    let counts = try database.query(
      """
      SELECT kind.key, count(DISTINCT organisation_id) FROM role JOIN kind ON kind.id = kind_id
      WHERE \(Self.known("role")) AND \(Self.holds("role", on: "?2")) GROUP BY kind.id
      """, [.integer(revision), Value(day)]
    ) { ($0.text(0), Int($0.integer(1))) }
    return Dictionary(uniqueKeysWithValues: counts)
  }

  /// What was published elsewhere about the bodies of a kind, by kind and day. Claims about one body are left out.
  package func claims(knownIn revision: Int64 = latest) throws(DatabaseError) -> [Claim] {
    try claims(where: "organisation_id IS NULL", knownIn: revision)
  }

  /// What was published elsewhere about single bodies, by kind and day.
  package func claimsAboutBodies(knownIn revision: Int64 = latest) throws(DatabaseError) -> [Claim] {
    try claims(where: "organisation_id IS NOT NULL", knownIn: revision)
  }

  private func claims(where condition: String, knownIn revision: Int64) throws(DatabaseError) -> [Claim] {
    try database.query(
      """
      SELECT claim.key, kind.key, scheme.key, claimed_from, claimed_to, claim.value, amount, citation.title, claim.note,
        coalesce(topic, measure_kind.key), organisation_id
      FROM claim JOIN kind ON kind.id = kind_id LEFT JOIN scheme ON scheme.id = claim.scheme_id
        LEFT JOIN measure_kind ON measure_kind.id = measure_kind_id
        LEFT JOIN citation ON citation.source_id = claim.source_id AND \(Self.known("citation"))
      WHERE \(condition) AND \(Self.known("claim"))
      ORDER BY kind.id, claimed_from, claim.key
      """, [.integer(revision)]
    ) {
      Claim(
        key: $0.text(0), kind: $0.text(1), organisation: $0.optionalInteger(10), scheme: $0.optionalText(2),
        period: $0.period(3), value: $0.text(5), amount: $0.optionalReal(6), source: $0.optionalText(7),
        note: $0.optionalText(8), topic: $0.optionalText(9).map { ClaimTopic($0) })
    }
  }

  /// How many current rows there are, by table, in the order of the model.
  package func tableCounts() throws(DatabaseError) -> [(table: String, count: Int)] {
    let identities = Keys.Identity.allCases.map { ($0.rawValue, "") }
    let facts = FactKind.allCases.map { ($0.schema.table, " WHERE superseded_in IS NULL") }
    let rest = [("unit", " WHERE superseded_in IS NULL"), ("piece", ""), ("placement", ""), ("revision", "")]
    var counts: [(table: String, count: Int)] = []
    for (table, filter) in identities + facts + rest {
      counts.append((table, try database.first("SELECT count(*) FROM \(table)\(filter)") { Int($0.integer(0)) } ?? 0))
    }
    return counts
  }

  package func schemaVersion() throws(DatabaseError) -> Int {
    try database.first("SELECT count(*) FROM schema_migration") { Int($0.integer(0)) } ?? 0
  }
}
