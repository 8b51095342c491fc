import ArgumentParser
import DataEntry
import RegistryStorage

struct Recode: EventCommand {
  static let configuration = CommandConfiguration(
    word: .recode, abstract: "Record that a body has another code from a day on.",
    discussion: """
      The difference is printed before anything is written; at a terminal it asks, elsewhere it needs --yes.

      EXAMPLES
        orgreg recode QKK --to E54000999 --scheme ons --on 2027-04-01 --source "Code History Database" --dry-run
      """)

  @Argument(help: "Its code, or its permanent key.", completion: .code)
  var code: String

  @Option(help: "The new code.")
  var to: String

  @Option(help: "The scheme of the code (default: the first of the register).", completion: .scheme)
  var scheme: String?

  @OptionGroup var event: EventOptions
  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.recode(code, to: to, scheme: scheme)
  }
}
