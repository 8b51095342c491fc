import RegistryStorage
import RegistryTestSupport
import Testing

/// Commissioning support units have few known dates. What is not known stays unknown.
@Suite struct EnglandSupportUnitTests {
  private func units(on text: String) throws -> [String] {
    let day = try #require(Day(text))
    return try England.open().organisations(kind: "csu", on: day).map(\.key).sorted()
  }

  @Test func `Nineteen units start work on 1 April 2013, and each has a code`() throws {
    let units = try units(on: "2013-04-01")
    #expect(units.count == 19)
    let codes = try England.open().rows(
      """
      SELECT organisation FROM current_code
      WHERE scheme = 'ods' AND organisation LIKE 'csu-%' AND '2013-04-01' BETWEEN valid_from AND ifnull(last_day, '9999')
      ORDER BY 1
      """)
    #expect(codes == units)
  }

  /// What several sources counted, where they agree with the days that ODS gives.
  @Test(arguments: [("2013-06-01", 18), ("2014-04-01", 17), ("2015-02-10", 11), ("2018-01-01", 5)])
  func `The count is the known one`(day: String, count: Int) throws {
    #expect(try units(on: day).count == count)
  }

  /// The list of ODS of February 2022 has five units. One of them had ceased to exist.
  @Test func `Four of the five units in the list of 2022 live`() throws {
    #expect(try units(on: "2022-02-01") == ["csu-0AR", "csu-0CX", "csu-0DE", "csu-0DF"])
    #expect(try units(on: "2021-10-31").contains("csu-0DJ"))
    let claim = try #require(try England.open().claims().first { $0.key == "csu-2022-02" })
    #expect(claim.amount == 5 && claim.note?.contains("0DJ") == true)
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
        "2012-10-01|csu-cheshire-warrington-and-wirral csu-merseyside|csu-0CE|stated",
        "2013-03-13|csu-south-yorkshire-and-bassetlaw csu-west-yorkshire|csu-0CF|stated",
        "2013-03-13|csu-essex csu-hertfordshire-integrated|csu-0CG|stated",
        "2013-03-14|csu-lancashire csu-staffordshire|csu-0CH|stated",
        "2014-04-01|csu-0AP|csu-0AQ|derived",
        "2014-06-01|csu-0AD csu-0CH|csu-0CX|unknown",
        "2014-10-01|csu-0AM csu-0AX|csu-0DC|stated",
        "2014-10-01|csu-0AJ csu-0CE|csu-north-west|stated",
        "2014-10-01|csu-0CF csu-north-yorkshire-and-humber|csu-yorkshire-and-humber|stated",
        "2015-04-01|csu-arden csu-greater-east-midlands|csu-0DE|stated",
        "2015-04-01|csu-0AE csu-south csu-south-west|csu-0DF|stated",
        "2017-04-01|csu-0AQ csu-0DC|csu-0DJ|stated",
      ])
  }

  /// A private supplier has the role in ODS.
  @Test func `One code has no life`() throws {
    let units = try England.open().rows(
      """
      SELECT organisation, code FROM current_code
      WHERE organisation LIKE 'csu-%' AND organisation NOT IN (SELECT organisation FROM current_life)
      """)
    #expect(units == ["csu-0DG|0DG"])
    #expect(try England.open().rows("SELECT 1 FROM current_role WHERE organisation = 'csu-0DG'") == [])
  }

  /// That a unit is one of the nineteen is derived. The first day of a name of 2012 is not known.
  @Test func `Opening days that nobody states are derived or unknown`() throws {
    let starts = try England.open().rows(
      """
      SELECT from_status, count(*) FROM current_life WHERE organisation LIKE 'csu-%' GROUP BY 1 ORDER BY 1
      """)
    #expect(starts == ["derived|13", "stated|12", "unknown|9"])
  }

  @Test func `Which group bought from which unit is graded`() throws {
    let bought = try England.open().rows(
      """
      SELECT superior, count(*), min(grade) || max(grade) FROM current_relationship
      WHERE kind = 'supported-by' GROUP BY 1 ORDER BY 1
      """)
    #expect(
      bought == [
        "csu-0AJ|12|AA", "csu-0AP|5|AB", "csu-0AQ|5|BB", "csu-0AR|11|AB", "csu-0AT|8|AA", "csu-0AX|1|BB",
        "csu-0CC|2|AA", "csu-0CE|12|BB", "csu-south|2|AA",
      ])
  }

  @Test func `Every published number is a claim`() throws {
    let claims = try England.open().claims().filter { $0.kind == "csu" }
    #expect(claims.compactMap(\.amount).sorted() == [5, 11, 15, 17, 18, 19, 19, 19, 22, 23, 25])
    let customers = try England.open().rows(
      """
      SELECT count(*) FROM claim JOIN measure_kind ON measure_kind.id = measure_kind_id
      WHERE superseded_in IS NULL AND measure_kind.key = 'customers'
      """)
    #expect(customers == ["13"])
  }
}
