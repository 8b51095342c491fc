import Foundation
import RegistryTestSupport
import Testing

/// `orgreg export crosswalk`, and the recipe of the guide that applies it to many rows.
@Suite(.tags(.slow), .inFullRuns, .serialized) struct CrosswalkExportTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  /// The SQL of the guide, with the path of the file in it.
  private func recipe() throws -> String {
    let guide = try String(contentsOfFile: "\(Workbench.package)/Sources/GuideFiles/data.md", encoding: .utf8)
    let block = try #require(guide.components(separatedBy: "```sql\n").dropFirst().first)
    let sql = try #require(block.components(separatedBy: "\n```").first)
    return sql.replacing("/data/crosswalk.csv", with: bench.path("crosswalk.csv"))
  }

  private func writeCrosswalk() throws {
    let run = try bench.orgreg(
      "export", "crosswalk", "--from", "2013-04-01", "--to", "2018-04-01", "--basis", "areas", "--output",
      "crosswalk.csv")
    #expect(run.status == 1 && run.stdout.isEmpty, "\(run)")
    #expect(run.stderr.contains("without a share"), "\(run)")
    for path in [bench.folder, bench.path("crosswalk.csv")] { chmod(path, 0o755) }
  }

  @Test func `Shares of every code add up to one, gaps and all`() throws {
    try writeCrosswalk()
    let shell = SQLiteShell(file: bench.path("x.sqlite"))
    _ = try shell.rows(".import --csv \(bench.path("crosswalk.csv")) crosswalk")
    #expect(try shell.rows("SELECT count(DISTINCT from_code) FROM crosswalk") == [["211"]])
    #expect(
      try shell.rows("SELECT from_code FROM crosswalk GROUP BY from_code HAVING abs(sum(share) - 1) > 1e-12").isEmpty)
    #expect(try shell.rows("SELECT count(*) FROM crosswalk WHERE (status = 'mapped') <> (to_code <> '')") == [["0"]])
    #expect(try shell.rows("SELECT count(*) FROM crosswalk WHERE (status = 'gap') AND reason = ''") == [["0"]])
    #expect(try shell.rows("SELECT count(*) > 0 FROM crosswalk WHERE status = 'gap'") == [["1"]])
  }

  @Test func `Without a basis the one that loses least is taken, and said`() throws {
    let run = try bench.orgreg("export", "crosswalk", "--from", "2013-04-01", "--to", "2018-04-01")
    expectDone(run)
    #expect(run.stderr.contains("shares in the basis practices"), "\(run)")
    #expect(
      run.lines.first
        == "from_day,from_code,from_name,to_day,to_code,to_name,share,amount,basis,method,status,reason")
    #expect(run.lines.contains { $0.hasPrefix("2013-04-01,00C,") && $0.hasSuffix(",practices,exact,mapped,") })
  }

  @Test func `What cannot be written is refused`() throws {
    let days = ["export", "crosswalk", "--from", "2013-04-01", "--to"]
    expectUsage(try bench.orgreg(days + ["2018-02-30"]), "no day 30")
    expectRefused(try bench.orgreg(days + ["1066-10-14"]), "before the first day")
    expectRefused(try bench.orgreg(days + ["2018-04-01", "--basis", "sheep"]), "unknown basis 'sheep'")
    expectRefused(try bench.orgreg(days + ["2018-04-01", "--to-kind", "town"]), "unknown kind 'town'")
    let run = try bench.orgreg(days + ["2018-04-01", "--output", "no/such.csv"])
    #expect(run.status == 2 && run.stderr.contains("no/such.csv"), "\(run)")
    #expect(try bench.listing().isEmpty)
    expectDone(try bench.orgreg("init", "--empty"))
    expectRefused(try bench.orgreg(days + ["2018-04-01"]), "no basis of the register measures territory")
  }

  // MARK: The recipe

  /// Figures for every code of the crosswalk, and for one that no body has.
  private static func figures(_ count: Int, numbers: String) -> String {
    """
    CREATE TABLE figure AS
      WITH code AS (SELECT from_code, row_number() OVER (ORDER BY from_code) - 1 AS number
        FROM (SELECT DISTINCT from_code FROM crosswalk UNION ALL SELECT 'X00') c)
      SELECT code.from_code AS code, n.n % 1000 + 0.25 AS amount
      FROM \(numbers) n JOIN code ON code.number = n.n % (SELECT count(*) FROM code);
    """
  }

  /// The recipe, with figures before the join. The last statement is the proof.
  private func statements(_ count: Int, numbers: String) throws -> (script: String, proof: String) {
    let parts = try recipe().components(separatedBy: "CREATE TABLE restated")
    let rest = try #require(parts.last).components(separatedBy: "-- The proof:")
    let proof = try #require(rest.last).components(separatedBy: "\n").dropFirst().joined(separator: "\n")
    return (parts[0] + Self.figures(count, numbers: numbers) + "\nCREATE TABLE restated" + rest[0], proof)
  }

  private func expectConserved(_ engine: any QueryEngine, _ count: Int, numbers: String) throws {
    try writeCrosswalk()
    let (script, proof) = try statements(count, numbers: numbers)
    try bench.write(script, to: "recipe.sql")
    chmod(bench.path("recipe.sql"), 0o644)
    let load = try engine.load(bench.path("recipe.sql"))
    #expect(load.status == 0, "\(load)")
    #expect(try engine.rows("SELECT count(*) FROM figure") == [["\(count)"]])
    let sums = try #require(try engine.rows(proof.replacing(";", with: "")).first).map { Double($0 ?? "") ?? .nan }
    #expect(abs(sums[0] - sums[1] - sums[2]) <= 1e-9 * sums[0] && sums[1] > 0 && sums[2] > 0, "\(sums)")
    #expect(try engine.rows("SELECT count(*) FROM restated WHERE status = 'unknown code'") == [["1"]])
  }

  @Test(.enabled(if: Engine.postgres.isExpected, "PostgreSQL is not installed: .ci/install engines"))
  func `PostgreSQL restates ten million rows and loses none`() throws {
    let count = 10_000_000
    try expectConserved(try Postgres(), count, numbers: "generate_series(1, \(count)) AS")
  }

  @Test(.enabled(if: Engine.python.isExpected, "DuckDB is not installed: .ci/install engines"))
  func `DuckDB restates ten million rows and loses none`() throws {
    let count = 10_000_000
    let engine = DuckDB(file: bench.path("figures.duckdb"))
    try expectConserved(engine, count, numbers: "(SELECT range AS n FROM range(\(count)))")
  }
}
