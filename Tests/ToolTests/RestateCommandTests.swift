import Foundation
import Testing

/// `orgreg restate` as a user runs it: its words, its files, and its refusals.
@Suite struct RestateCommandTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private let words = ["restate", "in.csv", "--code", "code", "--as-at", "2015-04-01", "--to", "2023-04-01"]

  private func restate(_ text: String, _ more: String...) throws -> Run {
    try bench.write(text, to: "in.csv")
    return try bench.orgreg(words + ["--sum", "n"] + more)
  }

  // MARK: What it does

  @Test func `Codes are brought to another day, and the proof stands on standard error`() throws {
    let run = try restate("code,sex,n\n09G,F,10\n09H,F,5\n09X,F,2\n09G,M,1\n")
    expectDone(run)
    #expect(run.stdout == "code,sex,n\n70F,F,17\n70F,M,1\n", "\(run)")
    #expect(run.stderr.contains("n: 18 in = 18 out + 0 unmapped"), "\(run)")
    #expect(run.stderr.contains("2020-04-01-merger-70F"), "\(run)")
    #expect(run.stderr.contains("revision 1"), "\(run)")
  }

  @Test func `Frimley is divided by the published shares`() throws {
    try bench.write("code,n\nD4U1Y,1000\n", to: "in.csv")
    let run = try bench.orgreg(
      "restate", "in.csv", "--code", "code", "--as-at", "2022-04-01", "--to", "2026-04-01", "--sum", "n")
    // Two of the three came from other bodies as well.
    expectDone(run, status: 1)
    #expect(run.stderr.contains("2 targets are partial"), "\(run)")
    #expect(run.stdout == "code,n\n92A,182.041754433\nD9Y0V,229.339252149\nU2G6B,588.618993418\n", "\(run)")
  }

  @Test func `The patients of Hertfordshire in no board are unmapped`() throws {
    try bench.write("pct,n\n5QV,1209467\n", to: "in.csv")
    let run = try bench.orgreg(
      "restate", "in.csv", "--code", "pct", "--as-at", "2012-04-01", "--to", "2022-07-01", "--to-kind", "icb", "--sum",
      "n", "--basis", "patients-2013", "--round", "largest-remainder")
    expectDone(run, status: 1)
    #expect(run.stdout == "pct,n\nQM7,1185050\nQUE,24213\n", "\(run)")
    #expect(run.stderr.contains("'5QV' in part"), "\(run)")
    #expect(run.stderr.contains("1209467 in = 1209263 out + 204 unmapped"), "\(run)")
  }

  @Test func `A series is read row by row at its own days, from a pipe`() throws {
    let run = try bench.orgreg(
      "restate", "-", "--code", "code", "--date", "month", "--to", "2023-04-01", "--sum", "n",
      input: "code,month,n\n00L,2016-04,1\n00L,2023-01,2\n00Q,2016-04,3\n")
    expectDone(run)
    #expect(run.stdout == "code,month,n\n00L,2016-04,1\n00L,2023-01,2\n00Q,2016-04,3\n", "\(run)")
  }

  @Test func `What is unmapped is left out, listed, and makes the exit status 1`() throws {
    let run = try restate("code,n\n09G,1\nZZZ,2.5\n5.00E+01,4\n,8\n")
    expectDone(run, status: 1)
    #expect(run.stdout == "code,n\n70F,1.0\n", "\(run)")
    #expect(run.stderr.contains("'ZZZ': the register does not know this code: 1 row, n 2.5"), "\(run)")
    #expect(run.stderr.contains("'5.00E+01': a program has read a code as a number"), "\(run)")
    #expect(run.stderr.contains("5E1"), "\(run)")
    #expect(run.stderr.contains("'': the code is blank"), "\(run)")
    #expect(run.stderr.contains("3 of 4 rows are unmapped"), "\(run)")
  }

  @Test func `The proof is a file, as JSON or text`() throws {
    expectDone(try restate("code,n\n09G,1\nZZZ,2\n", "--proof", "p.json", "--output", "out.csv"), status: 1)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(try bench.bytes("p.json"))) as? [String: Any])
    #expect((json["rows"] as? [String: Int])?["in"] == 2)
    #expect((json["totals"] as? [[String: Any]])?.first?["unmapped"] as? String == "2")
    #expect(try bench.text("out.csv") == "code,n\n70F,1\n")
    expectDone(try restate("code,n\n00L,1\n", "--proof", "p.txt"))
    #expect(try bench.text("p.txt").contains("n: 1 in = 1 out + 0 unmapped"))
    #expect(try bench.listing().count == 4)
  }

  @Test func `Rows can be kept apart`() throws {
    let run = try restate("n,code\n1,00L\n2,00L\n", "--per-row", "--add-names", "--add-parent", "icb")
    expectDone(run)
    #expect(run.lines.count == 3, "\(run)")
    #expect(run.lines[0] == "n,code,code_name,icb_code,icb_name", "\(run)")
    #expect(run.lines[2].hasPrefix("2,00L,"), "\(run)")
  }

  // MARK: Partial targets

  @Test func `A partial target is told, and makes the exit status 1`() throws {
    let run = try restate("code,n\n09G,10\n09H,5\n00L,1\n", "--add-coverage")
    expectDone(run, status: 1)
    #expect(run.lines[0...1] == ["code,n,coverage", "00L,1,1"], "\(run)")
    #expect(run.lines[2].hasPrefix("70F,15,0."), "\(run)")
    #expect(run.stderr.contains("70F is partial: 2 of 3 bodies; 09X missing"), "\(run)")
    #expect(run.stderr.contains("1 target is partial"), "\(run)")
    expectDone(try restate("code,n\n09G,10\n09H,5\n", "--tolerance", "60%"))
  }

  @Test func `Figures of partial targets are left blank, or nothing is written`() throws {
    let blank = try restate("code,n\n09G,10\n00L,1\n", "--partial", "blank")
    expectDone(blank, status: 1)
    #expect(blank.stdout == "code,n\n00L,1\n70F,\n", "\(blank)")
    #expect(blank.stderr.contains("n: 11 in = 1 out + 0 unmapped + 10 withheld"), "\(blank)")
    let rejected = try restate(
      "code,n\n09G,10\n00L,1\n", "--partial", "reject", "--output", "out.csv", "--proof", "p.json")
    expectDone(rejected, status: 1)
    #expect(rejected.stdout.isEmpty, "\(rejected)")
    #expect(try bench.listing().map { $0.prefix { $0 != " " } } == ["in.csv", "p.json"])
  }

  @Test func `What is unmapped may stay below a tolerance`() throws {
    try bench.write("pct,n\n5QV,1209467\n5PV,1\n", to: "in.csv")
    let words = ["restate", "in.csv", "--code", "pct", "--as-at", "2012-04-01", "--to", "2013-04-01", "--sum", "n"]
    let run = try bench.orgreg(words + ["--to-kind", "ccg"])
    expectDone(run, status: 1)
    #expect(run.stderr.contains("'5QV' in part: in 12W (commissioning-hub): 1 row, n 204"), "\(run)")
    #expect(run.stderr.contains("1 of 2 rows is unmapped, wholly or in part"), "\(run)")
    let tolerant = try bench.orgreg(words + ["--to-kind", "ccg", "--tolerance", "0.98"])
    expectDone(tolerant)
    #expect(tolerant.stderr.contains("12W"), "\(tolerant)")
    let spread = try bench.orgreg(words + ["--to-kind", "ccg", "--tolerance", "0.98", "--other-kinds", "spread"])
    expectDone(spread)
    #expect(!spread.stderr.contains("12W"), "\(spread)")
  }

  @Test func `A body that the law does not know yet is one only in operation`() throws {
    try bench.write("code,n\n13T,2\n", to: "in.csv")
    let words = ["restate", "in.csv", "--code", "code", "--as-at", "2015-01-15", "--to", "2016-04-01", "--sum", "n"]
    expectDone(try bench.orgreg(words), status: 1)
    let run = try bench.orgreg(words + ["--dates", "operational"])
    expectDone(run)
    #expect(run.stdout == "code,n\n13T,2\n", "\(run)")
  }

  @Test func `A register of mergers needs no territory`() throws {
    expectDone(try bench.orgreg("init", "--empty"))
    let bodies = TinyCountry.bodies.split(separator: "\n").filter { line in
      !["parcel", "anchor", "unit"].contains { line.hasPrefix($0 + ",") }
    }
    try bench.write(TinyCountry.words, to: "words.csv")
    try bench.write(bodies.joined(separator: "\n") + "\n", to: "bodies.csv")
    try bench.write(TinyCountry.merger, to: "merger.csv")
    expectDone(try bench.orgreg("apply", "words.csv", "bodies.csv", "merger.csv", "--yes"))
    let words = ["restate", "-", "--code", "kommune", "--as-at", "2019-01-01", "--sum", "people"]
    let whole = "kommune,people\n101,10\n102,5\n"
    let run = try bench.orgreg(words + ["--to", "2021-01-01"], input: whole)
    expectDone(run)
    #expect(run.lines == ["kommune,people", "104,15"], "\(run)")
    let before = try bench.orgreg(words + ["--to", "2019-02-01"], input: whole)
    expectDone(before)
    #expect(before.lines == ["kommune,people", "101,10", "102,5"], "\(before)")
    let part = try bench.orgreg(words + ["--to", "2021-01-01"], input: "kommune,people\n101,10\n")
    expectDone(part, status: 1)
    #expect(part.stderr.contains("104 is partial: 1 of 2 bodies; 102 missing; covered 0.5"), "\(part)")
  }

  // MARK: Bad words

  @Test func `Words that do not fit together are mistakes of usage`() throws {
    expectUsage(
      try bench.orgreg("restate", "-", "--code", "c", "--to", "2023-04-01", "--sum", "n", input: "c,n\n00L,1\n"),
      "--as-at")
    expectUsage(try bench.orgreg(words + ["--date", "d", "--sum", "n"]), "either --as-at")
    expectUsage(try bench.orgreg(words), "--sum")
    expectUsage(try bench.orgreg(words + ["--rate", "n"]), "COLUMN/DENOMINATOR")
    expectUsage(try bench.orgreg(words + ["--sum", "n", "--round", "up"]), "up")
    expectUsage(try bench.orgreg(words + ["--sum", "n", "--tolerance", "200%"]), "less than 1")
    expectUsage(try bench.orgreg(words + ["--sum", "n", "--tolerance", "2 percent"]), "0.02 or 2%")
    expectUsage(try bench.orgreg(words + ["--sum", "n", "--partial", "drop"]), "drop")
    expectUsage(try bench.orgreg(words + ["--sum", "n", "--per-row", "--add-coverage"]), "leave out --partial")
  }

  @Test func `Unknown kinds, bases and schemes are refused`() throws {
    expectRefused(try restate("code,n\n", "--to-kind", "bishop"), "unknown kind 'bishop'")
    expectRefused(try restate("code,n\n", "--to-kind", "pct"), "no body has the kind 'pct' on 2023-04-01")
    expectRefused(try restate("code,n\n", "--basis", "area"), "unknown basis 'area'")
    expectRefused(try restate("code,n\n", "--scheme", "osn"), "unknown scheme 'osn'")
    expectRefused(try restate("code,n\n", "--add-parent", "bishop"), "unknown kind 'bishop'")
  }

  @Test func `A day before the register is refused`() throws {
    try bench.write("code,d,n\n09G,1066-10-14,1\n", to: "in.csv")
    expectRefused(
      try bench.orgreg("restate", "in.csv", "--code", "code", "--date", "d", "--to", "2023-04-01", "--sum", "n"),
      "in.csv: line 2, column 'd': 1066-10-14 is before the first day")
    expectRefused(
      try bench.orgreg(
        "restate", "in.csv", "--code", "code", "--as-at", "1066-10-14", "--to", "2023-04-01", "--sum", "n"),
      "1066-10-14 is before the first day")
  }

  // MARK: Bad files

  static let damaged: [(name: String, text: String, words: [String])] = [
    ("empty", "", ["line 1", "empty"]),
    ("no such column", "code,m\n", ["line 1", "no column 'n'", "code, m"]),
    ("a column twice", "code,n,n\n", ["line 1", "'n' occurs twice"]),
    ("too few fields", "code,n\n09G\n", ["line 2", "1 fields", "2 columns"]),
    ("too many fields", "code,n\n09G,1\n09G,1,1\n", ["line 3", "3 fields"]),
    ("an open quote", "code,n\n09G,\"1\n", ["line 2", "column 5", "quote"]),
    ("a quote inside", "code,n\n09G,1\"2\n", ["line 2", "column 6", "quote"]),
    ("text after a quote", "code,n\n\"09G\"x,1\n", ["line 2", "column 6", "quote"]),
    ("not a number", "code,n\n09G,1\n09G,NaN\n", ["line 3, column 'n'", "'NaN'"]),
    ("NA", "code,n\n09G,NA\n", ["line 2, column 'n'", "'NA'"]),
    ("a decimal comma", "code,n\n09G,\"1,00\"\n", ["line 2, column 'n'", "'1,00'"]),
    ("too many digits", "code,n\n09G,\(String(repeating: "9", count: 39))\n", ["line 2, column 'n'", "38 digits"]),
    (
      "overflow", "code,n\n" + String(repeating: "09G,\(String(repeating: "9", count: 38))\n", count: 2),
      ["line 3, column 'n'", "38 digits"]
    ),
    (
      "overflow of the total",
      "code,n\n" + ["09G", "00L"].map { "\($0),\(String(repeating: "9", count: 38))\n" }.joined(),
      ["column 'n'", "total", "38 digits"]
    ),
    ("a NUL byte", "code,n\n09G,\u{0}1\n", ["line 2", "NUL"]),
    ("a long field", "code,n\n\(String(repeating: "x", count: 10_000_000)),1\n", ["line 2", "longer than 1048576"]),
    ("a damaged archive", "PK\u{3}\u{4}rest of a zip", ["cannot read in.csv: it ends too early"]),
  ]

  @Test(arguments: damaged) func `A damaged file is refused with its place, and nothing is left`(
    _ damage: (name: String, text: String, words: [String])
  ) throws {
    try bench.write(damage.text, to: "in.csv")
    let before = try bench.listing()
    for more in [[], ["--per-row"]] {
      let run = try bench.orgreg(words + ["--sum", "n", "--output", "out.csv", "--proof", "proof.json"] + more)
      expectRefused(run, "in.csv: ", status: 2)
      for word in damage.words { #expect(run.stderr.contains(word), "\(damage.name), \(word)\(run)") }
      #expect(try bench.listing() == before, "\(damage.name)")
    }
  }

  @Test func `An old spreadsheet and bytes of no encoding are refused`() throws {
    try bench.write([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], to: "in.csv")
    expectRefused(try bench.orgreg(words + ["--sum", "n"]), "old spreadsheet")
    try bench.write(Array("code,g,n\n09G,".utf8) + [0x81] + Array(",1\n".utf8), to: "in.csv")
    expectRefused(try bench.orgreg(words + ["--sum", "n"]), "line 2", "81 is neither UTF-8 nor Windows-1252")
  }

  @Test(.enabled(if: Workbench.has("python3"), "needs python3"))
  func `Files in gzip and zip are read as they are; of several it must be said which`() throws {
    try bench.write("code,n\n09G,10\n09H,5\n09X,2\n", to: "in.csv")
    expectDone(
      try bench.bash(
        """
        python3 -c "
        import gzip, zipfile
        gzip.open('in.csv.gz', 'wb').write(open('in.csv', 'rb').read())
        zipfile.ZipFile('one.zip', 'w', zipfile.ZIP_DEFLATED).write('in.csv')
        archive = zipfile.ZipFile('two.zip', 'w'); archive.write('in.csv'); archive.write('in.csv', 'other.csv')
        sheet = zipfile.ZipFile('codes.xlsx', 'w')
        sheet.writestr('[Content_Types].xml', '<Types/>'); sheet.writestr('xl/workbook.xml', '<workbook/>')"
        """))
    let rest = Array(words.dropFirst(2)) + ["--sum", "n"]
    for file in ["in.csv.gz", "one.zip"] {
      let run = try bench.orgreg(["restate", file] + rest)
      expectDone(run)
      #expect(run.stdout == "code,n\n70F,17\n", "\(run)")
      expectDone(try bench.orgreg("lint", "codes", file, "--code", "code", "--as-at", "2015-04-01"))
    }
    for command in [["restate", "two.zip"] + rest, ["lint", "codes", "two.zip", "--code", "code"]] {
      expectRefused(try bench.orgreg(command), "two.zip: the archive has 2 files in it: unpack the one that is meant")
    }
    for command in [["restate", "codes.xlsx"] + rest, ["lint", "codes", "codes.xlsx", "--code", "code"]] {
      expectRefused(try bench.orgreg(command), "codes.xlsx: this is a spreadsheet: save it as CSV")
    }
  }

  @Test(arguments: ["2015-4-1", "2015-02-30", "01/04/2015", "April", "", "201504"])
  func `A wrong day in a file has its line and column`(day: String) throws {
    try bench.write("code,d,n\n09G,2015-04-01,1\n09G,\(day),1\n", to: "in.csv")
    let run = try bench.orgreg("restate", "in.csv", "--code", "code", "--date", "d", "--to", "2023-04-01", "--sum", "n")
    expectRefused(run, "line 3, column 'd'", "'\(day)' is no day")
  }

  @Test func `Files that cannot be read or written are said`() throws {
    expectRefused(try bench.orgreg(words + ["--sum", "n"]), "cannot open in.csv")
    try bench.write("code,n\n09G,1\n", to: "in.csv")
    expectRefused(try bench.orgreg(words + ["--sum", "n", "--output", "no/such/out.csv"]), "no/such/out.csv")
    let closed = try bench.bash(
      "$orgreg restate - --code code --as-at 2015-04-01 --to 2023-04-01 --sum n --output out.csv <&-")
    expectRefused(closed, "standard input")
    #expect(try bench.listing().count == 1)
    let short = try bench.bash(
      "printf 'code,n\\n09G' | $orgreg restate - --code code --as-at 2015-04-01 --to 2023-04-01 --sum n --output o.csv"
    )
    expectRefused(short, "standard input: line 2: 1 fields")
    #expect(try bench.listing().count == 1)
  }

  @Test func `A reader that leaves early is no failure`() throws {
    try bench.write("code,n\n" + String(repeating: "09G,1\n", count: 50_000), to: "in.csv")
    let run = try bench.bash(
      "set -o pipefail; $orgreg restate in.csv --code code --as-at 2015-04-01 --to 2023-04-01 --sum n --per-row | head -1"
    )
    expectDone(run)
    #expect(run.stdout == "code,n\n", "\(run)")
  }
}
