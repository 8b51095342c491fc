import ArgumentParser
import DataEntry

struct Rename: EventCommand {
  static let configuration = CommandConfiguration(
    word: .rename, abstract: "Record that a body has a new name from a day on.",
    discussion: """
      To correct a name that was recorded wrongly, use amend.
      \(WritingOptions.asks)

      EXAMPLES
        orgreg rename QKK --name "NHS South London Integrated Care Board" \\
          --on 2027-04-01 --source "a decision" --dry-run
      """)

  @Argument(help: "The code or permanent key of the body.", completion: .code)
  var code: String

  @Option(help: "The new name.")
  var name: String

  @Option(help: "The scheme whose owner uses the name (default: that of the name shown now).", completion: .scheme)
  var scheme: String?

  @OptionGroup var event: EventOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.rename(code, to: name, scheme: scheme)
  }
}
