import ArgumentParser
import RegistryReporting

struct QualityCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "quality",
    abstract: "List what is derived, without a source, blank or contradictory, by kind and field.",
    discussion: """
      EXAMPLES
        orgreg report quality
        orgreg report quality --output quality.html
      """)

  @OptionGroup var options: ReportOptions

  func report(_ view: RegisterView) throws -> Report {
    try QualityReport(of: view).report()
  }
}
