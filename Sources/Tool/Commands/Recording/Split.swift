import ArgumentParser
import DataEntry

struct Split: EventCommand {
  static let configuration = CommandConfiguration(
    word: .split, abstract: "Record that a body is divided among others.",
    discussion: """
      --units, --unit or --amount says what goes where. --amounts-unknown records a
      gap. If another event of the day opens a part, record that one first.
      \(WritingOptions.asks)

      EXAMPLES
        orgreg split 72Q --into "A1A=Lambeth and Southwark" \\
          --into "A1B=Greenwich and Bexley" --on 2027-04-01 \\
          --amounts-unknown --source "a decision" --dry-run
        orgreg split 72Q --into 36L --into "A1B=Greenwich and Bexley" \\
          --unit G83001=A1B --rest 36L --code ons=E38000299 \\
          --on 2027-04-01 --source "a decision" --dry-run
      """)

  @Argument(help: "The code or permanent key of the body that is divided.", completion: .code)
  var code: String

  @Option(help: "A part: CODE=NAME for a new body, CODE for one that lives on the day. May be repeated.")
  var into: [String]

  @Option(help: "The part that gets the units that are not listed.")
  var rest: String?

  @Flag(help: "The divided body keeps a part and goes on.")
  var goesOn = false

  @OptionGroup var newcomer: NewcomerOptions
  @OptionGroup var division: DivisionOptions

  @OptionGroup var event: EventOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    let named = try into.filter { $0.contains("=") }.map { word in
      guard let (code, name) = NewcomerOptions.halves(word) else {
        throw ValidationError("--into '\(word)' is not of the form CODE=NAME")
      }
      return (code: code, name: name)
    }
    var newcomers = try newcomer.newcomers(named)[...]
    let parts = into.map { word -> EventWriter.Part in
      word.contains("=") ? .new(newcomers.removeFirst()) : .living(word)
    }
    // The body that gets everything that goes, if there is only one.
    let only = goesOn && into.count == 1 ? named.first?.code ?? into[0] : nil
    return try writer.split(code, into: parts, goesOn: goesOn, division.division(only: only), rest: rest)
  }
}
