import RegistryFormats
import RegistryImporting
import Reconcile
import RegistryStorage
import RegistryTestSupport
import Testing

/// Names and codes, and lookups, of the Office for National Statistics.
@Suite(.tags(.slow), .inFullRuns) struct ONSLookupTests {
  static let hasReal = England.shared != nil

  private func lookup(_ name: String) throws -> [UInt8] { try real("ons/\(name).csv") }

  @discardableResult
  private func take(
    _ registry: Registry, _ lines: String..., issued: String? = nil, policy: Reconciler.Policy = .keep,
    createMissing: Bool = false
  ) throws -> ImportedFile {
    try registry.take(
      lines.map { "\($0)\n" }.joined(), as: .onsLookup, issued: issued, policy: policy, createMissing: createMissing
    ).file
  }

  // MARK: The files as published

  @Test(
    .enabled(if: hasReal, "the folder ../shared is not there"),
    arguments: [
      ("op_PCO_2012", [0, 151, 0, 0]), ("op_SHA_2012", [0, 10, 0, 0]), ("op_PCO12_SHA12_EN_LU", [0, 155, 0, 0]),
      ("op_CCG_APR_2013", [0, 211, 0, 0]), ("op_NHSAT_APR_2013_EN_NC", [0, 25, 0, 0]),
      // 32 groups are in London, which has one area team in the file and three in the register.
      ("op_CCG13_NHSAT13_NHSCR13_EW_LU", [0, 179, 32, 0]), ("ONS_CCG17_names_codes", [0, 207, 0, 0]),
      // Three groups are in a partnership whose name has its words in another order in the file.
      ("ONS_CCG17_STP17", [0, 204, 3, 0]), ("ONS_CCG17_NHSRLO17_NHSER17", [0, 207, 0, 0]),
      ("ONS_CCG18_NHSRLO18_NHSER18", [0, 195, 0, 0]), ("ONS_CCG18_STP18", [0, 192, 3, 0]),
      ("ONS_CCG19_names_codes", [0, 191, 0, 0]), ("ONS_CCG19_STP19", [0, 191, 0, 0]),
      ("ONS_NHSER19_names_codes", [0, 7, 0, 0]), ("ONS_CCG20_names_codes", [0, 135, 0, 0]),
      // Sussex has another name in the file.
      ("ONS_CCG20_STP20", [0, 132, 3, 0]), ("ONS_STP20_names_codes", [0, 41, 1, 0]),
      ("ONS_CCG21_STP21_CAL21_wnl", [0, 106, 0, 0]), ("ICB_DEC_2024_names_codes", [0, 42, 0, 0]),
      ("ICB_APR_2026_codes_from_dmsGIS", [0, 36, 0, 0]),
    ])
  func `The England register says what the lookups say`(name: String, verdicts: [Int]) throws {
    let bytes = try lookup(name)
    #expect(ImportFormat.detect(Array(bytes.prefix(1 << 16)))?.format == .onsLookup)
    let (file, revision) = try England.copy().take(bytes, as: .onsLookup)
    #expect(revision == nil && file.verdicts == verdicts && file.verdicts.reduce(0, +) == file.lineCount)
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `Columns of no pattern are refused with what is expected`() throws {
    let bytes = try lookup("lsoa11_to_ccg_2015_2021_sicbl_2022")
    #expect(ImportFormat.detect(bytes) == nil)
    let refusal = #expect(throws: Refusal.self) { try England.copy().take(bytes, as: .onsLookup) }
    #expect(refusal?.description.contains("CCG20CD, CCG20CDH and CCG20NM are expected") ?? false)
  }

  /// The same file with the names that its columns have where it was published.
  private func smallAreas(_ column: Int, _ title: String) throws -> String {
    var reader = CSVReader(bytes: try lookup("lsoa11_to_ccg_2015_2021_sicbl_2022"))
    _ = try reader.next()
    var text = "\(title)CDH,LSOA11CD\n"
    while try reader.next() { text += "\(reader.text(column)),\(reader.text(0))\n" }
    return text
  }

  @Test(
    .tags(.slow), .inFullRuns,
    .enabled(if: hasReal, "the folder ../shared is not there"),
    arguments: [(1, "CCG15"), (4, "CCG18"), (6, "CCG20"), (7, "CCG21"), (8, "SICBL22")])
  func `Every small area lies where the lookup says`(column: Int, title: String) throws {
    let (file, revision) = try England.copy().take(try smallAreas(column, title), as: .onsLookup)
    #expect(revision == nil && file.lineCount == 32_844 && file.verdicts == [0, 32_844, 0, 0])
  }

  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `Small areas that moved since are listed`() throws {
    // In 2020 four areas moved from 09G to 92A, and many bodies of 2019 were succeeded by new ones with other codes.
    let (file, _) = try England.copy().take(
      try smallAreas(7, "CCG21"), as: .onsLookup, issued: "2022-07-01")
    #expect(file.verdicts.reduce(0, +) == 32_844 && file.verdicts[0] == 0)
    // 92 moved from D2P2L to 15E, 21 from 01Y to 15M, and 9 from 06H to 78H.
    #expect(Set(file.findings.filter { $0.what == "unit" }.map(\.code)).count == 122)
  }

  // MARK: Made files

  @Test func `Columns stand in any order, quoted or not, after a byte order mark`() throws {
    let registry = try England.copy()
    let plain = try take(registry, "FID,CCG20CD,CCG20CDH,CCG20NM", "1,E38000016,00T,NHS Bolton CCG")
    let other = try take(
      registry, "\u{FEFF}\"ccg20nm\",CCG20CDH,\"CCG20CD\",ObjectId", "\"NHS Bolton CCG\",00T,\"E38000016\",\"1\"")
    #expect(plain.verdicts == [0, 1, 0, 0] && other.verdicts == [0, 1, 0, 0])
  }

  @Test func `Another code, another name, another body and another kind are told`() throws {
    let registry = try England.copy()
    let file = try take(
      registry, "CCG20CD,CCG20CDH,CCG20NM", "E38000016,00V,NHS Bolton CCG", "E38000016,00T,NHS Bury CCG")
    #expect(file.verdicts == [0, 0, 2, 0] && file.changes.isEmpty)
    #expect(file.findings.map(\.what) == ["code", "name"])
    let kind = try take(registry, "STP20CD", "E38000016")
    #expect(kind.findings.map(\.what) == ["kind"] && kind.findings.map(\.register) == ["ccg (hsca-2012-s34)"])
  }

  @Test func `Another superior on the day is told`() throws {
    let file = try take(try England.copy(), "CCG20CD,STP20CD", "E38000016,E54000008", "E38000016,E54000007")
    #expect(file.verdicts == [0, 1, 1, 0] && file.changes.isEmpty)
    #expect(file.findings.map(\.what) == ["part-of"] && file.findings.map(\.file) == ["E54000008 on 2020-04-01"])
  }

  @Test func `A row that names no body of the register enters nothing`() throws {
    let registry = try England.copy()
    let file = try take(
      registry, "CCG20CD,CCG20CDH,STP20CD", "E38000016,00T,E54009999", "E38000016,5E+1,E54000007", "E38,00T,E54000007",
      ",,", "E38000016,00T")
    #expect(file.verdicts == [0, 0, 0, 5] && file.changes.isEmpty && file.missing == ["E54009999"])
    #expect(file.rejects.sorted { $0.line < $1.line }.map(\.column) == [3, 2, 1, 1, 1])
    #expect(Set(file.rejects.map(\.line)) == [2, 3, 4, 5, 6])
  }

  @Test func `Columns of areas that are no bodies are told`() throws {
    let file = try take(
      try England.copy(), "CCG20CD,CAL20CD,CAL20NM,LAD20CD,LAD20NM", "E38000016,E56000005,Cheshire,E07000117,Burnley")
    #expect(file.verdicts == [0, 1, 0, 0])
    #expect(file.remarks.contains("passed over, because the register has no such kinds of bodies: CAL20"))
  }

  /// The register has authorities of both tiers in England, and none in Wales.
  @Test func `An authority that the register lacks rejects no row, beside one that it has`() throws {
    let file = try take(
      try England.copy(), "CCG20CD,LAD20CD,LAD20NM", "E38000016,E08000001,Bolton", "E38000016,E07000117,Burnley",
      "E38000016,W06000001,Isle of Anglesey")
    #expect(file.verdicts == [0, 3, 0, 0] && file.rejects.isEmpty && file.missing.isEmpty)
    #expect(file.remarks.contains { $0.hasSuffix("(--create-missing): LAD20, 1 code") })
  }

  @Test func `A column of districts makes districts and authorities`() throws {
    let registry = try Registry.inMemory()
    try registry.take(
      "CCG20CD,LAD20CD\nE38000016,E07000117\nE38000016,E08000001\n", as: .onsLookup, createMissing: true)
    let roles = try registry.rows("SELECT kind FROM current_role WHERE kind <> 'ccg' ORDER BY 1")
    #expect(roles == ["district", "local-authority"])
  }

  @Test func `A year is 1 April, or the day on which there first were such bodies, or the day of issue`() throws {
    let registry = try England.copy()
    let two = try take(registry, "CCG21CD,SICBL22CD", "E38000016,E38000016")
    #expect(two.remarks.dropFirst() == ["CCG21: taken as of 2021-04-01", "SICBL22: taken as of 2022-07-01"])
    let issued = try take(registry, "CCG21CD,SICBL23CD", "E38000016,E38000016", issued: "2023-09-01")
    #expect(issued.remarks.dropFirst() == ["CCG21: taken as of 2021-04-01", "SICBL23: taken as of 2023-09-01"])
    #expect(two.verdicts == [0, 1, 0, 0] && issued.verdicts == [0, 1, 0, 0])
  }

  @Test func `A small area that lies elsewhere, or nowhere, is told`() throws {
    let file = try take(
      try England.copy(), "LSOA11CD,LSOA11NM,CCG20CDH", "E01004766,Bolton 1,00T", "E01004766,Bolton 1,00V",
      "E01999999,Nowhere,00T", ",Nothing,00T")
    #expect(file.verdicts == [0, 1, 2, 1])
    #expect(file.findings.map(\.register) == ["ccg-00T", "no unit of lsoa11"])
  }

  // MARK: A new partition

  private static let areas = [
    "LSOA21CD,CCG18CD,CCG19CD", "L1,E38000001,E38000001", "L2,E38000001,E38000001",
    "L3,E38000002,E38000002", "L4,E38000003,E38000001", "L5,E38000003,E38000001",
  ]

  private func takeAreas(_ registry: Registry, _ rows: [String] = Self.areas) throws -> ImportedFile {
    try registry.take(rows.map { "\($0)\n" }.joined(), as: .onsLookup, createMissing: true).file
  }

  @Test func `Small areas of a kind that the register lacks become a partition of it`() throws {
    let registry = try Registry.inMemory()
    let file = try takeAreas(registry)
    #expect(
      file.remarks.last == "LSOA21: a new partition of 5 units in 3 parcels, which lie in 3 bodies on 2018-04-01")
    #expect(
      try registry.rows("SELECT code, parcel.key FROM unit JOIN parcel ON parcel.id = parcel_id ORDER BY 1")
        == ["L1|lsoa21-L1", "L2|lsoa21-L1", "L3|lsoa21-L3", "L4|lsoa21-L4", "L5|lsoa21-L4"])
    let day = try #require(Day("2018-04-01"))
    let places = try registry.bodies(ofUnitsIn: "lsoa21", on: day)
    #expect(places["L3"] == ["ccg-E38000002"] && places["L4"] == ["ccg-E38000003"])
    #expect(try registry.bases().last.map { [$0.key, $0.partition ?? ""] } == ["areas-lsoa21", "lsoa21"])
    #expect(try registry.check().isEmpty)
  }

  @Test func `Taken again, it is compared, and what no event moved is told`() throws {
    let registry = try Registry.inMemory()
    _ = try takeAreas(registry)
    let again = try takeAreas(registry)
    #expect(again.changes.isEmpty)
    #expect(again.findings.map(\.code) == ["L4", "L5"])
    #expect(again.findings.allSatisfy { $0.file == "ccg-E38000001 on 2019-04-01" })
  }

  @Test(arguments: [
    (",E38000001,E38000001", "rows are rejected, the first in line 7"),
    ("L5,E38000001,E38000001", "line 7 names L5 a second time"),
    ("L6,,E38000001", "line 7 puts L6 in no body that the register has on 2018-04-01"),
  ]) func `A partition that would not be whole is refused`(row: String, words: String) throws {
    let registry = try Registry.inMemory()
    let refusal = #expect(throws: Refusal.self) { try takeAreas(registry, Self.areas + [row]) }
    #expect(
      refusal?.description.contains("LSOA21 would not be a whole partition, so nothing was changed: \(words)")
        ?? false)
  }

  /// A lookup of other areas for 2015 to 2022. With what it says about each division, the register agrees with all its
  /// columns.
  @Test(.enabled(if: hasReal, "the folder ../shared is not there"))
  func `A new partition of several years takes its divisions from the later ones`() throws {
    let text = String(decoding: try lookup("lsoa11_to_ccg_2015_2021_sicbl_2022"), as: UTF8.self)
    let columns = (15...21).map { ",CCG\($0)CDH" }.joined() + ",SICBL22CDH,a,b"
    // The bodies between which areas moved.
    let moved: Set = [
      "01H", "01K", "06Y", "06W", "01E", "02M", "09G", "92A", "01Y", "15M", "06H", "78H", "15E", "D2P2L",
    ]
    let rows = text.split(whereSeparator: \.isNewline).dropFirst().filter {
      !moved.isDisjoint(with: $0.split(separator: ",").map(String.init))
    }
    let lines = ["LSOA99CD\(columns)"] + rows.map(String.init)
    let registry = try England.copy()
    let made = try takeAreas(registry, lines)
    let events = made.remarks.compactMap { $0.firstMatch(of: #/--division (\S+)/#).map { String($0.1) } }
    #expect(events.count == 8)
    for event in events {
      let bytes = Array(lines.map { "\($0)\n" }.joined().utf8)
      #expect(try registry.take(bytes, as: .onsLookup, division: event).file.newRows > 0, "\(event)")
    }
    let again = try takeAreas(registry, lines)
    #expect(rows.count > 3_000 && again.verdicts == [0, rows.count, 0, 0] && again.changes.isEmpty)
  }

  // MARK: Into an empty register

  private let rows2017 = ["CCG17CD,CCG17CDH,CCG17NM,STP17CD,STP17NM", "E38000001,02N,NHS Airedale CCG,E54000005,West"]
  private let rows2018 = ["CCG18CD,CCG18CDH,CCG18NM,STP18CD,STP18NM", "E38000001,02N,NHS Airedale CCG,E54000006,East"]

  private func superiors(_ registry: Registry) throws -> [String] {
    try registry.rows("SELECT superior, valid_from, last_day FROM current_relationship ORDER BY valid_from")
  }

  @Test func `What was seen on a day goes on until a later file shows otherwise`() throws {
    let registry = try Registry.inMemory()
    #expect(try take(registry, rows2017[0], rows2017[1]).verdicts == [0, 0, 0, 1])
    #expect(try take(registry, rows2017[0], rows2017[1], createMissing: true).verdicts == [1, 0, 0, 0])
    #expect(try superiors(registry) == ["stp-E54000005|2017-04-01|-"])
    #expect(
      try registry.rows("SELECT code FROM current_code WHERE organisation = 'ccg-E38000001'") == ["E38000001", "02N"])
    #expect(try take(registry, rows2018[0], rows2018[1], createMissing: true).verdicts == [1, 0, 0, 0])
    #expect(
      try superiors(registry) == ["stp-E54000005|2017-04-01|2018-03-31", "stp-E54000006|2018-04-01|-"])
    for rows in [rows2017, rows2018] {
      let again = try take(registry, rows[0], rows[1], createMissing: true)
      #expect(again.changes.isEmpty && again.verdicts == [0, 1, 0, 0])
    }
    #expect(try registry.check().isEmpty)
  }

  /// A group and two partnerships. No source says which partnership the group is part of.
  private func bodies() throws -> Registry {
    let registry = try Registry.inMemory()
    try registry.take(
      """
      GEOGCD,GEOGNM,OPER_DATE,TERM_DATE,PARENTCD
      E38000001,NHS Airedale CCG,01/04/2013,31/03/2020,
      E54000005,West,01/04/2016,31/03/2020,
      E54000006,East,01/04/2016,31/03/2020,

      """, as: .onsCodeHistory)
    return registry
  }

  @Test func `An older lookup that is read later says what was before`() throws {
    let registry = try bodies()
    for rows in [rows2018, rows2017] { #expect(try take(registry, rows[0], rows[1]).verdicts == [1, 0, 0, 0]) }
    #expect(
      try superiors(registry) == ["stp-E54000005|2017-04-01|2018-03-31", "stp-E54000006|2018-04-01|2020-03-31"])
    #expect(try registry.check().isEmpty)
  }

  @Test func `What was so on an earlier day already, began then`() throws {
    let registry = try bodies()
    try take(registry, "CCG18CD,STP18CD", "E38000001,E54000005")
    #expect(try take(registry, "CCG17CD,STP17CD", "E38000001,E54000005").verdicts == [1, 0, 0, 0])
    #expect(try superiors(registry) == ["stp-E54000005|2017-04-01|2020-03-31"])
  }

  @Test func `A code that nobody has on the day is told`() throws {
    let file = try take(try bodies(), "CCG21CD,STP21CD", "E38000001,E54000005")
    #expect(file.verdicts == [0, 0, 1, 0] && file.changes.isEmpty)
    #expect(file.findings.map(\.register) == ["nobody has it on 2021-04-01", "nobody has it on 2021-04-01"])
  }

  @Test func `A later lookup does not turn back what is stated, unless that is asked for`() throws {
    let registry = try bodies()
    try registry.take(
      "GEOGCD,GEOGNM,OPER_DATE,TERM_DATE,PARENTCD\nE38000001,NHS Airedale CCG,01/04/2013,31/03/2020,E54000005\n",
      as: .onsCodeHistory)
    #expect(try superiors(registry) == ["stp-E54000005|2016-04-01|2020-03-31"])
    let kept = try take(registry, rows2018[0], rows2018[1])
    #expect(kept.findings.map(\.outcome) == [.kept])
    let taken = try take(registry, rows2018[0], rows2018[1], policy: .preferSource)
    #expect(taken.findings.map(\.outcome) == [.replaced])
    #expect(
      try superiors(registry) == ["stp-E54000005|2016-04-01|2018-03-31", "stp-E54000006|2018-04-01|2020-03-31"])
  }
}
