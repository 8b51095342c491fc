import Foundation
import RegistryTestSupport
import Testing

/// `orgreg export sqlite`: a file for readers.
@Suite(.tags(.slow), .inFullRuns, .serialized) struct SQLiteFileTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test func `The file is what the script makes, and answers as orgreg does`() throws {
    let file = SQLiteShell(file: bench.path("england.sqlite"))
    try FileManager.default.copyItem(atPath: EnglandExports.sqliteFile(), toPath: file.file)
    let england = try EnglandAnswers.shared.get()
    try england.expectAll(file)
    let loaded = SQLiteShell(file: bench.path("loaded.sqlite"))
    #expect(try loaded.load(EnglandExports.script("sqlite")).status == 0)
    let schema =
      "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'name_fts%' AND name NOT LIKE 'sqlite_%'"
    #expect(try file.rows(schema) == loaded.rows(schema))
    for table in try loaded.rows("SELECT name FROM sqlite_schema WHERE type = 'table'").compactMap({ $0[0] }) {
      let rows = "SELECT * FROM \(table)\(table == "about" ? " WHERE subject <> 'name_fts'" : "")"
      #expect(try file.rows(rows) == loaded.rows(rows), "\(table)")
    }
    #expect(try file.rows("PRAGMA integrity_check; PRAGMA foreign_key_check") == [["ok"]])
    try EnglandAnswers.ask(file)
    try england.expectCrosswalks(file, from: EnglandAnswers.ready)
  }

  @Test func `Names are found by words, without accents and case`() throws {
    try StrangeRegister.make(on: bench)
    expectDone(
      try bench.orgreg("rename", "014", "--name", "Évreux Sud", "--on", "2000-01-01", "--source", "gazette", "--yes"))
    let run = try bench.orgreg("export", "sqlite", "readers.sqlite")
    expectDone(run)
    #expect(run.stdout.isEmpty && run.complaints == ["orgreg: made readers.sqlite"], "\(run)")
    let file = SQLiteShell(file: bench.path("readers.sqlite"))
    let found = try file.rows(
      "SELECT organisation FROM name_fts JOIN name ON name.rowid = name_fts.rowid WHERE name_fts MATCH 'evreux'")
    #expect(found == [["m-two"]])
    #expect(try file.rows("SELECT name FROM name_fts WHERE name_fts MATCH 'upon'") == [[StrangeRegister.name]])
    #expect(try file.rows("SELECT count(*) FROM about WHERE subject = 'name_fts'") == [["1"]])
  }

  @Test func `Nothing is overwritten by mistake`() throws {
    try bench.makeTinyCountry()
    try bench.write("my notes", to: "notes.sqlite")
    let before = try bench.listing()
    expectRefused(try bench.orgreg("export", "sqlite", "notes.sqlite"), "exists already", "--force")
    expectRefused(try bench.orgreg("export", "sqlite", "registry.sqlite", "--force"), "the register itself")
    expectRefused(try bench.orgreg("export", "sqlite", "no/such.sqlite"), "no/such.sqlite", "folder")
    expectRefused(try bench.orgreg("export", "sqlite", "x.sqlite", "--kind", "town"), "unknown kind 'town'")
    #expect(try bench.listing() == before)
    expectDone(try bench.orgreg("export", "sqlite", "notes.sqlite", "--force"))
    #expect(try SQLiteShell(file: bench.path("notes.sqlite")).rows("SELECT count(*) FROM organisation") == [["3"]])
  }

  private static let canMount =
    (try? Workbench().bash("unshare -m bash -c 'mount -t tmpfs -o size=1m none .'").status) == 0

  @Test(.tags(.crash), .inFullRuns, .enabled(if: canMount, "cannot mount a small disk here"))
  func `A full disk is said, and nothing is left`() throws {
    let run = try bench.bash(
      """
      unshare -m bash -c 'mount -t tmpfs -o size=64k none . && cd "$PWD" && "$orgreg" export sqlite x.sqlite --kind sha; s=$?; ls -A
        exit $s'
      """)
    expectRefused(run, "x.sqlite", "the disk is full")
  }
}
