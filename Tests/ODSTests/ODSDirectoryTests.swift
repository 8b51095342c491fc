import RegistryStorage
import RegistryTestSupport
import Testing

@testable import ODS

/// The bodies of a register, as a file of one day would show them.
@Suite struct ODSDirectoryTests {
  private func directory(_ text: String) throws -> ODSDirectory {
    try ODSDirectory(try .odsCountry(), on: try day(text))
  }

  private func body(_ directory: ODSDirectory, _ key: String) throws -> ODSDirectory.Organisation {
    try #require(directory.bodies.values.first { $0.key == key })
  }

  @Test func `What begins after the day of issue is not in it, and what ends later goes on`() throws {
    let directory = try directory("2016-04-01")
    let group = try body(directory, "ccg-00C")
    #expect(group.legal == Period(try day("2013-04-01"), nil))
    #expect(group.codes.map(\.content) == ["00C"])
    #expect(try body(directory, "ccg-16C").legal == nil)
    #expect(try body(directory, "ccg-16C").codes.isEmpty)
    #expect(try body(directory, "practice-A81001").superiors.count == 1)
  }

  @Test func `A body that ends on the day of issue has ended`() throws {
    let (last, before) = (try directory("2020-03-31"), try directory("2020-03-30"))
    #expect(last.hasEnded(try #require(try body(last, "ccg-00C").legal)))
    #expect(!before.hasEnded(try #require(try body(before, "ccg-00C").legal)))
  }

  @Test func `Codes stand in their order, each with all who had it, the earliest first`() throws {
    let entries = try directory("2025-04-01").entries
    #expect(
      entries.map(\.code) == ["00C", "00D", "00L", "00X", "16C", "5P5", "A81001", "A81002", "QHM", "Y63"])
    let passed = try #require(entries.first { $0.code == "00L" })
    #expect(passed.bearers.map(\.body.key) == ["ccg-00L", "location-00L"])
    #expect(try directory("2022-06-30").entries.first { $0.code == "00L" }?.bearers.count == 1)
  }

  @Test func `A body has the code, the name and the kind of its last day`() throws {
    let directory = try directory("2025-04-01")
    let trust = try body(directory, "pct-P5")
    #expect(directory.reference(trust) == (try day("2013-03-31")))
    #expect(directory.kinds(of: trust) == ["pct", "care-trust"])
    #expect(directory.name(of: trust) == "FIVE CARE TRUST")
    #expect(trust.code(on: try day("2025-04-01")) == "5P5")
    #expect(trust.code(on: try day("1999-04-01")) == "5P5")
    #expect(try body(directory, "ons-only").code(on: try day("2025-04-01")) == nil)
  }

  @Test func `A name of another scheme stands in, and some bodies have none`() throws {
    let directory = try directory("2025-04-01")
    #expect(directory.name(of: try body(directory, "ccg-00D")) == "NHS DURHAM CCG")
    #expect(directory.name(of: try body(directory, "location-00X")) == nil)
  }

  @Test func `The last change is the day on which something was recorded of a body`() throws {
    let registry = try Registry.odsCountry()
    try registry.say(
      "record,organisation,scheme,value,from,source\nname,icb-QHM,ons,The Board,2022-07-01,law",
      at: "2026-02-03T00:00:00Z")
    let directory = try ODSDirectory(registry, on: try day("2026-04-01"))
    #expect(try body(directory, "icb-QHM").lastChange == "2026-02-03")
    #expect(try body(directory, "ccg-00C").lastChange == "2026-01-01")
  }

  @Test func `A first day on which a body was only seen is known as such`() throws {
    let directory = try directory("2025-04-01")
    #expect(try body(directory, "practice-A81002").isFirstDayUnknown)
    #expect(try !body(directory, "practice-A81001").isFirstDayUnknown)
  }
}
