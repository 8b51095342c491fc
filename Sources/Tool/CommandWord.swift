import ArgumentParser

/// The commands, each by the word that calls it.
///
/// Kept here:
/// 1. The type of a command is touched only when the command is called or listed. For each type the runtime must work
///    out how it is a command, which for forty types takes a tenth of the time of a short command.
enum CommandWord: String, CaseIterable {
  case list, show, find, successions, lineage, crosswalk, changes
  case whoCommissions = "who-commissions"
  case report, restate, lint, sql, export

  case establish, close, merge, absorb, split, transfer, rename, recode, reclassify, attach, detach, measure, appoint
  case vacate, redact, amend, retract, enact, withdraw, template, apply
  case `import`
  case undo

  case `init`
  case status, log, check, backup, restore, upgrade

  var command: any ParsableCommand.Type {
    switch self {
    case .list: List.self
    case .show: Show.self
    case .find: Find.self
    case .successions: Successions.self
    case .lineage: LineageCommand.self
    case .crosswalk: CrosswalkCommand.self
    case .changes: Changes.self
    case .whoCommissions: WhoCommissions.self
    case .report: ReportCommand.self
    case .restate: Restate.self
    case .lint: Lint.self
    case .sql: SQL.self
    case .export: ExportCommand.self
    case .establish: Establish.self
    case .close: Close.self
    case .merge: Merge.self
    case .absorb: Absorb.self
    case .split: Split.self
    case .transfer: Transfer.self
    case .rename: Rename.self
    case .recode: Recode.self
    case .reclassify: Reclassify.self
    case .attach: Attach.self
    case .detach: Detach.self
    case .measure: Measure.self
    case .appoint: Appoint.self
    case .vacate: Vacate.self
    case .redact: Redact.self
    case .amend: Amend.self
    case .retract: Retract.self
    case .enact: Enact.self
    case .withdraw: Withdraw.self
    case .template: Template.self
    case .apply: Apply.self
    case .import: Import.self
    case .undo: Undo.self
    case .`init`: Init.self
    case .status: Status.self
    case .log: Log.self
    case .check: Check.self
    case .backup: Backup.self
    case .restore: Restore.self
    case .upgrade: UpgradeCommand.self
    }
  }
}

extension CommandConfiguration {
  /// The configuration of the command that `word` calls.
  init(
    word: CommandWord, abstract: String, discussion: String = "", subcommands: [any ParsableCommand.Type] = [],
    defaultSubcommand: (any ParsableCommand.Type)? = nil
  ) {
    // Only the tool itself answers a request for completion scripts. With the name of the tool (experimental in the
    // parser), a command that is called does not look for such a request first.
    self.init(
      commandName: word.rawValue, _superCommandName: "orgreg", abstract: abstract, discussion: discussion,
      subcommands: subcommands, defaultSubcommand: defaultSubcommand)
  }
}
