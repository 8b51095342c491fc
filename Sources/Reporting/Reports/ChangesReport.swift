package import RegistryStorage

/// What happened between two days, a row each, and in words.
package struct ChangesReport {
  package let table: DataTable
  /// One sentence for each happening.
  package let sentences: [String]

  package init(_ happenings: [Happening], of registry: Registry, knownIn revision: Int64) throws(DatabaseError) {
    let view = try RegisterView(registry, knownIn: revision)
    var rows: [[String?]] = []
    var sentences: [String] = []
    for happening in happenings {
      let before = try registry.organisations(
        withIDs: happening.predecessors.union(happening.closed).union(happening.changed).sorted(),
        on: happening.day.previous, knownIn: revision
      ).filter { body in body.firstDay.map { $0 < happening.day } ?? true }
      let after = try registry.organisations(
        withIDs: happening.successors.union(happening.opened).union(happening.changed).sorted(), on: happening.day,
        knownIn: revision)
      func codes(_ bodies: [Organisation]) -> String { bodies.map(view.code).joined(separator: "|") }
      rows.append([
        happening.day.description, happening.type.rawValue, happening.event, codes(before), codes(after),
        happening.source,
      ])
      sentences.append(Self.sentence(happening, before, after, view))
    }
    table = DataTable(
      columns: ["date", "type", "event", "from_codes", "to_codes", "source"], rows: rows)
    self.sentences = sentences
  }

  private static func sentence(
    _ happening: Happening, _ before: [Organisation], _ after: [Organisation], _ view: RegisterView
  ) -> String {
    func names(_ bodies: [Organisation]) -> String {
      let shown = bodies.prefix(8).map { "\(view.code($0)) \($0.shownName)" }
      let rest = bodies.count > 8 ? ["\(bodies.count - 8) more"] : []
      let all = shown + rest
      return all.count < 2 ? all.joined() : all.dropLast().joined(separator: ", ") + " and " + (all.last ?? "")
    }
    let changed = after.filter { happening.changed.contains($0.id) }
    let head = "\(happening.day)  \(happening.type.rawValue): "
    if happening.event == nil {
      let what =
        [EventType.recode: "the code", .rename: "the name", .reparenting: "the body above"][happening.type] ?? "a fact"
      return head + "\(what) of \(names(changed)) changed"
    }
    if happening.predecessors.isEmpty && happening.opened.isEmpty && happening.closed.isEmpty {
      return head + (happening.title.map { "\($0): " } ?? "") + names(changed)
    }
    let from = before.filter { !happening.changed.contains($0.id) || happening.predecessors.contains($0.id) }
    let to = after.filter { !happening.changed.contains($0.id) || happening.successors.contains($0.id) }
    let were = from.count == 1 ? "was" : "were"
    var words: String
    switch (from.isEmpty, to.isEmpty) {
    case (false, false):
      let verb: String =
        switch happening.type {
        case .merger: "merged into"
        case .absorption: "\(were) absorbed by"
        case .split: "\(were) divided between"
        case .transfer: "gave territory to"
        default: "\(were) succeeded by"
        }
      words = "\(names(from)) \(verb) \(names(to))"
    case (true, false): words = "\(names(to)) \(to.count == 1 ? "was" : "were") established"
    default: words = "\(names(from)) \(were) closed"
    }
    let goOn = from.filter { happening.predecessors.contains($0.id) && !happening.closed.contains($0.id) }
    if !goOn.isEmpty { words += "; \(names(goOn)) went on" }
    return head + words
  }
}
