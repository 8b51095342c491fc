import ArgumentParser
import Formats
import Reporting
import Storage

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show everything about the body, or bodies, that a code or a permanent key means.",
    discussion: """
      Codes, names, roles, relationships and events, each with its dates and its source. A code may have belonged to
      several bodies: without --on all of them are shown.
      On a terminal it prints text, elsewhere JSON. In text ~ marks a date that was derived, ? one that is not known
      (the day given is the first, or last, on which a source shows the fact).

      EXAMPLES
        orgreg show 00L --on 2016-04-01
        orgreg show location-00L --format text
        orgreg show E38000130 --format json
      """)

  enum Format: String, Choice {
    case text, json
  }

  @OptionGroup var location: ReadOptions

  @Argument(help: "A code of any scheme, or a permanent key.")
  var code: String

  @Option(help: "Only what was so on this day (YYYY-MM-DD).")
  var on: Day?

  @Option(help: "text or json.")
  var format: Format?

  func run() throws {
    let (registry, _, _) = try location.opened()
    let revision = try location.revision(in: registry)
    var ids = try registry.organisations(named: code, on: on, knownIn: revision)
    if ids.isEmpty { ids = try registry.organisations(named: code.uppercased(), on: on, knownIn: revision) }
    guard !ids.isEmpty else { throw Failure(try notFound(in: registry, revision)) }
    var bodies: [OrganisationDetail] = []
    for id in ids {
      if let detail = try registry.detail(of: id, on: on, knownIn: revision) { bodies.append(detail) }
    }
    let biography = Biography(reference: code, on: on, bodies: bodies)
    switch format ?? (isOutputTerminal ? .text : .json) {
    case .text: try printText(biography.plainText)
    case .json: try printText(biography.json.text())
    }
  }

  /// Who has the code on other days, or which codes are close.
  private func notFound(in registry: Registry, _ revision: Int64) throws -> String {
    if let on {
      let others = try registry.summaries(
        of: registry.organisations(named: code.uppercased(), knownIn: revision), knownIn: revision)
      if !others.isEmpty {
        let lives = others.map { body in
          "\(body.key) (\(body.firstDay?.description ?? "?") to \(body.lastDay?.description ?? "today"))"
        }
        return "no body has the code '\(code)' on \(on); on other days it belongs to \(lives.joined(separator: ", "))"
      }
    }
    let close = try registry.nearMisses(code)
    return "unknown code '\(code)'"
      + (close.isEmpty ? " (try 'orgreg find')" : " (near: \(close.prefix(8).joined(separator: ", ")))")
  }
}
