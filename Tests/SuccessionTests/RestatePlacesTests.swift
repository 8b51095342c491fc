import RegistryStorage
import RegistryTestSupport
import Testing

@testable import Succession

/// Where the parts of a code of one day lie on another, in the small country of the lint tests.
@Suite struct RestatePlacesTests {
  private let registry: Registry
  private let keys: [OrganisationID: String]

  init() throws {
    registry = try register(vocabulary, lintedCountry)
    keys = Dictionary(uniqueKeysWithValues: try registry.organisationKeys().map { ($0.id, $0.key) })
  }

  private func places(
    to text: String, kind: String? = nil, _ change: (inout RestatePlaces.Target) -> Void = { _ in }
  ) throws -> RestatePlaces {
    var target = RestatePlaces.Target(day: try day(text), kind: kind)
    change(&target)
    return try RestatePlaces(Whereabouts(of: registry), target: target)
  }

  /// The parts as `n 9/10`, or with the reason why something is in no body.
  private func parts(_ reading: RestatePlaces.Reading) -> [String] {
    zip(reading.places, reading.apportionment.weights).map { place, weight in
      let share = "\(weight)/\(reading.apportionment.total)"
      switch place {
      case .body(let body): return "\(keys[body] ?? "?") \(share)"
      case .unmapped(let reason): return "\(reason) \(share)"
      }
    }.sorted()
  }

  private func parts(_ code: String, _ from: String, to: String, kind: String? = nil) throws -> [String] {
    parts(try places(to: to, kind: kind).reading(of: code, on: try day(from)))
  }

  // MARK: Forward and back

  @Test func `Through a merger a code goes as a whole`() throws {
    #expect(try parts("014", "2009-04-01", to: "2012-04-01") == ["n 1/1"])
    let reading = try places(to: "2012-04-01").reading(of: "014", on: try day("2009-04-01"))
    #expect(reading.isWhole && !reading.isUnmapped && !reading.isProportional && reading.events.count == 1)
    #expect(reading.origin == "ods" && reading.tier == "place" && reading.basis == nil)
  }

  @Test func `After a transfer a code has parts, as large as their people`() throws {
    #expect(try parts("77A", "2012-04-01", to: "2016-04-01") == ["c 1/10", "n 9/10"])
    #expect(try parts("014", "2009-04-01", to: "2019-04-01") == ["d 1/4", "n 3/4"])
  }

  @Test func `Back through a merger the parts are what they came from`() throws {
    #expect(try parts("77A", "2012-04-01", to: "2009-04-01") == ["a 2/5", "b 3/5"])
  }

  @Test func `Of one day a code is its body`() throws {
    #expect(try parts("77A", "2012-04-01", to: "2012-04-01") == ["n 1/1"])
  }

  // MARK: What a code means

  @Test(arguments: [" 77a ", "77a", "77A"]) func `Blanks and small letters are borne`(code: String) throws {
    #expect(try parts(code, "2012-04-01", to: "2012-04-01") == ["n 1/1"])
  }

  @Test func `What is no code is in no body, and the reason is told`() throws {
    let places = try places(to: "2012-04-01")
    #expect(try places.reading(of: "  ", on: try day("2012-04-01")).places == [.unmapped(.blank)])
    #expect(try parts("X99", "2012-04-01", to: "2012-04-01") == ["unknown 1/1"])
    #expect(try places.reading(of: "X99", on: try day("2012-04-01")).origin == nil)
  }

  @Test func `A code outside its dates is understood only if that is asked for`() throws {
    let reading = try places(to: "2012-04-01").reading(of: "014", on: try day("2012-04-01"))
    let period = Period(try day("2000-04-01"), try day("2010-04-01"))
    #expect(reading.isUnmapped && reading.places == [.unmapped(.outsideItsDates([period]))])
    let late = try places(to: "2012-04-01") { $0.acceptsLateCodes = true }.reading(of: "014", on: try day("2012-04-01"))
    #expect(late.isLate && parts(late) == ["n 1/1"])
    #expect(late.otherDay == (try day("2010-03-31")))
  }

  @Test func `A unit lies where its parcel does`() throws {
    #expect(try parts("u1", "2009-04-01", to: "2016-04-01") == ["c 1/1"])
    #expect(try parts("u2", "2009-04-01", to: "2016-04-01") == ["n 1/1"])
    #expect(try places(to: "2016-04-01").reading(of: "u1", on: try day("2009-04-01")).origin == "area")
  }

  @Test func `A unit outside its own days follows its body, and that is told`() throws {
    let dated = lintedCountry.replacing("parcel,amount:people,source", with: "parcel,amount:people,from,to,source")
      .replacing("P1,100,law", with: "P1,100,2005-04-01,2011-03-31,law").replacing(/(P[2-4],\d+),law/) {
        "\($0.output.1),,,law"
      }
    let registry = try register(vocabulary, dated)
    let places = try RestatePlaces(
      Whereabouts(of: registry), target: RestatePlaces.Target(day: try day("2016-04-01")))
    #expect(try places.reading(of: "u1", on: try day("2009-04-01")).unitLife == nil)
    let late = try places.reading(of: "u1", on: try day("2012-04-01"))
    #expect(late.unitLife == Period(try day("2005-04-01"), try day("2011-04-01")))
    #expect(late.places == [.body(try registry.id("c"))])
    #expect(try places.reading(of: "u2", on: try day("2012-04-01")).unitLife == nil)
  }

  // MARK: One engine

  @Test func `A part in another kind is unmapped, and can be spread over the others`() throws {
    // All bodies of the country are groups, so only those that are not there have another kind.
    let kept = try places(to: "2016-04-01", kind: "trust").reading(of: "77A", on: try day("2012-04-01"))
    #expect(kept.isUnmapped && kept.places.count == 2)
    let spread = try places(to: "2016-04-01", kind: "group") { $0.otherKinds = .spread }
      .reading(of: "77A", on: try day("2012-04-01"))
    #expect(parts(spread) == ["c 1/10", "n 9/10"])
  }

  @Test(arguments: ["2001-04-01", "2009-04-01", "2012-04-01", "2016-04-01", "2019-04-01"])
  func `Every code is where the engine says, on every day`(to: String) throws {
    let places = try places(to: to)
    let whereabouts = try Whereabouts(of: registry)
    for code in try registry.datedCodes() {
      for offset in [-1, 0, 1, 500, 2_000] {
        let day = code.period.start.advanced(by: offset)
        guard code.period.contains(day) else { continue }
        let question = Question(from: day, to: try RegistryTestSupport.day(to))
        let answer = try whereabouts.answer(for: code.organisation, question)
        let reading = try places.reading(of: code.value, on: day)
        let told = answer.weighty.map { part -> RestatePlaces.Place in
          if case .body(let body) = part.place { .body(body) } else { .unmapped(.lies(part.place)) }
        }
        #expect(reading.places == told, "\(code.value) on \(day)")
        let ratios = reading.apportionment.weights.map { Double($0) / Double(reading.apportionment.total) }
        #expect(ratios == answer.weighty.map(\.share), "\(code.value) on \(day)")
      }
    }
  }
}
