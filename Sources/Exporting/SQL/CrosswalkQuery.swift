import RegistryStorage

/// Where bodies of one day lie on another, in shares, as one query on exported tables. It is the same self-join on
/// placements as `Crosswalk`, with the same rules.
///
/// Kept here:
/// 1. Each body uses the first basis that measures it and loses nothing at an event that no source describes. Without
///    such a basis it is a row without a share.
/// 2. Pieces of one parcel that lie together on both days count as one: what was never divided between the two days
///    stays exact.
struct CrosswalkQuery {
  let names: SQLNames
  /// A query of the columns organisation, from_day and to_day, without duplicates.
  let asked: String
  /// A condition on the basis `b`. Nil tries all, those with units first.
  var basis: String?
  /// Whether shares that somebody observed between exactly these two days count if no others are known.
  var countsObservations = true
  /// Whether events are listed.
  var listsEvents = true

  private var dialect: SQLDialect { names.dialect }

  /// The clauses of WITH; the last two are `chosen` (organisation, from_day, to_day, basis, amount, parts) and `part`.
  var clauses: String {
    """
    asked \(dialect.computedOnce) (
      \(asked)
    ), lying \(dialect.computedOnce) (
      SELECT q.organisation, q.from_day, q.to_day, p.parcel, m.basis, b.organisation AS target, b.lost_at_event, m.amount,
        (SELECT count(*) FROM \(names("piece_division")) v JOIN \(names("event")) e ON e.event = v.event
          WHERE v.piece = a.piece AND ((e.happened_on > q.from_day AND e.happened_on <= q.to_day)
            OR (e.happened_on > q.to_day AND e.happened_on <= q.from_day))) AS divisions
      FROM asked q
        JOIN \(names("placement")) a ON a.organisation = q.organisation AND \(Self.holds("a", "q.from_day"))
        JOIN \(names("piece")) p ON p.piece = a.piece
        JOIN \(names("piece_amount")) m ON m.piece = a.piece
        LEFT JOIN \(names("placement")) b ON b.piece = a.piece AND \(Self.holds("b", "q.to_day"))
    ), gathered AS (
      SELECT l.organisation, l.from_day, l.to_day, l.basis, l.target, l.lost_at_event,
        CASE WHEN count(*) = c.piece_count THEN w.amount ELSE sum(l.amount) END AS amount,
        CASE WHEN count(*) < c.piece_count AND max(l.divisions) > 0 THEN 1 ELSE 0 END AS is_divided
      FROM lying l
        JOIN \(names("parcel")) c ON c.parcel = l.parcel
        JOIN \(names("parcel_amount")) w ON w.parcel = l.parcel AND w.basis = l.basis
      GROUP BY l.organisation, l.from_day, l.to_day, l.basis, l.target, l.lost_at_event, l.parcel, c.piece_count, w.amount
    ), part \(dialect.computedOnce) (
      SELECT organisation, from_day, to_day, basis, target, lost_at_event, sum(amount) AS amount,
        max(is_divided) AS is_divided
      FROM gathered GROUP BY organisation, from_day, to_day, basis, target, lost_at_event HAVING sum(amount) > 0\(observed)
    ), measured AS (
      SELECT p.organisation, p.from_day, p.to_day, p.basis, sum(p.amount) AS amount, count(*) AS parts,
        min(CASE WHEN b.unit_partition IS NULL THEN 1000000 ELSE 0 END + b.position) AS attempt
      FROM part p JOIN \(names("basis")) b ON b.basis = p.basis\(basis.map { " AND \($0)" } ?? "")
      GROUP BY p.organisation, p.from_day, p.to_day, p.basis HAVING count(p.lost_at_event) = 0
    ), first_measured AS (
      SELECT organisation, from_day, to_day, min(attempt) AS attempt FROM measured GROUP BY organisation, from_day, to_day
    ), chosen \(dialect.computedOnce) (
      SELECT m.organisation, m.from_day, m.to_day, m.basis, m.amount, m.parts
      FROM measured m JOIN first_measured f ON f.organisation = m.organisation AND f.from_day = m.from_day
        AND f.to_day = m.to_day AND f.attempt = m.attempt
    )
    """
  }

  private var observed: String {
    guard countsObservations else { return "" }
    return """

        UNION ALL
        SELECT q.organisation, q.from_day, q.to_day, o.basis, o.successor, NULL, o.amount, 2
        FROM asked q JOIN \(names("observation")) o ON o.predecessor = q.organisation AND o.predecessor_on = q.from_day
            AND o.successor_on = q.to_day
          JOIN \(names("basis")) u ON u.basis = o.basis AND u.unit_partition IS NULL
        WHERE o.amount > 0
      """
  }

  /// Whether a part is known by amounts alone.
  static let method = """
    CASE WHEN p.basis IS NULL THEN NULL WHEN p.is_divided = 2 OR (p.is_divided = 1 AND c.parts > 1) THEN 'proportional'
        ELSE 'exact' END
    """

  /// The crosswalk itself, with codes and names.
  /// - Parameter words: How bodies are named.
  func crosswalk(_ words: OrganisationWords) -> String {
    let events = listsEvents ? dialect.joined("event", order: "happened_on, event") : nil
    return """
      WITH \(clauses)\(events.map(routes) ?? "")
      SELECT q.from_day, q.to_day,
        (SELECT r.kind FROM \(names("role")) r JOIN \(names("kind")) k ON k.kind = r.kind AND k.tier = '\(Kind.placeTier)'
          WHERE r.organisation = q.organisation AND \(Self.holds("r", "q.from_day"))
          ORDER BY k.position LIMIT 1) AS from_kind,
        q.organisation AS from_organisation,
        \(words.code(of: "q.organisation", on: "q.from_day")) AS from_code,
        \(words.name(of: "q.organisation", on: "q.from_day")) AS from_name,
        p.target AS to_organisation,
        \(words.code(of: "p.target", on: "q.to_day")) AS to_code,
        \(words.name(of: "p.target", on: "q.to_day")) AS to_name,
        p.amount / c.amount AS share, p.amount, p.basis,
        \(Self.method) AS method,
        \(events == nil ? "" : "CASE WHEN p.basis IS NULL THEN NULL ELSE t.events END AS events,\n  ")(CASE WHEN p.basis IS NULL
          THEN (SELECT min(g.lost_at_event) FROM part g WHERE g.organisation = q.organisation AND g.from_day = q.from_day
            AND g.to_day = q.to_day) END) AS lost_at_event
      FROM asked q
        LEFT JOIN chosen c ON c.organisation = q.organisation AND c.from_day = q.from_day AND c.to_day = q.to_day
        LEFT JOIN part p ON p.organisation = c.organisation AND p.from_day = c.from_day AND p.to_day = c.to_day
          AND p.basis = c.basis\(events == nil ? "" : "\n  " + Self.alongRoutes)
      """
  }

  /// The events that carried parts along between the two days.
  private func routes(_ events: String) -> String {
    """
    , route \(dialect.computedOnce) (
      SELECT DISTINCT q.organisation, q.from_day, q.to_day, b.organisation AS target, e.event, e.happened_on
      FROM asked q
        JOIN \(names("placement")) a ON a.organisation = q.organisation AND \(Self.holds("a", "q.from_day"))
        LEFT JOIN \(names("placement")) b ON b.piece = a.piece AND \(Self.holds("b", "q.to_day"))
        JOIN \(names("placement")) x ON x.piece = a.piece
        JOIN \(names("placement")) y ON y.piece = a.piece AND y.valid_from = x.valid_to
        JOIN \(names("succession")) s ON s.predecessor = x.organisation AND s.successor = y.organisation
          AND s.nature <> 'duties'
        JOIN \(names("event")) e ON e.event = s.event AND e.happened_on = y.valid_from
      WHERE (e.happened_on > q.from_day AND e.happened_on <= q.to_day)
        OR (e.happened_on > q.to_day AND e.happened_on <= q.from_day)
    ), travelled \(dialect.computedOnce) (
      SELECT organisation, from_day, to_day, target, \(events) AS events
      FROM (SELECT * FROM route ORDER BY organisation, from_day, to_day, target, happened_on, event) ordered_route
      GROUP BY organisation, from_day, to_day, target
    )
    """
  }

  private static let alongRoutes = """
    LEFT JOIN travelled t ON t.organisation = p.organisation AND t.from_day = p.from_day AND t.to_day = p.to_day
        AND (t.target = p.target OR (t.target IS NULL AND p.target IS NULL))
    """

  /// Whether a row holds on a day.
  static func holds(_ row: String, _ day: String) -> String {
    "\(row).valid_from <= \(day) AND (\(row).valid_to IS NULL OR \(row).valid_to > \(day))"
  }
}

/// How bodies are named, as expressions on exported tables.
struct OrganisationWords {
  let names: SQLNames
  /// The keys of all schemes, in their order.
  let schemes: [String]

  /// The code in the first scheme, or the key if the body has none. NULL for no body.
  /// - Parameter day: An expression. Nil means the last code.
  func code(of body: String, on day: String?) -> String {
    guard let first = schemes.first else { return body }
    return "coalesce(\(code(first, of: body, on: day)), \(body))"
  }

  /// The code in a scheme. NULL if the body has none.
  func code(_ scheme: String, of body: String, on day: String?) -> String {
    """
    (SELECT d.code FROM \(names("code")) d WHERE d.organisation = \(body) AND d.scheme = \(names.dialect.literal(scheme))\
    \(day.map { " AND \(CrosswalkQuery.holds("d", $0))" } ?? "") ORDER BY d.valid_from DESC LIMIT 1)
    """
  }

  /// The name in the scheme of lowest order that has one on the day. On a day without one, the first later name.
  /// - Parameter day: An expression. Nil means the last name.
  func name(of body: String, on day: String?) -> String {
    func first(_ condition: String, _ order: String) -> String {
      """
      (SELECT n.name FROM \(names("name")) n JOIN \(names("scheme")) h ON h.scheme = n.scheme
          WHERE n.organisation = \(body)\(condition) ORDER BY h.name_order, h.position, n.valid_from \(order) LIMIT 1)
      """
    }
    guard let day else { return first("", "DESC") }
    return """
      coalesce(\(first(" AND \(CrosswalkQuery.holds("n", day))", "DESC")),
          \(first(" AND n.valid_from > \(day)", "ASC")))
      """
  }

  /// The name of the column of a scheme's codes.
  func column(of scheme: String) -> String {
    let name = SQLNames.identifier(scheme)
    let twins = schemes.filter { SQLNames.identifier($0) == name }
    let number = twins.firstIndex(of: scheme) ?? 0
    return number == 0 ? "\(name)_code" : "\(name)_\(number + 1)_code"
  }
}
