import ArgumentParser
import England
import RegistryStorage

struct UpgradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .upgrade, abstract: "Upgrade a register to the England register of this release.",
    discussion: """
      Facts from the England seeds follow the newer seeds. What others recorded
      stays. Where it differs from the newer seeds, the difference is printed on
      standard error, with the revision that recorded it.
      Nothing is changed where the two contradict each other, for example if the same
      merger was entered by hand and is now in the seeds. Undo or retract your own,
      and upgrade again.
      \(WritingOptions.asks)

      EXAMPLES
        orgreg upgrade --dry-run
        orgreg backup before.sqlite && orgreg upgrade --yes
      """)

  @OptionGroup var writing: WritingOptions

  func run() throws {
    let registry = try writing.location.opened()
    let upgrade = try upgrade(of: registry)
    let authors = Dictionary(
      uniqueKeysWithValues: try registry.revisions().map { ($0.number, "revision \($0.number) by \($0.actor)") })
    for kept in upgrade.kept {
      let author = kept.revision.flatMap { authors[$0] }.map { " (\($0))" } ?? ""
      remark(
        "orgreg: \(kept.key) differs: the register says \(kept.register ?? "nothing")\(author), "
          + "the seeds \(kept.seeds ?? "nothing"); the register's was kept")
    }
    var writing = writing
    if writing.reason == nil {
      writing.reason = "the England register as released on \(BuiltInRegister.releasedAt.prefix(10))"
    }
    let words = WritingOptions.Words(
      command: "upgrade", nothingToDo: "the register has all of this release's England register",
      advice:
        "what was recorded here contradicts the newer seeds: undo, retract or amend it (see 'orgreg log'), and "
        + "upgrade again")
    try writing.enter(ChangeSet(changes: upgrade.changes), into: registry, words)
  }

  private func upgrade(of registry: Registry) throws -> Upgrade {
    do {
      return try Upgrade(of: registry, to: try BuiltInRegister.open())
    } catch is Upgrade.NotSeeded {
      throw Failure(
        "\(writing.location.path): this register was not made from the England seeds (it was made by 'init --empty'): "
          + "there is nothing to upgrade; nothing was changed")
    } catch let error as DatabaseError {
      throw Failure("\(writing.location.path): \(error)")
    }
  }
}
