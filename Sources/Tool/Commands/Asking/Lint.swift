import ArgumentParser
import ODS
import RegistryFormats
import RegistryStorage
import RegistryReporting
import Succession

struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .lint, abstract: "Find mistakes in codes and crosswalks that others made.",
    discussion: """
      With only a file, it says what the file is: which columns hold codes, days and
      numbers, and which restate command would work.
      Columns of findings: line, value, finding, detail. A finding about the whole
      file has no line.
      Exit status: 0 nothing found; 1 findings; 2 failed; 64 wrong usage.

      EXAMPLES
        orgreg lint activity.csv
        orgreg lint codes activity.csv --code ccg_code --as-at 2020-04-01
        orgreg lint crosswalk lookup.csv --from-column CCG13 --to-column CCG21 \\
          --from 2013-04-01 --to 2021-04-01
      """,
    subcommands: [Codes.self, Names.self, Crosswalk.self, Look.self], defaultSubcommand: Look.self)

  struct Look: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "look", abstract: "Say what a file is, and which restate command would work.",
      discussion: """
        It looks at the first 1 MB or 10,000 rows. Columns: column, holds (codes, units,
        days, numbers, text or nothing), detail.

        EXAMPLES
          orgreg lint look activity.csv
        """)

    @OptionGroup var input: LintOptions

    func run() throws {
      try input.reading { table in
        try input.location.reading { registry, _, _ in
          let look = try LintReport.firstLook(
            at: table, input.file, in: registry, knownIn: input.location.revision(in: registry))
          for line in look.remarks { remark("orgreg: \(line)") }
          let rows = look.columns.map { [$0.name, $0.holds, $0.detail] as [String?] }
          try input.output.print(DataTable(columns: ["column", "holds", "detail"], rows: rows))
          remark("orgreg: " + (look.command ?? "no restate command: there are no codes, or no numbers beside them"))
        }
      }
    }
  }

  struct Names: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "names", abstract: "Find the codes of bodies that a column names.",
      discussion: """
        Columns: line, name, code, match, detail; one row for each name. Matches:
          exact      the register has the name
          spelling   the same words, in another order or with other marks
          several    several bodies have the name; the detail has their codes
          none       nobody has the name
          two-names  the code stands beside another name before (with --code)

        EXAMPLES
          orgreg lint names activity.csv --name ccg_name --as-at 2015-04-01
          orgreg lint names activity.csv --name ccg_name --code ccg --format csv
        """)

    @OptionGroup var input: LintOptions

    @Option(help: "The column that holds the names.")
    var name: String

    @Option(help: "A column that holds codes, to find codes with two names.")
    var code: String?

    @Option(help: "The day on which the bodies should live (YYYY-MM-DD).", transform: Day.option)
    var asAt: Day?

    func run() throws {
      try input.report(on: [name] + [code].compactMap { $0 }) {
        try LintReport(names: $0, asAt: asAt, against: $1, knownIn: $2)
      }
    }
  }

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
          padded          how many codes have zeros behind them (07L00 is read as 07L);
                          no mistake
          closed          the code had ended by the day
          not-yet-open    the code began after the day
          recoded         the body of the code goes on under another code
          other-kind      the body is of another kind than most: a hub among CCGs
          mixed-schemes   the code is of another scheme than most: ONS beside ODS
          damaged         a spreadsheet changed the code; the detail has likely codes
          placeholder     no body: England as a whole, Wales, a default code
          unknown         nobody ever had the code; the detail has codes that are near
          blank           there is no code
          missing-bodies  bodies of the kind and day without a row (with --complete)
          untidy          the code has blanks around it, or small letters

        EXAMPLES
          orgreg lint codes activity.csv --code ccg_code
          orgreg lint codes activity.csv --code ccg_code --as-at 2020-04-01 \\
            --format csv
          orgreg lint codes activity.csv --code ccg_code --by period --complete
        """)

    @OptionGroup var input: LintOptions

    @Option(help: "The column that holds the codes.")
    var code: String

    @Option(help: "The day on which the codes should be valid (YYYY-MM-DD).", transform: Day.option)
    var asAt: Day?

    @Option(help: "Columns whose values make groups, such as a period: the days that fit each group. May be repeated.")
    var by: [String] = []

    @Flag(help: "With --by, name the bodies of the day that have no row.")
    var complete = false

    func validate() throws {
      if complete, by.isEmpty { throw ValidationError("--complete is about groups: name their columns with --by") }
      if asAt != nil, !by.isEmpty { throw ValidationError("--by finds the days of groups: leave out --as-at") }
    }

    func run() throws {
      if !by.isEmpty {
        return try input.report(on: by.flatMap { $0.split(separator: ",").map(String.init) } + [code]) {
          try LintReport(codesByGroup: $0, isComplete: complete, against: $1, knownIn: $2)
        }
      }
      try input.report(on: [code]) {
        try LintReport(
          codes: $0, asAt: asAt, against: $1, knownIn: $2, placeholder: PlaceholderCode.meaning(of:))
      }
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
  @OptionGroup var form: FileOptions

  @Argument(help: "A file of a table, perhaps in gzip or zip; - is standard input.", completion: .file())
  var file: String

  /// Opens the file, and says what is wrong with it in the words of a user.
  func reading(_ body: (TableFile) throws -> Void) throws {
    do { try body(TableFile(file, given: form.given)) } catch let error as RowError {
      throw Failure("\(file == "-" ? "standard input" : file): \(error)")
    }
  }

  /// Reads these columns of the file, and prints what `lint` finds in them.
  func report(on columns: [String], _ lint: (LintFile, Registry, _ revision: Int64) throws -> LintReport) throws {
    try reading { table in try report(LintFile(table, columns: columns), lint) }
  }

  private func report(
    _ input: LintFile, _ lint: (LintFile, Registry, _ revision: Int64) throws -> LintReport
  ) throws {
    for line in input.remarks { remark("orgreg: \(line)") }
    try location.reading { registry, _, _ in
      let found = try lint(input, registry, location.revision(in: registry))
      try output.print(found.table)
      guard found.faultCount > 0 else { return remark("orgreg: nothing is wrong") }
      throw Failure(counted(found.faultCount, "finding"), status: .rejected)
    }
  }
}
