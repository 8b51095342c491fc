import ArgumentParser
import DataEntry

struct Establish: EventCommand {
  static let configuration = CommandConfiguration(
    word: .establish, abstract: "Record that a body begins without a predecessor.",
    discussion: """
      \(WritingOptions.asks)

      EXAMPLES
        orgreg establish U9X --name "NHS Example Integrated Care Board" --kind icb \\
          --on 2027-04-01 --part-of Y61 --source "uksi 2027/1 The Example Order" \\
          --dry-run
      """)

  @Argument(help: "The code of the new body.")
  var code: String

  @Option(help: "The name of the new body. Again as SCHEME=NAME for one in another scheme.")
  var name: [String]

  @OptionGroup var newcomer: NewcomerOptions

  @Option(help: "A body that it comes under. May be repeated.", completion: .code)
  var partOf: [String] = []

  @Option(help: "The kind of relationship (default: the first that territory follows).", completion: .relationship)
  var relationship: String?

  @OptionGroup var event: EventOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.establish(newcomer.newcomer(code, name), partOf: partOf, as: relationship)
  }
}
