import RegistryStorage
import RegistryTestSupport
import Testing

/// NHS England, what it took over, and what stands under it.
@Suite struct EnglandNationalBodyTests {
  private func names(_ body: String, on text: String) throws -> [String] {
    try England.open().rows(
      """
      SELECT name FROM current_name WHERE organisation = ?1 AND ?2 BETWEEN valid_from AND ifnull(last_day, '9999')
      """, [.text(body), .text(text)])
  }

  @Test func `The Board follows its Authority, and becomes NHS England by name and by law`() throws {
    let registry = try England.open()
    #expect(
      try registry.rows(
        """
        SELECT predecessor, happened_on, status FROM current_succession WHERE successor = 'nhs-england' ORDER BY 2, 1
        """) == [
          "nhs-commissioning-board-authority|2012-10-01|stated", "monitor|2022-07-01|stated",
          "nhs-tda|2022-07-01|stated", "nhs-digital|2023-02-01|derived", "health-education-england|2023-04-01|stated",
        ])
    #expect(try names("nhs-commissioning-board-authority", on: "2012-09-30") == ["NHS Commissioning Board Authority"])
    #expect(try names("nhs-england", on: "2012-10-01") == ["National Health Service Commissioning Board"])
    #expect(try names("nhs-england", on: "2013-04-01") == ["NHS England"])
    #expect(
      try registry.rows("SELECT timeline, valid_from FROM current_life WHERE organisation = 'nhs-england' ORDER BY 1")
        == [
          "legal|2012-10-01", "operational|2013-04-01",
        ])
  }

  /// X26 was NHS Digital's, and is a second record of NHS England since. X24 is known from one publication.
  @Test func `Codes are as certain as their sources`() throws {
    let registry = try England.open()
    #expect(
      try registry.rows(
        """
        SELECT organisation.key, value, valid_from, from_status, date(valid_to, '-1 day') FROM code
          JOIN organisation ON organisation.id = organisation_id
        WHERE superseded_in IS NULL AND value IN ('X24', 'X26', 'XDH') ORDER BY 2
        """) == [
          "nhs-england|X24|2020-05-01|unknown|-", "nhs-digital|X26|2013-04-01|stated|2023-01-31",
          "department-of-health|XDH|2013-01-21|unknown|-",
        ])
    let identifiers = try registry.rows("SELECT organisation, value, valid_from FROM current_identifier")
    #expect(identifiers == ["nhs-england|X26|2023-02-01"])
  }

  /// Whatever region a group lay in, and that every group and board answered to it.
  @Test(arguments: ["2013-04-01", "2016-04-01", "2019-04-01", "2022-07-01", "2026-04-01"])
  func `All regions are a part of NHS England, and groups and boards answer to it`(text: String) throws {
    let registry = try England.open()
    let day = try #require(Day(text))
    let body = try registry.id("nhs-england")
    let hierarchy = try registry.hierarchy(on: day)
    let all = try registry.hierarchy(on: day, throughAll: true)
    for region in try registry.organisations(kind: "region", on: day) {
      #expect(hierarchy.parents[region.id] == [body], "\(region.key)")
    }
    let bodies = try registry.organisations(kind: "ccg", on: day) + registry.organisations(kind: "icb", on: day)
    #expect(bodies.count > 30)
    for one in bodies {
      #expect(all.parents[one.id]?.contains(body) == true, "\(one.key)")
      #expect(hierarchy.ancestor(of: one.id, kinds: ["nhs-england"]) == .one(body), "\(one.key)")
    }
  }

  @Test func `NHS Improvement is a name for two bodies and none in law`() throws {
    let registry = try England.open()
    #expect(
      try registry.rows("SELECT timeline FROM current_life WHERE organisation = 'nhs-improvement'") == ["operational"])
    #expect(
      try registry.rows(
        "SELECT organisation FROM current_relationship WHERE superior = 'nhs-improvement' ORDER BY 1") == [
          "monitor", "nhs-tda",
        ])
  }

  /// The table of facts has 45 designations. 42 systems have one of the whole, and three had parts that were named before.
  @Test func `Every system has a wave in which it was named an integrated care system`() throws {
    let claims = try England.open().rows(
      """
      SELECT DISTINCT organisation.key FROM claim JOIN organisation ON organisation.id = organisation_id
      WHERE superseded_in IS NULL AND topic = 'authorisation' AND organisation.key LIKE 'stp-%'
      """)
    let systems = try England.open().rows("SELECT organisation FROM current_role WHERE kind = 'ics'")
    #expect(Set(claims) == Set(systems) && claims.count == 42)
  }
}
