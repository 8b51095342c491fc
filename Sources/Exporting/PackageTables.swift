/// The tables of the data package: what the register says now, in words and days.
///
/// Kept here:
/// 1. No id of a row goes out: rows are named by their permanent keys, parts of parcels by numbers within their parcel.
/// 2. Days are inclusive: `last_day` is the last on which a fact holds; blank: it goes on.
/// 3. Rows stand in the order of their keys, words in that of the register: the same contents give the same bytes.
/// 4. A table stands after those that it refers to, unless it refers to itself.
/// 5. What was superseded, and who recorded what, stays in the register.
extension PackageTable {
  static let all = words + [sources, events, organisations] + facts + links + territory + [claims, plans]

  private static let statuses = ["stated", "derived", "unknown"]
  private static let status = Column.text("status", "stated by a source, derived by us, or unknown", words: statuses)
  private static let source = Column.key("source", of: "sources").optional
  private static let note = Column.text("note").optional
  private static let key = Column.text("key", "permanent")
  private static let namedSource = "LEFT JOIN source ON source.id = fact.source_id"

  // MARK: Words

  private static let words = [
    PackageTable(
      name: "schemes", description: "Schemes of codes and names",
      columns: [key, .text("name"), .integer("rank", "the scheme of lowest rank gives the name that is shown first")],
      sql: "SELECT key, name, rank FROM scheme ORDER BY id"),
    PackageTable(
      name: "kinds", description: "Kinds of bodies",
      columns: [
        key, .text("name"), .text("tier", "'place' holds territory").optional,
        .text("exclusive_group", "kinds of one group exclude each other").optional,
      ], sql: "SELECT key, name, tier, exclusive_group FROM kind ORDER BY id"),
    PackageTable(
      name: "relationship_kinds", description: "How a body may stand to another",
      columns: [key, .text("name"), .flag("is_parent", "whether the other body is above")],
      sql: "SELECT key, name, iif(is_parent, 'true', 'false') FROM relationship_kind ORDER BY id"),
    PackageTable(
      name: "measure_kinds", description: "What is published of bodies",
      columns: [key, .text("name"), .text("unit_name")],
      sql: "SELECT key, name, unit_name FROM measure_kind ORDER BY id"),
    PackageTable(
      name: "partitions", description: "Divisions of the whole territory into units",
      columns: [key, .text("name"), .text("unit_name")], sql: "SELECT key, name, unit_name FROM partition ORDER BY id"),
    PackageTable(
      name: "bases", description: "What is measured of a partition, or observed without units",
      columns: [
        key, .text("name"), .key("partition", of: "partitions").optional, .text("unit_name"), .day("as_at").optional,
        .flag("counts_units"),
      ],
      sql: """
        SELECT basis.key, basis.name, partition.key, basis.unit_name, as_at, iif(counts_units, 'true', 'false')
        FROM basis LEFT JOIN partition ON partition.id = partition_id ORDER BY basis.id
        """),
  ]

  private static let sources = PackageTable(
    name: "sources", description: "Where it is written",
    columns: [
      key, .text("title").optional,
      .text(
        "instrument",
        words: ["ukpga", "uksi", "nhse_order", "nhse_decision", "ods_record", "ons_chd", "other"]
      ).optional, .integer("year").optional, .text("number").optional, .text("provision").optional,
      .day("made_on").optional, .day("in_force_on").optional, .text("url").optional, .day("retrieved_on").optional,
      note,
    ],
    sql: """
      SELECT source.key, title, instrument, year, number, provision, made_on, in_force_on, url, retrieved_on, note
      FROM source LEFT JOIN citation ON citation.source_id = source.id AND superseded_in IS NULL ORDER BY source.key
      """)

  // MARK: Bodies and their facts

  private static let organisations = PackageTable(
    name: "organisations", description: "Bodies: identities, not codes and not names",
    columns: [
      key, .day("first_day", "of its existence, in law or in operation").optional, .day("last_day").optional,
    ],
    sql: """
      SELECT key, valid_from, date(nullif(valid_to, '9999-12-31'), '-1 day')
      FROM organisation LEFT JOIN extent ON extent.organisation_id = organisation.id ORDER BY key
      """)

  private static let facts = [
    dated(
      "lives", "When bodies existed: each timeline falls back to the other", from: "life",
      [(.text("timeline", words: ["legal", "operational"]), "timeline")]),
    dated(
      "codes", "Codes of bodies", from: "code JOIN scheme ON scheme.id = scheme_id",
      [(.key("scheme", of: "schemes"), "scheme.key"), (.text("code"), "value")]),
    dated(
      "names", "Names of bodies, as the owners of schemes write them",
      from: "name JOIN scheme ON scheme.id = scheme_id",
      [(.key("scheme", of: "schemes"), "scheme.key"), (.text("name"), "value")]),
    dated(
      "roles", "Of what kinds bodies are",
      from: "role JOIN kind ON kind.id = kind_id LEFT JOIN scheme ON scheme.id = scheme_id",
      [
        (.key("kind", of: "kinds"), "kind.key"),
        (.key("asserted_by", of: "schemes", "given: only the owner of this scheme says so").optional, "scheme.key"),
      ]),
    dated(
      "relationships", "How bodies stand to others",
      from: """
        relationship JOIN relationship_kind AS kind ON kind.id = kind_id
          JOIN organisation AS superior ON superior.id = superior_id
        """,
      [
        (.key("kind", of: "relationship_kinds"), "kind.key"), (.key("superior", of: "organisations"), "superior.key"),
        (.text("grade", "of the evidence").optional, "grade"),
      ]),
    dated(
      "measures", "Amounts of bodies over periods, as published",
      from: "measure JOIN measure_kind AS kind ON kind.id = kind_id",
      [
        (.key("kind", of: "measure_kinds"), "kind.key"), (.number("amount"), "amount"),
        (.text("nature", words: ["final", "indicative"]).optional, "nature"),
      ]),
  ]

  /// Facts with a period about one body.
  /// - Parameters:
  ///   - from: the table of the facts, which is called so in the other columns, and what is joined to it.
  ///   - own: the columns between the body and the days.
  private static func dated(
    _ name: String, _ description: String, from: String, _ own: [(column: Column, expression: String)]
  ) -> PackageTable {
    let table = from.prefix { $0 != " " }
    let selected = own.map { ", \($0.expression)" }.joined()
    return PackageTable(
      name: name, description: description,
      columns: [key, .key("organisation", of: "organisations")] + own.map(\.column) + [
        .day("first_day"), .day("last_day", "inclusive; blank: it goes on").optional,
        .text("first_day_status", words: statuses), .text("last_day_status", words: statuses),
        .key("start_event", of: "events", "the event that dates the first day").optional,
        .key("end_event", of: "events").optional, source, note,
      ],
      sql: """
        SELECT \(table).key, organisation.key\(selected), valid_from, date(valid_to, '-1 day'), from_status, to_status,
          opening.key, closing.key, source.key, \(table).note
        FROM \(from) JOIN organisation ON organisation.id = \(table).organisation_id
          LEFT JOIN change_event AS opening ON opening.id = from_event_id
          LEFT JOIN change_event AS closing ON closing.id = to_event_id
          LEFT JOIN source ON source.id = source_id
        WHERE \(table).superseded_in IS NULL ORDER BY \(table).key
        """)
  }

  // MARK: Events

  private static let events = PackageTable(
    name: "events", description: "What happened to one or more bodies on one day",
    columns: [
      key, .text("type"), .day("day", "in law: the first of the new state"), .day("operational_day").optional,
      .text("title").optional, status, source, note,
    ],
    sql: """
      SELECT change_event.key, type, happened_on, operational_on, title, status, source.key, fact.note
      FROM event_detail AS fact JOIN change_event ON change_event.id = event_id \(namedSource)
      WHERE superseded_in IS NULL ORDER BY change_event.key
      """)

  private static let links = [
    PackageTable(
      name: "successions", description: "Who succeeded whom, and how much of the predecessor went that way",
      columns: [
        key, .key("event", of: "events"), .key("predecessor", of: "organisations"),
        .key("successor", of: "organisations"), .text("nature", words: ["succession", "territory", "duties"]), status,
        source, note,
        .number("share", "of the predecessor; blank: duties without territory, or no source says how much").optional
          .computed, .key("basis", of: "bases").optional.computed,
        .text("method", "exact where units are known").optional.computed,
      ],
      sql: """
        SELECT fact.key, change_event.key, predecessor.key, successor.key, nature, status, source.key, fact.note
        FROM succession AS fact JOIN change_event ON change_event.id = event_id
          JOIN organisation AS predecessor ON predecessor.id = predecessor_id
          JOIN organisation AS successor ON successor.id = successor_id \(namedSource)
        WHERE superseded_in IS NULL ORDER BY fact.key
        """),
    PackageTable(
      name: "flows", description: "How much went from a body to another in an event, where only that is known",
      columns: [
        key, .key("event", of: "events"), .key("predecessor", of: "organisations").optional,
        .key("successor", of: "organisations"), .key("basis", of: "bases"), .number("amount"), source, note,
      ],
      sql: """
        SELECT fact.key, change_event.key, predecessor.key, successor.key, basis.key, amount, source.key, fact.note
        FROM flow AS fact JOIN change_event ON change_event.id = event_id
          LEFT JOIN organisation AS predecessor ON predecessor.id = predecessor_id
          JOIN organisation AS successor ON successor.id = successor_id
          JOIN basis ON basis.id = basis_id \(namedSource)
        WHERE superseded_in IS NULL ORDER BY fact.key
        """),
    PackageTable(
      name: "observations", description: "How much of a body on one day lay in a body on another",
      columns: [
        key, .key("predecessor", of: "organisations"), .day("predecessor_day"),
        .key("successor", of: "organisations"), .day("successor_day"), .key("basis", of: "bases"), .number("amount"),
        source, note,
      ],
      sql: """
        SELECT fact.key, predecessor.key, predecessor_on, successor.key, successor_on, basis.key, amount, source.key,
          fact.note
        FROM observation AS fact JOIN organisation AS predecessor ON predecessor.id = predecessor_id
          JOIN organisation AS successor ON successor.id = successor_id
          JOIN basis ON basis.id = basis_id \(namedSource)
        WHERE superseded_in IS NULL ORDER BY fact.key
        """),
  ]

  // MARK: What is published and planned

  private static let claims = PackageTable(
    name: "claims", description: "Figures published elsewhere, to be held against the register",
    columns: [
      key, .key("kind", of: "kinds"), .key("scheme", of: "schemes").optional, .day("first_day"),
      .day("last_day").optional, .text("value"), .number("amount").optional, source, note,
    ],
    sql: """
      SELECT fact.key, kind.key, scheme.key, claimed_from, date(claimed_to, '-1 day'), value, amount, source.key,
        fact.note
      FROM claim AS fact JOIN kind ON kind.id = kind_id LEFT JOIN scheme ON scheme.id = scheme_id \(namedSource)
      WHERE superseded_in IS NULL ORDER BY fact.key
      """)

  private static let plans = PackageTable(
    name: "planned_events", description: "Proposals, which make no facts",
    columns: [key, .day("day"), .text("words", "of the command that would record it, as a JSON array"), note],
    sql: "SELECT key, planned_for, words, note FROM planned_event WHERE superseded_in IS NULL ORDER BY key")
}
