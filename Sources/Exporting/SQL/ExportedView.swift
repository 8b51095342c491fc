import RegistryStorage

/// A view, or a function with parameters, on exported tables.
struct ExportedView: Sendable {
  let name: String
  let words: String
  /// The query, in the dialect that it was made for.
  let query: String
  /// The parameters of a function. Empty for a view.
  var parameters: [Parameter] = []
  /// The columns of a function's result.
  var columns: [(name: String, content: ExportedColumn.Content)] = []

  struct Parameter: Sendable {
    let name: String
    let content: ExportedColumn.Content
    var isOptional = false
  }

  static let names = [
    "organisation_last", "organisation_version", "placement_amount", "succession_share", "lineage", "ready_crosswalk",
  ]
  static let functionNames = ["organisation_on", "crosswalk"]
}

/// The views of one export.
struct ExportedViews {
  let names: SQLNames
  let words: OrganisationWords

  init(_ names: SQLNames, schemes: [String]) {
    self.names = names
    words = OrganisationWords(names: names, schemes: schemes)
  }

  /// Each view after those that it uses.
  var all: [ExportedView] {
    [last, version, placementAmount, successionShare, lineage, readyCrosswalk]
      + (names.dialect.hasFunctions ? [organisationOn, crosswalk] : [])
  }

  private func codes(of body: String, on day: String?) -> String {
    words.schemes.map { "\(words.code($0, of: body, on: day)) AS \(words.column(of: $0)),\n  " }.joined()
  }

  /// The span of a life: in law, or in operation if the law says nothing.
  private var lived: String {
    """
    SELECT l.organisation, min(l.valid_from) AS lived_from,
        CASE WHEN count(*) = count(l.valid_to) THEN max(l.valid_to) END AS lived_to
      FROM \(names("life")) l
      WHERE l.timeline = 'legal' OR NOT EXISTS (
        SELECT 1 FROM \(names("life")) o WHERE o.organisation = l.organisation AND o.timeline = 'legal')
      GROUP BY l.organisation
    """
  }

  // MARK: Bodies

  private var last: ExportedView {
    ExportedView(
      name: "organisation_last",
      words: "Every body with its last name and its last codes; it lived from lived_from until the day before lived_to"
        + " (NULL: it lives).",
      query: """
        WITH lived AS (
          \(lived)
        )
        SELECT o.organisation,
          \(words.name(of: "o.organisation", on: nil)) AS name,
          \(codes(of: "o.organisation", on: nil))lived.lived_from, lived.lived_to
        FROM \(names("organisation")) o LEFT JOIN lived ON lived.organisation = o.organisation
        """)
  }

  private var version: ExportedView {
    let facts = ["life", "code", "name", "role"]
    let days = facts.flatMap { table in
      [
        "SELECT organisation, valid_from AS changed_on FROM \(names(table))",
        "SELECT organisation, valid_to FROM \(names(table)) WHERE valid_to IS NOT NULL",
      ]
    }
    return ExportedView(
      name: "organisation_version",
      words:
        "Bodies as at any day: a row for each body, kind and period in which kind, name and codes stay as they are."
        + " As at day D: valid_from <= D AND (valid_to IS NULL OR valid_to > D), half-open. Where the owners of schemes"
        + " disagree about the kind, asserted_by names the scheme.",
      query: """
        WITH boundary AS (
          \(days.joined(separator: "\n  UNION "))
        ), version AS (
          SELECT organisation, changed_on AS valid_from,
            lead(changed_on) OVER (PARTITION BY organisation ORDER BY changed_on) AS valid_to
          FROM boundary
        ), lived AS (
          \(lived)
        )
        SELECT v.organisation, r.kind, r.asserted_by,
          \(words.name(of: "v.organisation", on: "v.valid_from")) AS name,
          \(codes(of: "v.organisation", on: "v.valid_from"))lived.lived_from, lived.lived_to, v.valid_from, v.valid_to
        FROM version v
          JOIN \(names("role")) r ON r.organisation = v.organisation AND \(CrosswalkQuery.holds("r", "v.valid_from"))
          LEFT JOIN lived ON lived.organisation = v.organisation
        WHERE lived.organisation IS NULL
          OR (lived.lived_from <= v.valid_from AND (lived.lived_to IS NULL OR lived.lived_to > v.valid_from))
        """)
  }

  private var organisationOn: ExportedView {
    let day = names.dialect == .postgres ? "organisation_on.on_date" : "CAST(on_date AS DATE)"
    return ExportedView(
      name: "organisation_on",
      words:
        "The bodies as at a day, a row for each of their kinds, with the name and the codes of that day; inclusive of"
        + " the first day, exclusive of lived_to.",
      query: """
        WITH lived AS (
          \(lived)
        )
        SELECT r.organisation, r.kind, r.asserted_by,
          \(words.name(of: "r.organisation", on: day)) AS name,
          \(codes(of: "r.organisation", on: day))lived.lived_from, lived.lived_to
        FROM \(names("role")) r LEFT JOIN lived ON lived.organisation = r.organisation
        WHERE \(CrosswalkQuery.holds("r", day)) AND (lived.organisation IS NULL
          OR (lived.lived_from <= \(day) AND (lived.lived_to IS NULL OR lived.lived_to > \(day))))
        """,
      parameters: [ExportedView.Parameter(name: "on_date", content: .day)],
      columns: [("organisation", .key), ("kind", .key), ("asserted_by", .key), ("name", .text)]
        + words.schemes.map { (words.column(of: $0), .key) } + [("lived_from", .day), ("lived_to", .day)])
  }

  // MARK: Territory

  private var placementAmount: ExportedView {
    ExportedView(
      name: "placement_amount",
      words:
        "Where territory lies and what it amounts to in every basis, in periods (half-open): add up the amounts of a"
        + " basis on a day to measure a body.",
      query: """
        SELECT p.organisation, p.lost_at_event, c.unit_partition, e.parcel, p.piece, m.basis, m.amount, p.valid_from,
          p.valid_to
        FROM \(names("placement")) p
          JOIN \(names("piece")) e ON e.piece = p.piece
          JOIN \(names("parcel")) c ON c.parcel = e.parcel
          JOIN \(names("piece_amount")) m ON m.piece = p.piece
        """)
  }

  private var successionShare: ExportedView {
    let asked = """
      SELECT DISTINCT s.predecessor AS organisation, e.day_before AS from_day, e.happened_on AS to_day
        FROM \(names("succession")) s JOIN \(names("event")) e ON e.event = s.event WHERE s.nature <> 'duties'
      """
    let shares = CrosswalkQuery(names: names, asked: asked, countsObservations: false)
    let isKnown = "s.nature <> 'duties' AND c.basis IS NOT NULL"
    return ExportedView(
      name: "succession_share",
      words: "Who succeeded whom, with codes of the last day before and the first day after, and the share of the"
        + " predecessor that went along: NULL where duties pass without territory, or where no source says how much.",
      query: """
        WITH \(shares.clauses), known AS (
          SELECT p.organisation, p.from_day, p.to_day, max(\(CrosswalkQuery.method)) AS method
          FROM part p JOIN chosen c
            ON c.organisation = p.organisation AND c.from_day = p.from_day AND c.to_day = p.to_day AND c.basis = p.basis
          GROUP BY p.organisation, p.from_day, p.to_day
        )
        SELECT s.fact_key, s.predecessor, \(words.code(of: "s.predecessor", on: "e.day_before")) AS predecessor_code,
          s.successor, \(words.code(of: "s.successor", on: "e.happened_on")) AS successor_code,
          e.happened_on, e.type, s.nature,
          CASE WHEN \(isKnown) THEN coalesce(p.amount, 0) / c.amount END AS share,
          CASE WHEN \(isKnown) THEN c.basis END AS basis,
          CASE WHEN \(isKnown) THEN coalesce(\(CrosswalkQuery.method), w.method) END AS method,
          s.event, s.source, o.title AS source_title
        FROM \(names("succession")) s
          JOIN \(names("event")) e ON e.event = s.event
          LEFT JOIN \(names("source")) o ON o.source = s.source
          LEFT JOIN chosen c ON c.organisation = s.predecessor AND c.to_day = e.happened_on AND c.from_day = e.day_before
          LEFT JOIN part p ON p.organisation = c.organisation AND p.from_day = c.from_day AND p.to_day = c.to_day
            AND p.basis = c.basis AND p.target = s.successor
          LEFT JOIN known w ON w.organisation = c.organisation AND w.from_day = c.from_day AND w.to_day = c.to_day
        """)
  }

  private var lineage: ExportedView {
    let link = """
      SELECT s.fact_key, s.predecessor, s.successor, e.happened_on
        FROM \(names("succession")) s JOIN \(names("event")) e ON e.event = s.event
      """
    return ExportedView(
      name: "lineage",
      words:
        "What came of every body (direction forward) and what it came from (backward), through any number of events:"
        + " filter by organisation. A step leads on only to later, or earlier, events.",
      query: """
        WITH RECURSIVE link AS (
          \(link)
        ), forward_link (organisation, fact_key, successor, happened_on) AS (
          SELECT predecessor, fact_key, successor, happened_on FROM link
          UNION
          SELECT f.organisation, l.fact_key, l.successor, l.happened_on
          FROM forward_link f JOIN link l ON l.predecessor = f.successor AND l.happened_on > f.happened_on
        ), backward_link (organisation, fact_key, predecessor, happened_on) AS (
          SELECT successor, fact_key, predecessor, happened_on FROM link
          UNION
          SELECT b.organisation, l.fact_key, l.predecessor, l.happened_on
          FROM backward_link b JOIN link l ON l.successor = b.predecessor AND l.happened_on < b.happened_on
        ), step AS (
          SELECT organisation, 'forward' AS direction, fact_key FROM forward_link
          UNION ALL
          SELECT organisation, 'backward', fact_key FROM backward_link
        )
        SELECT step.organisation, step.direction, s.predecessor,
          \(words.code(of: "s.predecessor", on: nil)) AS from_code, s.successor,
          \(words.code(of: "s.successor", on: nil)) AS to_code,
          s.happened_on, s.type, s.share, s.basis, s.method, s.event
        FROM step JOIN \(names("succession_share")) s ON s.fact_key = step.fact_key
        """)
  }

  // MARK: Crosswalks

  /// The bodies of the place tier on a day.
  private func places(on day: String, from pairs: String, _ toDay: String) -> String {
    """
    SELECT DISTINCT r.organisation, \(day) AS from_day, \(toDay) AS to_day
      FROM \(pairs)\(names("role")) r JOIN \(names("kind")) k ON k.kind = r.kind AND k.tier = '\(Kind.placeTier)'
        JOIN \(names("organisation")) o ON o.organisation = r.organisation AND o.is_complete = 1
      WHERE \(CrosswalkQuery.holds("r", day)) AND (
        EXISTS (SELECT 1 FROM \(names("life")) l WHERE l.organisation = r.organisation AND \(CrosswalkQuery.holds("l", day)))
        OR NOT EXISTS (SELECT 1 FROM \(names("life")) l WHERE l.organisation = r.organisation))
    """
  }

  private static let crosswalkWords =
    "Where the bodies of the tier place of one day lie on another, in shares of the from body that add up to 1: a self-join"
    + " on placements. Each body uses the first basis that covers it. to_organisation NULL: in no body. share NULL: no"
    + " source says where it went (see lost_at_event), or the register knows no territory of it."

  private var readyCrosswalk: ExportedView {
    let query = CrosswalkQuery(
      names: names,
      asked: places(on: "x.from_day", from: "\(names("crosswalk_pair")) x CROSS JOIN ", "x.to_day"))
    return ExportedView(
      name: "ready_crosswalk",
      words: Self.crosswalkWords + " For the pairs of days in the table crosswalk_pair, to which pairs may be added.",
      query: query.crosswalk(words))
  }

  private var crosswalk: ExportedView {
    let isPostgres = names.dialect == .postgres
    let (from, to) =
      isPostgres
      ? ("crosswalk.from_date", "crosswalk.to_date") : ("CAST(from_date AS DATE)", "CAST(to_date AS DATE)")
    let basis = isPostgres ? "crosswalk.in_basis" : "CAST(in_basis AS VARCHAR)"
    let query = CrosswalkQuery(
      names: names, asked: places(on: from, from: "", to), basis: "(\(basis) IS NULL OR b.basis = \(basis))")
    return ExportedView(
      name: "crosswalk",
      words: Self.crosswalkWords + " The basis may be named as the third argument; the from day may be the later one.",
      query: query.crosswalk(words),
      parameters: [
        ExportedView.Parameter(name: "from_date", content: .day),
        ExportedView.Parameter(name: "to_date", content: .day),
        ExportedView.Parameter(name: "in_basis", content: .key, isOptional: true),
      ],
      columns: [
        ("from_day", .day), ("to_day", .day), ("from_kind", .key), ("from_organisation", .key), ("from_code", .key),
        ("from_name", .text), ("to_organisation", .key), ("to_code", .key), ("to_name", .text), ("share", .number),
        ("amount", .number), ("basis", .key), ("method", .key), ("events", .text), ("lost_at_event", .key),
      ])
  }
}
