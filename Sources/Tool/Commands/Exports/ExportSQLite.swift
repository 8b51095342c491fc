import ArgumentParser
import RegistryExporting
import RegistryStorage

struct ExportSQLite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sqlite", abstract: "Write the register as a plain SQLite file, for Datasette and the sqlite3 shell.",
    discussion: """
      The tables and views are those of 'orgreg export sql --dialect sqlite'. The
      table about and .schema describe them, and name_fts searches names. The file is
      a copy for readers, not a register: changes to it do not come back.
      The file appears whole or not at all.

      EXAMPLES
        orgreg export sqlite england.sqlite --crosswalk 2013-04-01:2021-04-01
        orgreg export sqlite latest.sqlite --force --history
        orgreg export sqlite authorities.sqlite --kind sha
      """)

  @OptionGroup var location: CurrentOptions
  @OptionGroup var part: ExportPart

  @Argument(help: "The file to make.", completion: .file())
  var file: String

  @Flag(help: "Add recorded time: the revisions, and for each table of facts all that was ever recorded.")
  var history = false

  @Flag(help: "Replace the file if it exists.")
  var force = false

  func run() throws {
    try location.reading { registry, path, _ in
      let new = try NewRegister(path: file, from: path, replacing: force, .noRegister)
      let export = try SQLExport(registry, part.options(.sqlite, history: history, in: registry))
      try new.place { try export.write(toSQLiteFile: $0) }
      remark("orgreg: made \(file)")
    }
  }
}
