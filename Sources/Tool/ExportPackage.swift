import ArgumentParser
import Exporting
import Formats
import Storage

struct ExportPackage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "package",
    abstract: "Write all that the register says now as a data package: CSV files and what they mean.",
    discussion: """
      A folder with one CSV file for each table (organisations, codes, names, roles, relationships, lives, events,
      successions with shares, parcels, placements, units, claims, sources, ...) and datapackage.json, a Frictionless Data
      Package 2.0: types, keys and references of all columns, sources, licence, bytes and SHA-256 of each file.
      'frictionless validate FOLDER/datapackage.json' checks it, and tools for data packages load it as it is.
      Rows are named by permanent keys; days are inclusive. What was superseded, and who recorded what, is left out.
      The folder appears whole or not at all. The same revision gives the same bytes.

      EXAMPLES
        orgreg export package --output register
      """)

  @OptionGroup var location: CurrentOptions

  @Option(help: "The folder to make; it does not exist yet, or is empty.", completion: .directory)
  var output: String

  func run() throws {
    let (registry, _, _) = try location.opened()
    try whole {
      let folder = try AtomicFolder(output)
      let (tables, rows) = try DataPackage(registry).write(to: folder)
      try folder.commit()
      remark("orgreg: \(output): \(tables) tables, \(rows) rows")
    }
  }
}
