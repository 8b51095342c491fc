import Formats
import Importing
import SeedFiles
import Storage
import TestSupport
import Testing

@Suite struct ODSReconciliationTests {
  static let shared = England.shared

  private func real(_ name: String) throws -> ODSFile {
    try ODSFile(name: name, reader: try CSVReader(path: "\(Self.shared ?? "")/real/ods/\(name)"))
  }

  /// The words of England, without its bodies.
  private func words() throws -> [Change] {
    for file in EmbeddedFiles.all where file.name.hasPrefix("00-") {
      return ChangeFile(name: file.name, reader: CSVReader(literal: file.contents)).changes
    }
    return []
  }

  /// Records what a file says that the register lacks.
  private func enter(
    _ file: ODSFile, into registry: Registry, issued: Day? = nil
  ) throws -> (ODSReconciliation, revision: Int64?) {
    let reconciliation = try ODSReconciliation(file, against: registry, issued: issued, vocabulary: try words())
    return (reconciliation, try registry.say(ChangeSet(changes: reconciliation.changes)).revision)
  }

  // MARK: Real files

  @Test(.enabled(if: shared != nil, "the folder ../shared is not there"))
  func theFileOf2025HoldsThreeSortsOfRows() throws {
    let file = try real("eccg_2025_12.csv")
    #expect(file.rows.count == 320)
    let (found, _) = try enter(file, into: try England.copy())
    #expect(found.rowsOfKind.map(\.count) == [248, 35, 37])
    #expect(
      found.rowsOfKind.map(\.kind)
        == ["ccg or sub-icb-location", "commissioning-hub", "sub-icb-reporting-entity"])
    #expect(found.rejects.isEmpty)
  }

  @Test(
    .enabled(if: shared != nil, "the folder ../shared is not there"),
    arguments: ["eccg_2025_12.csv", "eccg_2016_02.csv"])
  func aSecondImportChangesNothing(name: String) throws {
    let registry = try England.copy()
    let file = try real(name)
    _ = try enter(file, into: registry)
    let sizes = try registry.sizes()
    let (again, revision) = try enter(file, into: registry)
    #expect(again.changes.isEmpty)
    #expect(revision == nil)
    #expect(try registry.sizes() == sizes)
    #expect(try registry.check().isEmpty)
  }

  @Test(.enabled(if: shared != nil, "the folder ../shared is not there"))
  func importingOverEnglandKeepsItsCountsAndTerritory() throws {
    let registry = try England.copy()
    let placements = try registry.rows("SELECT * FROM placement ORDER BY piece_id, valid_from")
    for name in ["eccg_2016_02.csv", "eccg_2025_12.csv"] { _ = try enter(try real(name), into: registry) }
    for (text, count) in [("2013-04-01", 211), ("2015-04-01", 209), ("2020-04-01", 135), ("2022-06-30", 106)] {
      let day = try #require(Day(text))
      #expect(try registry.organisations(kind: "ccg", on: day).count == count, "\(day)")
    }
    #expect(try registry.rows("SELECT * FROM placement ORDER BY piece_id, valid_from") == placements)
    #expect(try registry.check().isEmpty)
  }

  @Test(.enabled(if: shared != nil, "the folder ../shared is not there"))
  func anEmptyRegisterTakesTheWholeFile() throws {
    let registry = try Registry.inMemory()
    let (found, revision) = try enter(try real("eccg_2025_12.csv"), into: registry)
    #expect(revision == 1)
    #expect(found.findings.isEmpty)
    #expect(try registry.check().isEmpty)
    let days = [("2014-01-01", 211), ("2020-04-01", 135), ("2022-06-30", 106), ("2022-07-01", 0)]
    for (text, count) in days {
      let day = try #require(Day(text))
      #expect(try registry.organisations(kind: "ccg", on: day, timeline: .operational).count == count, "\(text)")
    }
    let act = try #require(Day("2022-07-01"))
    #expect(try registry.organisations(kind: "sub-icb-location", on: act).count == 106)
    #expect(try registry.organisations(kind: "commissioning-hub").count == 35)
    #expect(try registry.organisations(kind: "sub-icb-reporting-entity").count == 37)
    let (again, second) = try enter(try real("eccg_2025_12.csv"), into: registry)
    #expect(again.changes.isEmpty)
    #expect(second == nil)
  }

  // MARK: Made files

  @Test func theNameOfABodyThatHadTheCodeBeforeIsNotOverwritten() throws {
    let registry = try England.copy()
    let name = try registry.rows("SELECT * FROM current_name WHERE organisation = 'ccg-00L' ORDER BY valid_from")
    #expect(!name.isEmpty)
    let file = try odsFile(
      odsLine("00L", "A WHOLLY OTHER NAME", roles: "RO319")
        + odsLine("00F", "ANOTHER NAME", closed: "20150331", roles: ""))
    let closed = try registry.rows("SELECT * FROM current_name WHERE organisation = 'ccg-00F'")
    let (found, _) = try enter(file, into: registry, issued: Day("2025-12-01"))
    #expect(found.findings.filter { $0.what == "name" }.map(\.code) == ["00L", "00F"])
    #expect(try registry.rows("SELECT * FROM current_name WHERE organisation = 'ccg-00L' ORDER BY valid_from") == name)
    #expect(try registry.rows("SELECT * FROM current_name WHERE organisation = 'ccg-00F'") == closed)
  }

  @Test func closeDatesAreInclusive() throws {
    let registry = try Registry.inMemory()
    func file(_ closed: String) throws -> ODSFile {
      try odsFile(odsLine("00C", "NHS DARLINGTON CCG", closed: closed, roles: "") + odsLine("00D", "OPEN"))
    }
    _ = try enter(try file("20200331"), into: registry)
    for table in ["life", "code", "role"] {
      #expect(try registry.rows("SELECT last_day FROM current_\(table) ORDER BY 1 DESC LIMIT 1") == ["2020-03-31"])
      #expect(try registry.rows("SELECT valid_to FROM \(table) ORDER BY 1 DESC LIMIT 1") == ["2020-04-01"], "\(table)")
    }
    let (found, _) = try enter(try file("20200401"), into: registry)
    #expect(found.findings.map(\.what) == ["closed"])
    #expect(found.findings.first?.register == "2020-03-31")
    #expect(found.findings.first?.file == "2020-04-01")
  }

  @Test func severalRolesOfOneRowAreKept() throws {
    let registry = try Registry.inMemory()
    _ = try enter(try odsFile(odsLine("Q99", "X", opened: "20230401", roles: "RO326|RO319")), into: registry)
    let kinds = try registry.rows("SELECT kind FROM current_role ORDER BY kind")
    #expect(kinds == ["icb-commissioning-proxy", "sub-icb-location"])
  }

  @Test func groupingAndGeographyLeaveNoRelationship() throws {
    let registry = try England.copy()
    let relationships = try registry.rows("SELECT count(*) FROM relationship")
    _ = try enter(
      try odsFile(
        odsLine("00C", "NHS DARLINGTON CCG", closed: "20200331", roles: "", grouping: "Y63", geography: "QHM")
          + odsLine("99Z", "NEW LOCATION", opened: "20240401", roles: "RO319", grouping: "Y63", geography: "QHM")),
      into: registry)
    #expect(try registry.rows("SELECT count(*) FROM relationship") == relationships)
    #expect(try registry.rows("SELECT 1 FROM current_code WHERE code = '99Z'") == ["1"])
  }

  @Test func oneRowOfTheCurrentDialectIsAGroupAndALocation() throws {
    let registry = try Registry.inMemory()
    let file = try odsFile(odsLine("00L", "LOCATION 00L", roles: "RO319"))
    _ = try enter(file, into: registry, issued: Day("2025-12-01"))
    #expect(
      try registry.rows("SELECT organisation, code, valid_from, last_day FROM current_code ORDER BY valid_from")
        == ["ccg-00L|00L|2013-04-01|2022-06-30", "location-00L|00L|2022-07-01|-"])
    // The name is that of the location: the group's is not in the file.
    #expect(try registry.rows("SELECT organisation FROM current_name") == ["location-00L"])
  }

  @Test func theDialectOf2016KnowsGroupsAndHubs() throws {
    let registry = try Registry.inMemory()
    let file = try odsFile(odsLine("00C", "NHS DARLINGTON CCG", roles: "C") + odsLine("13N", "A HUB", roles: "H"))
    _ = try enter(file, into: registry)
    #expect(
      try registry.rows("SELECT organisation, kind FROM current_role ORDER BY kind")
        == ["ccg-00C|ccg", "hub-13N|commissioning-hub"])
  }

  @Test func aRowOfAnUnknownSortOrWithoutAnOpeningDateIsRejected() throws {
    let registry = try Registry.inMemory()
    let (found, _) = try enter(
      try odsFile(
        odsLine("00C", "X") + odsLine("00D", "Y", roles: "RO999") + odsLine("00E", "Z", opened: "")),
      into: registry)
    #expect(found.rejects.map(\.line) == [2, 3])
    #expect(found.rejects.map(\.column) == [14, 11])
    #expect(try registry.rows("SELECT code FROM current_code") == ["00C"])
  }

  @Test func anotherODSFileIsRefused() throws {
    let error = try #require(throws: ODSFile.Refusal.self) {
      try enter(try odsFile(odsLine("A81001", "A PRACTICE", roles: "")), into: try Registry.inMemory())
    }
    #expect(error.description.contains("this is another ODS file than eccg"))
  }
}
