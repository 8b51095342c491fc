import ArgumentParser
import ChangeFiles
import DataEntry
import RegistryFormats
import RegistryImporting
import RegistryStorage
import RegistryReporting

/// What every type of event has.
struct EventOptions: ParsableArguments {
  @Option(help: "The legal day: the first day of the new state (YYYY-MM-DD).", transform: Day.option)
  var on: Day

  @Option(help: "The operational day, if it is another (YYYY-MM-DD).", transform: Day.option)
  var operational: Day?

  @Option(
    help: "The key of a source, or a citation such as \"uksi 2012/2996 The ... Regulations https://...\".",
    completion: .source)
  var source: String?

  @Option(help: "What happened, in a few words (default: made from the names).")
  var title: String?

  @Option(help: "A remark that the register keeps with the event.")
  var note: String?

  @Option(help: "The permanent key of the event (default: made from day, type and code), or of the proposal.")
  var key: String?

  @Flag(help: "Keep the event as a proposal, which makes no facts (see list planned, enact, withdraw).")
  var planned = false

  @OptionGroup var writing: WritingOptions

  var words: EventWords {
    EventWords(
      day: on, operationalDay: operational, source: source, title: title, note: note, key: key,
      isProposed: planned)
  }
}

/// A command that records one event.
protocol EventCommand: ParsableCommand {
  var event: EventOptions { get }

  /// Writes the event as changes.
  func enter(_ writer: inout EventWriter) throws -> EnteredEvent
}

extension EventCommand {
  func run() throws {
    let registry = try event.writing.location.opened()
    let entered = try changingNothing(on: EntryError.self) {
      var writer = try EventWriter(registry, event.words)
      return try enter(&writer)
    }
    if event.planned { return try propose(entered, registry) }
    try event.writing.enter(entered.changes, warnings: entered.warnings, into: registry)
  }

  /// Keeps the event as a proposal, and shows what it would come to as things stand.
  private func propose(_ entered: EnteredEvent, _ registry: Registry) throws {
    guard let key = entered.proposalKey else { throw Failure("only events can be planned; nothing was changed") }
    let changes = entered.changes.changes
    // The source is there from now on: others may cite it before this is enacted.
    let citations = changes.filter { $0.content.isCitation }
    let described = changes.lazy.compactMap { change in change.content.event.map { (change, $0.detail) } }.first
    let detail = ProposalDetail(day: event.on, title: described?.1.title ?? key)
    try changingNothing(on: Refusal.self) {
      let proposal = try Proposal(
        Change(.proposal(key: key, detail), source: described?.0.source, note: event.note),
        stating: changes.filter { !$0.content.isCitation }, moving: entered.movements)
      do {
        let enacted = try citations + proposal.changes(on: event.on, in: registry)
        try event.writing.output.print(registry.preview(ChangeSet(changes: enacted)).table)
      } catch {
        complain("warning: as things stand it could not be enacted: \(error)")
      }
      try event.writing.enter(
        ChangeSet(changes: citations + proposal.additions()), warnings: entered.warnings, into: registry,
        question: "Keep this as the proposal \(key)?")
    }
  }
}

/// A new body.
struct NewcomerOptions: ParsableArguments {
  @Option(help: "The kind of the new body (default: that of its predecessors).", completion: .kind)
  var kind: String?

  @Option(help: "The scheme of its code and name (default: the first).", completion: .scheme)
  var scheme: String?

  func newcomer(_ code: String, _ name: String) -> EventWriter.Newcomer {
    EventWriter.Newcomer(code: code, name: name, kind: kind, scheme: scheme)
  }
}

/// Where the parts of a divided body go.
struct DivisionOptions: ParsableArguments {
  @Option(
    help: "A CSV file of the units that go: the column unit, and the column to if several bodies get some.",
    completion: .file())
  var units: String?

  @Option(help: "A unit that goes, as UNIT=CODE. May be repeated.")
  var unit: [String] = []

  @Option(help: "How much goes, as BASIS:CODE=AMOUNT. May be repeated.")
  var amount: [String] = []

  @Flag(help: "Record a gap, because no source says what went where.")
  var amountsUnknown = false

  /// - Parameter only: the body that gets everything that goes, if there is only one.
  func division(only: String?) throws -> Division? {
    let given = (units == nil && unit.isEmpty ? 0 : 1) + (amount.isEmpty ? 0 : 1) + (amountsUnknown ? 1 : 0)
    if given == 0 { return nil }
    guard given == 1 else {
      throw ValidationError("say what goes where in one way only: --units, --amount or --amounts-unknown")
    }
    if units != nil || !unit.isEmpty { return .units(try listedUnits(only: only)) }
    return amountsUnknown ? Division.unknown : .amounts(try amount.map(Self.amount))
  }

  private func listedUnits(only: String?) throws -> [(code: String, successor: String)] {
    let named = try unit.map { word in
      let sides = word.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2 else { throw ValidationError("--unit '\(word)' is not of the form UNIT=CODE") }
      return (code: sides[0], successor: sides[1])
    }
    guard let units else { return named }
    do {
      return try named + UnitList(name: units, bytes: Files.read(units), only: only).units
    } catch {
      throw Failure("\(error); nothing was changed")
    }
  }

  private static func amount(_ word: String) throws -> (basis: String, successor: String, amount: Double) {
    let sides = word.split(separator: "=", omittingEmptySubsequences: false)
    let names = sides.first?.split(separator: ":", omittingEmptySubsequences: false) ?? []
    guard sides.count == 2, names.count == 2, let amount = Double(sides[1]), amount.isFinite, amount >= 0 else {
      throw ValidationError("--amount '\(word)' is not of the form BASIS:CODE=AMOUNT")
    }
    return (String(names[0]), String(names[1]), amount)
  }
}
