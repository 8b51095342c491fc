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
  private let registry: Registry
  private let revision: Int64
  private let register: String
  let firstDay: Day
  private let lastChange: Day?

  /// - Parameters:
  ///   - register: what the proof calls the register.
  ///   - placeholder: what a text in the column of codes stands for that is no body. Nil for other texts.
  /// - Precondition: the register has the kinds, bases and scheme of `request`.
  package init(
    _ request: RestateRequest, of registry: Registry, register: String, knownIn revision: Int64,
    placeholder: @escaping (String) -> String? = { _ in nil }
  ) throws(DatabaseError) {
    self.request = request
    self.register = register
    let whereabouts = try Whereabouts(of: registry, knownIn: revision)
    self.whereabouts = whereabouts
    var target = RestatePlaces.Target(day: request.to, kind: request.toKind, bases: request.bases)
    target.otherKinds = request.otherKinds
    target.dates = request.dates
    target.acceptsLateCodes = request.acceptsLateCodes
    let places = try RestatePlaces(whereabouts, target: target, placeholder: placeholder)
    self.places = places
    let bodies = try RestateBodies(registry, revision, request)
    self.bodies = bodies
    let events = Dictionary(
      whereabouts.links.map { ($0.eventID, $0.event) }, uniquingKeysWith: { first, _ in first })
    reasons = RestateReasons(
      words: AnswerWords(events: events) { body throws(DatabaseError) in try bodies.codeAndKinds(of: body) },
      likely: Self.likely(places, request)
    ) { found throws(DatabaseError) in
      var codes: [String] = []
      for body in found { codes.append(try bodies.codeAndKinds(of: body).code) }
      return codes.sorted()
    }
    self.registry = registry
    self.revision = min(revision, try registry.recordedRevision())
    firstDay = try registry.firstDay(knownIn: revision) ?? .distantPast
    lastChange = whereabouts.territory.eventDays.values.max()
  }

  /// Finds the codes that a damaged one may have been, when they are first asked for.
  private static func likely(_ places: RestatePlaces, _ request: RestateRequest) -> () -> LikelyCodes {
    var known: LikelyCodes?
    return {
      if let known { return known }
      var day = request.to
      if case .asAt(let asAt) = request.days { day = asAt }
      let codes = places.codes(on: day)
      let found = LikelyCodes(live: codes.live, others: codes.others)
      known = found
      return found
    }
  }

  /// - Parameter path: a file, which may be compressed by gzip or alone in a zip archive, or `-` for standard input.
  /// - Throws: `RowError`, `FileError`, `DatabaseError`, `WriteError`, or `RestateImbalance`.
  package func restate(_ path: String, to sink: any ByteSink) throws -> RestateProof {
    let table = try TableFile(path, given: request.form)
    let input = try RestateInput(table, request)
    let layout = input.layout
    if request.hasNames {
      let book = try NameBook(registry, knownIn: revision)
      let day: Day? = if case .asAt(let day) = request.days { day } else { nil }
      let names = table.sample.values(of: layout.code).map(\.text)
      places.names = (book, book.usualKind(of: names, on: day))
    }
    if table.form.hasHeader, try places.isCode(layout.header[layout.code]) {
      throw RowError(
        line: table.form.headerLine,
        message: "'\(layout.header[layout.code])' is a code, so the first row is no header: say --no-header, and name "
          + "the columns 1, 2 and so on")
    }
    var proof = RestateProof(
      file: table.name, register: register, revision: revision, from: from, to: request.to)
    proof.remarks = table.form.remarks
    for column in layout.suspects {
      proof.warnings.append("the column '\(column)' looks like a rate, but groups: weigh it with --rate, or --drop it")
    }
    let tally: RestateTally
    if request.isPerRow {
      proof.remarks += try otherCodes(input, besides: [])
      var rows = RestateRows(self, input, sink)
      var reader = try table.rows()
      let outcome = try rows.restate(&reader)
      (tally, proof.rowsOut) = (outcome.tally, outcome.rowsOut)
      proof.remarks += outcome.remarks
      let columns = layout.amountColumns.map { layout.header[$0] }
      proof.partial = try RestatePartials(self, tally, columns: columns).list
    } else {
      var (parts, counted) = try sums(input, &proof)
      var groups = try RestateGroups(&parts, counted, input, self)
      let rowCount = parts.reduce(0) { $0 + $1.rowCount }
      if rowCount > 1_000, groups.lineCount > rowCount / 2 {
        proof.warnings.append(
          "nearly every row is a group of its own: say --sum or --drop for columns that differ in each, or --per-row")
      }
      let partials = try groups.judge()
      tally = groups.tally
      guard tally.totals.allSatisfy(\.isBalanced) else { throw RestateImbalance() }
      proof.partial = partials.list
      proof.lacks = try groups.lacks()
      proof.remarks += try otherCodes(input, besides: groups.dependentColumns)
      if let remark = groups.dependentsRemark { proof.remarks.append(remark) }
      proof.isRejected = request.partial == .reject && !proof.partial.isEmpty
      if !proof.isRejected { proof.rowsOut = try groups.write(partials, to: sink) }
    }
    guard tally.totals.allSatisfy(\.isBalanced) else { throw RestateImbalance() }
    try tally.complete(&proof, reasons: reasons)
    proof.remarks += nameRemarks()
    proof.warnings += warnings(about: tally)
    if let lastChange, request.to > lastChange {
      proof.warnings.append("\(request.to) is after the last event that the register knows (\(lastChange))")
    }
    proof.warnings += bodies.withoutParent.sorted()
    return proof
  }

  /// How many values of a column are looked at for codes.
  private static let judgedValues = 20

  /// Columns that group and hold codes too, such as the provider beside the commissioner. They stay as they are.
  /// - Parameter dependents: the columns of which something else is told.
  private func otherCodes(_ input: RestateInput, besides dependents: Set<Int>) throws(DatabaseError) -> [String] {
    if request.hasNames { return [] }
    var remarks: [String] = []
    let layout = input.layout
    let columns = layout.keyColumns.filter { $0 != layout.code && $0 != layout.date && !dependents.contains($0) }
    for (column, all) in zip(columns, input.table.sample.values(of: columns)) {
      let values = all.filter { $0.text.utf8.count >= 3 }.prefix(Self.judgedValues)
      var codes = 0
      for value in values where value.text.utf8.count <= 12 {
        if try places.isCode(value.text) { codes += 1 }
      }
      if values.count > 1, codes * 5 >= values.count * 4 {
        remarks.append("the column '\(layout.header[column])' holds codes too, which stay as they are: it groups")
      }
    }
    return remarks
  }

  private func nameRemarks() -> [String] {
    let names = places.respelledNames
    guard let first = names.keys.min() else { return [] }
    return [
      "\(counted(names.count, "name")) \(names.count == 1 ? "is" : "are") written otherwise than in the register, such "
        + "as '\(first)'"
    ]
  }

  /// Groups the rows, and refuses a file with mistakes unless they are to be passed over.
  ///
  /// Codes with one target share cells, until a value is missing: then it counts whose it is, and all is read again. A
  /// pipe cannot be read again.
  private func sums(
    _ input: RestateInput, _ proof: inout RestateProof
  ) throws -> (parts: [GroupedSums], tally: RestateTally) {
    var (parts, placing) = try grouped(input, sharesCells: input.table.sharedFile != nil)
    if parts.contains(where: \.wasEndedByBlank) { (parts, placing) = try grouped(input, sharesCells: false) }
    let below = try parts[0].judgeFooter { code throws(DatabaseError) in try places.isCode(code) }
    if below > 0 { proof.remarks.append("\(RegistryFormats.counted(below, "line")) below the table passed over") }
    if !parts[0].faults.isEmpty, !request.skipsMistakes {
      throw FileFaults(parts[0].faults, advice: input.advice(after: parts[0]))
    }
    if let remark = input.days?.remark { proof.remarks.append(remark) }
    proof.remarks += AmountColumns.remarks(parts[0], input.layout.header) + FileFaults.sentences(parts[0].faults)
    return (parts, placing.counted(parts, input.layout))
  }

  private func grouped(
    _ input: RestateInput, sharesCells: Bool
  ) throws -> (parts: [GroupedSums], placing: RestatePlacing) {
    let placing = RestatePlacing(input, self, sharesCells: sharesCells)
    var plan = input.layout.plan(placing)
    plan.forms = input.forms
    plan.sharesCells = sharesCells
    let parts: [GroupedSums]
    if let file = input.table.sharedFile {
      parts = try GroupedSums.grouping(file, input.table.form, by: plan)
    } else {
      var sums = GroupedSums(plan)
      var reader = try input.table.rows()
      try sums.add(&reader)
      parts = [sums]
    }
    if let error = placing.error { throw error }
    return (parts, placing)
  }

  var asAt: Day? { if case .asAt(let day) = request.days { day } else { nil } }

  private var from: String {
    switch request.days {
    case .asAt(let day): "\(day)"
    case .column(let name): "the day in '\(name)'"
    }
  }
}

/// What came out and what is unmapped do not add up to what went in. This is a mistake in this program.
package struct RestateImbalance: Error, CustomStringConvertible {
  package var description: String {
    "what came out and what is unmapped do not add up to what went in; please report this mistake"
  }
}
