import ArgumentParser
import ChangeFiles
import RegistryFormats

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

  @OptionGroup var writing: WritingOptions

  func run() throws {
    let registry = try writing.location.opened()
    try changingNothing(on: Refusal.self) {
      try writing.enter(Proposal(key, in: registry).withdrawal(), into: registry)
    }
  }
}
