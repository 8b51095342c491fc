import ArgumentParser
import DataEntry
import RegistryStorage

struct Merge: EventCommand {
  static let configuration = CommandConfiguration(
    word: .merge, abstract: "Record that bodies end and one new body succeeds them all.",
    discussion: """
      What all of them were under, the new body is under; what was under them is under it. What cannot be decided is named.
      The difference is printed before anything is written; at a terminal it asks, elsewhere it needs --yes.

      EXAMPLES
        orgreg merge 07N 07Q 08A 08K 08L 08Q --into 72Q --name "NHS South East London CCG" --on 2020-04-01 \\
          --source "NHS England order of 2020" --dry-run
      """)

  @Argument(help: "The codes, or permanent keys, of those that end.", completion: .code)
  var codes: [String]

  @Option(help: "The code of the new body.")
  var into: String

  @Option(help: "The name of the new body.")
  var name: String

  @OptionGroup var newcomer: NewcomerOptions

  @OptionGroup var event: EventOptions
  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.merge(codes, into: newcomer.newcomer(into, name))
  }
}
