import ArgumentParser
import ChangeFiles
import RegistryFormats
import RegistryStorage

struct Enact: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .enact, abstract: "Record what was planned, perhaps on another day.",
    discussion: """
      The statements of the proposal are checked and recorded in the register as it
      is now. The same revision closes the proposal. To open it again, undo that
      revision. Events without a day of their own, and all that they date, happen on
      the day of the proposal, or on the day of --on. Keys stay as they are.

      EXAMPLES
        orgreg list planned
        orgreg enact merger-Q9S --dry-run
        orgreg enact merger-Q9S --on 2027-07-01 --yes
      """)

  @Argument(help: "The key of the proposal, as in 'list planned'.", completion: .plan)
  var key: String

  @Option(help: "The day on which it happens (default: the planned one).", transform: Day.option)
  var on: Day?

  @OptionGroup var writing: WritingOptions

  func run() throws {
    let registry = try writing.location.opened()
    try changingNothing(on: Refusal.self) {
      try writing.enter(into: registry) {
        let (changes, warnings) = try Proposal(key, in: registry).enactment(on: on, in: registry)
        var draft = WritingOptions.Draft(changes)
        draft.warnings = warnings
        return draft
      }
    }
  }
}
