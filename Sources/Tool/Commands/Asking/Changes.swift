import ArgumentParser
import RegistryStorage
import RegistryReporting

struct Changes: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .changes, abstract: "List everything that happened from one day to another, event by event.",
    discussion: """
      Both days are inclusive. The output is sentences, or, with --format, rows:
      date, type, event, from_codes, to_codes, source.

      EXAMPLES
        orgreg changes --from 2017-04-01 --to 2018-04-01
        orgreg changes --from 2026-04-01 --to 2026-04-01 --format csv
      """)

  enum Format: String, Choice {
    case words, table, csv, json, markdown
  }

  @OptionGroup var location: ReadOptions

  @Option(help: "The first day (YYYY-MM-DD).", transform: Day.option)
  var from: Day

  @Option(help: "The last day, inclusive (YYYY-MM-DD).", transform: Day.option)
  var to: Day

  @Option(help: "The form of the output; words means sentences.")
  var format: Format = .words

  func validate() throws {
    if to < from { throw ValidationError("--to \(to) is before --from \(from)") }
  }

  func run(reading registry: Registry) throws {
    let revision = try location.revision(in: registry)
    let report = try ChangesReport(
      try registry.happenings(from: from, to: to, knownIn: revision), of: registry, knownIn: revision)
    guard let format = TableFormat(rawValue: format.rawValue) else {
      return try printText(report.sentences.map { $0 + "\n" }.joined())
    }
    try format.print(report.table)
  }
}
