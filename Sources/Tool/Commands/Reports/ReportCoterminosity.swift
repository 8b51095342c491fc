import ArgumentParser
import RegistryStorage
import RegistryReporting

struct CoterminosityCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "coterminosity", abstract: "Show how bodies and local authorities fit each other, with shares.",
    discussion: """
      A body and an authority are the same area, or one contains the other, or the
      body crosses boundaries. The report compares their small areas, as a source
      counted them on the last day up to the one asked for. A single area makes a
      body cross a boundary: --tolerance 0.02 ignores parts of at most 2% of both.

      EXAMPLES
        orgreg report coterminosity --on 2019-04-01
        orgreg report coterminosity --on 2019-04-01 --tolerance 0.02 \\
          --output authorities.html
      """)

  @OptionGroup var options: ReportOptions

  @Option(help: "The day (YYYY-MM-DD).", transform: Day.option)
  var on: Day

  @Option(help: "Ignore parts of at most this share of the body and of the authority.")
  var tolerance = 0.0

  @Option(help: "The kind of the authorities.", completion: .kind)
  var authorityKind = CoterminosityReport.authorityKind

  func validate() throws {
    guard (0..<1).contains(tolerance) else { throw ValidationError("--tolerance is a share from 0 to less than 1") }
  }

  func report(_ view: RegisterView) throws -> Report {
    try view.registry.mustReach(on, knownIn: view.revision)
    try view.registry.mustKnow(kind: authorityKind)
    let report = try CoterminosityReport(of: view, on: on, authorityKind: authorityKind, tolerance: tolerance)
    return try report.report()
  }
}
