import Formats
import RegistryStorage

/// Everything about the bodies that a code or key means, as JSON and as text.
public struct Biography {
  private let reference: String
  private let day: Day?
  private let bodies: [OrganisationDetail]
  private let sections: Set<Section>
  /// By body: whom it stood under on the day, from the nearest up.
  private let paths: [Int64: [[OrganisationSummary]]]
  private let scheme: String?

  public enum Section: String, CaseIterable, Sendable {
    case lives, kinds, codes, names, above, members, measures, services, seats, published, events, path
  }

  /// - Parameters:
  ///   - reference: the code or key that was asked for.
  ///   - day: only what was so on it; nil: all.
  ///   - sections: what is told; the path only of a day.
  ///   - view: where the path is looked up; nil: it is not told.
  public init(
    _ bodies: [OrganisationDetail], reference: String, on day: Day?, sections: Set<Section>, pathIn view: RegisterView?
  ) throws(DatabaseError) {
    self.reference = reference
    self.day = day
    self.bodies = bodies
    self.sections = sections
    scheme = view?.scheme
    var paths: [Int64: [[OrganisationSummary]]] = [:]
    if let day, let view {
      let hierarchy = try view.registry.hierarchy(on: day, knownIn: view.revision)
      for body in bodies { paths[body.summary.id] = try view.paths(of: body, in: hierarchy) }
    }
    self.paths = paths
  }

  // MARK: JSON

  public var json: JSONValue {
    .object([
      .init("reference", .string(reference)), .init("on", text(day?.description)),
      .init("organisations", .array(bodies.map(json))),
    ])
  }

  private func json(_ body: OrganisationDetail) -> JSONValue {
    let above = body.relationships.filter { $0["direction"] == "to" }
    let members = body.relationships.filter { $0["direction"] == "from" }
    let parts: [(Set<Section>, JSONValue.Member)] = [
      ([.lives], .init("lives", json(body.lives))), ([.codes], .init("codes", json(body.codes))),
      ([.names], .init("names", json(body.names))), ([.kinds], .init("roles", json(body.roles))),
      (
        [.above, .members],
        .init("relationships", json((shows(.above) ? above : []) + (shows(.members) ? members : [])))
      ), ([.measures], .init("measures", json(body.measures))),
      ([.services], .init("responsibilities", json(body.responsibilities))),
      ([.seats], .init("appointments", json(body.appointments))),
      ([.seats], .init("constitutions", json(body.constitutions))),
      ([.published], .init("published", json(body.published))),
      ([.events], .init("events", .array(body.events.map(json)))),
    ]
    return .object(
      [
        .init("key", .string(body.summary.key)), .init("name", text(body.summary.name)),
        .init("kinds", .array(body.summary.kinds.map { .string($0) })),
      ] + parts.filter { !$0.0.isDisjoint(with: sections) }.map(\.1)
        + (paths[body.summary.id].map { [.init("paths", json($0))] } ?? [])
        + (body.history.map { [.init("history", .array($0.map(json)))] } ?? []))
  }

  private func shows(_ section: Section) -> Bool { sections.contains(section) }

  private func json(_ paths: [[OrganisationSummary]]) -> JSONValue {
    .array(
      paths.map { path in
        .array(
          path.map { body in
            .object([
              .init("key", .string(body.key)), .init("code", text(scheme.flatMap { body.codes[$0] })),
              .init("name", text(body.name)),
              .init("kinds", .array(body.kinds.map { .string($0) })),
            ])
          })
      })
  }

  private func json(_ statements: [DatedStatement]) -> JSONValue { .array(statements.map { .object(members($0)) }) }

  func members(_ statement: DatedStatement) -> [JSONValue.Member] {
    statement.content.map { .init($0.name, .string($0.value)) } + [
      .init("from", .string(statement.firstDay.description)), .init("to", text(statement.lastDay?.description)),
      .init("from_status", .string(statement.firstDayStatus.rawValue)),
      .init("to_status", statement.lastDay == nil ? .null : .string(statement.lastDayStatus.rawValue)),
      .init("from_event", text(statement.startEvent)), .init("to_event", text(statement.endEvent)),
      .init("source", text(statement.source)), .init("note", text(statement.note)),
      .init("key", .string(statement.key)),
    ]
  }

  private func json(_ event: EventSummary) -> JSONValue {
    .object([
      .init("key", .string(event.key)), .init("type", .string(event.type.rawValue)),
      .init("date", .string(event.day.description)), .init("title", text(event.title)),
      .init("status", .string(event.status.rawValue)),
      .init("predecessors", .array(event.predecessors.map { .string($0) })),
      .init("successors", .array(event.successors.map { .string($0) })), .init("source", text(event.source)),
    ])
  }

  func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  // MARK: Text

  public var plainText: String { bodies.map(plainText).joined(separator: "\n") }

  private func plainText(_ body: OrganisationDetail) -> String {
    var lines = ["\(body.summary.name ?? "(name not known)")  [\(body.summary.key)]"]
    var sources: [String] = []
    func mark(_ source: String?) -> String {
      guard let source else { return "" }
      if !sources.contains(source) { sources.append(source) }
      return " [\((sources.firstIndex(of: source) ?? 0) + 1)]"
    }
    func section(
      _ section: Section, _ title: String, _ statements: [DatedStatement], _ words: (DatedStatement) -> String
    ) {
      guard shows(section) else { return }
      for (index, statement) in statements.enumerated() {
        let head = index == 0 ? title : ""
        lines.append("  \(padded(head, 9))\(padded(days(statement), 27))\(words(statement))\(mark(statement.source))")
      }
    }
    section(.lives, "lived", body.lives) { $0["timeline"] ?? "" }
    section(.kinds, "kind", body.roles) { ($0["kind"] ?? "") + ($0["asserted_by"].map { " (says \($0))" } ?? "") }
    section(.codes, "code", body.codes) { "\($0["scheme"] ?? "") \($0["value"] ?? "")" }
    section(.names, "name", body.names) { "\($0["scheme"] ?? ""): \($0["value"] ?? "")" }
    let above = body.relationships.filter { $0["direction"] == "to" }
    let below = body.relationships.filter { $0["direction"] == "from" }
    section(.above, "above", above) {
      "\($0["kind"] ?? "") \($0["organisation"] ?? "")" + ($0["grade"].map { ", evidence \($0)" } ?? "")
    }
    section(.members, "below", below) { "\($0["organisation"] ?? "") \($0["kind"] ?? "") it" }
    section(.seats, "seat", body.appointments) { words(ofSeat: $0) }
    section(.seats, "under", body.constitutions) { "constitution \($0["version"] ?? "")" }
    // There may be many: those of a kind together, the latest first.
    let measures = body.measures.sorted { ($0["kind"] ?? "", $1.firstDay) < ($1["kind"] ?? "", $0.firstDay) }
    section(.measures, "measure", measures) {
      "\($0["kind"] ?? ""): \(grouped($0["amount"] ?? "")) \($0["unit"] ?? "")" + ($0["nature"].map { ", \($0)" } ?? "")
    }
    section(.services, "service", body.responsibilities) { responsibility in
      let commissioner = responsibility["kind"] ?? responsibility["organisation"] ?? ""
      let others = [("by", commissioner), ("for", responsibility["for"] ?? "")].filter {
        !$0.1.isEmpty && $0.1 != body.summary.key
      }
      return "\(responsibility["service"] ?? ""): \(responsibility["nature"] ?? "")"
        + others.map { ", \($0.0) \($0.1)" }.joined()
    }
    section(.published, "claim", body.published) { "\($0["topic"] ?? ""): \($0["value"] ?? "")" }
    for (index, path) in (paths[body.summary.id] ?? []).enumerated() {
      let steps = path.map { body in
        "\(scheme.flatMap { body.codes[$0] } ?? body.key) \(body.name ?? "(name not known)")"
      }
      lines.append("  \(padded(index == 0 ? "path" : "", 9))\(steps.joined(separator: " < "))")
    }
    for (index, event) in (shows(.events) ? body.events : []).enumerated() {
      var words = event.title ?? event.type.rawValue
      if !event.predecessors.isEmpty {
        words += ": \(short(event.predecessors)) to \(short(event.successors))"
      }
      lines.append(
        "  \(padded(index == 0 ? "event" : "", 9))\(padded(event.day.description, 27))\(words)\(mark(event.source))")
    }
    if !sources.isEmpty {
      lines.append("  sources")
      lines += sources.enumerated().map { "    [\($0 + 1)] \($1)" }
    }
    if let history = body.history { lines += historyLines(history) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The key of the holder stands only where there is no name.
  private func words(ofSeat statement: DatedStatement) -> String {
    let holder = statement["name"] ?? statement["holder"]
    let known = [statement["profession"], holder].compactMap { $0 }
    return "\(statement["seat"] ?? ""): " + (known.isEmpty ? statement["nature"] ?? "" : known.joined(separator: ", "))
  }

  private func short(_ keys: [String]) -> String {
    keys.count <= 8
      ? keys.joined(separator: ", ") : "\(keys.prefix(6).joined(separator: ", ")) and \(keys.count - 6) more"
  }

  /// The day of what holds on one day only, as a figure of mid-year does; else the first and the last.
  func days(_ statement: DatedStatement) -> String {
    statement.firstDay == statement.lastDay
      ? "\(statement.firstDay)\(mark(statement.firstDayStatus))" : dates(statement)
  }

  /// A question mark stands by a boundary whose true date is not known, a tilde by one that we derived.
  private func dates(_ statement: DatedStatement) -> String {
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
