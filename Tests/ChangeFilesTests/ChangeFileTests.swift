import ChangeFiles
import RegistryFormats
import RegistryStorage
import RegistryTestSupport
import Testing

@Suite struct ChangeFileTests {
  private func read(_ text: String) -> ChangeFile { read(Array(text.utf8)) }

  private func read(_ bytes: [UInt8]) -> ChangeFile { ChangeFile(name: "f.csv", reader: CSVReader(bytes: bytes)) }

  static let header = "record,key,organisation,scheme,value,from,to,kind,event,amount,type\n"

  static let mistakes: [(lines: String, line: Int, message: String)] = [
    ("name,,a,ods,N,2020-02-30", 2, "'from': '2020-02-30' is not a day (write YYYY-MM-DD)"),
    ("name,,a,ods,N,01/04/2020", 2, "'from': '01/04/2020' is not a day (write YYYY-MM-DD)"),
    ("name,,a,ods,N,2020-04-01,2020-03-31", 2, "the last day 2020-03-31 is before the first day 2020-04-01"),
    ("name,,a,ods,N,2020-04-01,,,e", 2, "give 'from' or 'event', not both"),
    ("name,,a,ods,,2020-04-01", 2, "a line 'name' needs a 'value'"),
    ("name,,,ods,N,2020-04-01", 2, "a line 'name' needs a 'organisation'"),
    ("name,,a,ods,N,2020-04-01,,pct", 2, "a line 'name' has no use for 'kind'"),
    ("organisation,x\n\nname,,a,ods,N,x", 4, "'from': 'x' is not a day (write YYYY-MM-DD)"),
    ("nonsense,x", 2, "unknown record 'nonsense'"),
    (",x", 2, "the column 'record' is empty"),
    ("event,e,,,,2020-04-01,,,,,marriage", 2, "'type': 'marriage' is none of "),
    ("measure,,a,,,2020-04-01,,patients,,many", 2, "'amount': 'many' is not a number"),
    ("measure,,a,,,2020-04-01,,patients,,inf", 2, "'amount': 'inf' is not a number"),
    (
      "code,,a,ods,5.00E+01,2020-04-01", 2,
      "'5.00E+01' is a code that a spreadsheet has turned into a number (perhaps '5E1'): type the code again as text"
    ),
    ("code,,a,ods,1.5E+14,2020-04-01", 2, "'1.5E+14' is a code that a spreadsheet has turned into a number: type"),
    ("proposal,p,,,,2020-04-01", 2, "a line 'proposal' needs a 'value'"),
    ("proposal,p,,,More", 2, "a line 'proposal' needs a day in 'from'"),
    ("proposal-statement,p", 2, "unknown record 'proposal-statement'"),
  ]

  @Test(arguments: mistakes) func `A mistake is named with its line`(lines: String, line: Int, message: String) throws {
    let padded = lines.split(separator: "\n", omittingEmptySubsequences: false).map { text in
      text.isEmpty ? "" : text + String(repeating: ",", count: 10 - text.count { $0 == "," })
    }.joined(separator: "\n")
    let file = read(Self.header + padded + "\n")
    #expect(file.problems.count == 1, "\(file.problems)")
    let problem = try #require(file.problems.first)
    #expect(problem.origin == Change.Origin(file: "f.csv", line: line))
    #expect(problem.message.hasPrefix(message), "\(problem.message)")
    #expect(problem.description.hasPrefix("f.csv:\(line): "))
  }

  @Test func `A code with an e is not damaged`() {
    for code in ["5E1", "15E", "71E", "00D", "014", "E38000001", "E+1", "1E+", "+", "E"] {
      #expect(CodeDamage.finding(in: code) == nil, "\(code)")
    }
    #expect(read("record,organisation,scheme,value,from\ncode,a,ods,5E1,2020-04-01\n").problems.isEmpty)
    #expect(CodeDamage.finding(in: "7.1e+02")?.contains("spreadsheet") == true)
    #expect(["0", "14", "50"].allSatisfy(CodeDamage.mayHaveLostZeros))
    #expect(!["014", "5E1", "", "A", "1A", "５"].contains(where: CodeDamage.mayHaveLostZeros))
  }

  static let headers: [(header: String, message: String)] = [
    ("record,key,colour", "column 3: unknown column 'colour' (known: record, key, event, "),
    ("record,key,key", "column 3: the column 'key' occurs twice"),
    ("key,value", "the first line must name the columns, 'record' among them: is this a change file?"),
    ("record,amount:x,amount:x", "column 3: the column 'amount:x' occurs twice"),
    ("Record,key", "column 1: unknown column 'Record'"),
  ]

  @Test(arguments: headers) func `A header that is not understood stops the reading`(header: String, message: String)
    throws
  {
    let file = read("\(header)\norganisation,a,\nnonsense,b,\n")
    let problem = try #require(file.problems.first)
    #expect(problem.origin?.line == 1)
    #expect(problem.message.hasPrefix(message), "\(problem.message)")
    #expect(file.changes.isEmpty)
    #expect(file.problems.allSatisfy { $0.origin?.line == 1 })
  }

  @Test(arguments: ["", "\u{FEFF}"]) func `An empty file is a problem`(text: String) {
    #expect(read(text).problems.map(\.description) == ["f.csv:1: the file is empty: the first line names the columns"])
  }

  @Test func `A ragged line is a problem and the others are read`() {
    let file = read("record,key,note\norganisation,a,\norganisation,b\norganisation,c,x,y\norganisation,d,\n")
    #expect(
      file.problems.map(\.description)
        == ["f.csv:3: 2 fields, the header names 3", "f.csv:4: 4 fields, the header names 3"])
    #expect(file.changes.count == 2)
    #expect(file.lineCount == 4)
  }

  @Test func `Text that is not UTF-8 is a problem`() {
    let bytes = Array("record,key,note\norganisation,a,".utf8) + [0xE9] + Array("t\u{E9}\norganisation,b,é\n".utf8)
    let file = read(bytes)
    #expect(file.problems.map(\.description) == ["f.csv:2: column 3 (note) is not UTF-8"])
    #expect(file.changes.count == 1)
  }

  @Test func `A Latin-1 letter alone is a problem`() {
    let file = read(Array("record,key,note\norganisation,a,caf".utf8) + [0xE9, 0x0A])
    #expect(file.problems.map(\.description) == ["f.csv:2: column 3 (note) is not UTF-8"])
  }

  @Test func `A NUL byte is a problem with its line`() {
    let file = read("record,key\norganisation,a\norganisation,b\0c\n")
    #expect(file.problems.count == 1)
    #expect(file.problems.first?.origin?.line == 3)
    #expect(file.problems.first?.message.contains("NUL") == true, "\(file.problems)")
  }

  @Test func `Every problem of a file is found in one reading`() {
    let file = read("record,key,value,from\nname,,,\norganisation,a,,\nevent,e,,x\nnonsense,,,\n")
    #expect(file.problems.compactMap { $0.origin?.line } == [2, 4, 5])
  }

  @Test func `Last days become the first day after`() throws {
    let file = read("record,organisation,scheme,value,from,to\nname,a,ods,N,2020-04-01,2021-03-31\n")
    #expect(file.changes.first?.end == Day("2021-04-01"))
    #expect(file.changes.first?.start == .day(try #require(Day("2020-04-01"))))
  }

  @Test(
    arguments: [
      ("", nil), ("governance", .governance), ("local-government", .localGovernment), ("authorisation", .authorisation),
      ("dates", .dates), ("support", .support), ("patients", .amounts(of: "patients")),
    ] as [(String, ClaimTopic?)])
  func `The type of a claim is its topic`(word: String, topic: ClaimTopic?) {
    let file = read("record,key,kind,type,value,from\nclaim,c,pct,\(word),some,2020-04-01\n")
    let content = Change.Content.claim(
      kind: "pct", organisation: nil, from: Day("2020-04-01")!, to: nil, value: "some", amount: nil, scheme: nil,
      topic: topic)
    #expect(file.changes.map(\.content) == [content], "\(file.problems)")
  }

  @Test(arguments: [("", nil), ("ccg-00L", "ccg-00L")] as [(String, String?)])
  func `The organisation of a claim is the body that it is about`(cell: String, body: String?) {
    let file = read(
      "record,key,kind,organisation,type,value,from\nclaim,c,ccg,\(cell),authorisation,some,2020-04-01\n")
    let content = Change.Content.claim(
      kind: "ccg", organisation: body, from: Day("2020-04-01")!, to: nil, value: "some", amount: nil, scheme: nil,
      topic: .authorisation)
    #expect(file.changes.map(\.content) == [content], "\(file.problems)")
  }

  @Test func `Columns may stand in any order and quotes hold commas`() throws {
    let file = read("value,from,record,scheme,organisation\n\"Durham, \"\"Dales\"\"\",2020-04-01,name,ods,a\n")
    let content = Change.Content.name(organisation: "a", scheme: "ods", value: "Durham, \"Dales\"")
    #expect(file.changes.map(\.content) == [content], "\(file.problems)")
  }
}
