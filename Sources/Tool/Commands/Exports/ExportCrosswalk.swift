import ArgumentParser
import RegistryFormats
import RegistryStorage
import RegistryReporting

struct ExportCrosswalk: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "crosswalk", abstract: "Write a crosswalk in one basis as CSV, to be joined in a database.",
    discussion: """
      Columns: from_day, from_code, from_name, to_day, to_code, to_name, share,
      amount, basis, method, status, reason.
      The shares of every from_code add up to 1, so that a join loses nothing. The
      status is mapped; unplaced for territory in no body of the other day; or gap
      where no source says where a body went, with the reason. Unplaced territory and
      gaps have no to_code.
      One statement applies the crosswalk in PostgreSQL, DuckDB and Spark SQL.
      'orgreg help data' loads it and proves the result:

        SELECT x.to_code, coalesce(x.status, 'unknown code') AS status,
          sum(f.amount * coalesce(x.share, 1)) AS amount
        FROM figure f LEFT JOIN crosswalk x ON x.from_code = f.code GROUP BY 1, 2

      EXAMPLES
        orgreg export crosswalk --from 2013-04-01 --to 2021-04-01 \\
          --output crosswalk.csv
        orgreg export crosswalk --from 2012-04-01 --to 2022-07-01 --kind pct \\
          --to-kind icb --basis patients-2013
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: OutputFile

  @OptionGroup var options: CrosswalkOptions

  @Option(help: "The basis (default: the one with units that leaves the fewest gaps).", completion: .bases)
  var basis: String?

  func run(reading registry: Registry) throws {
    let revision = try location.revision(in: registry)
    let request = try options.request(registry, bases: basis.map { [$0] } ?? [], knownIn: revision)
    guard try basis != nil || registry.bases().contains(where: { $0.partition != nil }) else {
      throw Failure("no basis of the register measures territory, so there are no shares to write")
    }
    let crosswalk = try TidyCrosswalk(request, of: registry, knownIn: revision)
    if let kind = crosswalk.assumedKind {
      remark("orgreg: from bodies of the kind \(kind) (name another with --kind)")
    }
    if basis == nil { remark("orgreg: shares in the basis \(crosswalk.basis) (name another with --basis)") }
    try output.write(counted(crosswalk.table.rows.count, "row")) {
      try TableRenderer(.csv).render(crosswalk.table, to: $0)
    }
    if crosswalk.gapCount > 0 {
      throw Failure(
        "\(counted(crosswalk.gapCount, "row")) without a share: no source says where the body went (status gap)",
        status: 1)
    }
  }
}
