import ArgumentParser
import Formats
import RegistryStorage
import Reporting
import Succession

struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    word: .lint, abstract: "Find what is wrong with codes and crosswalks that others made.",
    discussion: """
      Columns: line, value, finding, detail; a finding about the whole file has no line.
      Exit status: 0 nothing found; 1 findings; 2 failed; 64 usage.

      EXAMPLES
        orgreg lint codes activity.csv --code ccg_code --as-at 2020-04-01
        orgreg lint crosswalk lookup.csv --from-column CCG13 --to-column CCG21 --from 2013-04-01 --to 2021-04-01
      """,
    subcommands: [Codes.self, Crosswalk.self])

  struct Codes: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "codes",
      abstract: "Find what is wrong with a column of codes: of which day they are, and which do not fit.",
      discussion: """
        Columns: line, value, finding, detail. Findings:
          valid-together  the days on which all known codes were valid (a summary: nothing is wrong)
          mixed-vintages  there is no such day; without --as-at the others are held against the first day of the most
          closed, not-yet-open, recoded    no code of the day; recoded: its body goes on under another
          other-kind, mixed-schemes        unlike the most of the column: a hub among CCGs, ONS beside ODS codes
          damaged         what a spreadsheet made of a code, with the codes that it may have been
          unknown         no code at all, with those that are near
          blank, untidy   none; blanks around it, or small letters

        EXAMPLES
          orgreg lint codes activity.csv --code ccg_code
          orgreg lint codes activity.csv --code ccg_code --as-at 2020-04-01 --format csv
        """)

    @OptionGroup var location: ReadOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "A CSV file with a header, also in gzip or zip; - is standard input.", completion: .file())
    var file: String

    @Option(help: "The column of the codes.")
    var code: String

    @Option(help: "The day of which the codes should be (YYYY-MM-DD).", transform: Day.option)
    var asAt: Day?

    func run() throws {
      let input = try readColumns([code], of: file)
      try location.reading { registry, _, _ in
        try report(
          LintReport(codes: input, asAt: asAt, against: registry, knownIn: location.revision(in: registry)), output)
      }
    }
  }

  struct Crosswalk: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "crosswalk",
      abstract: "Find what is wrong with a crosswalk between two days, and what that does to totals.",
      discussion: """
        Columns: line, value, finding, detail. Besides the findings of 'lint codes', for the from codes on the first day:
          duplicate         the same pair again
          share-invalid, share-missing, share-sum, share-differs    no number, blank, not 1 together, not the true ones
          source-missing    a body of the first day that has no row
          target-not-alive, unfinished-chain    no body of the other day; a body on the way, with where it ended
          wrong-target, missing-target          no territory went there; some went where no row says
          total-effect      what the findings of one word (value) do to totals
        A blank target is territory in no body. Shares may follow any basis of the register.

        EXAMPLES
          orgreg lint crosswalk lookup.csv --from-column CCG13 --to-column CCG21 --from 2013-04-01 --to 2021-04-01
          orgreg lint crosswalk shares.csv --from-column from_code --to-column to_code --share-column share \\
            --from 2013-04-01 --to 2021-04-01 --format csv
        """)

    @OptionGroup var location: ReadOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "A CSV file with a header, also in gzip or zip; - is standard input.", completion: .file())
    var file: String

    @Option(help: "The column of the codes of the first day.")
    var fromColumn: String

    @Option(help: "The column of the codes of the other day.")
    var toColumn: String

    @Option(help: "The column of the shares of the from bodies (default: none; every row is a whole body).")
    var shareColumn: String?

    @Option(help: "The day of the from codes (YYYY-MM-DD).", transform: Day.option)
    var from: Day

    @Option(help: "The other day; may be the earlier one.", transform: Day.option)
    var to: Day

    func run() throws {
      let input = try readColumns([fromColumn, toColumn] + (shareColumn.map { [$0] } ?? []), of: file)
      try location.reading { registry, _, _ in
        let revision = try location.revision(in: registry)
        try registry.mustReach(from, to, knownIn: revision)
        let found = try LintReport(crosswalk: input, from: from, to: to, against: registry, knownIn: revision)
        if !found.unjudged.isEmpty {
          remark(
            "orgreg: the register does not know where these went, so their targets were not judged: "
              + found.unjudged.joined(separator: ", "))
        }
        try report(found, output)
      }
    }
  }
}

private func readColumns(_ columns: [String], of file: String) throws(Failure) -> LintFile {
  do {
    return try LintFile(name: file, source: DataFile(file).onlyStream.open(), columns: columns)
  } catch {
    throw Failure("\(error)")
  }
}

private func report(_ found: LintReport, _ output: OutputOptions) throws {
  try output.print(found.table)
  guard found.faultCount > 0 else { return remark("orgreg: nothing is wrong") }
  throw Failure(counted(found.faultCount, "finding"), status: 1)
}
