package import RegistryFormats
package import RegistryStorage

/// Restates a CSV file from the codes of its days to the bodies of another day.
///
/// 1. In every sum, what goes in is exactly what comes out plus what is unmapped. If it is not, the restatement fails.
/// 2. The order of the rows of the file does not matter, unless rows are kept apart.
/// 3. Grouped rows are written after the last row is read, so a mistake in the file leaves the output empty.
/// 4. `Whereabouts` says where something lies. Nothing here knows of territory.
package struct Restater {
  let request: RestateRequest
  let places: RestatePlaces
  let bodies: RestateBodies
  let whereabouts: Whereabouts
  private let reasons: RestateReasons
  private let revision: Int64
  private let register: String
  private let firstDay: Day
  private let lastChange: Day?

  /// - Parameters:
  ///   - register: what the proof calls the register.
  ///   - damage: a sentence about a code that a spreadsheet has damaged. Nil for other codes.
  /// - Precondition: the register has the kinds, bases and scheme of `request`.
  package init(
    _ request: RestateRequest, of registry: Registry, register: String, knownIn revision: Int64,
    damage: @escaping (String) -> String?
  ) throws(DatabaseError) {
    self.request = request
    self.register = register
    let whereabouts = try Whereabouts(of: registry, knownIn: revision)
    self.whereabouts = whereabouts
    var target = RestatePlaces.Target(day: request.to, kind: request.toKind, bases: request.bases)
    target.otherKinds = request.otherKinds
    target.dates = request.dates
    target.acceptsLateCodes = request.acceptsLateCodes
    places = try RestatePlaces(whereabouts, target: target)
    let bodies = try RestateBodies(registry, revision, request)
    self.bodies = bodies
    let events = Dictionary(
      whereabouts.links.map { ($0.eventID, $0.event) }, uniquingKeysWith: { first, _ in first })
    reasons = RestateReasons(
      words: AnswerWords(events: events) { body throws(DatabaseError) in try bodies.codeAndKinds(of: body) },
      damage: damage)
    self.revision = min(revision, try registry.latestRevision())
    firstDay = try registry.firstDay(knownIn: revision) ?? .distantPast
    lastChange = whereabouts.territory.eventDays.values.max()
  }

  /// - Parameter path: a file, which may be compressed by gzip or alone in a zip archive, or `-` for standard input.
  /// - Throws: `RowError`, `FileError`, `DatabaseError`, `WriteError`, or `RestateImbalance`.
  package func restate(_ path: String, to sink: any ByteSink) throws -> RestateProof {
    let stream = try DataFile(path).onlyStream
    var reader = CSVReader(try stream.open())
    guard try GroupedSums.next(&reader) else { throw RowError(line: 1, message: "the file is empty: it has no header") }
    let layout = try RestateLayout(reader.texts(), request)
    var proof = RestateProof(
      file: path == "-" ? "standard input" : path, register: register, revision: revision, from: from, to: request.to)
    for column in layout.suspects {
      proof.warnings.append("the column '\(column)' looks like a rate, but groups: weigh it with --rate, or --drop it")
    }
    let tally: RestateTally
    if request.isPerRow {
      var rows = RestateRows(self, layout, sink)
      (tally, proof.rowsOut) = try rows.restate(&reader)
      let columns = layout.amountColumns.map { layout.header[$0] }
      proof.partial = try RestatePartials(self, tally, columns: columns).list
    } else {
      let sums = try sums(stream, &reader, layout)
      if sums.rowCount > 1_000, sums.cellCount > sums.rowCount / 2 {
        proof.warnings.append(
          "nearly every row is a group of its own: say --sum or --drop for columns that differ in each, or --per-row")
      }
      var groups = try RestateGroups(sums, layout, self)
      let partials = try groups.judge()
      tally = groups.tally
      guard tally.totals.allSatisfy(\.isBalanced) else { throw RestateImbalance() }
      proof.partial = partials.list
      proof.isRejected = request.partial == .reject && !proof.partial.isEmpty
      if !proof.isRejected { proof.rowsOut = try groups.write(partials, to: sink) }
    }
    guard tally.totals.allSatisfy(\.isBalanced) else { throw RestateImbalance() }
    try tally.complete(&proof, reasons: reasons)
    proof.warnings += warnings(about: tally)
    if let lastChange, request.to > lastChange {
      proof.warnings.append("\(request.to) is after the last event that the register knows (\(lastChange))")
    }
    proof.warnings += bodies.withoutParent.sorted()
    return proof
  }

  private func sums(
    _ stream: DataFile.Stream, _ reader: inout CSVReader, _ layout: RestateLayout
  ) throws -> GroupedSums {
    var plan = layout.plan
    plan.check = check(layout)
    if let file = stream.file { return try GroupedSums.grouping(file, by: plan) }
    var all = GroupedSums(plan)
    try all.add(&reader)
    return all
  }

  private var asAt: Day? { if case .asAt(let day) = request.days { day } else { nil } }

  private var from: String {
    switch request.days {
    case .asAt(let day): "\(day)"
    case .column(let name): "the day in '\(name)'"
    }
  }

  // MARK: Keys

  /// A function that finds what is wrong with the day of a key.
  func check(_ layout: RestateLayout) -> @Sendable ([String]) -> (element: Int, message: String)? {
    guard let date = layout.dateInKey else { return { _ in nil } }
    let first = firstDay
    return { key in
      guard let day = FileDay.day(key[date]) else {
        let shown = key[date].count > 60 ? "\(key[date].prefix(60))..." : key[date]
        return (date, "'\(shown)' is no day (YYYY-MM-DD, YYYYMMDD, or YYYY-MM for the first of a month)")
      }
      return day < first ? (date, "\(day) is before the first day that the register knows, \(first)") : nil
    }
  }

  func day(of key: [String], _ layout: RestateLayout) -> Day {
    asAt ?? layout.dateInKey.flatMap { FileDay.day(key[$0]) } ?? .distantPast
  }
}

/// What came out and what is unmapped do not add up to what went in. This is a mistake in this program.
package struct RestateImbalance: Error, CustomStringConvertible {
  package var description: String {
    "what came out and what is unmapped do not add up to what went in; please report this mistake"
  }
}
