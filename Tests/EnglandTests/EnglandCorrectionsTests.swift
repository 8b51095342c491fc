import RegistryStorage
import RegistryReporting
import RegistryTestSupport
import Testing

/// Where the England register differs from what its sources say today.
@Suite struct EnglandCorrectionsTests {
  /// Some cells of the rows of a category.
  private func rows(_ category: String, _ columns: String...) throws -> [[String?]] {
    let table = try CorrectionsReport(of: RegisterView(England.open(), knownIn: latest)).report().tables[0]
    let places = try (["category"] + columns).map { name in try #require(table.columns.firstIndex { $0.name == name }) }
    return table.rows.filter { $0[places[0]] == category }.map { row in places.dropFirst().map { row[$0] } }
  }

  @Test func `Territory that moved without a record is listed with its small areas`() throws {
    let moves = try rows("territory", "code", "from", "units", "register_says").filter { ($0[1] ?? "") > "2013-04-01" }
    let known = Set(
      moves.map { row in
        [row[0] ?? "", String((row[1] ?? "").prefix(4)), String((row[3] ?? "").suffix(3)), row[2] ?? ""]
          .joined(separator: " ")
      })
    #expect(
      known.isSuperset(of: [
        "01H 2017 01K 117", "06Y 2017 06W 8", "01K 2018 02M 10", "01E 2018 02M 1", "09G 2020 92A 4", "01Y 2022 15M 21",
        "D2P2L 2022 15E 92", "06H 2022 78H 9", "92A 2023 70F 4",
      ]), "\(known.sorted())")
  }

  @Test func `A body with two codes is one body`() throws {
    let codes = try rows("code", "code", "they_say", "register_says")
    let changed = codes.filter { $0[1]?.hasPrefix("5CC ") ?? false }
    #expect(changed.map { $0[0] } == ["TAP"] && changed.allSatisfy { $0[2]?.hasPrefix("one body") ?? false })
    // Five partnerships have two codes on one day, by the word of the source.
    #expect(codes.count { $0[1]?.hasSuffix("from 2020-03-31") ?? false } == 5)
  }

  @Test func `All 106 groups that became locations have lost their name at the source`() throws {
    let names = try rows("name", "kind", "code", "they_say", "register_says", "source").filter { $0[0] == "ccg" }
    #expect(names.count == 106)
    let one = try #require(names.first { $0[1] == "00L" })
    #expect(one[2] == "NHS NORTH EAST AND NORTH CUMBRIA ICB - 00L, open since 2013-04-01")
    #expect(one[3]?.contains("NHS Northumberland CCG 2015-07-01 to 2022-06-30") ?? false)
    #expect(names.allSatisfy { $0[4] != nil })
  }
}
