import ArgumentParser
import RegistryStorage
import RegistryReporting

struct OversightCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "oversight",
    abstract: "Show whom bodies answered to on a day, how they were authorised, and which worked side by side before.",
    discussion: """
      EXAMPLES
        orgreg report oversight --on 2013-04-01
        orgreg report oversight --on 2018-04-01 --format csv
      """)

  @OptionGroup var options: ReportOptions

  @Option(help: "The day (YYYY-MM-DD).", transform: Day.option)
  var on: Day

  func report(_ view: RegisterView) throws -> Report {
    try view.registry.mustReach(on, knownIn: view.revision)
    return try OversightReport(of: view, on: on).report()
  }
}
