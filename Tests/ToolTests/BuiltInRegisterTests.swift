import Foundation
import RegistryTestSupport
import Testing

/// Reading without a register file.
@Suite(.tags(.slow), .inFullRuns) struct BuiltInRegisterTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    bench.environment["XDG_CACHE_HOME"] = bench.path("cache")
  }

  private func cached() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: bench.path("cache/orgreg")).sorted()
  }

  @Test func `It is made once, and standard error says that it is used`() throws {
    let first = try bench.orgreg("list", "ccg", "--on", "2013-04-01", "--format", "csv")
    expectDone(first)
    #expect(first.stderr == Workbench.builtInRemark + "\n" && first.lines.count == 212, "\(first)")
    let files = try cached()
    #expect(files.count == 1 && files[0].hasSuffix(".sqlite"), "\(files)")
    let bytes = try bench.bytes("cache/orgreg/\(files[0])")
    for words in [["status"], ["check"], ["list", "ccg"]] { expectDone(try bench.orgreg(words)) }
    #expect(try cached() == files)
    // The register for people's queries is another file, which has views.
    for _ in 0..<2 { expectDone(try bench.orgreg("sql", "VALUES(1)")) }
    #expect(try cached().count == 2)
    #expect(try bench.bytes("cache/orgreg/\(files[0])") == bytes)
    #expect(try bench.listing().allSatisfy { $0.hasPrefix("cache") })
  }

  @Test func `It answers SQL as a register of one's own does, with every view`() throws {
    bench.environment["XDG_CACHE_HOME"] = try Workbench().environment["XDG_CACHE_HOME"]
    let views = "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name"
    expectDone(try bench.orgreg("init", "--registry", "own.sqlite"))
    let own = try bench.orgreg("sql", views, "--registry", "own.sqlite", "--format", "csv")
    #expect(own.lines.count > 12, "\(own)")
    #expect(try bench.orgreg("sql", views, "--format", "csv").stdout == own.stdout)
    for view in own.lines.dropFirst() {
      let query = ["sql", "SELECT * FROM \(view) ORDER BY 1, 2, 3 LIMIT 50", "--format", "csv"]
      let (builtIn, wanted) = (try bench.orgreg(query), try bench.orgreg(query + ["--registry", "own.sqlite"]))
      expectDone(builtIn)
      #expect(builtIn.stdout == wanted.stdout && wanted.lines.count >= 1, "\(view)")
    }
  }

  @Test func `Processes that start at once with an empty cache all succeed`() throws {
    let running = try (0..<4).map { _ in try bench.command(["report", "counts", "--format", "csv"]).start() }
    let runs = running.map { $0.finish() }
    for run in runs {
      expectDone(run)
      #expect(run.stdout == runs[0].stdout)
    }
    let files = try cached()
    #expect(files.count == 1 && files[0].hasSuffix(".sqlite"), "\(files)")
    expectDone(try bench.orgreg("check"))
  }

  @Test func `A cache folder that cannot be made is said`() throws {
    try bench.write("not a folder", to: "cache")
    expectRefused(try bench.orgreg("list", "ccg"), "cannot make the cache folder", "cache/orgreg", "XDG_CACHE_HOME")
    #expect(try bench.listing() == ["cache 12"])
  }

  @Test(.enabled(if: Workbench.canDropPrivileges, "cannot run as a user who is not root"))
  func `A cache folder that may not be written is said`() throws {
    try FileManager.default.createDirectory(atPath: bench.path("cache/orgreg"), withIntermediateDirectories: true)
    chmod(bench.path("cache/orgreg"), 0o555)
    expectRefused(try bench.unprivileged("list", "ccg"), "cannot make the built-in register in", "cache/orgreg")
    #expect(try cached().isEmpty)
  }

  @Test func `Without XDG_CACHE_HOME the cache is in the home folder`() throws {
    bench.environment["XDG_CACHE_HOME"] = nil
    expectDone(try bench.orgreg("status"))
    #expect(FileManager.default.fileExists(atPath: bench.path(".cache/orgreg")))
  }

  @Test func `Without any home it works`() throws {
    bench.environment["XDG_CACHE_HOME"] = nil
    bench.environment["HOME"] = nil
    expectDone(try bench.orgreg("status"))
  }

  @Test func `The register is the one that is named, or in the environment, or in the folder`() throws {
    bench.environment["XDG_CACHE_HOME"] = try Workbench().environment["XDG_CACHE_HOME"]
    func register() throws -> String {
      let run = try bench.orgreg("status", "--format", "csv")
      expectDone(run)
      return run.lines.first { $0.hasPrefix("register,") } ?? ""
    }
    #expect(try register() == "register,built-in England register")
    for name in ["registry.sqlite", "environment.sqlite", "named.sqlite"] {
      expectDone(try bench.orgreg("init", "--empty", "--registry", name))
    }
    #expect(try register() == "register,./registry.sqlite")
    bench.environment["ORGREG_REGISTRY"] = "environment.sqlite"
    #expect(try register() == "register,environment.sqlite")
    let named = try bench.orgreg("status", "--registry", "named.sqlite", "--format", "csv")
    #expect(named.stdout.contains("register,named.sqlite\n") && named.stderr.isEmpty, "\(named)")
    // No other register stands in for one that is named but missing.
    bench.environment["ORGREG_REGISTRY"] = "gone.sqlite"
    expectRefused(try bench.orgreg("status"), "gone.sqlite: ", "no such file")
    bench.environment["ORGREG_REGISTRY"] = ""
    #expect(try register() == "register,./registry.sqlite")
  }

  @Test func `Writing needs a register of one's own`() throws {
    try bench.write(TinyCountry.county, to: "county.csv")
    expectRefused(try bench.orgreg("apply", "county.csv", "--yes"), "./registry.sqlite: ", "orgreg init")
    #expect(try bench.listing().count == 1)
  }
}
