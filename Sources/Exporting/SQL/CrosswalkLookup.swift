import RegistryStorage

/// Queries that look up where bodies lie, in the tables of answers.
///
/// Kept here:
/// 1. A query adds up amounts that lie in one body of a kind. It decides nothing else.
/// 2. A basis that was asked for has rows of its own for the other days on which it differs. On all others the default
///    rows count, with the amounts of that basis.
struct CrosswalkLookup {
  /// What a row is about.
  enum Subject {
    /// A body on a first day.
    case pair
    /// A code in a stretch of first days.
    case period
  }

  let names: SQLNames
  let words: OrganisationWords
  let subject: Subject
  /// Whether the question stands beside the answer, because there are several.
  let namesQuestions: Bool

  private var dialect: SQLDialect { names.dialect }
  private static let any = "'\(ExportedTable.anyWord)'"

  /// The columns that name the question and the body. Within one question, the stretches of a body do not overlap.
  private var keys: [String] {
    [subject == .pair ? "from_day" : "valid_from", "to_day", "asked_basis", "asked_kind", "organisation"]
  }

  private func keys(of row: String) -> String { keys.map { "\(row).\($0)" }.joined(separator: ", ") }

  private func same(_ first: String, _ second: String) -> String {
    (keys + ["status", "target", "place", "reason"]).map { "\(first).\($0) = \(second).\($0)" }
      .joined(separator: " AND ")
  }

  /// The query.
  /// - Parameter asked: a query of the columns from_day (of pairs only), to_day, asked_basis and asked_kind.
  func query(_ asked: String) -> String {
    let events = subject == .pair ? dialect.joined("event", order: "happened_on, event") : nil
    return """
      WITH asked \(dialect.computedOnce) (
        \(asked)
      ), found AS (
        \(found)
      ), placed \(dialect.computedOnce) (
        \(placed)
      ), summed AS (
        SELECT \(keys(of: "p")), \(subject == .period ? "max(p.valid_to) AS valid_to, " : "")p.status, p.target, p.place,
          p.has_several, p.reason, sum(p.amount) AS amount, max(p.total) AS total, max(p.basis) AS basis,
          max(p.method) AS method
        FROM placed p GROUP BY \(keys(of: "p")), p.status, p.target, p.place, p.has_several, p.reason
      ), counted AS (
        SELECT s.*, count(*) OVER (PARTITION BY \(keys(of: "s"))) AS parts FROM summed s
      )\(events.map(travelled) ?? "")
      \(subject == .pair ? pairs(withEvents: events != nil) : periods)
      """
  }

  /// The parts of the answers.
  private var found: String {
    let basis = "CASE WHEN q.asked_basis = \(Self.any) THEN p.basis ELSE q.asked_basis END"
    let isMeasured =
      "p.total IS NULL AND p.basis IS NOT NULL AND m.organisation = p.organisation AND m.basis = \(basis)"
    let columns: String
    let conditions: (part: String, amount: String)
    switch subject {
    case .pair:
      columns = "q.from_day"
      let isAsked = SQLNames.holds("p", "q.from_day", from: "from_first", to: "from_end")
      conditions = ("\(isAsked) AND ", SQLNames.holds("m", "q.from_day"))
    case .period:
      columns = """
        CASE WHEN m.valid_from > p.from_first THEN m.valid_from ELSE p.from_first END AS valid_from,
            CASE WHEN p.from_end IS NULL OR m.valid_to < p.from_end THEN m.valid_to ELSE p.from_end END AS valid_to
        """
      let overlaps =
        "(p.from_end IS NULL OR m.valid_from < p.from_end) AND (m.valid_to IS NULL OR m.valid_to > p.from_first)"
      conditions = ("", overlaps)
    }
    return """
      SELECT \(columns), q.to_day, q.asked_basis, q.asked_kind, p.organisation, p.status, p.target, p.reason,
          p.method, p.route, CASE WHEN p.total IS NULL THEN m.amount ELSE p.amount END AS amount,
          CASE WHEN p.total IS NULL THEN m.amount ELSE p.total END AS total,
          CASE WHEN p.total IS NOT NULL THEN p.basis WHEN m.amount IS NOT NULL THEN m.basis END AS basis
        FROM asked q
          JOIN \(names("crosswalk_part")) p
            ON \(conditions.part)\(SQLNames.holds("p", "q.to_day", from: "to_first", to: "to_end"))
            AND (p.asked_basis = q.asked_basis OR (p.asked_basis = \(Self.any) AND NOT EXISTS (
              SELECT 1 FROM \(names("crosswalk_part")) o
              WHERE o.organisation = p.organisation AND o.asked_basis = q.asked_basis
                AND \(SQLNames.holds("o", "q.to_day", from: "to_first", to: "to_end")))))
          JOIN \(names("organisation")) z ON z.organisation = p.organisation AND z.is_complete = 1
          LEFT JOIN \(names("organisation_amount")) m ON \(isMeasured) AND \(conditions.amount)
      """
  }

  /// The parts, read through the kind that was asked for. What lies in no body of it keeps the place where it lies.
  private var placed: String {
    let isPlain = "f.asked_kind = \(Self.any) OR f.status <> 'mapped'"
    return """
      SELECT \(keys(of: "f")), \(subject == .period ? "f.valid_to, " : "")f.method, f.route, f.amount, f.total, f.basis,
          CASE WHEN \(isPlain) THEN f.status WHEN l.superior IS NOT NULL THEN 'mapped'
            WHEN l.organisation IS NULL AND (k.tier IS NULL OR k.tier = '\(Kind.placeTier)') THEN 'none' ELSE 'gap' END AS status,
          coalesce(CASE WHEN \(isPlain) THEN f.target ELSE l.superior END, '') AS target,
          coalesce(CASE WHEN \(isPlain) OR l.superior IS NOT NULL THEN NULL ELSE f.target END, '') AS place,
          CASE WHEN l.organisation IS NULL THEN 0 ELSE 1 END AS has_several, coalesce(f.reason, '') AS reason
        FROM found f
          LEFT JOIN \(names("crosswalk_level")) l
            ON f.asked_kind <> \(Self.any) AND f.status = 'mapped' AND l.organisation = f.target
            AND l.kind = f.asked_kind AND \(SQLNames.holds("l", "f.to_day"))
          LEFT JOIN \(names("kind")) k ON k.kind = f.asked_kind
      """
  }

  private func travelled(_ events: String) -> String {
    let columns = "\(keys(of: "p")), p.status, p.target, p.place, p.reason"
    let names = (keys + ["status", "target", "place", "reason"]).joined(separator: ", ")
    return """
      , route AS (
        SELECT DISTINCT \(columns), e.event, e.happened_on
        FROM placed p JOIN \(self.names("crosswalk_route")) r ON r.route = p.route
          JOIN \(self.names("event")) e ON e.event = r.event
      ), travelled AS (
        SELECT \(names), \(events) AS events
        FROM (SELECT * FROM route ORDER BY \(names), happened_on, event) ordered_route
        GROUP BY \(names)
      )
      """
  }

  // MARK: Columns

  /// The columns that both kinds of rows end with, apart from the events.
  private var share: String {
    "CASE WHEN s.total IS NULL THEN 1e0 ELSE \(dialect.ratio("s.amount", of: "s.total")) END AS share, s.amount, s.total, s.basis"
  }

  private var question: String { namesQuestions ? ", s.asked_basis, s.asked_kind" : "" }

  private var method: String {
    """
    CASE WHEN s.status <> 'mapped' THEN NULL WHEN s.method = 'proportional' AND s.parts = 1 THEN 'exact' ELSE s.method END
        AS method
    """
  }

  private var reason: String {
    let day = dialect.text(ofDay: "s.to_day")
    let code = words.spokenCode(of: "s.place", on: "s.to_day")
    let elsewhere = dialect.concatenated(["'in '", code, "' ('", words.kinds(of: "s.place", on: "s.to_day"), "')'"])
    let missing = dialect.concatenated([
      "'what lies in '", code, "' counts nowhere: it has '",
      "CASE WHEN s.has_several = 1 THEN 'several parents' ELSE 'no known parent' END", "' of the kind '",
      "s.asked_kind", "' on '", day,
    ])
    let remark = "CASE WHEN s.reason = '' THEN '' ELSE \(dialect.concatenated(["'; '", "s.reason"])) END"
    return """
      CASE WHEN s.place <> '' AND s.status = 'none' THEN \(dialect.concatenated([elsewhere, remark]))
          WHEN s.place <> '' THEN \(dialect.concatenated([missing, remark]))
          WHEN s.status = 'none' THEN \(dialect.concatenated(["'in no body on '", day, remark]))
          WHEN s.reason <> '' THEN s.reason END AS reason
      """
  }

  private func pairs(withEvents: Bool) -> String {
    """
    SELECT s.from_day, s.to_day,
      (SELECT r.kind FROM \(names("role")) r JOIN \(names("kind")) k ON k.kind = r.kind
        WHERE r.organisation = s.organisation AND \(SQLNames.holds("r", "s.from_day"))
          AND (k.tier IS NULL OR k.tier = '\(Kind.placeTier)')
        ORDER BY CASE WHEN k.tier IS NULL THEN 1 ELSE 0 END, k.position LIMIT 1) AS from_kind,
      s.organisation AS from_organisation,
      \(words.code(of: "s.organisation", on: "s.from_day")) AS from_code,
      \(words.name(of: "s.organisation", on: "s.from_day")) AS from_name,
      NULLIF(s.target, '') AS to_organisation,
      CASE WHEN s.target <> '' THEN \(words.code(of: "s.target", on: "s.to_day")) END AS to_code,
      CASE WHEN s.target <> '' THEN \(words.name(of: "s.target", on: "s.to_day")) END AS to_name,
      \(share), \(method),\(withEvents ? " t.events," : "") s.status, \(reason)\(question)
    FROM counted s\(withEvents ? " LEFT JOIN travelled t ON \(same("s", "t"))" : "")
    """
  }

  /// The columns of `pairs`, in a database that has functions.
  static let pairColumns: [(name: String, content: ExportedColumn.Content)] = [
    ("from_day", .day), ("to_day", .day), ("from_kind", .key), ("from_organisation", .key), ("from_code", .key),
    ("from_name", .text), ("to_organisation", .key), ("to_code", .key), ("to_name", .text), ("share", .number),
    ("amount", .decimal), ("total", .decimal), ("basis", .key), ("method", .key), ("events", .text),
    ("status", .key), ("reason", .text),
  ]

  private var periods: String {
    let start = "CASE WHEN c.valid_from > s.valid_from THEN c.valid_from ELSE s.valid_from END"
    let end = "CASE WHEN s.valid_to IS NULL OR c.valid_to < s.valid_to THEN c.valid_to ELSE s.valid_to END"
    let last = dialect.dayBefore("(\(end))").map { " \($0) AS last_day," } ?? ""
    return """
      SELECT c.scheme, c.code AS from_code, s.organisation AS from_organisation, \(start) AS valid_from,
        \(end) AS valid_to,\(last) s.to_day, NULLIF(s.target, '') AS to_organisation,
        CASE WHEN s.target <> '' THEN \(words.code(of: "s.target", on: "s.to_day")) END AS to_code,
        \(share), \(method), s.status, \(reason)\(question)
      FROM counted s JOIN \(names("code")) c ON c.organisation = s.organisation
        AND (s.valid_to IS NULL OR c.valid_from < s.valid_to) AND (c.valid_to IS NULL OR c.valid_to > s.valid_from)
      """
  }

  /// The columns of `periods`, in a database that has functions.
  static let periodColumns: [(name: String, content: ExportedColumn.Content)] = [
    ("scheme", .key), ("from_code", .key), ("from_organisation", .key), ("valid_from", .day), ("valid_to", .day),
    ("last_day", .day), ("to_day", .day), ("to_organisation", .key), ("to_code", .key), ("share", .number),
    ("amount", .decimal), ("total", .decimal), ("basis", .key), ("method", .key), ("status", .key),
    ("reason", .text),
  ]
}
