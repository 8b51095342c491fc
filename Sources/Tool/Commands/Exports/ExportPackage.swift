import ArgumentParser
import RegistryExporting
import RegistryFormats
import RegistryStorage

struct ExportPackage: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "package", abstract: "Write what the register says now as a data package of CSV files.",
    discussion: """
      The folder holds one CSV file for each table of 'orgreg export sql', such as
      organisation, code, name, role, event and succession, and datapackage.json, a
      Frictionless Data Package 2.0: the types, keys, references and meaning of all
      columns, the sources, the licence, and the bytes and SHA-256 of each file.
      'frictionless validate FOLDER/datapackage.json' checks it, and tools for data
      packages load it as it is.
      Days are half-open: valid_from is the first day, and valid_to the first day
      after. What was superseded, and who recorded what, is left out.
      The folder appears whole or not at all. The same revision gives the same bytes.

      EXAMPLES
        orgreg export package --output register
      """)

  @OptionGroup var location: CurrentOptions

  @Option(help: "The folder to make; it must be new or empty.", completion: .directory)
  var output: String

  func run(reading registry: Registry) throws {
    try whole {
      let folder = try AtomicFolder(output)
      let (tables, rows) = try DataPackage(registry).write(to: folder)
      try folder.commit()
      remark("orgreg: \(output): \(counted(tables, "table")), \(counted(rows, "row"))")
    }
  }
}
