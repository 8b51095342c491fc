import RegistryStorage
import RegistryTestSupport
import Testing

@Suite(.tags(.slow), .inFullRuns) struct EnglandUpgradeTests {
  /// The older seeds end on 1 April 2013.
  @Test func `A register made from the seeds of 2013 has after an upgrade all that the built-in one has`() throws {
    let registry = try Registry.inMemory()
    let beginning = try #require(try EnglandOrderOfEntryTests.groups.get()[.beginning])
    _ = try registry.record(ChangeSet(changes: beginning), .init(actor: "orgreg", command: "init"))
    let upgrade = try Upgrade(of: registry, to: try England.open())
    #expect(upgrade.kept.isEmpty)
    try registry.say(ChangeSet(changes: upgrade.changes))
    let (wanted, found) = (try England.open().state(), try registry.state())
    #expect(Set(found).symmetricDifference(wanted).sorted().prefix(10) == [])
    #expect(try registry.check() == [])
  }
}
