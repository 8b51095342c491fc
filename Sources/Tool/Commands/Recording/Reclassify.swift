import ArgumentParser
import DataEntry
import RegistryStorage

struct Reclassify: EventCommand {
  static let configuration = CommandConfiguration(
    word: .reclassify, abstract: "Record that a body is of another kind from a day on.",
    discussion: """
      Kinds that exclude each other end each other; others are held beside. The difference is printed before anything is written; at a terminal it asks, elsewhere it needs --yes.

      EXAMPLES
        orgreg reclassify TAK --kind care-trust --on 2004-10-01 --source "a decision" --dry-run
      """)

  @Argument(help: "Its code, or its permanent key.", completion: .code)
  var code: String

  @Option(help: "The new kind.", completion: .kind)
  var kind: String

  @OptionGroup var event: EventOptions
  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.reclassify(code, as: kind)
  }
}
