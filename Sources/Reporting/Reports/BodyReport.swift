import RegistryFormats
package import RegistryStorage
import Succession

/// The biography of a body on one page: what is known of it, where that is written, and what is not known.
package struct BodyReport {
  private let view: RegisterView
  private let reference: String
  private let details: [OrganisationDetail]
  private let schemes: [Scheme]
  private let whereabouts: Whereabouts

  /// - Parameters:
  ///   - reference: The code or key that was asked for.
  ///   - bodies: The bodies that it means, in order of time. At least one.
  package init(of view: RegisterView, reference: String, bodies: [OrganisationID]) throws(DatabaseError) {
    self.view = view
    self.reference = reference
    schemes = try view.registry.schemes()
    whereabouts = try Whereabouts(of: view.registry, knownIn: view.revision)
    var details: [OrganisationDetail] = []
    for body in bodies {
      if let detail = try view.registry.detail(of: body, knownIn: view.revision) { details.append(detail) }
    }
    self.details = details
  }

  package func report() throws(DatabaseError) -> Report {
    let names = details.map { $0.organisation.shownName }
    let tables = [
      facts, seats, relationships("Bodies above", "to"), relationships("Bodies below", "from"), try people(), measures,
      published, events, try unknown(),
    ]
    return try view.report(
      "\(reference): \(names.last ?? "")", lead: details.map(lead),
      tables: [tables[0]] + tables[1...].filter { !$0.rows.isEmpty },
      figures: try figures(), sources: RegisterView.sources(of: details.flatMap(shown).map(\.source)))
  }

  /// The facts that the tables show.
  private func shown(_ body: OrganisationDetail) -> [FactVersion] {
    FactKind.ofBodies.flatMap { body[$0] } + body[.claim]
  }

  /// One sentence that says what it was, and when.
  private func lead(_ body: OrganisationDetail) -> String {
    let organisation = body.organisation
    let kinds = Set(body[.role].compactMap { $0["kind"] })
    let words = view.kinds.filter { kinds.contains($0.key) }.map(\.name).joined(separator: ", then or also ")
    let life =
      organisation.lastDay.map { "from \(organisation.firstDay?.description ?? "?") to \($0)" }
      ?? "since \(organisation.firstDay?.description ?? "?")"
    return "\(organisation.shownName) [\(organisation.key)]: \(words.isEmpty ? "of no known kind" : words), \(life)."
  }

  // MARK: Tables

  private static let factColumns: [DataTable.Column] = [
    "body", "field", "value", "from", "from_status", "to", "to_status", "source", "note",
  ]

  private func row(_ body: OrganisationDetail, _ field: String, _ value: String?, _ fact: FactVersion) -> [String?] {
    [
      body.organisation.key, field, value, fact.firstDay.description, fact.firstDayStatus.rawValue,
      fact.lastDay?.description,
      fact.lastDay == nil ? nil : fact.lastDayStatus.rawValue, fact.source, fact.note,
    ]
  }

  /// Rows that begin with the key of their body.
  private func rows<Item>(
    of items: (OrganisationDetail) -> [Item], cells: (Item) -> [String?]
  ) -> [[String?]] {
    details.flatMap { body in items(body).map { [body.organisation.key] + cells($0) } }
  }

  private var facts: DataTable {
    DataTable(
      title: "What it was", columns: Self.factColumns,
      rows: details.flatMap { body -> [[String?]] in
        let lives = body[.life].map { row(body, "life, \($0["timeline"] ?? "")", nil, $0) }
        let kinds = body[.role].map { row(body, "kind", $0["kind"], $0) }
        let codes = body[.code].map { row(body, "code, \($0["scheme"] ?? "")", $0["value"], $0) }
        let names = body[.name].map { row(body, "name, \($0["scheme"] ?? "")", $0["value"], $0) }
        let others = body[.identifier].map { row(body, "identifier, \($0["register"] ?? "")", $0["value"], $0) }
        return lives + kinds + codes + names + others
      },
      notes: [
        "Dates are inclusive; a blank 'to' means to this day. 'unknown': the day is only the first, or last, on which a source shows it."
      ])
  }

  /// Names no persons, because reports are passed on.
  private var seats: DataTable {
    DataTable(
      title: "Its governing body", columns: Self.factColumns,
      rows: details.flatMap { body -> [[String?]] in
        body[.appointment].map { row(body, "seat, \($0["seat"] ?? "")", $0["profession"] ?? $0["nature"], $0) }
          + body[.constitution].map { row(body, "constitution", $0["version"], $0) }
      })
  }

  private func relationships(_ title: String, _ direction: String) -> DataTable {
    DataTable(
      title: title, columns: Self.factColumns + ["grade"],
      rows: details.flatMap { body in
        body[.relationship].filter { $0["direction"] == direction }.map {
          row(body, $0["kind"] ?? "", $0["organisation"], $0) + [$0["grade"]]
        }
      })
  }

  /// What lay in it on its first and on its last day, in each basis.
  private func people() throws(DatabaseError) -> DataTable {
    let territory = whereabouts.territory
    let amounts = BodyAmounts(territory)
    var table = DataTable(
      title: "Its territory",
      columns: ["body", "on", "basis", .number("amount"), "unit", "measured_on"])
    for body in details {
      guard let first = body.organisation.firstDay else { continue }
      let last = body.organisation.lastDay ?? territory.eventDays.values.max() ?? first
      for day in first == last ? [first] : [first, max(first, last)] {
        for (index, basis) in territory.bases.enumerated() {
          guard let amount = amounts.amount(of: body.organisation.id, on: day, in: index) else { continue }
          table.rows.append([
            body.organisation.key, day.description, basis.name, amount.rounded, basis.unitName,
            basis.asAt?.description,
          ])
        }
      }
    }
    return table
  }

  private var measures: DataTable {
    DataTable(
      title: "What is measured of it",
      columns: ["body", "measure", .number("amount"), "unit", "from", "to", "nature", "source", "note"],
      rows: rows(
        of: { body in body[.measure].sorted { ($0["kind"] ?? "", $0.firstDay) < ($1["kind"] ?? "", $1.firstDay) } },
        cells: {
          [
            $0["kind"], $0["amount"].flatMap(Double.init).map(number), $0["unit"], $0.firstDay.description,
            $0.lastDay?.description, $0["nature"], $0.source, $0.note,
          ]
        }))
  }

  private var published: DataTable {
    DataTable(
      title: "What was published about it",
      columns: ["body", "topic", "published", "from", "to", "source", "note"],
      rows: rows(of: { $0[.claim] }) {
        [$0["topic"], $0["value"], $0.firstDay.description, $0.lastDay?.description, $0.source, $0.note]
      })
  }

  private var events: DataTable {
    DataTable(
      title: "What happened to it",
      columns: ["body", "date", "type", "event", "title", "predecessors", "successors", "source"],
      rows: rows(of: \.events) {
        [
          $0.day.description, $0.type.rawValue, $0.key, $0.title, shortList($0.predecessors),
          shortList($0.successors), $0.source,
        ]
      })
  }

  /// An event that concerns all England names hundreds of bodies.
  private func shortList(_ keys: [String]) -> String? {
    if keys.isEmpty { return nil }
    return keys.count <= 12
      ? keys.joined(separator: "|") : keys.prefix(10).joined(separator: "|") + "|and \(keys.count - 10) more"
  }

  // MARK: What is not known

  private func unknown() throws(DatabaseError) -> DataTable {
    var table = DataTable(title: "What is not known", columns: ["body", "what", "detail"])
    for body in details {
      func add(_ what: String, _ detail: String) { table.rows.append([body.organisation.key, what, detail]) }
      for scheme in schemes {
        if !body[.code].contains(where: { $0["scheme"] == scheme.key }) {
          add("code", "no code of the scheme \(scheme.key)")
        }
        if !body[.name].contains(where: { $0["scheme"] == scheme.key }) {
          add("name", "no name as the owner of the scheme \(scheme.key) writes it")
        }
      }
      for (what, statements) in [
        ("life", body[.life]), ("kind", body[.role]), ("code", body[.code]), ("name", body[.name]),
        ("relationship", body[.relationship]),
      ] {
        for fact in statements {
          let value = fact["value"] ?? fact["organisation"] ?? fact["kind"] ?? fact["timeline"] ?? ""
          if fact.firstDayStatus == .unknown {
            add(what, "since when: \(value) (a source shows it on \(fact.firstDay))")
          }
          if let last = fact.lastDay, fact.lastDayStatus == .unknown {
            add(what, "until when: \(value) (a source shows it on \(last))")
          }
          if fact.source == nil { add(what, "where it is written: \(value)") }
        }
      }
      if body[.measure].isEmpty { add("measure", "no source gives people or money") }
    }
    return table
  }

  // MARK: Figures

  private func figures() throws(DatabaseError) -> [Figure] {
    var figures: [Figure] = []
    var shown: Set<OrganisationID> = []
    for body in details where !shown.contains(body.organisation.id) {
      let lineage = try Lineage(of: body.organisation.id, in: whereabouts, .both)
      guard !lineage.links.isEmpty else { continue }
      shown.formUnion(lineage.bodies)
      let report = try LineageReport(lineage, in: whereabouts, view)
      figures.append(LineagePicture(report).figure(named: "lineage-\(body.organisation.key)"))
    }
    return figures
  }
}
