import ArgumentParser
import RegistryStorage
import RegistryReporting

struct MergersCommand: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "mergers",
    abstract: "List which bodies merged, when, by what law, and how many people that concerned.",
    discussion: """
      The report has pictures for each kind that holds territory: one of all its
      mergers, named like the kind, and one of each year, named like ccg-2020.

      EXAMPLES
        orgreg report mergers --kind ccg
        orgreg report mergers --year 2020 --output mergers-2020.html
        orgreg report mergers --kind ccg --format svg --figure ccg > ccg.svg
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: ReportOptions

  @Option(help: "Only this year.")
  var year: Int?

  @Option(help: "Only mergers of bodies of this kind.", completion: .kind)
  var kind: String?

  func run(reading registry: Registry) throws {
    let view = try location.view(of: registry)
    if let kind { try view.registry.mustKnow(kind: kind) }
    try output.write(MergersReport(of: view, year: year, kind: kind).report())
  }
}
