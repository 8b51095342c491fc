import ArgumentParser
import DataEntry

struct Reclassify: EventCommand {
  static let configuration = CommandConfiguration(
    word: .reclassify, abstract: "Record that a body is of a new kind from a day on.",
    discussion: """
      A kind ends the kinds that it excludes. A body may have other kinds beside it.
      \(WritingOptions.asks)

      EXAMPLES
        orgreg reclassify 5QT --kind care-trust --on 2012-04-01 \\
          --source "a decision" --dry-run
      """)

  @Argument(help: "The code or permanent key of the body.", completion: .code)
  var code: String

  @Option(help: "The new kind.", completion: .kind)
  var kind: String

  @OptionGroup var event: EventOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.reclassify(code, as: kind)
  }
}
