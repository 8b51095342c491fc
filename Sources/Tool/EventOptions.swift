import ArgumentParser
import DataEntry
import Formats
import Importing
import Storage

/// What is said of an event, whatever its type.
struct EventOptions: ParsableArguments {
  @Option(help: "The legal day: the first of the new state (YYYY-MM-DD).", transform: Day.option)
  var on: Day

  @Option(help: "The first day of the new state in operation, if it is another.", transform: Day.option)
  var operational: Day?

  @Option(
    help: ArgumentHelp(
      "Where it is written: a source's key, or a citation such as \"uksi 2012/2996 The ... Regulations https://...\"."))
  var source: String?

  @Option(help: "What happened, in a few words (default: made from the names).")
  var title: String?

  @Option(help: "A remark that is kept with the event.")
  var note: String?

  @Option(help: "The permanent key of the event (default: made from day, type and code).")
  var key: String?

  var words: EventWords {
    EventWords(day: on, operationalDay: operational, source: source, title: title, note: note, key: key)
  }
}

/// What every command that records one event has.
protocol EventCommand: ParsableCommand {
  var location: WriteOptions { get }
  var event: EventOptions { get }
  var writing: WritingOptions { get }
  var output: OutputOptions { get }

  /// Words the event.
  func enter(_ writer: inout EventWriter) throws -> EnteredEvent
}

extension EventCommand {
  func run() throws {
    let registry = try location.opened()
    let entered: EnteredEvent
    do {
      var writer = try EventWriter(registry, event.words)
      entered = try enter(&writer)
    } catch let error as EntryError {
      throw Failure("\(error); nothing was changed")
    }
    try writing.enter(entered, into: registry, at: location.path, output)
  }
}

/// A new body.
struct NewcomerOptions: ParsableArguments {
  @Option(help: "Its kind (default: that of its predecessors).")
  var kind: String?

  @Option(help: "The scheme of its code and name (default: the first of the register).")
  var scheme: String?

  func newcomer(_ code: String, _ name: String) -> EventWriter.Newcomer {
    EventWriter.Newcomer(code: code, name: name, kind: kind, scheme: scheme)
  }
}

/// What goes where when a body is divided.
struct DivisionOptions: ParsableArguments {
  @Option(help: "A CSV file with the column unit (and to, where several bodies get some): the units that go.")
  var units: String?

  @Option(help: "How much goes, as BASIS:CODE=AMOUNT; may be given several times.")
  var amount: [String] = []

  @Flag(help: "Nobody says what went where: a gap that is named.")
  var amountsUnknown = false

  /// - Parameter only: who gets all that goes, where there is but one.
  func division(only: String?) throws -> Division? {
    let given = (units == nil ? 0 : 1) + (amount.isEmpty ? 0 : 1) + (amountsUnknown ? 1 : 0)
    if given == 0 { return nil }
    guard given == 1 else {
      throw ValidationError("say what goes where in one way: --units, --amount or --amounts-unknown")
    }
    if let units {
      do {
        return .units(try UnitList(name: units, bytes: Files.read(units), only: only).units)
      } catch {
        throw Failure("\(error); nothing was changed")
      }
    }
    return amountsUnknown ? Division.unknown : .amounts(try amount.map(Self.amount))
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
