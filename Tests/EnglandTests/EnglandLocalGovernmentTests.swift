import RegistryStorage
import Succession
import RegistryTestSupport
import Testing

/// Upper-tier authorities, their boards, and the groups whose areas lie in them.
@Suite struct EnglandLocalGovernmentTests {
  static let counts = [
    ("2013-04-01", 152), ("2019-03-31", 152), ("2019-04-01", 151), ("2020-04-01", 151), ("2021-04-01", 152),
    ("2023-03-31", 152), ("2023-04-01", 153),
  ]

  @Test(arguments: counts) func `Every authority has one board`(text: String, count: Int) throws {
    let registry = try England.open()
    let day = try #require(Day(text))
    let authorities = try registry.organisations(kind: "local-authority", on: day)
    let boards = try registry.organisations(kind: "health-and-wellbeing-board", on: day)
    #expect(authorities.count == count && boards.count == count)
    let pairs = try registry.rows(
      """
      SELECT DISTINCT organisation, superior FROM current_relationship
      WHERE kind = 'part-of' AND organisation LIKE 'board-%' AND ?1 BETWEEN valid_from AND ifnull(last_day, '9999')
      """, [Value(day)])
    #expect(pairs.count == count)
    #expect(pairs.allSatisfy { $0.replacing("board-", with: "authority-").split(separator: "|").count == 2 })
    #expect(Set(pairs.compactMap { $0.split(separator: "|").last.map(String.init) }) == Set(authorities.map(\.key)))
  }

  /// The first day of the Code History Database, the seven counties of 2009, and each change since.
  @Test(arguments: [
    ("2009-01-01", 149, 239), ("2009-04-01", 152, 201), ("2019-04-01", 151, 192), ("2020-04-01", 151, 188),
    ("2021-04-01", 152, 181), ("2023-04-01", 153, 164),
  ]) func `Authorities and districts are counted since 2009`(text: String, upper: Int, lower: Int) throws {
    let registry = try England.open()
    let day = try #require(Day(text))
    #expect(try registry.organisations(kind: "local-authority", on: day).count == upper)
    #expect(try registry.organisations(kind: "district", on: day).count == lower)
  }

  /// A district passes its duties on, and the county its territory. So a unitary authority comes from one county.
  @Test(arguments: [
    ("authority-E10000010", "2009-04-01", "authority-E06000047"),
    ("authority-E10000022", "2009-04-01", "authority-E06000057"),
    ("authority-E10000002", "2020-04-01", "authority-E06000060"),
    ("district-E07000048", "2019-04-01", "authority-E06000058"),
    ("district-E07000013", "2009-04-01", "authority-E06000050"),
  ]) func `Who succeeded a council is known`(council: String, text: String, heir: String) throws {
    let registry = try England.open()
    let whereabouts = try Whereabouts(of: registry)
    let day = try #require(Day(text))
    let (from, to) = (try registry.id(council), try registry.id(heir))
    let forward = Question(from: day.previous, to: day, toKind: "local-authority")
    #expect(try whereabouts.answer(for: from, forward).parts.map(\.place) == [.body(to)])
    guard council.hasPrefix("authority") else { return }
    let back = Question(from: day, to: day.previous, toKind: "local-authority")
    #expect(try whereabouts.answer(for: to, back).parts.map(\.place) == [.body(from)])
  }

  /// The register has the published number of boards.
  @Test func `The published number of boards agrees`() throws {
    let claim = try #require(
      try England.open().claims().first { $0.kind == "health-and-wellbeing-board" && $0.topic == nil })
    #expect(claim.amount == 152 && claim.firstDay.description == "2013-04-01")
  }

  /// Kinds of authorities by the letters of their codes, as published.
  @Test(arguments: [
    ("2013-04-01", "E06|56 E08|36 E09|33 E10|27"), ("2019-04-01", "E06|56 E08|36 E09|33 E10|26"),
    ("2020-04-01", "E06|57 E08|36 E09|33 E10|25"), ("2021-04-01", "E06|59 E08|36 E09|33 E10|24"),
    ("2023-04-01", "E06|63 E08|36 E09|33 E10|21"),
  ]) func `The codes say what sorts of authorities there were`(day: String, expected: String) throws {
    let sorts = try England.open().rows(
      """
      SELECT substr(code, 1, 3), count(*) FROM current_code JOIN current_role USING (organisation)
      WHERE kind = 'local-authority' AND ?1 BETWEEN current_code.valid_from AND ifnull(current_code.last_day, '9999')
      GROUP BY 1 ORDER BY 1
      """, [.text(day)])
    #expect(sorts.joined(separator: " ") == expected)
  }

  /// Every small area of a body lies in exactly one authority, so the observations of a body cover all of it.
  @Test(arguments: ["2013-04-01"] + (2015...2021).map { "\($0)-04-01" } + ["2022-07-01"])
  func `The small areas in authorities are all that a group has`(day: String) throws {
    let differing = try England.open().rows(
      """
      WITH seen AS (
        SELECT predecessor_id AS id, sum(amount) AS amount
        FROM observation JOIN basis ON basis.id = basis_id
        WHERE basis.key = 'areas-by-authority' AND predecessor_on = ?1 AND superseded_in IS NULL GROUP BY 1
      ), held AS (
        SELECT organisation_id AS id, round(sum(ifnull(piece_amount.amount, parcel_amount.amount))) AS amount
        FROM placement JOIN piece ON piece.id = placement.piece_id
          JOIN parcel_amount ON parcel_amount.parcel_id = piece.parcel_id
          JOIN basis ON basis.id = parcel_amount.basis_id
          LEFT JOIN piece_amount ON piece_amount.piece_id = piece.id AND piece_amount.basis_id = basis.id
        WHERE basis.key = 'areas' AND ?1 >= valid_from AND ?1 < ifnull(valid_to, '9999')
        GROUP BY 1
      )
      SELECT key, seen.amount, held.amount FROM seen FULL JOIN held USING (id) JOIN organisation USING (id)
      WHERE seen.amount IS NOT held.amount
      """, [.text(day)])
    #expect(differing == [])
  }

  @Test func `Groups belong to the boards of their areas`() throws {
    let registry = try England.open()
    func boards(of group: String, on day: String) throws -> [String] {
      try registry.rows(
        """
        SELECT superior, grade FROM current_relationship
        WHERE organisation = ?1 AND kind = 'member-of' AND ?2 BETWEEN valid_from AND ifnull(last_day, '9999')
        ORDER BY 1
        """, [.text(group), .text(day)])
    }
    for day in ["2013-04-01", "2014-06-01", "2016-04-01"] {
      #expect(try boards(of: "ccg-00K", on: day) == ["board-E06000001|C", "board-E06000004|C"])
    }
    // No list of small areas has the three groups that made 13T.
    #expect(try ["ccg-00F", "ccg-00G", "ccg-00H"].flatMap { try boards(of: $0, on: "2013-04-01") } == [])
    // Cumbria's group reached into North Yorkshire until its south went to Morecambe Bay.
    #expect(try boards(of: "ccg-01H", on: "2016-04-01").contains("board-E10000023|C"))
    #expect(try !boards(of: "ccg-01H", on: "2017-04-01").contains("board-E10000023|C"))
    // Dorset has had new boards since 2019.
    #expect(
      try boards(of: "ccg-11J", on: "2019-03-31").filter { $0.hasPrefix("board-E06000058") } == []
        && boards(of: "ccg-11J", on: "2019-04-01").contains("board-E06000058|C"))
    #expect(try boards(of: "ccg-00K", on: "2022-07-01") == [])
  }
}
