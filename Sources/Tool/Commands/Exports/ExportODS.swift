import ArgumentParser
import RegistryFormats
import ODS
import RegistryStorage

struct ExportODSFile: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "ods-csv", abstract: "Write bodies as a 27-column file of the Organisation Data Service.",
    discussion: """
      A row is an ODS code, and all closed bodies are included. The file is as the
      service would issue it on the day of --on: every field quoted, no header, CR
      and LF, YYYYMMDD, capitals. 'orgreg import auto' reads it back as the same
      facts. Without --kind it holds commissioners, as eccg does: ccg,
      sub-icb-location, commissioning-hub and sub-icb-reporting-entity. With
      gp-practice and prescribing-cost-centre it is like epraccur. To read back a
      file of any other kind, give --kind to the import too.
      The dialect is that of the day: legacy until June 2022 (C, H; A, C; 4), then
      current (RO319; ACTIVE). Columns 3 and 4 are the region and the office (or
      system) of that day. What the register lacks, such as addresses, is blank.

      EXAMPLES
        orgreg export ods-csv --output eccg.csv
        orgreg export ods-csv --on 2016-02-29 > eccg-2016.csv
        orgreg export ods-csv --kind pct --kind care-trust --on 2012-04-01 \\
          --output pct.csv
      """)

  @OptionGroup var location: CurrentOptions
  @OptionGroup var output: OutputFile

  @Option(help: "Only bodies that ever were of this kind. May be repeated.", completion: .kind)
  var kind: [String] = []

  @Option(help: "The dialect of the file (default: that of the day).")
  var dialect: ODSFileExport.Dialect?

  @Option(help: "The day of issue (YYYY-MM-DD; default: today).", transform: Day.option)
  var on: Day?

  func run(reading registry: Registry) throws {
    let day = try registry.dayOfIssue(on)
    let directory = try ODSDirectory(registry, on: day)
    let export: ODSFileExport
    do {
      export = try ODSFileExport(directory, registry.hierarchy(on: day), kinds: kinds(registry), dialect: dialect)
    } catch let error as Unwritable {
      throw Failure("\(error); nothing was written")
    }
    guard export.summary.rows > 0 else {
      throw Failure("no body of the kinds asked for has an ODS code by \(day); nothing was written")
    }
    try output.write(counted(export.summary.rows, "row")) { try export.write(to: $0) }
    tell(export.summary)
  }

  /// The kinds of bodies that one file holds.
  private func kinds(_ registry: Registry) throws -> [String] {
    for kind in kind { try registry.mustKnow(kind: kind) }
    if kind.isEmpty { return ODSFileExport.commissioners }
    for category in [ODSFileExport.commissioners, ODSFileExport.practices] {
      let count = kind.count(where: category.contains)
      guard count == 0 || count == kind.count else {
        throw Failure(
          "\(category.joined(separator: ", ")) go into a file of their own, without other kinds: "
            + "export them apart; nothing was written")
      }
    }
    return kind
  }

  private func tell(_ summary: ODSFileExport.Summary) {
    if summary.unknownOpenings > 0 {
      remark(
        "orgreg: the opening days of \(summary.unknownOpenings) bodies are not known: the file has the first "
          + "day on which a source shows the body")
    }
    if summary.nameless > 0 {
      remark("orgreg: \(counted(summary.nameless, "body has", "bodies have")) no name in the register")
    }
  }
}

struct ExportODSSuccession: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "ods-succession",
    abstract: "Write who succeeded whom as a five-column file of the Organisation Data Service (succ, succarc).",
    discussion: """
      Columns: old code, new code, reason, first day of the successor, indicator.
      Every field is quoted, there is no header, and lines end with CR and LF.
      The reason is R for mergers, absorptions and splits, O for another type, and
      else blank. The indicator is F if the successor was itself succeeded, and X if
      it closed. As in the files of the service, there are no shares, and no rows for
      territory that moved without a successor or for bodies that keep their code:
      'orgreg successions' has those.

      EXAMPLES
        orgreg export ods-succession --output succ.csv
        orgreg export ods-succession --kind ccg --on 2021-04-01 --output succ.csv
      """)

  @OptionGroup var location: CurrentOptions
  @OptionGroup var output: OutputFile

  @Option(help: "Only successions from or to a body of this kind.", completion: .kind)
  var kind: String?

  @Option(help: "The day of issue (YYYY-MM-DD; default: today).", transform: Day.option)
  var on: Day?

  func run(reading registry: Registry) throws {
    let day = try registry.dayOfIssue(on)
    if let kind { try registry.mustKnow(kind: kind) }
    let export = ODSSuccessionExport(
      try ODSDirectory(registry, on: day), try registry.successions(kind: kind, to: day))
    guard export.rowCount > 0 else {
      throw Failure("no body with an ODS code succeeded another by \(day); nothing was written")
    }
    try output.write(counted(export.rowCount, "row")) { try export.write(to: $0) }
  }
}

extension ODSFileExport.Dialect: Choice {}

extension Registry {
  /// The day of issue of an export in a form of the Organisation Data Service. Refuses a register without codes of the
  /// service, and a day before the register begins.
  func dayOfIssue(_ day: Day?) throws -> Day {
    try mustKnow(scheme: "ods")
    try mustReach(day, knownIn: latest)
    return day ?? Moment.today
  }
}
