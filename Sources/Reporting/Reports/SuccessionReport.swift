import RegistryFormats
package import RegistryStorage
import Succession

/// Links between bodies with the share that each carries.
package enum SuccessionReport {
  package static func table(
    of registry: Registry, kind: String?, from: Day?, to: Day?, knownIn revision: Int64
  ) throws(DatabaseError) -> DataTable {
    let links = try registry.successions(kind: kind, from: from, to: to, knownIn: revision)
    let view = try RegisterView(registry, knownIn: revision)
    var table = DataTable(
      columns: ["predecessor", "successor", "date", "type", .number("share"), "basis", "method", "event", "source"])
    let shares = LinkShares(try Whereabouts(of: registry, knownIn: revision))
    for (day, links) in Dictionary(grouping: links, by: \.day).sorted(by: { $0.key < $1.key }) {
      let before = try view.bodies(Set(links.map(\.predecessor)), on: day.previous)
      let after = try view.bodies(Set(links.map(\.successor)), on: day)
      var rows: [[String?]] = []
      for link in links {
        let share = try shares.share(of: link)
        rows.append([
          before[link.predecessor].map(view.code), after[link.successor].map(view.code), day.description,
          link.type.rawValue, share.map { number($0.share) }, share?.basis, share?.method.rawValue, link.event,
          link.source,
        ])
      }
      table.rows += rows.sorted(byColumns: 7, 0, 1)
    }
    return table
  }
}
