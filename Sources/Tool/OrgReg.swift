import ArgumentParser
import Formats
import Glibc
import Storage

/// The tool. Exit status: 0 done; 1 done, but data was rejected, unmapped or in breach; 2 failed, nothing changed;
/// 64 usage.
@main
struct OrgReg: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "orgreg",
    abstract: "The register of the bodies that commission health care in England, through every reorganisation.",
    discussion: """
      Read commands without a register file use the built-in England register.
      Dates are YYYY-MM-DD. Data goes to standard output, everything else to standard error.
      Exit status: 0 done; 1 done, but data was rejected or a rule is broken; 2 failed, nothing changed; 64 usage.
      Completion of codes and kinds in bash, zsh or fish: source <(orgreg --generate-completion-script bash); see README.

      EXAMPLES
        orgreg report counts
        orgreg show 00L --on 2016-04-01
        orgreg list ccg --on 2020-04-01 --format csv
      """,
    version: "orgreg 0.1.0",
    groupedSubcommands: [
      CommandGroup(
        name: "Asking",
        subcommands: [
          List.self, Show.self, Find.self, Successions.self, LineageCommand.self, CrosswalkCommand.self, Changes.self,
          WhoCommissions.self, ReportCommand.self, Restate.self, Lint.self, SQL.self, ExportCommand.self,
        ]),
      CommandGroup(
        name: "Recording",
        subcommands: [
          Establish.self, Close.self, Merge.self, Absorb.self, Split.self, Transfer.self, Rename.self, Recode.self,
          Reclassify.self, Attach.self, Detach.self, Measure.self, Appoint.self, Vacate.self, Redact.self, Amend.self,
          Retract.self, Enact.self, Withdraw.self,
          Template.self, Apply.self, Import.self, Undo.self,
        ]),
      CommandGroup(
        name: "Keeping",
        subcommands: [Init.self, Status.self, Log.self, Check.self, Backup.self, Restore.self, UpgradeCommand.self]),
    ])

  static func main() {
    // A file that may not grow any more is an error like any other: it is said, and temporary files are removed.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      complain(failure.message)
      endProcess(failure.status)
    } catch WriteError.brokenPipe {
      endProcess(0)
    } catch  where exitCode(for: error) == .failure {
      complain("\(error)")
      endProcess(2)
    } catch {
      // Help, the version, and words that the parser did not understand.
      exit(withError: error)
    }
  }
}

/// A sentence for the user, and the exit status that goes with it.
struct Failure: Error, CustomStringConvertible {
  let message: String
  let status: Int32

  var description: String { message }

  init(_ message: String, status: Int32 = 2) {
    self.message = message
    self.status = status
  }
}
