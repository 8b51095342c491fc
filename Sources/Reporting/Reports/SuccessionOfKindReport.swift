import RegistryFormats
package import RegistryStorage
import Succession

/// Who succeeded whom, from one kind of body to another: unsplit, merged, split, many to many, or with a gap.
package struct SuccessionOfKindReport {
  private let view: RegisterView
  private let kind: String
  private let toKind: String
  private let tolerance: Double
  private let whereabouts: Whereabouts

  /// One body, or part of one, that went to another.
  private struct Passage {
    let day: Day
    let from: Organisation
    /// Nil if it went to no body, or nobody says where it went.
    let to: Organisation?
    let part: Answer.Part
  }

  /// How the bodies of one connected group relate to each other.
  private enum Shape: String, CaseIterable {
    case unsplit, merged, split
    case manyToMany = "many-to-many"
    case gap

    init(predecessors: Int, successors: Int, hasGap: Bool) {
      switch (predecessors, successors) {
      case _ where hasGap || successors == 0: self = .gap
      case (1, 1): self = .unsplit
      case (_, 1): self = .merged
      case (1, _): self = .split
      default: self = .manyToMany
      }
    }

    var words: String {
      switch self {
      case .unsplit: "one body became one"
      case .merged: "several bodies became one"
      case .split: "one body became several"
      case .manyToMany: "several bodies became several, with parts exchanged"
      case .gap: "nobody says how much went where, or part of it went to no body of the kind"
      }
    }
  }

  /// - Parameter tolerance: Parts that are a smaller share of both bodies are left out. From 0 to 1.
  package init(
    of view: RegisterView, kind: String, toKind: String, tolerance: Double = 0
  ) throws(DatabaseError) {
    self.view = view
    self.kind = kind
    self.toKind = toKind
    self.tolerance = tolerance
    whereabouts = try Whereabouts(of: view.registry, knownIn: view.revision)
  }

  package func report() throws(DatabaseError) -> Report {
    let (passages, sliverCount) = try passages()
    let groups = Self.groups(passages)
    var table = DataTable(
      columns: [
        "date", "from_code", "from_name", "to_code", "to_name", .number("share"), .number("amount"), "basis", "method",
        "shape",
      ])
    for (shape, group) in groups {
      for passage in group {
        table.rows.append([
          passage.day.description, view.code(passage.from), passage.from.name, passage.to.map(view.code),
          passage.to?.name, passage.part.shareText, passage.part.amount?.text, passage.part.basis,
          passage.part.method?.rawValue, shape.rawValue,
        ])
      }
    }
    table.rows.sort {
      ($0[0] ?? "", $0[1] ?? "", $0[3] ?? "\u{10FFFF}") < ($1[0] ?? "", $1[1] ?? "", $1[3] ?? "\u{10FFFF}")
    }
    table.notes = ["A share is of the from body. A blank to_code: in no \(toKind), or nobody says."]
    if sliverCount > 0 {
      table.notes.append(
        "\(counted(sliverCount, "part that is", "parts that are")) less than the tolerance \(sliverCount == 1 ? "is" : "are") left out."
      )
    }
    let days = Set(passages.map(\.day)).sorted()
    let names = (view.title(ofKind: kind), view.title(ofKind: toKind))
    let count = Set(passages.map(\.from.id)).count
    return try view.report(
      "From \(names.0) to \(names.1)",
      lead: passages.isEmpty
        ? ["No body of the kind \(kind) ended on a day on which one of the kind \(toKind) succeeded it."]
        : ["\(counted(count, "body", "bodies")), on \(days.map(\.description).joined(separator: ", "))."],
      tables: [table, shapes(groups)], figures: [figure(passages)],
      sources: RegisterView.sources(of: try links().map(\.source)))
  }

  private func shapes(_ groups: [(shape: Shape, passages: [Passage])]) -> DataTable {
    DataTable(
      title: "How they were succeeded",
      columns: ["shape", .number("groups"), .number("from_bodies"), .number("to_bodies"), "meaning"],
      rows: Shape.allCases.map { shape in
        let own = groups.filter { $0.shape == shape }
        let passages = own.flatMap(\.passages)
        return [
          shape.rawValue, String(own.count), String(Set(passages.map(\.from.id)).count),
          String(Set(passages.compactMap { $0.to?.id }).count), shape.words,
        ]
      })
  }

  // MARK: What went where

  /// The links that lead from bodies of the one kind to bodies of the other.
  private func links() throws(DatabaseError) -> [SuccessionLink] {
    let from = Set(try view.registry.organisations(ofKind: kind, knownIn: view.revision))
    let to = Set(try view.registry.organisations(ofKind: toKind, knownIn: view.revision))
    return whereabouts.links.filter { from.contains($0.predecessor) && to.contains($0.successor) }
  }

  /// A crosswalk from the day before, on each day with such links, for the bodies that ended.
  private func passages() throws(DatabaseError) -> (passages: [Passage], sliverCount: Int) {
    let links = try links()
    var passages: [Passage] = []
    var slivers = 0
    for (day, ofDay) in Dictionary(grouping: links, by: \.day).sorted(by: { $0.key < $1.key }) {
      let question = Question(from: day.previous, to: day, toKind: kind == toKind ? nil : toKind)
      let linked = Set(ofDay.map(\.predecessor))
      let rows = try Crosswalk(of: kind, in: whereabouts, question).rows.filter { linked.contains($0.body.id) }
      let cells = try AnswerCells(of: rows.map(\.answer), on: day, whereabouts, view)
      for row in rows {
        for part in row.answer.weighty {
          if try isSliver(part, of: row.body.id, question) {
            slivers += 1
          } else {
            passages.append(Passage(day: day, from: row.body, to: cells.body(part), part: part))
          }
        }
      }
    }
    return (passages, slivers)
  }

  /// Whether a part is less than the tolerance of both bodies, or of the one body if it lies in no other.
  private func isSliver(
    _ part: Answer.Part, of body: OrganisationID, _ question: Question
  ) throws(DatabaseError) -> Bool {
    guard part.share < tolerance else { return false }
    guard case .body(let target) = part.place else { return true }
    let back = Question(from: question.to, to: question.from, toKind: question.toKind == nil ? nil : kind)
    let origin = try whereabouts.answer(for: target, back).weighty.first { $0.place == .body(body) }
    return (origin?.share ?? 0) < tolerance
  }

  /// Groups of bodies that are connected, directly or through others, on one day.
  private static func groups(_ passages: [Passage]) -> [(shape: Shape, passages: [Passage])] {
    var groups: [(day: Day, from: Set<OrganisationID>, to: Set<OrganisationID>, passages: [Passage])] = []
    for passage in passages {
      let target = passage.to?.id
      var merged = (
        day: passage.day, from: Set([passage.from.id]), to: Set(target.map { [$0] } ?? []), passages: [passage]
      )
      groups.removeAll { group in
        let isConnected =
          group.day == passage.day
          && (group.from.contains(passage.from.id) || target.map { group.to.contains($0) } ?? false)
        guard isConnected else { return false }
        merged.from.formUnion(group.from)
        merged.to.formUnion(group.to)
        merged.passages = group.passages + merged.passages
        return true
      }
      groups.append(merged)
    }
    return groups.map { group in
      let shape = Shape(
        predecessors: group.from.count, successors: group.to.count,
        hasGap: group.passages.contains { $0.to == nil })
      return (shape, group.passages)
    }
  }

  // MARK: Figure

  /// Bodies are as high as their amounts, if all are known in one unit. Otherwise each counts as one.
  private func figure(_ passages: [Passage]) -> Figure? {
    let shown = passages.filter { $0.to != nil }
    guard !shown.isEmpty else { return nil }
    let bases = Set(shown.map(\.part.basis))
    let hasAmounts = bases.count == 1 && shown.allSatisfy { $0.part.amount != nil }
    func amount(_ passage: Passage) -> Double {
      (hasAmounts ? passage.part.amount?.double : nil) ?? passage.part.share
    }
    func side(_ kind: String, _ bodies: [Organisation]) -> Sankey.Side {
      let bodies = Dictionary(bodies.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      return Sankey.Side(heading: view.title(ofKind: kind)) { [view] id, total in
        let (code, name) = (view.code(bodies[id]), view.name(bodies[id]))
        return Sankey.Node(
          code: code, name: name, amount: total, hint: "\(code) \(name)" + (hasAmounts ? ": \(grouped(total))" : ""))
      }
    }
    let flows = shown.compactMap { passage in
      passage.to.map { to in
        let share = passage.part.share
        return Sankey.BodyFlow(
          from: passage.from.id, to: to.id, amount: amount(passage), share: share,
          hint: "\(view.code(passage.from)) to \(view.code(to)): \(percent(share))")
      }
    }
    let measure = hasAmounts ? "as high as its \(bases.first.flatMap { $0 } ?? "amount")" : "one unit high"
    return Sankey(flows, from: side(kind, shown.map(\.from)), to: side(toKind, shown.compactMap(\.to))).figure(
      name: "succession", title: "From \(view.title(ofKind: kind)) to \(view.title(ofKind: toKind))",
      description: """
        Each body on the left is \(measure); bands show where it went. A band of another colour, with \
        its share, is a part of a body; the table has all shares.
        """)
  }
}
