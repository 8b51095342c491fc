import RegistryFormats
import RegistryStorage
import RegistryTestSupport
import Testing

@Suite struct EnglandSoundnessTests {
  @Test func `The register is sound`() throws { #expect(try England.copy().check() == []) }

  @Test func `Saying the seeds again changes nothing`() throws {
    let registry = try England.copy()
    let sizes = try registry.sizes()
    let (revision, difference) = try registry.say(try England.seeds())
    #expect(revision == nil)
    #expect(difference.isEmpty, "\(difference.rows.prefix(5))")
    #expect(try registry.sizes() == sizes)
  }

  @Test func `Every fact has a source`() throws {
    let registry = try England.open()
    let tables = try registry.rows(
      """
      SELECT m.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
      WHERE m.type = 'table' AND c.name = 'source_id' ORDER BY m.name
      """)
    #expect(tables.count == 23)
    for table in tables {
      let without = try registry.rows(
        "SELECT * FROM \(table) WHERE superseded_in IS NULL AND source_id IS NULL LIMIT 3")
      #expect(without.isEmpty, "\(table)")
    }
  }

  @Test func `No code is damaged`() throws {
    let registry = try England.open()
    let codes = try registry.rows("SELECT DISTINCT value FROM code UNION SELECT DISTINCT code FROM unit")
    #expect(codes.count > 40_000)
    #expect(codes.filter { CodeDamage.finding(in: $0) != nil || CodeDamage.mayHaveLostZeros($0) } == [])
    // Codes that a spreadsheet would have damaged are there.
    #expect(Set(codes).isSuperset(of: ["5E1", "15E", "71E", "00D"]))
  }

  /// The name without apostrophes, which one vintage has lost, and without the blanks at its end, which two names have.
  private func essence(_ row: String) -> String {
    let kept = row.filter { $0 != "’" && $0 != "\u{92}" && $0 != "\u{FFFD}" }
    return String(kept.reversed().drop { $0 == " " }.reversed())
  }

  static let shared = England.shared

  @Test(.enabled(if: shared != nil, "the folder ../shared is not there"))
  func `Codes and names of the day are those of the vintages`() throws {
    let registry = try England.open()
    let records = try England.reference("facts/ccg_vintages.csv")
    #expect(records.count > 1_200)
    for (vintage, records) in Dictionary(grouping: records, by: { $0["vintage"] ?? "" }) {
      let day = "\(vintage.prefix(7))-01"
      let kind = vintage.hasSuffix("(SICBL)") ? "sub-icb-location" : "ccg"
      // ONS re-coded two groups on 2015-07-03, within the vintage called 2015-07.
      let asAt = vintage == "2015-07" ? "2015-07-31" : day
      let rows = try registry.rows(
        """
        SELECT ods.code, ons.code, name.name FROM current_role AS role
          JOIN current_code AS ods ON ods.organisation = role.organisation AND ods.scheme = 'ods'
            AND ?1 BETWEEN ods.valid_from AND ifnull(ods.last_day, '9999')
          JOIN current_code AS ons ON ons.organisation = role.organisation AND ons.scheme = 'ons'
            AND ?1 BETWEEN ons.valid_from AND ifnull(ons.last_day, '9999')
          JOIN current_name AS name ON name.organisation = role.organisation AND name.scheme = 'ons'
            AND ?1 BETWEEN name.valid_from AND ifnull(name.last_day, '9999')
        WHERE role.kind = ?2 AND ?1 BETWEEN role.valid_from AND ifnull(role.last_day, '9999')
        """, [.text(asAt), .text(kind)])
      let expected = Set(
        records.map { essence("\($0["ods_code"] ?? "")|\($0["ons_code"] ?? "")|\($0["name"] ?? "")") })
      let found = Set(rows.map(essence))
      #expect(found.subtracting(expected).sorted() == [], "only in the register, \(vintage)")
      #expect(expected.subtracting(found).sorted() == [], "only in the vintage, \(vintage)")
    }
  }
}
