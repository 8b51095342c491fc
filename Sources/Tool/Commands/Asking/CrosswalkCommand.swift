import ArgumentParser
import Formats
import RegistryStorage
import Reporting

struct CrosswalkCommand: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .crosswalk,
    abstract: "Where the bodies of one day went by another, in shares.",
    discussion: """
      Columns: from_code, from_name, to_code, to_name, share (of the from body), amount, basis, method, events.
      --from may be later than --to. Each body uses the first basis that covers it. A blank to_code is territory that lies
      in no body. A body of which no source says where it went is a row with a blank share, with the reason on standard
      error and exit status 1. Nothing is multiplied: pieces of territory are looked up on both days. Bodies of kinds
      without a tier, which hold no territory, are followed through undivided succession as wholes.

      EXAMPLES
        orgreg crosswalk --from 2013-04-01 --to 2021-04-01 --format csv
        orgreg crosswalk --from 2012-04-01 --to 2022-07-01 --kind pct --to-kind icb --basis patients-2013
        orgreg crosswalk --from 2022-07-01 --to 2015-04-01
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: OutputOptions

  @OptionGroup var options: CrosswalkOptions

  @Option(
    help: "Bases in the order in which they are tried, with commas between (default: all of the register).",
    completion: .bases)
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
