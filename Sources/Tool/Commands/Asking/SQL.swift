import ArgumentParser
import England
import RegistryStorage
import RegistryReporting

struct SQL: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .sql, abstract: "Run one SQL query on the register, which cannot change it.",
    discussion: """
      The views current_code, current_name, current_role, current_relationship,
      current_event, current_succession and current_placement hold what the register
      says now, in words.

      EXAMPLES
        orgreg sql "SELECT * FROM current_code WHERE organisation = 'ccg-09G'"
        orgreg sql "SELECT type, count(*) FROM current_event GROUP BY type" \\
          --format csv
      """)

  @OptionGroup var location: CurrentOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "A SELECT statement.")
  var query: String

  @Option(help: "The longest time that the query may take, in seconds.")
  var timeout: Double = 10

  func run() throws {
    guard timeout > 0, timeout <= 86_400 else { throw ValidationError("--timeout is a number of seconds, up to 86400") }
    // The register stays open to the end: the last one to close it must be able to tidy up its log.
    try location.reading { _, path, isBuiltIn in
      try output.print(table(isBuiltIn ? try BuiltInRegister.path(withViews: true) : path, immutable: isBuiltIn))
    }
  }

  private func table(_ file: String, immutable: Bool) throws -> DataTable {
    var table = DataTable(columns: [])
    do {
      let reader = try reader(file, immutable: immutable)
      try reader.run(query, columns: { table.columns = $0.map { DataTable.Column($0) } }) { values in
        table.rows.append(values.map(Self.text))
      }
    } catch {
      if error.isInterrupted { throw Failure("the query took longer than \(timeout) seconds (see --timeout)") }
      if error.primaryCode == 23 { throw Failure("the query may only read: \(error.message)") }
      // These are our own words about the query, not those of SQLite.
      if error.primaryCode == 21 { throw Failure(error.message) }
      throw Failure(error.description)
    }
    return table
  }

  private func reader(_ path: String, immutable: Bool) throws(DatabaseError) -> ReadOnlyQuery {
    do {
      return try ReadOnlyQuery(path: path, immutable: immutable, seconds: timeout)
    } catch  where error.primaryCode == 8 || error.primaryCode == 14 {
      // In a read-only folder the log cannot be opened, but nobody can be writing either.
      return try ReadOnlyQuery(path: path, immutable: true, seconds: timeout)
    }
  }

  private static func text(_ value: Value) -> String? {
    switch value {
    case .null: nil
    case .integer(let integer): String(integer)
    case .real(let real): String(real)
    case .text(let text): text
    }
  }
}
