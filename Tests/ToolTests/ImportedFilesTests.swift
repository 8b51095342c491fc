import Foundation
import RegistryTestSupport
import Testing

/// Files that are packed, in old encodings or of the wrong kind, and an import that is interrupted.
@Suite(.tags(.slow), .inFullRuns) struct ImportedFilesTests {
  private let bench: Workbench

  init() throws {
    bench = try Workbench()
    expectDone(try bench.orgreg("init", "--empty"))
  }

  private func row(_ code: String, _ name: String, _ opened: String = "20200401") -> String {
    var fields = [String](repeating: "", count: 27)
    (fields[0], fields[1], fields[10], fields[13]) = (code, name, opened, "RO218")
    return fields.map { "\"\($0)\"" }.joined(separator: ",") + "\r\n"
  }

  private func revisions() throws -> String {
    try bench.orgreg("sql", "SELECT count(*) FROM revision", "--format", "csv").lines.last ?? ""
  }

  @Test(.enabled(if: Workbench.has("python3"), "needs python3"))
  func `Files in gzip and zip are read as they are, and auto says what they are`() throws {
    try bench.write(row("X1A", "FIRST HUB"), to: "one.csv")
    try bench.write(row("X2B", "SECOND HUB"), to: "two.csv")
    expectDone(
      try bench.bash(
        """
        python3 -c "
        import gzip, zipfile
        gzip.open('one.csv.gz', 'wb').write(open('one.csv', 'rb').read())
        archive = zipfile.ZipFile('both.zip', 'w', zipfile.ZIP_DEFLATED)
        archive.write('one.csv'); archive.write('two.csv', '../../two.csv')"
        """))
    let first = try bench.orgreg("import", "--yes", "auto", "one.csv.gz", "--issued", "2024-01-01")
    expectDone(first)
    #expect(first.stderr.contains("one.csv: ods-csv (27 columns and no header)"), "\(first)")
    let second = try bench.orgreg("import", "--yes", "auto", "both.zip", "--issued", "2024-01-01")
    expectDone(second)
    #expect(second.stderr.contains("both.zip/one.csv: 1 row: 0 new, 1 the same"), "\(second)")
    #expect(second.stderr.contains("two.csv: 1 row: 1 new"), "\(second)")
    #expect(try bench.orgreg("log", "--format", "csv").lines.count == 3)
  }

  @Test func `A file is held against what the files before it say, and all are entered together`() throws {
    try bench.write(row("X1A", "FIRST HUB") + row("X2B", "SECOND HUB"), to: "hubs.csv")
    try bench.write(#""X1A","X2B","W","20200401","","0""# + "\r\n", to: "members.csv")
    let words = ["import", "--yes", "auto", "hubs.csv", "members.csv", "hubs.csv", "--issued", "2024-01-01"]
    let bytes = try bench.bytes("registry.sqlite")
    let dry = try bench.orgreg(words + ["--dry-run"])
    expectDone(dry)
    #expect(try bench.bytes("registry.sqlite") == bytes)
    let run = try bench.orgreg(words)
    expectDone(run)
    for remark in [
      "hubs.csv: 2 rows: 2 new", "members.csv: 1 row: 1 new", "hubs.csv: 2 rows: 0 new, 2 the same",
      "members.csv: recorded revision 2", "hubs.csv: nothing to do",
    ] {
      #expect(run.stderr.contains(remark), "\(remark)\n\(run)")
    }
    #expect(try revisions() == "2")
    let again = try bench.orgreg(words)
    expectDone(again)
    #expect(again.stderr.contains("members.csv: nothing to do"), "\(again)")
    expectDone(try bench.orgreg("check"))
  }

  @Test func `A file takes back what one before it said, as it would in a command of its own`() throws {
    // In the later file, X1A has another name, and closed before the day when it got its name in the earlier file.
    try bench.write(row("X1A", "FIRST HUB"), to: "old.csv")
    try bench.write(
      row("X1A", "OTHER HUB").replacing(#""20200401","""#, with: #""20200401","20190331""#), to: "bad.csv")
    try bench.write(
      row("X1A", "OTHER HUB").replacing(#""20200401","""#, with: #""20190401","20200331""#), to: "new.csv")
    let names = ["old.csv", "new.csv", "old.csv"]
    let words = ["import", "--yes", "ods-csv", "--policy", "prefer-source", "--issued", "2024-01-01"]
    let together = try bench.orgreg(words + names)
    let dump =
      "SELECT 'life', organisation, valid_from, last_day FROM current_life UNION ALL SELECT 'name', name, valid_from, last_day FROM current_name"
    let wanted = try bench.orgreg("sql", dump, "--format", "csv").stdout
    try FileManager.default.removeItem(atPath: bench.path("registry.sqlite"))
    expectDone(try bench.orgreg("init", "--empty"))
    let apart = try names.map { try bench.orgreg(words + [$0]) }
    #expect(together.status == apart.map(\.status).max())
    #expect(try bench.orgreg("sql", dump, "--format", "csv").stdout == wanted)
    // A refused file, or a row that is rejected under --strict, leaves nothing of the files before it.
    let count = try revisions()
    expectRefused(
      try bench.orgreg(words + ["--strict", "new.csv", "bad.csv"]), "bad.csv:1:", "nothing was changed", lines: 9)
    try bench.write("what,is,this\n", to: "what.csv")
    expectRefused(try bench.orgreg("import", "--yes", "auto", "old.csv", "what.csv"), "none of the forms", lines: 5)
    #expect(try revisions() == count)
  }

  @Test func `A membership without an end ends with the body; one that begins later keeps it open, which is told`()
    throws
  {
    func member(_ code: String, _ joined: String) -> String { #""\#(code)","X1A","W","\#(joined)","","0""# + "\r\n" }
    let closed = row("X1A", "FIRST").replacing("RO218", with: "").replacing(#"0401","""#, with: #"0401","20230331""#)
    try bench.write(closed, to: "closed.csv")
    try bench.write(member("X2B", "20200401"), to: "members.csv")
    try bench.write(member("X3C", "20230601"), to: "late.csv")
    let words = ["import", "--yes", "auto", "--create-missing", "--issued", "2024-01-01"]
    let query = ["sql", "SELECT organisation, last_day FROM current_relationship ORDER BY 1", "--format", "csv"]
    expectDone(try bench.orgreg(words + ["members.csv", "closed.csv", "members.csv", "closed.csv"]))
    #expect(try bench.orgreg(query).lines.dropFirst() == ["practice-X2B,2023-03-31"])
    expectDone(try bench.orgreg("check"))

    expectDone(try bench.orgreg("init", "--empty", "--registry", "other.sqlite"))
    let run = try bench.orgreg(words + ["members.csv", "late.csv", "closed.csv", "--registry", "other.sqlite"])
    expectDone(run)
    #expect(run.stderr.contains("closed.csv:1: X1A: closed differs: the register says open"), "\(run)")
    let kept = try bench.orgreg(query + ["--registry", "other.sqlite"])
    #expect(kept.lines.dropFirst() == ["practice-X2B,", "practice-X3C,"])
  }

  @Test(.enabled(if: Workbench.has("python3"), "needs python3"))
  func `A spreadsheet is refused with the way to save it without damage`() throws {
    expectDone(
      try bench.bash(
        """
        python3 -c "
        import zipfile
        archive = zipfile.ZipFile('codes.xlsx', 'w')
        archive.writestr('[Content_Types].xml', '<Types/>'); archive.writestr('xl/workbook.xml', '<workbook/>')"
        """))
    expectRefused(
      try bench.orgreg("import", "--yes", "auto", "codes.xlsx"), "spreadsheet", "CSV", "nothing was changed")
  }

  @Test func `Windows-1252 is read and told`() throws {
    let text = Array(row("X1A", "CAF? HUB").utf8).map { $0 == UInt8(ascii: "?") ? 0xC9 : $0 }
    try bench.write(text, to: "old.csv")
    let run = try bench.orgreg("import", "--yes", "auto", "old.csv", "--issued", "2024-01-01")
    expectDone(run)
    #expect(run.stderr.contains("1 characters were read as Windows-1252"), "\(run)")
    #expect(try bench.orgreg("find", "CAFÉ").stdout.contains("CAFÉ HUB"))
  }

  @Test func `What is of no known form is refused with the forms that are`() throws {
    try bench.write("a,b\n1,2\n", to: "what.csv")
    expectRefused(
      try bench.orgreg("import", "--yes", "auto", "what.csv"), "none of the forms that are known", "ods-csv", "ods-xml",
      "nothing was changed")
  }

  @Test func `Strict enters nothing if a row is rejected`() throws {
    try bench.write(row("X1A", "FIRST HUB") + row("14", "ZEROS LOST"), to: "hubs.csv")
    expectRefused(
      try bench.orgreg("import", "--yes", "ods-csv", "hubs.csv", "--strict", "--rejects", "rejects.csv"),
      "hubs.csv:2:1:",
      "zeros",
      "--strict", "nothing was changed", lines: 4)
    #expect(try bench.text("rejects.csv").contains("hubs.csv,2,1,14,"))
    #expect(try revisions() == "0")
  }

  @Test func `All differences are written where that is asked for`() throws {
    try bench.write(row("X1A", "FIRST HUB"), to: "old.csv")
    try bench.write(row("X1A", "FIRST HUB", "20190401"), to: "new.csv")
    expectDone(try bench.orgreg("import", "--yes", "ods-csv", "old.csv", "--issued", "2024-01-01"))
    expectDone(
      try bench.orgreg(
        "import", "--yes", "ods-csv", "new.csv", "--issued", "2024-01-01", "--findings", "differences.csv"))
    #expect(
      try bench.text("differences.csv") == """
        file,line,code,what,register,in_file,outcome
        new.csv,1,X1A,opened,2020-04-01 (ods-csv-eccg-2024-01-01),2019-04-01,the register's was kept

        """)
  }

  @Test func `A report never takes the place of the register, of an input, of the other report or of a device`() throws
  {
    try bench.write(row("X1A", "FIRST HUB") + row("14", "ZEROS LOST"), to: "hubs.csv")
    let before = (try bench.bytes("registry.sqlite"), try bench.bytes("hubs.csv"))
    for words in [
      ["--rejects", "registry.sqlite"], ["--findings", "./registry.sqlite"], ["--rejects", "hubs.csv", "--dry-run"],
      ["--rejects", "same.csv", "--findings", "same.csv"],
    ] {
      expectRefused(
        try bench.orgreg(["import", "--yes", "ods-csv", "hubs.csv"] + words), "another role in the command",
        "nothing was changed")
    }
    expectRefused(
      try bench.orgreg("import", "--yes", "ods-csv", "hubs.csv", "--rejects", "/dev/null"), "not an ordinary file")
    #expect(try bench.bytes("registry.sqlite") == before.0)
    #expect(try bench.bytes("hubs.csv") == before.1)
  }

  @Test func `A body that was undone comes back under its permanent key`() throws {
    try bench.write(row("X1A", "FIRST HUB"), to: "hubs.csv")
    expectDone(try bench.orgreg("import", "--yes", "ods-csv", "hubs.csv", "--issued", "2024-01-01"))
    expectDone(try bench.orgreg("undo", "1", "--yes"))
    expectDone(try bench.orgreg("import", "--yes", "ods-csv", "hubs.csv", "--issued", "2024-01-01"))
    let bodies = try bench.orgreg("sql", "SELECT organisation FROM current_code", "--format", "csv")
    #expect(bodies.lines == ["organisation", "hub-X1A"], "\(bodies)")
  }

  @Test func `Only a lookup has the units of a division`() throws {
    try bench.write(row("X1A", "FIRST HUB"), to: "hubs.csv")
    expectRefused(
      try bench.orgreg("import", "--yes", "ods-csv", "hubs.csv", "--division", "some-event"), "ons-lookup",
      "nothing was changed")
  }

  @Test func `An import that is stopped at any moment leaves the register as it was`() throws {
    let rows = (0..<6_000).map { number in row("Y\(10_000 + number)", "HUB \(number)") }
    try bench.write(rows.joined(), to: "many.csv")
    let command = ["import", "--yes", "ods-csv", "many.csv", "--issued", "2024-01-01"]
    // Time chooses the moments, but never what is expected.
    for wait in [50_000, 200_000, 400_000, 800_000] {
      let running = try bench.command(command).start()
      usleep(UInt32(wait))
      kill(running.process, SIGINT)
      let status = running.finish().status
      if status == 0 { break }
      #expect(status == 128 + SIGINT)
      #expect(try revisions() == "0")
    }
    expectDone(try bench.orgreg("check"))
    #expect(try bench.listing().allSatisfy { !$0.contains(".tmp") })
  }
}
