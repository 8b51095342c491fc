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
        orgreg log --last 5 --by jane
        orgreg log --since 2026-11-01
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

  @Option(help: "Only the newest revisions, so many.")
  var last: Int?

  @Option(help: "Only what this person recorded.")
  var by: String?

  @Option(help: "Only what was recorded on this day (UTC, YYYY-MM-DD) or later.", transform: Day.option)
  var since: Day?

  func validate() throws {
    if let last, last < 1 { throw ValidationError("--last \(last): say how many revisions, 1 or more") }
  }

  func run(reading registry: Registry) throws {
    let bodies = try code.map { try registry.bodies($0, on: nil, knownIn: latest) }
    var revisions = try registry.revisions(touching: bodies)
    if let by {
      let authors = Set(revisions.map(\.actor))
      revisions = revisions.filter { $0.actor == by }
      if revisions.isEmpty {
        throw Failure("nothing was recorded by '\(by)'\(didYouMean(by, among: authors.sorted()))", status: .rejected)
      }
    }
    // A time begins with its day.
    if let since { revisions = revisions.filter { $0.recordedAt.prefix(10) >= since.description } }
    if let last { revisions = revisions.suffix(last) }
    try output.print(RevisionsReport(revisions, files: files ? try registry.revisionFiles() : nil).table)
  }
}
