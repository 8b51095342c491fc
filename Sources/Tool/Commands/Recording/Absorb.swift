import ArgumentParser
import DataEntry
import RegistryStorage

struct Absorb: EventCommand {
  static let configuration = CommandConfiguration(
    word: .absorb, abstract: "Record that bodies end and one that goes on succeeds them.",
    discussion: """
      The difference is printed before anything is written; at a terminal it asks, elsewhere it needs --yes.

      EXAMPLES
        orgreg absorb 02E --into 01R --on 2027-04-01 --source "NHS England decision of 12 March 2027" --dry-run
      """)

  @Argument(help: "The codes, or permanent keys, of those that end.", completion: .code)
  var codes: [String]

  @Option(help: "The body that goes on.", completion: .code)
  var into: String

  @OptionGroup var event: EventOptions
  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.absorb(codes, into: into)
  }
}
