import ArgumentParser
import RegistryFormats
import RegistryStorage
import RegistryReporting

struct Show: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .show, abstract: "Show everything about the bodies that a code or a permanent key names.",
    discussion: """
      It shows codes, names, roles, relationships and events, each with its dates and
      its source. A code may have belonged to several bodies: without --on, all of
      them are shown. The code of a unit, such as a small area or a practice, shows
      its own days, where it lay, what it amounts to, and how it moved by itself.
      The output is text on a terminal and JSON elsewhere. In text, ~ marks a date
      that was derived. A ? marks a date that is not known: the day shown is the
      first or last on which a source shows the fact.
      --section published shows what others published about the body. --section path
      needs --on and shows the bodies above it on that day, from the nearest up.
      --history adds everything that was ever recorded about the body, in the order
      of the revisions, and names the revisions that superseded it.

      EXAMPLES
        orgreg show 00L --on 2016-04-01
        orgreg show location-00L --format text
        orgreg show E38000130 --format json
        orgreg show M85085 --format text
        orgreg show 00L --history --format text
        orgreg show QKK --section names --keys --format text
        orgreg show QE1 --section members --on 2023-04-01 --format text
        orgreg show 00L --section path --on 2016-04-01 --format text
      """)

  enum Format: String, Choice {
    case text, json
  }

  @OptionGroup var location: ReadOptions

  @Argument(help: "A code of any scheme or of a unit, or a permanent key.", completion: .code)
  var code: String

  @Option(help: "Only what was true on this day (YYYY-MM-DD).", transform: Day.option)
  var on: Day?

  @Flag(help: "Also show what was recorded and has been superseded.")
  var history = false

  @Flag(help: "Show the permanent key of each fact in text, as amend and retract take it.")
  var keys = false

  @Option(help: "Only this part. May be repeated.")
  var section: [Biography.Section] = []

  @Option(help: "The form of the output (default: text on a terminal, else json).")
  var format: Format?

  func validate() throws {
    if section.contains(.path), on == nil {
      throw ValidationError("--section path needs --on: the path is that of one day")
    }
  }

  func run(reading registry: Registry) throws {
    let revision = try location.revision(in: registry)
    let (ids, units) = try registry.bodiesAndUnits(code, on: on, knownIn: revision)
    var bodies: [OrganisationDetail] = []
    for id in ids {
      guard var detail = try registry.detail(of: id, on: on, knownIn: revision) else { continue }
      if history { detail.history = try registry.history(of: id, on: on, knownIn: revision) }
      bodies.append(detail)
    }
    let biography = try Biography(
      bodies, units, reference: code, on: on,
      sections: Set(section.isEmpty ? Biography.Section.allCases : section),
      names: try names(of: bodies.flatMap(\.mentionedBodies), in: registry, knownIn: revision),
      // The path needs the whole hierarchy, so it is made only on request.
      pathIn: section.contains(.path) ? RegisterView(registry, knownIn: revision) : nil)
    switch format ?? (Screen.output != nil ? .text : .json) {
    case .text: try printText(visible(biography.plainText(width: Screen.output?.columns, keys: keys)))
    case .json: try printText(biography.json.text())
    }
  }
}

extension Show {
  /// The names of bodies on the day, or else their last ones.
  private func names(of keys: [String], in registry: Registry, knownIn revision: Int64) throws -> [String: String] {
    let names = try registry.names(ofBodies: keys, on: on, knownIn: revision)
    let rest = on == nil ? [] : keys.filter { names[$0] == nil }
    return names.merging(try registry.names(ofBodies: rest, on: nil, knownIn: revision)) { $1 }
  }
}

extension Biography.Section: Choice {}
