import ArgumentParser
import DataEntry

struct Close: EventCommand {
  static let configuration = CommandConfiguration(
    word: .close, abstract: "Record that a body ends without a successor.",
    discussion: """
      The codes, names, roles and relationships of the body end with it. Its
      territory lies in no body from that day. If another body takes over, use absorb
      or merge. It prints the difference first. At a terminal it asks before it
      writes; elsewhere it needs --yes.

      EXAMPLES
        orgreg close 13Q --on 2027-04-01 \\
          --source "NHS England decision of 12 March 2027" --dry-run
      """)

  @Argument(help: "The code or permanent key of the body.", completion: .code)
  var code: String

  @OptionGroup var event: EventOptions

  func enter(_ writer: inout EventWriter) throws -> EnteredEvent {
    try writer.close(code)
  }
}
