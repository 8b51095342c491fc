/// Counts and claims.
extension Registry {
  /// How many bodies of each kind there were, with one element for each period without change.
  ///
  /// A body counts for a kind while it lives (on `timeline`) and has the role. If the owners of schemes disagree about
  /// any role of a kind, each scheme has its own series.
  ///
  /// A body may also have lived before a first day that is only the first on which a source shows it, and after a last
  /// day of that sort. On such days the count is a least number. If it is one before any body is known, the first
  /// element counts none and begins on `Day.distantPast`. An event dates all the bodies that it opens and closes
  /// together, so that a boundary which an event dates leaves nothing open.
  public func counts(
    timeline: Timeline = .legal, knownIn revision: Int64 = latest
  ) throws(DatabaseError) -> [KindCount] {
    let schemes = try schemes()
    let held = try database.query(
      """
      WITH effective AS (
        SELECT organisation_id, valid_from, valid_to,
          from_status = 'unknown' AND from_event_id IS NULL AS is_first_seen,
          to_status = 'unknown' AND to_event_id IS NULL AND valid_to IS NOT NULL AS is_last_seen
        FROM life AS this
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
          iif(ifnull(role.valid_to, '9999-12-31') = extremes.last, '9999-12-31', role.valid_to)), '9999-12-31'),
        effective.is_first_seen AND role.valid_from = extremes.first,
        effective.is_last_seen AND ifnull(role.valid_to, '9999-12-31') = extremes.last
      FROM role JOIN kind ON kind.id = kind_id LEFT JOIN scheme ON scheme.id = role.scheme_id
        JOIN effective ON effective.organisation_id = role.organisation_id
        JOIN extremes ON extremes.organisation_id = role.organisation_id
      WHERE \(Self.known("role"))
      ORDER BY kind.id
      """, [.integer(revision), .text(timeline.rawValue)]
    ) {
      (
        order: $0.integer(0), kind: $0.text(1), scheme: $0.optionalText(2),
        span: Span(period: $0.period(3), isFirstSeen: $0.integer(5) == 1, isLastSeen: $0.integer(6) == 1)
      )
    }
    var result: [KindCount] = []
    for group in Dictionary(grouping: held, by: \.order).sorted(by: { $0.key < $1.key }).map(\.value) {
      let disputed = group.contains { $0.scheme != nil }
      for scheme in disputed ? schemes.map({ Optional($0.key) }) : [nil] {
        let counted = group.filter { $0.scheme == nil || $0.scheme == scheme }.map(\.span)
        result += Self.steps(counted).map {
          KindCount(kind: group[0].kind, scheme: scheme, period: $0.period, count: $0.count, isAtLeast: $0.isAtLeast)
        }
      }
    }
    return result
  }

  /// The period for which a body counts, and whether each end is only where a source last shows it.
  private struct Span {
    let period: Period
    let isFirstSeen: Bool
    let isLastSeen: Bool
  }

  /// How many spans there are, and whether others may go on. A zero at the end is kept, and one at the beginning if others
  /// may have been then.
  private static func steps(_ spans: [Span]) -> [(period: Period, count: Int, isAtLeast: Bool)] {
    let spans = spans.filter { span in span.period.end.map { $0 > span.period.start } ?? true }
    var changes: [Day: (count: Int, possible: Int)] = [:]
    for span in spans {
      changes[span.period.start, default: (0, 0)].count += 1
      if span.isFirstSeen { changes[span.period.start, default: (0, 0)].possible -= 1 }
      guard let end = span.period.end else { continue }
      changes[end, default: (0, 0)].count -= 1
      if span.isLastSeen { changes[end, default: (0, 0)].possible += 1 }
    }
    var (count, possible) = (0, spans.count { $0.isFirstSeen })
    var steps: [(period: Period, count: Int, isAtLeast: Bool)] =
      possible > 0 ? [(Period(.distantPast, nil), 0, true)] : []
    for (day, change) in changes.sorted(by: { $0.key < $1.key }) {
      count += change.count
      possible += change.possible
      if let last = steps.last, last.count == count, last.isAtLeast == (possible > 0) { continue }
      if !steps.isEmpty { steps[steps.count - 1].period.end = day }
      steps.append((Period(day, nil), count, possible > 0))
    }
    return steps
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
        coalesce(topic, measure_kind.key), organisation_id, statistic
      FROM claim JOIN kind ON kind.id = kind_id LEFT JOIN scheme ON scheme.id = claim.scheme_id
        LEFT JOIN measure_kind ON measure_kind.id = measure_kind_id
        LEFT JOIN citation ON citation.source_id = claim.source_id AND \(Self.known("citation"))
      WHERE \(condition) AND \(Self.known("claim"))
      ORDER BY kind.id, claimed_from, claim.key
      """, [.integer(revision)]
    ) {
      Claim(
        key: $0.text(0), kind: $0.text(1), organisation: $0.optionalOrganisation(10), scheme: $0.optionalText(2),
        period: $0.period(3), value: $0.text(5), amount: $0.optionalReal(6), source: $0.optionalText(7),
        note: $0.optionalText(8), topic: $0.optionalText(9).map { ClaimTopic($0) },
        statistic: $0.optionalText(11).flatMap { ClaimStatistic(rawValue: $0) })
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
