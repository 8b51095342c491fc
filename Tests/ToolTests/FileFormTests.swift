import Foundation
import Testing

/// Files as people hold them: what is recognised and told, what is asked for, and what is refused.
@Suite struct FileFormTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private static let words = ["restate", "-", "--code", "c", "--to", "2023-04-01", "--tolerance", "99%"]

  /// Restates figures of 2016-04-01. Partial targets are told, and no matter here.
  private func restate(_ text: String, _ more: String...) throws -> Run {
    try bench.orgreg(Self.words + ["--as-at", "2016-04-01"] + more, input: text)
  }

  private func restate(day: String, _ more: String...) throws -> Run {
    try bench.orgreg(Self.words + ["--date", "d", "--sum", "n"] + more, input: "c,d,n\n07L,\(day),1\n")
  }

  // MARK: Columns

  @Test func `Options that take several columns are repeated, listed, or patterns`() throws {
    let text = "ccg_name,c,age_0,age_1,\"a,b\"\nx,00C,45,1,7\nx,00K,50,2,8\n"
    for sums in [
      ["--sum", "age_0", "--sum", "age_1"], ["--sum", "age_0,age_1"], ["--sum", "age_*"], ["--sum", "3,4"],
    ] {
      let run = try bench.orgreg(
        Self.words + ["--as-at", "2016-04-01", "--drop", "*_name", "--drop", "a,b"] + sums, input: text)
      expectDone(run)
      #expect(run.stdout == "c,age_0,age_1\n16C,95,3\n", "\(run)")
    }
    let run = try restate(text, "--sum", "age_0,age_1", "--sum", "a,b")
    #expect(run.stdout == "ccg_name,c,age_0,age_1,\"a,b\"\nx,16C,95,3,15\n", "\(run)")
  }

  @Test func `One of two columns of a name is said by its number`() throws {
    let text = "c,n,n\n07L,1,2\n"
    expectRefused(try restate(text, "--sum", "n"), "'n' occurs twice: say 'n#1' or 'n#2'")
    #expect(try restate(text, "--sum", "n#2").stdout == "c,n,n\nA3A8R,1,2\n")
  }

  @Test func `A first row that is data is no header`() throws {
    expectRefused(try restate("07L,5\n07L,2\n", "--sum", "2"), "there is no column 'c'")
    let words = ["restate", "-", "--code", "1", "--as-at", "2016-04-01", "--to", "2023-04-01", "--sum", "2"]
    expectRefused(try bench.orgreg(words, input: "07L,5\n07L,2\n"), "'07L' is a code", "--no-header")
    let run = try bench.orgreg(words + ["--no-header", "--tolerance", "99%"], input: "07L,1\n07L,2\n")
    #expect(run.stdout == "1,2\nA3A8R,3\n", "\(run)")
  }

  // MARK: Codes

  @Test func `Codes padded with zeros, in small letters and with blanks are read, and told once`() throws {
    let run = try restate("c,n\n07L00,1\n07L,2\n 07l ,4\n07L\u{A0},8\n", "--sum", "n")
    expectDone(run)
    #expect(run.stdout == "c,n\nA3A8R,15\n", "\(run)")
    #expect(run.stderr.contains("1 code in 1 row is padded with zeros: '07L00' is read as 07L"), "\(run)")
    let lint = try bench.orgreg(
      "lint", "codes", "-", "--code", "c", "--format", "csv", input: "c\n07L00\n5P200\n13Q00\n")
    #expect(lint.stdout.contains("padded,3 codes in 3 rows are padded with zeros: '07L00' is read as 07L"), "\(lint)")
    #expect(!lint.stdout.contains("unknown"), "\(lint)")
    let show = try bench.orgreg("show", "07L00", "--on", "2016-04-01", "--format", "text")
    expectDone(show)
    #expect(show.stderr.contains("'07L00' is read as 07L"), "\(show)")
    #expect(try bench.orgreg("find", "07L00", "--format", "csv").stdout.contains("07L,"))
  }

  @Test func `What is no body has a reason of its own`() throws {
    let run = try restate(
      "c,n\nENG,6\n07L,2\nX98,1\n7A1,2\nE92000001,2\nQ99,1\nXMD00,1\n2.00E+00,1\nW91001,1\n", "--sum", "n")
    for words in [
      "'ENG': England as a whole", "'E92000001': England as a whole", "'X98': overseas", "'7A1': Wales",
      "'W91001': Wales", "'Q99': not known", "'XMD00': not applicable", "'2.00E+00': a program has read a code", "02E",
    ] { #expect(run.stderr.contains(words), "\(words)\(run)") }
    let total = try restate("c,n\nEngland,6\n07L,2\n07N,4\n", "--sum", "n")
    #expect(total.stderr.contains("it is the sum of all other rows"), "\(total)")
    let region = try restate("c,n\nY57,1\n", "--sum", "n", "--to-kind", "region")
    #expect(!region.stderr.contains("'Y57': not applicable"), "\(region)")
  }

  // MARK: Days

  static let days = [
    ("201304", "2013-04-01"), ("2017_09", "2017-09-01"), ("01SEP2017", "2017-09-01"), ("01-Apr-17", "2017-04-01"),
    ("1 September 2017", "2017-09-01"), ("Apr-13", "2013-04-01"), ("25/02/2016", "2016-02-25"),
    ("2013/14", "2013-04-01"), ("2013-2014", "2013-04-01"), ("Q2 2013/14", "2013-07-01"),
    ("2013/14 Q4", "2014-01-01"), ("2013 Q3", "2013-07-01"), ("20130401", "2013-04-01"),
  ]

  @Test(arguments: days) func `A form of days that has one reading is read, and told`(text: String, day: String) throws
  {
    let run = try restate(day: text)
    expectDone(run)
    #expect(run.stdout == "c,d,n\nA3A8R,\(text),1\n", "\(run)")
    #expect(run.stderr.contains("\(text) is read as \(day)"), "\(run)")
  }

  static let openDays = [
    ("2006-07", "--date-format 'fy'"), ("201011", "--date-format 'fy'"), ("01/04/2016", "--date-format '%d/%m/%Y'"),
    ("01-04-13", "three ways"), ("2013", "--date-format fy"), ("13-Apr", "%y-%b"),
  ]

  @Test(arguments: openDays) func `A form of days that has two readings is asked for`(text: String, words: String)
    throws
  {
    expectRefused(try restate(day: text), "line 2, column 'd'", "'\(text)'", words)
  }

  @Test func `The form of the days is said`() throws {
    #expect(try restate(day: "2013", "--date-format", "mid-year").stderr.contains("2013 is read as 2013-06-30"))
    #expect(try restate(day: "2013-14", "--date-format", "fy").stderr.contains("2013-14 is read as 2013-04-01"))
    #expect(try restate(day: "01-04-13", "--date-format", "%d-%m-%y").stderr.contains("is read as 2013-04-01"))
    expectUsage(try restate(day: "2013", "--date-format", "year"), "no form of days")
  }

  @Test func `Financial years are never months, in a file or a pipe, and one column has one form`() throws {
    let years = "c,d,n\n5A3,2009-10,1\n5A3,2010-11,1\n5A3,2011-12,1\n"
    let words = Self.words + ["--date", "d", "--sum", "n"]
    let run = try bench.orgreg(words, input: years)
    #expect(run.stderr.contains("financial years: 2009-10 is read as 2009-04-01"), "\(run)")
    try bench.write(years, to: "years.csv")
    #expect(try bench.orgreg(words.map { $0 == "-" ? "years.csv" : $0 }).stdout == run.stdout)
    let mixed = try bench.orgreg(words, input: years + "5A3,2012-09,1\n")
    #expect(mixed.stderr.contains("months"), "\(mixed)")
    let later = String(repeating: "5A3,2009-10,1\n5A3,2010-11,1\n5A3,2011-12,1\n", count: 4_000)
    expectRefused(
      try bench.orgreg(words, input: "c,d,n\n" + later + "5A3,2012-09,1\n"), "line 12002, column 'd'",
      "'2012-09' is no day; the column holds financial years, such as '2009-10' in line 2")
  }

  // MARK: Values

  @Test func `All mistakes are told in one run, and marks of missing values are asked for`() throws {
    let text = "c,n\n07L,*\n07L,-\n07L,*\n07N,1\n07N,x y\n"
    let run = try restate(text, "--sum", "n")
    expectRefused(
      run, "4 mistakes", "lines 2, 4, column 'n': '*'", "line 3, column 'n': '-'", "line 6, column 'n': 'x y'",
      "--missing '*,-'", "--on-error skip", lines: 6)
    let skipped = try restate(text, "--sum", "n", "--missing", "*,-", "--on-error", "skip", "--add-missing")
    expectDone(skipped, status: 1)
    #expect(skipped.stdout == "c,n,missing_values\n72Q,1,0\nA3A8R,,3\n", "\(skipped)")
    #expect(skipped.stderr.contains("'*' 2, '-' 1"), "\(skipped)")
    #expect(skipped.stderr.contains("values are missing: A3A8R 3 in 'n'"), "\(skipped)")
    #expect(skipped.stderr.contains("unmapped: '07N': the row was passed over: column 'n': 'x y'"), "\(skipped)")
    #expect(
      try restate("c,n\n07L,NA\n07L,[c]\n07L,1\n", "--sum", "n", "--missing", "default").stdout == "c,n\nA3A8R,1\n")
  }

  static let numbers = [
    ("\"1,234\"", "1234"), ("\"1,234,567.8\"", "1234567.8"), ("£1.50", "1.50"), ("(12)", "-12"), ("1.5e3", "1500"),
    ("1e-05", "0.00001"), ("+7", "7"), ("0000001", "1"), ("−3", "-3"), ("-£5", "-5"),
  ]

  @Test(arguments: numbers) func `A number in a clear form is read exactly`(text: String, number: String) throws {
    let run = try restate("c,n\n07L,\(text)\n", "--sum", "n")
    #expect(run.stdout == "c,n\nA3A8R,\(number)\n", "\(run)")
  }

  @Test func `A number with two readings is refused with the words that decide`() throws {
    expectRefused(try restate("c,n\n07L,\"1,23\"\n", "--sum", "n"), "'1,23' is not a number")
    expectRefused(try restate("c,n\n07L,5E1\n", "--sum", "n"), "'5E1' may be a number or a code")
    expectRefused(try restate("c,n\n07L,45%\n", "--sum", "n"), "'45%' is a rate")
    expectRefused(try restate("c,n\n07L,£1\n07L,$1\n", "--sum", "n"), "another currency")
    expectRefused(try restate("c\tn\n07L\t1,234\n", "--sum", "n"), "--thousands , or --decimal ,")
    #expect(try restate("c\tn\n07L\t1,234\n", "--sum", "n", "--thousands", ",").stdout == "c,n\nA3A8R,1234\n")
    expectRefused(try restate("c;n\n07L;5,1\n", "--sum", "n"), "--decimal ,")
    #expect(try restate("c;n\n07L;1.234,5\n", "--sum", "n", "--decimal", ",").stdout == "c,n\nA3A8R,1234.5\n")
  }

  @Test func `What looks like a rate is doubted, and added up if that is meant`() throws {
    for name in ["prevalence", "items_per_1000", "SMR", "index", "rate_payers"] {
      expectRefused(try restate("c,\(name)\n07L,1\n", "--sum", name), "looks like a rate by its name", "--force-sum")
      #expect(try restate("c,\(name)\n07L,1\n", "--sum", name, "--force-sum").stdout == "c,\(name)\nA3A8R,1\n")
    }
    let shares = "c,n\n" + (1...12).map { "07L,0.\($0)\n" }.joined()
    expectRefused(try restate(shares, "--sum", "n"), "all values lie between 0 and 1")
  }

  // MARK: Forms

  private static let plain = "c,g,n\n07L,café,1\n07L,café,2\n07N,a b,3\n"

  static let forms: [(name: String, bytes: [UInt8], told: String?)] = {
    let plain = FileFormTests.plain
    func swapped(_ mark: String) -> [UInt8] { Array(plain.replacing(",", with: mark).utf8) }
    let utf16 = plain.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    return [
      ("plain", Array(plain.utf8), nil),
      ("semicolons", swapped(";"), "separated by semicolons"),
      ("tabs", swapped("\t"), "separated by tabs"),
      ("pipes", swapped("|"), "separated by pipes"),
      ("a mark", [0xEF, 0xBB, 0xBF] + Array(plain.utf8), nil),
      ("UTF-16", [0xFF, 0xFE] + utf16, "UTF-16"),
      (
        "UTF-16, the other order", [0xFE, 0xFF] + plain.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, "UTF-16"
      ),
      ("Windows-1252", plain.unicodeScalars.map { UInt8($0.value) }, "line 2) and is read as Windows-1252"),
      ("CRLF", Array(plain.replacing("\n", with: "\r\n").utf8), nil),
      ("CR", Array(plain.replacing("\n", with: "\r").utf8), "carriage return"),
      ("titles", Array(("A \"title\" of it\n\n" + plain).utf8), "2 lines above the header are passed over"),
      ("a footer", Array((plain + "\nSource: somebody\n").utf8), "1 line below the table"),
      ("blanks in the header", Array(plain.replacing("c,g,n", with: " c ,g,n  ").utf8), nil),
      ("quotes", Array("c,g,n\n\"07L\",\"café\",\"1\"\n07L,café,2\n07N,a b,\"3\"\n".utf8), nil),
    ]
  }()

  @Test(arguments: forms.map(\.name)) func `Any form of a file gives the same result`(name: String) throws {
    let form = try #require(Self.forms.first { $0.name == name })
    try bench.write(form.bytes, to: "in.csv")
    for more in [[], ["--per-row"]] {
      let words = Self.words.map { $0 == "-" ? "in.csv" : $0 } + ["--as-at", "2016-04-01", "--sum", "n"] + more
      let run = try bench.orgreg(words)
      expectDone(run)
      let rows = more.isEmpty ? ["72Q,a b,3", "A3A8R,café,3"] : ["A3A8R,café,1", "A3A8R,café,2", "72Q,a b,3"]
      #expect(Array(run.lines.dropFirst()) == rows, "\(name)\(run)")
      if let told = form.told { #expect(run.stderr.contains(told), "\(name)\(run)") }
    }
  }

  @Test func `A form that is not clear is asked for or refused with its line`() throws {
    expectRefused(try restate("c;a,n\n07L;b,1\n", "--sum", "n"), "--delimiter , or --delimiter ';'")
    expectRefused(try restate("c,n\n07L\n07L,1\n", "--sum", "n"), "line 2: 1 fields, where the header has 2 columns")
    expectRefused(try restate("c,n\n07L,1\n07N\n", "--sum", "n"), "line 3: 1 fields, where the header has 2 columns")
    let late = "c,g,n\n" + String(repeating: "07L,a,1\n", count: 200_000)
    try bench.write(Array(late.utf8) + Array("07L,caf".utf8) + [0xE9] + Array(",1\n".utf8), to: "late.csv")
    expectRefused(
      try bench.orgreg(
        "restate", "late.csv", "--code", "c", "--as-at", "2016-04-01", "--to", "2023-04-01", "--sum", "n"),
      "line 200002, column 'g'", "--encoding windows-1252")
  }

  // MARK: Wide files, dependents, names

  @Test func `Columns for months or for bodies become rows`() throws {
    let wide = try bench.orgreg(
      "restate", "-", "--code", "c", "--unpivot", "201*", "--into", "month", "--date", "month", "--to", "2023-04-01",
      "--sum", "n", "--tolerance", "99%", input: "c,2014-04,2014-05\n07L,1,2\n07L,4,\n")
    expectDone(wide)
    #expect(wide.stdout == "c,month,n\nA3A8R,2014-04,5\nA3A8R,2014-05,2\n", "\(wide)")
    let codes = try bench.orgreg(
      "restate", "-", "--unpivot", "0*", "--into", "c", "--code", "c", "--as-at", "2016-04-01", "--to", "2023-04-01",
      "--tolerance", "99%", input: "m,07L,07N\nx,1,2\ny,3,4\n")
    #expect(codes.stdout == "m,c,value\nx,72Q,2\nx,A3A8R,1\ny,72Q,4\ny,A3A8R,3\n", "\(codes)")
  }

  @Test func `Columns that depend on the code are named, dropped or replaced`() throws {
    let text =
      "c,ccg_name,ons,region,sex,n\n00C,NHS Darlington CCG,E38000042,Y54,F,10\n00K,NHS Hartlepool and Stockton-on-Tees CCG,E38000075,Y54,F,5\n"
    let kept = try restate(text, "--sum", "n")
    #expect(kept.lines.count == 3, "\(kept)")
    #expect(kept.stderr.contains("'ccg_name', 'ons' depend on 'c' alone"), "\(kept)")
    let dropped = try restate(text, "--sum", "n", "--dependents", "drop")
    #expect(dropped.stdout == "c,region,sex,n\n16C,Y54,F,15\n", "\(dropped)")
    let replaced = try restate(text, "--sum", "n", "--dependents", "replace")
    #expect(replaced.lines.count == 2, "\(replaced)")
    #expect(replaced.lines[1].hasPrefix("16C,"), "\(replaced)")
    #expect(replaced.lines[1].contains("Tees Valley") || replaced.lines[1].contains("16C,NHS"), "\(replaced)")
    #expect(replaced.lines[1].contains("E38000247"), "\(replaced)")
    let added = try restate("c,n\n00C,1\n", "--sum", "n", "--add-codes", "ons")
    #expect(added.stdout == "c,c_ons,n\n16C,E38000247,1\n", "\(added)")
  }

  @Test func `Another column of codes is told, and stays as it is`() throws {
    let run = try restate("c,region,n\n07L,Y54,1\n07L,Y56,2\n", "--sum", "n")
    #expect(run.stdout == "c,region,n\nA3A8R,Y54,1\nA3A8R,Y56,2\n", "\(run)")
    #expect(run.stderr.contains("the column 'region' holds codes too"), "\(run)")
  }

  @Test func `Bodies are found by names, however they are written`() throws {
    for text in ["BARKING & DAGENHAM CCG", "Dagenham and Barking ccg", "barking dagenham"] {
      #expect(try bench.orgreg("find", text, "--format", "csv").stdout.contains("07L,"), "\(text)")
    }
    #expect(try bench.orgreg("find", "AIREDALE WHARFEDALE AND CRAVEN", "--format", "csv").stdout.contains("02N,"))
    let text = "name,n\nBARKING & DAGENHAM CCG,1\nNHS Barking and Dagenham CCG,2\nNobody CCG,4\n"
    let lint = try bench.orgreg(
      "lint", "names", "-", "--name", "name", "--as-at", "2016-04-01", "--format", "csv", input: text)
    expectDone(lint, status: 1)
    #expect(
      lint.lines[1...2] == [
        "2,BARKING & DAGENHAM CCG,07L,spelling,", "3,NHS Barking and Dagenham CCG,07L,exact,",
      ], "\(lint)")
    #expect(lint.lines[3] == "4,Nobody CCG,,none,no body has this name on 2016-04-01", "\(lint)")
    let run = try bench.orgreg(
      "restate", "-", "--name", "name", "--as-at", "2016-04-01", "--to", "2023-04-01", "--sum", "n", input: text)
    #expect(run.stdout == "name,n\nA3A8R,3\n", "\(run)")
    #expect(run.stderr.contains("'Nobody CCG': no body has this name"), "\(run)")
    let two = try bench.orgreg(
      "lint", "names", "-", "--name", "name", "--code", "c", "--format", "csv",
      input: "c,name\n07L,NHS Barking and Dagenham CCG\n07L,NHS Barnet CCG\n")
    #expect(two.stdout.contains(",07L,two-names,"), "\(two)")
  }

  // MARK: Which day, which file

  @Test func `The days that fit are said for each group, with the bodies that are missing`() throws {
    let text = "p,c\n2014,00C\n2014,00K\n2021,16C\n2021,00C\n"
    let run = try bench.orgreg(
      "lint", "codes", "-", "--code", "c", "--by", "p", "--complete", "--format", "csv", input: text)
    expectDone(run, status: 1)
    #expect(run.stdout.contains(",2014,valid-together,2 of 2 codes (100%): 2013-04-01 to 2020-03-31 (ccg)"), "\(run)")
    #expect(run.stdout.contains(",2021,mixed-vintages,1 of 2 codes (50%)"), "\(run)")
    #expect(run.stdout.contains(",2014,missing-bodies,"), "\(run)")
    let words = ["restate", "-", "--code", "c", "--to", "2023-04-01", "--sum", "n"]
    expectUsage(
      try bench.orgreg(words, input: "c,n\n00C,1\n00K,2\n"), "--as-at",
      "all 2 codes: 2013-04-01 to 2020-03-31 (ccg)")
  }

  @Test func `A first look says what a file is, and the command that restates it`() throws {
    try bench.write("ccg;month;items\n07L00;2015-04;1\n07N00;2015-05;*\n07M00;2015-05;3\n", to: "figures.csv")
    let run = try bench.orgreg("lint", "figures.csv", "--format", "csv")
    expectDone(run)
    #expect(
      run.stdout.contains("ccg,codes,\"3 codes of ods, all valid 2013-04-01 to 2020-03-31 (ccg); 3 padded"), "\(run)")
    #expect(run.stdout.contains("month,days,the column 'month' holds months"), "\(run)")
    #expect(run.stdout.contains("items,numbers,may mark missing values: '*' 1"), "\(run)")
    #expect(run.stderr.contains("separated by semicolons, in utf-8"), "\(run)")
    let words = "orgreg restate figures.csv --code ccg --date month --to "
    #expect(run.stderr.contains(words) && run.stderr.contains("--sum items"), "\(run)")
    expectUsage(try bench.orgreg("restate", "figures.csv"), "orgreg lint figures.csv")
  }
}
