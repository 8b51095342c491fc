import ArgumentParser
import RegistryFormats
import RegistryReporting
import RegistryStorage
import Succession

struct ExportCrosswalk: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "crosswalk", abstract: "Write a crosswalk as CSV, to be joined in a database.",
    discussion: """
      Columns: from_day, from_code, from_name, to_day, to_code, to_name, share,
      amount, total, basis, method, status, reason. The answers are those of
      'orgreg crosswalk' and 'orgreg restate', with the same default bases.
      The shares of every from_code add up to 1 and its amounts to its total, so that
      a join loses nothing. The status is mapped; none for a part that lies in no
      such body; or gap where no source says where it went. These two have a reason
      and no to_code.
      amount and total are exact decimals. To apply a share without error, multiply
      by amount and divide by total, once. Both are blank for a unit, and for a body
      that nothing measures: then the share is all there is. One statement applies
      the crosswalk in PostgreSQL, DuckDB and Spark SQL; 'orgreg help data' loads it
      and proves the result:

        SELECT x.to_code, coalesce(x.status, 'unknown code') AS status,
          sum(coalesce(f.amount * x.amount / x.total, f.amount * x.share,
            f.amount)) AS amount
        FROM figure f LEFT JOIN crosswalk x ON x.from_code = f.code GROUP BY 1, 2

      --by-period writes a table for all days instead, to be joined to figures with
      a code and a day: from_code, valid_from, valid_to, to_code, share, amount,
      total, basis, method, status, reason. A row is for a code of any scheme and
      the days on which one body holds it and the answer is the same. valid_to is
      the last day; blank means to this day. It has the bodies of the place tier and
      those without a tier, or those of --kind, and with --units also the units:

        ON x.from_code = f.code AND x.valid_from <= f.day
          AND (x.valid_to IS NULL OR f.day <= x.valid_to)

      EXAMPLES
        orgreg export crosswalk --from 2013-04-01 --to 2021-04-01 \\
          --output crosswalk.csv
        orgreg export crosswalk --from 2012-04-01 --to 2022-07-01 --kind pct \\
          --to-kind icb --basis patients-2013,practices
        orgreg export crosswalk --by-period --to 2023-04-01 --output by-period.csv
        orgreg export crosswalk --by-period --to 2023-04-01 --units --scheme ods
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: OutputFile

  @Option(help: "The day of the from bodies (YYYY-MM-DD).", transform: Day.option)
  var from: Day?

  @Option(help: "The day of the to bodies (YYYY-MM-DD).", transform: Day.option)
  var to: Day

  @Flag(help: "Write where each code lies for every stretch of days with the same answer.")
  var byPeriod = false

  @Flag(help: "With --by-period: also for the units, such as practices and small areas.")
  var units = false

  @OptionGroup var options: CrosswalkOptions

  func validate() throws {
    if byPeriod, from != nil {
      throw ValidationError("--by-period is about all days: leave out --from")
    }
    if !byPeriod, from == nil {
      throw ValidationError("name the day of the from bodies with --from, or ask for all days with --by-period")
    }
    if units, !byPeriod { throw ValidationError("--units goes with --by-period: add it, or leave out --units") }
  }

  func run(reading registry: Registry) throws {
    let revision = try location.revision(in: registry)
    let request = try options.request(registry, from: from, to: to, knownIn: revision)
    let view = try RegisterView(registry, knownIn: revision, scheme: request.scheme)
    if byPeriod {
      let whereabouts = try Whereabouts(of: registry, knownIn: revision)
      let crosswalk = try CrosswalkByPeriod(request, includesUnits: units, of: whereabouts, view)
      try write(crosswalk.table, weightless: crosswalk.weightlessCount, gaps: crosswalk.gapCount)
    } else {
      let whereabouts = try Whereabouts(of: registry, for: request.question, knownIn: revision)
      let crosswalk = try TidyCrosswalk(request, of: whereabouts, view)
      if let problem = crosswalk.problem { throw Failure(problem) }
      if let kind = crosswalk.assumedKind {
        remark("orgreg: from bodies of the kind \(kind) (name another with --kind)")
      }
      try write(crosswalk.table, weightless: crosswalk.weightlessCount, gaps: crosswalk.gapCount)
    }
  }

  private func write(_ table: DataTable, weightless: Int, gaps: Int) throws {
    try output.write(counted(table.rows.count, "row")) { try TableRenderer(.csv).render(table, to: $0) }
    remark(weightless: weightless)
    if gaps > 0 {
      throw Failure(
        "\(counted(gaps, "row")) with the status gap: no source says where the part went", status: .rejected)
    }
  }
}
