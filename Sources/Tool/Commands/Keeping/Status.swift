import ArgumentParser
import RegistryStorage
import RegistryReporting

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .status, abstract: "Show which register is used, its schema, its newest revision and its size.",
    discussion: """
      EXAMPLES
        orgreg status
      """)

  @OptionGroup var location: CurrentOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try location.reading { registry, path, isBuiltIn in
      let revision = try registry.revisions().last
      var rows: [[String?]] = [
        ["register", isBuiltIn ? "built-in England register" : path],
        ["file", path],
        ["schema", String(try registry.schemaVersion())],
        ["revision", revision.map { String($0.number) } ?? "none"],
        ["recorded_at", revision?.recordedAt],
      ]
      for (table, count) in try registry.tableCounts() { rows.append([table, String(count)]) }
      try output.print(DataTable(columns: [DataTable.Column("what"), DataTable.Column("value")], rows: rows))
    }
  }
}
