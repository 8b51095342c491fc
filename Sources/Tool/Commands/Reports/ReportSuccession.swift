import ArgumentParser
import RegistryStorage
import Reporting

struct SuccessionOfKindCommand: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "succession",
    abstract: "Who succeeded whom from one kind to another, with shares: unsplit, merged, split, many to many, gaps.",
    discussion: """
      A row for each body and each body in which part of it lay the day after; 'shape' says how the group to which both
      belong was succeeded. The picture has a band for each row, as wide as its share.

      EXAMPLES
        orgreg report succession --kind pct --to-kind ccg
        orgreg report succession --kind ccg --to-kind icb --format csv
        orgreg report succession --kind stp --to-kind icb --output stp-icb.html
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: ReportOptions

  @Option(help: "The kind of the bodies that were succeeded.", completion: .kind)
  var kind: String

  @Option(help: "The kind of their successors.", completion: .kind)
  var toKind: String

  func run(reading registry: Registry) throws {
    let view = try location.view(of: registry)
    for kind in [kind, toKind] { try view.registry.mustKnow(kind: kind) }
    try output.write(SuccessionOfKindReport(of: view, kind: kind, toKind: toKind).report())
  }
}
