import Foundation
import RegistryTestSupport
import Testing

/// `orgreg export sql`: what the `sqlite3` shell loads, and what is refused. Each other database has its own file.
@Suite(.tags(.slow), .inFullRuns, .serialized) struct SQLExportTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  private func export(_ dialect: String, _ words: String..., to name: String = "script.sql") throws -> String {
    let run = try bench.orgreg(["export", "sql", "--dialect", dialect, "--output", name] + words)
    expectDone(run)
    #expect(run.stdout.isEmpty && run.complaints == ["orgreg: \(name): a script for \(dialect)"], "\(run)")
    return bench.path(name)
  }

  @Test(arguments: ["sqlite", "portable"])
  func `SQLite answers as orgreg does`(dialect: String) throws {
    let shell = SQLiteShell(file: bench.path("england.sqlite"))
    let load = try shell.load(EnglandExports.script(dialect))
    #expect(load.status == 0 && load.stdout.isEmpty && load.stderr.isEmpty, "\(load)")
    let england = try EnglandAnswers.shared.get()
    try england.expectAll(shell)
    #expect(try shell.rows("SELECT * FROM crosswalk_pair") == [["2013-04-01", "2021-04-01", "*", "*"]])
    #expect(try shell.rows("SELECT * FROM crosswalk_target") == [["2021-04-01", "*", "*"]])
    try EnglandAnswers.ask(shell)
    try england.expectCrosswalks(shell, withEvents: dialect == "sqlite", from: EnglandAnswers.ready)
    #expect(try shell.rows("PRAGMA foreign_key_check").isEmpty)
  }

  @Test(arguments: ["sqlite", "portable"])
  func `Strange texts survive in SQLite`(dialect: String) throws {
    try StrangeRegister.make(on: bench)
    let shell = SQLiteShell(file: bench.path("strange.sqlite"))
    let load = try shell.load(export(dialect))
    #expect(load.status == 0 && load.stderr.isEmpty, "\(load)")
    try StrangeRegister.expectSurvived(in: shell)
    let version = try shell.rows(
      "SELECT no_code, valid_from, lived_from FROM organisation_version WHERE name LIKE 'O''B%'")
    #expect(version == [["5E1", "1066-10-14", "1066-10-14"]])
  }

  @Test(arguments: ["sqlite", "postgres", "mysql", "duckdb", "portable"])
  func `The same register gives the same bytes`(dialect: String) throws {
    let other = try Workbench()
    for bench in [bench, other] { try bench.makeTinyCountry() }
    let words = ["export", "sql", "--dialect", dialect, "--crosswalk", "2010-01-01:2001-01-01"]
    let (one, two) = (try bench.orgreg(words), try other.orgreg(words))
    expectDone(one)
    // The two may be recorded in different seconds.
    #expect(one.stdout.withoutMoments == two.stdout.withoutMoments)
    #expect(
      try bench.text(String(export(dialect, "--crosswalk", "2010-01-01:2001-01-01").split(separator: "/").last ?? ""))
        == one.stdout)
  }

  @Test func `A second load says what to do and changes nothing, also in a shell that goes on after errors`() throws {
    try bench.makeTinyCountry()
    let shell = SQLiteShell(file: bench.path("tiny.sqlite"))
    #expect(try shell.load(export("sqlite")).status == 0)
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
    let script = try export("sqlite")
    let before = try bench.dump("tiny.sqlite")
    for run in [try shell.load(script), try shell.loadOn(script)] {
      #expect(run.stderr.contains("are here already: export again with --drop"), "\(run)")
      #expect(try bench.dump("tiny.sqlite") == before)
    }
    let again = try shell.load(export("sqlite", "--drop", "--history"))
    #expect(again.status == 0 && again.stderr.isEmpty, "\(again)")
    #expect(try shell.rows("SELECT count(*) FROM succession") == [["2"]])
    #expect(try shell.load(export("sqlite", "--drop")).status == 0)
    #expect(try shell.rows("SELECT count(*) FROM sqlite_schema WHERE name LIKE '%history'") == [["0"]])
  }

  @Test func `A second load of plain SQL changes nothing either, in a shell that stops at the first error`() throws {
    try bench.makeTinyCountry()
    let shell = SQLiteShell(file: bench.path("tiny.sqlite"))
    #expect(try shell.load(export("portable")).status == 0)
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
    let before = try bench.dump("tiny.sqlite")
    let run = try shell.load(export("portable"))
    #expect(run.status != 0 && run.stderr.contains("already exists"), "\(run)")
    #expect(try bench.dump("tiny.sqlite") == before)
    expectRefused(
      try bench.orgreg("export", "sql", "--dialect", "portable", "--drop"), "--drop", "cannot look", "--prefix")
    #expect(try shell.load(export("portable", "--prefix", "new_")).status == 0)
    #expect(try shell.rows("SELECT count(*) FROM new_succession") == [["2"]])
  }

  @Test(arguments: [
    ["export", "sql", "--dialect", "sqlite"], ["export", "changes"], ["export", "csv", "--on", "2010-01-01"],
    ["export", "crosswalk", "--from", "2010-01-01", "--to", "2001-01-01"],
    ["report", "counts", "--format", "csv"],
    ["restate", "figures.csv", "--code", "code", "--as-at", "2001-01-01", "--to", "2010-01-01", "--sum", "people"],
  ]) func `A register is never overwritten by what is written from it`(command: [String]) throws {
    try bench.makeTinyCountry()
    try bench.write("code,people\nN1,5\n", to: "figures.csv")
    let before = try bench.dump()
    let run = try bench.orgreg(command + ["--output", "registry.sqlite"])
    #expect(
      run.status == 2 && run.stderr.contains("cannot write registry.sqlite: there is a database of this name"),
      "\(run)")
    #expect(try bench.dump() == before)
  }

  @Test func `History is what was ever recorded`() throws {
    try bench.makeTinyCountry()
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
    let key = try bench.orgreg("sql", "SELECT key FROM name WHERE value = 'Dale'", "--format", "csv").lines[1]
    expectDone(try bench.orgreg("retract", key, "--reason", "a mistake", "--yes"))
    let shell = SQLiteShell(file: bench.path("tiny.sqlite"))
    #expect(try shell.load(export("sqlite", "--history")).status == 0)
    let name = "FROM name_history WHERE organisation = 'm-dale'"
    #expect(try shell.rows("SELECT count(*) FROM name WHERE organisation = 'm-dale'") == [["0"]])
    #expect(try shell.rows("SELECT name, opened_in, superseded_in \(name)") == [["Dale", "2", "3"]])
    #expect(try shell.rows("SELECT reason FROM revision ORDER BY revision DESC LIMIT 1") == [["a mistake"]])
    #expect(
      try shell.rows("SELECT valid_to FROM life_history WHERE organisation = 'm-ash' ORDER BY opened_in")
        == [[nil], ["2020-01-01"]])
  }

  @Test func `A part answers for its own bodies as the whole does`() throws {
    let shell = SQLiteShell(file: bench.path("part.sqlite"))
    #expect(try shell.load(export("sqlite", "--kind", "ccg")).status == 0)
    let england = try EnglandAnswers.shared.get()
    try EnglandAnswers.ask(shell)
    try england.expectCrosswalks(shell, of: "ccg", from: EnglandAnswers.ready)
    #expect(try shell.rows("SELECT DISTINCT from_kind FROM ready_crosswalk") == [["ccg"]])
    let links = try shell.rows(
      "SELECT predecessor_code, successor_code, happened_on, type, share, basis, method, event, source_title FROM succession_share"
    )
    let expected = try bench.orgreg("successions", "--kind", "ccg", "--format", "csv")
    #expect(links.count == expected.lines.count - 1)
    let wanted = england.successions.filter { row in
      links.contains { $0[7] == row[7] && $0[0] == row[0] && $0[1] == row[1] }
    }
    EnglandAnswers.expectSame(links, wanted, numbers: [4], "successions of ccg")
    // Bodies in which a group once lay are named, but only those of the kind are whole.
    let whole =
      "SELECT DISTINCT kind FROM organisation_version JOIN organisation USING (organisation) WHERE is_complete"
    #expect(try shell.rows(whole) == [["ccg"]])
    #expect(try shell.rows("PRAGMA foreign_key_check").isEmpty)
  }

  @Test func `A day and a beginning narrow the script`() throws {
    let day = SQLiteShell(file: bench.path("day.sqlite"))
    #expect(try day.load(export("sqlite", "--on", "2016-04-01")).status == 0)
    #expect(try day.rows("SELECT count(*) FROM role WHERE kind = 'ccg'") == [["209"]])
    #expect(
      try day.rows("SELECT (SELECT count(*) FROM succession), (SELECT count(*) FROM role WHERE kind = 'pct')") == [
        ["0", "0"]
      ])
    let since = SQLiteShell(file: bench.path("since.sqlite"))
    #expect(try since.load(export("sqlite", "--since", "2020-04-01")).status == 0)
    #expect(try since.rows("SELECT min(happened_on) FROM succession_share") == [["2020-04-01"]])
    let shares = try since.rows(
      """
      SELECT predecessor_code, successor_code, happened_on, type, share, basis, method, event, source_title
      FROM succession_share
      """)
    let england = try EnglandAnswers.shared.get()
    EnglandAnswers.expectSame(shares, england.successions.filter { $0[2] >= "2020-04-01" }, numbers: [4], "since 2020")
    #expect(try since.rows("PRAGMA foreign_key_check").isEmpty)
  }

  @Test func `The database describes itself`() throws {
    let shell = SQLiteShell(file: try EnglandExports.sqliteFile())
    let undescribed = try shell.rows(
      """
      SELECT m.name, c.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
      WHERE m.type = 'table' AND m.name NOT LIKE 'name_fts%' AND m.name NOT LIKE 'sqlite_stat%' AND m.name || '.' || c.name NOT IN (SELECT subject FROM about)
      UNION ALL SELECT name, '' FROM sqlite_schema WHERE type = 'view' AND name NOT IN (SELECT subject FROM about)
      """)
    #expect(undescribed.isEmpty, "\(undescribed)")
  }

  // MARK: What is refused

  @Test func `Words that nobody can carry out are refused`() throws {
    let sql = ["export", "sql"]
    expectUsage(try bench.orgreg(sql), "--dialect")
    expectUsage(try bench.orgreg(sql + ["--dialect", "oracle"]), "oracle", "postgres")
    let lite = sql + ["--dialect", "sqlite"]
    expectUsage(try bench.orgreg(lite + ["--crosswalk", "2013-04-01"]), "YYYY-MM-DD:YYYY-MM-DD")
    expectUsage(try bench.orgreg(lite + ["--crosswalk", "2013-04-01:2021-02-30"]), "no day 30")
    expectUsage(try bench.orgreg(lite + ["--crosswalk", "2013-04-01:2013-04-01"]), "the same")
    expectUsage(try bench.orgreg(lite + ["--on", "2013-04-01", "--since", "2012-04-01"]), "--on and --since")
    expectRefused(try bench.orgreg(lite + ["--kind", "town"]), "unknown kind 'town'")
    expectRefused(try bench.orgreg(lite + ["--crosswalk", "1066-10-14:2013-04-01"]), "before the first day")
    expectRefused(
      try bench.orgreg(lite + ["--since", "2020-04-01", "--crosswalk", "2013-04-01:2021-04-01"]),
      "not in the part of the register that is exported")
  }

  @Test func `Questions that an export cannot answer are refused where they are asked`() throws {
    func shell(_ words: String...) throws -> SQLiteShell {
      let shell = SQLiteShell(file: bench.path("asked.sqlite"))
      expectDone(
        try bench.orgreg(["export", "sql", "--dialect", "sqlite", "--drop", "--output", "asked.sql"] + words))
      #expect(try shell.load(bench.path("asked.sql")).status == 0)
      return shell
    }
    func insert(_ question: String) -> String { "INSERT INTO crosswalk_pair VALUES (\(question))" }
    let whole = SQLiteShell(file: bench.path("whole.sqlite"))
    try FileManager.default.copyItem(atPath: EnglandExports.sqliteFile(), toPath: whole.file)
    try expectRefused(
      whole, insert("'2014-10-01', '1999-08-19', '*', '*'"), "before the first day that the register knows")
    try expectRefused(
      whole, insert("'2014-10-01', '2016-04-01', 'sheep', '*'"), "CHECK constraint failed", "asked_basis")
    let day = try shell("--on", "2016-04-01")
    let words = "this day is not in this export, which has only 2016-04-01: export again without --on"
    try expectRefused(day, insert("'2013-04-01', '2016-04-01', '*', '*'"), words)
    try expectRefused(day, insert("'2016-04-01', '2021-04-01', '*', '*'"), words)
    let since = try shell("--since", "2020-04-01")
    try expectRefused(
      since, insert("'2013-04-01', '2021-04-01', '*', '*'"),
      "this day is not in this export, which begins on 2020-03-31: export again without --since")
  }

  @Test func `A schema that the database would not take is refused`() throws {
    for (dialect, name, words) in [
      ("postgres", "select", "reserved word"), ("mysql", "rank", "reserved word"),
      ("postgres", "pg_mine", "belongs to"),
      ("mysql", "mysql", "belongs to"), ("duckdb", "main", "belongs to"), ("postgres", "my schema", "small letters"),
      ("duckdb", "a;drop", "small letters"), ("sqlite", "mine", "no schemas"), ("portable", "mine", "no schemas"),
      ("postgres", "", "small letters"), ("postgres", "1st", "small letters"),
    ] {
      let run = try bench.orgreg("export", "sql", "--dialect", dialect, "--schema", name, "--output", "x.sql")
      expectRefused(run, "--schema \(name)", words)
    }
    #expect(try bench.listing().isEmpty)
  }

  @Test func `A beginning of names that no database would take is refused`() throws {
    for (dialect, prefix, words) in [
      ("postgres", "mine_", "has schemas"), ("duckdb", "mine_", "has schemas"), ("sqlite", "a b", "small letters"),
      ("sqlite", "sqlite_", "belongs to"), ("mysql", "Ä", "small letters"), ("portable", "1_", "small letters"),
      ("sqlite", String(repeating: "x", count: 21), "at most 20"),
    ] {
      let run = try bench.orgreg("export", "sql", "--dialect", dialect, "--prefix", prefix, "--output", "x.sql")
      expectRefused(run, "--prefix \(prefix)", words)
    }
    #expect(try bench.listing().isEmpty)
  }

  @Test func `Keys that are too long for a database are refused before a file is made`() throws {
    expectDone(try bench.orgreg("init", "--empty"))
    let long = String(repeating: "x", count: 300)
    try bench.write("record,key,value\nscheme,\(long),Long\n", to: "long.csv")
    expectDone(try bench.orgreg("apply", "long.csv", "--yes"))
    for dialect in ["mysql", "portable"] {
      let run = try bench.orgreg("export", "sql", "--dialect", dialect, "--output", "x.sql")
      expectRefused(run, "scheme.scheme 'xxx", "longer than the 255 characters", dialect)
    }
    #expect(!FileManager.default.fileExists(atPath: bench.path("x.sql")))
    expectDone(try bench.orgreg("export", "sql", "--dialect", "postgres", "--output", "x.sql"))
  }

  @Test func `A folder that is not there is said`() throws {
    let run = try bench.orgreg("export", "sql", "--dialect", "sqlite", "--output", "no/such/x.sql")
    expectRefused(run, "no/such/x.sql", "No such file or directory")
    expectRefused(try bench.orgreg("export", "sql", "--dialect", "sqlite", "--output", "."), "directory")
    #expect(try bench.listing().isEmpty)
  }

  @Test(.enabled(if: Workbench.canDropPrivileges, "cannot run as a user who is not root"))
  func `A folder that may not be written is said`() throws {
    chmod(bench.folder, 0o555)
    let run = try bench.unprivileged("export", "sql", "--dialect", "sqlite", "--output", "x.sql")
    expectRefused(run, "x.sql", "ermission denied")
    #expect(try bench.listing().isEmpty)
  }

  private static let canMount =
    (try? Workbench().bash("unshare -m bash -c 'mount -t tmpfs -o size=1m none .'").status) == 0

  @Test(
    .tags(.crash), .inFullRuns, .enabled(if: canMount, "cannot mount a small disk here"),
    arguments: ["sql --dialect sqlite --kind sha --output x.sql"])
  func `A full disk is said, and nothing is left`(words: String) throws {
    let run = try bench.bash(
      """
      unshare -m bash -c 'mount -t tmpfs -o size=64k none . && cd "$PWD" && "$orgreg" export \(words); s=$?; ls -A; exit $s'
      """)
    expectRefused(run, "No space left on device")
  }

  @Test func `A pipe that closes early ends the export without a word`() throws {
    let run = try bench.bash(
      "\"$orgreg\" export sql --dialect sqlite --kind sha 2>err | head -1; cat err; exit ${PIPESTATUS[0]}")
    #expect(run.status == 0 && run.lines.count <= 2, "\(run)")
  }
}
