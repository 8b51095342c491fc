import ArgumentParser
import Exporting
import RegistryStorage

struct ExportCSV: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "csv", abstract: "Write the bodies of a day as a table for spreadsheets.",
    discussion: """
      One row a body that exists on the day: key, a code for each scheme, name, kind, from, to, parent_code, parent_name.
      With --excel a file that may be opened by a double click: programs for spreadsheets read 5E1 as 50, 014 as 14 and
      2-3 as a day, also where it is quoted, so that codes stand as formulas that give their text (="5E1"); a text that
      begins with = + - or @ gets an apostrophe before it, so that it is never computed; UTF-8 is marked, lines end with
      CR and LF. Without --excel the file is for programs: tell them that codes are text (pandas: dtype=str; R:
      colClasses="character"; DuckDB: all_varchar).

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

  @Flag(help: "Protect codes and names from programs for spreadsheets.")
  var excel = false

  func run(reading registry: Registry) throws {
    if let kind { try registry.mustKnow(kind: kind) }
    try registry.mustReach(on, knownIn: latest)
    let export = try SpreadsheetExport(registry, kind: kind, on: on ?? Moment.today)
    try output.write("\(export.rowCount) rows") { try export.write(to: $0, isForExcel: excel) }
  }
}
