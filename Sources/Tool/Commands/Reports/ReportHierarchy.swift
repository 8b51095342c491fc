import ArgumentParser
import RegistryStorage
import RegistryReporting

struct HierarchyCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "hierarchy", abstract: "Show who stood under whom on a day, and how another day differs.",
    discussion: """
      The report has a tree and rows. A body under several others is shown under
      each. Areas, people and practices are those of the parcels below a body, as
      measured on the day of the basis.

      EXAMPLES
        orgreg report hierarchy --on 2013-04-01
        orgreg report hierarchy --on 2019-04-01 --compare 2020-04-01 \\
          --output hierarchy.html
      """)

  @OptionGroup var options: ReportOptions

  @Option(help: "The day (YYYY-MM-DD).", transform: Day.option)
  var on: Day

  @Option(help: "Also show what differs on this day (YYYY-MM-DD).", transform: Day.option)
  var compare: Day?

  func report(_ view: RegisterView) throws -> Report {
    try view.registry.mustReach(on, compare, knownIn: view.revision)
    return try HierarchyReport(of: view, on: on).report(comparedWith: compare)
  }
}
