import RegistryFormats
import RegistryStorage
import RegistryReporting
import RegistryTestSupport
import Testing

/// The reports on the England register show the published figures.
@Suite struct EnglandReportTests {
  let view: RegisterView

  init() throws { view = try RegisterView(England.open(), knownIn: latest) }

  /// The cells of some columns, row by row.
  private func cells(_ table: DataTable, _ columns: String...) throws -> [[String?]] {
    let places = try columns.map { name in try #require(table.columns.firstIndex { $0.name == name }) }
    return table.rows.map { row in places.map { row[$0] } }
  }

  @Test(arguments: [(2015, 1, 3), (2017, 1, 3), (2018, 6, 18), (2019, 2, 6), (2020, 18, 74), (2021, 9, 38)])
  func `Mergers of CCGs by year`(year: Int, mergers: Int, bodies: Int) throws {
    let table = try MergersReport(of: view, year: year, kind: "ccg").report().tables[0]
    let predecessors = try cells(table, "predecessors").flatMap { ($0[0] ?? "").split(separator: "|") }
    #expect(
      table.rows.count == mergers && Set(predecessors).count == bodies, "\(table.rows.count) \(predecessors.count)")
  }

  /// 92A took four small areas of 09G on the day of its merger, so 70F has fewer people and 92A more.
  @Test func `A merger keeps its people, unless territory moved on the same day`() throws {
    let table = try MergersReport(of: view, kind: "ccg").report().tables[0]
    let people = try cells(table, "event", "population_before", "population_after")
    #expect(people.count == 37 && people.allSatisfy { $0[1] != nil })
    #expect(people.filter { $0[1] != $0[2] }.map { $0[0] } == ["2020-04-01-merger-70F", "2020-04-01-merger-92A"])
  }

  @Test func `All 151 trusts of 2013 are in the report on their succession, each once`() throws {
    let report = try SuccessionOfKindReport(of: view, kind: "pct", toKind: "ccg").report()
    let rows = try cells(report.tables[0], "from_code", "share")
    #expect(Set(rows.map { $0[0] }).count == 151)
    for (code, own) in Dictionary(grouping: rows, by: { $0[0] }) {
      let shares = own.compactMap { $0[1].flatMap(Double.init) }
      #expect(shares.isEmpty || abs(shares.reduce(0, +) - 1) < 1e-12, "\(code ?? "")")
    }
    let bodies = try cells(report.tables[1], "from_bodies").compactMap { $0[0].flatMap { Int($0) } }
    #expect(bodies.reduce(0, +) == 151)
  }

  @Test func `Frimley is divided between three boards by area`() throws {
    let report = try SuccessionOfKindReport(of: view, kind: "icb", toKind: "icb").report()
    let rows = try cells(report.tables[0], "from_code", "to_code", "method").filter { $0[0] == "QNQ" }
    #expect(rows.map { $0[1] } == ["QRL", "S0E4D", "S9B9J"] && rows.allSatisfy { $0[2] == "proportional" })
  }

  @Test func `The 151 trusts are in clusters, and four lay under two authorities`() throws {
    let report = try ClustersReport(of: view).report()
    let members = try cells(report.tables[0], "kind", "code").filter { $0[0] == "pct-cluster" }
    #expect(Set(members.map { $0[1] }).count == 151)
    let crossing = try #require(report.tables.first { $0.title?.hasPrefix("Members under two") ?? false })
    #expect(Set(try cells(crossing, "code", "kind").filter { $0[1] == "sha" }.map { $0[0] }).count == 4)
    let counts = try #require(report.tables.first { $0.title?.hasPrefix("How many") ?? false })
    #expect(try cells(counts, "published").map { $0[0] }.contains("51"))
  }

  @Test func `A timeline has every body`() throws {
    #expect(try TimelineReport(of: view, kinds: ["ccg"]).report().tables[0].rows.count == 248)
  }

  /// There are 27 area teams. One scheme counts London as one of them, and the other as three.
  @Test func `The hierarchy of 2013 has all CCGs under an area team`() throws {
    let day = try #require(Day("2013-04-01"))
    let rows = try cells(
      try HierarchyReport(of: view, on: day).report().tables[0], "code", "kind", "parent_code", "level")
    let groups = rows.filter { $0[1] == "ccg" }
    #expect(Set(groups.map { $0[0] }).count == 211 && groups.allSatisfy { $0[2]?.hasPrefix("Q") ?? false })
    #expect(rows.filter { $0[1] == "area-team" }.count == 28)
  }

  /// 56,025,123 patients by practices in 211 CCGs, and 204 in hubs.
  @Test func `The patients of the first quarter of 2013 are those that were published`() throws {
    let measure = try #require(
      try view.registry.measureKinds().first { $0.key == "registered-patients-of-members" })
    let table = try MeasureReport(of: view, measure: measure).distribution().tables[0]
    #expect(try cells(table, "total") == [[String(56_025_123 + 204)]])
  }

  @Test func `What bodies had before they were one is added up`() throws {
    let measure = try #require(try view.registry.measureKinds().first { $0.key == "allocation" })
    let body = try #require(try view.registry.organisations(named: "72Q").first)
    let day = try #require(Day("2021-01-01"))
    let trend = try MeasureReport(of: view, measure: measure).trend(of: body, on: day).tables[0]
    let parts = try view.registry.measures(ofKind: "allocation").filter { $0.period.start == Day("2019-04-01") }
    let summaries = try view.registry.organisations(withIDs: parts.map(\.organisation), on: Day("2019-04-01"))
    let six = Set(summaries.filter { ["07N", "07Q", "08A", "08K", "08L", "08Q"].contains($0.codes["ods"]) }.map(\.id))
    let sum = parts.filter { six.contains($0.organisation) }.reduce(0) { $0 + $1.amount }
    #expect(six.count == 6)
    #expect(try cells(trend, "from", "amount").contains(["2019-04-01", String(Int(sum))]))
  }

  @Test func `Figures per head come from years that match`() throws {
    let kinds = try view.registry.measureKinds()
    let money = try #require(kinds.first { $0.key == "allocation" })
    let people = try #require(kinds.first { $0.key == "registered-patients" })
    let report = try PerHeadReport(of: view, measure: money, by: people).report()
    #expect(
      try cells(report.tables[1], "from", "bodies", "bodies_without_heads", "per_head").prefix(4) == [
        ["2013-04-01", "211", "0", "1120.37"], ["2014-04-01", "211", "0", "1139.66"],
        ["2015-04-01", "208", "3", "1170"],
        ["2016-04-01", "0", "209", nil],
      ])
    let rows = try cells(report.tables[0], "from", "to", "heads_from", "heads_to", "per_head")
    #expect(
      rows.allSatisfy { row in
        guard let from = row[2], let to = row[3] else { return row[4] == nil }
        return (row[0] ?? "") <= from && to <= (row[1] ?? "")
      })
  }

  /// Of 212 proposed in May 2012, 86 matched an authority, 95 lay inside one, 4 matched several and 27 crossed borders.
  @Test func `CCGs fit into local authorities nearly as they were proposed`() throws {
    let day = try #require(Day("2015-04-01"))
    let report = try CoterminosityReport(of: view, on: day, authorityKind: "local-authority", tolerance: 0.02).report()
    let counts = try cells(report.tables[1], "fit", "bodies").map { "\($0[0] ?? "") \($0[1] ?? "")" }
    #expect(counts == ["one-to-one 86", "inside 96", "covers 7", "crosses 20"])
    let shares = try cells(report.tables[0], "code", "share_of_body")
    for (code, own) in Dictionary(grouping: shares, by: { $0[0] }) {
      #expect(abs(own.compactMap { $0[1].flatMap(Double.init) }.reduce(0, +) - 1) < 1e-9, "\(code ?? "")")
    }
  }

  @Test func `Published figures stand beside the register's own`() throws {
    let table = try ReconcileReport(of: view).report().tables[0]
    let rows = try cells(table, "about", "published", "register", "register_day", "agrees")
    #expect(rows.contains(["local-government inside", "95 of 212", "96 of 208", "2013-04-01", "no"]))
    #expect(rows.contains(["local-government crosses", "27 of 212", "21 of 208", "2013-04-01", "no"]))
    // Published in thousands: 67,800 is 68,000, and 897,600 is not 901,000.
    #expect(rows.contains(["registered-patients smallest", "68,000 people", "67800 (03V)", nil, "yes"]))
    #expect(rows.contains(["registered-patients largest", "901,000 people", "897600 (99P)", nil, "no"]))
    // What the source documents say, of the groups of the time.
    #expect(rows.contains(["population average", "226,000 people on average", "268693 to 418890", nil, "no"]))
    #expect(rows.contains(["population smallest", "under 100,000 people", "96391 (10C)", nil, "not comparable"]))
    #expect(rows.contains(["dates last-day", "to end by April 2022", "2022-06-30", nil, "no"]))
    #expect(rows.contains([nil, "151 PCTs", "151", nil, "yes"]))
    #expect(rows.allSatisfy { $0[2] != "0" || $0[4] != "not comparable" }, "a zero that means nothing")
  }

  @Test func `Counts of support units are least numbers wherever their lives are not known`() throws {
    let rows = try cells(CountsReport(of: view, kind: "csu").report().tables[0], "bound", "from")
    #expect(rows.contains { $0[0] == "at least" && ($0[1] ?? "") > "2013" })
    for kind in ["ccg", "pct", "icb", "region"] {
      #expect(try cells(CountsReport(of: view, kind: kind).report().tables[0], "bound").allSatisfy { $0 == [nil] })
    }
  }

  @Test func `Members are counted, and those in no body, in several or elsewhere are named`() throws {
    let registry = try England.copy()
    try registry.say(
      """
      record,organisation,other,kind,from,to,timeline,status,key
      organisation,,,,,,,,p1
      organisation,,,,,,,,p2
      organisation,,,,,,,,p3
      organisation,,,,,,,,p4
      life,p1,,,2013-04-01,,legal,,
      life,p2,,,2013-04-01,,legal,,
      life,p3,,,2013-04-01,,legal,,
      life,p4,,,2013-04-01,,legal,,
      role,p1,,gp-practice,2013-04-01,,,,
      role,p2,,gp-practice,2013-04-01,,,,
      role,p3,,gp-practice,2013-04-01,,,,
      role,p4,,gp-practice,2013-04-01,,,,
      relationship,p1,ccg-00L,member-of,2013-04-01,2015-03-31,,,
      relationship,p1,ccg-00J,member-of,2015-04-01,2020-03-31,,,
      relationship,p2,ccg-00L,member-of,2013-04-01,2020-03-31,,,
      relationship,p3,ccg-00L,member-of,2013-04-01,2020-03-31,,,
      relationship,p3,ccg-00J,member-of,2013-04-01,2020-03-31,,,
      """)
    let days = (try #require(Day("2014-04-01")), try #require(Day("2016-04-01")))
    let view = try RegisterView(registry, knownIn: latest)
    let report = try MembershipReport(of: view, memberKind: "gp-practice", on: days.0).report(comparedWith: days.1)
    #expect(try cells(report.tables[0], "code", "members") == [["00J", "1"], ["00L", "3"]])
    #expect(try cells(report.tables[1], "code", "bodies") == [["p3", "00J|00L"], ["p4", nil]])
    #expect(try cells(report.tables[2], "code", "from", "to") == [["p1", "00L", "00J"]])
  }

  @Test(arguments: ReportFormat.allCases) func `Two runs give the same bytes, with edition and licence`(
    format: ReportFormat
  ) throws {
    func bytes() throws -> String {
      let sink = MemorySink()
      let report = try CountsReport(of: RegisterView(England.open(), knownIn: latest)).report()
      try ReportRenderer(format).render(report, to: sink)
      return sink.text
    }
    let text = try bytes()
    #expect(try bytes() == text)
    let saysWhence = text.contains("revision") && text.contains("Open Government Licence")
    #expect(saysWhence == ![.csv, .svg].contains(format))
  }
}
