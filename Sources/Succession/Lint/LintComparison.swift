import RegistryStorage

/// The rows of one body, compared with a route of the register.
struct LintComparison {
  /// The bodies of the route for which there is no row, and nil for what is in no body.
  private(set) var missing: [OrganisationID?] = []
  /// The share of the parts that are missing and below the tolerance.
  private(set) var leftOut = 0.0
  private(set) var leftOutCount = 0
  /// The rows whose shares differ.
  private(set) var differing: [LintRow] = []
  /// The rows with bodies to which nothing went.
  private(set) var strangers: [LintRow] = []

  var agrees: Bool { missing.isEmpty && differing.isEmpty && strangers.isEmpty }

  /// - Parameter tolerance: the share below which a part may be missing.
  init(_ rows: [LintRow], with route: TrueRoutes.Route, tolerance: Double) {
    let given = Set(rows.filter { $0.weight > 0 || $0.hasNoNumber }.map(\.body))
    for (body, share) in route.shares where !given.contains(body) {
      if share < tolerance {
        leftOut += share
        leftOutCount += 1
      } else {
        missing.append(body)
      }
    }
    missing.sort { ($0?.number ?? .max) < ($1?.number ?? .max) }
    // What is left out, and what no source places, may be in any other row.
    let slack = leftOut + (route.gap?.share ?? 0)
    for row in rows {
      let isInGap = row.target == .nowhere && route.gap != nil
      let isStrange = route.shares[row.body] == nil && row.weight > 0 && !isInGap
      if !row.agrees(with: route.shares[row.body] ?? 0, slack: slack) {
        if isStrange { strangers.append(row) } else { differing.append(row) }
      } else if isStrange, row.share == .noColumn, route.gap == nil {
        strangers.append(row)
      }
    }
  }
}
