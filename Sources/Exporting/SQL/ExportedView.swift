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
    "ready_crosswalk_to",
  ]
  static let functionNames = ["organisation_on", "crosswalk", "crosswalk_to"]
}

/// The views of one export.
struct ExportedViews {
  let names: SQLNames
  let words: OrganisationWords
  let reach: ExportReach

  init(_ names: SQLNames, schemes: [String], _ reach: ExportReach) {
    self.names = names
    self.reach = reach
    words = OrganisationWords(names: names, schemes: schemes)
  }

  /// Each view after those that it uses.
  var all: [ExportedView] {
    [last, version, placementAmount, successionShare, lineage, readyCrosswalk, readyCrosswalkTo]
      + (names.dialect.hasFunctions ? [organisationOn, crosswalk, crosswalkTo] : [])
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
          \((days + (reach.part.first.map { ["SELECT organisation, \(names.dialect.day("\($0)")) FROM \(names("organisation"))"] } ?? [])).joined(separator: "\n  UNION "))
        ), version AS (
          SELECT organisation, changed_on AS valid_from,
            \(versionEnd) AS valid_to
          FROM boundary\(known(" WHERE ", "changed_on"))
        ), lived AS (
          \(lived)
        )
        SELECT v.organisation, r.kind, r.asserted_by,
          \(words.name(of: "v.organisation", on: "v.valid_from")) AS name,
          \(codes(of: "v.organisation", on: "v.valid_from"))lived.lived_from, lived.lived_to, v.valid_from, v.valid_to
        FROM version v
          JOIN \(names("role")) r ON r.organisation = v.organisation AND \(SQLNames.holds("r", "v.valid_from"))
          LEFT JOIN lived ON lived.organisation = v.organisation
        WHERE lived.organisation IS NULL
          OR (lived.lived_from <= v.valid_from AND (lived.lived_to IS NULL OR lived.lived_to > v.valid_from))
        """)
  }

  /// Of a part of the register, the days of which it has all.
  private func known(_ word: String, _ day: String) -> String {
    let conditions = [
      reach.part.first.map { "\(day) >= '\($0)'" }, reach.part.last.map { "\(day) <= '\($0)'" },
    ].compactMap { $0 }
    return conditions.isEmpty ? "" : word + conditions.joined(separator: " AND ")
  }

  private var versionEnd: String {
    let next = "lead(changed_on) OVER (PARTITION BY organisation ORDER BY changed_on)"
    return reach.part.last.map { "coalesce(\(next), \(names.dialect.day("\($0.next)")))" } ?? next
  }

  private var organisationOn: ExportedView {
    let on = names.dialect == .postgres ? "organisation_on.on_date" : "CAST(on_date AS DATE)"
    // The day that is looked up is refused where the export lacks it. All others are compared with it as it is.
    let day = names.dialect == .postgres ? on : reach.duckDay(on)
    let isKnown =
      names.dialect == .postgres
      ? " AND \(names(ExportReach.guardName)) (\(on), \(on), NULL, NULL)" : ""
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
        WHERE \(SQLNames.holds("r", day))\(isKnown) AND (lived.organisation IS NULL
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
        SELECT p.organisation, p.lost_at_event, p.is_silent, c.unit_partition, e.parcel, p.piece, m.basis, m.amount,
          p.valid_from, p.valid_to
        FROM \(names("placement")) p
          JOIN \(names("piece")) e ON e.piece = p.piece
          JOIN \(names("parcel")) c ON c.parcel = e.parcel
          JOIN \(names("piece_amount")) m ON m.piece = p.piece
        """)
  }

  private var successionShare: ExportedView {
    ExportedView(
      name: "succession_share",
      words: "Who succeeded whom, with codes of the last day before and the first day after, and the share of the"
        + " predecessor that went along: NULL where duties pass without territory, or where no source says how much.",
      query: """
        SELECT s.fact_key, s.predecessor, \(words.code(of: "s.predecessor", on: "e.day_before")) AS predecessor_code,
          s.successor, \(words.code(of: "s.successor", on: "e.happened_on")) AS successor_code,
          e.happened_on, e.type, s.nature, l.share, l.basis, l.method, s.event, s.source, o.title AS source_title
        FROM \(names("succession")) s
          JOIN \(names("event")) e ON e.event = s.event
          LEFT JOIN \(names("source")) o ON o.source = s.source
          LEFT JOIN \(names("link_share")) l ON l.fact_key = s.fact_key
        """)
  }

  private var lineage: ExportedView {
    ExportedView(
      name: "lineage",
      words:
        "What came of every body (direction forward) and what it came from (backward), through any number of events:"
        + " filter by organisation. The steps follow the pieces of its territory that weigh something.",
      query: """
        SELECT t.organisation, t.direction, s.predecessor,
          \(words.code(of: "s.predecessor", on: nil)) AS from_code, s.successor,
          \(words.code(of: "s.successor", on: nil)) AS to_code,
          s.happened_on, s.type, s.share, s.basis, s.method, s.event
        FROM \(names("lineage_step")) t JOIN \(names("succession_share")) s ON s.fact_key = t.fact_key
        """)
  }

  // MARK: Crosswalks

  private static let crosswalkWords =
    "Where the bodies of one day lie on another: those of the place tier, and those of kinds without a tier. A row is a"
    + " part of a body; the shares of a body add up to 1, and its amounts to the total. status mapped: in the body"
    + " to_organisation; none: in no body of the kind, and the reason says where instead; gap: no source says where."
  private static let optionWords =
    " Without a basis, people come before counts. A kind reads every place through the one body of the kind above it on"
    + " the to day."
  private static let periodWords =
    "Where every code of any scheme lies on one day: a row for each part in each stretch of days (valid_from until the"
    + " day before valid_to; last_day is inclusive) with the same answer, to join to any table with a day and a code."

  private func lookup(_ subject: CrosswalkLookup.Subject, namesQuestions: Bool = false) -> CrosswalkLookup {
    CrosswalkLookup(names: names, words: words, subject: subject, namesQuestions: namesQuestions)
  }

  private var readyCrosswalk: ExportedView {
    ExportedView(
      name: "ready_crosswalk",
      words: Self.crosswalkWords + Self.optionWords
        + " For the rows of the table crosswalk_pair, to which more may be added.",
      query: lookup(.pair, namesQuestions: true).query(
        "SELECT x.from_day, x.to_day, x.asked_basis, x.asked_kind FROM \(names("crosswalk_pair")) x"))
  }

  private var readyCrosswalkTo: ExportedView {
    ExportedView(
      name: "ready_crosswalk_to",
      words: Self.periodWords + Self.optionWords
        + " For the rows of the table crosswalk_target, to which more may be added.",
      query: lookup(.period, namesQuestions: true).query(
        "SELECT x.to_day, x.asked_basis, x.asked_kind FROM \(names("crosswalk_target")) x"))
  }

  private var crosswalk: ExportedView {
    ExportedView(
      name: "crosswalk",
      words: Self.crosswalkWords + Self.optionWords
        + " The third argument names a basis and the fourth a kind; the from day may be the later one.",
      query: lookup(.pair).query(asked(by: "crosswalk", from: "from_date")),
      parameters: [
        ExportedView.Parameter(name: "from_date", content: .day),
        ExportedView.Parameter(name: "to_date", content: .day),
      ] + Self.options,
      columns: CrosswalkLookup.pairColumns)
  }

  private var crosswalkTo: ExportedView {
    ExportedView(
      name: "crosswalk_to",
      words: Self.periodWords + Self.optionWords + " The second argument names a basis and the third a kind.",
      query: lookup(.period).query(asked(by: "crosswalk_to", from: nil)),
      parameters: [ExportedView.Parameter(name: "to_date", content: .day)] + Self.options,
      columns: CrosswalkLookup.periodColumns)
  }

  private static let options = [
    ExportedView.Parameter(name: "in_basis", content: .key, isOptional: true),
    ExportedView.Parameter(name: "to_kind", content: .key, isOptional: true),
  ]

  /// The question that the arguments of a function ask, if the export can answer it.
  private func asked(by function: String, from: String?) -> String {
    if names.dialect == .postgres {
      let arguments = [from ?? "to_date", "to_date", "in_basis", "to_kind"].map { "\(function).\($0)" }
      let any = "'\(ExportedTable.anyWord)'"
      return """
        SELECT \(from.map { "\(function).\($0) AS from_day, " } ?? "")\(arguments[1]) AS to_day,
            coalesce(\(arguments[2]), \(any)) AS asked_basis, coalesce(\(arguments[3]), \(any)) AS asked_kind
          WHERE \(names(ExportReach.guardName)) (\(arguments.joined(separator: ", ")))
        """
    }
    func day(_ name: String) -> String { reach.duckDay("CAST(\(name) AS DATE)") }
    return """
      SELECT \(from.map { "\(day($0)) AS from_day,\n    " } ?? "")\(day("to_date")) AS to_day,
          \(reach.duckWord("CAST(in_basis AS VARCHAR)", "basis", names)) AS asked_basis,
          \(reach.duckWord("CAST(to_kind AS VARCHAR)", "kind", names)) AS asked_kind
      """
  }
}
