import Foundation
import RegistryTestSupport
import Testing

/// PostgreSQL loads the script and answers as `orgreg` does.
@Suite(
  .tags(.engine), .inFullRuns, .serialized,
  .enabled(if: Engine.postgres.isExpected, "PostgreSQL is not installed: .ci/install engines"))
struct PostgresExportTests {
  let bench: Workbench
  let engine: Postgres

  init() throws {
    bench = try Workbench()
    engine = try Postgres()
  }

  private func export(_ words: String...) throws -> String {
    expectDone(try bench.orgreg(["export", "sql", "--output", "script.sql", "--dialect"] + words))
    chmod(bench.folder, 0o755)
    return bench.path("script.sql")
  }

  @Test func `PostgreSQL answers as orgreg does`() throws {
    let load = try engine.load(EnglandExports.script("postgres"))
    #expect(load.status == 0 && load.stderr.isEmpty, "\(load)")
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
    let comment = try engine.rows("SELECT obj_description('code'::regclass), col_description('code'::regclass, 6)")
    #expect(
      comment == [
        [
          "A code of a body. Within one scheme a code means one body on any day.",
          "the first day after (half-open). NULL if it has not ended",
        ]
      ])
  }

  @Test func `Plain SQL answers in PostgreSQL as orgreg does`() throws {
    let load = try engine.load(EnglandExports.script("portable"))
    #expect(load.status == 0, "\(load)")
    // The header asks for this, because plain SQL has no word for it.
    _ = try engine.rows("ANALYZE")
    let england = try EnglandAnswers.shared.get()
    try england.expectAll(engine)
    try EnglandAnswers.ask(engine)
    try england.expectCrosswalks(engine, withEvents: false, from: EnglandAnswers.ready)
  }

  @Test func `A part refuses what lies beyond it`() throws {
    #expect(try engine.load(export("postgres", "--kind", "ccg", "--since", "2020-04-01")).status == 0)
    try expectPartRefuses(engine)
  }

  @Test func `Strange texts survive; schemas keep exports apart; a second load changes nothing`() throws {
    try StrangeRegister.make(on: bench)
    let load = try engine.load(export("postgres"))
    #expect(load.status == 0, "\(load)")
    try StrangeRegister.expectSurvived(in: engine)
    let size = try engine.rows("SELECT count(*) FROM about")
    for run in [try engine.load(export("postgres")), try engine.loadOn(export("postgres"))] {
      #expect(run.stderr.contains("are here already: export again with --drop or --schema NAME"), "\(run)")
      #expect(try engine.rows("SELECT count(*) FROM about") == size)
    }
    let beside = try engine.load(export("postgres", "--schema", "beside", "--history"))
    #expect(beside.status == 0, "\(beside)")
    #expect(try engine.rows("SELECT count(*) FROM beside.code_history") == [["5"]])
    #expect(try engine.rows("SELECT count(*) FROM beside.organisation_on('1066-10-14')") == [["2"]])
    #expect(try engine.rows("SELECT count(*) FROM beside.crosswalk('1066-10-14', '2000-01-01')") == [["2"]])
    #expect(try engine.load(export("postgres", "--schema", "beside", "--drop")).status == 0)
    #expect(try engine.load(export("postgres", "--drop")).status == 0)
    try StrangeRegister.expectSurvived(in: engine)
  }
}
