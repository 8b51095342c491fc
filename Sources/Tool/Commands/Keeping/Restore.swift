import ArgumentParser
import RegistryFormats
import RegistryStorage
import RegistryReporting

struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .restore, abstract: "Replace the contents of the register with those of a backup.",
    discussion: """
      It checks the backup first. Then it prints the revisions that would be lost:
      the register has them, and the backup does not. At a terminal it asks before it
      writes; elsewhere it needs --yes. If there is no register, it makes one.
      Other programs may have the register open: they read the old contents or the
      new.
      A name that was redacted after the backup comes back: redact it again.

      EXAMPLES
        orgreg restore monday.sqlite --dry-run
        orgreg restore monday.sqlite --yes
      """)

  @OptionGroup var location: WriteOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "A file that 'orgreg backup' made, or any other register.", completion: .file())
  var file: String

  @Flag(help: "Print the revisions that would be lost and change nothing.")
  var dryRun = false

  @Flag(help: "Write without asking.")
  var yes = false

  func run() throws {
    let path = location.path
    guard !Files.areSame(file, path) else { throw Failure("\(file): this is the register itself; nothing was changed") }
    let backup = try checkedBackup()
    let revisions = try backup.revisions()
    guard Files.exists(path) else { return try make(path, from: backup, revisions.count) }
    let (register, present) = try opened(path)
    try refuseOtherPages(backup, register, path)

    let kept = Set(revisions)
    let lost = present.filter { !kept.contains($0) }
    try output.print(RevisionsReport(lost).table)
    remark(
      "orgreg: \(path) would lose \(counted(lost.count, "revision")); "
        + "\(file) holds \(counted(revisions.count, "revision"))"
    )
    if dryRun { return remark("orgreg: dry run: nothing was changed") }
    if !yes {
      try confirm(
        "Replace \(path) and lose \(counted(lost.count, "revision"))?", otherwise: "say --yes to replace the register")
    }
    try replace(register, at: path, with: backup, having: present)
    remark("orgreg: restored \(path): \(counted(revisions.count, "revision"))")
  }

  // MARK: The backup

  private func checkedBackup() throws(Failure) -> Registry {
    try refuseFolder(file)
    guard Files.exists(file) else { throw Failure("\(file): there is no such file; nothing was changed") }
    do {
      let backup = try Registry.loaded(file)
      let findings = try backup.check()
      if let first = findings.first {
        throw Failure(
          "\(file): this file is not sound (\(first); \(counted(findings.count, "problem")) in all); "
            + "nothing was changed"
        )
      }
      if let part = try backup.strangeParts().first {
        throw Failure(
          "\(file): its schema is not that of a register (see \(part)); nothing was changed")
      }
      return backup
    } catch let failure as Failure {
      throw failure
    } catch OpenError.notARegister {
      throw Failure("\(file): this file is not a register, or is damaged; nothing was changed")
    } catch let error as DatabaseError {
      throw Failure("\(file): this file is damaged (\(error.message)); nothing was changed")
    } catch {
      throw Failure("\(error); nothing was changed")
    }
  }

  // MARK: The register

  private func make(_ path: String, from backup: Registry, _ count: Int) throws {
    if dryRun {
      return remark("orgreg: dry run: would make \(path), with \(counted(count, "revision")); nothing was changed")
    }
    try NewRegister(path: path).place { try backup.copy(to: $0).sealForWriting() }
    remark("orgreg: made \(path) from \(file): \(counted(count, "revision"))")
  }

  private func opened(_ path: String) throws -> (Registry, [Revision]) {
    try refuseFolder(path)
    do {
      let register = try Registry.open(path, .write)
      return (register, try register.revisions())
    } catch OpenError.notARegister {
      throw unreadable(path)
    } catch let error as DatabaseError {
      throw error.isNotADatabase ? unreadable(path) : Failure("\(path): \(error)")
    }
  }

  private func unreadable(_ path: String) -> Failure {
    Failure(
      "\(path): this file is not a register, or is damaged: move it away, with \(path)-wal if there is one, "
        + "and restore again; nothing was changed")
  }

  private func refuseFolder(_ path: String) throws(Failure) {
    if Files.isDirectory(path) { throw Failure("\(path): this is a folder, not a register") }
  }

  private func refuseOtherPages(_ backup: Registry, _ register: Registry, _ path: String) throws {
    let (theirs, ours) = (try backup.pageSize(), try register.pageSize())
    guard theirs == ours else {
      throw Failure(
        "\(file): its pages have \(theirs) bytes, and those of \(path) have \(ours): restore it under another "
          + "name (--registry); nothing was changed")
    }
  }

  /// - Parameter revisions: those of the register that the user was told about.
  private func replace(
    _ register: Registry, at path: String, with backup: Registry, having revisions: [Revision]
  ) throws {
    // The connection that writes cannot read at the same time.
    let reader = try Registry.open(path, .read)
    let isDone: Bool
    do {
      isDone = try backup.replaceContents(of: register) { () throws(DatabaseError) in
        try reader.revisions() == revisions
      }
    } catch {
      throw Failure("\(path): \(error)")
    }
    guard isDone else {
      throw Failure(
        "\(path): somebody else has written to the register in the meantime: run the command again; nothing was changed"
      )
    }
  }
}
