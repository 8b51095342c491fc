import Foundation
import RegistryTestSupport
import Testing

@Suite struct LintCommandTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private static let days = ["--from", "2013-04-01", "--to", "2021-04-01"]

  private func crosswalk(_ file: String, shares: Bool = true) throws -> Run {
    try bench.orgreg(
      ["lint", "crosswalk", file, "--from-column", "from_code", "--to-column", "to_code", "--format", "csv"]
        + Self.days + (shares ? ["--share-column", "share"] : []))
  }

  /// The register's own crosswalk, line by line.
  private func ownCrosswalk() throws -> [String] {
    let run = try bench.orgreg(["crosswalk", "--format", "csv"] + Self.days)
    expectDone(run)
    return run.lines
  }

  // MARK: Codes

  @Test func `Codes of one day are clean, and their days are said`() throws {
    try bench.write("code,n\n00L,1\n00N,2\n", to: "codes.csv")
    let run = try bench.orgreg(
      "lint", "codes", "codes.csv", "--code", "code", "--as-at", "2016-04-01", "--format", "csv")
    expectDone(run)
    #expect(
      run.stdout == """
        line,value,finding,detail
        ,,valid-together,all 2 codes: 2013-04-01 to 2022-06-30 (ccg); since 2022-07-01 (sub-icb-location)

        """, "\(run)")
    #expect(run.complaints == ["orgreg: nothing is wrong"], "\(run)")
  }

  @Test func `Findings have their lines, and exit status 1`() throws {
    let text = "code,name\r\n00L,x\r\n00N,\"two\r\nlines\"\r\n13Q,x\r\n00C,x\r\n5.00E+01,x\r\nE38000130,x\r\n00LL,x\r\n"
    try bench.write("\u{FEFF}" + text, to: "codes.csv")
    let words = ["lint", "codes", "--code", "code", "--as-at", "2020-04-01", "--format", "csv"]
    let run = try bench.orgreg(words + ["codes.csv"])
    expectDone(run, status: 1)
    #expect(
      run.lines.dropFirst(2).map { $0.split(separator: ",").prefix(3).joined(separator: ",") } == [
        "5,13Q,other-kind", "6,00C,closed", "7,5.00E+01,damaged", "8,E38000130,mixed-schemes", "9,00LL,unknown",
      ], "\(run)")
    #expect(run.complaints.last == "orgreg: 5 findings", "\(run)")
    #expect(try bench.orgreg(words + ["-"], input: text).stdout == run.stdout)
  }

  @Test func `A column of nonsense is not a crash`() throws {
    try bench.write("code\n" + (0..<3_000).map { "nonsense \($0)\n" }.joined(), to: "codes.csv")
    let run = try bench.orgreg("lint", "codes", "codes.csv", "--code", "code", "--format", "csv")
    expectDone(run, status: 1)
    #expect(run.lines.count == 3_001, "\(run)")
  }

  @Test func `Every form of output is there`() throws {
    try bench.write("code\n00C\n", to: "codes.csv")
    let words = ["lint", "codes", "codes.csv", "--code", "code", "--as-at", "2020-04-01", "--format"]
    let json = try bench.orgreg(words + ["json"]).stdout
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]], "\(json)")
    #expect(rows.map { $0["line"] as? Int } == [nil, 2] && rows.last?["finding"] as? String == "closed", "\(json)")
    #expect(try bench.orgreg(words + ["markdown"]).stdout.contains("| 00C"))
    #expect(try bench.orgreg(words + ["table"]).stdout.hasPrefix("line  value  finding"))
  }

  // MARK: Crosswalks

  @Test func `The register's own crosswalk is clean`() throws {
    try bench.write(try ownCrosswalk().joined(separator: "\n") + "\n", to: "own.csv")
    let run = try crosswalk("own.csv")
    expectDone(run)
    #expect(run.stdout == "line,value,finding,detail\n", "\(run)")
  }

  /// Each damages the register's own crosswalk: what is replaced, by what, and what is found.
  static let damages: [(name: String, from: String, to: String, found: String)] = [
    ("a duplicate", "^(00C,.*)$", "$1\n$1", "3,00C,duplicate"),
    ("a share too small", #"^(00C,.*),1,(\d+),"#, "$1,0.9,$2,", "2,00C,share-sum"),
    ("a share that differs", #"^(01H,.*),0\.\d+,"#, "$1,0.7,", ",01H,share-differs"),
    ("a share that is none", #"^(00C,.*),1,(\d+),"#, "$1,all,$2,", "2,all,share-invalid"),
    ("a blank share", #"^(00C,.*),1,(\d+),"#, "$1,,$2,", "2,00C,share-missing"),
    ("a missing source", "^00C,.*\n", "", ",00C,source-missing"),
    ("a chain", "^(10G,.*),D4U1Y,", "$1,15D,", ",15D,unfinished-chain"),
    ("a dead target", "^(00C,.*),16C,", "$1,5E1,", "2,5E1,target-not-alive"),
    ("a wrong target", "^(00C,.*),16C,", "$1,84H,", "2,84H,wrong-target"),
    ("a missing target", "^01E,[^,]*,02M,.*\n", "", ",01E,missing-target"),
    ("a damaged code", "^02D,", "2,", ",2,damaged"),
    ("an unknown code", "^00C,", "OOC,", "2,OOC,unknown"),
    ("an ONS code", "^00C,", "E38000042,", "2,E38000042,mixed-schemes"),
    ("a small letter", "^00C,", "00c,", "2,00c,untidy"),
  ]

  @Test(.tags(.slow), .inFullRuns, arguments: damages.map(\.name)) func `A damaged crosswalk is found out`(name: String)
    throws
  {
    let (_, from, to, found) = try #require(Self.damages.first { $0.name == name })
    let own = try ownCrosswalk().joined(separator: "\n") + "\n"
    let pattern = try NSRegularExpression(pattern: from, options: .anchorsMatchLines)
    let damaged = pattern.stringByReplacingMatches(
      in: own, range: NSRange(own.startIndex..., in: own), withTemplate: to)
    #expect(damaged != own)
    try bench.write(damaged, to: "damaged.csv")
    let run = try crosswalk("damaged.csv")
    expectDone(run, status: 1)
    #expect(run.lines.contains { $0.hasPrefix(found) || $0.contains(found) }, "\(found)\(run)")
  }

  @Test func `A lookup without shares says what it does to totals`() throws {
    try bench.write(try ownCrosswalk().joined(separator: "\n") + "\n", to: "own.csv")
    let run = try crosswalk("own.csv", shares: false)
    expectDone(run, status: 1)
    #expect(run.lines.contains { $0.hasPrefix(",share-missing,total-effect,4 bodies ") }, "\(run)")
  }

  @Test func `A tolerance lets a file leave out small parts, and says how many`() throws {
    let own = try ownCrosswalk().filter { line in !line.hasPrefix("01E,") || !line.contains(",02M,") }
    try bench.write(own.joined(separator: "\n") + "\n", to: "own.csv")
    let words = ["lint", "crosswalk", "own.csv", "--from-column", "from_code", "--to-column", "to_code"] + Self.days
    for tolerance in ["2%", "0.02"] {
      let run = try bench.orgreg(words + ["--share-column", "share", "--tolerance", tolerance, "--format", "csv"])
      expectDone(run)
      #expect(
        run.complaints == ["orgreg: the file leaves out 1 part below the tolerance", "orgreg: nothing is wrong"],
        "\(run)")
    }
    expectUsage(try bench.orgreg(words + ["--tolerance", "2"]), "from 0 to less than 1; did you mean 2%?")
    expectUsage(try bench.orgreg(words + ["--tolerance", "100%"]), "from 0 to less than 1")
    for tolerance in ["-1", "a bit", "%", "1e-3"] {
      expectUsage(try bench.orgreg(words + ["--tolerance=\(tolerance)"]), "a tolerance is written 0.02 or 2%")
    }
  }

  // MARK: Bad input

  static let bad: [(name: String, bytes: [UInt8], words: [String])] = [
    ("empty", [], ["bad.csv: line 1: the file is empty"]),
    ("only a header", Array("code,n\n".utf8), ["bad.csv: line 1:", "no rows"]),
    ("no such column", Array("kode,n\na,b\n".utf8), ["bad.csv: line 1:", "'code'", "kode, n"]),
    ("a column twice", Array("code,n,code\na,b,c\n".utf8), ["bad.csv: line 1:", "'code' occurs twice"]),
    ("too few fields", Array("code,n\na,b\nc\n".utf8), ["bad.csv: line 3:", "1 field", "2"]),
    ("too many fields", Array("code,n\na,b,c\n".utf8), ["bad.csv: line 2:", "3 fields", "2"]),
    ("an open quote", Array("code,n\na,\"b\n".utf8), ["bad.csv: line 2:", "column 3", "quote"]),
    ("a quote inside", Array("code,n\na\"b,c\n".utf8), ["bad.csv: line 2:", "column 2", "quote"]),
    ("a NUL byte", Array("code,n\na,\0\n".utf8), ["bad.csv: line 2:", "column 3", "NUL"]),
    ("no encoding", Array("code,n\nCaf".utf8) + [0x81, 0x2C, 0x0A], ["bad.csv: line 2:", "byte 81", "UTF-8"]),
    ("a damaged archive", [0x50, 0x4B, 0x03, 0x04, 0, 0], ["bad.csv: it ends too early"]),
    ("an old spreadsheet", [0xD0, 0xCF, 0x11, 0xE0, 0, 0], ["bad.csv: this is an old spreadsheet"]),
  ]

  @Test(arguments: bad.map(\.name)) func `A bad file is refused in one sentence`(name: String) throws {
    let (_, bytes, words) = try #require(Self.bad.first { $0.name == name })
    try bench.write(bytes, to: "bad.csv")
    for command in [
      ["codes", "bad.csv", "--code", "code"],
      ["crosswalk", "bad.csv", "--from-column", "code", "--to-column", "n"] + Self.days,
    ] {
      let run = try bench.orgreg(["lint"] + command)
      expectRefused(run)
      for word in words { #expect(run.stderr.contains(word), "not in the message: \(word)\(run)") }
    }
  }

  @Test func `A file that is missing, a folder, and no options are said to be such`() throws {
    expectRefused(try bench.orgreg("lint", "codes", "none.csv", "--code", "c"), "none.csv: No such file")
    expectRefused(try bench.orgreg("lint", "codes", ".", "--code", "c"), "Is a directory")
    expectUsage(try bench.orgreg("lint", "codes", "none.csv"), "--code")
    expectUsage(try bench.orgreg("lint", "codes", "none.csv", "--code", "c", "--as-at", "2020-02-30"), "2020-02-30")
    expectUsage(try bench.orgreg("lint", "crosswalk", "x.csv", "--from-column", "a", "--to-column", "b"), "--from")
  }

  // MARK: A register of one's own

  @Test func `Another country's codes are linted by another country's register`() throws {
    try bench.makeTinyCountry()
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
    try bench.write("from,to\n101,104\n102,103\n103,103\n", to: "tiny.csv")
    let run = try bench.orgreg(
      "lint", "crosswalk", "tiny.csv", "--from-column", "from", "--to-column", "to", "--from", "2019-01-01", "--to",
      "2021-01-01", "--format", "csv")
    expectDone(run, status: 1)
    let wrong = "3,103,wrong-target,nothing of 102 lies there; on 2021-01-01 it lies in 104"
    #expect(run.lines.contains(wrong), "\(run)")
    let codes = try bench.orgreg(
      "lint", "codes", "tiny.csv", "--code", "to", "--as-at", "2019-01-01", "--format", "csv")
    #expect(
      codes.lines.last == "2,104,not-yet-open,\"municipality Dale opens on 2020-01-01, after 2019-01-01\"", "\(codes)")
  }
}
