import ArgumentParser
import ChangeFiles
import RegistryFormats
import RegistryStorage
import RegistryReporting

struct List: ReadingCommand {
  static let configuration = CommandConfiguration(
    word: .list, abstract: "List the bodies of a kind on a day, or all that ever existed; or the units of a body.",
    discussion: """
      Columns: a code for each scheme, name, kind, from, to. The last day is
      inclusive, and blank if the body still exists.
      A body that is of two kinds on the day has both, with | between: a care trust
      is a PCT as well.
      'list planned' lists the open proposals: proposal, planned_for, title, note,
      remark. A remark says that a day has passed, or that a proposal could not be
      enacted as things stand, perhaps because it contradicts another one.
      'list sources' lists what is cited: source, citation, made, in_force, events
      (how many rest on it), url. --keys adds the permanent keys of bodies.
      With --in and the name of a partition, such as practice or lsoa11, it lists
      the units that lie in a body on the day and are open, as far as is known:
      code, their own first and last day, and what each basis measures of them.
      Of the practices, those with 1 under practices are GP practices.

      EXAMPLES
        orgreg list ccg --on 2020-04-01
        orgreg list ccg --on 2014-12-01 --dates operational
        orgreg list area-team --on 2013-04-01 --scheme ons
        orgreg list practice --in 00L --on 2016-04-01
        orgreg list planned
        orgreg list sources
      """)

  @OptionGroup var location: ReadOptions
  @OptionGroup var output: OutputOptions

  @Argument(
    help: "A kind, for example pct, ccg, sub-icb-location or icb; a partition; planned; or sources.",
    completion: .kindOrPlanned)
  var kind: String

  @Option(help: "The day (YYYY-MM-DD).", transform: Day.option)
  var on: Day?

  @Option(help: "Which dates count.")
  var dates: Timeline = .legal

  @Option(help: "The scheme whose owner is believed where owners disagree (default: the first).", completion: .scheme)
  var scheme: String?

  @Flag(help: "Show the permanent keys too. Text shows them where a body has no code.")
  var keys = false

  @Option(name: .customLong("in"), help: "The units of this body: its code or key.", completion: .code)
  var body: String?

  func validate() throws {
    if body != nil, on == nil { throw ValidationError("--in needs --on: units lie in a body on a day") }
    if body != nil, scheme != nil { throw ValidationError("--in excludes --scheme: units have no schemes") }
  }

  func run(reading registry: Registry) throws {
    if let body, let on {
      return try output.print(try units(in: body, on: on, registry))
    }
    if kind == "planned" {
      let revision = try location.revision(in: registry)
      let remarks = location.knownOn == nil ? try Outlook.remarks(on: registry) : [:]
      return try output.print(.proposals(StatedFacts(registry).proposals(.open, knownIn: revision), remarks))
    }
    if kind == "sources" {
      return try output.print(.sources(registry.citedSources(knownIn: location.revision(in: registry))))
    }
    if try registry.partitions().contains(kind) {
      throw Failure("\(kind) is a partition, whose units lie in bodies: name a body with --in and a day with --on")
    }
    try registry.mustKnow(kind: kind)
    if let scheme { try registry.mustKnow(scheme: scheme) }
    let revision = try location.revision(in: registry)
    let bodies = try registry.organisations(
      kind: kind, on: on, timeline: dates, scheme: scheme, knownIn: revision)
    try output.print(bodies, of: registry, keys: keys)
    if bodies.isEmpty, let on {
      try registry.explainNone(of: kind, on: on, dates, scheme: scheme, knownIn: revision)
    }
  }

  /// The units of the partition that lie in a body.
  private func units(in body: String, on day: Day, _ registry: Registry) throws -> DataTable {
    let partitions = try registry.partitions()
    guard partitions.contains(kind) else {
      throw Failure("unknown partition '\(kind)' (known: \(partitions.joined(separator: ", ")))")
    }
    let revision = try location.revision(in: registry)
    guard try revision >= registry.latestRevision() else {
      throw Failure("where units lay is known as it is now: leave out --known-on")
    }
    let lives = try registry.livesOfUnits()[kind] ?? [:]
    let amounts = try registry.amounts(ofUnitsIn: kind)
    let bases = try registry.bases().map(\.key).filter { amounts[$0] != nil }
    let rows = try registry.bodies(body, on: day, knownIn: revision).flatMap { id in
      try registry.units(in: id, on: day).filter { $0.partition == kind }
    }.map { unit in (code: unit.code, life: lives[unit.code]) }
      .filter { $0.life?.contains(day) ?? true }
      .map { unit -> [String?] in
        let start = unit.life.flatMap { $0.start == .distantPast ? nil : $0.start.description }
        return [unit.code, start, unit.life?.lastDay?.description]
          + bases.map { basis in amounts[basis]?[unit.code].map { number($0) } }
      }
    if rows.isEmpty { remark("orgreg: no unit of \(kind) is known to lie in \(body) on \(day)") }
    return DataTable(columns: ["code", "from", "to"] + bases.map { .number($0) }, rows: rows)
  }
}
