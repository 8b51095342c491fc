import ArgumentParser
import RegistryStorage
import RegistryReporting

struct WhoCommissions: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .whoCommissions, abstract: "Say who commissioned a service on a day, and on what basis.",
    discussion: """
      Columns: service, commissioner_code, commissioner_name, commissioner_kind,
      nature (sole, joint, delegated or varies), from, to (inclusive; blank if it
      goes on), basis (the source and the provision), note.
      The answer has every service line whose name contains all the words, or
      whose notes contain them one after the other; without words, every line.
      Without --for it names kinds of bodies. With --for it names the body that
      commissions for the people of that body, practice or small area: the body
      itself, or one above or below it. With --by it lists what one body
      commissions. An exception for a single body goes before the rule for its
      kind. Where it varies from body to body and the register does not have the
      body, it is 'not known for this one'.
      The code is blank if the register has no such body or does not know which.
      The exit status is 1 if nobody is known to commission the service on the day.

      EXAMPLES
        orgreg who-commissions "tier 3 obesity" --on 2016-05-01 --for 00L
        orgreg who-commissions "health checks" --on 2016-05-01
        orgreg who-commissions --on 2016-05-01 --by 00L
        orgreg who-commissions --list
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "Words of the service line, in any case (default: all lines).")
  var text: String?

  @Option(help: "The day (YYYY-MM-DD).", transform: Day.option)
  var on: Day?

  @Option(
    name: .customLong("for"), help: "Whose people: the code or key of a body, or the code of a practice or small area.",
    completion: .code)
  var body: String?

  @Option(help: "Who commissions: the code or key of a body.", completion: .code)
  var by: String?

  @Flag(help: "List the service lines that contain the words, or all.")
  var list = false

  func validate() throws {
    if list, on != nil || body != nil || by != nil { throw ValidationError("--list excludes --on, --for and --by") }
    if !list, on == nil { throw ValidationError("name the day with --on") }
    if body != nil, by != nil { throw ValidationError("--for and --by exclude each other") }
  }

  func run(reading registry: Registry) throws {
    let revision = try location.revision(in: registry)
    let search = try ServiceSearch(of: registry, knownIn: revision)
    let found = try text.map { try Self.services($0, in: search) } ?? search.all
    guard let on else { return try output.print(Self.table(found)) }
    let report = try report(on: on, found, registry, knownIn: revision)
    try output.print(report.table)
    let sentences = report.remarks + Self.shortened(report.gaps, of: found.count, on: on)
    for sentence in sentences.dropLast() { remark("orgreg: \(sentence)") }
    guard let last = sentences.last else { return }
    if report.table.rows.isEmpty { throw Failure(last, status: .rejected) }
    remark("orgreg: \(last)")
  }

  private func report(
    on day: Day, _ services: [Service], _ registry: Registry, knownIn revision: Int64
  ) throws -> CommissionersReport {
    guard let by else {
      let bodies = try body.map { try Self.bodies($0, on: day, in: registry, knownIn: revision) }
      return try CommissionersReport(services, on: day, for: bodies, of: registry, knownIn: revision)
    }
    let bodies = try registry.bodies(by, on: day, knownIn: revision)
    guard let commissioner = bodies.first, bodies.count == 1 else {
      throw Failure("'\(by)' means \(bodies.count) bodies on \(day): name one by its key")
    }
    return try CommissionersReport(services, on: day, by: commissioner, of: registry, knownIn: revision)
  }

  /// Several sentences about gaps as one, if the answer is about many services.
  private static func shortened(_ gaps: [String], of services: Int, on day: Day) -> [String] {
    gaps.count < 4 ? gaps : ["nobody is known to commission \(gaps.count) of \(services) services on \(day)"]
  }

  private static func table(_ services: [Service]) -> DataTable {
    DataTable(
      columns: [DataTable.Column("key"), DataTable.Column("service")], rows: services.map { [$0.key, $0.name] })
  }

  /// The service lines that are meant; there is at least one.
  private static func services(_ text: String, in search: ServiceSearch) throws(Failure) -> [Service] {
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw Failure("name the service: there are no words in '\(text)'")
    }
    let found = search.services(text)
    guard found.isEmpty else { return found }
    let near = search.near(text).prefix(5).map { "'\($0.name)'" }
    throw Failure(
      "no service line has the words '\(text)'" + (near.isEmpty ? "" : " (near: \(near.joined(separator: ", ")))")
        + ": 'orgreg who-commissions --list' lists them")
  }

  /// The bodies that a code or key names, or the bodies that contain the unit with this code; there is at least one.
  private static func bodies(
    _ reference: String, on day: Day, in registry: Registry, knownIn revision: Int64
  ) throws -> [OrganisationID] {
    for spelling in [reference, reference.uppercased()]
    where try registry.organisations(named: spelling, on: day, knownIn: revision).isEmpty {
      let places = try registry.bodies(ofUnit: spelling, on: day, knownIn: revision)
      if !places.isEmpty { return places }
    }
    return try registry.bodies(reference, on: day, knownIn: revision)
  }
}
