import ArgumentParser
import DataEntry
import RegistryStorage

struct Enact: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .enact, abstract: "Record an event that was planned, perhaps on another day.",
    discussion: """
      The command that was kept is carried out on the register as it is now, with all checks; the proposal is closed in the
      same revision.

      EXAMPLES
        orgreg list planned
        orgreg enact 2027-04-01-merger-Q9S --dry-run
        orgreg enact 2027-04-01-merger-Q9S --on 2027-07-01 --yes
      """)

  @Argument(help: "The key of the event, as in 'list planned'.", completion: .plan)
  var key: String

  @Option(help: "The day on which it happens (default: the planned one).", transform: Day.option)
  var on: Day?

  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let registry = try location.opened()
    var words = try Plan.find(key, in: registry).words
    if let on { words = Plan.without(["--on"], words) + ["--on", on.description] }
    guard let command = try OrgReg.parseAsRoot(words) as? any EventCommand else {
      throw Failure("the proposal '\(key)' cannot be understood: \(words.joined(separator: " "))")
    }
    var entered = try command.entered(in: registry)
    entered.changes.changes.append(Change(.retract(key: Plan.factKey(key))))
    try writing.enter(entered, into: registry, at: location.path, output)
  }
}
