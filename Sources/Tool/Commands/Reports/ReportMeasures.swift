import ArgumentParser
import RegistryStorage
import RegistryReporting

/// Options of a report on one kind of measure: how it is spread over bodies, or how it changed for one body.
struct MeasureOptions: ParsableArguments {
  @Option(
    name: .customLong("for"),
    help: "The trend of this body: a code of any scheme, or a permanent key.",
    completion: .code)
  var body: String?

  @Option(help: "With --for: the day of the territory (default: the last day of the body).", transform: Day.option)
  var on: Day?

  func validate() throws {
    if on != nil, body == nil { throw ValidationError("--on needs --for: it is the day of the territory of one body") }
  }

  func report(_ measure: MeasureKind, _ view: RegisterView) throws -> Report {
    let report = try MeasureReport(of: view, measure: measure)
    guard let body else { return try report.distribution() }
    let (id, day) = try living(body, view)
    return try report.trend(of: id, on: day)
  }

  /// The body and the day that are meant: without a day, the newest body with the code, on its last day.
  private func living(_ reference: String, _ view: RegisterView) throws -> (body: OrganisationID, day: Day) {
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

struct PopulationCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "population", abstract: "Show how many people bodies served in each period, or the trend of one body.",
    discussion: """
      For each period it shows the smallest, the median and the largest body.
      With --for it shows the trend of one body. It adds up what the bodies of each
      time held of the territory of that body, so that mergers do not break the line.

      EXAMPLES
        orgreg report population
        orgreg report population --measure registered-patients --output patients.html
        orgreg report population --for 72Q
      """)

  @OptionGroup var options: ReportOptions
  @OptionGroup var measures: MeasureOptions

  @Option(help: "The kind of measure.", completion: .measureKind)
  var measure = "population"

  func report(_ view: RegisterView) throws -> Report {
    try measures.report(view.registry.measureKind(measure), view)
  }
}

struct AllocationCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "allocation",
    abstract: "Show how much money bodies were allotted in each year, or the trend of one body.",
    discussion: """
      For each year it shows the smallest, the median and the largest body.
      With --for it shows the trend of one body. It adds up what the bodies of each
      time held of the territory of that body, so that mergers do not break the line.

      With --per-head it divides each amount by the people of the same body that were
      counted in the period of the amount.

      EXAMPLES
        orgreg report allocation
        orgreg report allocation --per-head registered-patients --format csv
        orgreg report allocation --for 72Q --output south-east-london.html
      """)

  @OptionGroup var options: ReportOptions
  @OptionGroup var measures: MeasureOptions

  @Option(help: "The kind of measure.", completion: .measureKind)
  var measure = "allocation"

  @Option(help: "Divide by the people that this kind of measure counts.", completion: .measureKind)
  var perHead: String?

  func validate() throws {
    if perHead != nil, measures.body != nil { throw ValidationError("--per-head and --for exclude each other") }
  }

  func report(_ view: RegisterView) throws -> Report {
    guard let perHead else { return try measures.report(view.registry.measureKind(measure), view) }
    let report = try PerHeadReport(
      of: view, measure: view.registry.measureKind(measure), by: view.registry.measureKind(perHead))
    return try report.report()
  }
}
