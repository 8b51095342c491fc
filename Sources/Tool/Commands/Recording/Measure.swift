import ArgumentParser
import DataEntry
import RegistryStorage

struct Measure: EventCommand {
  static let configuration = CommandConfiguration(
    word: .measure, abstract: "Record an amount of a body over a period.",
    discussion: """
      The difference is printed before anything is written; at a terminal it asks, elsewhere it needs --yes.

      Kinds of measures are words of the register, which a change file adds (record 'measure-kind').

      EXAMPLES
        orgreg measure QKK --kind population --amount 1900000 --on 2026-07-01 --to 2026-07-01 --source "ONS estimates" --dry-run
      """)

  @Argument(help: "Its code, or its permanent key.", completion: .code)
  var code: String

  @Option(help: "What is measured.", completion: .measureKind)
  var kind: String

  @Option(help: "How much.")
  var amount: Double

  @Option(help: "The last day of the period (default: it goes on).", transform: Day.option)
  var to: Day?

  @Option(help: "final or indicative.")
  var nature: MeasureNature?

  @OptionGroup var event: EventOptions
  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.measure(code, kind: kind, amount: amount, until: to, nature: nature)
  }
}
