import ArgumentParser
import DataEntry

struct Recode: EventCommand {
  static let configuration = CommandConfiguration(
    word: .recode, abstract: "Record that a body has a new code from a day on.",
    discussion: """
      \(WritingOptions.asks)

      EXAMPLES
        orgreg recode QKK --to E54000999 --scheme ons --on 2027-04-01 \\
          --source "Code History Database" --dry-run
      """)

  @Argument(help: "The code or permanent key of the body.", completion: .code)
  var code: String

  @Option(help: "The new code.")
  var to: String

  @Option(help: "The scheme of the code (default: the first).", completion: .scheme)
  var scheme: String?

  @OptionGroup var event: EventOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.recode(code, to: to, scheme: scheme)
  }
}
