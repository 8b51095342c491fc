import Foundation
import Testing

/// A temporary folder for one test, and the tool that runs in it.
final class Workbench {
  static let builtInRemark = "orgreg: using the built-in England register (name another with --registry)"

  let folder: String
  /// The environment of the tool. Tests that read share a cache with the built-in register; a test of the cache sets
  /// its own.
  var environment: [String: String]

  init() throws {
    folder = try temporaryFolder("bench")
    environment = Self.environment(home: folder, cache: Self.warmedCache)
  }

  deinit {
    chmod(folder, 0o755)
    try? FileManager.default.removeItem(atPath: folder)
  }

  // MARK: The tool

  /// The tool, which is in the same folder as the binary of the tests.
  static let binary: String = {
    let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (tests as NSString).deletingLastPathComponent + "/orgreg"
  }()

  /// The folder that holds Package.swift.
  static let package = #filePath.replacing(#/\/Tests\/ToolTests\/.*$/#, with: "")

  /// The shared cache, made once. A failure shows in the tests that use it.
  private static let warmedCache: String = {
    guard let folder = try? temporaryFolder("cache") else { return "/nonexistent" }
    removeAtExit(folder)
    _ = try? Command(
      words: [binary, "status"], folder: folder, environment: environment(home: folder, cache: folder)
    ).run()
    return folder
  }()

  private static func environment(home: String, cache: String) -> [String: String] {
    var variables = [
      "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": home, "XDG_CACHE_HOME": cache, "COLUMNS": "80", "LC_ALL": "C",
      "TZ": "UTC",
    ]
    // Sanitizers and coverage need these.
    for name in ["ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LLVM_PROFILE_FILE"] {
      variables[name] = ProcessInfo.processInfo.environment[name]
    }
    return variables
  }

  func command(_ arguments: [String], input: String? = nil) throws -> Command {
    var command = Command(words: [Self.binary] + arguments, folder: folder, environment: environment)
    if let input {
      let file = try temporaryFolder("input") + "/text"
      removeAtExit((file as NSString).deletingLastPathComponent)
      try input.write(toFile: file, atomically: false, encoding: .utf8)
      command.input = file
    }
    return command
  }

  func orgreg(_ arguments: String..., input: String? = nil) throws -> Run { try command(arguments, input: input).run() }

  func orgreg(_ arguments: [String], input: String? = nil) throws -> Run { try command(arguments, input: input).run() }

  /// Runs a shell script; `$orgreg` is the tool.
  func bash(_ script: String, input: String? = nil) throws -> Run {
    var command = try command([], input: input)
    command.words = ["bash", "-c", script]
    command.environment["orgreg"] = Self.binary
    return try command.run()
  }

  /// Runs the tool as a user who is not root, because no folder is read-only for root.
  func unprivileged(_ arguments: String...) throws -> Run {
    var command = try command(arguments)
    if geteuid() == 0 { command.words = Self.dropped + command.words }
    return try command.run()
  }

  private static let dropped = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]

  /// Whether `unprivileged` works here.
  static let canDropPrivileges: Bool = {
    guard geteuid() == 0 else { return true }
    let command = Command(words: dropped + [binary, "--version"], folder: "/", environment: ["PATH": "/usr/bin:/bin"])
    return (try? command.run().status) == 0
  }()

  static func has(_ program: String) -> Bool {
    ["/usr/local/bin", "/usr/bin", "/bin"].contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  // MARK: Files

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
  }

  func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name)))) }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// Every file in the folder and below, with its size. A failed command must not change this.
  func listing() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().map { name in
      let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
      return "\(name) \(attributes[.size] ?? 0)"
    }
  }

  /// A copy of the England register, as `orgreg init` makes it.
  func copyEngland(to name: String = "registry.sqlite") throws {
    let cache = "\(Self.warmedCache)/orgreg"
    let files = try FileManager.default.contentsOfDirectory(atPath: cache)
    let file = try #require(files.first { $0.hasSuffix(".sqlite") })
    try FileManager.default.copyItem(atPath: "\(cache)/\(file)", toPath: path(name))
  }

  /// Runs a script in the `sqlite3` shell.
  @discardableResult
  func sqlite3(_ name: String, _ words: String...) throws -> String {
    var command = try command([])
    command.words = ["sqlite3", "-batch", name] + words
    let run = try command.run()
    try #require(run.status == 0, "\(run)")
    return run.stdout
  }

  /// The whole contents of a register, as SQL.
  func dump(_ name: String = "registry.sqlite") throws -> String { try sqlite3(name, ".dump") }
}

private let leftovers = Leftovers()

/// The folders to remove when the tests have ended.
private final class Leftovers: @unchecked Sendable {
  private let lock = NSLock()
  private var folders: [String] = []

  init() { atexit { leftovers.remove() } }

  func add(_ folder: String) { lock.withLock { folders.append(folder) } }

  private func remove() {
    lock.withLock { for folder in folders { try? FileManager.default.removeItem(atPath: folder) } }
  }
}

func removeAtExit(_ folder: String) { leftovers.add(folder) }
