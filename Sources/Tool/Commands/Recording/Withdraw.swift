import ArgumentParser
import ChangeFiles
import RegistryFormats
import RegistryStorage

struct Withdraw: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .withdraw, abstract: "Give up what was planned.",
    discussion: """
      A plan makes no facts, so there is nothing to take back. The register and the
      log still show that it was planned.

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
