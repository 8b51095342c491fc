import ArgumentParser
import ChangeFiles
import RegistryFormats
import RegistryStorage

struct Withdraw: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .withdraw, abstract: "Give up what was planned.",
    discussion: """
      It never made any facts. That it was planned stays in the register, and in the log.

      EXAMPLES
        orgreg withdraw merger-Q9S --reason "the order was not made" --yes
      """)

  @Argument(help: "The key of the proposal, as in 'list planned'.", completion: .plan)
  var key: String

  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let registry = try location.opened()
    do {
      try writing.enter(
        try Proposal(key, in: registry).withdrawal(), into: registry, at: location.path,
        command: WritingOptions.ownWords, output)
    } catch let error as Refusal {
      throw Failure("\(error); nothing was changed")
    }
  }
}
