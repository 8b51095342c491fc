import ArgumentParser
import RegistryStorage

struct Withdraw: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .withdraw, abstract: "Give up an event that was planned.",
    discussion: """
      It never made any facts; that it was planned stays in the log.

      EXAMPLES
        orgreg withdraw 2027-04-01-merger-Q9S --reason "the order was not made" --yes
      """)

  @Argument(help: "The key of the event, as in 'list planned'.", completion: .plan)
  var key: String

  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let registry = try location.opened()
    _ = try Plan.find(key, in: registry)
    try writing.enter(
      ChangeSet(changes: [Change(.retract(key: Plan.factKey(key)))]), into: registry, at: location.path,
      command: WritingOptions.ownWords, output)
  }
}
