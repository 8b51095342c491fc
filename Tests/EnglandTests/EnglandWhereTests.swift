import RegistryStorage
import RegistryTestSupport
import Succession
import Testing

/// Answers about bodies of England that somebody once got wrong.
@Suite(.tags(.slow), .inFullRuns) struct EnglandWhereTests {
  private let registry: Registry
  private let whereabouts: Whereabouts

  init() throws {
    registry = try England.open()
    whereabouts = try Whereabouts(of: registry)
  }

  /// The parts in words, such as `06N 6107/12095 patients-2013`.
  private func parts(
    _ code: String, _ from: String, _ to: String, toKind: String? = nil, bases: [String]? = nil,
    dates: Timeline = .legal
  ) throws -> [String] {
    let question = Question(from: try day(from), to: try day(to), toKind: toKind, bases: bases, dates: dates)
    let body = try #require(try registry.organisations(named: code, on: question.from).first)
    return try whereabouts.answer(for: body, question).weighty.map { part in
      let place: String
      switch part.place {
      case .body(let id): place = try spoken(id, on: question.to)
      case .none(.otherKind(let id)): place = "in " + (try spoken(id, on: question.to))
      case .none(.noBody): place = "in no body"
      case .gap(.event): place = "gap: an event"
      case .gap(.notAlive): place = "gap: not alive"
      case .gap(let gap): place = "gap: \(gap)"
      }
      let amounts =
        part.ratio == .whole ? nil : part.amount.flatMap { amount in part.total.map { "\(amount) of \($0)" } }
      return [place, amounts, part.basis].compactMap(\.self).joined(separator: " ")
    }
  }

  private func spoken(_ id: OrganisationID, on day: Day) throws -> String {
    let body = try #require(try registry.organisations(withIDs: [id], on: day).first)
    return body.codes["ods"] ?? body.key
  }

  @Test func `A trust without people elsewhere lies in one group`() throws {
    for kind in ["ccg", nil] {
      #expect(try parts("5A3", "2012-04-01", "2013-04-01", toKind: kind) == ["12A patients-2013"])
    }
  }

  @Test func `One practice in a hub does not hide the rest`() throws {
    #expect(
      try parts("5QV", "2012-04-01", "2013-04-01", toKind: "ccg").sorted() == [
        "06H 24213 of 1209467 patients-2013", "06K 574350 of 1209467 patients-2013",
        "06N 610700 of 1209467 patients-2013", "in 12W 204 of 1209467 patients-2013",
      ])
  }

  @Test(arguments: [("5J1", "01F"), ("5MR", "05J"), ("5CM", "09J")])
  func `Trusts that were whole until they were groups stay whole`(trust: String, group: String) throws {
    #expect(try parts(trust, "2005-04-01", "2014-04-01") == ["\(group) patients-2013"])
  }

  @Test func `A trust is divided by its GP practices, or by the patients of those open in 2013`() throws {
    #expect(
      try parts("5DD", "2006-09-30", "2006-10-01", bases: ["practices"])
        == ["5NE 33 of 44 practices", "5NF 11 of 44 practices"])
    #expect(
      try parts("5DD", "2006-09-30", "2006-10-01")
        == ["5NE 184419 of 327709 patients-2013", "5NF 143290 of 327709 patients-2013"])
  }

  @Test func `Whole counties have a successor, divided ones are a gap`() throws {
    #expect(
      try parts("authority-E10000002", "2019-03-31", "2021-04-01") == ["authority-E06000060"])
    for county in ["authority-E10000009", "authority-E10000021"] {
      #expect(try parts(county, "2019-03-31", "2021-04-01") == ["gap: an event"])
    }
  }

  @Test func `Nothing happened to a hub on one day`() throws {
    #expect(try parts("14G", "2016-04-01", "2016-04-01").count == 1)
    #expect(try parts("14G", "2016-04-01", "2016-04-01")[0].hasPrefix("14G"))
  }

  @Test func `People come before small areas`() throws {
    #expect(
      try parts("01H", "2013-04-01", "2022-07-01")
        == ["01H 319371 of 506029 population-2019", "01K 186658 of 506029 population-2019"])
    #expect(
      try parts("01H", "2013-04-01", "2022-07-01", bases: ["areas"]) == [
        "01H 207 of 324 areas", "01K 117 of 324 areas",
      ])
    #expect(
      try parts("05L", "2015-04-01", "2022-07-01").contains("15E 177623 of 506073 population-2019"))
  }

  @Test func `A body that worked before it was law is one on operational days`() throws {
    #expect(try parts("13T", "2015-01-15", "2021-04-01") == ["gap: not alive"])
    #expect(try parts("13T", "2015-01-15", "2021-04-01", dates: .operational)[0].hasPrefix("13T"))
  }

  @Test func `A commissioner's people of today came from six trusts of 2006`() throws {
    let root = try #require(try registry.organisations(named: "D4U1Y").first)
    let lineage = try Lineage(of: root, in: whereabouts, .backward)
    let first = lineage.links.filter { $0.day == (try? day("2006-10-01")) }
    let trusts = try Set(first.map { try spoken($0.predecessor, on: try day("2006-09-30")) })
    #expect(trusts == ["5G3", "5G6", "5DM", "5G2", "5L7", "5L5"])
  }
}
