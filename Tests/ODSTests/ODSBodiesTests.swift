import RegistryFormats
import RegistryImporting
import Reconcile
import RegistryStorage
import RegistryTestSupport
import Testing

@Suite(.tags(.slow), .inFullRuns) struct ODSBodiesTests {
  static let hasReal = England.shared != nil

  // MARK: Real files

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `The file of commissioners of 2025 holds three sorts of rows, and agrees with England`() throws {
    let (file, _) = try England.copy().take(try real("ods/eccg_2025_12.csv"))
    #expect(file.remarks.contains("248 ccg or sub-icb-location, 37 sub-icb-reporting-entity, 35 commissioning-hub"))
    #expect(file.rejects.isEmpty)
    // These closed in 2015. ONS writes their names without the last word.
    #expect(file.findings.map(\.code) == ["00F", "00G", "00H"])
  }

  @Test(
    .enabled(if: hasReal, "the folder ../shared is not there"),
    arguments: [
      ("eccg_2025_12.csv", 320), ("eccg_2016_02.csv", 249), ("etr_2025.csv", 273), ("epraccur_2020.csv", 14303),
      ("epraccur_2026_02_dse.csv", 15389),
    ])
  func `Every row is accounted for, and a second import changes nothing`(name: String, rows: Int) throws {
    let registry = try England.copy()
    let (first, _) = try registry.take(try real("ods/\(name)"))
    #expect(first.lineCount == rows && first.verdicts.reduce(0, +) == rows)
    let sizes = try registry.sizes()
    let (again, revision) = try registry.take(try real("ods/\(name)"))
    #expect(again.changes.isEmpty && revision == nil)
    #expect(again.verdicts == [0, first.newRows + first.sameRows, first.differingRows, 0])
    #expect(try registry.sizes() == sizes)
    #expect(try registry.check().isEmpty)
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `Importing over England keeps its counts and its territory`() throws {
    let registry = try England.copy()
    let placements = try registry.rows("SELECT * FROM placement ORDER BY piece_id, valid_from")
    for name in ["eccg_2016_02", "eccg_2025_12", "epraccur_2020"] { _ = try registry.take(try real("ods/\(name).csv")) }
    for (text, count) in [("2013-04-01", 211), ("2015-04-01", 209), ("2020-04-01", 135), ("2022-06-30", 106)] {
      let day = try #require(Day(text))
      #expect(try registry.organisations(kind: "ccg", on: day).count == count, "\(day)")
    }
    #expect(try registry.rows("SELECT * FROM placement ORDER BY piece_id, valid_from") == placements)
    #expect(try registry.check().isEmpty)
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `An empty register takes the whole file`() throws {
    let registry = try Registry.inMemory()
    let (file, revision) = try registry.take(try real("ods/eccg_2025_12.csv"))
    #expect(revision == 1 && file.findings.isEmpty)
    #expect(try registry.check().isEmpty)
    for (text, count) in [("2014-01-01", 211), ("2020-04-01", 135), ("2022-06-30", 106), ("2022-07-01", 0)] {
      let day = try #require(Day(text))
      #expect(try registry.organisations(kind: "ccg", on: day, timeline: .operational).count == count, "\(text)")
    }
    let act = try #require(Day("2022-07-01"))
    #expect(try registry.organisations(kind: "sub-icb-location", on: act).count == 106)
    #expect(try registry.organisations(kind: "commissioning-hub").count == 35)
    #expect(try registry.organisations(kind: "sub-icb-reporting-entity").count == 37)
  }

  // MARK: Damaged files

  @Test(
    .enabled(if: hasReal, "the folder ../shared is not there"),
    arguments: [
      ("damaged_epraccur_2018_26_columns", 2), ("damaged_epraccur_2023_header_21_columns", 2),
    ])
  func `A damaged copy is read if that is asked for, and each doubt told`(name: String, doubts: Int) throws {
    let bytes = try real("ods/\(name).csv")
    #expect(throws: Refusal.self) { try England.copy().take(bytes) }
    let (file, revision) = try England.copy().take(bytes, acceptDamaged: true)
    #expect(file.doubts.count == doubts, "\(file.doubts)")
    #expect(revision != nil && file.lineCount > 10_000 && file.verdicts.reduce(0, +) == file.lineCount)
  }

  // MARK: Made files

  @Test func `The name of a body that had the code before is not overwritten`() throws {
    let registry = try England.copy()
    let query = "SELECT * FROM current_name WHERE organisation IN ('ccg-00L', 'ccg-00F') ORDER BY 1, 4"
    let names = try registry.rows(query)
    let (file, _) = try registry.take(
      odsLine("00L", "A WHOLLY OTHER NAME", roles: "RO319")
        + odsLine("00F", "ANOTHER NAME", closed: "20150331", roles: ""), issued: "2025-12-01")
    #expect(file.findings.contains { $0.code == "00F" && $0.what == "name" })
    #expect(try registry.rows(query) == names)
  }

  @Test func `Close dates are inclusive`() throws {
    let registry = try Registry.inMemory()
    func file(_ closed: String) -> String {
      odsLine("00C", "NHS DARLINGTON CCG", closed: closed, roles: "") + odsLine("00D", "OPEN")
    }
    try registry.take(file("20200331"))
    for table in ["life", "code", "role"] {
      #expect(try registry.rows("SELECT last_day FROM current_\(table) ORDER BY 1 DESC LIMIT 1") == ["2020-03-31"])
      #expect(try registry.rows("SELECT valid_to FROM \(table) ORDER BY 1 DESC LIMIT 1") == ["2020-04-01"], "\(table)")
    }
    let (again, _) = try registry.take(file("20200401"))
    #expect(again.findings.map(\.what) == ["closed"])
    #expect(again.findings.first?.register == "2020-03-31 (ods-csv-eccg-undated-2020-03-31)")
    #expect(again.findings.first?.file == "2020-04-01")
    #expect(again.findings.first?.outcome == .kept)
  }

  @Test func `Several roles of one row are kept`() throws {
    let registry = try Registry.inMemory()
    try registry.take(odsLine("Q99", "X", opened: "20230401", roles: "RO326|RO319"))
    #expect(
      try registry.rows("SELECT kind FROM current_role ORDER BY kind")
        == ["icb-commissioning-proxy", "sub-icb-location"])
  }

  @Test func `Grouping and geography leave no relationship`() throws {
    let registry = try England.copy()
    let relationships = try registry.rows("SELECT count(*) FROM relationship")
    try registry.take(
      odsLine("00C", "NHS DARLINGTON CCG", closed: "20200331", roles: "", grouping: "Y63", geography: "QHM")
        + odsLine("99Z", "NEW LOCATION", opened: "20240401", roles: "RO319", grouping: "Y63", geography: "QHM"))
    #expect(try registry.rows("SELECT count(*) FROM relationship") == relationships)
    #expect(try registry.rows("SELECT 1 FROM current_code WHERE code = '99Z'") == ["1"])
  }

  @Test func `One row of the current dialect is a group and a location`() throws {
    let registry = try Registry.inMemory()
    try registry.take(odsLine("00L", "LOCATION 00L", roles: "RO319"), issued: "2025-12-01")
    #expect(
      try registry.rows("SELECT organisation, code, valid_from, last_day FROM current_code ORDER BY valid_from")
        == ["ccg-00L|00L|2013-04-01|2022-06-30", "location-00L|00L|2022-07-01|-"])
    // The name is that of the location. The file does not have the name of the group.
    #expect(try registry.rows("SELECT organisation FROM current_name") == ["location-00L"])
  }

  @Test func `The dialect of 2016 knows groups and hubs`() throws {
    let registry = try Registry.inMemory()
    try registry.take(odsLine("00C", "NHS DARLINGTON CCG", roles: "C") + odsLine("13N", "A HUB", roles: "H"))
    #expect(
      try registry.rows("SELECT organisation, kind FROM current_role ORDER BY kind")
        == ["ccg-00C|ccg", "hub-13N|commissioning-hub"])
  }

  @Test func `A row of an unknown sort or without an opening date is rejected`() throws {
    let registry = try Registry.inMemory()
    let (file, _) = try registry.take(
      odsLine("00C", "X") + odsLine("00F", "X") + odsLine("00D", "Y", roles: "RO999")
        + odsLine("00E", "Z", opened: ""))
    #expect(file.rejects.map(\.line) == [3, 4])
    #expect(file.rejects.map(\.column) == [14, 11])
    #expect(try registry.rows("SELECT code FROM current_code ORDER BY code") == ["00C", "00F"])
  }

  @Test func `Bodies of an unknown file are compared, and new ones entered if their kind is said`() throws {
    let registry = try England.copy()
    let before = try registry.organisations(kind: "local-authority").count
    let text = odsLine("Y56", "NHS ENGLAND LONDON", roles: "") + odsLine("8A1", "A SHIRE COUNTY", roles: "")
    let (file, _) = try registry.take(text, issued: "2024-01-01")
    #expect(file.rejects.map(\.value) == ["8A1"])
    #expect(file.rejects.first?.reason.contains("say --kind") ?? false)
    let (second, _) = try registry.take(
      odsLine("8A1", "A SHIRE COUNTY", roles: ""), issued: "2024-01-01", kind: "local-authority")
    #expect(second.newRows == 1)
    #expect(try registry.organisations(kind: "local-authority").count == before + 1)
  }

  @Test func `A body that closes after it was entered ends with all that is said of it`() throws {
    let registry = try Registry.inMemory()
    try registry.take(odsLine("R1A", "A TRUST", roles: ""), issued: "2020-01-01", kind: "nhs-trust")
    let (file, _) = try registry.take(
      odsLine("R1A", "A TRUST", closed: "20240331", roles: ""), issued: "2025-01-01", kind: "nhs-trust")
    #expect(file.verdicts == [1, 0, 0, 0])
    for table in ["life", "code", "role", "name"] {
      #expect(try registry.rows("SELECT last_day FROM current_\(table)") == ["2024-03-31"], "\(table)")
    }
    // The older file says nothing about this change.
    let (again, revision) = try registry.take(
      odsLine("R1A", "A TRUST", roles: ""), issued: "2020-01-01", kind: "nhs-trust")
    #expect(again.verdicts == [0, 1, 0, 0] && revision == nil)
  }

  @Test func `The source is preferred if that is asked for`() throws {
    let registry = try Registry.inMemory()
    try registry.take(odsLine("R1A", "A TRUST", roles: ""), issued: "2020-01-01", kind: "nhs-trust")
    let (file, _) = try registry.take(
      odsLine("R1A", "A TRUST", opened: "20140401", roles: ""), issued: "2020-01-01", policy: .preferSource,
      kind: "nhs-trust")
    #expect(file.findings.map(\.outcome) == [.replaced])
    for table in ["life", "code", "role"] {
      #expect(try registry.rows("SELECT valid_from FROM current_\(table)") == ["2014-04-01"], "\(table)")
    }
    #expect(try registry.check().isEmpty)
  }
}
