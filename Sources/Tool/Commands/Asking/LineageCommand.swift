import ArgumentParser
import RegistryFormats
import RegistryReporting
import RegistryStorage
import Succession

struct LineageCommand: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .lineage, abstract: "Show what a body came from and what became of it, with shares.",
    discussion: """
      It goes both ways unless --forward or --backward is given.
      It follows the pieces of territory in which people live: an ancestor is a body
      from which a piece came, a descendant one that got one.
      Columns: from_code, to_code, date, type, share, basis, method. A share is the
      part of the predecessor that went. Duties that pass without territory have
      none. The tree and the pictures also tell which part of the successor came
      that way: '100% of 15D, 57.3% of D4U1Y'; 'whole' means all of both. 'goes on'
      marks a predecessor that did not end.
      --tolerance leaves out links that carry less than a share of both bodies, and
      standard error counts them.

      EXAMPLES
        orgreg lineage 15D
        orgreg lineage 5DD --forward --until 2013-04-01 --format csv
        orgreg lineage 92A --tolerance 2%
        orgreg lineage D4U1Y --format svg > lineage.svg
      """)

  enum Format: String, Choice {
    case tree, table, csv, json, markdown, dot, mermaid, svg
  }

  @OptionGroup var location: ReadOptions

  @Argument(help: "A code of any scheme, or a permanent key.", completion: .code)
  var code: String

  @Flag(help: "Only the successors.")
  var forward = false

  @Flag(help: "Only the predecessors.")
  var backward = false

  @Option(help: "Stop at this day: the last day forward, the first day backward.", transform: Day.option)
  var until: Day?

  @Option(help: "The day on which the body has the code (default: all that ever had it).", transform: Day.option)
  var on: Day?

  @Option(
    help: "Leave out links that are a smaller share of both bodies, as 2% or 0.02 (default: 0%).",
    transform: Tolerance.option)
  var tolerance: Tolerance = .none

  @Option(help: "The form of the output.")
  var format: Format = .tree

  func validate() throws {
    if forward && backward {
      throw ValidationError("--forward and --backward exclude each other: leave both out to go both ways")
    }
  }

  func run(reading registry: Registry) throws {
    let revision = try location.revision(in: registry)
    let bodies = try registry.bodies(code, on: on, knownIn: revision)
    let whereabouts = try Whereabouts(of: registry, knownIn: revision)
    let view = try RegisterView(registry, knownIn: revision)
    let direction: Lineage.Direction = forward ? .forward : backward ? .backward : .both
    // Where several bodies had the code, the lineage of the first often contains the others.
    let lineages = try covering(
      bodies.map { try Lineage(of: $0, in: whereabouts, direction, until: until, tolerance: tolerance.share) })
    let reports = try lineages.map { try LineageReport($0, in: whereabouts, view) }
    switch format {
    case .tree:
      try printText(visible(reports.map { $0.tree(width: Screen.output?.columns) }.joined(separator: "\n")))
    case .dot: try printText(reports.map(\.dot).joined())
    case .mermaid: try printText(reports.map(\.mermaid).joined())
    case .svg: try printText(try single(reports))
    case .table, .csv, .json, .markdown:
      var table = reports[0].table
      for report in reports.dropFirst() { table.rows += report.table.rows }
      try (TableFormat(rawValue: format.rawValue) ?? .table).print(table)
    }
    let slivers = reports.reduce(0) { $0 + $1.sliverCount }
    if slivers > 0 {
      remark(
        "orgreg: \(counted(slivers, "link")) that \(slivers == 1 ? "carries" : "carry") less than the tolerance left out"
      )
    }
  }

  /// Leaves out each lineage whose links are all in an earlier one.
  private func covering(_ lineages: [Lineage]) -> [Lineage] {
    var kept: [Lineage] = []
    for lineage in lineages {
      let isNew =
        lineage.links.isEmpty && !kept.contains { $0.bodies.contains(lineage.root) }
        || lineage.links.contains { link in
          !kept.contains {
            $0.links.contains {
              $0.event == link.event && $0.predecessor == link.predecessor && $0.successor == link.successor
            }
          }
        }
      if isNew || kept.isEmpty { kept.append(lineage) }
    }
    return kept
  }

  private func single(_ reports: [LineageReport]) throws -> String {
    guard reports.count == 1 else {
      throw Failure(
        "'\(code)' names \(reports.count) bodies with different lineages: name one with --on DAY or by its key"
      )
    }
    return LineagePicture(reports[0]).figure().file
  }
}
