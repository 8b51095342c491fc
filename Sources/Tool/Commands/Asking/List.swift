import ArgumentParser
import RegistryStorage
import RegistryReporting

struct List: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .list, abstract: "List the bodies of a kind on a day, or all that ever existed.",
    discussion: """
      Columns: a code for each scheme, name, kind, from, to. The last day is
      inclusive, and blank if the body still exists.
      A body that is of two kinds on the day has both, with | between: a care trust
      is a PCT as well.
      'list planned' lists the open proposals: proposal, planned_for, title, note.

      EXAMPLES
        orgreg list ccg --on 2020-04-01
        orgreg list ccg --on 2014-12-01 --dates operational
        orgreg list area-team --on 2013-04-01 --scheme ons
        orgreg list planned
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "A kind, for example pct, ccg, sub-icb-location or icb; or planned.", completion: .kindOrPlanned)
  var kind: String

  @Option(help: "The day (YYYY-MM-DD).", transform: Day.option)
  var on: Day?

  @Option(help: "Which dates count.")
  var dates: Timeline = .legal

  @Option(help: "The scheme whose owner is believed where owners disagree (default: the first).", completion: .scheme)
  var scheme: String?

  func run(reading registry: Registry) throws {
    if kind == "planned" {
      let revision = try location.revision(in: registry)
      return try output.print(.proposals(StatedFacts(registry).proposals(.open, knownIn: revision)))
    }
    try registry.mustKnow(kind: kind)
    if let scheme { try registry.mustKnow(scheme: scheme) }
    let bodies = try registry.organisations(
      kind: kind, on: on, timeline: dates, scheme: scheme, knownIn: location.revision(in: registry))
    try output.print(.organisations(bodies, schemes: registry.schemes().map(\.key)))
  }
}
