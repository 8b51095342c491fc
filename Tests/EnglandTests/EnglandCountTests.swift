import RegistryStorage
import RegistryTestSupport
import Testing

/// How many bodies of each kind there were on a day, as published.
@Suite struct EnglandCountTests {
  struct Figure: CustomTestStringConvertible {
    /// Bodies that have one of these kinds.
    let kinds: [String]
    let days: [String]
    let count: Int
    var scheme: String? = nil

    var testDescription: String { "\(kinds.joined(separator: "+")) \(scheme ?? "") \(days.joined(separator: " "))" }
  }

  static let figures: [Figure] = [
    Figure(
      kinds: ["pct", "care-trust"],
      days: ["2002-04-01", "2002-09-30", "2003-04-01", "2004-07-15", "2006-04-01", "2006-09-30"], count: 303),
    Figure(kinds: ["pct", "care-trust"], days: ["2002-10-01", "2003-03-31"], count: 304),
    Figure(kinds: ["pct", "care-trust"], days: ["2006-10-01", "2009-04-01", "2010-03-31"], count: 152),
    Figure(kinds: ["pct", "care-trust"], days: ["2010-04-01", "2011-04-14", "2011-04-15", "2013-03-31"], count: 151),
    Figure(kinds: ["care-trust"], days: ["2013-03-31"], count: 5),
    Figure(kinds: ["pct", "care-trust"], days: ["2013-04-01"], count: 0),
    Figure(kinds: ["sha"], days: ["2006-07-01", "2010-01-01", "2013-03-31"], count: 10),
    Figure(kinds: ["sha"], days: ["2013-04-01"], count: 0),
    Figure(kinds: ["sha-cluster"], days: ["2011-10-03", "2013-03-31"], count: 4),
    Figure(kinds: ["ccg"], days: ["2013-03-31"], count: 0),
    Figure(kinds: ["ccg"], days: ["2013-04-01", "2014-04-01", "2014-12-01", "2015-03-31"], count: 211),
    Figure(kinds: ["ccg"], days: ["2015-04-01", "2016-04-01", "2017-03-31"], count: 209),
    Figure(kinds: ["ccg"], days: ["2017-04-01", "2018-03-31"], count: 207),
    Figure(kinds: ["ccg"], days: ["2018-04-01", "2019-03-31"], count: 195),
    Figure(kinds: ["ccg"], days: ["2019-04-01", "2020-03-31"], count: 191),
    Figure(kinds: ["ccg"], days: ["2020-04-01", "2021-03-31"], count: 135),
    Figure(kinds: ["ccg"], days: ["2021-04-01", "2022-06-30"], count: 106),
    Figure(kinds: ["ccg"], days: ["2022-07-01", "2026-04-01"], count: 0),
    Figure(kinds: ["sub-icb-location"], days: ["2022-06-30"], count: 0),
    Figure(kinds: ["sub-icb-location"], days: ["2022-07-01", "2024-04-01", "2026-03-31", "2026-04-01"], count: 106),
    Figure(kinds: ["icb"], days: ["2022-06-30"], count: 0),
    Figure(kinds: ["icb"], days: ["2022-07-01", "2024-04-01", "2026-03-31"], count: 42),
    Figure(kinds: ["icb"], days: ["2026-04-01"], count: 36),
    Figure(kinds: ["stp", "ics"], days: ["2016-04-01", "2018-03-31"], count: 44),
    Figure(kinds: ["stp", "ics"], days: ["2018-04-01", "2020-03-31", "2020-04-01", "2022-06-30"], count: 42),
    Figure(kinds: ["region"], days: ["2013-04-01", "2018-03-31"], count: 4),
    Figure(kinds: ["region"], days: ["2018-04-01", "2019-03-31"], count: 5),
    Figure(kinds: ["region"], days: ["2019-04-01", "2024-02-01", "2026-04-01"], count: 7),
    Figure(kinds: ["area-team"], days: ["2013-04-01", "2015-03-31"], count: 27, scheme: "ods"),
    Figure(kinds: ["area-team"], days: ["2013-04-01", "2015-03-31"], count: 25, scheme: "ons"),
  ]

  @Test(arguments: figures) func `The count is the known one`(figure: Figure) throws {
    let registry = try England.open()
    let steps = try registry.counts()
    for text in figure.days {
      let day = try #require(Day(text))
      let bodies = try figure.kinds.reduce(into: Set<OrganisationID>()) { bodies, kind in
        bodies.formUnion(try registry.organisations(kind: kind, on: day, scheme: figure.scheme).map(\.id))
      }
      #expect(bodies.count == figure.count, "\(text)")
      // The steps of `counts` agree.
      guard figure.kinds.count == 1 else { continue }
      let step = steps.last {
        $0.kind == figure.kinds[0] && $0.scheme == figure.scheme && Period($0.firstDay, $0.lastDay?.next).contains(day)
      }
      #expect((step?.count ?? 0) == figure.count, "steps on \(text)")
    }
  }

  /// 49 names with members are known. Other counts that were published are claims.
  @Test func `Clusters are those with known names`() throws {
    let registry = try England.open()
    let day = try #require(Day("2012-05-01"))
    #expect(try registry.organisations(kind: "pct-cluster", on: day).count == 49)
    let claims = try registry.claims().filter { $0.kind == "pct-cluster" }
    #expect(Set(claims.compactMap(\.amount)).isSuperset(of: [49, 50, 51, 52]))
  }

  /// 13T is open in ODS from 2014-11-26, while its predecessors close on 2015-03-31.
  @Test func `Newcastle Gateshead makes twelve by operational dates and eleven by law`() throws {
    let registry = try England.open()
    let day = try #require(Day("2015-01-01"))
    #expect(try registry.organisations(kind: "ccg", on: day, timeline: .legal).count == 211)
    let operational = try registry.organisations(kind: "ccg", on: day, timeline: .operational)
    #expect(operational.count == 212)
    #expect(operational.contains { $0.key == "ccg-13T" })
    for (text, count) in [("2014-11-25", 211), ("2014-11-26", 212), ("2015-03-31", 212), ("2015-04-01", 209)] {
      let day = try #require(Day(text))
      #expect(try registry.organisations(kind: "ccg", on: day, timeline: .operational).count == count, "\(text)")
      let step = try registry.counts(timeline: .operational).last {
        $0.kind == "ccg" && Period($0.firstDay, $0.lastDay?.next).contains(day)
      }
      #expect(step?.count == count, "\(text)")
    }
  }

  @Test func `There were 248 groups in all`() throws {
    #expect(try England.open().organisations(kind: "ccg").count == 248)
  }

  @Test func `Groups succeeded each other 142 times in 37 events`() throws {
    let registry = try England.open()
    let groups = Set(try registry.organisations(kind: "ccg").map(\.id))
    let between = try registry.successions().filter { groups.contains($0.predecessor) && groups.contains($0.successor) }
    let wholes = between.filter { $0.nature == .succession }
    #expect(wholes.count == 142)
    let events = Set(wholes.map(\.event))
    #expect(events.count == 37)
    let byYear = Dictionary(grouping: wholes, by: { $0.day.year }).mapValues(\.count)
    #expect(byYear == [2015: 3, 2017: 3, 2018: 18, 2019: 6, 2020: 74, 2021: 38])
    // Once a group that closed gave a part of its territory to a body other than its successor.
    let closing = Set(wholes.map { "\($0.predecessor) \($0.day)" })
    let extra = between.filter { $0.nature == .territory && closing.contains("\($0.predecessor) \($0.day)") }
    #expect(extra.map(\.predecessor) == [try registry.id("ccg-09G")])
    #expect(extra.map(\.successor) == [try registry.id("ccg-92A")])
  }

  @Test func `The groups and their locations carry 265 codes of the statisticians`() throws {
    let registry = try England.open()
    let codes = try registry.rows(
      """
      SELECT DISTINCT code FROM current_code
      WHERE scheme = 'ons' AND code LIKE 'E38%' AND organisation IN (
        SELECT organisation FROM current_role WHERE kind IN ('ccg', 'sub-icb-location'))
      """)
    #expect(codes.count == 265)
    let bodies = try registry.rows(
      """
      SELECT DISTINCT organisation FROM current_code JOIN current_role USING (organisation)
      WHERE scheme = 'ons' AND code LIKE 'E38%' AND kind = 'ccg'
      """)
    #expect(bodies.count == 248)
  }
}
