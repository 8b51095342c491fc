import RegistryFormats
import RegistryImporting
import Reconcile
import RegistryStorage
import Succession
import RegistryTestSupport
import Testing

/// The three parts of Frimley in 2026 are known by shares alone, until somebody has a lookup of the small areas.
@Suite struct EnglandDivisionTests {
  private static let event = "2026-04-01-split-D4U1Y"
  private static let parts = ["92A", "D9Y0V", "U2G6B"]
  private let registry = Result { try England.copy() }

  private func frimley() throws -> (id: OrganisationID, units: [PlacedUnit], before: Day, after: Day) {
    let registry = try registry.get()
    let after = try #require(Day("2026-04-01"))
    let id = try registry.id("location-D4U1Y")
    let units = try registry.units(in: id, on: after.previous).filter { $0.partition == "lsoa11" }
    return (id, units, after.previous, after)
  }

  /// A lookup of the whole country that sends each small area of Frimley where `part` says.
  private func lookup(_ part: (Int) -> String?) throws -> String {
    let lines = try frimley().units.enumerated().compactMap { place, unit in
      part(place).map { "\(unit.code),\($0)\n" }
    }
    return "LSOA11CD,SICBL26CDH\nE01000001,A3A8R\n" + lines.joined()
  }

  @discardableResult
  private func take(_ text: String) throws -> ImportedFile {
    var options = ImportOptions()
    options.division = Self.event
    let registry = try registry.get()
    let file = try ImportedFile(
      "lookup.csv", MemorySource(Array(text.utf8)), as: .onsLookup, against: registry, options, vocabulary: [])
    try registry.say(ChangeSet(changes: file.changes))
    return file
  }

  private func crossing() throws -> [Answer.Part] {
    let (id, _, before, after) = try frimley()
    let whereabouts = try Whereabouts(of: registry.get())
    return try whereabouts.answer(for: id, Question(from: before, to: after, bases: ["areas"])).parts
  }

  /// Nobody published a division by county. It answers only those who name it.
  @Test func `Counties divide Frimley only if they are asked for`() throws {
    let (id, _, before, after) = try frimley()
    let whereabouts = try Whereabouts(of: registry.get())
    let locations = try registry.get().organisations(kind: "sub-icb-location", on: after)
    let codes = locations.reduce(into: [:]) { $0[$1.id] = $1.codes["ods"] }
    func shares(_ bases: [String]?) throws -> [String: Double] {
      let parts = try whereabouts.answer(for: id, Question(from: before, to: after, bases: bases)).parts
      return parts.reduce(into: [:]) { shares, part in
        if case .body(let body) = part.place { shares[codes[body] ?? "\(body)"] = part.share }
      }
    }
    let published = try shares(nil)
    #expect(abs((published["U2G6B"] ?? 0) - 0.588618993418278) < 1e-9)
    let byCounty = try shares(["areas-2021-derived"]).mapValues { ($0 * 455).rounded() }
    #expect(byCounty == ["92A": 95, "D9Y0V": 105, "U2G6B": 255])
  }

  @Test func `What was proportional becomes exact, and nothing else changes`() throws {
    #expect(try crossing().allSatisfy { $0.method == .proportional })
    let registry = try registry.get()
    let others = """
      SELECT parcel, organisation, valid_from, last_day FROM current_placement
      WHERE parcel NOT IN (SELECT parcel FROM current_placement WHERE organisation = 'location-D4U1Y') ORDER BY 1, 3
      """
    let before = try registry.rows(others)
    let units = try frimley().units
    let file = try take(try lookup { Self.parts[$0 % 3] })
    #expect(file.newRows == units.count && file.passedOverCount == 1 && file.rejects.isEmpty)
    let found = try crossing()
    #expect(found.count == 3 && found.allSatisfy { $0.method == .exact })
    for (place, part) in Self.parts.enumerated() {
      let id = try registry.id("location-\(part)")
      let expected = units.indices.count { $0 % 3 == place }
      #expect(found.first { $0.place == .body(id) }?.amount == Amount(expected), "\(part)")
    }
    #expect(try registry.rows(others) == before)
    #expect(try registry.check().isEmpty)
  }

  @Test func `The same lookup again changes nothing`() throws {
    let text = try lookup { Self.parts[$0 % 3] }
    try take(text)
    let again = try take(text)
    #expect(again.changes.isEmpty && again.newRows == 0)
  }

  @Test func `A lookup that lacks some of the units is refused`() throws {
    let text = try lookup { $0 == 0 ? nil : Self.parts[$0 % 3] }
    let error = try #require(throws: Refusal.self) { try take(text) }
    #expect(error.description.contains("1 of") && error.description.contains("are not in the file"), "\(error)")
  }

  @Test func `A unit that the lookup puts elsewhere is rejected, and nothing is said of the event`() throws {
    let file = try take(try lookup { $0 == 5 ? "A3A8R" : Self.parts[$0 % 3] })
    #expect(file.rejects.count == 1 && file.changes.isEmpty)
    #expect(file.rejects.first?.reason.contains("which gets no part in the event") ?? false)
    #expect(try crossing().allSatisfy { $0.method == .proportional })
  }

  @Test func `An event that the register does not have is refused`() throws {
    var options = ImportOptions()
    options.division = "no-such-event"
    let text = try lookup { Self.parts[$0 % 3] }
    #expect(throws: Refusal.self) {
      try ImportedFile(
        "lookup.csv", MemorySource(Array(text.utf8)), as: .onsLookup, against: try registry.get(), options,
        vocabulary: [])
    }
  }
}
