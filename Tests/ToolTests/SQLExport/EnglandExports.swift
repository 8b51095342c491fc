import Foundation
import Testing

/// Exports of the whole of England, each made once for all tests that only read it.
enum EnglandExports {
  /// The days between which the scripts have a crosswalk.
  static let pair = EnglandAnswers.crosswalks[0]
  private static let options = ["--crosswalk", "\(pair.from):\(pair.to)"]
  static let dialects = ["sqlite", "postgres", "mysql", "duckdb", "portable"]

  private static let folder = Result {
    let folder = try temporaryFolder("england")
    removeAtExit(folder)
    // Some servers run as another user.
    chmod(folder, 0o755)
    return folder
  }

  private static let sqlite = script(for: "sqlite")
  private static let postgres = script(for: "postgres")
  private static let mysql = script(for: "mysql")
  private static let duckdb = script(for: "duckdb")
  private static let portable = script(for: "portable")
  private static let packaged = made("package") { ["package", "--output", $0] }
  private static let file = made("england.sqlite") { ["sqlite", $0] + options }

  private static func script(for dialect: String) -> Result<String, any Error> {
    made("\(dialect).sql") { ["sql", "--dialect", dialect, "--output", $0] + options }
  }

  private static func made(_ name: String, _ words: (String) -> [String]) -> Result<String, any Error> {
    Result {
      let path = "\(try folder.get())/\(name)"
      let run = try Workbench().orgreg(["export"] + words(path))
      try #require(run.status == 0 && run.stdout.isEmpty, "\(run)")
      return path
    }
  }

  /// The path of the script with the crosswalk of `pair`.
  static func script(_ dialect: String) throws -> String {
    switch dialect {
    case "sqlite": try sqlite.get()
    case "postgres": try postgres.get()
    case "mysql": try mysql.get()
    case "duckdb": try duckdb.get()
    default: try portable.get()
    }
  }

  /// The path of the folder of a data package.
  static func package() throws -> String { try packaged.get() }

  /// The path of an SQLite file with the crosswalk of `pair`. Nobody may write it.
  static func sqliteFile() throws -> String { try file.get() }
}
