import ArgumentParser
import DataEntry
import RegistryStorage

struct Detach: EventCommand {
  static let configuration = CommandConfiguration(
    word: .detach, abstract: "Record that a body is no longer under another.",
    discussion: """
      The difference is printed before anything is written; at a terminal it asks, elsewhere it needs --yes.

      EXAMPLES
        orgreg detach QKK --from Y56 --on 2027-04-01 --source "a decision" --dry-run
      """)

  @Argument(help: "Its code, or its permanent key.", completion: .code)
  var code: String

  @Option(help: "The body above.", completion: .code)
  var from: String

  @Option(
    help: "How it stood to that (default: the first relationship that territory is read through).",
    completion: .relationship)
  var relationship: String?

  @OptionGroup var event: EventOptions
  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.detach(code, from: from, as: relationship)
  }
}
