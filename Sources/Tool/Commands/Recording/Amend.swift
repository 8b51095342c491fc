import ArgumentParser
import DataEntry
import RegistryStorage

struct Amend: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .amend, abstract: "Correct a fact, or the day or title of an event.",
    discussion: """
      What was recorded before stays readable with --known-on. The facts that an
      event dates move with it. The output of show has the keys of facts and events.
      \(WritingOptions.asks)

      EXAMPLES
        orgreg amend 2020-04-01-merger-72Q --operational 2020-05-01 \\
          --reason "the board first met in May" --dry-run
        orgreg amend icb-QKK/name/ons@2022-07-01-health-and-care-act \\
          --value "NHS South East London ICB" --dry-run
      """)

  @Argument(help: "The key of a fact or of an event.", completion: .event)
  var key: String

  @Option(help: "The first day of the fact, or the day of the event (YYYY-MM-DD).", transform: Day.option)
  var on: Day?

  @Option(help: "The operational day of the event (YYYY-MM-DD).", transform: Day.option)
  var operational: Day?

  @Option(help: "The last day of the fact (YYYY-MM-DD).", transform: Day.option)
  var to: Day?

  @Option(help: "The code, the name, or the title of the event.")
  var value: String?

  @Option(help: "The amount.")
  var amount: Double?

  @Option(help: "The key of a source, or a citation (see 'orgreg merge --help').", completion: .source)
  var source: String?

  @Option(help: "A remark that the register keeps with it.")
  var note: String?

  @OptionGroup var writing: WritingOptions

  func validate() throws {
    guard
      [value, source, note].contains(where: { $0 != nil }) || [on, operational, to].contains(where: { $0 != nil })
        || amount != nil
    else {
      throw ValidationError(
        "say what to correct: --on, --operational, --to, --value, --amount, --source or --note")
    }
  }

  func run() throws {
    let registry = try writing.location.opened()
    var amendment = Amendment()
    (amendment.day, amendment.operationalDay, amendment.lastDay) = (on, operational, to)
    (amendment.value, amendment.amount, amendment.source, amendment.note) = (value, amount, source, note)
    let entered = try changingNothing(on: EntryError.self) { try amendment.statements(for: key, in: registry) }
    try writing.enter(entered.changes, warnings: entered.warnings, into: registry)
  }
}
