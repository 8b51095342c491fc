import RegistryFormats
package import RegistryStorage
import Succession

/// Links between bodies with the share that each carries.
package enum SuccessionReport {
  package static func table(
    of registry: Registry, kind: String?, from: Day?, to: Day?, knownIn revision: Int64
  ) throws(DatabaseError) -> DataTable {
    let links = try registry.successions(kind: kind, from: from, to: to, knownIn: revision)
    let territory = try registry.territory(knownIn: revision)
    let scheme = try registry.schemes().first?.key ?? ""
    var table = DataTable(
      columns: [
        DataTable.Column("predecessor"), DataTable.Column("successor"), DataTable.Column("date"),
        DataTable.Column("type"), DataTable.Column("share", isNumber: true), DataTable.Column("basis"),
        DataTable.Column("method"), DataTable.Column("event"), DataTable.Column("source"),
      ])
    let shares = LinkShares(links, territory)
    for (day, links) in Dictionary(grouping: links, by: \.day).sorted(by: { $0.key < $1.key }) {
      let before = try codes(of: links.map(\.predecessor), scheme, registry, on: day.previous, revision)
      let after = try codes(of: links.map(\.successor), scheme, registry, on: day, revision)
      let rows = links.map { link -> [String?] in
        let share = shares.share(of: link)
        return [
          before[link.predecessor], after[link.successor], day.description, link.type.rawValue,
          share.map { number($0.share) }, share?.basis, share?.method.rawValue, link.event, link.source,
        ]
      }
      table.rows += rows.sorted { ($0[7] ?? "", $0[0] ?? "", $0[1] ?? "") < ($1[7] ?? "", $1[0] ?? "", $1[1] ?? "") }
    }
    return table
  }

  /// The code of a body on the day, or its key if it has none.
  private static func codes(
    of organisations: [Int64], _ scheme: String, _ registry: Registry, on day: Day, _ revision: Int64
  ) throws(DatabaseError) -> [Int64: String] {
    let summaries = try registry.organisations(withIDs: Array(Set(organisations)), on: day, knownIn: revision)
    return Dictionary(uniqueKeysWithValues: summaries.map { ($0.id, $0.codes[scheme] ?? $0.key) })
  }
}
