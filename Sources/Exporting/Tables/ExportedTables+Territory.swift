import RegistryStorage

/// Where territory lies and what it amounts to, and the log of what was recorded.
extension ExportedTable {
  static let territory = [
    ExportedTable(
      "parcel", "A set of units of one partition that has always moved together.", key: ["parcel"],
      from: "parcel LEFT JOIN partition ON partition.id = parcel.partition_id", order: "parcel.id",
      within: { _ in "parcel.id IN covered" },
      columns: [
        ExportedColumn("parcel", .key, required: true, from: "parcel.key", "its permanent key"),
        ExportedColumn(
          "unit_partition", .key, required: true, references: "unit_partition", from: "partition.key",
          "what its units are"),
        ExportedColumn(
          "piece_count", .integer, required: true,
          from: "(SELECT count(*) FROM piece WHERE piece.parcel_id = parcel.id)",
          "1: whole; more: divided by events of which only amounts are known"),
      ]),
    ExportedTable(
      "parcel_amount", "What a parcel amounts to.", key: ["parcel", "basis"],
      from: "parcel_amount LEFT JOIN parcel ON parcel.id = parcel_amount.parcel_id"
        + " LEFT JOIN basis ON basis.id = parcel_amount.basis_id",
      order: "parcel_amount.parcel_id, parcel_amount.basis_id", checks: ["amount >= 0"],
      within: { _ in "parcel_amount.parcel_id IN covered" },
      columns: [
        parcel, basis,
        ExportedColumn("amount", .decimal, required: true, from: "parcel_amount.amount", "how much"),
      ]),
    ExportedTable(
      "unit", "A unit, such as a small area or a practice, and the parcel that holds it.",
      key: ["unit_partition", "unit"],
      from:
        "unit LEFT JOIN partition ON partition.id = unit.partition_id LEFT JOIN parcel ON parcel.id = unit.parcel_id",
      recorded: "unit", order: "unit.id", indexes: [["parcel"]], within: { _ in "unit.parcel_id IN covered" },
      columns: [
        ExportedColumn(
          "unit_partition", .key, required: true, references: "unit_partition", from: "partition.key", "of which it is"),
        ExportedColumn("unit", .key, required: true, from: "unit.code", "its code"), parcel,
        ExportedColumn("valid_from", .day, from: "unit.valid_from", "the first day of the unit itself, if it is known"),
        ExportedColumn(
          "valid_to", .day, from: "unit.valid_to",
          "the first day after it. NULL if it has not ended, or the day is not known"),
      ], sourceOf: "unit"),
    ExportedTable(
      "unit_amount", "What a unit amounts to, in a basis that does not count units.", key: ["basis", "unit"],
      from: "unit_amount LEFT JOIN basis ON basis.id = unit_amount.basis_id", recorded: "unit_amount",
      order: "unit_amount.id", checks: ["amount >= 0"],
      within: { _ in "unit_amount.unit_code IN (SELECT code FROM unit WHERE parcel_id IN covered)" },
      columns: [
        basis, ExportedColumn("unit", .key, required: true, from: "unit_amount.unit_code", "the code of the unit"),
        ExportedColumn("amount", .number, required: true, from: "unit_amount.amount", "how much"),
      ], sourceOf: "unit_amount"),
    ofKind(.anchor, within: { _ in "anchor.parcel_id IN covered" }),
    ofKind(.movement, indexes: [["event"]], within: { _ in "movement.parcel_id IN covered" }),
    ofKind(
      .unitMove, indexes: [["unit_partition", "unit"], ["predecessor"], ["successor"]],
      checks: ["predecessor <> successor"], within: { _ in "unit_move.id IN moved" }),
    ExportedTable(
      "piece",
      "A parcel, or the part of one that a division by amounts makes. Derived from the events, as all of it below.",
      key: ["piece"], from: "piece LEFT JOIN parcel ON parcel.id = piece.parcel_id", order: "piece.id",
      indexes: [["parcel"]], within: { _ in "piece.parcel_id IN covered" },
      columns: [
        ExportedColumn("piece", .integer, required: true, from: "piece.id", "a number, of this export only"), parcel,
      ]),
    ExportedTable(
      "piece_amount", "What a piece amounts to.", key: ["piece", "basis"], from: "measured",
      order: "measured.piece, measured.basis_id", with: measured, checks: ["amount >= 0"],
      within: { _ in "measured.parcel_id IN covered" },
      columns: [
        piece("measured.piece"),
        ExportedColumn("basis", .key, required: true, references: "basis", from: "measured.basis", "what is counted"),
        ExportedColumn("amount", .decimal, required: true, from: "measured.amount", "how much"),
      ]),
    ExportedTable(
      "placement", "Where a piece lies. No row: in no body.", key: ["piece", "valid_from"],
      from: "placement LEFT JOIN organisation ON organisation.id = placement.organisation_id"
        + " LEFT JOIN change_event ON change_event.id = placement.gap_event_id",
      order: "placement.piece_id, placement.valid_from", indexes: [["organisation"]],
      checks: ["valid_to > valid_from", "(organisation IS NULL) <> (lost_at_event IS NULL)"],
      within: {
        "\($0.overlaps("placement")) AND placement.piece_id IN (SELECT id FROM piece WHERE parcel_id IN covered)"
      },
      columns: [
        piece("placement.piece_id"),
        ExportedColumn(
          "organisation", .key, references: "organisation", from: "organisation.key",
          "the body. NULL if it was lost at an event that no source describes"),
        ExportedColumn(
          "lost_at_event", .key, references: "event", from: "change_event.key", "the event at which it was lost"),
        ExportedColumn(
          "is_silent", .integer, required: true, from: "placement.is_silent", among: flag,
          "1: the event says where other parcels of the body went, so that this one has no voice in the shares"),
        validFrom("placement"), validTo("placement"),
      ]),
  ]

  private static let parcel = ExportedColumn(
    "parcel", .key, required: true, references: "parcel", from: "parcel.key", "the parcel")

  private static let basis = ExportedColumn(
    "basis", .key, required: true, references: "basis", from: "basis.key", "what the amount counts")

  private static func piece(_ origin: String) -> ExportedColumn {
    ExportedColumn("piece", .integer, required: true, references: "piece", from: origin, "the piece")
  }

  /// The amounts of pieces. A piece that is a whole parcel has those of the parcel.
  private static let measured = """
    measured AS (
      SELECT piece.id AS piece, piece.parcel_id, parcel_amount.basis_id, basis.key AS basis,
        ifnull(piece_amount.amount, parcel_amount.amount) AS amount
      FROM piece JOIN parcel_amount ON parcel_amount.parcel_id = piece.parcel_id
        JOIN basis ON basis.id = parcel_amount.basis_id
        LEFT JOIN piece_amount ON piece_amount.piece_id = piece.id AND piece_amount.basis_id = parcel_amount.basis_id)
    """

  /// Recorded time, for exports with history.
  static let log = [
    ExportedTable(
      "revision", "One row for every time the register was written.", key: ["revision"], from: "revision",
      order: "revision.id",
      columns: [
        ExportedColumn("revision", .integer, required: true, from: "revision.id", "its number"),
        ExportedColumn("recorded_at", .key, required: true, from: "revision.recorded_at", "when (UTC)"),
        ExportedColumn("actor", .text, required: true, from: "revision.actor", "by whom"),
        ExportedColumn("command", .text, required: true, from: "revision.command", "with which command"),
        ExportedColumn("reason", .text, required: true, from: "revision.reason", "why"),
        ExportedColumn("changed_rows", .integer, required: true, from: "revision.row_count", "how many rows changed"),
      ]),
    ExportedTable(
      "revision_file", "The files that a revision was read from.", key: ["revision", "file_name"],
      from: "revision_file",
      order: "revision_file.revision_id, revision_file.file_name",
      columns: [
        ExportedColumn(
          "revision", .integer, required: true, references: "revision", from: "revision_file.revision_id",
          "the revision"),
        ExportedColumn("file_name", .key, required: true, from: "revision_file.file_name", "as it was named"),
        ExportedColumn("sha256", .key, required: true, from: "revision_file.sha256", "of its bytes"),
        ExportedColumn("line_count", .integer, required: true, from: "revision_file.line_count", "its lines"),
        ExportedColumn(
          "reject_count", .integer, required: true, from: "revision_file.reject_count", "lines that were rejected"),
      ]),
  ]
}
