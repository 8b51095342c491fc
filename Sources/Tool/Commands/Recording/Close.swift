import ArgumentParser
import DataEntry
import RegistryStorage

struct Close: EventCommand {
  static let configuration = CommandConfiguration(
    word: .close, abstract: "Record that a body ends and that nobody succeeds it.",
    discussion: """
      Codes, names, roles and relationships of the body end with it, and its territory lies in no body from that day. If
      another body takes over, say absorb or merge. The difference is printed before anything is written; at a terminal it asks, elsewhere it needs --yes.

      EXAMPLES
        orgreg close 13Q --on 2027-04-01 --source "NHS England decision of 12 March 2027" --dry-run
      """)

  @Argument(help: "Its code, or its permanent key.", completion: .code)
  var code: String

  @OptionGroup var event: EventOptions
  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.close(code)
  }
}
