import ArgumentParser
import DataEntry

struct Detach: EventCommand {
  static let configuration = CommandConfiguration(
    word: .detach, abstract: "Record that a body is no longer under another body.",
    discussion: """
      \(WritingOptions.asks)

      EXAMPLES
        orgreg detach QKK --from Y56 --on 2027-04-01 --source "a decision" --dry-run
      """)

  @Argument(help: "The code or permanent key of the body.", completion: .code)
  var code: String

  @Option(help: "The code or permanent key of the body above.", completion: .code)
  var from: String

  @Option(help: "The kind of relationship (default: the first that territory follows).", completion: .relationship)
  var relationship: String?

  @OptionGroup var event: EventOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.detach(code, from: from, as: relationship)
  }
}
