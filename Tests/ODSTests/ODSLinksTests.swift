import RegistryImporting
import Reconcile
import RegistryStorage
import RegistryTestSupport
import Testing

/// Memberships (epcmem) and successions (succ, succarc).
@Suite(.tags(.slow), .inFullRuns) struct ODSLinksTests {
  static let hasReal = England.shared != nil

  /// How many bodies of a kind have at least one member on a day.
  private func superiors(_ registry: Registry, _ kind: String, _ day: String) throws -> [String] {
    try registry.rows(
      """
      SELECT count(DISTINCT superior) FROM current_relationship JOIN current_role ON current_role.organisation = superior
      WHERE current_relationship.kind = 'member-of' AND current_relationship.organisation LIKE 'practice-%'
        AND current_role.kind = ?1
        AND current_relationship.valid_from <= ?2 AND ifnull(current_relationship.last_day, '9999') >= ?2
        AND current_role.valid_from <= ?2 AND ifnull(current_role.last_day, '9999') >= ?2
      """, [.text(kind), .text(day)])
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `Who had members is what was published, and the one that had some for too long is named`() throws {
    let registry = try England.copy()
    let (file, _) = try registry.take(try real("ods/epcmem_2020.csv"), as: .odsMembership, createMissing: true)
    #expect(file.lineCount == 47_822 && file.verdicts == [47_821, 0, 1, 0])
    for (day, count) in [
      ("2002-04-01", 303), ("2006-09-30", 303), ("2006-10-01", 152), ("2010-04-01", 151), ("2013-03-31", 151),
    ] {
      #expect(try superiors(registry, "pct", day) == [String(count)], "\(day)")
    }
    // The file has 208 in 2017. 00W closed the day before, and a relationship must lie inside both lives.
    for (day, count) in [
      ("2013-04-01", 211), ("2015-04-01", 209), ("2016-04-01", 209), ("2017-04-01", 207), ("2018-04-01", 195),
      ("2019-04-01", 191),
    ] {
      #expect(try superiors(registry, "ccg", day) == [String(count)], "\(day)")
    }
    #expect(file.findings.map(\.what) == ["member-of 00W"] && file.findings.map(\.outcome) == [.cut])
    #expect(file.findings.first?.file == "from 2013-04-01 to 2017-07-04")

    let (again, revision) = try registry.take(try real("ods/epcmem_2020.csv"), as: .odsMembership, createMissing: true)
    #expect(revision == nil && again.verdicts == [0, 47_821, 1, 0])
    #expect(try registry.check().isEmpty)
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `Members that the register lacks are listed`() throws {
    let (file, revision) = try England.copy().take(try real("ods/epcmem_2020.csv"), as: .odsMembership)
    #expect(revision == nil && file.verdicts == [0, 0, 0, 47_822])
    #expect(file.missing.contains("A81001") && !file.missing.contains("00K"))
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `The published figures of the three columns come out`() throws {
    let registry = try England.copy()
    let (file, _) = try registry.take(
      try real("ods/succession_1992_2022_three_columns.csv"), as: .odsSuccession)
    #expect(file.lineCount == 25_480 && file.verdicts.reduce(0, +) == 25_480)
    #expect(
      file.remarks.contains(
        "39 rows of a code to itself, 541 codes with several successors, 995 with several predecessors"))
    #expect(file.missing.count > 20_000)
    #expect(try registry.check().isEmpty)
    let (again, revision) = try registry.take(
      try real("ods/succession_1992_2022_three_columns.csv"), as: .odsSuccession)
    #expect(revision == nil && again.newRows == 0)
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `A succession from a file carries no territory`() throws {
    let registry = try England.copy()
    let placements = try registry.rows("SELECT * FROM placement ORDER BY piece_id, valid_from")
    try registry.take(try real("ods/succession_1992_2022_three_columns.csv"), as: .odsSuccession)
    #expect(try registry.rows("SELECT * FROM placement ORDER BY piece_id, valid_from") == placements)
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `Bodies that only a succession names are made if that is asked for`() throws {
    let registry = try England.copy()
    let (file, _) = try registry.take(
      try real("ods/succession_1992_2022_three_columns.csv"), as: .odsSuccession, createMissing: true)
    #expect(file.missing.isEmpty && file.newRows > 20_000)
    #expect(try registry.check().isEmpty)
  }

  // MARK: Made files

  private func membership(_ row: String...) -> String { row.map { "\($0)\r\n" }.joined() }

  @Test func `A code that passed to another body gives a membership with each`() throws {
    let registry = try England.copy()
    try registry.take(
      membership(#""A81001","00L","W","20130401","","0""#), as: .odsMembership, issued: "2024-01-01",
      createMissing: true)
    #expect(
      try registry.rows(
        """
        SELECT superior, valid_from, last_day FROM current_relationship WHERE organisation = 'practice-A81001'
        ORDER BY valid_from
        """) == ["ccg-00L|2013-04-01|2022-06-30", "location-00L|2022-07-01|-"])
  }

  @Test func `A file does not speak of bodies that came after its issue`() throws {
    let registry = try England.copy()
    try registry.take(
      membership(#""A81001","00L","W","20130401","","0""#), as: .odsMembership, issued: "2020-01-01",
      createMissing: true)
    #expect(
      try registry.rows(
        "SELECT superior, last_day FROM current_relationship WHERE organisation = 'practice-A81001'")
        == ["ccg-00L|2022-06-30"])
  }

  @Test func `Another period is told and kept, or taken`() throws {
    let rows = [#""A81001","5E1","W","20010401","20130331","0""#, #""A81001","5E1","W","20010401","20100331","0""#]
    let query = "SELECT last_day FROM current_relationship WHERE organisation = 'practice-A81001'"
    let registry = try England.copy()
    try registry.take(membership(rows[0]), as: .odsMembership, createMissing: true)
    let (kept, _) = try registry.take(membership(rows[1]), as: .odsMembership)
    #expect(
      kept.findings.map(\.register) == ["from 2001-04-01 to 2013-03-31 (ods-membership-epcmem-undated-2013-03-31)"])
    #expect(try registry.rows(query) == ["2013-03-31"])
    let (taken, _) = try registry.take(membership(rows[1]), as: .odsMembership, policy: .preferSource)
    #expect(taken.findings.map(\.outcome) == [.replaced])
    #expect(try registry.rows(query) == ["2010-03-31"])
  }

  @Test(arguments: [
    (#""A81001","5E1","W","20010431","","0""#, 4), (#""A81001","5E1","W","20010401","2013","0""#, 5),
    (#""A81001","5E1","W","20010401","20000331","0""#, 5), (#""5.00E+01","5E1","W","20010401","","0""#, 1),
    (#""A81001","50","W","20010401","","0""#, 2),
  ])
  func `A row that cannot be read is rejected with its column`(row: String, column: Int) throws {
    let (file, _) = try England.copy().take(membership(row), as: .odsMembership)
    #expect(file.rejects.map(\.column) == [column] && file.rejects.map(\.line) == [1])
  }

  @Test func `What only a membership showed gives way to what another file states`() throws {
    let registry = try England.copy()
    try registry.take(
      membership(#""A81001","00K","W","20130401","","0""#), as: .odsMembership, issued: "2020-01-01",
      createMissing: true)
    #expect(try registry.rows("SELECT 1 FROM current_role WHERE organisation = 'practice-A81001'") == [])
    let (file, _) = try registry.take(
      odsLine("A81001", "THE DENSHAM SURGERY", opened: "19740401", roles: ""), issued: "2020-01-01",
      kind: "gp-practice")
    #expect(file.findings.isEmpty)
    for table in ["life", "code", "role"] {
      #expect(
        try registry.rows("SELECT valid_from FROM current_\(table) WHERE organisation = 'practice-A81001'")
          == ["1974-04-01"], "\(table)")
    }
    #expect(
      try registry.rows("SELECT valid_from FROM current_relationship WHERE organisation = 'practice-A81001'")
        == ["2013-04-01"])
    #expect(try registry.check().isEmpty)
  }

  @Test func `A succession on another day is told`() throws {
    let (file, _) = try England.copy().take(
      "\"01C\",\"27D\",\"R\",\"20200402\",\"\"\n\"01C\",\"27D\",\"R\",\"20200401\",\"\"\n", as: .odsSuccession)
    #expect(file.verdicts == [0, 1, 1, 0])
    #expect(file.findings.map(\.register) == ["2020-04-01"] && file.findings.map(\.file) == ["2020-04-02"])
  }
}
