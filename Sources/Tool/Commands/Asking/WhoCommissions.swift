import ArgumentParser
import RegistryStorage
import RegistryReporting

struct WhoCommissions: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .whoCommissions, abstract: "Say who commissioned a service on a day, and on what basis.",
    discussion: """
      Columns: service, commissioner_code, commissioner_name, commissioner_kind,
      nature (sole, joint or delegated), from, to (inclusive; blank if it goes on),
      basis (the source and the provision), note.
      The answer has every service line that contains all the words. Without --for it
      names kinds of bodies. With --for it names the body that commissions for the
      people of that body, practice or small area: the body itself, or one above or
      below it. An exception for a single body goes before the rule for its kind.
      The code is blank if the register has no such body or does not know which.
      The exit status is 1 if nobody is known to commission the service on the day.

      EXAMPLES
        orgreg who-commissions "tier 3 obesity" --on 2016-05-01 --for 00L
        orgreg who-commissions "health checks" --on 2016-05-01
        orgreg who-commissions --list
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Words of the service line, in any case.")
  var text: String?

  @Option(help: "The day (YYYY-MM-DD).", transform: Day.option)
  var on: Day?

  @Option(
    name: .customLong("for"), help: "Whose people: the code or key of a body, or the code of a practice or small area.",
    completion: .code)
  var body: String?

  @Flag(help: "List the service lines that contain the words, or all.")
  var list = false

  func validate() throws {
    guard !list else {
      if on != nil || body != nil { throw ValidationError("--list excludes --on and --for") }
      return
    }
    guard text != nil else { throw ValidationError("name the service, or list all with --list") }
    guard on != nil else { throw ValidationError("name the day with --on") }
  }

  func run(reading registry: Registry) throws {
    let services = try registry.services()
    let found = try text.map { try Self.services($0, among: services) } ?? services
    guard let on else { return try output.print(Self.table(found)) }
    let revision = try location.revision(in: registry)
    let bodies = try body.map { try Self.bodies($0, on: on, in: registry, knownIn: revision) }
    let report = try CommissionersReport(found, on: on, for: bodies, of: registry, knownIn: revision)
    try output.print(report.table)
    let sentences = report.remarks + report.gaps
    for sentence in sentences.dropLast() { remark("orgreg: \(sentence)") }
    guard let last = sentences.last else { return }
    if report.table.rows.isEmpty { throw Failure(last, status: 1) }
    remark("orgreg: \(last)")
  }

  private static func table(_ services: [Service]) -> DataTable {
    DataTable(
      columns: [DataTable.Column("key"), DataTable.Column("service")], rows: services.map { [$0.key, $0.name] })
  }

  /// The service lines that contain all the words; there is at least one.
  private static func services(_ text: String, among services: [Service]) throws(Failure) -> [Service] {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else { throw Failure("name the service: there are no words in '\(text)'") }
    let counted = services.map { service in
      let known = "\(service.key) \(service.name)".lowercased()
      return (service: service, hits: words.count { known.contains($0) })
    }
    let found = counted.filter { $0.hits == words.count }.map(\.service)
    guard found.isEmpty else { return found }
    let most = counted.map(\.hits).max() ?? 0
    let near = most == 0 ? [] : counted.filter { $0.hits == most }.prefix(5).map { "'\($0.service.name)'" }
    throw Failure(
      "no service line has the words '\(text)'" + (near.isEmpty ? "" : " (near: \(near.joined(separator: ", ")))")
        + ": 'orgreg who-commissions --list' lists them")
  }

  /// The bodies that a code or key names, or the bodies that contain the unit with this code; there is at least one.
  private static func bodies(
    _ reference: String, on day: Day, in registry: Registry, knownIn revision: Int64
  ) throws -> [Int64] {
    for spelling in [reference, reference.uppercased()]
    where try registry.organisations(named: spelling, on: day, knownIn: revision).isEmpty {
      let places = try registry.bodies(ofUnit: spelling, on: day, knownIn: revision)
      if !places.isEmpty { return places }
    }
    return try registry.bodies(reference, on: day, knownIn: revision)
  }
}
