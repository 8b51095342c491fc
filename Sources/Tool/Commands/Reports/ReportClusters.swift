import ArgumentParser
import RegistryStorage
import RegistryReporting

struct ClustersCommand: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "clusters",
    abstract: "Show who was in which cluster, how good the evidence is, and how many clusters others counted.",
    discussion: """
      It shows primary care trusts in their clusters, strategic health authorities in
      theirs, and the trusts that lay under two authorities. CSV has only the first
      table.

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
