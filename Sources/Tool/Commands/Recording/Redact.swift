import ArgumentParser
import RegistryStorage

struct Redact: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .redact, abstract: "Erase the name of a holder of seats, from present and past alike, for good.",
    discussion: """
      The name is gone from what the register knows now, from what it knew before (--known-on), and from the bytes of the
      file and of its log (-wal). The appointments stay, with seat and profession; the log says that it was done and why.
      Nothing brings the name back: no undo, and no repetition of the file that it came from.
      Copies are not reached: backups (and what restores them), exports made with --with-names, change files, the history
      of a shell. Erase the name there as well.
      If another program reads the register all the while, the log beside it cannot be emptied; this is said, and the
      same command once more does it.

      EXAMPLES
        orgreg redact holder-7 --reason "asked for on 12 May" --dry-run
      """)

  @Argument(help: "The permanent key of the holder; it stands in the output of show.", completion: .holder)
  var holder: String

  @OptionGroup var location: WriteOptions
  @OptionGroup var writing: WritingOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard writing.reason?.isEmpty == false || writing.dryRun else {
      throw ValidationError("--reason: say why, without the name; the log keeps it")
    }
  }

  func run() throws {
    let registry = try location.opened()
    try writing.enter(
      ChangeSet(changes: [Change(.redact(holder: holder))]), into: registry, at: location.path,
      command: WritingOptions.ownWords, output, question: "Erase this name for good?",
      nothingToDo: "the register has no name of \(holder)")
    guard !writing.dryRun else { return }
    // Also where there was nothing to do: another reader may have prevented it the last time.
    guard try hasErasedRemains(registry) else {
      throw Failure(
        "\(location.path): the name is erased, but another program reads the register, so that the log beside the file may still hold it: close that program and repeat this command",
        status: 1)
    }
  }

  private func hasErasedRemains(_ registry: Registry) throws(Failure) -> Bool {
    do { return try registry.eraseRemains() } catch {
      throw Failure(
        "\(location.path): the name is erased, but its bytes may still be in the file, which could not be written anew (\(error)): repeat this command",
        status: 1)
    }
  }
}
