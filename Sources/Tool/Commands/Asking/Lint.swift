import ArgumentParser
import RegistryFormats
import RegistryStorage
import RegistryReporting
import Succession

struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .lint, abstract: "Find mistakes in codes and crosswalks that others made.",
    discussion: """
      Columns: line, value, finding, detail. A finding about the whole file has no
      line.
      Exit status: 0 nothing found; 1 findings; 2 failed; 64 wrong usage.

      EXAMPLES
        orgreg lint codes activity.csv --code ccg_code --as-at 2020-04-01
        orgreg lint crosswalk lookup.csv --from-column CCG13 --to-column CCG21 \\
          --from 2013-04-01 --to 2021-04-01
      """,
    subcommands: [Codes.self, Crosswalk.self])

  struct Codes: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "codes", abstract: "Find the day of a column of codes, and the codes that do not fit.",
      discussion: """
        Columns: line, value, finding, detail. Findings:
          valid-together  the days on which all known codes were valid; no mistake
          mixed-vintages  there is no such day; without --as-at, the codes are compared
                          with the first day on which most of them were valid
          units           how many codes are of units, such as practices or small
                          areas; no mistake
          closed          the code had ended by the day
          not-yet-open    the code began after the day
          recoded         the body of the code goes on under another code
          other-kind      the body is of another kind than most: a hub among CCGs
          mixed-schemes   the code is of another scheme than most: ONS beside ODS
          damaged         a spreadsheet changed the code; the detail has likely codes
          unknown         nobody ever had the code; the detail has codes that are near
          blank           there is no code
          untidy          the code has blanks around it, or small letters

        EXAMPLES
          orgreg lint codes activity.csv --code ccg_code
          orgreg lint codes activity.csv --code ccg_code --as-at 2020-04-01 \\
            --format csv
        """)

    @OptionGroup var input: LintOptions

    @Option(help: "The column that holds the codes.")
    var code: String

    @Option(help: "The day on which the codes should be valid (YYYY-MM-DD).", transform: Day.option)
    var asAt: Day?

    func run() throws {
      try input.report(on: [code]) { try LintReport(codes: $0, asAt: asAt, against: $1, knownIn: $2) }
    }
  }

  struct Crosswalk: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "crosswalk", abstract: "Find mistakes in a crosswalk between two days, and what they do to totals.",
      discussion: """
        Columns: line, value, finding, detail. A blank target is a part that lies in no
        body of the kind, or of which no source says where it went. The file is compared
        with the answers of 'orgreg crosswalk'; it may have been made with another
        --basis or --to-kind. The from codes of the first day have the findings of
        'orgreg lint codes' too. Findings:
          duplicate         the pair of codes stands in an earlier row
          share-invalid     the share is not a number from 0 to 1
          share-missing     the share is blank
          share-sum         the shares of a from code do not add up to 1
          share-differs     the share is not the true one
          source-missing    a body of the first day has no row
          target-not-alive  nobody has the target code on the other day
          unfinished-chain  the target ended on the way; the detail has its successors
          wrong-target      nothing went to the target
          missing-target    a part went to a body that no row names
          total-effect      what the findings that value names change in totals

        EXAMPLES
          orgreg lint crosswalk lookup.csv --from-column CCG13 --to-column CCG21 \\
            --from 2013-04-01 --to 2021-04-01
          orgreg lint crosswalk shares.csv --from-column from_code \\
            --to-column to_code --share-column share --from 2013-04-01 \\
            --to 2021-04-01 --tolerance 2% --format csv
        """)

    @OptionGroup var input: LintOptions

    @Option(help: "The column that holds the codes of the first day.")
    var fromColumn: String

    @Option(help: "The column that holds the codes of the other day.")
    var toColumn: String

    @Option(help: "The column that holds the shares (default: every row is a whole body).")
    var shareColumn: String?

    @Option(help: "The day of the from codes (YYYY-MM-DD).", transform: Day.option)
    var from: Day

    @Option(help: "The day of the to codes, later or earlier (YYYY-MM-DD).", transform: Day.option)
    var to: Day

    @Option(
      help: "The file may leave out parts below this share of a body, such as 0.02 or 2%. (default: 0)",
      transform: Tolerance.option)
    var tolerance = Tolerance.none

    func run() throws {
      let columns = [fromColumn, toColumn, shareColumn].compactMap { $0 }
      try input.report(on: columns) { file, registry, revision in
        try registry.mustReach(from, to, knownIn: revision)
        let found = try LintReport(
          crosswalk: file, from: from, to: to, tolerance: tolerance.share, against: registry, knownIn: revision)
        for body in found.unjudged { remark("orgreg: \(body.code) was not judged: \(body.reason)") }
        if found.leftOutCount > 0 {
          remark("orgreg: the file leaves out \(counted(found.leftOutCount, "part")) below the tolerance")
        }
        return found
      }
    }
  }
}

/// The file that is checked, and the register that it is compared with.
struct LintOptions: ParsableArguments {
  @OptionGroup var location: ReadOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "A CSV file with a header, perhaps in gzip or zip; - is standard input.", completion: .file())
  var file: String

  /// Reads these columns of the file, and prints what `lint` finds in them.
  func report(on columns: [String], _ lint: (LintFile, Registry, _ revision: Int64) throws -> LintReport) throws {
    let input = try LintFile(name: file, source: DataFile(file).onlyStream.open(), columns: columns)
    try location.reading { registry, _, _ in
      let found = try lint(input, registry, location.revision(in: registry))
      try output.print(found.table)
      guard found.faultCount > 0 else { return remark("orgreg: nothing is wrong") }
      throw Failure(counted(found.faultCount, "finding"), status: 1)
    }
  }
}
