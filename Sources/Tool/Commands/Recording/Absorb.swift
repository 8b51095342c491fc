import ArgumentParser
import DataEntry

struct Absorb: EventCommand {
  static let configuration = CommandConfiguration(
    word: .absorb, abstract: "Record that bodies end and that a body that goes on succeeds them.",
    discussion: """
      \(WritingOptions.asks)

      EXAMPLES
        orgreg absorb 02E --into 01F --on 2027-04-01 \\
          --source "NHS England decision of 12 March 2027" --dry-run
      """)

  @Argument(help: "The codes or permanent keys of the bodies that end.", completion: .code)
  var codes: [String]

  @Option(help: "The code or permanent key of the body that goes on.", completion: .code)
  var into: String

  @OptionGroup var event: EventOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.absorb(codes, into: into)
  }
}
