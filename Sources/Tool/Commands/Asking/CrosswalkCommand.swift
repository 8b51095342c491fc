import ArgumentParser
import RegistryFormats
import RegistryStorage
import RegistryReporting

struct CrosswalkCommand: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .crosswalk, abstract: "Show where the bodies of one day went by another day, in shares.",
    discussion: """
      Columns: from_code, from_name, to_code, to_name, share, amount, basis, method,
      events. A share is the part of the from body that went to the to body.
      --from may be later than --to.
      Each body uses the first basis that covers it. Shares are not multiplied along
      a chain: each piece of territory is looked up on both days. Bodies of kinds
      without a tier hold no territory, so they are followed whole, through
      successions that divide nothing.
      A row without a to_code is territory that lies in no body on the other day. A
      row without a share is a gap: no source says where the body went. The reason is
      printed on standard error, and the exit status is 1.

      EXAMPLES
        orgreg crosswalk --from 2013-04-01 --to 2021-04-01 --format csv
        orgreg crosswalk --from 2012-04-01 --to 2022-07-01 --kind pct --to-kind icb \\
          --basis patients-2013
        orgreg crosswalk --from 2022-07-01 --to 2015-04-01
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: OutputOptions

  @OptionGroup var options: CrosswalkOptions

  @Option(help: "The bases to try, in this order, with commas between (default: all).", completion: .bases)
  var basis: String?

  func run(reading registry: Registry) throws {
    let revision = try location.revision(in: registry)
    let bases = (basis ?? "").split(separator: ",").map(String.init)
    let request = try options.request(registry, bases: bases, knownIn: revision)
    let report = try CrosswalkReport(request, of: registry, knownIn: revision)
    if let kind = report.assumedKind { remark("orgreg: from bodies of the kind \(kind) (name another with --kind)") }
    try output.print(report.table)
    for gap in report.gaps { remark("orgreg: \(gap)") }
    if !report.gaps.isEmpty {
      throw Failure(counted(report.gaps.count, "gap"), status: 1)
    }
  }
}
