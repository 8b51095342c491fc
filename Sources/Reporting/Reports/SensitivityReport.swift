import RegistryFormats
package import RegistryStorage
package import Succession

/// The shares of a crosswalk in every basis that measures any of its bodies, side by side.
///
/// Kept here:
/// 1. A cell is blank if the basis does not measure the body. It is 0 if it measures the body and nothing lies there.
/// 2. What went as one is 1 in every basis, because nothing has to be measured.
package struct SensitivityReport {
  package let table: DataTable
  /// A sentence about the largest difference. Nil if no two bases answer about the same body.
  package let largest: String?
  /// The kind taken for the from bodies. Nil if the request named one.
  package let assumedKind: String?

  /// A place of a body, and its share in each basis that answers.
  private struct Cell {
    let from: Organisation
    let fromCode: String
    let part: Answer.Part
    /// By basis, in the order of the columns.
    let shares: [Double?]

    var difference: Double? {
      let known = shares.compactMap(\.self)
      guard known.count > 1, let least = known.min(), let most = known.max() else { return nil }
      // The shares are binary fractions, so their last digits mean nothing.
      return ((most - least) * 1e12).rounded() / 1e12
    }
  }

  /// - Parameter request: Without bases, all bases of the register are asked.
  /// - Precondition: The register has the kinds, the bases and the scheme of `request`.
  package init(
    _ request: CrosswalkReport.Request, of whereabouts: Whereabouts, _ view: RegisterView
  ) throws(DatabaseError) {
    let asked = request.question.bases ?? whereabouts.territory.bases.map(\.key)
    var crosswalks: [(basis: String, crosswalk: Crosswalk)] = []
    for basis in asked {
      var question = request.question
      question.bases = [basis]
      let crosswalk = try Crosswalk(of: request.kind, in: whereabouts, question)
      if crosswalk.rows.contains(where: { $0.answer.basis == basis }) { crosswalks.append((basis, crosswalk)) }
    }
    let plain = try Crosswalk(of: request.kind, in: whereabouts, request.question)
    let answers = crosswalks.flatMap { $0.crosswalk.rows.map(\.answer) } + plain.rows.map(\.answer)
    let cells = try AnswerCells(of: answers, on: request.question.to, whereabouts, view)
    var found: [Cell] = []
    for (index, row) in plain.rows.enumerated() {
      let answers = crosswalks.map { basis, crosswalk -> Answer? in
        let answer = crosswalk.rows[index].answer
        return answer.basis == basis || answer.isWhole ? answer : nil
      }
      found += Self.cells(of: row, answers, code: view.code(row.body))
    }
    var sortable: [(cell: Cell, toCode: String?, reason: String?)] = []
    for cell in found { sortable.append((cell, cells.code(cell.part), try cells.reason(cell.part.place))) }
    sortable.sort {
      ($0.cell.fromCode, $0.toCode ?? "\u{10FFFF}", $0.reason ?? "")
        < ($1.cell.fromCode, $1.toCode ?? "\u{10FFFF}", $1.reason ?? "")
    }
    assumedKind = request.kind == nil ? plain.kind : nil
    table = DataTable(
      title: "\(plain.kind) of \(request.question.from) by \(request.question.to), in each basis",
      columns: ["from_code", "from_name", "to_code", "to_name"] + crosswalks.map { .number($0.basis) } + [
        .number("difference"), "status", "reason",
      ],
      rows: sortable.map { cell, toCode, reason in
        [cell.fromCode, cell.from.name, toCode, cells.body(cell.part)?.name] + cell.shares.map { $0.map(number) } + [
          cell.difference.map(number), AnswerWords.status(cell.part.place), reason,
        ]
      })
    let widest = sortable.max { ($0.cell.difference ?? -1) < ($1.cell.difference ?? -1) }
    largest = widest.flatMap { cell, toCode, reason in
      guard let difference = cell.difference else { return nil }
      if difference == 0 { return "all bases that answer give the same shares" }
      let known = zip(crosswalks.map(\.basis), cell.shares).compactMap { basis, share in share.map { (basis, $0) } }
      guard let least = known.min(by: { $0.1 < $1.1 }), let most = known.max(by: { $0.1 < $1.1 }) else { return nil }
      return """
        the largest difference is \(percent(difference)): \(cell.fromCode) \(toCode.map { "in \($0)" } ?? reason ?? "") is \
        \(percent(least.1)) by \(least.0) and \(percent(most.1)) by \(most.0)
        """
    }
  }

  private static func cells(of row: Crosswalk.Row, _ answers: [Answer?], code: String) -> [Cell] {
    var known = answers.compactMap(\.self)
    if known.isEmpty { known = [row.answer] }
    var places: [Answer.Part] = []
    for part in known.flatMap(\.weighty) where !places.contains(where: { $0.place == part.place }) {
      places.append(part)
    }
    return places.map { part in
      Cell(
        from: row.body, fromCode: code, part: part,
        shares: answers.map { answer in
          answer.map { $0.parts.first { $0.place == part.place }?.share ?? 0 }
        })
    }
  }
}

extension Answer {
  /// Whether it went as one, so that nothing had to be measured.
  var isWhole: Bool { parts.count == 1 && parts[0].method == .whole }
}
