import Foundation
import RegistryTestSupport
import Testing

/// MariaDB loads the script for MySQL and answers as `orgreg` does.
@Suite(
  .tags(.engine), .inFullRuns, .serialized,
  .enabled(if: Engine.mariadb.isExpected, "MariaDB is not installed: .ci/install engines"))
struct MariaDBExportTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func export(_ words: String...) throws -> String {
    expectDone(try bench.orgreg(["export", "sql", "--output", "script.sql", "--dialect"] + words))
    return bench.path("script.sql")
  }

  /// Servers run in the default mode, or in one that somebody has set.
  @Test(arguments: ["", "ANSI,NO_BACKSLASH_ESCAPES"])
  func `Strange texts survive; a second load changes nothing`(mode: String) throws {
    let engine = try MariaDB(database: "strange", mode: mode)
    try StrangeRegister.make(on: bench)
    let load = try engine.load(export("mysql"))
    #expect(load.status == 0 && load.stderr.isEmpty, "\(load)")
    try StrangeRegister.expectSurvived(in: engine)
    let again = try engine.load(export("mysql"))
    #expect(again.status != 0 && again.stderr.contains("are here already: export again with --drop"), "\(again)")
    try StrangeRegister.expectSurvived(in: engine)
    let beside = try engine.load(export("mysql", "--schema", "beside", "--history"))
    #expect(beside.status == 0, "\(beside)")
    #expect(
      try engine.rows("SELECT count(*) FROM beside.code_history JOIN beside.organisation_version USING (organisation)")
        != [["0"]])
    #expect(try engine.load(export("mysql", "--schema", "beside", "--drop")).status == 0)
    #expect(try engine.load(export("mysql", "--drop")).status == 0)
    try StrangeRegister.expectSurvived(in: engine)
    let comment = try engine.rows(
      "SELECT column_comment FROM information_schema.columns WHERE table_schema = 'strange' AND table_name = 'code' AND column_name = 'code'"
    )
    #expect(comment == [["the code, as its scheme writes it"]])
  }

  @Test func `MariaDB answers as orgreg does`() throws {
    let engine = try MariaDB(database: "england")
    let load = try engine.load(EnglandExports.script("mysql"))
    #expect(load.status == 0 && load.stderr.isEmpty, "\(load)")
    let england = try EnglandAnswers.shared.get()
    try england.expectAll(engine)
    try EnglandAnswers.ask(engine)
    try england.expectCrosswalks(engine, from: EnglandAnswers.ready)
    for question in ["'2014-10-01', '1999-08-19', '*', '*'", "'2014-10-01', '2016-04-01', 'sheep', '*'"] {
      try expectRefused(engine, "INSERT INTO crosswalk_pair VALUES (\(question))", "CONSTRAINT")
    }
  }

  @Test func `Plain SQL answers in MariaDB as orgreg does`() throws {
    let engine = try MariaDB(database: "england", mode: "ANSI,NO_BACKSLASH_ESCAPES")
    let load = try engine.load(EnglandExports.script("portable"))
    #expect(load.status == 0, "\(load)")
    let england = try EnglandAnswers.shared.get()
    try england.expectAll(engine)
    try EnglandAnswers.ask(engine)
    try england.expectCrosswalks(engine, withEvents: false, from: EnglandAnswers.ready)
  }
}
