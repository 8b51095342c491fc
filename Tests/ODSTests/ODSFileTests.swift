import RegistryFormats
import ODS
import Reconcile
import RegistryStorage
import RegistryTestSupport
import Testing

/// A line of an ODS file: every field quoted, 27 of them.
func odsLine(
  _ code: String, _ name: String, opened: String = "20130401", closed: String = "", roles: String = "C",
  columns: Int = 27, grouping: String = "Y54", geography: String = "Q74"
) -> String {
  var fields = [String](repeating: "", count: columns)
  (fields[0], fields[1], fields[2], fields[3]) = (code, name, grouping, geography)
  (fields[10], fields[11], fields[13]) = (opened, closed, roles)
  return fields.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
}

func odsFile(_ text: String) throws -> ODSFile {
  try ODSFile(name: "eccg.csv", reader: CSVReader(bytes: Array(text.utf8)))
}

@Suite struct ODSFileTests {
  @Test func `A row has code, name, dates and roles`() throws {
    let file = try odsFile(
      odsLine("00C", "NHS DARLINGTON CCG", closed: "20200331") + odsLine("15E", "X", roles: "RO319|RO326"))
    #expect(file.rows.map(\.code) == ["00C", "15E"])
    let row = try #require(file.rows.first)
    #expect(row.name == "NHS DARLINGTON CCG")
    #expect(row.firstDay?.description == "2013-04-01")
    #expect(row.lastDay?.description == "2020-03-31")
    #expect(row.roles == ["C"])
    #expect(file.rows[1].roles == ["RO319", "RO326"])
    #expect(file.rejects.isEmpty)
    #expect(file.lineCount == 2)
  }

  static let refusals: [(text: String, message: String)] = [
    (
      "\"OrgCode\",\"Name\"" + String(repeating: ",\"\"", count: 25) + "\n" + odsLine("00C", "X"),
      "eccg.csv:1: the first line is a header ('OrgCode', ...)"
    ),
    (odsLine("00C", "X", columns: 26), "eccg.csv:1: 26 columns where an ODS file has 27"),
    (odsLine("00C", "X", columns: 21), "eccg.csv:1: 21 columns where an ODS file has 27"),
    (odsLine("00C", "X") + odsLine("00D", "Y", columns: 28), "eccg.csv:2: 28 columns where an ODS file has 27"),
    (
      odsLine("00C", "X") + odsLine("00D", "Y").replacing("\"Y54\"", with: "Y54"),
      "eccg.csv:2: column 3 is not quoted"
    ),
    ("", "eccg.csv: the file is empty"),
    (odsLine("00C", "X") + "\"00D\",\"unfinished", "eccg.csv: line 2, column"),
  ]

  @Test(arguments: refusals) func `A file of another form is refused whole`(text: String, message: String) throws {
    let error = try #require(throws: Refusal.self) { try odsFile(text) }
    #expect(error.description.hasPrefix(message), "\(error)")
    #expect(error.description.hasSuffix("nothing was changed"))
  }

  static let rejects: [(line: String, column: Int, value: String, reason: String)] = [
    (odsLine("00X", "N", opened: "20130431"), 11, "20130431", "'20130431' is not a date (YYYYMMDD)"),
    (odsLine("00X", "N", opened: "2013-04-01"), 11, "2013-04-01", "'2013-04-01' is not a date (YYYYMMDD)"),
    (odsLine("00X", "N", closed: "x"), 12, "x", "'x' is not a date (YYYYMMDD)"),
    (odsLine("", "N"), 1, "", "the code is missing"),
    (odsLine("  ", "N"), 1, "", "the code is missing"),
    (odsLine("00X", ""), 2, "", "the name is missing"),
    (
      odsLine("5.00E+01", "N"), 1, "5.00E+01",
      "'5.00E+01' is a code that a spreadsheet has turned into a number (perhaps '5E1'): type the code again as text"
    ),
    (
      odsLine("14", "N"), 1, "14",
      "'14' is shorter than any code of a body: has a spreadsheet dropped its zeros?"
    ),
    (odsLine("00-X", "N"), 1, "00-X", "'00-X' is not an ODS code"),
    (odsLine("00A", "N"), 1, "00A", "'00A' is already in line 1"),
    (
      odsLine("00X", "N", opened: "20130401", closed: "20130331"), 12, "20130331",
      "the body closes on 2013-03-31, before it opens on 2013-04-01"
    ),
  ]

  @Test(arguments: rejects) func `A row that cannot be used is rejected and the others go on`(
    line: String, column: Int, value: String, reason: String
  ) throws {
    let file = try odsFile(odsLine("00A", "First") + line + odsLine("00Z", "Last"))
    let reject = try #require(file.rejects.first)
    #expect(file.rejects.count == 1)
    #expect([reject.file, reject.value, reject.reason] == ["eccg.csv", value, reason])
    #expect([reject.line, reject.column] == [2, column])
    #expect(file.rows.map(\.code) == ["00A", "00Z"])
  }

  @Test func `Text that is not UTF-8 is rejected`() throws {
    var bytes = Array(odsLine("00A", "First").utf8)
    let latin = Array(odsLine("00B", "CAF@").utf8).map { $0 == UInt8(ascii: "@") ? 0xC9 : $0 }
    bytes += latin
    let file = try ODSFile(name: "eccg.csv", reader: CSVReader(bytes: bytes))
    #expect(file.rejects.map(\.reason) == ["not UTF-8"])
    #expect(file.rejects.first?.column == 2)
  }

  @Test func `Blanks at the ends are cut off and counted`() throws {
    let file = try odsFile(odsLine(" 00A", "NHS X \u{A0}") + odsLine("00B", "NHS Y"))
    #expect(file.rows.map(\.code) == ["00A", "00B"])
    #expect(file.rows.first?.name == "NHS X")
    #expect(file.trimmedFields == 2)
  }

  static let shared = England.shared

  @Test(
    .enabled(if: shared != nil, "the folder ../shared is not there"),
    arguments: [
      ("damaged_epraccur_2018_26_columns.csv", "26 columns where an ODS file has 27"),
      ("damaged_epraccur_2023_header_21_columns.csv", "the first line is a header"),
    ])
  func `The damaged files that people have are refused`(name: String, message: String) throws {
    let path = "\(Self.shared ?? "")/real/ods/\(name)"
    let error = try #require(throws: Refusal.self) {
      try ODSFile(name: name, reader: try CSVReader(path: path))
    }
    #expect(error.description.contains(message), "\(error)")
  }
}
