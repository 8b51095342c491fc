import ArgumentParser
import RegistryStorage
import Reporting

struct HierarchyCommand: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "hierarchy",
    abstract: "Who stood under whom on a day, as a tree and as rows, and how that differs from another day.",
    discussion: """
      A body that stands under several others is shown under each. Areas, people and practices are those of the parcels
      below, as measured on the day of the basis.

      EXAMPLES
        orgreg report hierarchy --on 2013-04-01
        orgreg report hierarchy --on 2019-04-01 --compare 2020-04-01 --output hierarchy.html
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: ReportOptions

  @Option(help: "The day (YYYY-MM-DD).", transform: Day.option)
  var on: Day

  @Option(help: "Another day: also what differs on it.", transform: Day.option)
  var compare: Day?

  func run(reading registry: Registry) throws {
    let view = try location.view(of: registry)
    try view.registry.mustReach(on, compare, knownIn: view.revision)
    try output.write(HierarchyReport(of: view, on: on).report(comparedWith: compare))
  }
}
