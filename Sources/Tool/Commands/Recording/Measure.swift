import ArgumentParser
import DataEntry
import RegistryStorage

struct Measure: EventCommand {
  static let configuration = CommandConfiguration(
    word: .measure, abstract: "Record an amount that was measured for a body over a period.",
    discussion: """
      The kinds of measures are words of the register. A change file adds more
      (record 'measure-kind').
      \(WritingOptions.asks)

      EXAMPLES
        orgreg measure QKK --kind population --amount 1900000 --on 2026-07-01 \\
          --to 2026-07-01 --source "ONS estimates" --dry-run
      """)

  @Argument(help: "The code or permanent key of the body.", completion: .code)
  var code: String

  @Option(help: "The kind of measure.", completion: .measureKind)
  var kind: String

  @Option(help: "The amount.")
  var amount: Double

  @Option(help: "The last day of the period (YYYY-MM-DD; default: it goes on).", transform: Day.option)
  var to: Day?

  @Option(help: "Whether the amount is final.")
  var nature: MeasureNature?

  @OptionGroup var event: EventOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.measure(code, kind: kind, amount: amount, until: to, nature: nature)
  }
}
