import RegistryFormats
import RegistryStorage
import Succession
import RegistryTestSupport
import Testing

/// The territory of England between two days, by the ODS codes of those days.
private struct Crossing {
  let whereabouts: Whereabouts
  let from: Day
  let to: Day
  let codeBefore: [OrganisationID: String]
  let codeAfter: [OrganisationID: String]

  init(_ registry: Registry, _ whereabouts: Whereabouts, _ from: String, _ to: String) throws {
    self.whereabouts = whereabouts
    (self.from, self.to) = (try #require(Day(from)), try #require(Day(to)))
    codeBefore = try Self.codes(registry, on: from)
    codeAfter = try Self.codes(registry, on: to)
  }

  init(_ from: String, _ to: String) throws {
    let registry = try England.open()
    try self.init(registry, try Whereabouts(of: registry), from, to)
  }

  static func codes(_ registry: Registry, on day: String) throws -> [OrganisationID: String] {
    Dictionary(
      uniqueKeysWithValues: try registry.database.query(
        """
        SELECT organisation_id, value FROM code JOIN scheme ON scheme.id = scheme_id AND scheme.key = 'ods'
        WHERE superseded_in IS NULL AND valid_from <= ?1 AND (valid_to IS NULL OR valid_to > ?1)
        """, [.text(day)]
      ) { ($0.organisation(0), $0.text(1)) })
  }

  func parts(of code: String, basis: String) throws -> [Answer.Part] {
    let id = try #require(codeBefore.first { $0.value == code }?.key)
    return try whereabouts.answer(for: id, Question(from: from, to: to, bases: [basis])).weighty
  }

  /// The shares of a body by the codes of where it went, in one basis. `-` stands for nowhere, and gaps are left out.
  func shares(of code: String, basis: String = "areas") throws -> [String: Double] {
    var shares: [String: Double] = [:]
    for part in try parts(of: code, basis: basis) {
      switch part.place {
      case .body(let id): shares[codeAfter[id] ?? "\(id)", default: 0] += part.share
      case .none: shares["-", default: 0] += part.share
      case .gap: continue
      }
    }
    return shares
  }

  /// Nil if nothing went there.
  func share(
    _ code: String, _ other: String, basis: String = "areas"
  ) throws -> (amount: Double, share: Double, isExact: Bool)? {
    let to = try #require(codeAfter.first { $0.value == other }?.key)
    return try parts(of: code, basis: basis).first { $0.place == .body(to) }.map {
      ($0.amount?.double ?? 0, $0.share, $0.method != .proportional)
    }
  }
}

@Suite(.tags(.slow), .inFullRuns) struct EnglandTerritoryTests {
  /// Trap 16: multiplying the matrices of 2021 and 2022 sends 11.4% of Dudley to Birmingham.
  @Test func `What was merged into the Black Country is not mixed`() throws {
    let crossing = try Crossing("2015-04-01", "2022-07-01")
    let share = try #require(try crossing.share("05L", "15E"))
    #expect(share.amount == 92)
    #expect(share.share == 92.0 / 278)
    #expect(share.isExact)
    #expect(Set(try crossing.shares(of: "05L").keys) == ["15E", "D2P2L"])
    for code in ["05C", "05Y", "06A"] { #expect(try crossing.shares(of: code) == ["D2P2L": 1], "\(code)") }
  }

  @Test func `The areas that Cumbria received and gave on are kept apart`() throws {
    let whole = try Crossing("2015-04-01", "2021-04-01")
    #expect(try whole.share("01K", "02M")?.share == 10.0 / 99)
    #expect(try whole.share("01K", "02M")?.isExact == true)
    #expect(try whole.share("01H", "02M") == nil)
    let first = try Crossing("2015-04-01", "2017-04-01")
    #expect(try first.share("01H", "01K")?.share == 117.0 / 324)
    let second = try Crossing("2017-04-01", "2018-04-01")
    #expect(try second.share("01K", "02M")?.share == 10.0 / 216)
  }

  @Test(arguments: [
    ("2017-03-31", "2017-04-01", "06Y", "06W", 8.0, 146.0), ("2018-03-31", "2018-04-01", "01E", "02M", 1, 128),
    ("2020-03-31", "2020-04-01", "09G", "92A", 4, 302), ("2022-06-30", "2022-07-01", "01Y", "15M", 21, 162),
    ("2022-06-30", "2022-07-01", "D2P2L", "15E", 92, 804), ("2022-06-30", "2022-07-01", "06H", "78H", 9, 507),
  ]) func `Territory moved while nobody closed`(
    before: String, day: String, from: String, to: String, moved: Double, of total: Double
  ) throws {
    let share = try #require(try Crossing(before, day).share(from, to))
    #expect(share.amount == moved)
    #expect(share.share == moved / total)
    #expect(share.isExact)
  }

  @Test func `What came back is not away`() throws {
    #expect(try Crossing("2015-04-01", "2023-04-01").shares(of: "09G") == ["70F": 1])
    #expect(try Crossing("2015-04-01", "2021-04-01").share("09G", "92A")?.share == 4.0 / 302)
  }

  @Test(arguments: ["areas", "population-2019"])
  func `The location of Frimley is divided as published`(basis: String) throws {
    let crossing = try Crossing("2026-03-31", "2026-04-01")
    for (code, published) in [("92A", 0.18204175443292), ("D9Y0V", 0.229339252148803), ("U2G6B", 0.588618993418278)] {
      let share = try #require(try crossing.share("D4U1Y", code, basis: basis))
      #expect(abs(share.share - published) < 1e-9, "\(code)")
      #expect(!share.isExact)
    }
    #expect(try crossing.share("D2P2L", "D2P2L")?.isExact == true)
  }

  @Test(arguments: [
    ("2015-04-01", "2022-07-01"), ("2013-04-01", "2026-04-01"), ("2026-04-01", "2015-04-01"),
    ("2013-03-31", "2013-04-01"), ("2006-10-01", "2013-04-01"),
  ]) func `Shares of every body sum to one`(from: String, to: String) throws {
    let crossing = try Crossing(from, to)
    var bodies = 0
    for code in crossing.codeBefore.values {
      for basis in crossing.whereabouts.territory.bases where basis.partition != nil {
        let parts = try crossing.parts(of: code, basis: basis.key)
        bodies += 1
        #expect(abs(parts.reduce(0) { $0 + $1.share } - 1) < 1e-12, "\(code) \(basis.key)")
      }
    }
    #expect(bodies > 100)
  }

  @Test func `Every location of England has its areas on every April since 2015`() throws {
    let registry = try England.open()
    let territory = try registry.territory()
    for year in 2015...2026 {
      let day = try #require(Day(year: year, month: 4, day: 1))
      let placed = territory.pieces.reduce(Amount.zero) { sum, piece in
        guard case .organisation = piece.place(on: day) else { return sum }
        return sum + (piece.amounts[0] ?? 0)
      }
      #expect(placed == 32_844, "\(year)")
    }
  }

  static let shared = England.shared

  @Test(.enabled(if: shared != nil, "the folder ../shared is not there"))
  func `Every group of small areas lies where the reference says`() throws {
    let registry = try England.open()
    let pieces = Dictionary(grouping: try registry.territory().pieces, by: \.parcel)
    let columns = [
      ("pct_2013_03_31", "2013-03-31"), ("ccg_2013_04_01", "2013-04-01"), ("ccg_2015", "2015-04-01"),
      ("ccg_2016", "2016-04-01"), ("ccg_2017", "2017-04-01"), ("ccg_2018", "2018-04-01"), ("ccg_2019", "2019-04-01"),
      ("ccg_2020", "2020-04-01"), ("ccg_2021", "2021-04-01"), ("sicbl_2022", "2022-07-01"),
    ]
    let codes = try columns.map { try Crossing.codes(registry, on: $0.1) }
    // Practices are grouped anew since 2002. EnglandPracticesTests compares them with another reference.
    let records = try England.reference("facts/parcels.csv").filter { $0["partition"] != "practice" }
    var compared = 0
    for record in records {
      let parcel = record["parcel"] ?? ""
      for (index, (column, day)) in columns.enumerated() {
        let expected = record[column] ?? ""
        guard !expected.isEmpty else { continue }
        let day = try #require(Day(day))
        let found = Set(
          (pieces[parcel] ?? []).map { piece in
            switch piece.place(on: day) {
            case .organisation(let id): codes[index][id] ?? "\(id)"
            case .unplaced: ""
            case .gap, .silent: "?"
            }
          })
        compared += 1
        #expect(found == [expected], "\(parcel) \(column)")
      }
    }
    #expect(compared > 1_500)
  }

  @Test(.enabled(if: shared != nil, "the folder ../shared is not there"))
  func `Every share is that of the small areas`() throws {
    let days = [
      "2015-04-01", "2016-04-01", "2017-04-01", "2018-04-01", "2019-04-01", "2020-04-01", "2021-04-01", "2022-07-01",
    ]
    var reader = try CSVReader(path: "\(Self.shared ?? "")/real/ons/lsoa11_to_ccg_2015_2021_sicbl_2022.csv")
    var areas: [[String]] = []
    while try reader.next() { areas.append(Array(reader.texts()[1...8])) }
    areas.removeFirst()
    #expect(areas.count == 32_844)
    let registry = try England.open()
    let whereabouts = try Whereabouts(of: registry)
    for (from, to) in (0..<7).map({ ($0, $0 + 1) }) + [(0, 7), (7, 0)] {
      var counted: [String: [String: Double]] = [:]
      for area in areas { counted[area[from], default: [:]][area[to], default: 0] += 1 }
      let crossing = try Crossing(registry, whereabouts, days[from], days[to])
      #expect(counted.count > 100)
      for (code, counts) in counted {
        let total = counts.values.reduce(0, +)
        let shares = try crossing.shares(of: code)
        #expect(Set(shares.keys) == Set(counts.keys), "\(code) \(days[from]) \(days[to])")
        for (other, count) in counts { #expect(abs((shares[other] ?? 0) - count / total) < 1e-9, "\(code) \(other)") }
      }
    }
  }
}
