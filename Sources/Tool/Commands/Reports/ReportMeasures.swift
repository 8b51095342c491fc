import ArgumentParser
import RegistryStorage
import Reporting

/// Reports on one kind of measure: how it is spread over bodies, or how it went on for one body through its mergers.
struct MeasureOptions: ParsableArguments {
  @Option(
    name: .customLong("for"),
    help: "The trend for one body, by code or key: what others had of its territory before is added up.",
    completion: .code)
  var body: String?

  @Option(help: "With --for: the day whose territory counts (default: the body's last day).", transform: Day.option)
  var on: Day?

  func validate() throws {
    if on != nil, body == nil { throw ValidationError("--on needs --for: it is the day whose territory counts") }
  }

  func report(_ measure: MeasureKind, _ view: RegisterView) throws -> Report {
    let report = try MeasureReport(of: view, measure: measure)
    guard let body else { return try report.distribution() }
    let (id, day) = try living(body, view)
    return try report.trend(of: id, on: day)
  }

  /// The body and the day that are meant; without a day, the last of the bodies with the code, on its last day.
  private func living(_ reference: String, _ view: RegisterView) throws -> (body: Int64, day: Day) {
    let found = try view.registry.bodies(reference, on: on, knownIn: view.revision)
    let bodies = try view.registry.organisations(withIDs: found, on: on, knownIn: view.revision)
    let last = bodies.max { ($0.firstDay ?? .distantPast) < ($1.firstDay ?? .distantPast) }
    guard let body = last else { throw Failure("unknown code '\(reference)'") }
    if let on { return (body.id, on) }
    let latestChange = try view.registry.daysOfChange(knownIn: view.revision).last ?? .epoch
    return (body.id, body.lastDay ?? max(latestChange, body.firstDay ?? .epoch))
  }
}

extension Registry {
  func measureKind(_ key: String) throws -> MeasureKind {
    let kinds = try measureKinds()
    if let kind = kinds.first(where: { $0.key == key }) { return kind }
    throw Failure(
      "unknown measure '\(key)' (known: \(kinds.isEmpty ? "none" : kinds.map(\.key).joined(separator: ", ")))")
  }
}

struct PopulationCommand: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "population",
    abstract: "How many people bodies served, by period: smallest, median, largest; or the trend for one body.",
    discussion: """
      With --for: what the bodies of each time had of the territory of one, so that mergers do not break the line.

      EXAMPLES
        orgreg report population
        orgreg report population --measure registered-patients --output patients.html
        orgreg report population --for 72Q
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: ReportOptions
  @OptionGroup var options: MeasureOptions

  @Option(help: "What is measured.", completion: .measureKind)
  var measure = "population"

  func run(reading registry: Registry) throws {
    let view = try location.view(of: registry)
    try output.write(options.report(view.registry.measureKind(measure), view))
  }
}

struct AllocationCommand: ReadingCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocation",
    abstract: "How much money bodies were allotted, by year: smallest, median, largest; or the trend for one body.",
    discussion: """
      With --for: what the bodies of each time had of the territory of one, so that mergers do not break the line.

      With --per-head: each amount divided by the people of the same body that were counted inside its period.

      EXAMPLES
        orgreg report allocation
        orgreg report allocation --per-head registered-patients --format csv
        orgreg report allocation --for 72Q --output south-east-london.html
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: ReportOptions
  @OptionGroup var options: MeasureOptions

  @Option(help: "What is measured.", completion: .measureKind)
  var measure = "allocation"

  @Option(help: "Divide by the people that this measure counts.", completion: .measureKind)
  var perHead: String?

  func validate() throws {
    if perHead != nil, options.body != nil { throw ValidationError("--per-head and --for: one or the other") }
  }

  func run(reading registry: Registry) throws {
    let view = try location.view(of: registry)
    guard let perHead else { return try output.write(options.report(view.registry.measureKind(measure), view)) }
    let report = try PerHeadReport(
      of: view, measure: view.registry.measureKind(measure), by: view.registry.measureKind(perHead))
    try output.write(report.report())
  }
}
