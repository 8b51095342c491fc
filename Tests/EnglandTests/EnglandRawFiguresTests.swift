import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// People and money in the seeds beside the raw files that they cite.
@Suite(.enabled(if: England.shared != nil, "the folder ../shared is not there"))
struct EnglandRawFiguresTests {
  /// `code|amount` of every CCG that has the measure on the day.
  private func measured(_ kind: String, on day: String) throws -> Set<String> {
    Set(
      try England.open().rows(
        """
        SELECT substr(organisation.key, 5), CAST(amount AS INTEGER)
        FROM measure JOIN measure_kind ON measure_kind.id = kind_id
          JOIN organisation ON organisation.id = organisation_id
        WHERE superseded_in IS NULL AND measure_kind.key = ?1 AND valid_from = ?2 AND organisation.key LIKE 'ccg-%'
        """, [.text(kind), .text(day)]))
  }

  /// `code|amount` of every record.
  private func pairs(_ records: some Sequence<[String: String]>, _ code: String, _ amount: String) -> Set<String> {
    Set(records.map { "\($0[code] ?? "")|\($0[amount] ?? "")" })
  }

  // MARK: Mid-2020

  @Test func `Every small area has its people of mid-2020`() throws {
    let records = try England.reference("real/ons/ons_LSOA11_population_mid2020.csv")
      .filter { $0["lsoa11"]?.hasPrefix("E") == true }
    let held = try England.open().rows(
      """
      SELECT unit_code, CAST(amount AS INTEGER) FROM unit_amount JOIN basis ON basis.id = basis_id
      WHERE basis.key = 'population-2020' AND superseded_in IS NULL
      """)
    #expect(records.count == 32_844 && held.count == records.count)
    #expect(Set(held) == pairs(records, "lsoa11", "pop"))
  }

  @Test(arguments: [
    ("ccg20", "2020-04-01", "ccg-"), ("ccg21", "2021-04-01", "ccg-"), ("sicbl22", "2022-07-01", "location-"),
  ])
  func `People of mid-2020 add up in the bodies of every list`(vintage: String, day: String, prefix: String) throws {
    let records = try England.reference("facts/population_mid2020_by_body.csv").filter { $0["vintage"] == vintage }
    let held = try England.open().rows(
      """
      SELECT substr(organisation.key, length(?2) + 1),
        CAST(round(sum(ifnull(piece_amount.amount, parcel_amount.amount))) AS INTEGER)
      FROM placement JOIN piece ON piece.id = placement.piece_id
        JOIN parcel_amount ON parcel_amount.parcel_id = piece.parcel_id
        JOIN basis ON basis.id = parcel_amount.basis_id JOIN organisation ON organisation.id = organisation_id
        LEFT JOIN piece_amount ON piece_amount.piece_id = piece.id AND piece_amount.basis_id = basis.id
      WHERE basis.key = 'population-2020' AND ?1 >= valid_from AND ?1 < ifnull(valid_to, '9999')
      GROUP BY organisation.id
      """, [.text(day), .text(prefix)])
    #expect(Set(held) == pairs(records, "ods_code", "population"))
  }

  /// The list of April 2021 does not say its year. All its figures are those of mid-2020, so they have that day; CCGs
  /// that it no longer names have the sum of their small areas.
  @Test func `The list of 2021 has the people of mid-2020`() throws {
    let records = try England.reference("facts/population_mid2020_by_body.csv")
    let listed = pairs(records.filter { $0["vintage"] == "ccg21" }, "ods_code", "population")
    let living = pairs(records.filter { $0["vintage"] == "ccg20" }, "ods_code", "population")
    #expect(listed.count == 106 && living.count == 135 && listed.intersection(living).count == 97)
    #expect(try measured("population", on: "2020-06-30") == listed.union(living))
    #expect(try measured("population", on: "2021-04-01") == [])
  }

  /// Who names no basis gets the shares of mid-2019.
  @Test func `Mid-2020 is not the default anywhere`() throws {
    let registry = try England.open()
    let whereabouts = try Whereabouts(of: registry)
    let days = try ["2013-04-01", "2016-04-01", "2020-04-01", "2022-07-01", "2026-04-01"].map {
      try #require(Day($0))
    }
    var asked = 0
    for from in days {
      for to in days where to != from {
        for kind in ["ccg", "sub-icb-location", "icb"] {
          for body in try registry.organisations(kind: kind, on: from) {
            let answer = try whereabouts.answer(for: body.id, Question(from: from, to: to))
            #expect(!answer.parts.contains { $0.basis == "population-2020" }, "\(body) from \(from) to \(to)")
            asked += 1
          }
        }
      }
    }
    #expect(asked > 2_000)
    let named = Question(from: days[2], to: days[3], bases: ["population-2020"])
    let divided = try #require(try registry.organisations(named: "06H", on: days[2]).first)
    #expect(try whereabouts.answer(for: divided, named).parts.map(\.basis) == ["population-2020", "population-2020"])
  }

  // MARK: Patients

  @Test func `Patients of May 2022 are those of the file, and of its practices`() throws {
    let records = try England.reference("facts/ccg_registered_patients_2022_05.csv")
    #expect(records.count == 106)
    #expect(try measured("registered-patients", on: "2022-05-01") == pairs(records, "ccg_ods", "registered_patients"))
    #expect(try measured("practices", on: "2022-05-01") == pairs(records, "ccg_ods", "practices"))
    var patients: [String: Int] = [:]
    for record in try England.reference("real/ods/practice_patients_2022-05-01.csv") {
      patients[record["CCG_CODE"] ?? "", default: 0] += try #require(Int(record["NUMBER_OF_PATIENTS"] ?? ""))
    }
    #expect(Set(patients.map { "\($0)|\($1)" }) == pairs(records, "ccg_ods", "registered_patients"))
    #expect(patients.values.reduce(0, +) == 61_654_788)
  }

  /// They count the patients of practices that take part, so they are no registered patients.
  @Test func `List sizes of the framework are those of the files, on the day of the list of groups`() throws {
    let records = try England.reference("facts/ccg_qof_list_sizes.csv")
    let byDay = Dictionary(grouping: records) { String(($0["list_of_ccgs_as_at"] ?? "").prefix(10)) }
    #expect(byDay.count == 6)
    for (day, records) in byDay {
      let held = try measured("qof-list-size", on: day)
      #expect(held == pairs(records, "ccg_ods", "patients_of_those_practices"), "\(day)")
      // All of them lived on the day; in 2018 the file lacks 14Y.
      let date = try #require(Day(day))
      let living = try England.open().organisations(kind: "ccg", on: date).compactMap { $0.codes["ods"] }
      let missing = Set(living).subtracting(records.compactMap { $0["ccg_ods"] })
      #expect(missing == (day == "2018-04-01" ? ["14Y"] : []) && held.count + missing.count == living.count, "\(day)")
    }
  }

  // MARK: Money

  /// Statistics of a year are of the bodies of that year, or the note says that they are not.
  @Test func `Allocations are those of the file, and say where it has bodies of another year`() throws {
    let registry = try England.open()
    let records = try England.reference("facts/ccg_allocations.csv")
    for (year, records) in Dictionary(grouping: records, by: { String(($0["financial_year"] ?? "").prefix(4)) }) {
      #expect(
        try measured("allocation", on: "\(year)-04-01").count == Set(records.map { $0["ccg_ods"] }).count, "\(year)")
    }
    let notes = try registry.rows(
      """
      SELECT organisation.key, measure.note FROM measure
        JOIN measure_kind ON measure_kind.id = kind_id JOIN organisation ON organisation.id = measure.organisation_id
        JOIN extent ON extent.organisation_id = measure.organisation_id
      WHERE measure_kind.key = 'allocation' AND superseded_in IS NULL AND measure.valid_from >= extent.valid_to
      """)
    #expect(notes.count == 8)
    for (closed, successor) in [("00F", "13T"), ("00G", "13T"), ("00H", "13T"), ("01M", "14L"), ("99Q", "15N")] {
      #expect(
        notes.contains {
          $0.hasPrefix("ccg-\(closed)|") && $0.hasSuffix("into \(successor); the year has no row of \(successor)")
        })
    }
    #expect(!(try measured("allocation", on: "2015-04-01").contains { $0.hasPrefix("13T|") }))
  }

  @Test func `Every total of allocations that was found is a claim`() throws {
    let claims = try England.open().claims().filter { $0.topic == .amounts(of: "allocation") }
    let records = try England.reference("facts/allocation_totals_found.csv")
    #expect(records.count == 13)
    for record in records {
      let year = String((record["financial_year"] ?? "").prefix(4))
      let digits = try #require(record["million_pounds"])
      let value = "£\(digits.dropLast(3)),\(digits.suffix(3)) million"
      #expect(claims.contains { $0.firstDay.description == "\(year)-04-01" && $0.value == value }, "\(record)")
    }
  }

  /// The averages that the documents give stand beside the register's own, which their notes name.
  @Test func `Notes name the figures of the register`() throws {
    let registry = try England.open()
    let claims = Dictionary(uniqueKeysWithValues: try registry.claims().map { ($0.key, $0) })
    func figures(_ kind: String, _ day: String) throws -> [Int] {
      try registry.rows(
        """
        SELECT CAST(round(avg(amount)) AS INTEGER) || ' ' || CAST(min(amount) AS INTEGER) || ' '
          || CAST(max(amount) AS INTEGER)
        FROM measure JOIN measure_kind ON measure_kind.id = kind_id
          JOIN extent ON extent.organisation_id = measure.organisation_id
            AND measure.valid_from >= extent.valid_from AND measure.valid_from < extent.valid_to
        WHERE superseded_in IS NULL AND measure_kind.key = ?1 AND measure.valid_from = ?2 AND nature IS NULL
        """, [.text(kind), .text(day)]
      ).flatMap { $0.split(separator: " ").compactMap { Int($0) } }
    }
    func grouped(_ number: Int) -> String {
      number < 1000 ? "\(number)" : "\(grouped(number / 1000)),\(String(number % 1000 + 1000).suffix(3))"
    }
    for (kind, day) in [
      ("registered-patients", "2013-04-01"), ("population", "2017-06-30"), ("population", "2020-06-30"),
    ] {
      let average = grouped(try #require(try figures(kind, day).first))
      #expect(claims["seed-000-average-population"]?.note?.contains(average) == true, "\(average)")
    }
    for day in ["2017-06-30", "2019-06-30", "2020-06-30"] {
      let own = try figures("population", day)
      try #require(own.count == 3)
      #expect(claims["seed-003-smallest-population"]?.note?.contains(grouped(own[1])) == true, "\(own)")
      #expect(claims["seed-003-largest-population"]?.note?.contains(grouped(own[2])) == true, "\(own)")
    }
  }
}
