import Foundation
import RegistryTestSupport
import Testing

/// A client's package that depends on the library, with the program of the README. It is kept beside the build of the
/// package, so that only its first build takes a minute.
@Suite(.tags(.slow), .inFullRuns) struct ClientPackageTests {
  /// One of its targets has the name of one of our folders.
  private static let manifest = """
    // swift-tools-version: 6.2
    import PackageDescription

    let package = Package(
      name: "Client",
      dependencies: [.package(path: "\(Workbench.package)")],
      targets: [
        .executableTarget(
          name: "Storage",
          dependencies: [.product(name: "OrgRegistry", package: "\((Workbench.package as NSString).lastPathComponent)")])
      ])
    """

  /// Lines that must not compile in a client's program.
  private static let forbidden = [
    "try Registry.inMemory().database.run(\"INSERT INTO source (key, opened_in) VALUES ('x', 1)\")",
    "try Database(path: \"own.sqlite\", access: .readWrite)", "try Registry.inMemory().together { (.rollback, ()) }",
  ]

  @Test func `The program of the readme builds as a package of its own, and prints what the readme shows`() throws {
    let bench = try Workbench()
    let client = "\(Workbench.package)/.build/client"
    let program = try #require(Document.readme.blocks("swift", after: "<!-- from Swift -->\n").first)
    #expect(program.split(separator: "\n").count <= 30)
    try FileManager.default.createDirectory(atPath: "\(client)/Sources/Storage", withIntermediateDirectories: true)
    func write(_ text: String, _ name: String) throws {
      try text.write(toFile: "\(client)/\(name)", atomically: true, encoding: .utf8)
    }
    try write(Self.manifest, "Package.swift")
    try write(program, "Sources/Storage/main.swift")
    // This names the version of the argument parser that is in the cache of packages.
    try? FileManager.default.copyItem(
      atPath: "\(Workbench.package)/Package.resolved", toPath: "\(client)/Package.resolved")
    let build = try run(["swift", "build", "--disable-index-store", "--product", "Storage"], in: client, bench)
    try #require(build.status == 0, "\(build)")
    #expect(!"\(build)".contains("warning: "), "\(build)")

    let printed = try run(["\(client)/.build/debug/Storage"], in: bench.folder, bench)
    #expect(printed.status == 0, "\(printed)")
    #expect(Document.readme.blocks("text", after: "<!-- printed from Swift -->\n") == [printed.stdout], "\(printed)")

    for statement in Self.forbidden {
      let allowed = "import RegistryStorage\n_ = try Registry.inMemory().check()\n"
      try write("\(allowed)_ = \(statement)\n", "client.swift")
      let check = try run(
        ["swiftc", "-typecheck", "client.swift", "-I", ".build/debug/Modules", "-I"]
          + ["\(Workbench.package)/Sources/CSQLite"], in: client, bench)
      let errors = check.stderr.split(separator: "\n").filter { $0.contains(": error: ") }
      #expect(!errors.isEmpty && errors.allSatisfy { $0.hasPrefix("client.swift:3:") }, "\(check)")
    }
  }

  /// Runs a command with the environment of the test run. Our own binaries use the register cache of the tests.
  private func run(_ words: [String], in folder: String, _ bench: Workbench) throws -> Run {
    var environment = ProcessInfo.processInfo.environment
    environment["ORGREG_REGISTRY"] = nil
    if words[0].hasPrefix("/") { environment = bench.environment }
    return try Command(words: words, folder: folder, environment: environment).run()
  }
}
