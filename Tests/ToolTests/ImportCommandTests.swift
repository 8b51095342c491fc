import Foundation
import Testing

/// `orgreg import ods-csv`: files of the Organisation Data Service, whole and damaged.
@Suite struct ImportCommandTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private static let real = "\(Workbench.package)/../shared/real/ods"
  private static let commissioners = "\(real)/eccg_2025_12.csv"
  private static let hasRealFiles = FileManager.default.fileExists(atPath: commissioners)

  /// A row of 27 quoted fields.
  private func row(
    _ code: String, _ name: String, _ opened: String = "20200401", _ closed: String = "", _ role: String = "RO218"
  ) -> String {
    var fields = [String](repeating: "", count: 27)
    fields[0] = code
    fields[1] = name
    fields[10] = opened
    fields[11] = closed
    fields[13] = role
    return fields.map { "\"\($0)\"" }.joined(separator: ",") + "\r\n"
  }

  private func revisions() throws -> String {
    try bench.orgreg("sql", "SELECT count(*) FROM revision", "--format", "csv").lines.last ?? ""
  }

  // MARK: Files made here

  @Test func `Histories and lookups of codes are told from their contents, and entered once`() throws {
    expectDone(try bench.orgreg("init", "--empty"))
    try bench.write(
      "GEOGCD,GEOGNM,OPER_DATE,TERM_DATE,PARENTCD\nE38000016,NHS Bolton CCG,01/04/2013,30/06/2022,\n"
        + "E54000007,Greater Manchester,01/04/2016,30/06/2022,\n", to: "ChangeHistory.csv")
    try bench.write("CCG20CD,CCG20CDH,STP20CD\nE38000016,00T,E54000007\n", to: "lookup.csv")
    let history = try bench.orgreg("import", "--yes", "auto", "ChangeHistory.csv")
    expectDone(history)
    #expect(history.stderr.contains("ons-chd (the columns of ChangeHistory)"), "\(history)")
    #expect(history.stderr.contains("2 rows: 2 new, 0 the same, 0 differ, 0 rejected"), "\(history)")
    for (verdict, revision) in [("1 new, 0 the same", "recorded revision 2"), ("0 new, 1 the same", "nothing to do")] {
      let lookup = try bench.orgreg("import", "--yes", "auto", "lookup.csv")
      expectDone(lookup)
      #expect(lookup.stderr.contains("ons-lookup (columns of areas and years: CCG20, STP20)"), "\(lookup)")
      #expect(lookup.stderr.contains(verdict) && lookup.stderr.contains(revision), "\(lookup)")
    }
    let part = try bench.orgreg("sql", "SELECT superior FROM current_relationship", "--format", "csv")
    #expect(part.lines.last == "stp-E54000007", "\(part)")
  }

  @Test func `New bodies are entered, once`() throws {
    expectDone(try bench.orgreg("init", "--empty"))
    try bench.write(row("X1A", "FIRST HUB") + row("X2B", "SECOND HUB", "20200401", "20210331"), to: "hubs.csv")
    let words = ["import", "--yes", "ods-csv", "hubs.csv", "--issued", "2022-01-01", "--by", "clerk"]
    let dry = try bench.orgreg(words + ["--dry-run", "--format", "csv"])
    expectDone(dry)
    #expect(dry.lines.first == "action,table,key,before,after" && dry.stderr.contains("dry run"), "\(dry)")
    #expect(try revisions() == "0")
    let run = try bench.orgreg(words)
    expectDone(run)
    #expect(run.stderr.contains("2 commissioning-hub") && run.stderr.contains("recorded revision 1"), "\(run)")
    let list = try bench.orgreg("list", "commissioning-hub", "--dates", "operational", "--format", "csv")
    #expect(
      list.stdout == """
        ods_code,ons_code,name,kind,from,to
        X1A,,FIRST HUB,commissioning-hub,2020-04-01,
        X2B,,SECOND HUB,commissioning-hub,2020-04-01,2021-03-31

        """, "\(list)")
    let again = try bench.orgreg(words)
    expectDone(again)
    #expect(again.stderr.contains("nothing to do"), "\(again)")
    #expect(try revisions() == "1")
    expectDone(try bench.orgreg("check"))
  }

  @Test func `Rows that cannot be used are rejected with line and column, and the others entered`() throws {
    expectDone(try bench.orgreg("init", "--empty"))
    let rows = [
      row("X1A", "FIRST HUB"), row("5.00E+01", "DAMAGED"), row("14", "ZEROS LOST"), row("X1A", "TWICE"),
      row("X3C", ""), row("X4D", "IMPOSSIBLE", "20200230"), row("X5E", "BACKWARDS", "20200401", "20190401"),
      row("X6F", "NO SUCH ROLE", "20200401", "", "RO999"), row("X-7", "NO CODE"), row("", "NO CODE EITHER"),
    ]
    try bench.write(rows.joined(), to: "hubs.csv")
    let run = try bench.orgreg("import", "--yes", "ods-csv", "hubs.csv", "--rejects", "rejects.csv", "--format", "csv")
    expectDone(run, status: 1)
    #expect(run.lines.first == "file,line,column,reason", "\(run)")
    let found = run.lines.dropFirst().map { $0.split(separator: ",").prefix(3).joined(separator: ",") }.sorted()
    #expect(
      found == [
        "hubs.csv,10,1", "hubs.csv,2,1", "hubs.csv,3,1", "hubs.csv,4,1", "hubs.csv,5,2", "hubs.csv,6,11",
        "hubs.csv,7,12", "hubs.csv,8,14", "hubs.csv,9,1",
      ], "\(run)")
    #expect(run.stdout.contains("perhaps '5E1'") && run.stdout.contains("zeros"), "\(run)")
    #expect(run.stderr.contains("9 rows were rejected"), "\(run)")
    let rejects = try bench.text("rejects.csv")
    #expect(rejects.hasPrefix("file,line,column,value,reason\n"), "\(rejects)")
    #expect(rejects.contains("hubs.csv,2,1,5.00E+01,"), "\(rejects)")
    let list = try bench.orgreg("list", "commissioning-hub", "--dates", "operational", "--format", "csv")
    #expect(list.lines.count == 2, "\(list)")
  }

  @Test func `A file of rejects that cannot be written stops the import before it begins`() throws {
    expectDone(try bench.orgreg("init", "--empty"))
    try bench.write(row("X1A", "FIRST HUB") + row("14", "ZEROS LOST"), to: "hubs.csv")
    let run = try bench.orgreg("import", "--yes", "ods-csv", "hubs.csv", "--rejects", "nowhere/rejects.csv")
    expectRefused(run, "nowhere/rejects.csv: No such file or directory")
    #expect(try revisions() == "0")
  }

  @Test(arguments: [
    "26 columns", "28 columns", "a header", "unquoted", "a NUL byte", "cut short", "empty", "another kind of file",
  ]) func `A damaged copy is refused whole`(damage: String) throws {
    expectDone(try bench.orgreg("init", "--empty"))
    let good = row("X1A", "FIRST HUB")
    let (text, words): (String, [String]) =
      switch damage {
      case "26 columns": (good + String(good.dropLast(4)) + "\r\n", ["bad.csv:2:", "26 columns", "27"])
      case "28 columns": (String(good.dropLast(1)) + ",\"\"\r\n", ["bad.csv:1:", "28 columns", "27"])
      case "a header": ("OrgCode,Name\r\n" + good, ["bad.csv:1:", "header"])
      case "unquoted": (good + good.replacing("\"", with: ""), ["bad.csv:2:", "column 1", "quoted"])
      case "a NUL byte": (good + row("X2\0", "HUB"), ["bad.csv", "line 2, column", "NUL"])
      case "cut short": (good + String(good.prefix(9)), ["bad.csv", "line 2, column", "quote"])
      case "empty": ("", ["bad.csv", "empty"])
      default: ("one,two\r\n", ["bad.csv:1:", "2 columns"])
      }
    try bench.write(text, to: "bad.csv")
    let listing = try bench.listing()
    let run = try bench.orgreg("import", "--yes", "ods-csv", "bad.csv", "--rejects", "rejects.csv")
    expectRefused(run, "nothing was changed")
    for word in words { #expect(run.stderr.contains(word), "not in the message: \(word)\(run)") }
    #expect(try bench.listing().map { $0.split(separator: " ")[0] } == listing.map { $0.split(separator: " ")[0] })
    #expect(try revisions() == "0")
  }

  // MARK: Real files

  @Test(.enabled(if: hasRealFiles, "the real files are not beside the package"))
  func `Eight code histories make a register in one command`() throws {
    expectDone(try bench.orgreg("init", "--empty"))
    let files = ["E40", "E39", "E54", "E18", "E19", "E16", "E17", "E38"].map {
      "\(Workbench.package)/../shared/real/ons/CHD_Jul2024_\($0).json"
    }
    let run = try bench.orgreg(["import", "--yes", "ons-chd"] + files)
    expectDone(run)
    #expect(run.stderr.contains("E38.json: 997 rows: 994 new, 3 the same, 0 differ, 0 rejected"), "\(run)")
    #expect(run.stderr.contains("E38.json: recorded revision"), "\(run)")
    for (day, count) in [("2013-04-01", 211), ("2018-04-01", 195), ("2021-04-01", 106)] {
      #expect(try bench.orgreg("list", "ccg", "--on", day, "--format", "csv").lines.count == count + 1)
    }
    let again = try bench.orgreg(["import", "--yes", "ons-chd"] + files)
    expectDone(again)
    #expect(again.stderr.contains("nothing to do"), "\(again)")
    expectDone(try bench.orgreg("check"))
  }

  @Test(.enabled(if: hasRealFiles, "the real files are not beside the package"))
  func `The real file agrees with the register, and a second import changes nothing`() throws {
    try bench.copyEngland()
    let figures = "248 ccg or sub-icb-location, 37 sub-icb-reporting-entity, 35 commissioning-hub"
    let dry = try bench.orgreg("import", "ods-csv", Self.commissioners, "--dry-run")
    expectDone(dry)
    #expect(dry.stderr.contains(figures) && dry.stderr.contains(" 0 rejected"), "\(dry)")
    #expect(try revisions() == "1")
    let run = try bench.orgreg("import", "--yes", "ods-csv", Self.commissioners)
    expectDone(run)
    #expect(run.stderr.contains(figures) && run.stderr.contains("recorded revision 2"), "\(run)")
    let again = try bench.orgreg("import", "--yes", "ods-csv", Self.commissioners)
    expectDone(again)
    #expect(again.stderr.contains("nothing to do"), "\(again)")
    #expect(try revisions() == "2")
    expectDone(try bench.orgreg("check"))
  }

  @Test(.enabled(if: hasRealFiles, "the real files are not beside the package"))
  func `The real file fills an empty register`() throws {
    expectDone(try bench.orgreg("init", "--empty"))
    let run = try bench.orgreg("import", "--yes", "ods-csv", Self.commissioners)
    expectDone(run)
    #expect(run.stderr.contains("320 rows") && run.stderr.contains("recorded revision 1"), "\(run)")
    let again = try bench.orgreg("import", "--yes", "ods-csv", Self.commissioners)
    #expect(again.stderr.contains("320 the same") && again.stderr.contains("nothing to do"), "\(again)")
    expectDone(try bench.orgreg("check"))
  }

  @Test(
    .enabled(if: hasRealFiles, "the real files are not beside the package"),
    arguments: [
      ("damaged_epraccur_2018_26_columns", "26 columns"), ("damaged_epraccur_2023_header_21_columns", "header"),
      ("epcmem_2020", "6 columns"), ("succession_1992_2022_three_columns", "3 columns"),
    ])
  func `Real files of another kind, and damaged ones, are refused`(name: String, word: String) throws {
    try bench.copyEngland()
    expectRefused(try bench.orgreg("import", "--yes", "ods-csv", "\(Self.real)/\(name).csv"), "\(name).csv", word)
    #expect(try revisions() == "1")
  }
}
