import ArgumentParser
import RegistryStorage
import RegistryReporting

struct QualityCommand: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "quality",
    abstract: "List what is derived, without a source, blank or contradictory, by kind and field.",
    discussion: """
      EXAMPLES
        orgreg report quality
        orgreg report quality --output quality.html
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: ReportOptions

  func run(reading registry: Registry) throws {
    let view = try location.view(of: registry)
    try output.write(QualityReport(of: view).report())
  }
}
