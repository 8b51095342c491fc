import ArgumentParser
import Formats
import RegistryStorage
import Reporting

struct Show: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .show, abstract: "Show everything about the body, or bodies, that a code or a permanent key means.",
    discussion: """
      Codes, names, roles, relationships and events, each with its dates and its source. A code may have belonged to
      several bodies: without --on all of them are shown.
      On a terminal it prints text, elsewhere JSON. In text ~ marks a date that was derived, ? one that is not known
      (the day given is the first, or last, on which a source shows the fact).
      --section, which may be given several times, shows only a part: lives, kinds, codes, names, above, members, measures,
      services, seats, published (what others published about it), events, path. The path is of a day: whom the body stood under, from the nearest up.
      With --history also everything that was ever recorded about it, in the order of the revisions that did, and with
      those that superseded it.

      EXAMPLES
        orgreg show 00L --on 2016-04-01
        orgreg show location-00L --format text
        orgreg show E38000130 --format json
        orgreg show 00L --history --format text
        orgreg show QE1 --section members --on 2023-04-01 --format text
        orgreg show 00L --section path --on 2016-04-01 --format text
      """)

  enum Format: String, Choice {
    case text, json
  }

  @OptionGroup var location: ReadOptions

  @Argument(help: "A code of any scheme, or a permanent key.", completion: .code)
  var code: String

  @Option(help: "Only what was so on this day (YYYY-MM-DD).", transform: Day.option)
  var on: Day?

  @Flag(help: "Also what was recorded about it and superseded since.")
  var history = false

  @Option(help: "Only this part; may be given several times.")
  var section: [Biography.Section] = []

  @Option(help: "text or json.")
  var format: Format?

  func validate() throws {
    if section.contains(.path), on == nil {
      throw ValidationError("--section path needs --on: whom it stood under on which day")
    }
  }

  func run(reading registry: Registry) throws {
    let revision = try location.revision(in: registry)
    let ids = try registry.bodies(code, on: on, knownIn: revision)
    var bodies: [OrganisationDetail] = []
    for id in ids {
      guard var detail = try registry.detail(of: id, on: on, knownIn: revision) else { continue }
      if history { detail.history = try registry.history(of: id, on: on, knownIn: revision) }
      bodies.append(detail)
    }
    let biography = try Biography(
      bodies, reference: code, on: on, sections: Set(section.isEmpty ? Biography.Section.allCases : section),
      // The path costs a look at the whole hierarchy: only for those who ask.
      pathIn: section.contains(.path) ? RegisterView(registry, knownIn: revision) : nil)
    switch format ?? (isOutputTerminal ? .text : .json) {
    case .text: try printText(biography.plainText)
    case .json: try printText(biography.json.text())
    }
  }
}

extension Biography.Section: Choice {}
