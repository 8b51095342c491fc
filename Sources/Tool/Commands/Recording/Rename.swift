import ArgumentParser
import DataEntry
import RegistryStorage

struct Rename: EventCommand {
  static let configuration = CommandConfiguration(
    word: .rename, abstract: "Record that a body has another name from a day on.",
    discussion: """
      To correct a name that was recorded wrongly say amend. The difference is printed before anything is written; at a terminal it asks, elsewhere it needs --yes.

      EXAMPLES
        orgreg rename QKK --name "NHS South London Integrated Care Board" --on 2027-04-01 --source "a decision" --dry-run
      """)

  @Argument(help: "Its code, or its permanent key.", completion: .code)
  var code: String

  @Option(help: "The new name.")
  var name: String

  @Option(help: "Who writes it like that (default: who gives the name that is shown now).", completion: .scheme)
  var scheme: String?

  @OptionGroup var event: EventOptions
  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.rename(code, to: name, scheme: scheme)
  }
}
