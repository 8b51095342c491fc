import RegistryStorage

/// The tables that go out, each after those that it refers to.
extension ExportedTable {
  static let all = vocabulary + identities + facts + links + territory + commissioning + others

  private static let vocabulary = [
    ExportedTable(
      "scheme", "A scheme of codes and names, such as that of the Organisation Data Service.", key: ["scheme"],
      from: "scheme", order: "scheme.id",
      columns: [
        ExportedColumn("scheme", .key, required: true, from: "scheme.key", "its short name"),
        ExportedColumn("title", .text, required: true, from: "scheme.name", "what it is called"),
        ExportedColumn(
          "name_order", .integer, required: true, from: "scheme.rank",
          "the scheme with the lowest gives the name that is shown first"),
        place("scheme"),
      ]),
    ExportedTable(
      "kind", "A kind of body.", key: ["kind"], from: "kind", order: "kind.id",
      columns: [
        ExportedColumn("kind", .key, required: true, from: "kind.key", "its short name"),
        ExportedColumn("title", .text, required: true, from: "kind.name", "what it is called"),
        ExportedColumn(
          "tier", .key, from: "kind.tier", "bodies of the tier 'place' hold territory; NULL: of no tier"),
        ExportedColumn(
          "exclusive_group", .key, from: "kind.exclusive_group", "kinds of one group exclude each other on any day"),
        place("kind"),
      ]),
    ExportedTable(
      "relationship_kind", "A way in which one body stands under another.", key: ["relationship_kind"],
      from: "relationship_kind", order: "relationship_kind.id",
      columns: [
        ExportedColumn("relationship_kind", .key, required: true, from: "relationship_kind.key", "its short name"),
        ExportedColumn("title", .text, required: true, from: "relationship_kind.name", "what it is called"),
        ExportedColumn(
          "is_parent", .integer, required: true, from: "relationship_kind.is_parent", among: flag,
          "1: the superior is the parent in the hierarchy"),
        place("relationship_kind"),
      ]),
    ExportedTable(
      "measure_kind", "What can be measured of a body.", key: ["measure_kind"], from: "measure_kind",
      order: "measure_kind.id",
      columns: [
        ExportedColumn("measure_kind", .key, required: true, from: "measure_kind.key", "its short name"),
        ExportedColumn("title", .text, required: true, from: "measure_kind.name", "what it is called"),
        ExportedColumn("unit_name", .text, required: true, from: "measure_kind.unit_name", "what is counted"),
        place("measure_kind"),
      ]),
    ExportedTable(
      "unit_partition", "A division of the whole territory into units, such as small areas or practices.",
      key: ["unit_partition"], from: "partition", order: "partition.id",
      columns: [
        ExportedColumn("unit_partition", .key, required: true, from: "partition.key", "its short name"),
        ExportedColumn("title", .text, required: true, from: "partition.name", "what it is called"),
        ExportedColumn("unit_name", .text, required: true, from: "partition.unit_name", "what a unit is"),
        place("partition"),
      ]),
    ExportedTable(
      "basis",
      "What shares are measured by: an amount of every unit of a partition, or shares that somebody published.",
      key: ["basis"], from: "basis LEFT JOIN partition ON partition.id = basis.partition_id", order: "basis.id",
      columns: [
        ExportedColumn("basis", .key, required: true, from: "basis.key", "its short name"),
        ExportedColumn("title", .text, required: true, from: "basis.name", "what it is called"),
        ExportedColumn(
          "unit_partition", .key, references: "unit_partition", from: "partition.key",
          "the units that it measures; NULL: published shares without units"),
        ExportedColumn("unit_name", .text, required: true, from: "basis.unit_name", "what an amount counts"),
        ExportedColumn("as_at", .day, from: "basis.as_at", "the day of the amounts"),
        ExportedColumn(
          "counts_units", .integer, required: true, from: "basis.counts_units", among: flag,
          "1: every unit amounts to 1"),
        place("basis"),
      ]),
  ]

  /// The order of the words of a vocabulary, which has a meaning.
  static func place(_ table: String) -> ExportedColumn {
    ExportedColumn(
      "position", .integer, required: true, from: "\(table).id", "the order in which they are listed or tried")
  }

  private static let citation = [
    ExportedColumn("source", .key, required: true, from: "source.key", "its permanent key"),
    ExportedColumn("title", .text, from: "citation.title", "how it is cited"),
    ExportedColumn(
      "instrument", .key, from: "citation.instrument",
      among: ["ukpga", "uksi", "nhse_order", "nhse_decision", "ods_record", "ons_chd", "other"],
      "for example uksi, a statutory instrument"),
    ExportedColumn("issue_year", .integer, from: "citation.year", "of its number"),
    ExportedColumn("issue_number", .key, from: "citation.number", "its number within the year"),
    ExportedColumn("provision", .text, from: "citation.provision", "the article or section"),
    ExportedColumn("made_on", .day, from: "citation.made_on", "the day on which it was made"),
    ExportedColumn("in_force_on", .day, from: "citation.in_force_on", "the day from which it was in force"),
    ExportedColumn("url", .text, from: "citation.url", "where it can be read"),
    ExportedColumn("retrieved_on", .day, from: "citation.retrieved_on", "the day on which it was read there"),
    ExportedColumn("note", .text, from: "citation.note", "a remark"),
  ]

  /// What was ever recorded of sources; in the table itself a source stands also where nobody cites it any more.
  static let citationHistory = ExportedTable(
    "source", "", key: ["source"], from: "citation JOIN source ON source.id = citation.source_id", recorded: "citation",
    order: "citation.id", columns: citation
  ).history

  private static let identities = [
    ExportedTable(
      "source", "Where something is written.", key: ["source"],
      from: "source LEFT JOIN citation ON citation.source_id = source.id AND citation.superseded_in IS NULL",
      order: "source.id", columns: citation),
    ExportedTable(
      "organisation",
      "A body: an identity, not a code and not a name. What is known of it stands in life, code, name, role and relationship.",
      key: ["organisation"], from: "organisation", order: "organisation.id",
      within: { _ in "organisation.id IN named" },
      columns: [
        ExportedColumn("organisation", .key, required: true, from: "organisation.key", "its permanent key"),
        ExportedColumn(
          "is_complete", .integer, required: true, from: "1", narrowed: "organisation.id IN chosen", among: flag,
          "0: here only because others name it, so that its territory and its ties may be missing"),
      ]),
    ExportedTable(
      "event", "Something that happened to one or more bodies on one day: one merger of six bodies is one event.",
      key: ["event"],
      from: "change_event JOIN event_detail ON event_detail.event_id = change_event.id", recorded: "event_detail",
      order: "change_event.id", indexes: [["happened_on"]],
      within: { "(change_event.id IN told OR (\($0.kind == nil ? $0.happens("change_event.id") : "0")))" },
      columns: [
        ExportedColumn("event", .key, required: true, from: "change_event.key", "its permanent key"),
        ExportedColumn("type", .key, required: true, from: "event_detail.type", "merger, split, succession and so on"),
        ExportedColumn(
          "happened_on", .day, required: true, from: "event_detail.happened_on",
          "the legal date: the first day of the new state"),
        ExportedColumn(
          "day_before", .day, required: true, from: "date(event_detail.happened_on, '-1 day')",
          "the last day of the old state"),
        ExportedColumn(
          "operational_on", .day, from: "event_detail.operational_on", "the first day in operation, where it differs"),
        ExportedColumn("title", .text, from: "event_detail.title", "what happened"),
        status("event_detail"), source("event_detail"), note("event_detail"),
      ], sourceOf: "event_detail"),
  ]

  private static let others = [
    ofKind(
      .claim, indexes: [["organisation"]],
      checks: [
        "claimed_to > claimed_from", "topic IS NULL OR amount IS NULL", "organisation IS NULL OR topic IS NOT NULL",
      ],
      within: {
        """
        iif(claim.organisation_id IS NULL, \($0.isOfKind("kind.key")), claim.organisation_id IN named)
          AND \($0.overlaps("claim", from: "claimed_from", to: "claimed_to"))
        """
      }),
    ofKind(.plannedEvent),
  ]

  // MARK: Columns that many tables have

  static func factKey(_ table: String) -> ExportedColumn {
    ExportedColumn(
      "fact_key", .key, required: true, from: "\(table).key", "the permanent key of this fact, which orgreg takes too")
  }

  static let certainties = ["stated", "derived", "unknown"]
  static let flag = ["0", "1"]

  static func status(_ table: String) -> ExportedColumn {
    ExportedColumn(
      "status", .key, required: true, from: "\(table).status", among: certainties,
      "stated by a source, derived by the register, or unknown"
    )
  }

  static func source(_ table: String) -> ExportedColumn {
    ExportedColumn("source", .key, references: "source", from: "origin.key", "where it is written")
  }

  static func note(_ table: String) -> ExportedColumn {
    ExportedColumn("note", .text, from: "\(table).note", "a remark")
  }

  static func organisation(
    _ name: String = "organisation", alias: String = "organisation", required: Bool = true, _ words: String = "the body"
  ) -> ExportedColumn {
    ExportedColumn(name, .key, required: required, references: "organisation", from: "\(alias).key", words)
  }

  static func event(_ words: String = "the event") -> ExportedColumn {
    ExportedColumn("event", .key, required: true, references: "event", from: "change_event.key", words)
  }

  /// A table whose rows name a source.
  init(
    _ name: String, _ words: String, key: [String], from tables: String, recorded: String? = nil, order: String,
    indexes: [[String]] = [], checks: [String] = [], within: (@Sendable (ExportScope) -> String)? = nil,
    columns: [ExportedColumn], sourceOf table: String
  ) {
    self.init(
      name, words, key: key, from: "\(tables) LEFT JOIN source AS origin ON origin.id = \(table).source_id",
      recorded: recorded, order: order, indexes: indexes, checks: checks, within: within, columns: columns)
  }
}
