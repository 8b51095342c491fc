import RegistryStorage
import RegistryTestSupport
import Testing

/// An upgrade brings newer seeds and keeps what others recorded.
@Suite struct UpgradeTests {
  /// A register that was made from the older seeds, and the seeds of a newer release.
  private let older = """
    record,key,value,unit,partition,type,tier,group,rank
    scheme,no,Municipal number,,,,,,1
    kind,municipality,municipality,,,,place,place,
    kind,county,county,,,,region,,
    relationship-kind,part-of,part of,,,parent,,,
    partition,tract,Tracts,tract,,,,,
    basis,tracts,Tracts,tracts,tract,count,,,
    source,gazette,The Gazette,,,,,,

    record,key,organisation,scheme,kind,timeline,value,from,to,source,parcel,partition,unit
    organisation,ash
    life,ash/life,ash,,,legal,,2000-01-01,,gazette
    role,ash/role,ash,,municipality,,,2000-01-01,,gazette
    code,ash/code,ash,no,,,101,2000-01-01,,gazette
    name,ash/name,ash,no,,,Ash,2000-01-01,,gazette
    organisation,birch
    life,birch/life,birch,,,legal,,2000-01-01,2010-12-31,gazette
    role,birch/role,birch,,municipality,,,2000-01-01,2010-12-31,gazette
    name,birch/name,birch,no,,,Birsh,2000-01-01,2010-12-31,gazette
    parcel,p,,,,,,,,gazette,,tract
    anchor,,ash,,,,,2000-01-01,,gazette,p
    unit,,,,,,,,,gazette,p,tract,T1
    """

  private let added = """

    organisation,cedar
    life,cedar/life,cedar,,,legal,,2005-01-01,,gazette
    name,cedar/name,cedar,no,,,Cedar,2005-01-01,,gazette
    unit,,,,,,,,,gazette,p,tract,T2
    """

  private func seeded(_ changeFile: String) throws -> Registry {
    let registry = try Registry.inMemory()
    _ = try registry.record(try changes(changeFile), .init(actor: "orgreg", command: "init"))
    return registry
  }

  private func newer(_ edit: (String) -> String = { $0 }) throws -> Registry { try seeded(edit(older) + added) }

  /// Records the upgrade.
  /// - Returns: what was kept: the key, what the register says, what the seeds say, and the revision.
  @discardableResult
  private func upgrade(_ registry: Registry, to seeds: Registry) throws -> [String] {
    let upgrade = try Upgrade(of: registry, to: seeds)
    _ = try registry.record(
      ChangeSet(changes: upgrade.changes), .init(actor: "jane", command: "upgrade"))
    return upgrade.kept.map { kept in
      [kept.key, kept.register ?? "-", kept.seeds ?? "-", kept.revision.map(String.init) ?? "-"].joined(
        separator: " | ")
    }
  }

  @Test func `What the seeds add, correct and drop is added, corrected and dropped`() throws {
    let registry = try seeded(older)
    let seeds = try newer {
      $0.replacing("Birsh", with: "Birch").replacing("code,ash/code,ash,no,,,101,2000-01-01,,gazette\n    ", with: "")
        .replacing("birch/life,birch,,,legal,,2000-01-01,2010-12-31", with: "birch/life,birch,,,legal,,2000-01-01,")
    }
    #expect(try upgrade(registry, to: seeds) == [])
    #expect(try registry.state() == seeds.state())
    #expect(try registry.check().isEmpty)
  }

  @Test func `Moves of units and the days of units follow the seeds`() throws {
    func seeds(_ moved: String, _ last: String) throws -> Registry {
      try seeded(
        older.replacing("unit,,,,,,,,,gazette,p,tract,T1", with: "")
          + """

          record,partition,unit,parcel,organisation,other,from,to,source
          unit,tract,T1,p,,,1990-01-01,\(last),gazette
          unit,tract,T2,p,,,,,gazette
          move,tract,T1,,ash,birch,\(moved),,gazette
          move,tract,T2,,ash,birch,\(moved),,gazette
          """)
    }
    let registry = try seeds("2003-01-01", "2004-12-31")
    let newer = try seeds("2003-04-01", "2005-12-31")
    #expect(try upgrade(registry, to: newer) == [])
    #expect(try registry.currentRows() == newer.currentRows())
    #expect(
      try registry.unitMoves(from: .distantPast, to: .distantFuture).map(\.day.description) == [
        "2003-04-01", "2003-04-01",
      ])
  }

  @Test func `With the same seeds there is nothing to do`() throws {
    let registry = try newer()
    #expect(try Upgrade(of: registry, to: try newer()).changes == [])
  }

  @Test func `What others corrected, added and retracted stays, and is told where the seeds say otherwise`() throws {
    let registry = try seeded(older)
    try registry.say(
      """
      record,key,organisation,scheme,value,from,to,source
      name,birch/name,birch,no,Birch Green,2000-01-01,2010-12-31,gazette
      name,ash/more,ash,no,Greater Ash,2020-01-01,,gazette
      retract,ash/code
      """)
    let kept = try upgrade(registry, to: try newer { $0.replacing("Birsh", with: "Birch") })
    #expect(
      kept == [
        "ash/code | - | 101 from 2000-01-01 | 2",
        "ash/name | Ash from 2000-01-01 to 2019-12-31 | Ash from 2000-01-01 | 2",
        "birch/name | Birch Green from 2000-01-01 to 2010-12-31 | Birch from 2000-01-01 to 2010-12-31 | 2",
      ])
    #expect(
      try registry.rows("SELECT value FROM name WHERE superseded_in IS NULL ORDER BY value") == [
        "Ash", "Birch Green", "Cedar", "Greater Ash",
      ])
    #expect(try registry.rows("SELECT count(*) FROM code WHERE superseded_in IS NULL") == ["0"])
  }

  @Test func `What others undid again is as the seeds had it, and follows them`() throws {
    let registry = try seeded(older)
    try registry.say(
      """
      record,key,organisation,scheme,value,from,to,source
      name,birch/name,birch,no,Birch Green,2000-01-01,2010-12-31,gazette
      """)
    try registry.undo(2)
    #expect(try upgrade(registry, to: try newer { $0.replacing("Birsh", with: "Birch") }) == [])
    #expect(try registry.rows("SELECT count(*) FROM name WHERE value = 'Birch' AND superseded_in IS NULL") == ["1"])
  }

  @Test func `What the seeds tell of a body follows, unless others told it otherwise`() throws {
    let registry = try seeded(older)
    func told(_ ash: String, _ birch: String) -> String {
      """


      record,key,organisation,kind,type,value,from,source
      claim,ash/allowed,ash,municipality,authorisation,\(ash),1999-01-01,gazette
      claim,birch/allowed,birch,municipality,authorisation,\(birch),1999-01-01,gazette
      """
    }
    #expect(try upgrade(registry, to: seeded(older + told("in part", "in part"))) == [])
    #expect(try registry.claimsAboutBodies().map(\.value) == ["in part", "in part"])
    try registry.say(
      """
      record,key,organisation,kind,type,value,from,source
      claim,birch/allowed,birch,municipality,authorisation,not at all,1999-01-01,gazette
      """)
    let kept = try upgrade(registry, to: seeded(older + told("in full", "in full")))
    #expect(kept.count == 1 && kept.first?.hasPrefix("birch/allowed | ") == true, "\(kept)")
    #expect(try registry.claimsAboutBodies().map(\.value) == ["in full", "not at all"])
  }

  @Test func `A difference is kept by every later upgrade, not only by the first`() throws {
    let registry = try seeded(older)
    try registry.say(
      """
      record,key,organisation,scheme,value,from,to,source
      name,birch/name,birch,no,Birch Green,2000-01-01,2010-12-31,gazette
      """)
    for name in ["Birch", "Birche"] {
      let kept = try upgrade(registry, to: try newer { $0.replacing("Birsh", with: name) })
      #expect(kept.count == 1 && kept[0].contains("| \(name) from 2000-01-01 to 2010-12-31 |"))
    }
  }

  @Test func `What was added here ends with a body that the newer seeds close`() throws {
    let registry = try seeded(older)
    try registry.say(
      """
      record,key,organisation,scheme,kind,value,other,from,to,source
      name,ash/more,ash,no,,Ash by the Sea,,2020-01-01,,gazette
      relationship,ash/above,birch,,part-of,,ash,2001-01-01,,gazette

      record,key,organisation,type,value,from,source
      seat,chair,,single,Chair
      appointment,ash/chair,ash,chair,N. N.,2020-01-01,gazette
      """)
    let seeds = try newer()
    try seeds.say(
      """
      record,key,event,organisation,type,value,from,source
      event,end,,,closure,Ash ends,2030-01-01,gazette
      close,,end,ash
      """)
    try upgrade(registry, to: seeds)
    #expect(
      try registry.rows("SELECT key, valid_to FROM name WHERE key = 'ash/more' AND superseded_in IS NULL") == [
        "ash/more|2030-01-01"
      ])
    #expect(
      try registry.rows("SELECT key, valid_to, holder_id FROM appointment WHERE superseded_in IS NULL") == [
        "ash/chair|2030-01-01|1"
      ])
    #expect(try registry.check().isEmpty)
  }

  @Test func `A unit that others placed elsewhere stays there`() throws {
    let registry = try seeded(older)
    try registry.say(
      """
      record,key,organisation,from,source,parcel,partition,unit
      parcel,q,,,gazette,,tract
      anchor,,ash,2000-01-01,gazette,q
      unit,,,,gazette,q,tract,T2
      """)
    let kept = try upgrade(registry, to: try newer())
    #expect(kept == ["tract/T2 | q | p | 2"])
  }

  @Test func `A word that means something else here stays as it is`() throws {
    let registry = try seeded(older)
    let kept = try upgrade(registry, to: try newer { $0.replacing("county,county", with: "county,province") })
    #expect(kept == ["kind county | county | province | -"])
  }

  @Test func `A register that was not made from seeds is not upgraded`() throws {
    let seeds = try newer()
    let registry = try register("record,key,value\nkind,shire,shire\n")
    #expect(throws: Upgrade.NotSeeded.self) { try Upgrade(of: registry, to: seeds) }
  }
}
