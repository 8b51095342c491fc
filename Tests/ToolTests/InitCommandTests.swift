import Foundation
import RegistryTestSupport
import Testing

/// `orgreg init` makes a whole file or none.
@Suite struct InitCommandTests {
  let bench: Workbench

  init() throws { bench = try Workbench() }

  @Test func `A register is made, holds England, and is sound`() throws {
    let run = try bench.orgreg("init")
    expectDone(run)
    #expect(run.stdout.isEmpty && run.stderr == "orgreg: made ./registry.sqlite with the England register\n", "\(run)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder) == ["registry.sqlite"])
    let check = try bench.orgreg("check")
    expectDone(check)
    let list = try bench.orgreg("list", "ccg", "--on", "2013-04-01", "--format", "csv")
    #expect(list.lines.count == 212 && list.stderr.isEmpty, "\(list)")
  }

  @Test func `An existing file is never overwritten`() throws {
    for (name, text) in [("registry.sqlite", "my notes"), ("empty", "")] {
      try bench.write(text, to: name)
      for words in [["init", "--registry", name], ["init", "--empty", "--registry", name]] {
        expectRefused(try bench.orgreg(words), name, "exists already")
      }
      #expect(try bench.text(name) == text)
    }
    expectRefused(try bench.orgreg("init"), "./registry.sqlite", "exists already")
    expectRefused(try bench.orgreg("init", "--registry", bench.folder), "exists already")
    #expect(try bench.listing() == ["empty 0", "registry.sqlite 8"])
  }

  @Test func `An empty register knows no facts and no words`() throws {
    let run = try bench.orgreg("init", "--empty", "--registry", "norway.sqlite")
    expectDone(run)
    #expect(run.stderr == "orgreg: made norway.sqlite, empty\n", "\(run)")
    expectDone(try bench.orgreg("check", "--registry", "norway.sqlite"))
    let kinds = try bench.orgreg("sql", "SELECT count(*) FROM kind", "--format", "csv", "--registry", "norway.sqlite")
    #expect(kinds.lines.last == "0", "\(kinds)")
    expectRefused(try bench.orgreg("list", "ccg", "--registry", "norway.sqlite"), "unknown kind 'ccg'")
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder) == ["norway.sqlite"])
  }

  @Test func `A missing folder is said`() throws {
    expectRefused(try bench.orgreg("init", "--registry", "nowhere/r.sqlite"), "nowhere/r.sqlite", "folder")
    #expect(try bench.listing().isEmpty)
  }

  @Test(.enabled(if: Workbench.canDropPrivileges, "cannot run as a user who is not root"))
  func `A folder that may not be written is said`() throws {
    chmod(bench.folder, 0o555)
    expectRefused(try bench.unprivileged("init"), "registry.sqlite", "folder")
    #expect(try bench.listing().isEmpty)
  }

  @Test(.tags(.crash), .inFullRuns, arguments: ["", "trap '' XFSZ; "])
  func `A limit of the size of files is said, and nothing is left`(before: String) throws {
    let run = try bench.bash("\(before)ulimit -f 1000; exec $orgreg init")
    expectRefused(run, "registry.sqlite", "disk", "nothing was changed")
    #expect(try bench.listing().isEmpty)
  }

  private static let canMount =
    (try? Workbench().bash("unshare -m bash -c 'mount -t tmpfs -o size=1m none .'").status) == 0

  @Test(.tags(.crash), .inFullRuns, .enabled(if: canMount, "cannot mount a small disk here"))
  func `A full disk is said, and nothing is left`() throws {
    let run = try bench.bash(
      """
      unshare -m bash -c 'mount -t tmpfs -o size=1m none . && cd "$PWD" && "$orgreg" init; s=$?; ls -A; exit $s'
      """)
    expectRefused(run, "registry.sqlite", "the disk is full")
  }

  @Test(.enabled(if: canMount, "cannot mount a small disk here"))
  func `A full disk under the cache is said, and nothing is left`() throws {
    let run = try bench.bash(
      """
      unshare -m bash -c 'mount -t tmpfs -o size=1m none . && cd "$PWD" && XDG_CACHE_HOME=$PWD "$orgreg" list ccg
        s=$?; find . -type f; exit $s'
      """)
    expectRefused(run, "cannot make the built-in register in", "the disk is full")
  }

  @Test func `Of several that start at once, one makes the file`() throws {
    let running = try (0..<3).map { _ in try bench.command(["init", "--empty"]).start() }
    let runs = running.map { $0.finish() }
    #expect(runs.count { $0.status == 0 } == 1, "\(runs)")
    for run in runs where run.status != 0 { expectRefused(run, "registry.sqlite", "xists", "nothing was changed") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder) == ["registry.sqlite"])
    expectDone(try bench.orgreg("check"))
  }
}
