/// Where territory lies, as sources place it and as it follows from the events.
extension PackageTable {
  static let territory = [parcels, anchors, movements, units, unitAmounts, parcelAmounts] + pieces

  private static let source = Column.key("source", of: "sources").optional
  private static let note = Column.text("note").optional
  private static let part = Column.integer("part", "of the parcel, from 1")

  private static let parcels = PackageTable(
    name: "parcels", description: "Sets of units that have always moved together",
    columns: [.text("key", "permanent"), .key("partition", of: "partitions")],
    sql: """
      SELECT parcel.key, partition.key FROM parcel JOIN partition ON partition.id = partition_id ORDER BY parcel.key
      """)

  private static let anchors = PackageTable(
    name: "anchors", description: "Where a source places a parcel on one day",
    columns: [
      .text("key", "permanent"), .key("parcel", of: "parcels"), .key("organisation", of: "organisations"), .day("day"),
      .text("status"), source, note,
    ],
    sql: """
      SELECT fact.key, parcel.key, organisation.key, anchored_on, status, source.key, fact.note
      FROM anchor AS fact JOIN parcel ON parcel.id = parcel_id JOIN organisation ON organisation.id = organisation_id
        LEFT JOIN source ON source.id = fact.source_id
      WHERE superseded_in IS NULL ORDER BY fact.key
      """)

  private static let movements = PackageTable(
    name: "movements", description: "Which parcels go to which body in a dividing event",
    columns: [
      .text("key", "permanent"), .key("event", of: "events"), .key("parcel", of: "parcels"),
      .key("successor", of: "organisations"), source, note,
    ],
    sql: """
      SELECT fact.key, change_event.key, parcel.key, organisation.key, source.key, fact.note
      FROM movement AS fact JOIN change_event ON change_event.id = event_id JOIN parcel ON parcel.id = parcel_id
        JOIN organisation ON organisation.id = successor_id LEFT JOIN source ON source.id = fact.source_id
      WHERE superseded_in IS NULL ORDER BY fact.key
      """)

  private static let units = PackageTable(
    name: "units", description: "Small areas, practices, ...: the units of partitions",
    columns: [.key("partition", of: "partitions"), .text("unit"), .key("parcel", of: "parcels"), source, note],
    key: ["partition", "unit"],
    sql: """
      SELECT partition.key, fact.code, parcel.key, source.key, fact.note
      FROM unit AS fact JOIN partition ON partition.id = fact.partition_id JOIN parcel ON parcel.id = parcel_id
        LEFT JOIN source ON source.id = fact.source_id
      WHERE superseded_in IS NULL ORDER BY partition.id, fact.code
      """)

  private static let unitAmounts = PackageTable(
    name: "unit_amounts", description: "What units amount to in bases that do not count units",
    columns: [
      .key("partition", of: "partitions"), .text("unit"), .key("basis", of: "bases"), .number("amount"), source, note,
    ], key: ["partition", "unit", "basis"],
    references: [Reference(columns: ["partition", "unit"], table: "units", key: ["partition", "unit"])],
    sql: """
      SELECT partition.key, unit_code, basis.key, amount, source.key, fact.note
      FROM unit_amount AS fact JOIN basis ON basis.id = basis_id JOIN partition ON partition.id = basis.partition_id
        LEFT JOIN source ON source.id = fact.source_id
      WHERE superseded_in IS NULL ORDER BY basis.id, unit_code
      """)

  private static let parcelAmounts = PackageTable(
    name: "parcel_amounts", description: "What parcels amount to: the sums of their units",
    columns: [.key("parcel", of: "parcels"), .key("basis", of: "bases"), .number("amount")], key: ["parcel", "basis"],
    sql: """
      SELECT parcel.key, basis.key, amount
      FROM parcel_amount JOIN parcel ON parcel.id = parcel_id JOIN basis ON basis.id = basis_id
      ORDER BY parcel.key, basis.id
      """)

  // MARK: Parts of parcels

  private static let ofParts = Reference(columns: ["parcel", "part"], table: "parts", key: ["parcel", "part"])

  private static let pieces = [
    PackageTable(
      name: "parts", description: "The parts that divisions by shares alone make of parcels; most parcels are one part",
      columns: [.key("parcel", of: "parcels"), part], key: ["parcel", "part"],
      sql: "\(numbered) SELECT parcel, part FROM numbered ORDER BY parcel, part"),
    PackageTable(
      name: "part_shares", description: "How much of its parcel a part is, where it is not the whole",
      columns: [.key("parcel", of: "parcels"), part, .key("basis", of: "bases"), .number("share")],
      key: ["parcel", "part", "basis"], references: [ofParts],
      sql: """
        \(numbered) SELECT parcel, part, basis.key, share
        FROM piece_share JOIN numbered ON numbered.id = piece_id JOIN basis ON basis.id = basis_id
        ORDER BY parcel, part, basis.id
        """),
    PackageTable(
      name: "part_scales",
      description: "By what the amount of a part is multiplied on days before an event of which only amounts are known",
      columns: [
        .key("parcel", of: "parcels"), part, .key("event", of: "events"), .key("basis", of: "bases"),
        .number("factor"),
      ], key: ["parcel", "part", "event", "basis"], references: [ofParts],
      sql: """
        \(numbered) SELECT parcel, part, change_event.key, basis.key, factor
        FROM piece_scale JOIN numbered ON numbered.id = piece_id JOIN change_event ON change_event.id = event_id
          JOIN basis ON basis.id = basis_id
        ORDER BY parcel, part, change_event.key, basis.id
        """),
    PackageTable(
      name: "part_divisions", description: "The events whose division is known by amounts alone",
      columns: [.key("parcel", of: "parcels"), part, .key("event", of: "events")], key: ["parcel", "part", "event"],
      references: [ofParts],
      sql: """
        \(numbered) SELECT parcel, part, change_event.key
        FROM piece_division JOIN numbered ON numbered.id = piece_id JOIN change_event ON change_event.id = event_id
        ORDER BY parcel, part, change_event.key
        """),
    PackageTable(
      name: "placements", description: "Where every part lay, as follows from anchors and events",
      columns: [
        .key("parcel", of: "parcels"), part, .key("organisation", of: "organisations").optional,
        .key("lost_at_event", of: "events", "which says nothing of the partition").optional,
        .day("first_day", "0001-01-01: as far back as the register goes"),
        .day("last_day").optional,
      ], key: ["parcel", "part", "first_day"], references: [ofParts],
      sql: """
        \(numbered) SELECT parcel, part, organisation.key, change_event.key, valid_from, date(valid_to, '-1 day')
        FROM placement JOIN numbered ON numbered.id = piece_id
          LEFT JOIN organisation ON organisation.id = organisation_id
          LEFT JOIN change_event ON change_event.id = gap_event_id
        ORDER BY parcel, part, valid_from
        """),
  ]

  /// The parts with the keys of their parcels and numbers of their own.
  private static let numbered = """
    WITH numbered AS MATERIALIZED (
      SELECT piece.id, parcel.key AS parcel, row_number() OVER (PARTITION BY parcel_id ORDER BY piece.id) AS part
      FROM piece JOIN parcel ON parcel.id = parcel_id)
    """
}
