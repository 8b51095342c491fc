import ArgumentParser
import DataEntry

struct Merge: EventCommand {
  static let configuration = CommandConfiguration(
    word: .merge, abstract: "Record that bodies end and one new body succeeds them all.",
    discussion: """
      The new body comes under what all the predecessors were under. What was under
      them comes under it. The command names what it cannot decide.
      \(WritingOptions.asks)

      EXAMPLES
        orgreg merge QKK QWE --into Q1A --name "NHS South London ICB" \\
          --on 2027-04-01 --source "uksi 2027/1 The Example Order" --dry-run
      """)

  @Argument(help: "The codes or permanent keys of the bodies that end.", completion: .code)
  var codes: [String]

  @Option(help: "The code of the new body.")
  var into: String

  @Option(help: "The name of the new body. Again as SCHEME=NAME for one in another scheme.")
  var name: [String]

  @OptionGroup var newcomer: NewcomerOptions

  @OptionGroup var event: EventOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.merge(codes, into: try newcomer.newcomer(into, name))
  }
}
