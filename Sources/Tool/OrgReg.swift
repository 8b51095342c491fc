import ArgumentParser
import RegistryFormats
import RegistryStorage
import Glibc

/// The tool. What it says when it ends is an `ExitStatus`.
@main
struct OrgReg: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "orgreg",
    abstract: "The register of the bodies that commission health care in England, through every reorganisation.",
    discussion: """
      Without a register file, commands that read use the built-in England register.
      Dates are written YYYY-MM-DD. Data goes to standard output, and everything else
      goes to standard error.
      Exit status:
      \(ExitStatus.lines)

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

  /// The words of this run: those of the command line, or those that somebody gave in answers.
  @TaskLocal static var words = Array(CommandLine.arguments.dropFirst())

  static func main() {
    // A file that may not grow any more is an error like any other: it is reported, and temporary files are removed.
    signal(SIGXFSZ, SIG_IGN)
    do {
      try $words.withValue(Interview.completed(words)) {
        var command = try command(words)
        try command.run()
      }
    } catch let failure as Failure {
      complain(failure.message)
      Glibc.exit(failure.status.rawValue)
    } catch WriteError.brokenPipe {
      Glibc.exit(ExitStatus.done.rawValue)
    } catch  where exitCode(for: error) == .failure {
      complain("\(error)")
      Glibc.exit(ExitStatus.failed.rawValue)
    } catch {
      // Help, the version, and words that the parser did not understand.
      exit(withError: error)
    }
  }

  /// The command that `words` ask for.
  ///
  /// The root would look at every command first. So the command that is called parses the words alone. If it cannot,
  /// for example because the words ask for help, the root parses them and throws the error.
  static func command(_ words: [String]) throws -> any ParsableCommand {
    if words.first == "help" { return try Help.parse(Array(words.dropFirst())) }
    // (`CommandWord(rawValue:)` would make a dictionary first.)
    if let word = words.first, !word.hasPrefix("-"), word.allSatisfy({ $0.isLetter || $0 == "-" }),
      !CommandWord.allCases.contains(where: { $0.rawValue == word })
    {
      throw Failure(
        "there is no command '\(word)' ('orgreg help' lists them)"
          + didYouMean(word, among: CommandWord.allCases.map(\.rawValue)), status: .wrongUsage)
    }
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
  let status: ExitStatus

  var description: String { message }

  init(_ message: String, status: ExitStatus = .failed) {
    self.message = message
    self.status = status
  }
}

/// Runs `body`. The message about a mistake of that type says that nothing was changed.
func changingNothing<Mistake: Error, Result>(on _: Mistake.Type, _ body: () throws -> Result) throws -> Result {
  do { return try body() } catch let error as Mistake { throw Failure("\(error); nothing was changed") }
}
