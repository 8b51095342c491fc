import Foundation
import RegistryTestSupport
import Testing

/// Wrong words and damaged files are refused in one clear sentence, and nothing is half-written.
@Suite struct BadInputTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  // MARK: Words

  @Test(arguments: [
    "list cgc", "report counts --kind cgc", "successions --kind cgc", "list CCG", "list pct|ccg",
  ]) func `An unknown kind is said, with those that there are`(words: String) throws {
    let run = try bench.orgreg(words.split(separator: " ").map(String.init))
    expectRefused(run, "unknown kind '\(words.split(separator: " ").last ?? "")'", "ccg", "sub-icb-location")
  }

  @Test func `An unknown scheme is said, with those that there are`() throws {
    expectRefused(try bench.orgreg("list", "pct", "--scheme", "osn"), "unknown scheme 'osn'", "ods, ons")
  }

  @Test func `An unknown code is said, with those that are near`() throws {
    expectRefused(try bench.orgreg("show", "00LL"), "unknown code '00LL'", "00L")
    expectRefused(try bench.orgreg("show", "O0L"), "unknown code 'O0L'", "00L")
    expectRefused(try bench.orgreg("show", "E3800013"), "unknown code 'E3800013'", "E38000130")
    expectRefused(try bench.orgreg("show", "???"), "unknown code '???'")
    expectRefused(try bench.orgreg("show", "5.00E+01"), "'5.00E+01' is a code that a spreadsheet", "perhaps '5E1'")
    expectRefused(try bench.orgreg("show", String(repeating: "x", count: 5_000)), "unknown code")
    expectRefused(try bench.orgreg("show", ""), "unknown code ''")
  }

  @Test func `A code of another day is said to be that, with its bodies`() throws {
    let run = try bench.orgreg("show", "00L", "--on", "2000-01-01")
    expectRefused(run, "'00L' on 2000-01-01", "ccg-00L", "location-00L")
  }

  @Test func `A code in small letters is understood`() throws {
    let run = try bench.orgreg("show", "00l", "--on", "2016-04-01", "--format", "text")
    expectDone(run)
    #expect(run.stdout.contains("[ccg-00L]"), "\(run)")
  }

  @Test(arguments: [
    "2020-02-30", "2021-02-29", "2020-13-01", "0000-01-01", "2020-2-3", "20200203", "01/04/2020", "today", "",
    "2020-04-01 ",
  ]) func `An impossible day is a mistake of usage`(day: String) throws {
    expectUsage(try bench.orgreg("list", "ccg", "--on", day), "'\(day)'")
  }

  @Test(arguments: [
    "show 00L --on", "find devon --on", "successions --from", "successions --to", "report counts --on",
    "import ods-csv x --issued",
  ]) func `Every option that takes a day refuses an impossible one`(words: String) throws {
    let words = words.split(separator: " ").map(String.init)
    expectUsage(try bench.orgreg(words + ["2020-02-30"]), "'2020-02-30'")
  }

  @Test(arguments: [
    ("2020-13-01", "there is no month 13"), ("2021-02-29", "this month has no day 29"),
    ("01/04/2020", "a day is written YYYY-MM-DD"), ("2020-4-1", "a day is written YYYY-MM-DD"),
    ("2020-02", "this is a month: ask for a day of it, such as 2020-02-01 or 2020-02-29"),
  ]) func `An impossible day is refused with the reason`(day: String, reason: String) throws {
    expectUsage(try bench.orgreg("list", "ccg", "--on", day), reason)
  }

  // MARK: Change files

  static let header = "record,key,value,scheme,organisation,from,to,amount,kind,status,nature,type,event,other\n"

  static let damaged: [(name: String, text: String, words: [String])] = [
    ("empty", "", ["bad.csv:1:", "empty"]),
    ("a header that is none", "hello\n", ["bad.csv:1:", "change file?"]),
    ("no record column", "key,value\na,b\n", ["bad.csv:1:", "record"]),
    ("a column twice", "record,key,key\n", ["bad.csv:1:", "'key' occurs twice"]),
    ("too few fields", header + "kind,a\n", ["bad.csv:2:", "2 fields", "14"]),
    ("too many fields", "record,key,value\nkind,a,b\nkind,c,d,e\n", ["bad.csv:3:", "4 fields", "3"]),
    ("semicolons", "record;key;value\nkind;a;b\n", ["bad.csv:1:", "semicolons or tabs", "with commas"]),
    ("a NUL byte", "record,key,value\nkind,a,\0b\n", ["bad.csv:2:", "column", "NUL"]),
    ("an open quote", "record,key,value\nkind,a,\"b\n", ["bad.csv:2:", "column", "quote"]),
    ("a quote inside", "record,key,value\nkind,a,b\"c\n", ["bad.csv:2:", "column", "quote"]),
    ("text after a quote", "record,key,value\nkind,a,\"b\"c\n", ["bad.csv:2:", "column", "quote"]),
    ("a lone carriage return", "record,key,value\rkind,a,b\r", ["bad.csv:1:", "carriage return"]),
    ("an unknown record", "record,key\nbishop,a\n", ["bad.csv:2:", "'bishop'"]),
    ("a blank record", "record,key\n,a\n", ["bad.csv:2:", "record"]),
    ("a column without use", "record,key,value,scheme\nkind,a,b,c\n", ["bad.csv:2:", "'scheme'"]),
    ("a field that is missing", "record,key,value\nkind,a,\n", ["bad.csv:2:", "'value'"]),
    (
      "an impossible day", "record,organisation,scheme,value,from\nname,m-ash,no,Ashe,2020-02-30\n",
      ["bad.csv:2:", "2020-02-30"]
    ),
    (
      "a life that ends before it begins",
      "record,organisation,scheme,value,from,to\nname,m-ash,no,A,2020-02-02,2020-02-01\n",
      ["bad.csv:2:", "2020-02-01", "2020-02-02"]
    ),
    (
      "a code that a spreadsheet damaged",
      "record,organisation,scheme,value,from\ncode,m-ash,no,5.00E+01,2020-02-01\n", ["bad.csv:2:", "5.00E+01", "5E1"]
    ),
    ("no number", "record,organisation,kind,amount,from\nmeasure,m-ash,k,many,2020-01-01\n", ["bad.csv:2:", "'many'"]),
    (
      "an unknown body", "record,organisation,scheme,value,from\nname,m-nobody,no,A,2020-02-01\n",
      ["bad.csv:2:", "m-nobody"]
    ),
    (
      "an unknown scheme", "record,organisation,scheme,value,from\nname,m-ash,nope,A,2020-02-01\n",
      ["bad.csv:2:", "nope"]
    ),
    ("an unknown kind", "record,organisation,kind,from\nrole,m-ash,parish,2020-02-01\n", ["bad.csv:2:", "parish"]),
    (
      "an unknown status", "record,organisation,kind,from,status\nrole,m-ash,county,2020-02-01,perhaps\n",
      ["bad.csv:2:", "'perhaps'"]
    ),
  ]

  @Test(.tags(.slow), .inFullRuns, arguments: damaged.map(\.name))
  func `A damaged change file is refused with its line`(name: String) throws {
    let (_, text, words) = try #require(Self.damaged.first { $0.name == name })
    try bench.makeTinyCountry()
    try bench.write(text, to: "bad.csv")
    for mode in ["--yes", "--dry-run"] {
      let run = try bench.orgreg("apply", "bad.csv", mode)
      // A first line that is not a header has two problems.
      expectRefused(run, "problem", "nothing was changed", lines: words == ["bad.csv:1:", "change file?"] ? 3 : 2)
      for word in words { #expect(run.stderr.contains(word), "not in the message: \(word)\(run)") }
    }
    let revisions = try bench.orgreg("sql", "SELECT count(*) FROM revision", "--format", "csv")
    #expect(revisions.lines.last == "1", "\(revisions)")
  }

  @Test func `Bytes that are not UTF-8 are refused with line and column`() throws {
    try bench.makeTinyCountry()
    try bench.write(Array("record,key,value\nkind,a,Caf".utf8) + [0xE9, 0x0A], to: "bad.csv")
    expectRefused(try bench.orgreg("apply", "bad.csv", "--yes"), "bad.csv:2:", "column 3", "UTF-8", lines: 2)
  }

  @Test func `All problems of a file are listed, each with its line`() throws {
    try bench.makeTinyCountry()
    try bench.write("record,key,value\n" + String(repeating: "bishop,a,b\n", count: 120), to: "bad.csv")
    let run = try bench.orgreg("apply", "bad.csv", "--yes")
    expectRefused(run, "bad.csv:2:", "bad.csv:51:", "... and 70 more", "120 problems; nothing was changed", lines: 52)
  }

  @Test func `A byte order mark and Windows line ends are borne`() throws {
    try bench.makeTinyCountry()
    try bench.write("\u{FEFF}" + TinyCountry.merger.replacing("\n", with: "\r\n"), to: "windows.csv")
    expectDone(try bench.orgreg("apply", "windows.csv", "--yes"))
  }

  @Test func `A change file that is missing, a folder, or empty input is said to be such`() throws {
    try bench.makeTinyCountry()
    expectRefused(try bench.orgreg("apply", "missing.csv", "--yes"), "missing.csv: No such file")
    expectRefused(try bench.orgreg("apply", ".", "--yes"), "Is a directory")
    expectRefused(try bench.orgreg("apply", "-", "--yes"), "empty", lines: 2)
    expectRefused(try bench.orgreg("import", "--yes", "ods-csv", "missing.csv"), "missing.csv: No such file")
    expectRefused(try bench.orgreg("import", "--yes", "ods-csv", "."), "Is a directory")
    expectRefused(try bench.orgreg("import", "--yes", "ods-csv", "-"), "empty")
  }
}
