import Foundation

/// A program that tests need and a machine may lack. '.ci/install engines' installs them all. If it is missing, the
/// tests that need it are skipped with a message. With ORGREG_ENGINES=required, as in CI, they run and fail.
struct Engine {
  let path: String?

  /// Whether the tests of this engine run here.
  var isExpected: Bool {
    path != nil || ProcessInfo.processInfo.environment["ORGREG_ENGINES"] == "required"
  }

  struct Missing: Error {}

  func program() throws -> String {
    guard let path else { throw Missing() }
    return path
  }

  static let browser = Engine(candidates: ["/usr/bin/chromium"])
  /// The Python that has the packages of '.ci/install engines'.
  static let python = Engine(candidates: [Workbench.package + "/.build/python/bin/python3"])
  static let postgres = Engine(
    candidates: (11...30).reversed().map { "/usr/lib/postgresql/\($0)/bin/postgres" })
  static let mariadb = Engine(candidates: ["/usr/sbin/mariadbd"])

  private init(candidates: [String]) {
    path = candidates.first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
