import ArgumentParser
import RegistryExporting
import RegistryFormats
import RegistryStorage

struct ExportCSV: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "csv", abstract: "Write the bodies of a day as a table for spreadsheets.",
    discussion: """
      A row is a body that exists on the day: key, a code for each scheme, name,
      kind, from, to, parent_code, parent_name.
      Spreadsheet programs read the code 5E1 as 50, 014 as 14 and 2-3 as a day, even
      in quotes. --excel makes a file that is safe to open with a double click: codes
      are formulas that give their text (="5E1"), and a text that begins with = + -
      or @ gets an apostrophe, so that it is never computed. UTF-8 is marked, and
      lines end with CR and LF.
      Without --excel the file is for programs. Tell them that codes are text: in
      pandas dtype=str, in R colClasses="character", in DuckDB all_varchar.

      EXAMPLES
        orgreg export csv --excel --output bodies.csv
        orgreg export csv ccg --on 2016-04-01 > ccg-2016.csv
      """)

  @OptionGroup var location: CurrentOptions
  @OptionGroup var output: OutputFile

  @Argument(help: "Only bodies that are of this kind on the day.", completion: .kind)
  var kind: String?

  @Option(help: "The day (YYYY-MM-DD; default: today).", transform: Day.option)
  var on: Day?

  @Flag(help: "Protect codes and names from spreadsheet programs.")
  var excel = false

  func run(reading registry: Registry) throws {
    if let kind { try registry.mustKnow(kind: kind) }
    try registry.mustReach(on, knownIn: latest)
    let export = try SpreadsheetExport(registry, kind: kind, on: on ?? Moment.today)
    try output.write(counted(export.rowCount, "row")) { try export.write(to: $0, isForExcel: excel) }
  }
}
