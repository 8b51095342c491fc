import ArgumentParser
import RegistryFormats
import ODS
import RegistryStorage

struct ExportFHIR: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "fhir", abstract: "Write bodies and their relationships as a FHIR R4 Bundle.",
    discussion: """
      The Bundle (collection) holds an Organization for each ODS code and an
      OrganizationAffiliation for each relationship, as on the day of --on. It has
      the extensions and code systems of the FHIR API of the Organisation Data
      Service. What the register lacks is left out (see 'orgreg help export
      ord-json'). Successions have no place in this form. The id of the Bundle names
      the revision of the register.

      EXAMPLES
        orgreg export fhir --output register.json
        orgreg export fhir --kind icb --on 2023-04-01 > boards.json
      """)

  @OptionGroup var location: CurrentOptions
  @OptionGroup var output: OutputFile

  @Option(help: "Only codes of bodies that ever were of this kind.", completion: .kind)
  var kind: String?

  @Option(help: "The day (YYYY-MM-DD; default: today).", transform: Day.option)
  var on: Day?

  func run(reading registry: Registry) throws {
    let records = try registry.records(kind: kind, on: try registry.dayOfIssue(on))
    let export = FHIRExport(records, try Edition(registry))
    try output.write(counted(records.count, "organization")) { try export.write(to: $0) }
  }
}
