import ArgumentParser
import RegistryStorage

struct Redact: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .redact, abstract: "Erase the name of a seat holder for good, from present and past alike.",
    discussion: """
      The name is erased from what the register knows now, from what it knew before
      (--known-on), and from the bytes of the file and of its log (-wal). The
      appointments stay, with seat and profession. The log keeps that it was done,
      and why. Nothing brings the name back: neither an undo nor the file that it
      came from.
      Copies keep the name: backups and what restores them, exports made with
      --with-names, change files, and the history of a shell. Erase it there as well.
      If another program is reading the register, the log beside it cannot be
      emptied. Then the command says so: close that program and run the command
      again.

      EXAMPLES
        orgreg redact holder-7 --reason "asked for on 12 May" --dry-run
      """)

  @Argument(help: "The permanent key of the holder, as in the output of show.", completion: .holder)
  var holder: String

  @OptionGroup var writing: WritingOptions

  func validate() throws {
    guard writing.reason?.isEmpty == false || writing.dryRun else {
      throw ValidationError("--reason is missing: say why, without the name, because the log keeps it")
    }
  }

  func run() throws {
    let registry = try writing.location.opened()
    try writing.enter(
      ChangeSet(changes: [Change(.redact(holder: holder))]), into: registry,
      WritingOptions.Words(question: "Erase this name for good?", nothingToDo: "the register has no name of \(holder)"))
    guard !writing.dryRun else { return }
    // This is needed even if there was nothing to do: another reader may have prevented it the last time.
    let danger: String
    do {
      if try registry.eraseRemains() { return }
      danger =
        "the log beside the file may still hold it, because another program reads the register: "
        + "close that program and repeat this command"
    } catch {
      danger = "its bytes may still be in the file, which could not be rewritten (\(error)): repeat this command"
    }
    throw Failure("\(writing.location.path): the name is erased, but \(danger)", status: .rejected)
  }
}
