import ArgumentParser
import RegistryReporting

struct ClustersCommand: ReportingCommand {
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

  @OptionGroup var options: ReportOptions

  func report(_ view: RegisterView) throws -> Report {
    try ClustersReport(of: view).report()
  }
}
