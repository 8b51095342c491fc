import RegistryFormats
import RegistryStorage
import RegistryTestSupport
import Testing

/// The register against the ODS files of CCGs, hubs and locations as they were in three months.
@Suite struct EnglandODSFileTests {
  static let shared = England.shared
  static let absent: Comment = "the folder ../shared is not there"
  /// The last day of the month of each file, but the first of the newest: names that only it has begin there.
  static let files = [
    ("eccg_2016_02.csv", "2016-02-29"), ("eccg_2018_11.csv", "2018-11-30"), ("eccg_2025_12.csv", "2025-12-01"),
  ]

  private struct Row {
    let code: String
    let name: String
    let first: String
    let last: String

    /// The columns of ODS files have no names. Days are written without dashes.
    init(_ fields: [String]) {
      func day(_ text: String) -> String {
        text.isEmpty ? "" : "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.dropFirst(6))"
      }
      code = fields[0]
      // Where the source writes two blanks, the register has one.
      name = fields[1].split(separator: " ").joined(separator: " ")
      (first, last) = (day(fields[10]), day(fields[11]))
    }
  }

  private func rows(_ file: String) throws -> [Row] {
    var reader = try CSVReader(path: "\(Self.shared ?? "")/real/ods/\(file)")
    var rows: [Row] = []
    while try reader.next() { rows.append(Row(reader.texts())) }
    return rows
  }

  /// A life in law or in operation begins on the opening day of the file, and one ends on its closing day.
  @Test(.enabled(if: shared != nil, absent), arguments: files)
  func `Bodies open and close on the days of the file`(file: String, day: String) throws {
    let lives = try England.open().rows(
      """
      SELECT code, life.valid_from, life.last_day FROM current_life AS life
        JOIN current_code ON current_code.organisation = life.organisation AND scheme = 'ods'
      """
    ).map { $0.split(separator: "|").map(String.init) }
    let firstDays = Set(lives.map { "\($0[0]) \($0[1])" })
    let lastDays = Set(lives.map { "\($0[0]) \($0[2])" })
    let living = Set(lives.filter { $0[2] == "-" || $0[2] >= day }.map { $0[0] })
    let rows = try rows(file)
    #expect(rows.count > 240)
    #expect(rows.filter { !firstDays.contains("\($0.code) \($0.first)") }.map(\.code) == [])
    #expect(rows.filter { !$0.last.isEmpty && !lastDays.contains("\($0.code) \($0.last)") }.map(\.code) == [])
    #expect(rows.filter { $0.last.isEmpty && !living.contains($0.code) }.map(\.code) == [])
  }

  @Test(.enabled(if: shared != nil, absent), arguments: files)
  func `Hubs have the names of the day`(file: String, day: String) throws {
    let known = try England.open().rows(
      """
      SELECT code, name FROM current_role AS role
        JOIN current_code AS code ON code.organisation = role.organisation AND code.scheme = 'ods'
        LEFT JOIN current_name AS name ON name.organisation = role.organisation AND name.scheme = 'ods'
          AND ?1 BETWEEN name.valid_from AND ifnull(name.last_day, '9999')
      WHERE role.kind = 'commissioning-hub' AND ?1 BETWEEN role.valid_from AND ifnull(role.last_day, '9999')
      """, [.text(day)])
    let hubs = Set(known.map { String($0.prefix { $0 != "|" }) })
    let published = try rows(file).filter { hubs.contains($0.code) }.map { "\($0.code)|\($0.name)" }
    #expect(published.count >= 14)
    #expect(Set(published).subtracting(known).sorted() == [])
    // 15L opened on 2018-04-01, and the file of that November does not have it.
    #expect(Set(known).subtracting(published).sorted() == (day == "2018-11-30" ? ["15L|-"] : []))
  }
}
