package import RegistryStorage

/// A crosswalk in one basis as a table that other programs join figures with.
///
/// Kept here:
/// 1. The shares of every from code add up to 1: what lies in no body, and what no source describes, are rows without a to
///    code, so that a join loses nothing.
/// 2. A from code and a to code stand together once.
package struct TidyCrosswalk {
  package let table: DataTable
  package let basis: String
  /// The kind of the from bodies, where nobody named one.
  package let assumedKind: String?
  /// How many from bodies have no share.
  package let gapCount: Int

  /// - Parameter request: with one basis; without any the one with units that leaves the fewest gaps is taken, the
  ///   first of the register among equals.
  /// - Precondition: kinds, the basis and the scheme of `request` are of the register, which has a basis with units.
  package init(
    _ request: CrosswalkReport.Request, of registry: Registry, knownIn revision: Int64
  ) throws(DatabaseError) {
    let candidates =
      request.bases.isEmpty ? try registry.bases().filter { $0.partition != nil }.map(\.key) : request.bases
    precondition(!candidates.isEmpty, "a crosswalk has a basis")
    var best: (basis: String, report: CrosswalkReport)?
    for basis in candidates {
      var request = request
      request.bases = [basis]
      let report = try CrosswalkReport(request, of: registry, knownIn: revision)
      if best.map({ report.missing.count < $0.report.missing.count }) ?? true { best = (basis, report) }
    }
    guard let (basis, report) = best else { preconditionFailure("one of the candidates is the best") }
    self.basis = basis
    assumedKind = report.assumedKind
    gapCount = report.missing.count
    let reasons = Dictionary(report.missing.map { ($0.code, $0.reason) }, uniquingKeysWith: { first, _ in first })
    table = DataTable(
      columns: [
        DataTable.Column("from_day"), DataTable.Column("from_code"), DataTable.Column("from_name"),
        DataTable.Column("to_day"), DataTable.Column("to_code"), DataTable.Column("to_name"),
        DataTable.Column("share", isNumber: true), DataTable.Column("amount", isNumber: true),
        DataTable.Column("basis"), DataTable.Column("method"), DataTable.Column("status"), DataTable.Column("reason"),
      ],
      rows: report.table.rows.map { row in
        let isGap = row[4] == nil
        return [
          request.from.description, row[0], row[1], request.to.description, row[2], row[3], isGap ? "1" : row[4],
          row[5],
          isGap ? basis : row[6], row[7], isGap ? "gap" : row[2] == nil ? "unplaced" : "mapped",
          isGap ? row[0].flatMap { reasons[$0] } : row[2] == nil ? "in no body on \(request.to)" : nil,
        ]
      })
  }
}
