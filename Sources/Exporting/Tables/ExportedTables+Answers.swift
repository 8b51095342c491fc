import RegistryStorage
import Succession

/// What the engine computed when the export was made. Views and functions only look it up.
extension ExportedTable {
  /// What stands in a column of words for "none was named". No word of a register is written so.
  static let anyWord = "*"

  static let answers = [crosswalkPart, crosswalkRoute, crosswalkLevel, organisationAmount, linkShare, lineageStep]

  static let crosswalkPart = ExportedTable(
    "crosswalk_part",
    "Where every body of the place tier, or of no tier, lies on any other day. A row is a part of an answer, which holds"
      + " if the first day is from from_first until the day before from_end, and the other day from to_first until the"
      + " day before to_end. A basis that was asked for has rows for the other days on which it differs from the default.",
    key: ["organisation", "asked_basis", "from_first", "to_first", "part"], from: "", order: "", indexes: [["target"]],
    checks: [
      "from_end > from_first", "to_end > to_first", "(status = 'mapped') = (target IS NOT NULL)",
      "(status = 'mapped') = (method IS NOT NULL)", "(amount IS NULL) = (total IS NULL)", "amount + 0 <= total + 0",
    ],
    columns: [
      organisation("the body of the first day"),
      ExportedColumn(
        "asked_basis", .key, required: true, from: "",
        "the basis that was asked for; *: none, so that people come before counts"),
      first("from_first", "the first of the first days"),
      end("from_end"), first("to_first", "the first of the other days"), end("to_end"),
      ExportedColumn("part", .integer, required: true, from: "", "the number of the part"),
      ExportedColumn(
        "status", .key, required: true, from: "", among: ["mapped", "none", "gap"],
        "mapped: in the target; none: in no body, by a source; gap: no source says where"),
      ExportedColumn("target", .key, references: "organisation", from: "", "the body in which the part lies"),
      ExportedColumn(
        "amount", .decimal, from: "", "how much it is. NULL if it is all that organisation_amount says of the first day"
      ),
      ExportedColumn("total", .decimal, from: "", "how much all parts are; the share is amount / total"),
      ExportedColumn("basis", .key, references: "basis", from: "", "what is counted. NULL if nothing measures it"),
      ExportedColumn(
        "method", .key, from: "",
        among: [Answer.Method.whole, .exact, .proportional].map(\.rawValue),
        "whole: it went as one; exact: its units are known; proportional: amounts alone are known"),
      ExportedColumn("route", .integer, from: "", "the events that took it along, in crosswalk_route"),
      ExportedColumn("reason", .text, from: "", "why it is a gap, or what one should know"),
    ])

  static let crosswalkRoute = ExportedTable(
    "crosswalk_route", "The events that took parts of bodies along.", key: ["route", "event"], from: "", order: "",
    columns: [
      ExportedColumn("route", .integer, required: true, from: "", "the number in crosswalk_part"),
      ExportedColumn("event", .key, required: true, references: "event", from: "", "one of its events"),
    ])

  static let crosswalkLevel = ExportedTable(
    "crosswalk_level",
    "In which body of a kind a body counts: itself, or the one above it. No row: it has no such body above it.",
    key: ["organisation", "kind", "valid_from"], from: "", order: "", checks: ["valid_to > valid_from"],
    columns: [
      organisation("the body"),
      ExportedColumn("kind", .key, required: true, references: "kind", from: "", "the kind"),
      first("valid_from", "the first day"), end("valid_to"),
      ExportedColumn(
        "superior", .key, references: "organisation", from: "", "the body of the kind. NULL if there are several"),
    ])

  static let organisationAmount = ExportedTable(
    "organisation_amount", "What a body amounts to in every basis that ever measures it.",
    key: ["organisation", "basis", "valid_from"], from: "", order: "", checks: ["amount > 0", "valid_to > valid_from"],
    columns: [
      organisation("the body"),
      ExportedColumn("basis", .key, required: true, references: "basis", from: "", "what is counted"),
      first("valid_from", "the first day"), end("valid_to"),
      ExportedColumn("amount", .decimal, from: "", "how much. NULL if the basis does not measure it on these days"),
    ])

  static let linkShare = ExportedTable(
    "link_share",
    "The share of the predecessor that went along a succession. No row: duties without territory, or no source says how"
      + " much.", key: ["fact_key"], from: "", order: "", checks: ["share >= 0"],
    columns: [
      ExportedColumn("fact_key", .key, required: true, from: "", "the key of the row of succession"),
      ExportedColumn("share", .number, required: true, from: "", "from 0 to 1"),
      ExportedColumn(
        "basis", .key, references: "basis", from: "", "what the share counts. NULL if nothing had to be measured"),
      ExportedColumn(
        "method", .key, required: true, from: "",
        among: [Answer.Method.whole, .exact, .proportional].map(\.rawValue), "how the share was found"),
    ])

  static let lineageStep = ExportedTable(
    "lineage_step",
    "The successions through which a body became others (forward) or came from them (backward), by the pieces of"
      + " territory that weigh something.",
    key: ["organisation", "direction", "fact_key"], from: "", order: "",
    columns: [
      organisation("the body"),
      ExportedColumn(
        "direction", .key, required: true, from: "", among: ["forward", "backward"], "which way it is followed"),
      ExportedColumn("fact_key", .key, required: true, from: "", "the key of the row of succession"),
    ])

  private static func organisation(_ words: String) -> ExportedColumn {
    ExportedColumn("organisation", .key, required: true, references: "organisation", from: "", words)
  }

  private static func first(_ name: String, _ words: String) -> ExportedColumn {
    ExportedColumn(name, .day, required: true, from: "", words)
  }

  private static func end(_ name: String) -> ExportedColumn {
    ExportedColumn(name, .day, from: "", "the first day after (half-open). NULL if it has not ended")
  }
}
