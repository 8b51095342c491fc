import RegistryStorage
import RegistryTestSupport
import Testing

/// What ODS itself records of who succeeded whom, row by row: the file of three columns, from 1992 to 2022.
@Suite struct SuccessionFileTests {
  static let shared = England.shared
  static let absent: Comment = "the folder ../shared is not there"

  private struct Row: Hashable, CustomStringConvertible {
    let old: String
    let new: String
    let day: String

    var description: String { "\(old) \(new) \(day)" }
  }

  /// Rows between two bodies of the register that it does not have as a link, and why.
  private static let exceptions = [
    "12J 14J 2016-04-01": "12J ended a year earlier, when 13W succeeded it; 14J is a part of 13W",
    "12K 14K 2016-04-01": "12K ended a year earlier, when 13W succeeded it; 14K is a part of 13W",
  ]

  private func file() throws -> [Row] {
    try England.reference("real/ods/succession_1992_2022_three_columns.csv").map { record in
      Row(
        old: try #require(record["old_code"]), new: try #require(record["new_code"]),
        day: try #require(record["date"]))
    }
  }

  /// The bodies that ever had each ODS code, and the first days on which they had it.
  private func bodies(_ registry: Registry) throws -> [String: [(body: String, from: String)]] {
    let rows = try registry.rows("SELECT code, organisation, valid_from FROM current_code WHERE scheme = 'ods'")
    let parts = rows.map { $0.split(separator: "|").map(String.init) }
    return Dictionary(grouping: parts, by: { $0[0] }).mapValues { $0.map { ($0[1], $0[2]) } }
  }

  @Test(.enabled(if: shared != nil, absent))
  func `Every row between bodies of the register is a link, or has a reason not to be`() throws {
    let registry = try England.open()
    let bodies = try bodies(registry)
    let links = Set(try registry.rows("SELECT predecessor, successor, happened_on FROM current_succession"))
    var found = 0
    var without: Set<String> = []
    for row in try file() {
      guard let before = bodies[row.old], let after = bodies[row.new] else { continue }
      found += 1
      let isLink = before.contains { one in
        after.contains { links.contains("\(one.body)|\($0.body)|\(row.day)") }
      }
      // One body that went on under another code has no link to itself, but the code from that day.
      let isSame = before.contains { one in after.contains { $0.body == one.body && $0.from == row.day } }
      if !isLink && !isSame { without.insert(row.description) }
    }
    #expect(found >= 522)
    #expect(without.subtracting(Self.exceptions.keys).sorted() == [])
    #expect(Set(Self.exceptions.keys).subtracting(without).sorted() == [], "needed no more")
  }

  /// Who ODS says succeeded a body that the register has, without the register having the successor, and the reverse.
  @Test(.enabled(if: shared != nil, absent))
  func `Support units, regions and area teams are linked to bodies of the register alone`() throws {
    let registry = try England.open()
    let bodies = try bodies(registry)
    let kinds = Set(
      try registry.rows(
        """
        SELECT DISTINCT code FROM current_code JOIN current_role USING (organisation)
        WHERE current_code.scheme = 'ods' AND kind IN ('csu', 'region', 'area-team', 'local-office', 'national-body')
        """))
    let halves = try file().filter { row in
      (kinds.contains(row.old) && bodies[row.new] == nil) || (kinds.contains(row.new) && bodies[row.old] == nil)
    }
    #expect(
      halves.map(\.description).sorted() == ["0CY YDDTR 2016-04-01", "T1430 X26 2013-04-01", "X09 X26 2013-04-01"])
  }
}
