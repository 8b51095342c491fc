import Foundation
import RegistryTestSupport
import Testing

/// DuckDB loads the script and answers as `orgreg` does.
@Suite(
  .tags(.engine), .inFullRuns, .serialized,
  .enabled(if: Engine.python.isExpected, "DuckDB is not installed: .ci/install engines"))
struct DuckDBExportTests {
  let bench: Workbench
  let engine: DuckDB

  init() throws {
    bench = try Workbench()
    engine = DuckDB(file: bench.path("england.duckdb"))
  }

  private func export(_ words: String...) throws -> String {
    expectDone(try bench.orgreg(["export", "sql", "--dialect", "duckdb", "--output", "script.sql"] + words))
    return bench.path("script.sql")
  }

  @Test func `DuckDB answers as orgreg does`() throws {
    let load = try engine.load(EnglandExports.script("duckdb"))
    #expect(load.status == 0, "\(load)")
    let england = try EnglandAnswers.shared.get()
    try england.expectAll(engine)
    try england.expectLists(engine, from: { "organisation_on('\($0)')" }, day: { $0 })
    try england.expectCrosswalks(engine, from: EnglandAnswers.call)
    #expect(
      try engine.rows("SELECT count(*) FROM ready_crosswalk")
        == engine.rows("SELECT count(*) FROM \(EnglandAnswers.call(EnglandExports.pair))"))
    try EnglandAnswers.expectStretches(
      engine, to: "2021-04-01", from: "crosswalk_to('2021-04-01')", pair: { "crosswalk('\($0)', '2021-04-01')" })
    try EnglandAnswers.expectStretches(
      engine, to: "2022-07-01", from: "crosswalk_to('2022-07-01', 'patients-2013', 'icb')",
      pair: { "crosswalk('\($0)', '2022-07-01', 'patients-2013', 'icb')" })
    try expectRefusals(by: engine)
    let comment = try engine.rows(
      "SELECT comment FROM duckdb_columns() WHERE table_name = 'code' AND column_name = 'code'")
    #expect(comment == [["the code, as its scheme writes it"]])
  }

  @Test func `A part refuses what lies beyond it`() throws {
    #expect(try engine.load(export("--kind", "ccg", "--since", "2020-04-01")).status == 0)
    try expectPartRefuses(engine)
  }

  @Test func `Strange texts survive; schemas keep exports apart; a second load changes nothing`() throws {
    try StrangeRegister.make(on: bench)
    let load = try engine.load(export())
    #expect(load.status == 0, "\(load)")
    try StrangeRegister.expectSurvived(in: engine)
    let again = try engine.load(export())
    #expect(
      again.status != 0 && again.stderr.contains("are here already: export again with --drop or --schema NAME"),
      "\(again)")
    try StrangeRegister.expectSurvived(in: engine)
    let beside = try engine.load(export("--schema", "beside", "--history"))
    #expect(beside.status == 0, "\(beside)")
    #expect(try engine.rows("SELECT count(*) FROM beside.code_history") == [["5"]])
    #expect(try engine.rows("SELECT count(*) FROM beside.crosswalk('1066-10-14', '2000-01-01')") == [["2"]])
    #expect(try engine.load(export("--schema", "beside", "--drop")).status == 0)
    #expect(try engine.load(export("--drop")).status == 0)
    try StrangeRegister.expectSurvived(in: engine)
  }
}
