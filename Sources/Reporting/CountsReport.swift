import Storage

/// How many bodies of every kind there were, and how that compares with what others published.
public enum CountsReport {
  /// A row for each period in which the number of bodies of a kind did not change.
  /// - Parameter days: only the periods with these days in them; empty: all.
  public static func table(
    _ counts: [KindCount], on days: [Day] = []
  ) -> DataTable {
    let shown = counts.filter { count in
      days.isEmpty ? count.count > 0 : days.contains { Period(count.firstDay, count.lastDay?.next).contains($0) }
    }
    return DataTable(
      title: "Bodies of each kind over time",
      columns: [
        DataTable.Column("kind"), DataTable.Column("counted_by"), DataTable.Column("from"), DataTable.Column("to"),
        DataTable.Column("count", isNumber: true),
      ],
      rows: shown.map {
        [$0.kind, $0.scheme, $0.firstDay.description, $0.lastDay?.description, String($0.count)]
      },
      notes: [
        "Dates are inclusive; a blank 'to' means to this day. 'counted_by' names the scheme where schemes disagree."
      ])
  }

  /// Every published figure beside the register's own count.
  public static func reconciliation(_ claims: [Claim], _ counts: [KindCount]) -> DataTable {
    var table = DataTable(
      title: "Published figures and the register",
      columns: [
        DataTable.Column("kind"), DataTable.Column("counted_by"), DataTable.Column("from"), DataTable.Column("to"),
        DataTable.Column("published"), DataTable.Column("register"), DataTable.Column("agrees"),
        DataTable.Column("reason"), DataTable.Column("source"),
      ])
    for claim in claims {
      let own = range(claim, counts)
      let agrees = claim.amount.map { amount in own.contains { Double($0) == amount } }
      table.rows.append([
        claim.kind, claim.scheme, claim.firstDay.description, claim.lastDay?.description, claim.value,
        own.count == 1 ? String(own[0]) : "\(own.min() ?? 0) to \(own.max() ?? 0)",
        agrees.map { $0 ? "yes" : "no" } ?? "not comparable", agrees == true ? nil : claim.note, claim.source,
      ])
    }
    let agreeing = table.rows.count { $0[6] == "yes" }
    table.notes = ["\(agreeing) of \(table.rows.count) published figures agree with the register."]
    return table
  }

  /// The register's counts over the claim's period, each once.
  private static func range(_ claim: Claim, _ counts: [KindCount]) -> [Int] {
    let series = counts.filter { $0.kind == claim.kind && $0.scheme == claim.scheme }
    let ofKind = series.isEmpty ? counts.filter { $0.kind == claim.kind && $0.scheme == nil } : series
    let period = Period(claim.firstDay, (claim.lastDay ?? claim.firstDay).next)
    let found = ofKind.filter { Period($0.firstDay, $0.lastDay?.next).overlaps(period) }.map(\.count)
    return found.isEmpty ? [0] : Array(Set(found)).sorted()
  }
}
