import ArgumentParser
import RegistryStorage
import Reporting

struct QualityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quality",
    abstract: "What is derived rather than stated, without a source, blank or contradictory, by kind and field.",
    discussion: """
      EXAMPLES
        orgreg report quality
        orgreg report quality --output quality.html
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: ReportOptions

  func run() throws {
    let view = try location.view()
    try output.write(QualityReport(of: view).report())
  }
}
