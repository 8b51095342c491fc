import RegistryFormats
import RegistryImporting
import Reconcile
import RegistryStorage
import RegistryTestSupport
import Testing

/// The Code History Database of the Office for National Statistics (ChangeHistory).
@Suite struct ONSCodeHistoryTests {
  static let hasReal = England.shared != nil
  /// Upper tiers come first, so that the bodies below find their parents.
  static let entities = ["E40", "E39", "E54", "E18", "E19", "E16", "E17", "E38"]

  private func history(_ entity: String) throws -> [UInt8] { try real("ons/CHD_Jul2024_\(entity).json") }

  private func count(_ registry: Registry, _ kind: String, _ day: String) throws -> Int {
    let day: Day = try #require(Day(day))
    return try registry.organisations(kind: kind, on: day).count
  }

  // MARK: The database as published

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `An empty register comes to the known counts`() throws {
    let registry = try Registry.inMemory()
    for entity in Self.entities {
      let (file, _) = try registry.take(try history(entity), as: .onsCodeHistory, named: entity)
      #expect(file.verdicts.reduce(0, +) == file.lineCount && file.rejects.isEmpty, "\(entity)")
    }
    for (kind, day, number) in [
      ("pct", "2009-04-01", 152), ("pct", "2010-04-01", 151), ("pct", "2011-04-15", 151), ("pct", "2013-04-01", 0),
      ("care-trust", "2013-03-31", 5), ("sha", "2013-03-31", 10), ("ccg", "2013-04-01", 211),
      ("ccg", "2015-04-01", 209), ("ccg", "2017-04-01", 207), ("ccg", "2018-04-01", 195), ("ccg", "2019-04-01", 191),
      ("ccg", "2020-04-01", 135), ("ccg", "2021-04-01", 106), ("ccg", "2022-07-01", 0),
      ("sub-icb-location", "2022-06-30", 0), ("sub-icb-location", "2022-07-01", 106),
      ("sub-icb-location", "2024-04-01", 106), ("stp", "2016-04-01", 44), ("stp", "2018-04-01", 42),
      ("stp", "2022-06-30", 42), ("icb", "2022-07-01", 42), ("icb", "2024-04-01", 42), ("region", "2013-04-01", 4),
      ("region", "2018-04-01", 5), ("region", "2019-04-01", 7), ("area-team", "2013-04-01", 25),
      ("area-team", "2015-04-01", 0),
    ] {
      #expect(try count(registry, kind, day) == number, "\(kind) on \(day)")
    }
    // The source has 46 and 9, because it lets predecessors live on beside their successors.
    #expect(try count(registry, "stp", "2020-03-31") == 42)
    #expect(try count(registry, "region", "2024-02-01") == 7)
    // There were 248. 01H and 01K got new codes with new names, and nothing here says that they are not new bodies.
    #expect(try registry.organisations(kind: "ccg").count == 250)
    #expect(try registry.check().isEmpty)
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `A second import into a register that was empty changes nothing`() throws {
    let registry = try Registry.inMemory()
    for entity in Self.entities { try registry.take(try history(entity), as: .onsCodeHistory, named: entity) }
    for entity in Self.entities {
      let (file, revision) = try registry.take(try history(entity), as: .onsCodeHistory, named: entity)
      #expect(revision == nil && file.newRows == 0 && file.changes.isEmpty, "\(entity)")
    }
  }

  @Test(
    .enabled(if: hasReal, "the folder ../shared is not there"),
    arguments: [
      ("E40", [0, 12, 2, 0]), ("E39", [0, 55, 0, 0]), ("E54", [0, 128, 28, 0]), ("E18", [0, 10, 0, 0]),
      ("E19", [0, 0, 0, 0]), ("E16", [0, 151, 0, 0]), ("E17", [0, 6, 0, 0]), ("E38", [0, 965, 32, 0]),
    ])
  func `The England register says all of it, but for what is known to differ`(entity: String, verdicts: [Int]) throws {
    let (file, revision) = try England.copy().take(try history(entity), as: .onsCodeHistory)
    #expect(revision == nil && file.verdicts == verdicts)
    for finding in file.findings {
      switch entity {
      // The source has overlaps, and regions in years in which they did not exist.
      case "E40", "E54": #expect(finding.outcome == .ended || finding.outcome == .cut)
      // London was one area team in statistics and three in ODS.
      default:
        #expect(finding.what == "part-of" && finding.file == "E39000018 from 2013-04-01 to 2020-03-31")
        #expect(["area-team-Q61", "area-team-Q62", "area-team-Q63"].contains { finding.register.hasPrefix($0) })
      }
    }
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `What an event says stays also if the file's is preferred`() throws {
    let registry = try England.copy()
    let (file, revision) = try registry.take(try history("E38"), as: .onsCodeHistory, policy: .preferSource)
    #expect(revision == nil && file.findings.allSatisfy { $0.outcome == .kept })
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `Areas that are no bodies are told and passed over`() throws {
    let (file, _) = try Registry.inMemory().take(try history("E19"), as: .onsCodeHistory)
    #expect(file.lineCount == 0 && file.changes.isEmpty)
    #expect(file.remarks.contains("passed over, because the register has no such kinds of bodies: 3 of E19"))
  }

  // MARK: Made files

  private let header = "\u{FEFF}GEOGCD,GEOGNM,GEOGNMW,OPER_DATE,TERM_DATE,PARENTCD,ENTITYCD,STATUS\r\n"

  @discardableResult
  private func take(
    _ registry: Registry, _ rows: String..., issued: String? = nil, createMissing: Bool = false
  ) throws -> (file: ImportedFile, revision: Int64?) {
    try registry.take(
      header + rows.map { "\($0)\r\n" }.joined(), as: .onsCodeHistory, issued: issued, createMissing: createMissing)
  }

  @Test func `Dates with and without a time are read, and a body gets its code, names and kinds`() throws {
    let registry = try Registry.inMemory()
    let (file, _) = try take(
      registry, "E40000001,North,,01/04/2013,31/03/2019 00:00:00,,E40,terminated",
      "E39000001,Wessex,,01/04/2013,31/03/2014 00:00,E40000001,E39,terminated",
      "E39000001,NHS England Wessex,,01/04/2014,31/03/2018,E40000001,E39,terminated")
    #expect(file.verdicts == [3, 0, 0, 0], "\(file.findings)")
    #expect(
      try registry.rows(
        "SELECT kind, valid_from, last_day FROM current_role WHERE organisation = 'area-team-E39000001'")
        == ["area-team|2013-04-01|2015-03-31", "local-office|2015-04-01|2018-03-31"])
    #expect(
      try registry.rows("SELECT name, valid_from, last_day FROM current_name WHERE organisation LIKE 'area%'")
        == ["Wessex|2013-04-01|2014-03-31", "NHS England Wessex|2014-04-01|2018-03-31"])
    #expect(
      try registry.rows("SELECT superior, valid_from, last_day FROM current_relationship")
        == ["region-E40000001|2013-04-01|2018-03-31"])
  }

  @Test func `A code that outlives its body is that of another body then`() throws {
    let registry = try Registry.inMemory()
    try take(registry, "E38000001,NHS A CCG,,01/04/2020,,,E38,live", issued: "2024-01-01")
    #expect(
      try registry.rows("SELECT organisation, valid_from, last_day FROM current_code ORDER BY valid_from")
        == ["ccg-E38000001|2020-04-01|2022-06-30", "location-E38000001|2022-07-01|-"])
  }

  @Test func `A new code under the same name is that of the same body, and ends the one before`() throws {
    let registry = try Registry.inMemory()
    let (file, _) = try take(
      registry, "E54000006,Humber,,01/04/2016,31/03/2020,,E54,terminated",
      "E54000051,Humber and Vale,,31/03/2020,30/06/2022,,E54,terminated")
    #expect(file.verdicts == [0, 1, 1, 0] || file.verdicts == [1, 0, 1, 0])
    #expect(file.findings.map(\.outcome) == [.ended] && file.findings.map(\.line) == [2])
    #expect(
      try registry.rows("SELECT organisation, code, valid_from, last_day FROM current_code ORDER BY valid_from")
        == ["stp-E54000006|E54000006|2016-04-01|2020-03-30", "stp-E54000006|E54000051|2020-03-31|2022-06-30"])
    #expect(try registry.check().isEmpty)
  }

  @Test func `A body that the register has under an earlier code gets the new one`() throws {
    let registry = try Registry.inMemory()
    try take(registry, "E18000001,North,,01/01/2009,,,E18,live", issued: "2010-01-01")
    let (file, _) = try take(
      registry, "E18000001,North,,01/01/2009,31/03/2011,,E18,terminated", "E18000011,North,,01/04/2011,,,E18,live")
    #expect(file.verdicts == [1, 0, 0, 0] || file.verdicts == [2, 0, 0, 0])
    #expect(
      try registry.rows("SELECT organisation, code, last_day FROM current_code ORDER BY valid_from")
        == ["sha-E18000001|E18000001|2011-03-31", "sha-E18000001|E18000011|-"])
  }

  @Test func `A body that the register knew to go on ends where a later file says so`() throws {
    let registry = try Registry.inMemory()
    try take(registry, "E18000001,North,,01/01/2009,,,E18,live", issued: "2010-01-01")
    let (file, _) = try take(registry, "E18000001,North,,01/01/2009,31/03/2013,,E18,terminated")
    #expect(file.verdicts == [1, 0, 0, 0])
    #expect(try registry.rows("SELECT DISTINCT last_day FROM current_name") == ["2013-03-31"])
    #expect(try count(registry, "sha", "2013-04-01") == 0)
    // An older file does not open the body again.
    let (older, revision) = try take(registry, "E18000001,North,,01/01/2009,,,E18,live", issued: "2010-01-01")
    #expect(revision == nil && older.verdicts == [0, 1, 0, 0])
  }

  @Test func `Another name is told and kept`() throws {
    let registry = try England.copy()
    let (file, revision) = try take(registry, "E16000001,Gloucester,,01/01/2009,31/03/2013,,E16,terminated")
    #expect(revision == nil && file.verdicts == [0, 0, 1, 0])
    #expect(file.findings.map(\.what) == ["name"] && file.findings.map(\.outcome) == [.kept])
    #expect(file.findings.first?.register == "South Gloucestershire (ons-chd)")
  }

  @Test func `Another name is taken for its time if that is asked for`() throws {
    let registry = try Registry.inMemory()
    try take(registry, "E18000001,North,,01/01/2009,31/03/2013,,E18,terminated")
    let (file, _) = try registry.take(
      header + "E18000001,North,,01/01/2009,31/03/2011,,E18,terminated\r\n"
        + "E18000001,Upper,,01/04/2011,31/03/2013,,E18,terminated\r\n", as: .onsCodeHistory, policy: .preferSource)
    #expect(file.verdicts == [0, 1, 1, 0] && file.findings.map(\.outcome) == [.replaced])
    #expect(
      try registry.rows("SELECT name, valid_from, last_day FROM current_name")
        == ["North|2009-01-01|2011-03-31", "Upper|2011-04-01|2013-03-31"])
  }

  @Test func `A body above that the register lacks is told, or made`() throws {
    let row = "E54000001,North,,01/04/2020,30/06/2022,E40000009,E54,terminated"
    let (told, _) = try take(try Registry.inMemory(), row)
    #expect(told.verdicts == [0, 0, 1, 0] && told.missing == ["E40000009"])
    let registry = try Registry.inMemory()
    let (made, _) = try take(registry, row, createMissing: true)
    #expect(made.verdicts == [1, 0, 0, 0] && made.missing.isEmpty)
    #expect(try registry.rows("SELECT superior FROM current_relationship") == ["region-E40000009"])
  }

  @Test(arguments: [
    ("E1600001,A,,01/01/2009,,,E16,live", 1), ("1.6E+08,A,,01/01/2009,,,E16,live", 1),
    ("E16000001,A,,31/02/2009,,,E16,live", 4), ("E16000001,A,,01/01/09,,,E16,live", 4),
    ("E16000001,A,,01/01/2009,soon,,E16,live", 5), ("E16000001,A,,01/01/2009,31/12/2008,,E16,live", 1),
    ("E16000001,A,,01/01/2009", 1),
  ])
  func `A row that cannot be read is rejected with its line and column`(row: String, column: Int) throws {
    let (file, revision) = try take(try England.copy(), row)
    #expect(revision == nil && file.verdicts == [0, 0, 0, 1] && file.lineCount == 1)
    #expect(file.rejects.map(\.line) == [2] && file.rejects.map(\.column) == [column])
  }

  @Test func `Two rows for one day are not both true`() throws {
    let (file, _) = try take(
      try Registry.inMemory(), "E18000001,A,,01/01/2009,31/03/2013,,E18,terminated",
      "E18000001,B,,01/04/2010,31/03/2013,,E18,terminated")
    #expect(file.verdicts == [1, 0, 0, 1] && file.rejects.map(\.line) == [3])
    #expect(file.rejects.first?.reason == "E18000001 has another row for 2010-04-01 already (line 2)")
  }

  // MARK: JSON

  @Test func `Rows in JSON are rejected with the line of the code and their place in it`() throws {
    let (file, _) = try Registry.inMemory().take(
      """
      {"areas": {
        "E18000001": [{"date": {"s": "2009-01-01"}, "nm": "A", "nm_alt": ["B"]}],
        "E18000002": [{"date": {"s": "2009-01-01", "e": "2010-03-31"}, "nm": "C"}, {"date": {"s": "2010-4-1"}, "nm": "D"}],
        "E18000003": {}
      }}
      """, as: .onsCodeHistory)
    #expect(file.verdicts == [2, 0, 0, 2])
    #expect(file.rejects.map(\.line) == [3, 4] && file.rejects.map(\.column) == [2, 1])
  }

  @Test func `JSON of another form is refused`() throws {
    #expect(throws: Refusal.self) { try Registry.inMemory().take("{\"a\": 1}", as: .onsCodeHistory) }
    #expect(throws: Refusal.self) { try Registry.inMemory().take("{\"areas\": {", as: .onsCodeHistory) }
  }

  @Test func `The form is told from its beginning`() {
    #expect(ImportFormat.detect(Array("{\n\t\"areas\":{\n".utf8))?.format == .onsCodeHistory)
    #expect(ImportFormat.detect(Array("{\"a\":1}".utf8)) == nil)
    #expect(ImportFormat.detect(Array(header.utf8))?.reason == "the columns of ChangeHistory")
  }
}
