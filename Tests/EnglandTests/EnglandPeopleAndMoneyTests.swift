import RegistryFormats
import RegistryStorage
import RegistryReporting
import Succession
import RegistryTestSupport
import Testing

/// The published allocations, patients and people add up to the published totals and agree with the units.
@Suite struct EnglandPeopleAndMoneyTests {
  /// The number of bodies that have a measure from a day on, and the sum of the measure.
  private func total(_ kind: String, from day: String, of prefix: String = "") throws -> [String] {
    try England.open().rows(
      """
      SELECT count(*), CAST(sum(amount) AS INTEGER)
      FROM measure JOIN measure_kind ON measure_kind.id = kind_id JOIN organisation ON organisation.id = organisation_id
      WHERE superseded_in IS NULL AND measure_kind.key = ?1 AND valid_from = ?2 AND organisation.key LIKE ?3 || '%'
      """, [.text(kind), .text(day), .text(prefix)])
  }

  @Test(arguments: [
    (2013, "211|62743712000"), (2014, "211|64336427000"), (2015, "211|66787000000"), (2016, "209|70541332000"),
    (2017, "209|72051316000"), (2018, "195|74194479000"), (2019, "192|78372981000"),
  ]) func `Allocations add up to the totals of their years`(year: Int, total expected: String) throws {
    #expect(try total("allocation", from: "\(year)-04-01") == [expected])
  }

  /// The budget quoted for 2019/20 is larger than the sum. The claim gives the sum and says that no source explains it.
  @Test func `The quoted budget stands beside the sum of allocations`() throws {
    let claim = try #require(try England.open().claims().first { $0.key == "ccg-budget-2019" })
    #expect(claim.value == "£79.9 billion" && claim.amount == 79_900_000_000 && claim.statistic == .total)
    #expect(claim.note?.contains("£78,372,981,000") == true)
  }

  /// Each of the five is a source of its own. One says nothing that could be checked.
  @Test func `The source documents are five sources`() throws {
    let registry = try England.open()
    let documents = "SELECT id, key FROM source WHERE key LIKE 'seed-%' OR key = 'source-document'"
    #expect(try registry.rows("SELECT key FROM (\(documents)) ORDER BY 1") == (0...4).map { "seed-00\($0)" })
    let cited = try registry.rows(
      """
      SELECT DISTINCT document.key FROM (\(documents)) AS document JOIN (
        SELECT source_id FROM claim UNION ALL SELECT source_id FROM seat_rule UNION ALL SELECT source_id FROM responsibility
      ) ON source_id = document.id ORDER BY 1
      """)
    #expect(cited == ["seed-000", "seed-002", "seed-003", "seed-004"])
  }

  /// Some were published before a merger, for a year in which the bodies no longer lived.
  @Test func `Allocations of closed bodies are kept as published`() throws {
    let registry = try England.open()
    let rows = try registry.rows(
      """
      SELECT organisation.key, measure.valid_from FROM measure
        JOIN measure_kind ON measure_kind.id = kind_id JOIN organisation ON organisation.id = measure.organisation_id
        JOIN extent ON extent.organisation_id = measure.organisation_id
      WHERE measure_kind.key = 'allocation' AND superseded_in IS NULL AND measure.valid_from >= extent.valid_to
      ORDER BY 1
      """)
    #expect(
      rows == [
        "ccg-00F|2015-04-01", "ccg-00G|2015-04-01", "ccg-00H|2015-04-01", "ccg-00W|2017-04-01", "ccg-01M|2017-04-01",
        "ccg-01N|2017-04-01", "ccg-99P|2019-04-01", "ccg-99Q|2019-04-01",
      ])
  }

  /// All patients of the 211 CCGs come out in the 42 boards. The proof names the 204 of a hub, which is in no board.
  @Test func `Patients of the first quarter are all in the boards of 2022`() throws {
    let registry = try England.open()
    let day = try #require(Day("2013-04-01"))
    let amounts = try registry.measures(ofKind: "registered-patients-of-members").filter { $0.period.start == day }
    let bodies = try registry.organisations(withIDs: amounts.map(\.organisation), on: day)
    let codes = Dictionary(uniqueKeysWithValues: bodies.map { ($0.id, $0.codes["ods"]) })
    let rows = amounts.map { "\((codes[$0.organisation] ?? nil) ?? "?"),\(Int($0.amount))\n" }
    let folder = try TemporaryFolder()
    let file = folder.file("patients.csv")
    try Files.write(Array(("code,patients\n" + rows.joined()).utf8), to: file)
    var request = RestateRequest(code: "code", days: .asAt(day), to: try #require(Day("2022-07-01")))
    request.sums = ["patients"]
    request.toKind = "icb"
    request.bases = ["patients-2013"]
    request.rounding = .largestRemainder
    let restater = try Restater(request, of: registry, register: "test", knownIn: latest)
    let proof = try restater.restate(file, to: MemorySink())
    #expect(proof.rowsOut == 42 && proof.rowsIn == 222)
    #expect(proof.totals[0].outgoing.description == "56025123")
    #expect(proof.totals[0].unmapped.description == "204")
    let missing = proof.missing.filter { $0.amounts[0].description != "0" }
    #expect(missing.map(\.code) == ["12W"])
    #expect(missing.allSatisfy { $0.reason.contains("no known parent of the kind icb") })
  }

  @Test func `Patients of the first quarter are those of the member practices`() throws {
    #expect(try total("registered-patients-of-members", from: "2013-04-01", of: "ccg-") == ["211|56025123"])
    #expect(try total("registered-patients-of-members", from: "2013-04-01", of: "hub-") == ["11|204"])
    #expect(56_025_123 / 211 == 265_521)
    // The sum of the units of each body.
    let registry = try England.open()
    let differing = try registry.rows(
      """
      WITH held AS (
        -- A practice that came out of a PCT that was known by amounts lies in several pieces, all in one group.
        SELECT organisation_id, sum(amount) AS amount
        FROM (
          SELECT DISTINCT organisation_id, parcel_id FROM placement JOIN piece ON piece.id = piece_id
          WHERE valid_from <= '2013-04-01' AND ifnull(valid_to, '9999') > '2013-04-01'
        ) JOIN parcel_amount USING (parcel_id) JOIN basis ON basis.id = basis_id
        WHERE basis.key = 'patients-2013' GROUP BY organisation_id
      )
      SELECT organisation.key, measure.amount, held.amount
      FROM measure JOIN measure_kind ON measure_kind.id = kind_id JOIN organisation ON organisation.id = organisation_id
        LEFT JOIN held USING (organisation_id)
      WHERE measure_kind.key = 'registered-patients-of-members' AND superseded_in IS NULL
        AND ifnull(held.amount, 0) <> measure.amount
      """)
    #expect(differing == [])
  }

  /// The file of the Business Services Authority counts by its own assignment of practices to groups.
  @Test func `Two sources of patients differ for twelve groups`() throws {
    #expect(try total("registered-patients", from: "2013-04-01") == ["211|56002534"])
    let differing = try England.open().rows(
      """
      SELECT organisation.code FROM measure AS named
        JOIN measure AS counted ON counted.organisation_id = named.organisation_id
          AND counted.valid_from = named.valid_from AND counted.superseded_in IS NULL
        JOIN measure_kind AS naming ON naming.id = named.kind_id AND naming.key = 'registered-patients'
        JOIN measure_kind AS counting ON counting.id = counted.kind_id
          AND counting.key = 'registered-patients-of-members'
        JOIN (SELECT id, substr(key, 5) AS code FROM organisation) AS organisation
          ON organisation.id = named.organisation_id
      WHERE named.superseded_in IS NULL AND named.amount <> counted.amount ORDER BY 1
      """)
    #expect(differing == ["00G", "00K", "00M", "03A", "03G", "03W", "04D", "07M", "08E", "08Y", "09A", "09G"])
  }

  @Test(arguments: [
    ("2013-07-01", "211|56082553"), ("2014-04-01", "211|56452350"), ("2015-04-01", "209|57021457"),
    ("2016-01-01", "209|57541178"), ("2021-01-01", "135|60606345"), ("2022-05-01", "106|61654788"),
  ]) func `Patients of a quarter add up`(day: String, expected: String) throws {
    #expect(try total("registered-patients", from: day) == [expected])
  }

  /// The list of 2021 does not say its year. Its figures are those of mid-2020, which is derived.
  @Test func `People of every mid year add up to England`() throws {
    let living = try England.open().rows(
      """
      SELECT measure.valid_from, count(*), CAST(sum(amount) AS INTEGER), count(nullif(measure.from_status, 'stated'))
      FROM measure JOIN measure_kind ON measure_kind.id = kind_id
        JOIN extent ON extent.organisation_id = measure.organisation_id
          AND measure.valid_from >= extent.valid_from AND measure.valid_from < extent.valid_to
      WHERE measure_kind.key = 'population' AND superseded_in IS NULL GROUP BY measure.valid_from ORDER BY 1
      """)
    #expect(
      living == [
        "2017-06-30|207|55619430|0", "2018-06-30|195|55977178|0", "2019-06-30|191|56286961|0",
        "2020-06-30|135|56550138|97",
      ])
  }

  static let shared = England.shared

  /// The published sums for groups of other years are not recorded, because the register works them out.
  @Test(.enabled(if: shared != nil, "the folder ../shared is not there"))
  func `People of every vintage come out of the small areas`() throws {
    let registry = try England.open()
    let records = try England.reference("facts/ccg_mid_year_population.csv").filter { $0["mid_year"] == "2019" }
    for (vintage, records) in Dictionary(grouping: records, by: { $0["ccg_vintage"] ?? "" }) {
      let held = try registry.rows(
        """
        SELECT substr(organisation.key, 5), CAST(round(sum(ifnull(piece_amount.amount, parcel_amount.amount))) AS INTEGER)
        FROM placement JOIN piece ON piece.id = placement.piece_id
          JOIN parcel_amount ON parcel_amount.parcel_id = piece.parcel_id
          JOIN basis ON basis.id = parcel_amount.basis_id JOIN organisation ON organisation.id = organisation_id
          LEFT JOIN piece_amount ON piece_amount.piece_id = piece.id AND piece_amount.basis_id = basis.id
        WHERE basis.key = 'population-2019' AND ?1 >= valid_from AND ?1 < ifnull(valid_to, '9999')
        GROUP BY organisation.id
        """, [.text("\(vintage)-04-01")])
      let expected = Set(records.map { "\($0["ccg_ods"] ?? "")|\($0["population"] ?? "")" })
      #expect(Set(held) == expected, "\(vintage)")
    }
  }
}
