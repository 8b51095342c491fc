package import RegistryStorage
package import Succession

/// A crosswalk as a table that other programs can join to figures.
///
/// Kept here:
/// 1. The shares of every from code add up to 1, and its amounts to its total. What lies in no body, and what no source
///    describes, has rows without a to code, so that a join loses nothing.
/// 2. A pair of a from code and a to code occurs once.
package struct TidyCrosswalk {
  package let table: DataTable
  /// The kind taken for the from bodies. Nil if the request named one.
  package let assumedKind: String?
  /// How many rows are gaps.
  package let gapCount: Int
  /// How many parts were left out because they weigh nothing.
  package let weightlessCount: Int
  /// Why the question has no answer at all, and what to do. Nil if it has one.
  package let problem: String?

  /// - Precondition: The register has the kinds, the bases and the scheme of `request`.
  package init(
    _ request: CrosswalkReport.Request, of whereabouts: Whereabouts, _ view: RegisterView
  ) throws(DatabaseError) {
    let question = request.question
    let crosswalk = try Crosswalk(of: request.kind, in: whereabouts, question)
    let rows = try CrosswalkRows(crosswalk, request, whereabouts, view)
    let cells = rows.cells
    assumedKind = request.kind == nil ? crosswalk.kind : nil
    gapCount = rows.gaps.count
    weightlessCount = rows.weightlessCount
    problem = rows.problem
    table = DataTable(
      columns: [
        "from_day", "from_code", "from_name", "to_day", "to_code", "to_name", .number("share"), .number("amount"),
        .number("total"), "basis", "method", "status", "reason",
      ],
      rows: rows.rows.map { row in
        let part = row.part
        return [
          question.from.description, row.fromCode, row.from.name, question.to.description, row.toCode,
          cells.body(part)?.name, part.shareText, part.amount?.text, part.total?.text, part.basis,
          part.method?.rawValue, AnswerWords.status(part.place), row.reason,
        ]
      })
  }
}
