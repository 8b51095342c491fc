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
        orgreg undo last
        orgreg undo 12 --dry-run
        orgreg undo 12 --yes --reason "the order was withdrawn"
      """)

  @OptionGroup var writing: WritingOptions

  /// A revision by its number, or the newest.
  enum Target: ExpressibleByArgument {
    case number(Int64)
    case last

    init?(argument: String) {
      if argument == "last" {
        self = .last
      } else {
        guard let number = Int64(argument) else { return nil }
        self = .number(number)
      }
    }
  }

  @Argument(help: "The number of the revision, as in 'orgreg log', or last.")
  var revision: Target

  func run() throws {
    let registry = try writing.location.opened()
    let revision =
      switch revision {
      case .number(let number): number
      case .last: try registry.latestRevision()
      }
    try writing.enter(
      ChangeSet(changes: [Change(.undo(revision: revision))]), into: registry,
      WritingOptions.Words(
        command: "undo \(revision)",
        nothingToDo: "no fact of revision \(revision) is left to undo (identities and words are permanent)"))
  }
}
