import ArgumentParser
import Exporting
import Formats
import RegistryStorage

struct ExportPackage: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "package",
    abstract: "Write all that the register says now as a data package: CSV files and what they mean.",
    discussion: """
      A folder with one CSV file for each table of 'orgreg export sql' (organisation, code, name, role, relationship, life,
      event, succession with shares, parcel, placement, unit, claim, source, ...) and datapackage.json, a Frictionless Data
      Package 2.0: types, keys, references and meaning of all columns, sources, licence, bytes and SHA-256 of each file.
      'frictionless validate FOLDER/datapackage.json' checks it, and tools for data packages load it as it is.
      Days are half-open: valid_from is the first day, valid_to the first day after. What was superseded, and who recorded
      what, is left out.
      The folder appears whole or not at all. The same revision gives the same bytes.

      EXAMPLES
        orgreg export package --output register
      """)

  @OptionGroup var location: CurrentOptions

  @Option(help: "The folder to make; it does not exist yet, or is empty.", completion: .directory)
  var output: String

  func run(reading registry: Registry) throws {
    try whole {
      let folder = try AtomicFolder(output)
      let (tables, rows) = try DataPackage(registry).write(to: folder)
      try folder.commit()
      remark("orgreg: \(output): \(tables) tables, \(rows) rows")
    }
  }
}
