import Foundation
import RegistryTestSupport
import Testing

/// Files that are not registers, and registers that cannot be used now.
@Suite(.enabled(if: Workbench.has("sqlite3"), "needs the sqlite3 shell"))
struct BadRegisterTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.write(TinyCountry.county, to: "county.csv")
  }

  private static let readers = [
    "status", "list ccg", "show 00L", "find devon", "check", "report counts", "sql VALUES(1)",
  ]
  private static let writer = "apply county.csv --yes"

  private func words(_ command: String, _ register: String) -> [String] {
    command.split(separator: " ").map(String.init) + ["--registry", register]
  }

  private func make(_ sort: String) throws {
    switch sort {
    case "a text": try bench.write("Dear Sir or Madam,\n", to: "r.sqlite")
    case "a file of no bytes": try bench.write("", to: "r.sqlite")
    case "random bytes":
      try bench.write((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 31 &+ $0 >> 3) }, to: "r.sqlite")
    case "the first third of a register", "the first page of a register", "the first bytes of a register":
      try bench.copyEngland(to: "whole")
      let bytes = try bench.bytes("whole")
      let count = sort.contains("third") ? bytes.count / 3 : sort.contains("page") ? 4_096 : 60
      try bench.write(Array(bytes.prefix(count)), to: "r.sqlite")
    default: try bench.sqlite3("r.sqlite", "CREATE TABLE album (title TEXT)")
    }
  }

  static let sorts = [
    "a text", "a file of no bytes", "random bytes", "the first third of a register", "the first page of a register",
    "the first bytes of a register", "another program's database",
  ]

  @Test(arguments: sorts)
  func `A file that is not a register is said to be none, and left as it is`(sort: String) throws {
    try make(sort)
    let (bytes, listing) = (try bench.bytes("r.sqlite"), try bench.listing())
    for command in Self.readers {
      expectRefused(try bench.orgreg(words(command, "r.sqlite")), "r.sqlite: ", "not a register")
    }
    #expect(try bench.bytes("r.sqlite") == bytes)
    #expect(try bench.listing() == listing)
    expectRefused(try bench.orgreg(words(Self.writer, "r.sqlite")), "r.sqlite: ", "not a register")
    #expect(try bench.bytes("r.sqlite") == bytes)
    #expect(try bench.listing() == listing)
  }

  @Test func `A page in the middle that is damaged is found`() throws {
    try bench.copyEngland()
    var bytes = try bench.bytes("registry.sqlite")
    for page in 20..<120 { for offset in 0..<64 { bytes[page * 4_096 + offset] = 0xFF } }
    try bench.write(bytes, to: "registry.sqlite")
    let run = try bench.orgreg("check")
    #expect([1, 2].contains(run.status) && !run.stderr.isEmpty && !run.stderr.contains("sound"), "\(run)")
    #expect(!run.stderr.contains("Error("), "\(run)")
  }

  @Test func `A register of a newer orgreg is refused by reader and writer`() throws {
    expectDone(try bench.orgreg("init", "--empty"))
    try bench.sqlite3("registry.sqlite", "INSERT INTO schema_migration VALUES (99, 'x', '0', '2030-01-01T00:00:00Z')")
    let before = try bench.dump()
    for command in Self.readers + [Self.writer] {
      expectRefused(
        try bench.orgreg(words(command, "registry.sqlite")), "registry.sqlite: ", "newer orgreg", "upgrade orgreg")
    }
    #expect(try bench.dump() == before)
  }

  @Test func `A register whose schema somebody has edited is refused`() throws {
    expectDone(try bench.orgreg("init", "--empty"))
    try bench.sqlite3("registry.sqlite", "UPDATE schema_migration SET checksum = '0' WHERE number = 3")
    for command in ["status", Self.writer] {
      expectRefused(try bench.orgreg(words(command, "registry.sqlite")), "registry.sqlite: ", "schema step 3")
    }
  }

  @Test func `A missing file and a folder are said to be such`() throws {
    for command in Self.readers + [Self.writer] {
      expectRefused(try bench.orgreg(words(command, "no.sqlite")), "no.sqlite: ", "no such file", "orgreg init")
      expectRefused(try bench.orgreg(words(command, bench.folder)), bench.folder, "folder")
    }
    #expect(try bench.listing() == ["county.csv \(TinyCountry.county.utf8.count)"])
  }

  /// Holds the lock of the register until the file `release` appears.
  private func lock() throws -> Running {
    var holder = try bench.command([])
    holder.words = [
      "sqlite3", "-batch", "registry.sqlite", "BEGIN EXCLUSIVE",
      ".shell touch held; while [ ! -e release ]; do sleep 0.02; done", "ROLLBACK",
    ]
    let running = try holder.start()
    try #require(running.hasMade(bench.path("held")))
    return running
  }

  @Test(.tags(.slow), .inFullRuns)
  func `While another process writes, readers read and a writer says that the register is busy`() throws {
    try bench.makeTinyCountry()
    let before = try bench.dump()
    let holder = try lock()
    defer { _ = holder.finish() }
    defer { try? bench.write("", to: "release") }
    for command in ["status", "list municipality", "check"] {
      expectDone(try bench.orgreg(words(command, "registry.sqlite")))
    }
    let run = try bench.orgreg("apply", "merger.csv", "--yes")
    expectRefused(run, "busy", "nothing was changed")
    try bench.write("", to: "release")
    #expect(holder.finish().status == 0)
    #expect(try bench.dump() == before)
    expectDone(try bench.orgreg("apply", "merger.csv", "--yes"))
  }

  @Test(.tags(.slow), .inFullRuns) func `A register that was never written to is read while another process writes it`()
    throws
  {
    expectDone(try bench.orgreg("init", "--empty"))
    let holder = try lock()
    defer { _ = holder.finish() }
    defer { try? bench.write("", to: "release") }
    expectDone(try bench.orgreg(words("status", "registry.sqlite")))
    expectRefused(try bench.orgreg(words(Self.writer, "registry.sqlite")), "registry.sqlite: ", "busy")
  }

  @Test(.enabled(if: Workbench.canDropPrivileges, "cannot run as a user who is not root"))
  func `In a read-only folder reading works and writing says so`() throws {
    try bench.makeTinyCountry()
    chmod(bench.path("registry.sqlite"), 0o444)
    chmod(bench.folder, 0o555)
    let listing = try bench.listing()
    let list = try bench.unprivileged("list", "municipality", "--format", "csv")
    expectDone(list)
    #expect(list.lines.count == 4, "\(list)")
    expectDone(try bench.unprivileged("check"))
    expectDone(try bench.unprivileged("sql", "VALUES(1)"))
    expectRefused(try bench.unprivileged("apply", "merger.csv", "--yes"), "registry.sqlite: ", "read-only")
    #expect(try bench.listing() == listing)
  }

  @Test func `Reading leaves no files behind`() throws {
    try bench.makeTinyCountry()
    let listing = try bench.listing()
    for command in ["status", "list municipality", "check", "sql VALUES(1)"] {
      expectDone(try bench.orgreg(words(command, "registry.sqlite")))
    }
    #expect(try bench.listing() == listing)
  }
}
