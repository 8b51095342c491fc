import ArgumentParser
import ChangeFiles
import DataEntry
import RegistryFormats
import RegistryImporting
import RegistryStorage
import RegistryReporting

/// What every type of event has.
struct EventOptions: ParsableArguments {
  @Option(
    help: "The legal day: the first day of the new state (YYYY-MM-DD). With --proposal, by default its day.",
    transform: Day.option)
  var on: Day?

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

  @Option(help: "Add the event to this proposal, whose day and source are its own by default.", completion: .plan)
  var proposal: String?

  @Option(
    name: .customLong("after"), help: "With --planned: a proposal that must be enacted first. May be repeated.",
    completion: .plan)
  var bases: [String] = []

  @OptionGroup var writing: WritingOptions

  func validate() throws {
    if on == nil, proposal == nil { throw ValidationError("say the day of the event with --on YYYY-MM-DD") }
    if planned, proposal != nil {
      throw ValidationError("--planned makes a proposal, and --proposal names one: say one of them")
    }
    if !bases.isEmpty, !planned { throw ValidationError("--after needs --planned") }
  }

  /// - Parameter proposal: the one that the event is added to.
  func words(in proposal: Proposal?) throws -> EventWords {
    guard let day = on ?? proposal?.day else { throw ValidationError("say the day of the event with --on YYYY-MM-DD") }
    var words = EventWords(
      day: day, operationalDay: operational, source: source ?? proposal?.detail.source, title: title, note: note,
      key: key, isProposed: planned || proposal != nil)
    words.proposal = proposal?.key
    return words
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
    if event.planned || event.proposal != nil { return try plan(registry) }
    try event.writing.enter(into: registry) { WritingOptions.Draft(try entered(registry, nil)) }
  }

  private func entered(_ registry: Registry, _ proposal: Proposal?) throws -> EnteredEvent {
    try changingNothing(on: EntryError.self) {
      try EventWriter.enter(registry, event.words(in: proposal), enter)
    }
  }

  /// Keeps the event as a proposal or in one, and shows what it would come to. It is looked at as if what it builds on
  /// had happened.
  private func plan(_ registry: Registry) throws {
    try changingNothing(on: Refusal.self) {
      let present = try event.proposal.map { try Proposal($0, in: registry) }
      for base in event.bases { _ = try Proposal(base, in: registry) }
      let outlook = try Outlook(on: registry, present.map { [$0.key] } ?? event.bases)
      try outlook.mustBeWhole()
      let entered = try entered(outlook.registry, present)
      guard let key = entered.proposalKey else { throw Refusal("only events can be planned") }
      let changes = entered.changes.changes
      // The source is there from now on: others may cite it before this is enacted.
      let citations = changes.filter { $0.content.isCitation }
      let day = try event.words(in: present).day
      let proposal = try Proposal(
        present?.detail ?? description(of: key, on: day, changes), stating: changes.filter { !$0.content.isCitation },
        moving: entered.movements)
      do {
        let enacted = try citations + proposal.changes(on: day, in: outlook.registry)
        let view = try outlook.registry.preview(ChangeSet(changes: enacted)) {
          try DifferenceView(of: $0, in: outlook.registry)
        }
        try event.writing.output.print(view, of: enacted, rows: event.writing.rows)
      } catch {
        complain("warning: as things stand it could not be enacted: \(error)")
      }
      var draft = WritingOptions.Draft(entered)
      let bases = event.bases.map { Change(.proposalBase(of: key, $0)) }
      draft.changes = ChangeSet(changes: try citations + proposal.additions() + bases)
      let question = present == nil ? "Keep this as the proposal \(key)?" : "Add this to the proposal \(key)?"
      try event.writing.enter(into: registry, WritingOptions.Words(question: question)) { draft }
    }
  }

  private func description(of key: String, on day: Day, _ changes: [Change]) -> Change {
    let described = changes.lazy.compactMap { change in change.content.event.map { (change, $0.detail) } }.first
    return Change(
      .proposal(key: key, ProposalDetail(day: day, title: described?.1.title ?? key)), source: described?.0.source,
      note: event.note)
  }
}

/// A new body.
struct NewcomerOptions: ParsableArguments {
  @Option(help: "The kind of the new body (default: that of its predecessors).", completion: .kind)
  var kind: String?

  @Option(help: "The scheme of its code and name (default: the first).", completion: .scheme)
  var scheme: String?

  @Option(
    name: .customLong("code"),
    help:
      "A code in another scheme, as SCHEME=CODE, such as ons=E54000099. If several bodies begin, as NEW:SCHEME=CODE. May be repeated."
  )
  var otherCode: [String] = []

  /// The only body that begins.
  /// - Parameter names: its name, and perhaps names in other schemes, each as SCHEME=NAME.
  func newcomer(_ code: String, _ names: [String]) throws -> EventWriter.Newcomer {
    let plain = names.filter { Self.schemed($0) == nil }
    guard plain.count == 1 else {
      throw ValidationError("say one --name without a scheme, and others as SCHEME=NAME")
    }
    var newcomer = try newcomers([(code, plain[0])])[0]
    newcomer.otherNames = names.compactMap(Self.schemed).map { ($0.scheme, $0.text) }
    return newcomer
  }

  /// The bodies that begin, each with its other codes.
  func newcomers(_ named: [(code: String, name: String)]) throws -> [EventWriter.Newcomer] {
    var newcomers = named.map { EventWriter.Newcomer(code: $0.code, name: $0.name, kind: kind, scheme: scheme) }
    for word in otherCode {
      let colon = word.firstIndex(of: ":")
      let owner = colon.map { String(word[..<$0]) } ?? (newcomers.count == 1 ? newcomers[0].code : nil)
      let said = Self.schemed(colon.map { String(word[$0...].dropFirst()) } ?? word)
      guard let said, let place = newcomers.firstIndex(where: { $0.code == owner }) else {
        let form = newcomers.count == 1 ? "SCHEME=CODE" : "NEW:SCHEME=CODE, where NEW is the code of a new body"
        throw ValidationError("--code '\(word)' is not of the form \(form)")
      }
      newcomers[place].otherCodes.append((said.scheme, said.text))
    }
    return newcomers
  }

  /// What `ons=E54000099` says of which scheme. Nil if a word does not begin with the key of a scheme.
  private static func schemed(_ word: String) -> (scheme: String, text: String)? {
    guard let (scheme, text) = halves(word),
      scheme.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
    else { return nil }
    return (scheme, text)
  }

  /// What stands before and after the first `=`. Nil if there is nothing on one side of it.
  static func halves(_ word: String) -> (String, String)? {
    guard let mark = word.firstIndex(of: "="), mark != word.startIndex, word.index(after: mark) != word.endIndex
    else { return nil }
    return (String(word[..<mark]), String(word[word.index(after: mark)...]))
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
