import RegistryStorage
import RegistryTestSupport
import Testing

/// Commissioning support units have few known dates. What is not known stays unknown.
@Suite struct EnglandSupportUnitTests {
  /// The list of February 2022 has five units.
  @Test func `Five units live in the list of 2022`() throws {
    let registry = try England.open()
    let day = try #require(Day("2022-02-01"))
    let units = try registry.organisations(kind: "csu", on: day).map(\.key).sorted()
    #expect(units == ["csu-0AR", "csu-0CX", "csu-0DE", "csu-0DF", "csu-0DJ"])
    let claim = try #require(try registry.claims().first { $0.key == "csu-2022-02" })
    #expect(claim.amount == 5)
  }

  @Test func `The mergers are those that sources name`() throws {
    let links = try England.open().rows(
      """
      SELECT happened_on, group_concat(predecessor, ' '), successor, status
      FROM (SELECT * FROM current_succession WHERE successor LIKE 'csu-%' ORDER BY predecessor)
      GROUP BY event ORDER BY happened_on, successor
      """)
    #expect(
      links == [
        "2013-04-01|csu-cheshire-warrington-and-wirral csu-merseyside|csu-0CE|unknown",
        "2013-04-01|csu-south-yorkshire-and-bassetlaw csu-west-yorkshire|csu-0CF|unknown",
        "2013-04-01|csu-lancashire csu-staffordshire|csu-0CH|unknown",
        "2013-04-01|csu-essex csu-hertfordshire-integrated|csu-hertfordshire-and-essex|unknown",
        "2014-06-01|csu-0AD csu-0CH|csu-0CX|unknown",
        "2014-10-01|csu-0CF csu-north-yorkshire-and-humber|csu-yorkshire-and-humber|unknown",
        "2015-02-01|csu-0AJ csu-0CE|csu-north-west|unknown",
        "2015-04-01|csu-arden csu-greater-east-midlands|csu-0DE|derived",
        "2015-04-01|csu-0AE csu-south csu-south-west|csu-0DF|derived",
      ])
  }

  /// Only a list of codes of 2021 has them, and it does not say when they lived.
  @Test func `Units that no source dates have a code and no life`() throws {
    let registry = try England.open()
    let units = try registry.rows(
      """
      SELECT organisation, code FROM current_code
      WHERE organisation LIKE 'csu-%' AND organisation NOT IN (SELECT organisation FROM current_life) ORDER BY 1
      """)
    #expect(units.count == 7 && units.contains("csu-0AM|0AM") && units.contains("csu-0DG|0DG"))
    #expect(try registry.rows("SELECT 1 FROM current_role WHERE organisation = 'csu-0AM'") == [])
  }

  /// The only opening days that are stated are those of mergers that were announced for a day.
  @Test func `Opening days that nobody states are unknown`() throws {
    let starts = try England.open().rows(
      """
      SELECT from_status, count(*) FROM current_life WHERE organisation LIKE 'csu-%' GROUP BY 1 ORDER BY 1
      """)
    #expect(starts == ["derived|2", "unknown|26"])
  }

  @Test func `Every published number is a claim`() throws {
    let claims = try England.open().claims().filter { $0.kind == "csu" }
    #expect(claims.compactMap(\.amount) == [25, 23, 22, 19, 19, 5])
    #expect(claims.filter { $0.amount == nil }.map(\.value) == ["9 alliances", "7 on the lead provider framework"])
  }
}
