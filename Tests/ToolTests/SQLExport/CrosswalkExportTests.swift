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
      "export", "crosswalk", "--from", "2019-03-31", "--to", "2023-04-01", "--kind", "local-authority", "--output",
      "crosswalk.csv")
    #expect(run.status == 1 && run.stdout.isEmpty, "\(run)")
    #expect(run.stderr.contains("with the status gap"), "\(run)")
    for path in [bench.folder, bench.path("crosswalk.csv")] { chmod(path, 0o755) }
  }

  @Test func `Shares of every code add up to one, gaps and all`() throws {
    try writeCrosswalk()
    let shell = SQLiteShell(file: bench.path("x.sqlite"))
    _ = try shell.rows(".import --csv \(bench.path("crosswalk.csv")) crosswalk")
    #expect(try shell.rows("SELECT count(DISTINCT from_code) FROM crosswalk") == [["152"]])
    #expect(
      try shell.rows("SELECT from_code FROM crosswalk GROUP BY from_code HAVING abs(sum(share) - 1) > 1e-12").isEmpty)
    #expect(try shell.rows("SELECT count(*) FROM crosswalk WHERE (status = 'mapped') <> (to_code <> '')") == [["0"]])
    #expect(try shell.rows("SELECT count(*) FROM crosswalk WHERE (status = 'gap') AND reason = ''") == [["0"]])
    #expect(try shell.rows("SELECT count(*) > 0 FROM crosswalk WHERE status = 'gap'") == [["1"]])
  }

  /// Case W10.
  @Test func `It gives the answers of restate, with and without a basis`() throws {
    try bench.write("c,n\n01H,506029000\n", to: "in.csv")
    for (options, shares) in [([], ["319371000", "186658000"]), (["--basis", "areas"], nil)] {
      let export = try bench.orgreg(["export", "crosswalk", "--from", "2013-04-01", "--to", "2022-07-01"] + options)
      expectDone(export)
      #expect(
        export.lines.first
          == "from_day,from_code,from_name,to_day,to_code,to_name,share,amount,total,basis,method,status,reason")
      let rows = export.lines.filter { $0.hasPrefix("2013-04-01,01H,") }.map { $0.components(separatedBy: ",") }
      #expect(rows.map { $0[4] } == ["01H", "01K"], "\(export)")
      let restated = try bench.orgreg(
        ["restate", "in.csv", "--code", "c", "--as-at", "2013-04-01", "--to", "2022-07-01", "--sum", "n"] + options)
      // Both targets are partial, because 01H alone has a figure.
      #expect(restated.status == 1, "\(restated)")
      let figures = restated.lines.dropFirst().map { $0.components(separatedBy: ",") }
      #expect(figures.map { $0[0] } == rows.map { $0[4] }, "\(restated)")
      for (row, figure) in zip(rows, figures) {
        let (amount, total) = (try #require(Double(row[7])), try #require(Double(row[8])))
        let value = try #require(Double(figure[1]))
        #expect(abs(506_029_000 * amount / total - value) < 1e-6, "\(export)\(restated)")
      }
      if let shares { #expect(figures.map { $0[1] } == shares, "\(restated)") }
    }
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
    let empty = try bench.orgreg(days + ["2018-04-01"])
    #expect(empty.status == 2 && empty.stderr.contains("name a kind with --kind"), "\(empty)")
  }

  // MARK: By period

  private func byPeriod(_ words: String...) throws -> Run {
    try bench.orgreg(["export", "crosswalk", "--by-period", "--to", "2023-04-01"] + words)
  }

  @Test func `A code has a row for each body and each stretch of days with one answer`() throws {
    let run = try byPeriod()
    #expect(run.status == 1, "\(run)")
    #expect(
      run.lines.first == "from_code,valid_from,valid_to,to_code,share,amount,total,basis,method,status,reason")
    func rows(_ code: String) -> [String] { run.lines.filter { $0.hasPrefix("\(code),") } }
    #expect(
      rows("00L") == [
        "00L,2013-04-01,2022-06-30,00L,1,322434,322434,population-2019,whole,mapped,",
        "00L,2022-07-01,,00L,1,322434,322434,population-2019,whole,mapped,",
      ])
    #expect(
      rows("01H").map { $0.components(separatedBy: ",").prefix(4).joined(separator: ",") } == [
        "01H,2013-04-01,2017-03-31,01H", "01H,2013-04-01,2017-03-31,01K", "01H,2017-04-01,2022-06-30,01H",
        "01H,2022-07-01,,01H",
      ])
    #expect(rows("E38000130").count == 2, "\(rows("E38000130"))")
    // A code in use before the law knew the body has a row that says so.
    #expect(rows("13T").first?.contains("2015-03-31,,1,,,,,gap,") == true, "\(rows("13T"))")
  }

  @Test(arguments: ["pct 2004-04-01", "pct 2010-04-01", "ccg 2013-04-01", "ccg 2019-04-01", "csu 2014-04-01"])
  func `Each row gives the answer of a crosswalk from any of its days`(words: String) throws {
    let (kind, day) = (String(words.split(separator: " ")[0]), String(words.split(separator: " ")[1]))
    let table = try byPeriod("--kind", kind, "--scheme", "ods")
    let crosswalk = try bench.orgreg(
      "export", "crosswalk", "--from", day, "--to", "2023-04-01", "--kind", kind)
    let expected = crosswalk.lines.dropFirst().map { line in
      let cells = CSVLine(line).cells
      return [1, 4, 6, 7, 8, 9, 10, 11, 12].map { cells[$0] }
    }
    let found = table.lines.dropFirst().compactMap { line -> [String]? in
      let cells = CSVLine(line).cells
      guard cells[1] <= day, cells[2].isEmpty || day <= cells[2] else { return nil }
      return [cells[0]] + cells[3...]
    }
    #expect(!expected.isEmpty && Set(found) == Set(expected) && found.count == expected.count, "\(table)\(crosswalk)")
  }

  @Test func `Units have rows on request, and options that do not fit are refused`() throws {
    let run = try byPeriod("--units", "--scheme", "ods")
    #expect(run.lines.contains { $0.hasPrefix("E01000001,2000-02-17,,A3A8R,1,") }, "\(run)")
    #expect(run.lines.contains { $0.hasPrefix("A81001,") }, "\(run)")
    expectUsage(try byPeriod("--from", "2013-04-01"), "leave out --from")
    expectUsage(try bench.orgreg("export", "crosswalk", "--to", "2013-04-01"), "--from", "--by-period")
    expectUsage(
      try bench.orgreg("export", "crosswalk", "--from", "2013-04-01", "--to", "2013-04-01", "--units"), "--by-period")
    expectRefused(try byPeriod("--basis", "postcodes"), "known only from 2013-03-31 to 2015-04-01")
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
  func `PostgreSQL restates a million rows and loses none`() throws {
    let count = rounds(1_000_000)
    try expectConserved(try Postgres(), count, numbers: "generate_series(1, \(count)) AS")
  }

  @Test(.enabled(if: Engine.python.isExpected, "DuckDB is not installed: .ci/install engines"))
  func `DuckDB restates a million rows and loses none`() throws {
    let count = rounds(1_000_000)
    let engine = DuckDB(file: bench.path("figures.duckdb"))
    try expectConserved(engine, count, numbers: "(SELECT range AS n FROM range(\(count)))")
  }
}

/// The cells of a line of CSV without line breaks.
private struct CSVLine {
  let cells: [String]

  init(_ line: String) {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    self.cells = cells
  }
}
