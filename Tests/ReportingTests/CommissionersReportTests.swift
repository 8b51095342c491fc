import RegistryStorage
import RegistryTestSupport
import Testing

@testable import RegistryReporting

/// Two groups and a board. It varies who runs the clinics, and only of one group is it known.
private let country = """
  record,key,organisation,other,kind,service,nature,from,timeline,scheme,value,note
  organisation,a
  organisation,b
  organisation,c
  life,,a,,,,,2001-01-01,legal
  life,,b,,,,,2001-01-01,legal
  life,,c,,,,,2001-01-01,legal
  role,,a,,group,,,2001-01-01
  role,,b,,group,,,2001-01-01
  role,,c,,board,,,2001-01-01
  name,,a,,,,,2001-01-01,,ods,Group A
  responsibility,,,,board,clinics,varies,2001-01-01,,,,by the board or by the group
  responsibility,,a,a,,clinics,delegated,2001-01-01
  responsibility,,,,group,checks,sole,2001-01-01,,,,people also say: acute care
  """

@Suite struct CommissionersReportTests {
  private let registry: Registry
  private let day: Day

  init() throws {
    registry = try register(vocabulary, country)
    day = try #require(Day("2005-01-01"))
  }

  private func body(_ key: String) throws -> OrganisationID {
    try #require(try registry.organisations(named: key).first)
  }

  private func rows(_ table: DataTable) -> [String] {
    table.rows.map { row in [row[0], row[2], row[3], row[4]].map { $0 ?? "-" }.joined(separator: "|") }
  }

  @Test func `Where it varies, the body is named where the register has it`() throws {
    let clinics = try registry.services().filter { $0.key == "clinics" }
    func answer(_ key: String?) throws -> CommissionersReport {
      try CommissionersReport(clinics, on: day, for: try key.map { [try body($0)] }, of: registry)
    }
    #expect(rows(try answer("a").table) == ["Clinics|Group A|group|delegated"])
    let unknown = try answer("b")
    #expect(rows(unknown.table) == ["Clinics|not known for this one|-|varies"])
    #expect(unknown.remarks.count == 1 && unknown.gaps.isEmpty)
    #expect(rows(try answer(nil).table) == ["Clinics|Board|board|varies"])
  }

  @Test func `A body is told what it commissions, and what it may commission`() throws {
    func answer(_ key: String) throws -> [String] {
      rows(try CommissionersReport(try registry.services(), on: day, by: try body(key), of: registry).table)
    }
    #expect(try answer("a") == ["Health checks|Group A|group|sole", "Clinics|Group A|group|delegated"])
    #expect(try answer("b") == ["Health checks|b|group|sole", "Clinics|not known for this one|-|varies"])
    #expect(try answer("c") == ["Clinics|not known for this one|-|varies"])
  }

  @Test func `Services are found by their name, and by words that a note has one after the other`() throws {
    let search = try ServiceSearch(of: registry)
    func found(_ text: String) -> [String] { search.services(text).map(\.key) }
    #expect(found("Checks  health") == ["checks"] && found("acute") == ["checks"] && found("Acute care") == ["checks"])
    #expect(found("care acute") == [] && found("board") == ["clinics"])
    #expect(search.near("health knees").map(\.key) == ["checks"] && search.near("knees").isEmpty)
  }
}
