import RegistryStorage

/// The exported tables, each after those that it refers to.
extension ExportedTable {
  static let all = vocabulary + identities + facts + links + territory + commissioning + others + answers

  private static let vocabulary = [.scheme, .kind, .relationshipKind, .measureKind, .partition, .basis].map(ofWords)

  /// A table of words. Their order has a meaning.
  static func ofWords(_ kind: WordKind) -> ExportedTable {
    let table = kind.rawValue
    let name = exportedName(of: .word(kind)) ?? table
    return ExportedTable(
      name, kind.words, key: [name],
      from: ([table] + kind.columns.compactMap { join($0, to: table) }).joined(separator: " "),
      order: "\(table).id",
      columns: [ExportedColumn(name, .key, required: true, from: "\(table).key", "its short name")]
        + kind.columns.map { column($0, of: table) } + [
          ExportedColumn(
            "position", .integer, required: true, from: "\(table).id", "the order in which they are listed or tried")
        ])
  }

  /// A source is here even if nobody cites it any more. Then the rest is blank.
  private static let citation: [ExportedColumn] =
    [ExportedColumn("source", .key, required: true, from: "source.key", "its permanent key")]
    + FactKind.citation.schema.columns.dropFirst().map { column($0, of: "citation", isOptional: true) }
    + [note("citation")]

  /// All that was ever recorded of sources. The table itself also has the sources that nobody cites any more.
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
        status("event_detail"),
      ], sourceOf: "event_detail"),
  ]

  private static let others = [
    ofKind(
      .claim, indexes: [["organisation"]],
      checks: [
        "claimed_to > claimed_from", "topic IS NULL OR amount IS NULL OR statistic IS NOT NULL",
        "organisation IS NULL OR topic IS NOT NULL",
      ],
      within: {
        """
        iif(claim.organisation_id IS NULL, \($0.isOfKind("kind.key")), claim.organisation_id IN named)
          AND \($0.overlaps("claim", from: "claimed_from", to: "claimed_to"))
        """
      }),
    proposal, ofKind(.proposalBase), ofKind(.proposalStatement, indexes: [["proposal"]]),
  ]

  private static let proposal = ExportedTable(
    "proposal", FactKind.proposalDetail.schema.words, key: ["proposal"],
    from: "proposal JOIN proposal_detail ON proposal_detail.proposal_id = proposal.id", recorded: "proposal_detail",
    order: "proposal.id",
    columns: [
      ExportedColumn("proposal", .key, required: true, from: "proposal.key", "its permanent key"),
      ExportedColumn("planned_for", .day, required: true, from: "proposal_detail.planned_for", "the expected day"),
      ExportedColumn("title", .text, required: true, from: "proposal_detail.title", "what is proposed"),
      ExportedColumn(
        "state", .key, required: true, from: "proposal_detail.state", among: ProposalState.allCases.map(\.rawValue),
        "open, enacted or withdrawn"),
    ], sourceOf: "proposal_detail")

  // MARK: Columns that many tables have

  static func factKey(_ table: String) -> ExportedColumn {
    ExportedColumn(
      "fact_key", .key, required: true, from: "\(table).key", "the permanent key of this fact, which orgreg takes too")
  }

  static let certainties = Certainty.allCases.map(\.rawValue)
  static let flag = ["0", "1"]

  static func status(_ table: String) -> ExportedColumn {
    ExportedColumn(
      "status", .key, required: true, from: "\(table).status", among: certainties,
      "stated by a source, derived by the register, or unknown"
    )
  }

  static let source = ExportedColumn("source", .key, references: "source", from: "origin.key", "where it is written")

  static func joinOfSource(_ table: String) -> String {
    "LEFT JOIN source AS origin ON origin.id = \(table).source_id"
  }

  static func note(_ table: String) -> ExportedColumn {
    ExportedColumn("note", .text, from: "\(table).note", "a remark")
  }

  static func validFrom(_ table: String) -> ExportedColumn {
    ExportedColumn("valid_from", .day, required: true, from: "\(table).valid_from", "the first day")
  }

  static func validTo(_ table: String) -> ExportedColumn {
    ExportedColumn(
      "valid_to", .day, from: "\(table).valid_to", "the first day after (half-open). NULL if it has not ended")
  }
}
