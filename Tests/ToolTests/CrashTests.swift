import Foundation
import RegistryTestSupport
import Testing

/// What becomes of a register if its writer is killed or its disk is full.
@Suite(.tags(.crash), .inFullRuns, .enabled(if: Workbench.has("sqlite3"), "needs the sqlite3 shell"))
struct CrashTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    try bench.makeTinyCountry()
  }

  /// Starts a writer and kills it after `seconds` if it has not ended by then. Time chooses the moment, but never what
  /// is expected.
  /// - Returns: whether it said that it was done.
  private func killed(_ arguments: [String], after seconds: Double) throws -> Bool {
    let running = try bench.command(arguments).start()
    usleep(UInt32(seconds * 1_000_000))
    kill(running.process, SIGKILL)
    return running.finish().status == 0
  }

  private func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = Date()
    try body()
    return Date().timeIntervalSince(start)
  }

  @Test func `After any of two hundred kills the register is sound and holds whole revisions`() throws {
    let size = 40
    try bench.write(TinyCountry.settlement(0, of: size), to: "settlement.csv")
    let whole = try seconds { expectDone(try bench.orgreg("apply", "settlement.csv", "--yes")) }
    var (attempt, done, kept) = (0, 0, try bench.revisions().count)
    while attempt < 200 {
      for _ in 0..<5 {
        attempt += 1
        try bench.write(TinyCountry.settlement(attempt, of: size), to: "settlement.csv")
        let isDone = try killed(
          ["apply", "settlement.csv", "--yes", "--reason", "attempt \(attempt)"], after: .random(in: 0...whole * 1.2))
        done += isDone ? 1 : 0
      }
      expectDone(try bench.orgreg("check"))
      let revisions = try bench.expectWholeRevisions()
      // A writer that said "done" has its revision. One that was killed may have written without saying so.
      #expect(revisions >= kept + done)
      #expect(revisions <= kept + 5)
      (kept, done) = (revisions, 0)
    }
    for (number, rows) in try bench.revisions() where number > 1 { #expect(rows.opened == 5 * size + 2) }
  }

  @Test func `After a restore is killed the register has its old contents or the new`() throws {
    expectDone(try bench.orgreg("backup", "before.sqlite"))
    try bench.write(TinyCountry.settlement(0, of: 150), to: "settlement.csv")
    expectDone(try bench.orgreg("apply", "settlement.csv", "--yes"))
    expectDone(try bench.orgreg("backup", "after.sqlite"))
    let whole = try seconds { expectDone(try bench.orgreg("restore", "before.sqlite", "--yes")) }
    for attempt in 0..<40 {
      _ = try killed(
        ["restore", attempt.isMultiple(of: 2) ? "after.sqlite" : "before.sqlite", "--yes"],
        after: .random(in: 0...whole * 1.2))
      #expect([1, 2].contains(try bench.expectWholeRevisions()))
      if attempt % 4 == 3 { expectDone(try bench.orgreg("check")) }
    }
  }

  @Test func `A killed backup leaves no file under its name`() throws {
    let whole = try seconds { expectDone(try bench.orgreg("backup", "whole.sqlite")) }
    for _ in 0..<20 {
      let isDone = try killed(["backup", "copy.sqlite"], after: .random(in: 0...whole))
      let isThere = FileManager.default.fileExists(atPath: bench.path("copy.sqlite"))
      #expect(isThere || !isDone)
      if isThere {
        expectDone(try bench.orgreg("check", "--registry", "copy.sqlite"))
        try FileManager.default.removeItem(atPath: bench.path("copy.sqlite"))
      }
    }
  }

  // MARK: Full disks

  private static let canMount =
    (try? Workbench().bash("unshare -m bash -c 'mount -t tmpfs -o size=1m none .'").status) == 0

  /// Runs a script on a small disk, in a copy of the folder of the bench.
  /// - Parameter room: the kilobytes of the disk beyond the registers, which grow with the schema.
  private func onDisk(withRoom room: Int, _ script: String) throws -> Run {
    let names = try FileManager.default.contentsOfDirectory(atPath: bench.folder)
    let registers = names.filter { $0.hasSuffix(".sqlite") || $0.hasSuffix(".db") }
    let size = try registers.reduce(room) { size, name in try size + bench.bytes(name).count / 1_024 }
    try bench.write(script, to: "script")
    return try bench.bash(
      """
      unshare -m bash -c 'mkdir disk && mount -t tmpfs -o size=\(size)k none disk && cp *.* disk && cd disk && . ../script'
      """)
  }

  @Test(.enabled(if: canMount, "cannot mount a small disk here"))
  func `On a full disk a writer says so and the register stays as it was`() throws {
    try bench.write(TinyCountry.settlement(1, of: 400), to: "settlement.csv")
    let run = try onDisk(
      withRoom: 172,
      """
      sqlite3 registry.sqlite .dump > ../before
      "$orgreg" apply settlement.csv --yes; status=$?
      "$orgreg" check || status=3
      sqlite3 registry.sqlite .dump | cmp - ../before || status=4
      exit $status
      """)
    #expect(run.status == 2, "\(run)")
    #expect(run.complaints.count == 2, "\(run)")
    #expect(run.complaints[0].hasPrefix("orgreg: ./registry.sqlite: the disk is full; nothing was changed"), "\(run)")
    #expect(run.complaints[1].contains("sound"), "\(run)")
  }

  @Test(.enabled(if: canMount, "cannot mount a small disk here"))
  func `A backup onto a full disk says so and leaves no file`() throws {
    let run = try onDisk(
      withRoom: 172,
      "\"$orgreg\" backup copy.sqlite; status=$?; ls -A | grep -v -e csv -e ^registry.sqlite$; exit $status"
    )
    expectRefused(run, "copy.sqlite: ", "the disk is full")
  }

  @Test(.enabled(if: canMount, "cannot mount a small disk here"))
  func `A restore onto a full disk says so and the register stays as it was`() throws {
    try bench.write(TinyCountry.settlement(1, of: 200), to: "settlement.csv")
    expectDone(try bench.orgreg("backup", "small.sqlite"))
    expectDone(try bench.orgreg("apply", "settlement.csv", "--yes"))
    expectDone(try bench.orgreg("backup", "large.db"))
    try FileManager.default.removeItem(atPath: bench.path("registry.sqlite"))
    try FileManager.default.moveItem(atPath: bench.path("small.sqlite"), toPath: bench.path("registry.sqlite"))
    let run = try onDisk(
      withRoom: 132,
      """
      "$orgreg" restore large.db --yes > /dev/null; status=$?
      "$orgreg" check || status=3
      "$orgreg" status --format csv | grep ^revision,; ls -A | grep -v -e csv -e db
      exit $status
      """)
    #expect(run.status == 2, "\(run)")
    #expect(run.stderr.contains("registry.sqlite: the disk is full; nothing was changed"), "\(run)")
    #expect(run.stderr.contains("sound"), "\(run)")
    #expect(run.lines.first == "revision,1", "\(run)")
  }

  @Test(arguments: ["", "trap '' XFSZ; "])
  func `A limit of the size of files is said by a writer, and the register stays as it was`(before: String) throws {
    try bench.write(TinyCountry.settlement(1, of: 600), to: "settlement.csv")
    let dump = try bench.dump()
    let run = try bench.bash("\(before)ulimit -f 300; exec $orgreg apply settlement.csv --yes > /dev/null")
    expectRefused(run, "registry.sqlite: ", "disk", "nothing was changed")
    #expect(try bench.dump() == dump)
    expectDone(try bench.orgreg("check"))
    expectRefused(try bench.bash("\(before)ulimit -f 100; exec $orgreg backup c.sqlite"), "c.sqlite: ", "disk")
    #expect(try bench.listing().allSatisfy { !$0.hasPrefix("c.sqlite") })
  }
}
