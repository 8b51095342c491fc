import ArgumentParser
import RegistryReporting

struct MergersCommand: ReportingCommand {
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

  @OptionGroup var options: ReportOptions

  @Option(help: "Only this year.")
  var year: Int?

  @Option(help: "Only mergers of bodies of this kind.", completion: .kind)
  var kind: String?

  func report(_ view: RegisterView) throws -> Report {
    if let kind { try view.registry.mustKnow(kind: kind) }
    return try MergersReport(of: view, year: year, kind: kind).report()
  }
}
