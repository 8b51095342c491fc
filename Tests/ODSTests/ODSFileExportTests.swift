import ODS
import RegistryFormats
import RegistryStorage
import RegistryTestSupport
import Testing

/// Bodies as 27-column files, to the byte.
@Suite struct ODSFileExportTests {
  private let registry: Registry

  init() throws { registry = try .odsCountry() }

  private func export(
    _ kinds: [String], on text: String, _ dialect: ODSFileExport.Dialect? = nil
  ) throws -> ODSFileExport {
    let day = try day(text)
    return try ODSFileExport(
      ODSDirectory(registry, on: day), registry.hierarchy(on: day), kinds: kinds, dialect: dialect)
  }

  /// The fields of each row that are not blank, with the numbers of their columns, from 1.
  private func rows(_ export: ODSFileExport) throws -> [String] {
    let file = try text { try export.write(to: $0) }
    #expect(file.hasSuffix("\"\r\n"))
    return file.split(separator: "\r\n").map { line in
      let fields = line.dropFirst().dropLast().split(separator: "\",\"", omittingEmptySubsequences: false)
      #expect(fields.count == 27)
      return fields.enumerated().filter { !$1.isEmpty }.map { "\($0 + 1):\($1)" }.joined(separator: " ")
    }
  }

  @Test func `Every field is quoted, and lines end as the service ends them`() throws {
    let file = try text { try export(["icb"], on: "2025-04-01").write(to: $0) }
    #expect(
      file
        == """
        "QHM","NHS NORTH EAST ICB","Y63","","","","","","","","20220701","","","","","","","","","","","1","","","","",""

        """.replacing("\n", with: "\r\n"))
  }

  @Test func `A code that passed from a group to a location is one row, opened with the group`() throws {
    let export = try export(ODSFileExport.commissioners, on: "2025-04-01")
    #expect(
      try rows(export) == [
        "1:00C 2:NHS DARLINGTON CCG 11:20130401 12:20200331 22:1",
        "1:00D 2:NHS DURHAM CCG 11:20130401 12:20200331 22:1",
        "1:00L 2:NHS NORTH EAST - 00L 3:Y63 4:QHM 11:20130401 14:RO319 22:1",
        "1:00X 11:20220701 14:RO319 22:1", "1:16C 2:NHS NORTH EAST - 16C 3:Y63 4:QHM 11:20200401 14:RO319 22:1",
      ])
    #expect(export.summary.rows == 5 && export.summary.nameless == 1 && export.summary.unknownOpenings == 0)
  }

  @Test func `Until 2022 sub-types are letters`() throws {
    #expect(
      try rows(export(ODSFileExport.commissioners, on: "2016-04-01")) == [
        "1:00C 2:NHS DARLINGTON CCG 11:20130401 14:C 22:0", "1:00D 2:NHS DURHAM CCG 11:20130401 14:C 22:0",
        "1:00L 2:NHS NORTHUMBERLAND CCG 11:20130401 14:C 22:0",
      ])
  }

  @Test func `Practices have a state, a setting and the body that commissions them`() throws {
    let current = try export(ODSFileExport.practices, on: "2025-04-01")
    #expect(
      try rows(current) == [
        "1:A81001 2:THE DENSHAM SURGERY 3:Y63 4:QHM 11:19740401 13:ACTIVE 14:B 15:16C 16:20220701 22:1 26:RO76",
        #"1:A81002 2:QUEENS PARK, ""OLD"" SURGERY 11:20100101 12:20150331 13:INACTIVE 14:B 15:00D 16:20130401 17:20150331 22:1 26:RO76"#,
      ])
    #expect(current.summary.unknownOpenings == 1)
    #expect(
      try rows(export(ODSFileExport.practices, on: "2012-04-01")) == [
        "1:A81001 2:THE DENSHAM SURGERY 11:19740401 13:A 14:Z 22:0 26:4",
        #"1:A81002 2:QUEENS PARK, ""OLD"" SURGERY 11:20100101 13:A 14:Z 22:0 26:4"#,
      ])
  }

  @Test func `A body for which the dialect has no words is refused`() throws {
    let refusal = #expect(throws: Unwritable.self) {
      try export(ODSFileExport.commissioners, on: "2025-04-01", .legacy)
    }
    #expect(
      refusal?.description
        == "the legacy dialect has no sub-type for '00L', which is a sub-icb-location on 2025-04-01: say --dialect current, or another day"
    )
    let other = #expect(throws: Unwritable.self) {
      try export(ODSFileExport.commissioners, on: "2016-04-01", .current)
    }
    #expect(other?.description.contains("the current dialect has no sub-type for '00C', which is a ccg") ?? false)
  }

  @Test func `Successions have five columns, and none for a code that stays`() throws {
    let day = try day("2025-04-01")
    let export = ODSSuccessionExport(try ODSDirectory(registry, on: day), try registry.successions())
    #expect(export.rowCount == 2)
    #expect(
      try text { try export.write(to: $0) }
        == "\"00C\",\"16C\",\"R\",\"20200401\",\"F\"\r\n\"00D\",\"16C\",\"R\",\"20200401\",\"F\"\r\n")
    let before = ODSSuccessionExport(
      try ODSDirectory(registry, on: try RegistryTestSupport.day("2019-04-01")), try registry.successions())
    #expect(before.rowCount == 0)
  }
}
