import ArgumentParser
import DataEntry
import RegistryStorage

struct Establish: EventCommand {
  static let configuration = CommandConfiguration(
    word: .establish, abstract: "Record that a body begins which succeeds nobody.",
    discussion: """
      The difference is printed before anything is written; at a terminal it asks, elsewhere it needs --yes.

      EXAMPLES
        orgreg establish U9X --name "NHS Example Integrated Care Board" --kind icb --on 2027-04-01 --part-of Y61 \\
          --source "uksi 2027/1 The Example Order" --dry-run
      """)

  @Argument(help: "Its code.")
  var code: String

  @Option(help: "Its name.")
  var name: String

  @OptionGroup var newcomer: NewcomerOptions

  @Option(help: "A body that it comes under; may be given several times.", completion: .code)
  var partOf: [String] = []

  @Option(
    help: "How it stands to those (default: the first relationship that territory is read through).",
    completion: .relationship)
  var relationship: String?

  @OptionGroup var event: EventOptions
  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.establish(newcomer.newcomer(code, name), partOf: partOf, as: relationship)
  }
}
