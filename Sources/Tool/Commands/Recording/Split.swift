import ArgumentParser
import DataEntry

struct Split: EventCommand {
  static let configuration = CommandConfiguration(
    word: .split, abstract: "Record that a body is divided into new bodies.",
    discussion: """
      --units, --unit or --amount says what goes where. --amounts-unknown records a
      gap.
      \(WritingOptions.asks)

      EXAMPLES
        orgreg split 72Q --into "A1A=Lambeth and Southwark" \\
          --into "A1B=Greenwich and Bexley" --on 2027-04-01 \\
          --amounts-unknown --source "a decision" --dry-run
      """)

  @Argument(help: "The code or permanent key of the body that is divided.", completion: .code)
  var code: String

  @Option(help: "A new body, as CODE=NAME. May be repeated.")
  var into: [String]

  @Flag(help: "The divided body keeps a part and goes on.")
  var goesOn = false

  @OptionGroup var newcomer: NewcomerOptions
  @OptionGroup var division: DivisionOptions

  @OptionGroup var event: EventOptions

  private func newcomers() throws -> [EventWriter.Newcomer] {
    try into.map { word in
      guard let mark = word.firstIndex(of: "="), mark != word.startIndex, word.index(after: mark) != word.endIndex
      else {
        throw ValidationError("--into '\(word)' is not of the form CODE=NAME")
      }
      return newcomer.newcomer(String(word[..<mark]), String(word[word.index(after: mark)...]))
    }
  }

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    let newcomers = try newcomers()
    // The body that gets everything that goes, if there is only one.
    let only = goesOn && newcomers.count == 1 ? newcomers.first?.code : nil
    return try writer.split(code, into: newcomers, goesOn: goesOn, division.division(only: only))
  }
}
