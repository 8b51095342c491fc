import ArgumentParser
import RegistryStorage
import RegistryReporting

struct BodyCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "body", abstract: "Write the biography of a body on one page.",
    discussion: """
      The page tells what the body was, its people and money, its lineage, its
      sources and what is not known. A code may have belonged to several bodies:
      without --on the page tells of all of them.

      EXAMPLES
        orgreg report body 00L --output northumberland.html
        orgreg report body 5DD --format markdown
        orgreg report body 00L --on 2016-04-01 --format csv
      """)

  @OptionGroup var options: ReportOptions

  @Argument(help: "A code of any scheme, or a permanent key.", completion: .code)
  var code: String

  @Option(help: "The day on which the body has the code (default: all that ever had it).", transform: Day.option)
  var on: Day?

  func report(_ view: RegisterView) throws -> Report {
    let bodies = try view.registry.bodies(code, on: on, knownIn: view.revision)
    return try BodyReport(of: view, reference: code, bodies: bodies).report()
  }
}
