import Foundation
import RegistryFormats
import RegistryStorage
import RegistryTestSupport
import Testing

/// The seeds beside the files that they cite. What differs is listed here with its reason, and nothing else may.
@Suite(.enabled(if: England.shared != nil, "the folder ../shared is not there"))
struct EnglandRawFilesTests {
  /// The first and the last day of a code. Nil is no last day.
  struct Days: CustomStringConvertible {
    var first: String
    var last: String?

    var description: String { "\(first) to \(last ?? "today")" }

    /// Whether a file that was published on `day` says the same. A code that it has as open may have ended since.
    func agrees(with stated: Days, publishedOn day: String) -> Bool {
      first == stated.first && (last == stated.last || stated.last == nil && (last ?? day) >= day)
    }
  }

  /// The days on which the register has each code of a scheme.
  private func days(in scheme: String) throws -> [String: Days] {
    let rows = try England.open().rows(
      """
      SELECT code, min(valid_from), CASE WHEN count(*) = count(last_day) THEN max(last_day) END
      FROM current_code WHERE scheme = ?1 GROUP BY code
      """, [.text(scheme)])
    return Dictionary(
      uniqueKeysWithValues: rows.map { row in
        let cells = row.split(separator: "|").map(String.init)
        return (cells[0], Days(first: cells[1], last: cells[2] == "-" ? nil : cells[2]))
      })
  }

  /// Compares what a file says of codes with the register.
  /// - Parameter exceptions: by code, why the register says otherwise.
  private func compare(
    _ stated: [String: Days], publishedOn day: String, in scheme: String, exceptions: [String: String] = [:]
  ) throws {
    let known = try days(in: scheme)
    let differing = stated.filter { code, days in
      !(known[code]?.agrees(with: days, publishedOn: day) ?? false)
    }
    for (code, days) in differing.sorted(by: { $0.key < $1.key }) where exceptions[code] == nil {
      let own = known[code]?.description ?? "nothing"
      Issue.record("\(code): the file has \(days), the register \(own)")
    }
    let settled = exceptions.keys.filter { stated[$0] != nil && differing[$0] == nil }
    #expect(settled.sorted() == [], "these do not differ any more")
  }

  // MARK: ODS

  @Test(arguments: [("2016_02", "2016-02-29"), ("2018_11", "2018-11-30"), ("2025_12", "2025-12-31")])
  func `Open and close days of eccg are those of the register`(file: String, publishedOn: String) throws {
    var reader = try CSVReader(path: "\(England.shared ?? "")/real/ods/eccg_\(file).csv")
    var stated: [String: Days] = [:]
    while try reader.next() {
      let row = reader.texts()
      stated[row[0]] = Days(first: try #require(day(row[10])), last: day(row[11]))
    }
    #expect(stated.count > 240)
    try compare(stated, publishedOn: publishedOn, in: "ods")
  }

  /// 20130401 as 2013-04-01.
  private func day(_ text: String) -> String? {
    guard text.count == 8 else { return nil }
    return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
  }

  // MARK: ONS

  /// A file of the database.
  struct CodeHistory: Decodable {
    struct Version: Decodable { let date: Span }
    /// The first and the last day, by the names that they have in the file.
    struct Span: Decodable {
      let s: String
      let e: String?
    }

    let areas: [String: [Version]]
  }

  /// The codes of which the register has other days or none, and why.
  static let codeHistoryExceptions = [
    "E19000001": "a programme for computing, no cluster of authorities",
    "E19000002": "a programme for computing, no cluster of authorities",
    "E19000003": "a programme for computing, no cluster of authorities",
    "E40000007": "the code that follows it begins on 2024-01-01, and one region has one code",
    "E40000010": "the code that follows it begins on 2024-01-01, and one region has one code",
    "E54000005": "the code that follows it begins on 2020-03-31, and one partnership has one code",
    "E54000006": "the code that follows it begins on 2020-03-31, and one partnership has one code",
    "E54000035": "the code that follows it begins on 2020-03-31, and one partnership has one code",
    "E54000049": "the code that follows it begins on 2020-03-31, and one partnership has one code",
  ]

  @Test(arguments: ["E06", "E07", "E08", "E09", "E10", "E16", "E17", "E18", "E19", "E38", "E39", "E40", "E54"])
  func `Every code of the Code History Database is in the register`(entity: String) throws {
    let path = "\(England.shared ?? "")/real/ons/CHD_Jul2024_\(entity).json"
    let history = try JSONDecoder().decode(CodeHistory.self, from: Data(contentsOf: URL(filePath: path)))
    let stated = try history.areas.mapValues { versions in
      let lasts = versions.compactMap(\.date.e)
      return Days(
        first: try #require(versions.map(\.date.s).min()), last: lasts.count == versions.count ? lasts.max() : nil)
    }
    #expect(!stated.isEmpty)
    try compare(stated, publishedOn: "2024-07-31", in: "ons", exceptions: Self.codeHistoryExceptions)
  }

  // MARK: Small areas of 2021

  /// The register follows them from 2013. The lookup of 2024 is another source.
  @Test func `Small areas of 2021 lie where the lookup of 2024 has them`() throws {
    let placed = try England.open().rows(
      """
      SELECT unit.code, ods.code FROM unit
        JOIN partition ON partition.id = unit.partition_id AND partition.key = 'lsoa21'
        JOIN parcel ON parcel.id = unit.parcel_id
        JOIN current_placement AS place ON place.parcel = parcel.key
          AND '2024-04-01' BETWEEN place.valid_from AND ifnull(place.last_day, '9999')
        JOIN current_code AS ods ON ods.organisation = place.organisation AND ods.scheme = 'ods'
          AND '2024-04-01' BETWEEN ods.valid_from AND ifnull(ods.last_day, '9999')
      WHERE unit.superseded_in IS NULL
      """)
    let records = try England.reference("real/ons/ons_LSOA21_SICBL24_ICB24.csv")
    let stated = records.map { "\($0["LSOA21CD"] ?? "")|\($0["SICBL24CDH"] ?? "")" }
    #expect(stated.count == 33_755 && placed.count == 33_755)
    #expect(Set(placed).symmetricDifference(stated).sorted() == [])
  }

  // MARK: Local government

  /// Every district stands under the county that the lookup of the year names.
  @Test(arguments: ["19", "20", "21", "23"]) func `Districts lie in the counties of the lookup`(year: String) throws {
    let lying = try England.open().rows(
      """
      SELECT own.code, county.code FROM current_relationship AS lies
        JOIN current_code AS own ON own.organisation = lies.organisation
          AND ?1 BETWEEN own.valid_from AND ifnull(own.last_day, '9999')
        JOIN current_code AS county ON county.organisation = lies.superior
          AND ?1 BETWEEN county.valid_from AND ifnull(county.last_day, '9999')
      WHERE lies.kind = 'within' AND ?1 BETWEEN lies.valid_from AND ifnull(lies.last_day, '9999')
      """, [.text("20\(year)-04-01")])
    let records = try England.reference("real/la/ons_LTLA\(year)_UTLA\(year).csv")
    let stated = records.filter { $0["ltla\(year)_code"]?.hasPrefix("E07") ?? false }.map {
      "\($0["ltla\(year)_code"] ?? "")|\($0["utla\(year)_code"] ?? "")"
    }
    #expect(stated.count > 160)
    #expect(Set(lying).symmetricDifference(stated).sorted() == [])
  }
}
