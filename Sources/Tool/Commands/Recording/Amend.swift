import ArgumentParser
import ChangeFiles
import DataEntry
import RegistryFormats
import RegistryStorage

struct Amend: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .amend, abstract: "Correct a fact, an event, or what is planned.",
    discussion: """
      What was recorded before stays readable with --known-on. The facts that an
      event dates move with it. The output of show has the keys of facts and events.
      A proposal gets another day, title (--value), source or note. With --edit its
      statements are opened in $EDITOR, and those that are deleted there are taken
      back.
      \(WritingOptions.asks)

      EXAMPLES
        orgreg amend 2020-04-01-merger-72Q --operational 2020-05-01 \\
          --reason "the board first met in May" --dry-run
        orgreg amend icb-QKK/name/ons@2022-07-01-health-and-care-act \\
          --value "NHS South East London ICB" --dry-run
      """)

  @Argument(help: "The key of a fact, of an event, or of a proposal.", completion: .amendable)
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
        || amount != nil || writing.edit
    else {
      throw ValidationError(
        "say what to correct: --on, --operational, --to, --value, --amount, --source, --note or --edit")
    }
  }

  func run() throws {
    let registry = try writing.location.opened()
    if try StatedFacts(registry).event(key) == nil, try registry.hasProposal(key) {
      return try changingNothing(on: Refusal.self) { try amendProposal(registry) }
    }
    var amendment = Amendment()
    (amendment.day, amendment.operationalDay, amendment.lastDay) = (on, operational, to)
    (amendment.value, amendment.amount, amendment.source, amendment.note) = (value, amount, source, note)
    try writing.enter(into: registry) {
      WritingOptions.Draft(
        try changingNothing(on: EntryError.self) { try amendment.statements(for: key, in: registry) })
    }
  }

  private func amendProposal(_ registry: Registry) throws {
    let unusable = [("--operational", operational != nil), ("--to", to != nil), ("--amount", amount != nil)]
    if let option = unusable.first(where: \.1)?.0 {
      throw Refusal("'\(key)' is a proposal, which has no use for \(option)")
    }
    let proposal = try Proposal(key, in: registry)
    var citation = EnteredEvent()
    let source = try changingNothing(on: EntryError.self) {
      try EventWriter.source(cited: self.source, in: registry, &citation)
    }
    let detail = proposal.corrected(day: on, title: value, source: source, note: note)
    var changes = citation.changes.changes + detail
    var plain = writing
    if writing.edit {
      let edited = try WritingOptions.Draft(ChangeSet(changes: detail + proposal.additions().dropFirst())).edited()
      changes = try citation.changes.changes + proposal.replaced(by: edited.changes.changes)
      plain.edit = false
    }
    try plain.enter(into: registry) {
      var draft = WritingOptions.Draft(citation)
      draft.changes = ChangeSet(changes: changes)
      if let reason = try Outlook.obstacle(of: key, after: changes, on: registry) {
        draft.warnings.append("as things stand it could not be enacted: \(reason)")
      }
      return draft
    }
  }
}
