package import RegistryStorage

/// A crosswalk in one basis, as a table that other programs can join to figures.
///
/// Kept here:
/// 1. The shares of every from code add up to 1. What lies in no body, and what no source describes, has rows without a
///    to code, so that a join loses nothing.
/// 2. No pair of a from code and a to code occurs twice.
package struct TidyCrosswalk {
  package let table: DataTable
  package let basis: String
  /// The kind taken for the from bodies. Nil if the request named one.
  package let assumedKind: String?
  /// How many from bodies have no share.
  package let gapCount: Int

  /// - Parameter request: Names at most one basis. If it names none, the basis with units that leaves the fewest gaps
  ///   is taken; among equals, the first of the register.
  /// - Precondition: The register has the kinds, the basis and the scheme of `request`, and a basis with units.
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
        "from_day", "from_code", "from_name", "to_day", "to_code", "to_name", .number("share"), .number("amount"),
        "basis", "method", "status", "reason",
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
