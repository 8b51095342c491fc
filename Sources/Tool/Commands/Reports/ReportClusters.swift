import ArgumentParser
import RegistryStorage
import Reporting

struct ClustersCommand: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "clusters",
    abstract: "Who was in which grouping, how good the evidence is, and how many there were by whose count.",
    discussion: """
      Primary care trusts in their clusters, strategic health authorities in theirs, and the trusts that lay under two
      authorities. The first table is the one that CSV has.

      EXAMPLES
        orgreg report clusters
        orgreg report clusters --format csv > clusters.csv
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: ReportOptions

  func run(reading registry: Registry) throws {
    let view = try location.view(of: registry)
    try output.write(ClustersReport(of: view).report())
  }
}
