import ArgumentParser
import DataEntry
import RegistryStorage

struct Attach: EventCommand {
  static let configuration = CommandConfiguration(
    word: .attach, abstract: "Record that a body comes under another.",
    discussion: """
      What it was under before, in the same way, ends (--beside: goes on). The difference is printed before anything is written; at a terminal it asks, elsewhere it needs --yes.

      EXAMPLES
        orgreg attach QKK --to Y59 --on 2027-04-01 --source "a decision" --dry-run
      """)

  @Argument(help: "Its code, or its permanent key.", completion: .code)
  var code: String

  @Option(help: "The body above.", completion: .code)
  var to: String

  @Option(
    help: "How it stands to that (default: the first relationship that territory is read through).",
    completion: .relationship)
  var relationship: String?

  @Flag(help: "Earlier relationships of the kind go on.")
  var beside = false

  @OptionGroup var event: EventOptions
  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.attach(code, to: to, as: relationship, beside: beside)
  }
}
