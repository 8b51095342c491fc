package import RegistryFormats
package import RegistryStorage

/// Everything about the bodies and units that a code or key means, as JSON and as text.
package struct Biography {
  private let reference: String
  private let day: Day?
  private let bodies: [OrganisationDetail]
  private let units: [UnitDetail]
  private let sections: Set<Section>
  /// For each body, whom it stood under on the day, from the nearest up.
  private let paths: [OrganisationID: [[Organisation]]]
  private let scheme: String?
  /// The names of other bodies that facts mention, by key.
  private let names: [String: String]

  package enum Section: String, CaseIterable, Sendable {
    case lives, kinds, codes, names, above, members, measures, services, seats, published, events, path
  }

  /// - Parameters:
  ///   - reference: The code or key that was asked for.
  ///   - day: Only what was so on this day. Without a day, everything.
  ///   - sections: What is told. The path is told only if there is a day.
  ///   - names: The names of other bodies that facts mention, by key.
  ///   - view: Where the path is looked up. Without it, the path is not told.
  package init(
    _ bodies: [OrganisationDetail], _ units: [UnitDetail] = [], reference: String, on day: Day?,
    sections: Set<Section>, names: [String: String], pathIn view: RegisterView?
  ) throws(DatabaseError) {
    self.reference = reference
    self.day = day
    self.bodies = bodies
    self.units = units
    self.sections = sections
    self.names = names
    scheme = view?.scheme
    var paths: [OrganisationID: [[Organisation]]] = [:]
    if let day, let view {
      let hierarchy = try view.registry.hierarchy(on: day, knownIn: view.revision)
      for body in bodies { paths[body.organisation.id] = try view.paths(of: body, in: hierarchy) }
    }
    self.paths = paths
  }

  // MARK: JSON

  package var json: JSONValue {
    .object(
      [
        .init("reference", .string(reference)), .init("on", .string(orNull: day?.description)),
        .init("organisations", .array(bodies.map(json))),
      ] + (units.isEmpty ? [] : [.init("units", .array(units.map(json)))]))
  }

  private func json(_ body: OrganisationDetail) -> JSONValue {
    var members = FactKind.shownOfBodies.filter { $0.sections.contains(where: shows) }.map { kind in
      JSONValue.Member(kind.plural, json(body[kind].filter { shows($0) }))
    }
    if shows(.events) { members.append(.init("events", .array(body.events.map(json)))) }
    return .object(
      [
        .init("key", .string(body.organisation.key)), .init("name", .string(orNull: body.organisation.name)),
        .init("kinds", .strings(body.organisation.kinds)),
      ] + members + (paths[body.organisation.id].map { [.init("paths", json($0))] } ?? [])
        + (body.history.map { [.init("history", .array($0.map(json)))] } ?? []))
  }

  /// Whether a fact stands in one of the sections that are told. A relationship stands in one of two.
  private func shows(_ fact: FactVersion) -> Bool {
    guard fact.kind == .relationship else { return true }
    return shows(fact["direction"] == "to" ? .above : .members)
  }

  func shows(_ section: Section) -> Bool { sections.contains(section) }

  private func json(_ paths: [[Organisation]]) -> JSONValue {
    .array(
      paths.map { path in
        .array(
          path.map { body in
            [
              "key": .string(body.key), "code": .string(orNull: scheme.flatMap { body.codes[$0] }),
              "name": .string(orNull: body.name), "kinds": .strings(body.kinds),
            ]
          })
      })
  }

  private func json(_ statements: [FactVersion]) -> JSONValue { .array(statements.map { .object(members($0)) }) }

  func members(_ statement: FactVersion) -> [JSONValue.Member] {
    statement.content.flatMap { said -> [JSONValue.Member] in
      let name = said.name == "organisation" ? names[said.value] : nil
      return [.init(said.name, .string(said.value))] + (name.map { [.init("organisation_name", .string($0))] } ?? [])
    } + [
      .init("from", .string(statement.firstDay.description)),
      .init("to", .string(orNull: statement.lastDay?.description)),
      .init("from_status", .string(statement.firstDayStatus.rawValue)),
      .init("to_status", statement.lastDay == nil ? .null : .string(statement.lastDayStatus.rawValue)),
      .init("from_event", .string(orNull: statement.startEvent)),
      .init("to_event", .string(orNull: statement.endEvent)),
      .init("source", .string(orNull: statement.source)), .init("note", .string(orNull: statement.note)),
      .init("key", .string(statement.key)),
    ]
  }

  private func json(_ event: EventSummary) -> JSONValue {
    [
      "key": .string(event.key), "type": .string(event.type.rawValue), "date": .string(event.day.description),
      "title": .string(orNull: event.title), "status": .string(event.status.rawValue),
      "predecessors": .strings(event.predecessors), "successors": .strings(event.successors),
      "source": .string(orNull: event.source),
    ]
  }

  // MARK: Text

  /// - Parameters:
  ///   - width: how many columns the screen has. Nil if it is not for a screen.
  ///   - keys: whether the permanent key of each fact of a body stands below it.
  package func plainText(width: Int?, keys: Bool = false) -> String {
    (bodies.map { lines($0, keys: keys) } + units.map(lines)).map { lines in
      // What is told of a fact begins at a column of its own.
      lines.flatMap { fitted($0, indent: $0.hasPrefix("  ") ? $0.hasPrefix("    [") ? 8 : 38 : 0, width: width) }
        .map { $0 + "\n" }.joined()
    }.joined(separator: "\n")
  }

  private func lines(_ body: OrganisationDetail, keys: Bool) -> [String] {
    let indent = String(repeating: " ", count: 38)
    var lines = ["\(body.organisation.shownName)  [\(body.organisation.key)]"]
    var sources = Footnotes()
    for section in Self.textSections where shows(section.section) {
      for (index, fact) in section.facts(of: body).enumerated() {
        let words = section.words(fact, of: body, named)
        let head = padded(index == 0 ? section.title : "", 9)
        lines.append("  \(head)\(padded(days(fact), 27))\(words)\(sources.mark(fact.source))")
        if keys { lines.append(indent + fact.key) }
      }
    }
    for (index, path) in (paths[body.organisation.id] ?? []).enumerated() {
      let steps = path.map { body in "\(scheme.flatMap { body.codes[$0] } ?? body.key) \(body.shownName)" }
      lines.append("  \(padded(index == 0 ? "path" : "", 9))\(steps.joined(separator: " < "))")
    }
    for (index, event) in (shows(.events) ? body.events : []).enumerated() {
      var words = event.title ?? event.type.rawValue
      if !event.predecessors.isEmpty {
        words += ": \(short(event.predecessors)) to \(short(event.successors))"
      }
      lines.append(
        "  \(padded(index == 0 ? "event" : "", 9))\(padded(event.day.description, 27))\(words)\(sources.mark(event.source))"
      )
      if keys { lines.append(indent + event.key) }
    }
    lines += sources.lines
    if let history = body.history { lines += historyLines(history) }
    return lines
  }

  /// A body that a fact mentions, by its name and key.
  private func named(_ key: String) -> String { names[key].map { "\($0) [\(key)]" } ?? key }

  private func short(_ keys: [String]) -> String {
    if keys.count <= 2 { return keys.map(named).joined(separator: ", ") }
    return keys.count <= 8
      ? keys.joined(separator: ", ") : "\(keys.prefix(6).joined(separator: ", ")) and \(keys.count - 6) more"
  }

  /// The first and the last day, or the only day of what holds on one day, as a mid-year figure does.
  func days(_ statement: FactVersion) -> String {
    statement.firstDay == statement.lastDay
      ? "\(statement.firstDay)\(mark(statement.firstDayStatus))" : dates(statement)
  }

  /// A question mark stands by a boundary whose true date is not known, and a tilde by one that we derived.
  private func dates(_ statement: FactVersion) -> String {
    let from = "\(statement.firstDay)\(mark(statement.firstDayStatus))"
    guard let last = statement.lastDay else { return "from \(from)" }
    return "\(from) to \(last)\(mark(statement.lastDayStatus))"
  }

  private func mark(_ certainty: Certainty) -> String {
    switch certainty {
    case .stated: ""
    case .derived: "~"
    case .unknown: "?"
    }
  }

  func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
