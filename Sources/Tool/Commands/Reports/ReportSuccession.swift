import ArgumentParser
import RegistryReporting

struct SuccessionOfKindCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "succession", abstract: "Show how bodies of one kind were succeeded by those of another, with shares.",
    discussion: """
      A row is a body and a successor in which part of its territory lay the day
      after. The shape tells how the whole group around both was succeeded: unsplit,
      merged, split, many to many, or with gaps. In the picture, a band is as wide as
      the share. --tolerance leaves out parts that are less than a share of both
      bodies, and the report counts them.

      EXAMPLES
        orgreg report succession --kind pct --to-kind ccg
        orgreg report succession --kind pct --to-kind ccg --tolerance 2%
        orgreg report succession --kind ccg --to-kind icb --format csv
        orgreg report succession --kind stp --to-kind icb --output stp-icb.html
      """)

  @OptionGroup var options: ReportOptions

  @Option(help: "The kind of the predecessors.", completion: .kind)
  var kind: String

  @Option(help: "The kind of the successors.", completion: .kind)
  var toKind: String

  @Option(
    help: "Leave out parts that are a smaller share of both bodies, as 2% or 0.02 (default: 0%).",
    transform: Tolerance.option)
  var tolerance: Tolerance = .none

  func report(_ view: RegisterView) throws -> Report {
    for kind in [kind, toKind] { try view.registry.mustKnow(kind: kind) }
    return try SuccessionOfKindReport(of: view, kind: kind, toKind: toKind, tolerance: tolerance.share).report()
  }
}
