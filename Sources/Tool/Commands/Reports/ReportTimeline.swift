import ArgumentParser
import RegistryReporting

struct TimelineCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline", abstract: "Show when bodies existed and what became of them, with a bar for each body.",
    discussion: """
      Without --kind it shows all bodies of the tier that holds territory. --within
      takes the bodies that ever stood below one body, with their predecessors and
      successors. --tolerance leaves out links that carry less than a share of both
      bodies, and the report counts them.

      EXAMPLES
        orgreg report timeline --kind ccg --output ccg.html
        orgreg report timeline --within QE1 --format svg > lancashire.svg
        orgreg report timeline --within QE1 --tolerance 2% --output lancashire.html
        orgreg report timeline --kind sha --kind region --format csv
      """)

  @OptionGroup var options: ReportOptions

  @Option(help: "Only bodies that ever were of this kind. May be repeated.", completion: .kind)
  var kind: [String] = []

  @Option(help: "Only what stood below this body: a code of any scheme, or a permanent key.", completion: .code)
  var within: String?

  @Option(
    help: "Leave out links that are a smaller share of both bodies, as 2% or 0.02 (default: 0%).",
    transform: Tolerance.option)
  var tolerance: Tolerance = .none

  func report(_ view: RegisterView) throws -> Report {
    for kind in kind { try view.registry.mustKnow(kind: kind) }
    let bodies = try within.map { try view.registry.bodies($0, on: nil, knownIn: view.revision) } ?? []
    return try TimelineReport(of: view, kinds: kind, within: bodies, tolerance: tolerance.share).report()
  }
}
