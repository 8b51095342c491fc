package import RegistryStorage
package import Succession

/// Where whatever holds a code lies on one day, as a table that any table with a day and a code can be joined to.
///
/// Kept here:
/// 1. A row is a part, for a code and a stretch of days on which one body holds the code and the answer is the same. On
///    days on which nobody holds the code there is no row.
/// 2. For every code and day, the shares of each body that holds the code add up to 1.
/// 3. Two rows of a code and a body that say the same do not follow each other.
package struct CrosswalkByPeriod {
  package let table: DataTable
  /// How many rows are gaps.
  package let gapCount: Int
  /// How many parts were left out because they weigh nothing.
  package let weightlessCount: Int

  /// What is said of a stretch of days.
  private struct Line: Equatable {
    /// The cells after the days, one row for each part.
    let parts: [[String?]]
    let gaps: Int
    let weightless: Int
  }

  private struct Held: Hashable {
    let value: String
    let period: Period
  }

  /// A code, or several that mean the same, and what is known of them.
  private struct Subject {
    let codes: [Held]
    let stretches: [Stretch]
  }

  /// - Parameters:
  ///   - request: The first day of its question does not matter. Without a kind, all bodies of the place tier and all
  ///     bodies without a tier are asked about. Without a scheme, the codes of all schemes count.
  ///   - includesUnits: Whether the units of all partitions are asked about too.
  /// - Precondition: The register has the kinds, the bases and the scheme of `request`.
  package init(
    _ request: CrosswalkReport.Request, includesUnits: Bool, of whereabouts: Whereabouts, _ view: RegisterView
  ) throws(DatabaseError) {
    var subjects = try Self.bodies(request, whereabouts, view)
    if includesUnits { subjects += try Self.units(request, whereabouts, view) }
    let cells = try AnswerCells(
      of: subjects.lazy.flatMap(\.stretches).map(\.answer), on: request.question.to, whereabouts, view)
    var rows: [[String?]] = []
    var (gaps, weightless) = (0, 0)
    for subject in subjects {
      let lines = try Self.lines(of: subject.stretches, cells, showsAllParts: request.showsAllParts)
      for code in subject.codes {
        for (period, line) in lines {
          guard let days = period.intersection(code.period) else { continue }
          gaps += line.gaps
          weightless += line.weightless
          rows += line.parts.map { [code.value, days.start.description, days.lastDay?.description] + $0 }
        }
      }
    }
    gapCount = gaps
    weightlessCount = weightless
    table = DataTable(
      columns: [
        "from_code", "valid_from", "valid_to", "to_code", .number("share"), .number("amount"), .number("total"),
        "basis",
        "method", "status", "reason",
      ], rows: rows.sorted(byColumns: 0, 1, 3))
  }

  /// Puts stretches together that say the same in all columns. They may differ in events.
  private static func lines(
    of stretches: [Stretch], _ cells: AnswerCells, showsAllParts: Bool
  ) throws(DatabaseError) -> [(period: Period, line: Line)] {
    var lines: [(period: Period, line: Line)] = []
    for stretch in stretches {
      var parts: [[String?]] = []
      for part in stretch.answer.parts where showsAllParts || !part.isWeightless {
        parts.append([
          cells.code(part), part.shareText, part.amount?.text, part.total?.text, part.basis, part.method?.rawValue,
          AnswerWords.status(part.place), try cells.reason(part),
        ])
      }
      let line = Line(
        parts: parts, gaps: stretch.answer.weighty.count { $0.isGap },
        weightless: stretch.answer.parts.count - parts.count)
      if let last = lines.last, last.line == line, last.period.end == stretch.period.start {
        lines[lines.count - 1].period.end = stretch.period.end
      } else {
        lines.append((stretch.period, line))
      }
    }
    return lines
  }

  /// Each body is asked once, for all days on which it holds any code.
  private static func bodies(
    _ request: CrosswalkReport.Request, _ whereabouts: Whereabouts, _ view: RegisterView
  ) throws(DatabaseError) -> [Subject] {
    let kinds =
      request.kind.map { [$0] } ?? view.kinds.filter { $0.tier == nil || $0.tier == Kind.placeTier }.map(\.key)
    var wanted: Set<OrganisationID> = []
    for kind in kinds { wanted.formUnion(try view.registry.organisations(ofKind: kind, knownIn: view.revision)) }
    let all = try view.registry.datedCodes(knownIn: view.revision).filter { wanted.contains($0.organisation) }
    let coded = Set(all.lazy.filter { $0.scheme != nil }.map(\.organisation))
    let codes = all.filter { code in
      // A body without a code is named by its key.
      guard let scheme = code.scheme else { return !coded.contains(code.organisation) }
      return request.scheme.map { scheme == $0 } ?? true
    }
    var subjects: [Subject] = []
    for (body, own) in Dictionary(grouping: codes, by: \.organisation).sorted(by: { $0.key < $1.key }) {
      guard let first = own.map(\.period.start).min() else { continue }
      let ends = own.map(\.period.end)
      let span = Period(first, ends.contains(nil) ? nil : ends.compactMap(\.self).max())
      // Two schemes may have the same code.
      let held = Set(own.map { Held(value: $0.value, period: $0.period) })
      subjects.append(
        Subject(
          codes: Array(held),
          stretches: try whereabouts.stretches(of: body, during: span, request.question)))
    }
    return subjects
  }

  /// Units that move together are asked about once.
  private static func units(
    _ request: CrosswalkReport.Request, _ whereabouts: Whereabouts, _ view: RegisterView
  ) throws(DatabaseError) -> [Subject] {
    let units = try view.registry.placedUnits(knownIn: view.revision)
    let firstDay = try view.registry.firstDay(knownIn: view.revision) ?? .distantPast
    var subjects: [Subject] = []
    for (parcel, own) in Dictionary(grouping: units, by: \.parcel).sorted(by: { $0.key < $1.key }) {
      let stretches = try whereabouts.stretches(ofParcel: parcel, request.question)
      guard let known = stretches.first?.period.start else { continue }
      let first = max(known, firstDay)
      subjects.append(
        Subject(codes: own.map { Held(value: $0.code, period: Period(first, nil)) }, stretches: stretches))
    }
    return subjects
  }
}
