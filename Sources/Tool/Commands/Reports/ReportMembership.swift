import ArgumentParser
import RegistryStorage
import RegistryReporting

struct MembershipCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "membership",
    abstract: "Count the members of each body on a day; list those in none, in several, or moved.",
    discussion: """
      Members are GP practices. They come from files of the Organisation Data
      Service: 'orgreg import ods-csv epraccur.csv', then
      'orgreg import ods-membership epcmem.csv'.

      EXAMPLES
        orgreg report membership --on 2013-04-01
        orgreg report membership --on 2019-04-01 --compare 2020-04-01 --format json
      """)

  @OptionGroup var options: ReportOptions

  @Option(help: "The day (YYYY-MM-DD).", transform: Day.option)
  var on: Day

  @Option(help: "Also list the members that moved by this day (YYYY-MM-DD).", transform: Day.option)
  var compare: Day?

  @Option(help: "The kind of the members.", completion: .kind)
  var kind = "gp-practice"

  func report(_ view: RegisterView) throws -> Report {
    try view.registry.mustReach(on, compare, knownIn: view.revision)
    try view.registry.mustKnow(kind: kind)
    return try MembershipReport(of: view, memberKind: kind, on: on).report(comparedWith: compare)
  }
}
