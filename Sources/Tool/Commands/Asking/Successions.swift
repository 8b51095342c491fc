import ArgumentParser
import RegistryStorage
import RegistryReporting
import Succession

struct Successions: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .successions, abstract: "List who succeeded whom, with shares.",
    discussion: """
      Columns: predecessor, successor, date, type, share, basis, method, event,
      source.
      A share is the part of the predecessor that went to the successor, as
      'orgreg crosswalk' finds it from the day before to the day. The method is whole
      where nothing had to be measured. The share is blank where duties pass without
      territory, and where no source says how much went.

      EXAMPLES
        orgreg successions --kind ccg --from 2020-04-01 --to 2020-04-01
        orgreg successions --kind pct --to 2006-10-01 --format csv
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "Only successions from or to a body of this kind.", completion: .kind)
  var kind: String?

  @Option(help: "The first day (YYYY-MM-DD).", transform: Day.option)
  var from: Day?

  @Option(help: "The last day, inclusive (YYYY-MM-DD).", transform: Day.option)
  var to: Day?

  func run(reading registry: Registry) throws {
    if let kind { try registry.mustKnow(kind: kind) }
    let revision = try location.revision(in: registry)
    try output.print(try SuccessionReport.table(of: registry, kind: kind, from: from, to: to, knownIn: revision))
  }
}
