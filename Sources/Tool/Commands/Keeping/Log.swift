import ArgumentParser
import RegistryStorage
import RegistryReporting

struct Log: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .log, abstract: "List who recorded what, when and why, newest first.",
    discussion: """
      A row is a revision: revision, recorded_at (UTC), actor, command, reason, rows.
      With --files a row is a file that a revision was read from, with the columns
      file, sha256, lines and rejects as well.
      --known-on and 'orgreg undo' take the number of a revision.

      EXAMPLES
        orgreg log
        orgreg log --for 00L --format csv
        orgreg log --files
      """)

  @OptionGroup var location: CurrentOptions
  @OptionGroup var output: OutputOptions

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "Only revisions that touched this body: its facts, relationships, successions or events.",
      valueName: "code"), completion: .code)
  var code: String?

  @Flag(help: "List the files that revisions were read from.")
  var files = false

  func run(reading registry: Registry) throws {
    let bodies = try code.map { try registry.bodies($0, on: nil, knownIn: latest) }
    let revisions = try registry.revisions(touching: bodies)
    try output.print(RevisionsReport(revisions, files: files ? try registry.revisionFiles() : nil).table)
  }
}
