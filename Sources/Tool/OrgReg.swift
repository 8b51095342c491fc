import ArgumentParser
import Formats
import Glibc
import RegistryStorage

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

      EXAMPLES
        orgreg report counts
        orgreg show 00L --on 2016-04-01
        orgreg list ccg --on 2020-04-01 --format csv
        orgreg help data
        orgreg help --man > orgreg.1

      GUIDES (orgreg help <guide>)
      \(Guide.contents)
      """,
    version: "orgreg 0.1.0",
    groupedSubcommands: [
      group(
        "Asking",
        [
          .list, .show, .find, .successions, .lineage, .crosswalk, .changes, .whoCommissions, .report, .restate, .lint,
          .sql, .export,
        ]),
      group(
        "Recording",
        [
          .establish, .close, .merge, .absorb, .split, .transfer, .rename, .recode, .reclassify, .attach, .detach,
          .measure, .appoint, .vacate, .redact, .amend, .retract, .enact, .withdraw, .template, .apply, .import, .undo,
        ]),
      group("Keeping", [.`init`, .status, .log, .check, .backup, .restore, .upgrade]),
    ])

  private static func group(_ name: String, _ words: [CommandWord]) -> CommandGroup {
    CommandGroup(name: name, subcommands: words.map(\.command))
  }

  static func main() {
    // A file that may not grow any more is an error like any other: it is said, and temporary files are removed.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try command(Array(CommandLine.arguments.dropFirst()))
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

  /// The command that `words` ask for.
  ///
  /// From the root the parser would look at every command first. So the one that is called tries alone; what it does not
  /// understand, perhaps a call for help, is for the root to answer, which throws the same error in its own words.
  static func command(_ words: [String]) throws -> any ParsableCommand {
    if words.first == "help" { return try Help.parse(Array(words.dropFirst())) }
    // (`CommandWord(rawValue:)` would make a dictionary first.)
    guard let called = CommandWord.allCases.first(where: { $0.rawValue == words.first })?.command,
      let command = try? called.parseAsRoot(Array(words.dropFirst())),
      type(of: command) == called || called.configuration.subcommands.contains(where: { $0 == type(of: command) })
    else { return try parseAsRoot(words) }
    return command
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
