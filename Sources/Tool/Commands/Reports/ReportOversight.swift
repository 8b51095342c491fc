import ArgumentParser
import RegistryStorage
import RegistryReporting

struct OversightCommand: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "oversight",
    abstract: "Show whom bodies answered to on a day, how they were authorised, and which worked side by side before.",
    discussion: """
      EXAMPLES
        orgreg report oversight --on 2013-04-01
        orgreg report oversight --on 2018-04-01 --format csv
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: ReportOptions

  @Option(help: "The day (YYYY-MM-DD).", transform: Day.option)
  var on: Day

  func run(reading registry: Registry) throws {
    let view = try location.view(of: registry)
    try view.registry.mustReach(on, knownIn: view.revision)
    try output.write(OversightReport(of: view, on: on).report())
  }
}
