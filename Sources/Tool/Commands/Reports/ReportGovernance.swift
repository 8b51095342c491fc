import ArgumentParser
import RegistryStorage
import RegistryReporting

struct GovernanceCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "governance", abstract: "Compare the seats of governing bodies on a day with the rules in force.",
    discussion: """
      A seat is held, vacant or not known. It falls short of its rule only where the
      register knows a vacancy. Where the register has no appointment, the verdict is
      'not known'. Holders are counted by profession, and no report has their names.

      EXAMPLES
        orgreg report governance --on 2014-10-01
        orgreg report governance --on 2014-10-01 --for 00L
        orgreg report governance --on 2014-10-01 --output governance.html
      """)

  @OptionGroup var options: ReportOptions

  @Option(help: "The day (YYYY-MM-DD).", transform: Day.option)
  var on: Day

  @Option(help: "Only bodies of this kind (default: all kinds with a rule in force).", completion: .kind)
  var kind: String?

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("Only this body: a code of any scheme, or a permanent key.", valueName: "code"),
    completion: .code)
  var body: String?

  func report(_ view: RegisterView) throws -> Report {
    if let kind { try view.registry.mustKnow(kind: kind) }
    try view.registry.mustReach(on, knownIn: view.revision)
    if let kind, try view.registry.organisations(kind: kind, on: on, knownIn: view.revision).isEmpty {
      try view.registry.explainNone(of: kind, on: on, knownIn: view.revision)
    }
    let only = try body.map { Set(try view.registry.bodies($0, on: on, knownIn: view.revision)) }
    return try GovernanceReport(of: view, on: on, kinds: kind.map { [$0] } ?? [], only: only).report()
  }
}
