import ArgumentParser
import ChangeFiles
import RegistryExporting

struct Template: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .template, abstract: "Write a change file with example rows of one event, to be filled in.",
    discussion: """
      A01 and A02 stand for existing bodies, A09 for the body above them, and A03 and
      A04 for new bodies. Replace them, the names, the days, the amounts and the
      source. 'orgreg help change-file' documents the change file.

      EXAMPLES
        orgreg template merge > order.csv
        orgreg apply order.csv --dry-run
      """)

  @Argument(help: "The type of event.")
  var type: EventTemplate

  func run() throws {
    try toStandardOutput { try ChangeFileWriter(type.changes).write(to: $0) }
  }
}

extension EventTemplate: Choice {}
