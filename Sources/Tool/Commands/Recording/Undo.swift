import ArgumentParser
import RegistryStorage

struct Undo: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .undo, abstract: "Take back a revision, in a new revision that restores what it changed.",
    discussion: """
      What the revision recorded is superseded, and what it superseded is restored.
      Nothing is deleted: --known-on still reads the register as it was known.
      Identities and words stay. An undo can be undone.
      An undo is refused if later revisions changed the same facts or depend on them.
      It lists these revisions: undo them first.
      \(WritingOptions.asks)

      EXAMPLES
        orgreg log
        orgreg undo 12 --dry-run
        orgreg undo 12 --yes --reason "the order was withdrawn"
      """)

  @OptionGroup var writing: WritingOptions

  @Argument(help: "The number of the revision, as in 'orgreg log'.")
  var revision: Int64

  func run() throws {
    try writing.enter(
      ChangeSet(changes: [Change(.undo(revision: revision))]), into: try writing.location.opened(),
      command: "undo \(revision)",
      nothingToDo: "no fact of revision \(revision) is left to undo (identities and words are permanent)")
  }
}
