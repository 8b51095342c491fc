import RegistryImporting
import Reconcile
import RegistryStorage
import RegistryTestSupport
import Testing

/// Two issues of one file, in either order.
@Suite struct ODSVintageTests {
  private static let hasReal = England.shared != nil

  /// What a register says of practices, without the sources.
  private func facts(_ registry: Registry) throws -> [String] {
    let tables = ["life", "code", "name", "role", "relationship"].map { table in
      let other = table == "relationship" ? "superior.key" : "''"
      let join =
        table == "relationship" ? "JOIN organisation AS superior ON superior.id = fact.superior_id" : ""
      let value = ["code": "value", "name": "value"][table] ?? "''"
      return """
        SELECT '\(table)', organisation.key, \(value), \(other), valid_from, ifnull(valid_to, '-'), from_status, to_status
        FROM \(table) AS fact JOIN organisation ON organisation.id = organisation_id \(join)
        WHERE superseded_in IS NULL AND organisation.key LIKE 'practice-%'
        """
    }
    return try registry.rows(tables.joined(separator: " UNION ALL ") + " ORDER BY 1, 2, 5, 4").map { row in
      let parts = row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      // Names are the same if they differ at most in case and punctuation.
      return (parts[0] == "name" ? [parts[2].uppercased().filter(\.isLetter)] : [parts[2]]).joined()
        + "|" + (parts[..<2] + parts[3...]).joined(separator: "|")
    }
  }

  /// A real file. One run in which nobody waits takes all of it, any other the practices whose codes end in 3 or 8.
  private func vintage(_ name: String) throws -> [UInt8] {
    let bytes = try real("ods/\(name).csv")
    if rounds(1) > 1 { return bytes }
    let lines = bytes.split(separator: 10).filter { "38".utf8.contains($0.dropFirst(6).first ?? 0) }
    return Array(lines.map { $0 + [10] }.joined())
  }

  /// Both orders of two files.
  private func orders(_ files: [(text: [UInt8], issued: String?)]) throws -> [[String]] {
    try [files, files.reversed()].map { files in
      let registry = try England.copy()
      for file in files { try registry.take(file.text, issued: file.issued) }
      #expect(try registry.check() == [])
      return try facts(registry)
    }
  }

  @Test(
    .tags(.slow), .inFullRuns, .enabled(if: hasReal, "the folder ../shared is not there"),
    arguments: [
      [("epraccur_2020", "2020-02-28"), ("epraccur_2022_06", "2022-06-30")],
      [("epraccur_2020", "2020-02-28"), ("epraccur_2026_02_dse", "2026-02-27")],
      [("epraccur_2022_06", "2022-06-30"), ("epraccur_2026_02_dse", "2026-02-27")],
    ])
  func `The order of two real vintages does not matter`(vintages: [(String, String)]) throws {
    let found = try orders(vintages.map { (try vintage($0.0), $0.1) })
    #expect(found[0].count > 10_000)
    #expect(Set(found[0]).subtracting(found[1]).sorted().prefix(5) == [])
    #expect(Set(found[1]).subtracting(found[0]).sorted().prefix(5) == [])
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `Two undated vintages give one register`() throws {
    let files = try ["vintage-2019", "vintage-2021"].map { name in
      (try sharedCase("imports/\(name).csv"), String?.none)
    }
    let found = try orders(files)
    #expect(found[0] == found[1])
    #expect(found[0].contains("|relationship|practice-A99932|ccg-00V|2018-04-01|2022-07-01|stated|derived"), "\(found)")
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `A later membership ends the earlier one the day before`() throws {
    let registry = try England.copy()
    for (place, issued) in ["2022-12-15", "2023-12-15"].enumerated() {
      let (file, _) = try registry.take(
        try sharedCase("imports/practice-moves-\(place + 1)-of-2.csv"), issued: issued)
      #expect(file.verdicts == [1, 0, 0, 0])
    }
    #expect(
      try registry.rows(
        """
        SELECT superior, valid_from, ifnull(last_day, '-') FROM current_relationship
        WHERE organisation = 'practice-D83007' ORDER BY 2
        """) == ["ccg-06L|2013-04-01|2022-06-30", "location-06L|2022-07-01|2023-03-31", "location-07K|2023-04-01|-"])
    #expect(try registry.check() == [])
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `A body that opened after the groups ended is none`() throws {
    let text = try sharedCase("imports/reporting-entity-with-subtype-c.csv")
    let registry = try England.copy()
    let (file, revision) = try registry.take(text)
    #expect(revision == nil && file.verdicts == [0, 0, 0, 1])
    #expect(file.rejects.map(\.way) == [.kind])
    #expect(
      file.rejects.map(\.reason) == [
        "this is no clinical commissioning group: it opened on 2024-04-01, and groups ended on 2022-06-30: say --kind "
          + "to enter it"
      ])
    let (entered, _) = try registry.take(text, kind: "sub-icb-reporting-entity")
    #expect(entered.verdicts == [1, 0, 0, 0])
    #expect(try registry.take(text).file.verdicts == [0, 1, 0, 0])
  }

  // MARK: Made files

  /// A row of a practice that belongs to a commissioner.
  private func row(
    _ parent: String, _ joined: String, _ left: String = "", name: String = "SURGERY"
  ) -> [UInt8] {
    var fields = [String](repeating: "", count: 27)
    (fields[0], fields[1], fields[10], fields[12], fields[13]) = ("A99999", name, "20100401", "A", "B")
    (fields[14], fields[15], fields[16], fields[25]) = (parent, joined, left, "4")
    return Array((fields.map { "\"\($0)\"" }.joined(separator: ",") + "\r\n").utf8)
  }

  private func memberships(_ registry: Registry) throws -> [String] {
    try registry.rows(
      """
      SELECT superior, valid_from, ifnull(last_day, '-') FROM current_relationship
      WHERE organisation = 'practice-A99999' ORDER BY 2
      """)
  }

  @Test func `Of two issues the later counts, and what it corrects is told`() throws {
    let files = [(row("16C", "20200401"), "2021-01-31"), (row("84H", "20200401"), "2021-06-30")]
    for files in [files, files.reversed()] {
      let registry = try England.copy()
      let told = try files.map { try registry.take($0.0, issued: $0.1).file.findings.map(\.outcome) }
      #expect(told == [[], [files[0].1 == "2021-01-31" ? .replaced : .kept]])
      #expect(try memberships(registry) == ["ccg-84H|2020-04-01|2022-06-30"])
      #expect(try registry.check() == [])
    }
  }

  @Test func `An undated file corrects nothing, and what it contradicts is told`() throws {
    let registry = try England.copy()
    try registry.take(row("16C", "20200401"))
    let (file, revision) = try registry.take(row("84H", "20200401", name: "OTHER"))
    #expect(revision == nil && file.findings.map(\.what).sorted() == ["member-of", "name"])
    #expect(file.findings.allSatisfy { $0.outcome == .kept })
    #expect(try memberships(registry) == ["ccg-16C|2020-04-01|2022-06-30"])
    // Nobody knows since when the body has its name, so no day is taken for it.
    #expect(
      try registry.rows("SELECT valid_from, from_status FROM name WHERE value = 'SURGERY'") == ["2010-04-01|derived"])
  }

  @Test func `A later issue that knows the old place only takes the newer one back`() throws {
    let files = [(row("84H", "20200701"), "2020-12-31"), (row("16C", "20200401"), "2021-06-30")]
    for files in [files, files.reversed()] {
      let registry = try England.copy()
      for file in files { try registry.take(file.0, issued: file.1) }
      #expect(try memberships(registry) == ["ccg-16C|2020-04-01|2022-06-30"])
    }
  }

  @Test func `Rows of one history end each other, in any order`() throws {
    let rows = [
      #""A99999","00K","W","20130401","","0""#, #""A99999","16C","W","20200401","","0""#,
      #""A99999","00M","W","20150401","20160331","0""#,
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      let registry = try England.copy()
      let text = order.map { rows[$0] + "\r\n" }.joined()
      try registry.take(text, as: .odsMembership, issued: "2021-01-31", createMissing: true)
      #expect(
        try memberships(registry) == [
          "ccg-00K|2013-04-01|2015-03-31", "ccg-00M|2015-04-01|2016-03-31", "ccg-16C|2020-04-01|2022-06-30",
        ], "\(order)")
    }
  }

  @Test func `To say the kind does not drop the membership`() throws {
    let registry = try England.copy()
    try registry.take(row("16C", "20200401"), issued: "2021-01-31", kind: "gp-practice")
    #expect(try memberships(registry) == ["ccg-16C|2020-04-01|2022-06-30"])
  }

  @Test func `What several rows say is told once`() throws {
    let registry = try England.copy()
    let lookup = """
      LSOA11CD,CCG20CD,CCG20NM
      E01000001,E38000016,Another Name
      E01000002,E38000016,Another Name
      """
    let (file, _) = try registry.take(lookup, as: .onsLookup)
    #expect(file.findings.count { $0.what == "name" } == 1)
    #expect(file.differingRows == 2)
  }
}
