import Foundation
import RegistryTestSupport
import Testing

/// `orgreg backup` makes a whole copy, and `orgreg restore` puts it back.
@Suite(.tags(.slow), .inFullRuns, .enabled(if: Workbench.has("sqlite3"), "needs the sqlite3 shell"))
struct BackupCommandTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
  }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: bench.folder).filter { !$0.hasSuffix(".csv") }.sorted()
  }

  /// Another process that keeps the register open from the first statement until the file `release` appears.
  private func hold(_ first: String, then last: String = "") throws -> Running {
    var command = try bench.command([])
    command.words = [
      "sqlite3", "-batch", "registry.sqlite", first, ".shell touch held; while [ ! -e release ]; do sleep 0.02; done",
      last,
    ]
    let running = try command.start()
    try #require(running.hasMade(bench.path("held")))
    return running
  }

  /// The schema without SQLite's own tables.
  private func schema(of bench: Workbench) throws -> String {
    try bench.sqlite3(
      "registry.sqlite", "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY type, name")
  }

  // MARK: Backup

  @Test func `A copy is one file that says all that the register says`() throws {
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
    let run = try bench.orgreg("backup", "copy.sqlite")
    expectDone(run)
    #expect(run.stdout.isEmpty && run.stderr == "orgreg: made copy.sqlite: 2 revisions\n", "\(run)")
    #expect(try names() == ["copy.sqlite", "registry.sqlite"])
    #expect(try bench.dump("copy.sqlite") == bench.dump())
    expectDone(try bench.orgreg("check", "--registry", "copy.sqlite"))
    #expect(try names() == ["copy.sqlite", "registry.sqlite"])
    expectDone(try bench.orgreg("apply", "county.csv", "--yes", "--registry", "copy.sqlite"))
  }

  @Test func `What is still in the log of the register is in the copy`() throws {
    let holder = try hold("SELECT count(*) FROM revision")
    defer { _ = holder.finish() }
    defer { try? bench.write("", to: "release") }
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
    #expect(FileManager.default.fileExists(atPath: bench.path("registry.sqlite-wal")))
    let run = try bench.orgreg("backup", "copy.sqlite")
    #expect(run.stderr.contains("2 revisions"), "\(run)")
    #expect(try names().filter { $0.hasPrefix("copy") } == ["copy.sqlite"])
  }

  @Test func `The built-in register is copied whole, and can be written`() throws {
    let bench = try Workbench()
    let run = try bench.orgreg("backup", "england.sqlite")
    expectDone(run)
    #expect(run.complaints == ["orgreg: made england.sqlite: 1 revision"], "\(run)")
    expectDone(try bench.orgreg("check", "--registry", "england.sqlite"))
    expectDone(try bench.orgreg("restore", "england.sqlite"))
    #expect(try schema(of: bench) == schema(of: self.bench))
  }

  @Test func `An existing file is replaced only by force`() throws {
    try bench.write("my notes", to: "copy.sqlite")
    expectRefused(try bench.orgreg("backup", "copy.sqlite"), "copy.sqlite", "exists already", "--force")
    #expect(try bench.text("copy.sqlite") == "my notes")
    expectDone(try bench.orgreg("backup", "copy.sqlite", "--force"))
    #expect(try bench.dump("copy.sqlite") == bench.dump())
    expectRefused(try bench.orgreg("backup", "registry.sqlite", "--force"), "registry.sqlite", "the register itself")
    expectRefused(try bench.orgreg("backup", bench.folder, "--force"), bench.folder)
    // A copy may replace an older copy.
    expectDone(try bench.orgreg("backup", "copy.sqlite", "--force"))
    expectRefused(try bench.orgreg("backup", "nowhere/copy.sqlite"), "cannot create nowhere/copy.sqlite: No such")
    #expect(try names() == ["copy.sqlite", "registry.sqlite"])
  }

  /// As root, a rename would destroy the device for everybody.
  @Test(arguments: [["backup"], ["export", "sqlite"]])
  func `Force never replaces what is no file`(command: [String]) throws {
    let made = try bench.bash(
      "mkfifo pipe; mkdir folder; ln -s /dev/null link; mknod null c 1 3 || ln -s /dev/null null")
    try #require(made.status == 0, "\(made)")
    let before = try bench.bash("ls -l").stdout
    for name in ["pipe", "folder", "link", "null"] {
      expectRefused(try bench.orgreg(command + [name, "--force"]), "\(name): this is not a file", "name a file")
    }
    #expect(try bench.bash("ls -l").stdout == before)
  }

  @Test func `An export for readers replaces no register`() throws {
    expectDone(try bench.orgreg("backup", "other.sqlite"))
    let before = try bench.dump("other.sqlite")
    expectRefused(
      try bench.orgreg("export", "sqlite", "other.sqlite", "--force"), "other.sqlite: this is a register",
      "name another")
    #expect(try bench.dump("other.sqlite") == before)
    // An export is none, and may be replaced.
    expectDone(try bench.orgreg("export", "sqlite", "readers.sqlite"))
    expectDone(try bench.orgreg("export", "sqlite", "readers.sqlite", "--force"))
  }

  @Test func `No file is put beside the log of another register`() throws {
    for log in ["-wal", "-journal"] {
      try bench.write("a log", to: "copy.sqlite\(log)")
      let words = ["copy.sqlite\(log)", "move the log away", "nothing was changed"]
      for command in [
        ["backup", "copy.sqlite"], ["backup", "copy.sqlite", "--force"], ["init", "--registry", "copy.sqlite"],
        ["restore", "registry.sqlite", "--registry", "copy.sqlite"],
      ] {
        expectRefused(try bench.orgreg(command), words[0], words[1], words[2])
      }
      #expect(try bench.text("copy.sqlite\(log)") == "a log")
      try FileManager.default.removeItem(atPath: bench.path("copy.sqlite\(log)"))
    }
    #expect(try names() == ["registry.sqlite"])
  }

  @Test func `A damaged register is not copied`() throws {
    try bench.copyEngland(to: "damaged.sqlite")
    try damage("damaged.sqlite", pages: 300..<400)
    let run = try bench.orgreg("backup", "copy.sqlite", "--registry", "damaged.sqlite")
    expectRefused(run, "copy.sqlite", "damaged")
    #expect(try names() == ["damaged.sqlite", "registry.sqlite"])
  }

  // MARK: Restore

  private func damage(_ name: String, pages: Range<Int>) throws {
    var bytes = try bench.bytes(name)
    for page in pages { for offset in 0..<64 { bytes[page * 4_096 + offset] ^= 0xFF } }
    try bench.write(bytes, to: name)
  }

  @Test func `What would be lost is shown, and then lost`() throws {
    expectDone(try bench.orgreg("backup", "monday.sqlite"))
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes", "--by", "clerk", "--reason", "order of 12 March"))
    let (monday, tuesday) = (try bench.dump("monday.sqlite"), try bench.dump())

    let dry = try bench.orgreg("restore", "monday.sqlite", "--dry-run", "--format", "csv")
    expectDone(dry)
    #expect(dry.lines.count == 2 && dry.lines[0] == "revision,recorded_at,actor,command,reason,rows", "\(dry)")
    #expect(dry.lines[1].wholeMatch(of: #/2,.*Z,clerk,apply merger.csv,order of 12 March,\d+/#) != nil, "\(dry)")
    #expect(
      dry.complaints == [
        "orgreg: ./registry.sqlite would lose 1 revision; monday.sqlite holds 1 revision",
        "orgreg: dry run: nothing was changed",
      ], "\(dry)")
    #expect(try bench.dump() == tuesday)
    let unasked = try bench.orgreg("restore", "monday.sqlite", input: "y\n")
    #expect(unasked.status == 2 && unasked.complaints.last?.contains("--yes") ?? false, "\(unasked)")
    #expect(try bench.dump() == tuesday)

    let run = try bench.orgreg("restore", "monday.sqlite", "--yes", "--format", "csv")
    expectDone(run)
    #expect(run.stdout == dry.stdout)
    #expect(run.complaints.last == "orgreg: restored ./registry.sqlite: 1 revision", "\(run)")
    #expect(try bench.dump() == monday)
    #expect(try names() == ["monday.sqlite", "registry.sqlite"])
    expectDone(try bench.orgreg("check"))
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
  }

  @Test func `Another history is lost though its numbers are the same`() throws {
    expectDone(try bench.orgreg("backup", "copy.sqlite"))
    expectDone(try bench.orgreg("apply", "county.csv", "--yes", "--registry", "copy.sqlite"))
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
    let run = try bench.orgreg("restore", "copy.sqlite", "--dry-run", "--format", "csv")
    #expect(run.lines.count == 2 && run.lines.last?.contains("apply merger.csv") ?? false, "\(run)")
  }

  @Test(
    .enabled(if: Workbench.has("script"), "needs 'script' of util-linux"), arguments: [("y", true), ("n", false)])
  func `At a terminal it asks`(answer: String, isWritten: Bool) throws {
    expectDone(try bench.orgreg("backup", "copy.sqlite"))
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
    let before = try bench.dump()
    let run = try bench.bash("script -qec \"$orgreg restore copy.sqlite\" /dev/null", input: answer + "\n")
    #expect(run.stdout.contains("lose 1 revision? [y]es [n]o") && run.status == (isWritten ? 0 : 3), "\(run)")
    #expect((try bench.dump() != before) == isWritten)
  }

  @Test(.enabled(if: Workbench.has("script"), "needs 'script' of util-linux"))
  func `A revision that is written while it asks is not lost`() throws {
    expectDone(try bench.orgreg("backup", "copy.sqlite"))
    let run = try bench.bash(
      """
      (until grep -q '[[]n[]]o' shown 2> /dev/null; do sleep 0.02; done
        "$orgreg" apply merger.csv --yes > /dev/null 2>&1; echo y) |
        script -qefc "$orgreg restore copy.sqlite" /dev/null | tee shown; exit ${PIPESTATUS[1]}
      """)
    #expect(run.stdout.contains("somebody else has written") && run.status == 2, "\(run)")
    #expect(try bench.revisions().count == 2)
  }

  @Test func `Where there is no register it is made`() throws {
    expectDone(try bench.orgreg("backup", "copy.sqlite"))
    let dry = try bench.orgreg("restore", "copy.sqlite", "--registry", "new.sqlite", "--dry-run")
    expectDone(dry)
    #expect(try names() == ["copy.sqlite", "registry.sqlite"])
    expectDone(try bench.orgreg("restore", "copy.sqlite", "--registry", "new.sqlite"))
    #expect(try bench.dump("new.sqlite") == bench.dump())
    #expect(try names() == ["copy.sqlite", "new.sqlite", "registry.sqlite"])
  }

  @Test func `Who has the register open reads the old contents to the end, and then the new`() throws {
    expectDone(try bench.orgreg("backup", "copy.sqlite"))
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
    let count = "SELECT count(*) FROM revision"
    let reader = try hold("BEGIN; \(count)", then: "\(count); COMMIT; \(count)")
    let run = try bench.orgreg("restore", "copy.sqlite", "--yes")
    try bench.write("", to: "release")
    expectDone(run)
    let read = reader.finish()
    #expect(read.lines == ["2", "2", "1"], "\(read)")
    expectDone(try bench.orgreg("check"))
  }

  @Test func `A register that somebody writes is busy`() throws {
    expectDone(try bench.orgreg("backup", "copy.sqlite"))
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
    let writer = try hold("BEGIN IMMEDIATE", then: "ROLLBACK")
    defer { _ = writer.finish() }
    defer { try? bench.write("", to: "release") }
    let run = try bench.orgreg("restore", "copy.sqlite", "--yes")
    #expect(run.status == 2 && run.stderr.contains("busy") && run.stderr.contains("nothing was changed"), "\(run)")
    #expect(try bench.revisions().count == 2)
  }

  static let badFiles = [
    "truncated", "cut inside a page", "with damaged pages", "with a damaged first page", "a text", "empty",
    "another program's database", "newer", "for reading only", "missing", "a folder", "the register",
  ]

  @Test(.tags(.slow), .inFullRuns, arguments: badFiles)
  func `A file that is no sound register is refused in one sentence`(sort: String) throws {
    try bench.copyEngland(to: "bad")
    let bytes = try bench.bytes("bad")
    switch sort {
    case "truncated": try bench.write(Array(bytes.prefix(bytes.count / 8_192 * 4_096)), to: "bad")
    case "cut inside a page": try bench.write(Array(bytes.dropLast(100)), to: "bad")
    case "with damaged pages": try damage("bad", pages: 20..<60)
    case "with a damaged first page": try damage("bad", pages: 0..<1)
    case "a text": try bench.write("Dear Sir or Madam,\n", to: "bad")
    case "empty": try bench.write("", to: "bad")
    case "another program's database":
      try bench.write("", to: "bad")
      try bench.sqlite3("bad", "CREATE TABLE album (title TEXT)")
    case "newer": try bench.sqlite3("bad", "INSERT INTO schema_migration VALUES (99, 'x', '0', '2030-01-01T00:00:00Z')")
    case "missing", "a folder":
      try FileManager.default.removeItem(atPath: bench.path("bad"))
      if sort == "a folder" {
        try FileManager.default.createDirectory(atPath: bench.path("bad"), withIntermediateDirectories: false)
      }
    default: break
    }
    let (before, listing) = (try bench.bytes("registry.sqlite"), try bench.listing())
    let file = sort == "the register" ? "registry.sqlite" : "bad"
    for words in [["--yes"], ["--dry-run"], ["--yes", "--registry", "new.sqlite"]]
    where sort != "the register" || words.count == 1 {
      let run = try bench.orgreg(["restore", file] + words)
      expectRefused(run, "\(file): ")
      #expect(!run.stderr.contains("restore it from") && !run.stderr.contains("orgreg init"), "\(run)")
    }
    #expect(try bench.bytes("registry.sqlite") == before)
    #expect(try bench.listing() == listing)
  }

  @Test func `A register that breaks a rule is copied with a warning, and not restored`() throws {
    try bench.sqlite3(
      "registry.sqlite",
      """
      INSERT INTO name (key, organisation_id, scheme_id, value, valid_from, valid_to, from_status, to_status, opened_in)
      SELECT 'early', id, 1, 'Ash before its time', '1990-01-01', '1991-01-01', 'stated', 'stated', 1
      FROM organisation WHERE key = 'm-ash'
      """)
    let run = try bench.orgreg("backup", "copy.sqlite")
    #expect(run.status == 1 && run.complaints.count == 2, "\(run)")
    #expect(run.complaints.last == "orgreg: copy.sqlite: it breaks a rule in 1 place (see 'orgreg check')", "\(run)")
    expectRefused(try bench.orgreg("restore", "copy.sqlite", "--yes"), "copy.sqlite: ", "not sound", "early")
  }

  /// A register as an earlier version made it, as SQL.
  private static let older = "\(Workbench.package)/Tests/StorageTests/Golden/register-with-planned-events.sql"

  @Test func `A register of an older orgreg is copied as it is, and brought up to date when it is restored`() throws {
    // The dump of the old register has its tables first: order tells nothing.
    let parts = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY type, name"
    let schema = try bench.sqlite3("registry.sqlite", parts)
    try FileManager.default.removeItem(atPath: bench.path("registry.sqlite"))
    try bench.sqlite3("registry.sqlite", ".read '\(Self.older)'")
    expectRefused(try bench.orgreg("status"), "schema step", "orgreg backup")
    let dump = try bench.dump()
    expectDone(try bench.orgreg("backup", "copy.sqlite"))
    #expect(try bench.dump("copy.sqlite") == dump)
    #expect(try bench.dump() == dump)
    expectDone(try bench.orgreg("restore", "copy.sqlite", "--registry", "new.sqlite"))
    #expect(try bench.sqlite3("new.sqlite", parts) == schema)
    #expect(try bench.dump("copy.sqlite") == dump)
  }

  @Test func `A copy is readable by those who may read the register`() throws {
    chmod(bench.path("registry.sqlite"), 0o600)
    expectDone(try bench.orgreg("backup", "copy.sqlite"))
    let attributes = try FileManager.default.attributesOfItem(atPath: bench.path("copy.sqlite"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `Contents with pages of another size are restored only under another name`() throws {
    expectDone(try bench.orgreg("backup", "copy.sqlite"))
    try bench.sqlite3("copy.sqlite", "PRAGMA page_size = 8192; VACUUM")
    expectRefused(try bench.orgreg("restore", "copy.sqlite", "--yes"), "copy.sqlite: ", "8192", "nothing was changed")
    expectDone(try bench.orgreg("restore", "copy.sqlite", "--registry", "new.sqlite"))
    expectDone(try bench.orgreg("check", "--registry", "new.sqlite"))
  }

  @Test func `A damaged register is never overwritten unseen`() throws {
    expectDone(try bench.orgreg("backup", "copy.sqlite"))
    for contents in ["my notes", ""] {
      try bench.write(contents, to: "registry.sqlite")
      expectRefused(try bench.orgreg("restore", "copy.sqlite", "--yes"), "./registry.sqlite: ", "move it away")
      #expect(try bench.text("registry.sqlite") == contents)
    }
    try FileManager.default.removeItem(atPath: bench.path("registry.sqlite"))
    expectDone(try bench.orgreg("restore", "copy.sqlite"))
    expectDone(try bench.orgreg("check"))
  }
}
