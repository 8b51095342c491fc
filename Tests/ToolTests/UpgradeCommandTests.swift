import RegistryTestSupport
import Testing

@Suite(.tags(.slow), .inFullRuns) struct UpgradeCommandTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Makes a register as an older release would, which misspelt a name and did not know a measure of another body.
  private func makeOlderRegister() throws {
    expectDone(try bench.orgreg("init"))
    _ = try bench.sqlite3(
      "registry.sqlite",
      """
      DROP TRIGGER name_is_never_rewritten; DROP TRIGGER name_is_never_deleted;
      UPDATE name SET value = 'NHS Northumbreland CCG' WHERE value = 'NHS Northumberland CCG';
      DELETE FROM name WHERE value = 'NHS Morecambe Bay CCG';
      """)
  }

  @Test func `What an older release had wrong is put right, what was entered since stays and is told`() throws {
    try makeOlderRegister()
    expectDone(
      try bench.orgreg(
        "rename", "QNQ", "--name", "NHS Frimley Board", "--on", "2024-01-01", "--source", "a decision", "--yes",
        "--by", "jane"))
    let dryRun = try bench.orgreg("upgrade", "--dry-run")
    expectDone(dryRun)
    #expect(dryRun.stderr.contains("dry run: nothing was changed"), "\(dryRun)")
    let refused = try bench.orgreg("upgrade")
    #expect(refused.status == 2 && refused.stderr.contains("say --yes to write it; nothing was changed"), "\(refused)")

    let upgrade = try bench.orgreg("upgrade", "--yes")
    expectDone(upgrade)
    // A line may be broken inside a name.
    let words = upgrade.stdout.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("was ons NHS Northumbreland CCG"), "\(upgrade)")
    #expect(
      upgrade.stderr.contains("differs: the register says") && upgrade.stderr.contains("(revision 2 by jane)")
        && upgrade.stderr.contains("the register's was kept"), "\(upgrade)")
    #expect(try bench.orgreg("show", "QNQ", "--on", "2024-06-01").stdout.contains("NHS Frimley Board"))
    #expect(try bench.orgreg("show", "00L", "--on", "2016-04-01").stdout.contains("NHS Northumberland CCG"))
    #expect(try bench.orgreg("log").stdout.contains("upgrade"))
    expectDone(try bench.orgreg("check"))

    let again = try bench.orgreg("upgrade", "--yes")
    expectDone(again)
    #expect(again.stderr.contains("nothing to do: the register has all of this release's England register"), "\(again)")
  }

  @Test func `What was entered by hand and contradicts the newer seeds stops the upgrade, with what to do`() throws {
    expectDone(try bench.orgreg("init"))
    // An older release did not know the code of one body, and somebody gave it to another.
    _ = try bench.sqlite3(
      "registry.sqlite", "DROP TRIGGER code_is_never_deleted; DELETE FROM code WHERE value = 'S9B9J';")
    expectDone(
      try bench.orgreg(
        "establish", "S9B9J", "--name", "Another board", "--kind", "icb", "--on", "2026-04-01", "--source",
        "a decision", "--yes"))
    let upgrade = try bench.orgreg("upgrade", "--yes")
    #expect(upgrade.status == 2 && upgrade.stdout.isEmpty, "\(upgrade)")
    #expect(upgrade.stderr.contains("S9B9J") && upgrade.stderr.contains("nothing was changed"), "\(upgrade)")
    #expect(upgrade.stderr.contains("undo, retract or amend it (see 'orgreg log'), and upgrade again"), "\(upgrade)")
  }

  @Test func `A register of another country is not upgraded to England's`() throws {
    try bench.makeTinyCountry()
    expectRefused(
      try bench.orgreg("upgrade", "--yes"), "was not made from the England seeds", "nothing was changed")
  }
}
