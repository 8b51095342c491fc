import Foundation
import Testing

/// `orgreg log` and `orgreg undo`, and what `orgreg show --history` says after them.
@Suite struct UndoCommandTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
    expectDone(
      try bench.orgreg("apply", "merger.csv", "--yes", "--by", "clerk", "--reason", "order of 12 March"))
  }

  private func rename(_ organisation: String, _ name: String, on day: String) throws {
    try bench.write(
      "record,organisation,scheme,value,from,source\nname,\(organisation),no,\(name),\(day),gazette\n", to: "name.csv")
    expectDone(try bench.orgreg("apply", "name.csv", "--yes", "--by", "clerk"))
  }

  /// What the reading commands say.
  private func answers(_ words: String...) throws -> [String] {
    try [
      ["list", "municipality"], ["list", "municipality", "--on", "2020-01-01"], ["show", "m-ash"], ["show", "m-dale"],
      ["successions"], ["changes", "--from", "2000-01-01", "--to", "2030-01-01"],
      ["report", "counts", "--format", "csv"],
      ["crosswalk", "--from", "2000-01-01", "--to", "2020-01-01"],
    ].map { try bench.orgreg($0 + words).stdout }
  }

  /// The log without its times.
  private func log(_ words: String...) throws -> String {
    let run = try bench.orgreg(["log", "--format", "csv"] + words)
    expectDone(run)
    return run.stdout.replacing(#/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/#, with: "TIME")
  }

  // MARK: The log

  @Test func `The log has the newest revision first`() throws {
    expectDone(try bench.orgreg("undo", "2", "--yes", "--by", "chief", "--reason", "withdrawn, \"for now\""))
    #expect(
      try log() == """
        revision,recorded_at,actor,command,reason,rows
        3,TIME,chief,undo 2,"withdrawn, ""for now\""",15
        2,TIME,clerk,apply merger.csv,order of 12 March,17
        1,TIME,\(NSUserName()),apply words.csv bodies.csv,,32

        """)
    let json = try bench.orgreg("log", "--format", "json")
    let rows = try JSONSerialization.jsonObject(with: Data(json.stdout.utf8)) as? [[String: Any]]
    #expect(rows?.map { $0["revision"] as? Int } == [3, 2, 1], "\(json)")
    #expect(rows?.last?["reason"] is NSNull && rows?.last?["rows"] as? Int == 32, "\(json)")
  }

  @Test func `The log of one body leaves out what did not touch it`() throws {
    try rename("m-cedar", "Cedar Hill", on: "2021-01-01")
    try rename("m-dale", "Dale upon Sea", on: "2022-01-01")
    func revisions(_ code: String) throws -> [Substring] {
      try log("--for", code).split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
    }
    #expect(try revisions("101") == ["2", "1"])
    #expect(try revisions("m-cedar") == ["3", "1"])
    #expect(try revisions("104") == ["4", "2"])
    // An amendment of an event also touches the bodies that take part in it.
    try bench.write(
      "record,key,type,value,from,source\nevent,union,merger,Ash and Birch unite,2020-01-01,gazette\n", to: "event.csv")
    expectDone(try bench.orgreg("apply", "event.csv", "--yes"))
    #expect(try revisions("101") == ["5", "2", "1"])
    #expect(try revisions("103") == ["3", "1"])
    expectRefused(try bench.orgreg("log", "--for", "999"), "unknown code '999'")
  }

  @Test func `The log shows the files that were read`() throws {
    expectDone(try bench.orgreg("undo", "2", "--yes"))
    let lines = try log("--files").split(separator: "\n")
    #expect(lines[0] == "revision,recorded_at,actor,command,reason,rows,file,sha256,lines,rejects")
    let files = lines.dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return "\(cells[0]) \(cells[6]) \(cells[7].count) \(cells[8]) \(cells[9])"
    }
    #expect(files == ["3  0  ", "2 merger.csv 64 9 0", "1 bodies.csv 64 20 0", "1 words.csv 64 7 0"])
  }

  @Test func `A register in which nothing was recorded has an empty log`() throws {
    expectDone(try bench.orgreg("init", "--empty", "--registry", "empty.sqlite"))
    let run = try bench.orgreg("log", "--registry", "empty.sqlite", "--format", "csv")
    expectDone(run)
    #expect(run.stdout == "revision,recorded_at,actor,command,reason,rows\n", "\(run)")
  }

  // MARK: Undo

  @Test func `An undone merger never happened, and can still be read`() throws {
    let (before, after) = (try answers("--known-on", "1"), try answers())
    #expect(before != after)
    let run = try bench.orgreg("undo", "2", "--yes", "--format", "csv")
    expectDone(run)
    #expect(run.lines.first == "action,table,key,before,after", "\(run)")
    #expect(
      run.lines.contains(
        "changed,life,m-ash/life/legal,legal from 2000-01-01 to 2019-12-31,legal from 2000-01-01"), "\(run)")
    #expect(run.lines.contains("retracted,code,m-dale/code/no/104@union,104 from 2020-01-01,"), "\(run)")
    #expect(run.complaints == ["orgreg: recorded revision 3 (undo: orgreg undo 3)"], "\(run)")
    let now = try answers()
    // The body itself is an identity and stays.
    #expect(
      now.enumerated().filter { $0.offset != 3 }.map(\.element)
        == before.enumerated().filter { $0.offset != 3 }.map(\.element))
    #expect(try answers("--known-on", "2") == after)
    #expect(try answers("--known-on", "1") == before)
    expectDone(try bench.orgreg("check"))

    expectDone(try bench.orgreg("undo", "3", "--yes"))
    #expect(try answers() == after)
    expectDone(try bench.orgreg("check"))
  }

  @Test func `A dry run prints the difference and changes nothing`() throws {
    let before = try bench.bytes("registry.sqlite")
    let dry = try bench.orgreg("undo", "2", "--dry-run", "--format", "csv")
    expectDone(dry)
    #expect(dry.complaints == ["orgreg: dry run: nothing was changed"], "\(dry)")
    expectRefusedWithoutYes(try bench.orgreg("undo", "2"))
    #expect(try log().split(separator: "\n").count == 3)
    #expect(try bench.bytes("registry.sqlite") == before)
    #expect(try bench.orgreg("undo", "2", "--yes", "--format", "csv").stdout == dry.stdout)
  }

  private func expectRefusedWithoutYes(_ run: Run) {
    #expect(run.status == 2 && run.stderr.contains("say --yes") && run.complaints.count == 1, "\(run)")
  }

  @Test func `What later revisions build on is not undone, and they are listed`() throws {
    try rename("m-dale", "Dale upon Sea", on: "2022-01-01")
    let before = try answers()
    let run = try bench.orgreg("undo", "2", "--yes")
    expectRefused(
      run, "revision 2 cannot be undone: revision 3 (", "Z, apply name.csv) changed the name 'm-dale/name/no@union'",
      "recorded the name 'm-dale/name/no@2022-01-01', which rests on the organisation 'm-dale' of revision 2",
      "2 problems; nothing was changed", lines: 3)
    #expect(try answers() == before)
    // Newest first, the undo works.
    for revision in ["3", "2"] { expectDone(try bench.orgreg("undo", revision, "--yes")) }
    #expect(
      try bench.orgreg("list", "municipality").stdout == bench.orgreg("list", "municipality", "--known-on", "1").stdout)
  }

  @Test func `Undoing twice says that there is nothing to do`() throws {
    expectDone(try bench.orgreg("undo", "2", "--yes"))
    let log = try log()
    for words in [["--yes"], [], ["--dry-run"]] {
      let run = try bench.orgreg(["undo", "2"] + words)
      expectDone(run)
      #expect(
        run.complaints == [
          "orgreg: nothing to do: no fact of revision 2 is left to undo (identities and words are permanent)"
        ], "\(run)")
    }
    #expect(try self.log() == log)
  }

  @Test func `Words alone are nothing to undo`() throws {
    expectDone(try bench.orgreg("apply", "county.csv", "--yes"))
    let run = try bench.orgreg("undo", "3", "--yes")
    expectDone(run)
    #expect(run.stderr.contains("nothing to do"), "\(run)")
  }

  @Test(arguments: ["0", "3", "9223372036854775807"]) func `A revision that is not there is refused`(revision: String)
    throws
  {
    expectRefused(
      try bench.orgreg("undo", revision, "--yes"), "there is no revision \(revision)", "numbered from 1 to 2", lines: 2)
  }

  @Test(arguments: ["", "x", "1.5", "-1", "2 3", "9223372036854775808"])
  func `What is not a number is a mistake of usage`(revision: String) throws {
    expectUsage(try bench.orgreg(["undo"] + revision.split(separator: " ").map(String.init) + ["--yes"]))
  }

  @Test func `The built-in register is not written`() throws {
    let run = try Workbench().orgreg("undo", "1", "--yes")
    expectRefused(run, "./registry.sqlite: there is no such file")
  }

  // MARK: History

  @Test func `The history of a body tells what was recorded and when it was superseded`() throws {
    expectDone(try bench.orgreg("undo", "2", "--yes"))
    let run = try bench.orgreg("show", "101", "--history", "--format", "text")
    expectDone(run)
    let current = try bench.orgreg("show", "101", "--format", "text").stdout
    #expect(run.stdout.hasPrefix(current), "\(run)")
    #expect(
      run.stdout.dropFirst(current.count).replacing(#/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/#, with: "TIME") == """
          history
            revision 1, TIME
              life          from 2000-01-01            legal; superseded in revision 2, TIME
              code          from 2000-01-01            no 101; superseded in revision 2, TIME
              name          from 2000-01-01            no Ash; superseded in revision 2, TIME
              role          from 2000-01-01            municipality; superseded in revision 2, TIME
              event detail  2000-01-01                 founding establishment The country is founded
            revision 2, TIME
              life          2000-01-01 to 2019-12-31   legal; superseded in revision 3, TIME
              code          2000-01-01 to 2019-12-31   no 101; superseded in revision 3, TIME
              name          2000-01-01 to 2019-12-31   no Ash; superseded in revision 3, TIME
              role          2000-01-01 to 2019-12-31   municipality; superseded in revision 3, TIME
              event detail  2020-01-01                 union merger Ash and Birch become Dale; superseded in revision 3, TIME
              succession    2020-01-01                 union m-ash m-dale succession; superseded in revision 3, TIME
            revision 3, TIME
              life          from 2000-01-01            legal
              code          from 2000-01-01            no 101
              name          from 2000-01-01            no Ash
              role          from 2000-01-01            municipality

        """)
  }

  @Test func `The history in JSON has the revisions and their times`() throws {
    func bodies(_ words: String...) throws -> [[String: Any]] {
      let run = try bench.orgreg(["show", "m-dale", "--format", "json"] + words)
      expectDone(run)
      let json = try JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) as? [String: Any]
      return try #require(json?["organisations"] as? [[String: Any]], "\(run)")
    }
    func history(_ words: String...) throws -> [[String: Any]] {
      try #require(try bodies("--history", words[0], words[1])[0]["history"] as? [[String: Any]])
    }
    expectDone(try bench.orgreg("undo", "2", "--yes"))
    #expect(try bodies()[0]["history"] == nil)
    let now = try history("--known-on", "3")
    #expect(
      now.compactMap { $0["table"] as? String }
        == ["life", "code", "name", "role", "event_detail", "succession", "succession"])
    for statement in now {
      #expect(statement["opened_in"] as? Int == 2 && statement["superseded_in"] as? Int == 3, "\(statement)")
      for time in ["opened_at", "superseded_at"] { #expect((statement[time] as? String)?.count == 20, "\(statement)") }
    }
    // The answer leaves out what was not yet known.
    for statement in try history("--known-on", "2") {
      #expect(statement["superseded_in"] is NSNull && statement["superseded_at"] is NSNull, "\(statement)")
    }
    #expect(try history("--on", "2019-12-31").isEmpty)
    #expect(try history("--on", "2020-01-01").count == 7)
    #expect(try history("--on", "2020-01-02").count == 4)
  }
}
