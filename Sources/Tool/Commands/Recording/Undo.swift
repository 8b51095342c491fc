import ArgumentParser
import RegistryStorage

struct Undo: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .undo,
    abstract: "Take a revision back: what it changed becomes what it was before, in a new revision.",
    discussion: """
      What the revision opened is superseded, what it superseded is opened again as it was. Nothing is deleted: --known-on
      still reads the register as it was known. Identities and vocabulary words stay. An undo can be undone.
      It is refused where later revisions changed the same facts or rest on them; they are listed, and are undone first.
      Prints the difference first. At a terminal it asks before it writes; elsewhere it needs --yes.

      EXAMPLES
        orgreg log
        orgreg undo 12 --dry-run
        orgreg undo 12 --yes --reason "the order was withdrawn"
      """)

  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The number of the revision; see 'orgreg log'.")
  var revision: Int64

  func run() throws {
    try writing.enter(
      ChangeSet(changes: [Change(.undo(revision: revision))]), into: try location.opened(), at: location.path,
      command: "undo \(revision)", output,
      nothingToDo: "no fact of revision \(revision) is left to undo (identities and words are permanent)")
  }
}
