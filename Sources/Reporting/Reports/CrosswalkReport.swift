package import RegistryStorage
package import Succession

/// Where the bodies of one day lie on another, as a table of parts.
///
/// Kept here:
/// 1. A row is a part. What lies in no body, and what is a gap, are parts with a share, and have no to code.
/// 2. The shares of each from code add up to 1.
package struct CrosswalkReport {
  /// What is asked, and how the answer is shown.
  package struct Request: Sendable {
    package var question: Question
    /// The kind of the from bodies. Nil for the kind of the place tier that has the most bodies on the first day.
    package var kind: String?
    /// The scheme whose codes are shown. Nil for the first scheme.
    package var scheme: String?
    /// Whether parts that weigh nothing are rows.
    package var showsAllParts: Bool

    package init(_ question: Question, kind: String? = nil, scheme: String? = nil, showsAllParts: Bool = false) {
      self.question = question
      self.kind = kind
      self.scheme = scheme
      self.showsAllParts = showsAllParts
    }
  }

  package let table: DataTable
  /// The kind taken for the from bodies. Nil if the request named one.
  package let assumedKind: String?
  /// The gaps, as sentences.
  package let gaps: [String]
  /// How many parts were left out because they weigh nothing.
  package let weightlessCount: Int
  /// Why the question has no answer at all, and what to do. Nil if it has one.
  package let problem: String?

  /// - Precondition: The register has the kinds, the bases and the scheme of `request`.
  package init(_ request: Request, of whereabouts: Whereabouts, _ view: RegisterView) throws(DatabaseError) {
    let crosswalk = try Crosswalk(of: request.kind, in: whereabouts, request.question)
    let rows = try CrosswalkRows(crosswalk, request, whereabouts, view)
    let cells = rows.cells
    assumedKind = request.kind == nil ? crosswalk.kind : nil
    weightlessCount = rows.weightlessCount
    gaps = rows.gaps
    problem = rows.problem
    table = DataTable(
      title:
        "\(crosswalk.kind) of \(request.question.from) in \(request.question.toKind ?? "bodies") of \(request.question.to)",
      columns: [
        "from_code", "from_name", "to_code", "to_name", .number("share"), .number("amount"), "basis", "method",
        "events", "status", "reason",
      ],
      rows: rows.rows.map { row in
        let part = row.part
        return [
          row.fromCode, row.from.name, row.toCode, cells.body(part)?.name, part.shareText, part.amount?.text,
          part.basis, part.method?.rawValue, cells.events(part.events), AnswerWords.status(part.place), row.reason,
        ]
      })
  }
}

/// The parts of a crosswalk with their codes, in the order of the codes.
struct CrosswalkRows {
  struct Row {
    let from: Organisation
    let fromCode: String
    let toCode: String?
    let part: Answer.Part
    let reason: String?
  }

  let rows: [Row]
  let cells: AnswerCells
  let weightlessCount: Int
  let gaps: [String]
  let problem: String?

  init(
    _ crosswalk: Crosswalk, _ request: CrosswalkReport.Request, _ whereabouts: Whereabouts, _ view: RegisterView
  ) throws(DatabaseError) {
    let cells = try AnswerCells(of: crosswalk.rows.lazy.map(\.answer), on: request.question.to, whereabouts, view)
    self.cells = cells
    var rows: [Row] = []
    var weightless = 0
    for row in crosswalk.rows {
      for part in row.answer.parts {
        if part.isWeightless, !request.showsAllParts {
          weightless += 1
          continue
        }
        rows.append(
          Row(
            from: row.body, fromCode: view.code(row.body), toCode: cells.code(part), part: part,
            reason: try cells.reason(part)))
      }
    }
    self.rows = rows.sorted {
      ($0.fromCode, $0.toCode ?? "\u{10FFFF}", $0.reason ?? "") < (
        $1.fromCode, $1.toCode ?? "\u{10FFFF}", $1.reason ?? ""
      )
    }
    weightlessCount = weightless
    gaps = self.rows.filter { $0.part.isGap && !$0.part.isWeightless }.map {
      let size = $0.part.ratio == .whole ? "all of it" : percent($0.part.share) + " of it"
      return "\($0.fromCode): \(size) is a gap: \($0.reason ?? "")"
    }
    problem = Self.problem(crosswalk)
  }

  /// Why the question has no answer at all, and what to do.
  private static func problem(_ crosswalk: Crosswalk) -> String? {
    let question = crosswalk.question
    let parts = crosswalk.rows.flatMap(\.answer.weighty)
    if crosswalk.rows.isEmpty {
      return crosswalk.kind.isEmpty
        ? "the register has no body of the place tier on \(question.from): name a kind with --kind"
        : "no body has the kind \(crosswalk.kind) on \(question.from): name another kind, or a day on which it had bodies"
    }
    let isUnmeasured = crosswalk.rows.contains { row in
      let tried = row.answer.trace.bases
      return !tried.isEmpty && tried.allSatisfy { $0.outcome == .measuresNothing }
    }
    if let bases = question.bases, isUnmeasured, parts.allSatisfy({ $0.basis == nil }) {
      return """
        \(bases.joined(separator: ", ")) \(bases.count == 1 ? "measures nothing" : "measure nothing") of the bodies of \
        the kind \(crosswalk.kind) on \(question.from): leave out --basis, or name others
        """
    }
    let hasNoParents = parts.allSatisfy {
      if case .gap(.parent(_, _, _, several: false)) = $0.place { true } else { false }
    }
    if let kind = question.toKind, hasNoParents {
      return """
        no body of the kind \(kind) stands above the bodies of \(question.to) in which those of the kind \
        \(crosswalk.kind) lie: leave out --to-kind, or name another
        """
    }
    return nil
  }
}

extension Answer.Part {
  var isGap: Bool { if case .gap = place { true } else { false } }
}
