import ArgumentParser
import DataEntry

struct Transfer: EventCommand {
  static let configuration = CommandConfiguration(
    word: .transfer, abstract: "Record that territory goes from one body to another and that both go on.",
    discussion: """
      --units, --unit or --amount says what goes. --amounts-unknown records a gap.
      If only units go that do not decide whether the body is divided, such as a
      practice of a body that has small areas, no event is recorded: the units move
      by themselves, and the body stays whole (see show and changes --units).
      \(WritingOptions.asks)

      EXAMPLES
        orgreg transfer 15N --to 11X --on 2027-04-01 --amount areas:11X=4 \\
          --source "a decision" --dry-run
        orgreg transfer 13P --to 05L --on 2014-04-01 --unit M85085=05L --dry-run
      """)

  @Argument(help: "The code or permanent key of the body that gives.", completion: .code)
  var code: String

  @Option(help: "The code or permanent key of the body that gets.", completion: .code)
  var to: String

  @OptionGroup var division: DivisionOptions
  @OptionGroup var event: EventOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.transfer(from: code, to: to, try division.division(only: to))
  }
}
