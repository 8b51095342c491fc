package import RegistryStorage

/// The governing bodies on a day beside the rules in force: which seats are held, vacant or not known, and the
/// professions of the holders. Reports never name persons.
///
/// Kept here:
/// 1. Silence is no breach: a seat falls short only if it is said to be vacant. What nobody recorded is not known.
package struct GovernanceReport {
  private let view: RegisterView
  private let day: Day
  private let rules: [CitedSeatRule]
  private let seats: [Seat]
  private let bodies: [(kind: String, body: Organisation)]
  private let appointments: [OrganisationID: [SeatedAppointment]]
  private let constitutions: [ConstitutionVersion]

  /// - Parameters:
  ///   - kinds: Only bodies of these kinds. If empty, all kinds for which a rule is in force on the day.
  ///   - only: Only these bodies. Without it, all bodies of the kinds.
  package init(
    of view: RegisterView, on day: Day, kinds: [String] = [], only: Set<OrganisationID>? = nil
  ) throws(DatabaseError) {
    self.view = view
    self.day = day
    let inForce = try view.registry.seatRules(on: day, knownIn: view.revision)
    let ruled = Set(inForce.map(\.rule.kind))
    var bodies: [(kind: String, body: Organisation)] = []
    for kind in view.kinds.map(\.key) where kinds.isEmpty ? ruled.contains(kind) : kinds.contains(kind) {
      let ofKind = try view.registry.organisations(kind: kind, on: day, knownIn: view.revision)
      bodies += ofKind.filter { only?.contains($0.id) ?? true }.map { (kind, $0) }
    }
    self.bodies = bodies
    let shown = Set(bodies.map(\.kind))
    rules = inForce.filter { shown.contains($0.rule.kind) }
    seats = try view.registry.seats()
    let ids = Set(bodies.map(\.body.id))
    let stated = try view.registry.appointments(on: day, knownIn: view.revision)
    appointments = Dictionary(grouping: stated.filter { ids.contains($0.organisation) }, by: \.organisation)
    constitutions = try view.registry.constitutions(on: day, knownIn: view.revision)
      .filter { ids.contains($0.organisation) }
  }

  package func report() throws(DatabaseError) -> Report {
    let rows = bodies.flatMap { kind, body in self.rows(of: body, kind) }
    let claims = try view.claims(about: .governance, of: Set(bodies.map(\.kind)))
    let cited =
      rules.map(\.source) + appointments.values.flatMap { $0.map(\.source) } + constitutions.map(\.source)
      + claims.map(\.source)
    return try view.report(
      "Governing bodies on \(day)", lead: lead(rows),
      tables: [seatTable(rows), professionTable, ruleTable(rows), constitutionTable, Self.table(of: claims)],
      figures: [figure(rows)], sources: RegisterView.sources(of: cited))
  }

  // MARK: Bodies and seats

  private enum Verdict: String {
    case met, notMet = "not met", notKnown = "not known"
    /// No rule asks for the seat.
    case noRule = "no rule"
  }

  private struct Row {
    let body: Organisation
    let seat: Seat
    let rule: SeatRule?
    let held: Int
    let vacant: Int

    /// Invariant 1.
    var verdict: Verdict {
      guard let rule else { return .noRule }
      if held >= rule.minimum ?? 1 { return .met }
      return vacant > 0 ? .notMet : .notKnown
    }
  }

  /// A row for each seat that a rule asks for, or of which something is known.
  private func rows(of body: Organisation, _ kind: String) -> [Row] {
    let own = Dictionary(grouping: appointments[body.id] ?? [], by: \.seat)
    return seats.compactMap { seat in
      let rule = rules.first { $0.rule.kind == kind && $0.rule.seat == seat.key }?.rule
      let stated = own[seat.key] ?? []
      guard rule != nil || !stated.isEmpty else { return nil }
      let held = stated.count { $0.nature == .held }
      return Row(body: body, seat: seat, rule: rule, held: held, vacant: stated.count - held)
    }
  }

  private func seatTable(_ rows: [Row]) -> DataTable {
    DataTable(
      columns: ["code", "name", "seat", .number("needed"), .number("held"), .number("vacant"), "verdict"],
      rows: rows.map { row in
        let isSilent = row.held + row.vacant == 0
        return [
          view.code(row.body), view.name(row.body), row.seat.key, row.rule.flatMap(Self.needed),
          isSilent ? nil : String(row.held), isSilent ? nil : String(row.vacant), row.verdict.rawValue,
        ]
      },
      notes: [
        """
        'needed' is the number that the rule in force on the day names; where it names none it is blank, and one suffices. \
        'not known' means that the register has too few appointments of the seat and no vacancy: silence is no breach.
        """
      ])
  }

  private static func needed(_ rule: SeatRule) -> String? { rule.minimum.map { String($0) } }

  private func lead(_ rows: [Row]) -> [String] {
    guard !rows.isEmpty else { return ["No rule on seats is in force on this day, and no appointment is known."] }
    let silent = bodies.count { appointments[$0.body.id] == nil }
    let breached = Set(rows.filter { $0.verdict == .notMet }.map(\.body.id)).count
    return [
      """
      Bodies: \(bodies.count). Of \(silent) no appointment is recorded; in \(breached) a known vacancy leaves a rule unmet.
      """
    ] + seats.filter(\.isSingle).compactMap(professions)
  }

  /// The professions of those who hold a seat, the most frequent first. Nil if no holder is known.
  private func professions(_ seat: Seat) -> String? {
    let held = held.filter { $0.seat == seat.key }
    guard !held.isEmpty else { return nil }
    let counts = Dictionary(grouping: held) { $0.profession ?? "not stated" }.mapValues(\.count)
      .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return "Of \(held.count) known holders of the seat '\(seat.name)': "
      + counts.map { "\($0.value) \($0.key)" }.joined(separator: ", ") + "."
  }

  // MARK: Counts

  private var held: [SeatedAppointment] { appointments.values.flatMap { $0 }.filter { $0.nature == .held } }

  private var professionTable: DataTable {
    let counts = Dictionary(grouping: held) { [$0.seat, $0.profession ?? ""] }.mapValues(\.count)
    let order = Dictionary(uniqueKeysWithValues: seats.enumerated().map { ($1.key, $0) })
    let rows = counts.sorted { left, right in
      (order[left.key[0]] ?? 0, right.value, left.key[1]) < (order[right.key[0]] ?? 0, left.value, right.key[1])
    }
    return DataTable(
      title: "Holders by seat and profession",
      columns: ["seat", "profession", .number("holders"), .number("of_known")],
      rows: rows.map { key, count in
        let all = held.count { $0.seat == key[0] }
        return [key[0], key[1].isEmpty ? "not stated" : key[1], String(count), percent(Double(count) / Double(all))]
      })
  }

  private func ruleTable(_ rows: [Row]) -> DataTable {
    DataTable(
      title: "The rules in force",
      columns: [
        "kind", "seat", .number("needed"), "from", "to", "dates", .number("met"), .number("not_met"),
        .number("not_known"), "source",
      ],
      rows: rules.map { cited in
        let own = rows.filter { $0.rule == cited.rule }
        return [
          cited.rule.kind, cited.rule.seat, Self.needed(cited.rule), cited.rule.start.description,
          cited.rule.end?.previous.description, cited.status.rawValue,
        ] + [Verdict.met, .notMet, .notKnown].map { verdict in String(own.count { $0.verdict == verdict }) }
          + [cited.source]
      })
  }

  private var constitutionTable: DataTable {
    let named = Dictionary(uniqueKeysWithValues: bodies.map { ($0.body.id, $0.body) })
    return DataTable(
      title: "Constitutions",
      columns: ["code", "name", "version", "from", "source"],
      rows: constitutions.map { constitution in
        let body = named[constitution.organisation]
        return [
          view.code(body), view.name(body), constitution.version, constitution.firstDay.description,
          constitution.source,
        ]
      }.sorted(byColumns: 0),
      notes: ["A body of which no version is known is not listed."])
  }

  // MARK: Claims

  /// Published figures about who leads the bodies.
  private static func table(of claims: [Claim]) -> DataTable {
    DataTable(
      title: "What was published",
      columns: ["from", "to", "published", "about", "source"],
      rows: claims.map { [$0.firstDay.description, $0.lastDay?.description, $0.value, $0.note, $0.source] },
      notes: claims.isEmpty ? [] : ["Published figures of other days stand beside those above, to compare."])
  }

  // MARK: Figure

  private func figure(_ rows: [Row]) -> Figure? {
    let bars = seats.compactMap { seat -> ShareBars.Row? in
      let own = rows.filter { $0.seat == seat && $0.verdict != .noRule }
      guard !own.isEmpty else { return nil }
      return ShareBars.Row(
        label: seat.name,
        parts: [Verdict.met, .notMet, .notKnown].map { verdict in own.count { $0.verdict == verdict } })
    }
    return ShareBars(parts: ["met", "not met", "not known"], rows: bars).figure(
      name: "seats", title: "Seats that the rules ask for",
      description: """
        A bar for each seat: the share of bodies in which it is held as the rule asks, falls short because it is vacant, \
        and of which that is not known. The percentages are written in the bars, the numbers of bodies after them.
        """)
  }
}
