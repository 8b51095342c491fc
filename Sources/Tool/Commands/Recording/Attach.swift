import ArgumentParser
import DataEntry

struct Attach: EventCommand {
  static let configuration = CommandConfiguration(
    word: .attach, abstract: "Record that a body comes under another body.",
    discussion: """
      Earlier relationships of the same kind end, unless --beside is given.
      \(WritingOptions.asks)

      EXAMPLES
        orgreg attach QKK --to Y59 --on 2027-04-01 --source "a decision" --dry-run
      """)

  @Argument(help: "The code or permanent key of the body.", completion: .code)
  var code: String

  @Option(help: "The code or permanent key of the body above.", completion: .code)
  var to: String

  @Option(help: "The kind of relationship (default: the first that territory follows).", completion: .relationship)
  var relationship: String?

  @Flag(help: "Earlier relationships of the same kind go on.")
  var beside = false

  @OptionGroup var event: EventOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.attach(code, to: to, as: relationship, beside: beside)
  }
}
