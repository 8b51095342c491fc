import ArgumentParser
import DataEntry
import RegistryStorage

struct Transfer: EventCommand {
  static let configuration = CommandConfiguration(
    word: .transfer, abstract: "Record that territory goes from one body to another, and both go on.",
    discussion: """
      Say what goes: --units FILE, --amount, or --amounts-unknown, which makes a gap that is named. The difference is printed before anything is written; at a terminal it asks, elsewhere it needs --yes.

      EXAMPLES
        orgreg transfer 15N --to 11X --on 2027-04-01 --amount areas:11X=4 --source "a decision" --dry-run
      """)

  @Argument(help: "The code, or permanent key, of the body that gives.", completion: .code)
  var code: String

  @Option(help: "The body that gets.", completion: .code)
  var to: String

  @OptionGroup var division: DivisionOptions
  @OptionGroup var event: EventOptions
  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.transfer(from: code, to: to, try division.division(only: to))
  }
}
